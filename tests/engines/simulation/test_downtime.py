"""Breakdowns, scheduled stops and their nesting, by hand."""

import pytest

from apps.engines.simulation.states import State

from .plant import Plant, exits, spells


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
