"""Exact traces, computed by hand, of Source, Queue, Processor and Sink."""

import pytest

from apps.engines.simulation.states import State

from .plant import Plant, exits, journeys, spells


def test_items_flow_through_source_queue_processor_and_sink():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=4)
    queue, mill, sink = plant.add("Queue"), plant.add("Processor", "Mill", ProcessTime=6), None
    sink = plant.add("Sink")
    plant.link(source, queue, mill, sink)

    result = plant.run(20)

    assert journeys(result, "Queue") == [(1, 4, 4), (2, 8, 10), (3, 12, 16)]
    assert journeys(result, "Mill") == [(1, 4, 10), (2, 10, 16)]
    assert journeys(result, "Sink") == [(1, 10, 10), (2, 16, 16)]
    assert spells(result, "Mill") == [
        (State.IDLE, 0, 4),
        (State.PROCESSING, 4, 10),
        (State.PROCESSING, 10, 16),
        (State.PROCESSING, 16, 20),
    ]


def test_statistics_of_a_hand_computed_run():
    plant = Plant()
    source, queue = plant.add("Source", InterArrivalTime=4), plant.add("Queue")
    mill, sink = plant.add("Processor", "Mill", ProcessTime=6), plant.add("Sink")
    plant.link(source, queue, mill, sink)

    result = plant.run(20)
    buffer, worker = result.object("Queue"), result.object("Mill")

    # In the queue: 8-10 one item, 12-16 one, 16-20 one (item 4), and item 5 at 20.
    assert buffer["content"].mean == pytest.approx((2 + 4 + 4) / 20)
    assert buffer["content_max"].mean == 2
    assert buffer["staytime"].mean == pytest.approx((0 + 2 + 4) / 3)
    assert (buffer["input"].mean, buffer["output"].mean) == (5, 3)
    assert worker["utilisation"].mean == pytest.approx(16 / 20)
    assert worker.states["idle"].mean == pytest.approx(4 / 20)
    # In the model: one from 4, two from 8, one leaves at 10, ...
    assert result.kpis["wip"].mean == pytest.approx((4 + 2 * 2 + 2 * 1 + 4 * 2 + 4 * 2) / 20)
    assert result.kpis["items_out"].mean == 2
    assert result.kpis["items_in"].mean == 5
    assert result.kpis["time_in_system"].mean == pytest.approx((6 + 8) / 2)
    assert result.kpis["throughput_per_hour"].mean == pytest.approx(2 / 20 * 3600)


def test_time_zero_arrival_makes_an_item_at_once():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=5, TimeZeroArrival=1)
    plant.link(source, plant.add("Sink"))

    assert exits(plant.run(11), "Source") == [0, 5, 10]


def test_a_blocked_source_slips():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=4)
    plant.link(source, plant.add("Processor", "Mill", ProcessTime=10), plant.add("Sink"))

    result = plant.run(40)

    # Item 2 is made at 8 and leaves at 14; the next interval counts from there.
    assert journeys(result, "Source") == [(1, 4, 4), (2, 8, 14), (3, 18, 24), (4, 28, 34)]
    assert spells(result, "Source")[:3] == [
        (State.GENERATING, 0, 8),
        (State.BLOCKED, 8, 14),
        (State.GENERATING, 14, 18),
    ]


def test_a_schedule_gives_absolute_times_and_quantities():
    plant = Plant()
    rows = [(3, "Part", 2), (3, "Lid", 1), (7, "Part", 1)]
    source = plant.add("Source", ArrivalStyle=2, ArrivalSchedule=rows)
    plant.link(source, plant.add("Sink"))

    assert exits(plant.run(20), "Source") == [3, 3, 3, 7]


def test_a_repeated_schedule_counts_from_its_last_time():
    plant = Plant()
    rows = [(2, "Part", 1), (5, "Part", 1)]
    source = plant.add("Source", ArrivalStyle=2, ArrivalSchedule=rows, RepeatTable=1)
    plant.link(source, plant.add("Sink"))

    assert exits(plant.run(13), "Source") == [2, 5, 7, 10, 12]


def test_a_sequence_sends_the_next_item_when_the_last_has_left():
    plant = Plant()
    source = plant.add("Source", ArrivalStyle=3, ArrivalSequence=[("A", 2), ("B", 1)])
    plant.link(source, plant.add("Processor", "Mill", ProcessTime=10), plant.add("Sink"))

    result = plant.run(50)

    assert exits(result, "Source") == [0, 10, 20]
    assert exits(result, "Mill") == [10, 20, 30]


def test_blocking_after_service_through_a_line():
    plant = Plant()
    source = plant.arrivals(0, 0, 0)
    first = plant.add("Processor", "First", ProcessTime=1)
    second = plant.add("Processor", "Second", ProcessTime=5)
    plant.link(source, first, second, plant.add("Sink"))

    result = plant.run(20)

    assert journeys(result, "First") == [(1, 0, 1), (2, 1, 6), (3, 6, 11)]
    assert spells(result, "First") == [
        (State.PROCESSING, 0, 1),
        (State.PROCESSING, 1, 2),
        (State.BLOCKED, 2, 6),
        (State.PROCESSING, 6, 7),
        (State.BLOCKED, 7, 11),
        (State.IDLE, 11, 20),
    ]


def test_a_queue_takes_no_more_than_its_capacity():
    plant = Plant()
    source, queue = plant.arrivals(0, 0, 0, 0), plant.add("Queue", MaxContent=2)
    plant.link(source, queue, plant.add("Processor", "Mill", ProcessTime=3), plant.add("Sink"))

    result = plant.run(20)

    # The mill has item 1, the queue 2 and 3; item 4 enters when 2 moves on.
    assert journeys(result, "Queue") == [(1, 0, 0), (2, 0, 3), (3, 0, 6), (4, 3, 9)]


def test_a_lifo_queue_gives_the_newest_first():
    plant = Plant()
    source, queue = plant.arrivals(0, 1, 2, 3), plant.add("Queue", LIFO=1)
    plant.link(source, queue, plant.add("Processor", "Mill", ProcessTime=5), plant.add("Sink"))

    assert [item for item, _, _ in journeys(plant.run(40), "Mill")] == [1, 4, 3, 2]


def test_batches_leave_when_full_or_when_the_first_has_waited():
    plant = Plant()
    source = plant.arrivals(0, 1, 2, 10)
    queue = plant.add("Queue", DoBatching=1, BatchSize=3, MaxBatchTime=6)
    plant.link(source, queue, plant.add("Sink"))

    result = plant.run(30)

    assert exits(result, "Queue") == [2, 2, 2, 16]
    assert spells(result, "Queue")[:2] == [(State.COLLECTING, 0, 2), (State.EMPTY, 2, 10)]


def test_the_wait_of_a_batch_that_left_full_does_not_count_for_the_next():
    plant = Plant()
    source = plant.arrivals(0, 1, 5)
    queue = plant.add("Queue", DoBatching=1, BatchSize=2, MaxBatchTime=6)
    plant.link(source, queue, plant.add("Sink"))

    assert exits(plant.run(30), "Queue") == [1, 1, 11]


def test_flushing_closes_the_input_until_the_batch_has_left():
    plant = Plant()
    source = plant.arrivals(0, 0, 0)
    queue = plant.add("Queue", DoBatching=1, BatchSize=2, FlushContent=1)
    plant.link(source, queue, plant.add("Processor", "Mill", ProcessTime=4), plant.add("Sink"))

    result = plant.run(30)

    assert journeys(result, "Queue")[:2] == [(1, 0, 0), (2, 0, 4)]
    assert journeys(result, "Source")[2] == (3, 0, 4)


def test_setup_comes_before_process():
    plant = Plant()
    source = plant.arrivals(0)
    mill = plant.add("Processor", "Mill", SetupTime=2, ProcessTime=3)
    plant.link(source, mill, plant.add("Sink"))

    assert spells(plant.run(10), "Mill") == [
        (State.SETUP, 0, 2),
        (State.PROCESSING, 2, 5),
        (State.IDLE, 5, 10),
    ]


def test_a_processor_of_capacity_two_works_in_parallel():
    plant = Plant()
    source = plant.arrivals(0, 1, 2)
    mill = plant.add("Processor", "Mill", ProcessTime=4, MaxContent=2)
    plant.link(source, mill, plant.add("Sink"))

    result = plant.run(10)

    assert journeys(result, "Mill") == [(1, 0, 4), (2, 1, 5), (3, 4, 8)]
    assert result.object("Mill")["utilisation"].mean == pytest.approx(12 / 20)
    assert result.object("Mill").states["processing"].mean == pytest.approx(8 / 10)


def test_unit_arrays_are_times():
    plant = Plant()
    plant.link(plant.arrivals(0), plant.add("Processor", "Mill", ProcessTime=[2, "min"]),
               plant.add("Sink"))  # fmt: skip

    assert exits(plant.run(200), "Mill") == [120]
