"""Rules of flow that several objects take part in, by hand."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells


def code(obj, **texts):
    """Give an object code: `SendToPort` or a trigger."""
    for name, text in texts.items():
        obj.properties[f"Triggers.{name}" if name.startswith("On") else name] = CodeValue(text)


# Routing


def test_what_sends_and_what_pulls_must_agree():
    plant = Plant()
    left, right = plant.add("Queue", "Left", SendToPort=2), plant.add("Queue", "Right")
    plant.link(plant.arrivals(0, name="A"), left)
    plant.link(plant.arrivals(0, name="B"), right)
    pulling = plant.add("Processor", "Pulling", ProcessTime=3, Pull=1, PullStrategy=1)
    plain = plant.add("Processor", "Plain", ProcessTime=3)
    plant.link(left, pulling, plant.add("Sink"))
    plant.link(left, plain, plant.model.find("Sink"))
    plant.link(right, pulling)

    result = plant.run(20)

    # Pulling wants from Left only, which sends to Plain only.
    assert journeys(result, "Plain") == [(1, 0, 3)]
    assert journeys(result, "Pulling") == []
    assert exits(result, "Right") == []


def test_the_pull_strategy_is_asked_once_for_each_item():
    plant = Plant()
    first, second = plant.arrivals(0, 1, 2, name="A"), plant.arrivals(0, 1, 2, name="B")
    mill = plant.add("Processor", "Mill", ProcessTime=5, Pull=1)
    mill.labels["asked"] = 0
    code(mill, PullStrategy="current.asked += 1; return current.asked % 2 + 1;")
    code(mill, OnExit="print(current.asked);")
    plant.link(first, mill, plant.add("Sink"))
    plant.link(second, mill)

    result = plant.run(16, runner=code_runner())

    # Once for the first item, once more when it is gone, and so on: B, A, B, A.
    assert exits(result, "B") == [0, 10]
    assert exits(result, "A") == [5, 15]
    assert list(result.output) == ["1", "2", "3"]


def test_send_to_port_is_evaluated_once_at_release():
    plant = Plant()
    queue = plant.add("Queue")
    queue.labels["asked"] = 0
    code(queue, SendToPort="current.asked += 1; print(current.asked, Model.time); return 0;")
    mill = plant.add("Processor", "Mill", ProcessTime=4)
    plant.link(plant.arrivals(0, 1, 2), queue, mill, plant.add("Sink"))

    result = plant.run(20, runner=code_runner())

    assert list(result.output) == ["1 0", "2 1", "3 2"]  # not again when the mill is free


# Sources


def test_a_sequence_repeats_and_carries_its_labels():
    plant = Plant()
    rows = [["Name", "Quantity", "Hours"], ["A", 1, 3], ["B", 2, 1]]
    source = plant.add("Source", ArrivalStyle=3, ArrivalSequence=rows, RepeatTable=1)
    mill = plant.add("Processor", "Mill", ProcessTime="return item.Hours;")
    code(mill, OnEntry="print(item.name, item.Hours);")
    plant.link(source, mill, plant.add("Sink"))

    result = plant.run(9, runner=code_runner())

    assert exits(result, "Mill") == [3, 4, 5, 8, 9]
    assert list(result.output)[:5] == ["A 3", "B 1", "B 1", "A 3", "B 1"]


def test_a_schedule_keeps_its_times_while_the_source_is_blocked():
    plant = Plant()
    source = plant.add(
        "Source", ArrivalStyle=2, ArrivalSchedule=[(0, "A", 1), (1, "A", 1), (2, "A", 1)]
    )
    plant.link(source, plant.add("Processor", "Mill", ProcessTime=5), plant.add("Sink"))

    # All are made at their times and wait in the source.
    assert journeys(plant.run(20), "Source") == [(1, 0, 0), (2, 1, 5), (3, 2, 10)]


def test_an_interval_of_a_source_begins_when_transport_has_taken_the_item():
    plant = Plant()
    size = (2.0, 2.0, 1.0)
    source = plant.add("Source", at=(0, 0), size=size, InterArrivalTime=5, UseTransport=1)
    queue = plant.add("Queue", at=(4, 0), size=size)
    truck = plant.add("Transporter", at=(0, 0), size=size)
    plant.link(source, queue, plant.add("Sink"))
    plant.centre(source, truck)

    result = plant.run(30)

    # The first is taken at once and 4 s under way. The next is made 5 s after that has left,
    # and leaves when the truck has come back; only then the interval begins again.
    assert journeys(result, "Source")[:3] == [(1, 5, 5), (2, 10, 14), (3, 19, 23)]


# Assembly


def two_kinds(mode, **properties):
    """A combiner that wants two lids and three bolts for each box."""
    plant = Plant()
    combiner = plant.add("Combiner", ProcessTime=4, CombineMode=mode, ComponentsList=[2, 3],
                         **properties)  # fmt: skip
    plant.link(plant.arrivals(1, 1, name="Boxes"), combiner, plant.add("Sink"))
    plant.link(plant.arrivals(0, 5, 6, 7, name="Lids"), combiner)
    plant.link(plant.arrivals(2, 3, 4, 4, 4, 4, name="Bolts"), combiner)
    return plant


def test_a_combiner_collects_each_kind_by_its_number():
    plant = two_kinds(mode=1)
    code(plant.model.find("Combiner"), OnEndCollecting="print(Model.time, item.name, param(2));")

    result = plant.run(40, runner=code_runner())

    assert exits(result, "Boxes") == [1, 9]
    assert exits(result, "Lids") == [1, 5, 9, 9]
    assert exits(result, "Bolts") == [2, 3, 4, 9, 9, 9]
    assert list(result.output) == ["5 Box 6", "9 Box 6"]
    assert [row for row in spells(result, "Combiner") if row[0] == State.PROCESSING] == [
        (State.PROCESSING, 5, 9),
        (State.PROCESSING, 9, 13),
    ]


def test_a_joined_item_leaves_alone_and_keeps_its_name():
    result = two_kinds(mode=2).run(40)

    assert exits(result, "Sink") == [9, 13]
    assert result.kpis["items_out"].mean == 2
    assert result.trace.wip[-1][1] == 0


def test_a_combiner_sets_up_before_it_processes():
    result = two_kinds(mode=1, SetupTime=2).run(40)

    assert [(state, start) for state, start, _ in spells(result, "Combiner")][2:4] == [
        (State.SETUP, 5),
        (State.PROCESSING, 7),
    ]


def test_code_decides_where_unpacked_items_go():
    plant = two_kinds(mode=1)
    combiner, sink = plant.model.find("Combiner"), plant.model.find("Sink")
    combiner.out_ports.clear()
    sink.in_ports.clear()
    separator = plant.add("Separator", ProcessTime=1)
    code(separator, SendToPort="return item.subnodes.length > 0 ? 1 : 2;", SeparateQty="return 4;")
    plant.link(combiner, separator, plant.add("Sink", "Full"))
    plant.link(separator, plant.add("Sink", "Loose"))

    result = plant.run(12, runner=code_runner())

    # Four of five are taken out, the last packed first; the box goes on with one inside.
    assert exits(result, "Loose") == [10] * 4
    assert exits(result, "Full") == [10]


# Processors


def test_setup_and_process_in_parallel_places():
    plant = Plant()
    mill = plant.add("Processor", "Mill", SetupTime=2, ProcessTime=3, MaxContent=2)
    plant.link(plant.arrivals(0, 1, 1), mill, plant.add("Sink"))

    result = plant.run(20)

    assert journeys(result, "Mill") == [(1, 0, 5), (2, 1, 6), (3, 5, 10)]
    # One that processes shows before one that is set up.
    assert spells(result, "Mill")[:4] == [
        (State.SETUP, 0, 2),
        (State.PROCESSING, 2, 6),
        (State.SETUP, 6, 7),
        (State.PROCESSING, 7, 10),
    ]


def test_a_multi_processor_calls_operators_for_the_processes_that_ask():
    plant = Plant()
    machine = plant.add("MultiProcessor", "Machine", (0, 0), (2.0, 2.0, 1.0),
                        Processes=[["Wash", 3], ["Check", 2, 1], ["Dry", 4]])  # fmt: skip
    worker = plant.add("Operator", "Worker", (0, -4), (2.0, 2.0, 1.0))
    plant.link(plant.arrivals(0), machine, plant.add("Sink"))
    plant.centre(machine, worker)

    result = plant.run(30)

    # 4 m take 4 s.
    assert [row[:2] for row in spells(result, "Machine")] == [
        (State.PROCESSING, 0),
        (State.WAITING_FOR_OPERATOR, 3),
        (State.PROCESSING, 7),
        (State.IDLE, 13),
    ]
    assert (State.UTILIZE, 7, 9) in spells(result, "Worker")


def test_a_multi_processor_without_an_operator_is_refused():
    plant = Plant()
    machine = plant.add("MultiProcessor", "Machine", Processes=[["Check", 2, 1]])
    plant.link(plant.arrivals(0), machine, plant.add("Sink"))

    with pytest.raises(SimulationError, match="Processes"):
        plant.run(30)


# Changes while the model runs


def changed(plant, time, text):
    clock = plant.arrivals(time, name="Clock")
    plant.link(clock, plant.add("Sink", "Drain"))
    code(clock, OnCreation=text)


def test_a_processor_gets_more_places():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=6)
    plant.link(plant.arrivals(0, 0), mill, plant.add("Sink"))
    changed(plant, 2, 'Model.find("Mill").setProperty("MaxContent", 2);')

    result = plant.run(20, runner=code_runner())

    assert journeys(result, "Mill") == [(1, 0, 6), (2, 2, 8)]


def test_a_batch_becomes_smaller():
    plant = Plant()
    queue = plant.add("Queue", DoBatching=1, BatchSize=3)
    plant.link(plant.arrivals(0, 4, 5), queue, plant.add("Sink"))
    changed(plant, 2, 'Model.find("Queue").setProperty("BatchSize", 2);')

    assert exits(plant.run(20, runner=code_runner()), "Queue") == [4, 4]


def test_a_conveyor_becomes_faster():
    plant = Plant()
    belt = plant.add("StraightConveyor", "Belt", size=(10.0, 1.0, 1.0))
    plant.link(plant.arrivals(0), belt, plant.add("Sink"))
    changed(plant, 4, 'Model.find("Belt").setProperty("Speed", 2);')

    assert exits(plant.run(20, runner=code_runner()), "Belt") == [pytest.approx(7)]
