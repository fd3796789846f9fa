"""Breakdowns, scheduled stops and their nesting, by hand."""

import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells


def test_a_breakdown_interrupts_the_process_and_it_goes_on_after_repair():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=10, MTBFMTTRs=[[4, 100, 3]])
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))

    result = plant.run(20)

    assert exits(result, "Mill") == [13]
    assert spells(result, "Mill") == [
        (State.PROCESSING, 0, 4),
        (State.BREAKDOWN, 4, 7),
        (State.PROCESSING, 7, 13),
        (State.IDLE, 13, 20),
    ]


def test_the_up_time_counts_from_the_end_of_the_repair():
    plant = Plant()
    mill = plant.add("Processor", "Mill", MTBFMTTRs=[[2, 5, 1]])
    plant.link(plant.arrivals(50), mill, plant.add("Sink"))

    downs = [row for row in spells(plant.run(20), "Mill") if row[0] == State.BREAKDOWN]

    assert downs == [(State.BREAKDOWN, 2, 3), (State.BREAKDOWN, 8, 9), (State.BREAKDOWN, 14, 15)]


def test_a_stopped_station_takes_nothing_and_gives_nothing():
    plant = Plant()
    first = plant.add("Processor", "First", ProcessTime=1)
    second = plant.add("Processor", "Second", ProcessTime=1, TimeTables=[[0.5, 9.5]])
    plant.link(plant.arrivals(0), first, second, plant.add("Sink"))

    result = plant.run(20)

    assert exits(result, "First") == [10]
    assert exits(result, "Second") == [11]


def test_what_a_stop_kept_back_leaves_at_its_end():
    plant = Plant()
    queue = plant.add("Queue", TimeTables=[[1, 4]])
    plant.link(plant.arrivals(0, 2), queue, plant.add("Processor", "Mill", ProcessTime=3),
               plant.add("Sink"))  # fmt: skip

    result = plant.run(20)

    assert exits(result, "Source") == [0, 5]
    assert exits(result, "Mill") == [3, 8]


def test_stops_nest():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=10, MTBFMTTRs=[[4, 1000, 6]],
                     TimeTables=[[2, 5]])  # fmt: skip
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))

    result = plant.run(30)

    # Down from 2 to 10 altogether.
    assert exits(result, "Mill") == [18]
    assert spells(result, "Mill")[:5] == [
        (State.PROCESSING, 0, 2),
        (State.SCHEDULED_DOWN, 2, 4),
        (State.BREAKDOWN, 4, 7),
        (State.BREAKDOWN, 7, 10),
        (State.PROCESSING, 10, 18),
    ]


def test_a_shift_repeats():
    plant = Plant()
    mill = plant.add("Processor", "Mill", TimeTables=[[8, 2, 10]])
    plant.link(plant.arrivals(100), mill, plant.add("Sink"))

    result = plant.run(30)

    assert result.object("Mill").states["scheduled down"].mean == pytest.approx(6 / 30)


def test_an_operator_stops_on_the_way():
    plant = Plant()
    size = (2.0, 2.0, 1.0)
    mill = plant.add("Processor", "Mill", (0, 0), size, ProcessTime=6, UseProcessOperators=1)
    worker = plant.add("Operator", "Worker", (0, -4), size, TimeTables=[[1, 5]])
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))
    plant.centre(mill, worker)

    assert exits(plant.run(30), "Mill") == [15]


def test_utilisation_of_parallel_places_leaves_down_time_out():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=4, MaxContent=2, TimeTables=[[2, 6]])
    plant.link(plant.arrivals(0, 0), mill, plant.add("Sink"))

    result = plant.run(16)

    assert exits(result, "Mill") == [10, 10]
    assert result.object("Mill")["utilisation"].mean == pytest.approx(8 / 32)


def test_a_source_that_stops_makes_its_next_item_later():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=4, TimeTables=[[6, 5]])
    plant.link(source, plant.add("Sink"))

    # The item due at 8 has 2 s left when the stop ends at 11.
    assert exits(plant.run(20), "Source") == [4, 13, 17]


def test_stops_of_a_conveyor_nest():
    plant = Plant()
    belt = plant.add("StraightConveyor", "Belt", size=(10.0, 1.0, 1.0), TimeTables=[[2, 6]],
                     MTBFMTTRs=[[5, 1000, 7]])  # fmt: skip
    plant.link(plant.arrivals(0), belt, plant.add("Sink"))

    result = plant.run(40)

    # Down from 2 to 12 altogether.
    assert exits(result, "Belt") == [20]
    assert spells(result, "Belt")[1:4] == [
        (State.SCHEDULED_DOWN, 2, 5),
        (State.BREAKDOWN, 5, 8),
        (State.BREAKDOWN, 8, 12),
    ]


def test_a_combiner_that_stops_collects_nothing():
    plant = Plant()
    combiner = plant.add("Combiner", ProcessTime=1, TimeTables=[[1, 4]])
    plant.link(plant.arrivals(0, name="Boxes"), combiner, plant.add("Sink"))
    plant.link(plant.arrivals(2, name="Lids"), combiner)

    assert exits(plant.run(20), "Lids") == [5]


# What comes to a station while it is stopped waits for the end of the stop


SIZE = (2.0, 2.0, 1.0)


@pytest.mark.parametrize("kernel", ["reference", "compiled"])
def test_work_does_not_begin_when_the_operator_comes_during_a_stop(kernel):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=1000, TimeZeroArrival=1)
    mill = plant.add("Processor", "Mill", (0, 0), SIZE, UseProcessOperators=1, TimeTables=[[2, 18]])
    worker = plant.add("Operator", "Worker", (0, -4), SIZE)
    plant.link(source, mill, plant.add("Sink"))
    plant.centre(mill, worker)

    result = plant.run(50, kernel=kernel)

    # 4 m take 4 s; down from 2 to 20, then 10 s of work.
    assert spells(result, "Mill") == [
        (State.WAITING_FOR_OPERATOR, 0, 2),
        (State.SCHEDULED_DOWN, 2, 20),
        (State.PROCESSING, 20, 30),
        (State.IDLE, 30, 50),
    ]
    assert (State.UTILIZE, 4, 30) in spells(result, "Worker")


def brought(class_name, **properties):
    """One item that a truck takes 4 s to bring to an object which is down from 2 to 20."""
    plant = Plant()
    queue = plant.add("Queue", at=(0, 0), size=SIZE, UseTransport=1)
    goal = plant.add(class_name, "Goal", (4, 0), SIZE, TimeTables=[[2, 18]], **properties)
    truck = plant.add("TaskExecuter", "Truck", (0, 0), SIZE)
    plant.link(plant.arrivals(0), queue, goal, plant.add("Sink"))
    plant.centre(queue, truck)
    return plant.run(50)


@pytest.mark.parametrize(
    ("class_name", "properties", "leaves"),
    [
        ("Processor", {"ProcessTime": 5}, 25),
        ("Combiner", {"ProcessTime": 5}, 25),
        ("MultiProcessor", {"Processes": [["Wash", 2], ["Dry", 3]]}, 25),
        ("Queue", {}, 20),
        ("Queue", {"DoBatching": 1, "BatchSize": 2, "MaxBatchTime": 7}, 27),
        ("Rack", {"MinimumDwellTime": 6}, 26),
        ("BasicFR", {}, 20),
    ],
)
def test_what_is_brought_during_a_stop_waits_for_its_end(class_name, properties, leaves):
    result = brought(class_name, **properties)

    assert [row[1:] for row in journeys(result, "Goal")] == [(4, leaves)]


def test_a_source_begins_no_interval_during_a_stop():
    plant = Plant()
    source = plant.add("Source", at=(0, 0), size=SIZE, InterArrivalTime=5, UseTransport=1,
                       TimeTables=[[6, 14]])  # fmt: skip
    queue = plant.add("Queue", at=(4, 0), size=SIZE)
    truck = plant.add("TaskExecuter", "Truck", (0, -4), SIZE)
    plant.link(source, queue, plant.add("Sink"))
    plant.centre(source, truck)

    # Made at 5, fetched at 9 while the source is down; the next is made 5 s after 20.
    assert journeys(plant.run(30), "Source") == [(1, 5, 9), (2, 25, 29)]


def test_parallel_places_do_not_count_as_busy_during_a_stop():
    plant = Plant()
    mill = plant.add("Processor", "Mill", (0, 0), SIZE, ProcessTime=4, MaxContent=2,
                     UseProcessOperators=1, TimeTables=[[2, 18]])  # fmt: skip
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))
    plant.centre(mill, plant.add("Operator", "Worker", (0, -4), SIZE))

    # One of two places works from 20 to 24.
    assert plant.run(40).object("Mill")["utilisation"].mean == pytest.approx(4 / 80)


@pytest.mark.parametrize("kernel", ["reference", "compiled"])
def test_a_warm_up_may_end_during_a_stop(kernel):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=1000, TimeZeroArrival=1)
    mill = plant.add("Processor", "Mill", ProcessTime=6, MaxContent=2, TimeTables=[[2, 8]])
    plant.link(source, mill, plant.add("Sink"))

    # Half of the places work from 10 to 14, of the 15 s after the warm-up.
    result = plant.run(20, warmup=5, kernel=kernel)
    assert result.object("Mill")["utilisation"].mean == pytest.approx(4 / 30)


@pytest.mark.parametrize("name", ["MTBFMTTRs", "TimeTables"])
def test_a_dispatcher_has_no_down_time(name):
    plant = Plant()
    plant.add("Dispatcher", **{name: [[5, 10, 10]]})
    plant.link(plant.arrivals(0), plant.add("Sink"))

    with pytest.raises(SimulationError, match="cannot stop a Dispatcher"):
        plant.run(10)


def test_time_tables_take_units():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=10, TimeTables=[[[0.1, "min"], [1, "min"]]])
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))

    assert exits(plant.run(100), "Mill") == [70]


@pytest.mark.parametrize("row", [["soon", 5], [1, "exponential(0, 5)"], [-1, 5]])
def test_time_tables_need_constant_times(row):
    plant = Plant()
    mill = plant.add("Processor", "Mill", TimeTables=[row])
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))

    with pytest.raises(SimulationError, match="TimeTables"):
        plant.run(100)
