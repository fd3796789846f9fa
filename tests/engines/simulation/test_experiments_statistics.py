"""Batch means, item journeys, stay times."""

import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.batches import batch_means, run_batches, time_batch_means
from apps.engines.simulation.journeys import stay_times

from .plant import Plant, law


def line():
    """Items at 1 and 2, worked on for 3 s each: 1-4 and 4-7."""
    plant = Plant()
    queue, mill = plant.add("Queue"), plant.add("Processor", "Mill", ProcessTime=3)
    plant.link(plant.arrivals(1, 2), queue, mill, plant.add("Sink"))
    return plant


def m_m_1(until, load=0.5, **config):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    mill = plant.add("Processor", "Mill", ProcessTime=law("exponential", 0, 10 * load))
    plant.link(source, plant.add("Queue", MaxContent=1e9), mill, plant.add("Sink"))
    return plant.run(until, **config)


def test_each_item_has_its_journey():
    first, second = line().run(100).journeys()

    assert [visit.place for visit in second.visits] == ["Source", "Queue", "Mill", "Sink"]
    assert (first.began, first.time_in_system, first.time_at("Queue")) == (1, 3, 0)
    assert (second.began, second.time_in_system, second.time_at("Queue")) == (2, 5, 2)


def test_an_item_on_its_way_has_no_time_in_system():
    _, second = line().run(5).journeys()

    assert not second.finished
    assert second.time_in_system is None


def test_stay_times_tell_the_last_and_the_extremes():
    found = stay_times(line().run(100).trace)

    queue = found["Queue"]
    assert (queue.current, queue.average, queue.minimum, queue.maximum) == (2, 1, 0, 2)
    assert queue.series == ((1, 0), (4, 2))
    assert "Queue" not in stay_times(line().run(100).trace, since=5)


def test_means_of_batches_by_hand():
    found = batch_means([9, 1, 3, 5, 7, 2, 4], batches=3)  # the first one is left out

    assert (found.estimate.mean, found.estimate.n) == (pytest.approx(11 / 3), 3)
    assert (found.estimate.minimum, found.estimate.maximum) == (2, 6)


def test_time_averages_of_batches_by_hand():
    """0 until 1, 2 until 3, 4 until the end at 8, in two batches from 0."""
    found = time_batch_means([(0, 0), (1, 2), (3, 4)], 0, 8, batches=2)

    assert found.estimate.minimum == pytest.approx((0 + 2 * 2 + 4) / 4)
    assert found.estimate.maximum == pytest.approx(4)


def test_one_long_run_agrees_with_theory():
    result = m_m_1(150_000, warmup=5000, seed=2)

    found = run_batches(result.trace, result.config, result.sinks)

    for name, truth in (("throughput_per_hour", 360), ("wip", 1), ("time_in_system", 10)):
        estimate = found[name].estimate
        assert estimate.low < truth < estimate.high
        assert found[name].independent
        assert estimate.mean == pytest.approx(result.kpis[name].mean, rel=0.005)


def test_batches_that_are_too_short_are_told():
    result = m_m_1(20_000, load=0.95, seed=2)

    found = run_batches(result.trace, result.config, result.sinks, batches=400)

    assert not found["wip"].independent


def test_too_few_observations_are_refused():
    with pytest.raises(SimulationError, match="too few"):
        batch_means([1.0] * 30)
    with pytest.raises(SimulationError, match="at least 2"):
        batch_means([1.0] * 30, batches=1)
