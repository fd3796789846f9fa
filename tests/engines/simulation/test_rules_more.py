"""Sentences of the numbered rules that no other file works out by hand."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation.states import STATE_NAMES, State

from .plant import Plant, exits, journeys, spells
from .test_rules import code

SIZE = (2.0, 2.0, 1.0)


def run(plant, until=60):
    return plant.run(until, runner=code_runner())


# 3 Transfer


def hauled(*times, ends=1):
    """Arrivals, a queue, a truck beside it and machines of 6 s, the first one 4 m away."""
    plant = Plant()
    queue = plant.add("Queue", at=(0, 0), size=SIZE, UseTransport=1)
    plant.link(plant.arrivals(*times), queue)
    sink = plant.add("Sink")
    for number in range(1, ends + 1):
        mill = plant.add("Processor", f"Mill{number}", (4 * number, 0), SIZE, ProcessTime=6)
        plant.link(queue, mill, sink)
    plant.centre(queue, plant.add("Transporter", "Truck", (0, 0), SIZE))
    return plant


def test_transport_is_ordered_when_the_destination_is_ready():
    plant = hauled(0, 1)
    code(
        plant.model.find("Queue"),
        TransportRef="print(Model.time); return current.centerObjects[1];",
    )

    result = run(plant)

    # 4 m take 4 s; the mill works from 4 to 10, and only then the second transport is asked for.
    assert list(result.output) == ["0", "10"]
    assert exits(result, "Mill1") == [10, 24]


def test_the_destination_of_an_ordered_transport_is_fixed():
    plant = hauled(0, ends=2)
    when_loaded = 'closeinput(Model.find("Mill1"));'
    code(plant.model.find("Truck"), OnLoad=when_loaded)

    result = run(plant)

    # The first port was chosen before the truck came: the second machine stays empty.
    assert journeys(result, "Mill1") == [(1, 4, 10)]
    assert journeys(result, "Mill2") == []


# 4 Source


def test_the_columns_of_a_schedule_become_labels():
    plant = Plant()
    rows = [["Time", "Name", "Quantity", "Type", "kind"], [1, "A", 1, 5, "x"], [3, "B", 2, 7, "y"]]
    source = plant.add("Source", ArrivalStyle=2, ArrivalSchedule=rows)
    code(source, OnCreation="print(Model.time, item.name, item.Type, item.kind, param(2));")
    plant.link(source, plant.add("Sink"))

    assert list(run(plant).output) == ["1 A 5 x 1", "3 B 7 y 2", "3 B 7 y 2"]


def test_without_time_zero_arrival_the_first_interval_passes_first():
    plant = Plant()
    plant.link(plant.add("Source", InterArrivalTime=5), plant.add("Sink"))

    assert exits(run(plant, 16), "Source") == [5, 10, 15]


# 5 Queue


def test_a_queue_is_first_in_first_out():
    plant = Plant()
    queue, mill = plant.add("Queue"), plant.add("Processor", "Mill", ProcessTime=5)
    plant.link(plant.arrivals(0, 1, 2, 3), queue, mill, plant.add("Sink"))

    assert [item for item, _, _ in journeys(run(plant), "Mill")] == [1, 2, 3, 4]


def test_items_in_transit_count_against_the_content_of_a_queue():
    plant = Plant()
    first = plant.add("Queue", "First", (0, 0), SIZE, UseTransport=1)
    last = plant.add("Queue", "Last", (4, 0), SIZE, MaxContent=1, SendToPort=-1)
    plant.link(plant.arrivals(0, 0), first, last, plant.add("Sink"))
    plant.centre(first, *(plant.add("Transporter", f"T{n}", (0, 0), SIZE) for n in (1, 2)))
    code(first, TransportRef="print(Model.time); return current.centerObjects[1];")

    result = run(plant)

    # The only place is taken from 0 on, by the item under way: nothing more is ordered.
    assert list(result.output) == ["0"]
    assert journeys(result, "First") == [(1, 0, 0)]


# 8 Separator


def test_contents_leave_last_packed_first_and_then_the_container():
    plant = Plant()
    packer = plant.add("Combiner", ProcessTime=1, ComponentsList=[3])
    separator = plant.add("Separator", ProcessTime=2)
    plant.link(plant.arrivals(0, name="Pallets"), packer, separator, plant.add("Sink"))
    plant.link(plant.arrivals(1, 2, 3, name="Parts"), packer)

    left = [(item, leave) for item, _, leave in journeys(run(plant), "Separator")]

    # Item 1 is the container; 2, 3 and 4 are packed at 1, 2 and 3.
    assert left == [(4, 6), (3, 6), (2, 6), (1, 6)]


def test_the_copies_of_a_split_leave_by_the_port_that_code_says():
    plant = Plant()
    separator = plant.add("Separator", ProcessTime=1, SeparateMode=0, SeparateQty=3)
    code(separator, SendToPort="current.n += 1; return current.n;")
    separator.labels["n"] = 0
    plant.link(plant.arrivals(0), separator)
    for number in (1, 2, 3):
        plant.link(separator, plant.add("Sink", f"S{number}"))

    result = run(plant)

    assert [result.object(f"S{n}")["input"].mean for n in (1, 2, 3)] == [1, 1, 1]


# 9 Sink


def test_a_sink_counts_what_enters_and_keeps_nothing():
    plant = Plant()
    plant.link(plant.arrivals(0, 2, 4), plant.add("Sink"))

    result = run(plant)
    sink = result.object("Sink")

    assert (sink["input"].mean, sink["content"].mean, result.kpis["wip"].mean) == (3, 0, 0)
    assert spells(result, "Sink") == [(State.COLLECTING, 0, 60)]


# 10 Dispatcher


def team(members, *calls, **properties):
    """One-second jobs of a team whose members stand where they work: (name, at, priority)."""
    plant = Plant()
    boss = plant.add("Dispatcher", **properties)
    for number in range(1, members + 1):
        plant.link(boss, plant.add("Operator", f"Worker{number}", (0, 0), SIZE))
    for name, at, priority in calls:
        mill = plant.add("Processor", name, (0, 0), SIZE, ProcessTime=2,
                         UseProcessOperators=1, OperatorPriority=priority)  # fmt: skip
        plant.link(plant.arrivals(at, name=f"To {name}"), mill, plant.add("Sink", f"From {name}"))
        plant.centre(mill, boss)
    return plant


def test_the_first_available_member_is_given_the_work():
    result = run(team(2, ("A", 0, 0), ("B", 1, 0), ("C", 2, 0)))

    # The first takes A, the second B; at 2 the first is free again and takes C.
    assert [row[1:] for row in spells(result, "Worker1") if row[0] == State.UTILIZE] == [
        (0, 2),
        (2, 4),
    ]
    assert [row[1:] for row in spells(result, "Worker2") if row[0] == State.UTILIZE] == [(1, 3)]


def test_equal_priorities_are_served_as_they_came_and_higher_ones_before():
    calls = [("A", 0, 0), ("B", 0.5, 0), ("C", 1, 0), ("D", 1.5, 9)]
    result = run(team(1, *calls))

    ends = {name: exits(result, name)[0] for name, _, _ in calls}
    assert ends == {"A": 2, "D": 4, "B": 6, "C": 8}


def test_a_dispatcher_that_holds_nothing_back_passes_to_the_member_it_names():
    # Both jobs go to the second worker, though the first stands idle.
    result = run(team(2, ("A", 0, 0), ("B", 0.5, 0), PassTo=2))

    assert result.object("Worker1").states["idle"].mean == 1
    assert [exits(result, name) for name in "AB"] == [[2], [4]]


@pytest.mark.parametrize("class_name", ["TaskExecuter", "Operator", "Transporter"])
def test_a_task_executer_of_any_class_carries_items(class_name):
    plant = Plant()
    queue = plant.add("Queue", at=(0, 0), size=SIZE, UseTransport=1)
    plant.link(plant.arrivals(0), queue, plant.add("Sink", at=(9, 0), size=SIZE))
    plant.centre(queue, plant.add(class_name, "Carrier", (0, 0), SIZE, LoadTime=1, UnloadTime=2))

    result = run(plant)

    # 9 m take 9/2 + 2 = 6.5 s.
    assert spells(result, "Carrier") == [
        (State.LOADING, 0, 1),
        (State.TRAVEL_LOADED, 1, 7.5),
        (State.UNLOADING, 7.5, 9.5),
        (State.IDLE, 9.5, 60),
    ]


# 12 Triggers


def test_a_message_comes_after_its_delay_with_sender_and_parameters():
    plant = Plant()
    source, sink = plant.arrivals(1, 2), plant.add("Sink")
    queue = plant.add("Queue", "Post")
    plant.link(source, queue, sink)
    code(source, OnCreation='senddelayedmessage(Model.find("Post"), 3, current, 7, 8, "x");')
    code(
        queue,
        OnMessage="print(Model.time, param(1).name, param(2), param(3), param(4), msgparam(1));",
        OnReset="current.count = 0; print(Model.time);",
    )

    assert list(run(plant).output) == ["0", "4 Source 7 8 x 7", "5 Source 7 8 x 7"]


# 13 States


def test_every_state_has_flexsims_number_and_name():
    assert STATE_NAMES == {
        1: "idle", 2: "processing", 3: "busy", 4: "blocked", 5: "generating", 6: "empty",
        7: "collecting", 8: "releasing", 9: "waiting for operator", 10: "waiting for transport",
        11: "breakdown", 12: "scheduled down", 13: "conveying", 14: "travel empty",
        15: "travel loaded", 16: "offset travel empty", 17: "offset travel loaded",
        18: "loading", 19: "unloading", 20: "down", 21: "setup", 22: "utilize", 23: "full",
    }  # fmt: skip
