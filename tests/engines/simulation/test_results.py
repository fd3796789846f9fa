"""Determinism, warm-up, replications, result and trace formats, bottleneck."""

import json

import pytest

from .plant import Plant, law


def line(**properties):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    queue = plant.add("Queue", **properties)
    mill = plant.add("Processor", "Mill", ProcessTime=law("uniform", 5, 13))
    plant.link(source, queue, mill, plant.add("Sink"))
    return plant


def numbers(result):
    data = result.to_json()
    del data["seconds"], data["config"]
    return data


def test_the_same_seed_gives_the_same_trace():
    first, second = line().run(5000, seed=3), line().run(5000, seed=3)

    assert first.trace.items == second.trace.items
    assert first.trace.states == second.trace.states
    assert numbers(first) == numbers(second)


def test_another_seed_gives_another_run():
    assert line().run(5000, seed=3).trace.items != line().run(5000, seed=4).trace.items


def test_tracing_changes_nothing():
    with_trace = line().run(20_000, replications=3)
    without = line().run(20_000, replications=3, trace=False)

    assert without.trace is None
    assert numbers(with_trace) == numbers(without)


def test_objects_draw_from_streams_of_their_own():
    """A change at one object leaves the draws of the others as they were."""
    plain, limited = line(), line(MaxContent=3)
    limited.model.find("Mill").properties["ProcessTime"] = law("uniform", 0, 1)

    assert (
        plain.run(2000).trace.items[0][2:] == limited.run(2000).trace.items[0][2:]
    )  # the first item leaves the source at the same time


def test_state_shares_sum_to_one():
    result = line().run(5000, warmup=777, replications=2)

    for found in result.objects:
        assert sum(share.mean for share in found.states.values()) == pytest.approx(1.0)


def test_the_warm_up_is_left_out():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=4)
    plant.link(source, plant.add("Processor", "Mill", ProcessTime=3), plant.add("Sink"))

    result = plant.run(21, warmup=9)

    # Items are made at 4, 8, 12, 16, 20 and work ends at 7, 11, 15, 19: three after 9.
    assert result.kpis["items_in"].mean == 3
    assert result.kpis["items_out"].mean == 3
    # Working 9-11, 12-15, 16-19, 20-21 of 12 s.
    assert result.object("Mill")["utilisation"].mean == pytest.approx(9 / 12)
    assert result.object("Mill")["content"].mean == pytest.approx(9 / 12)
    assert result.kpis["wip"].mean == pytest.approx(9 / 12)
    assert result.kpis["throughput_per_hour"].mean == pytest.approx(3 / 12 * 3600)


def test_an_event_at_the_end_of_the_warm_up_counts():
    plant = Plant()
    plant.link(plant.arrivals(5), plant.add("Sink"))

    assert plant.run(10, warmup=5).kpis["items_out"].mean == 1


def test_replications_differ_and_give_an_interval():
    result = line().run(5000, replications=5, trace=False)
    wip = result.kpis["wip"]

    assert wip.n == 5
    assert wip.minimum < wip.mean < wip.maximum
    assert wip.half_width > 0
    assert wip.low == pytest.approx(wip.mean - wip.half_width)


def test_student_interval_of_known_numbers():
    from apps.engines.simulation.estimates import estimate

    found = estimate([1.0, 2.0, 3.0, 4.0])

    # s = 1.2910, t(0.975, 3) = 3.1824
    assert found.mean == 2.5
    assert found.half_width == pytest.approx(3.182446 * 1.290994 / 2, rel=1e-6)
    assert estimate([5.0]).half_width is None
    assert estimate([None]) is None


def test_the_json_has_the_promised_shape():
    data = line().run(1000).to_json()
    estimate_keys = {"mean", "half_width", "low", "high", "min", "max", "n"}

    json.dumps(data, allow_nan=False)
    for name in ("throughput_per_hour", "items_out", "items_in", "wip", "time_in_system"):
        assert set(data["kpis"][name]) == estimate_keys
    mill = data["objects"][2]
    assert (mill["name"], mill["class"]) == ("Mill", "Processor")
    for name in ("input", "output", "content", "staytime", "utilisation"):
        assert set(mill[name]) == estimate_keys
    assert mill["utilisation"]["half_width"] is None
    assert set(mill["states"]) == {"idle", "processing"}
    assert set(data["bottleneck"]) == {"object", "reason"}


def test_a_run_in_which_nothing_arrives_has_numbers_too():
    plant = Plant()
    plant.link(plant.arrivals(500), plant.add("Sink"))

    data = plant.run(100).to_json()

    json.dumps(data, allow_nan=False)
    assert data["kpis"]["time_in_system"]["n"] == 0


def test_the_busiest_station_is_the_bottleneck():
    plant = line()
    result = plant.run(50_000, trace=False)

    assert result.bottleneck.object == "Mill"
    assert "Queue before it holds" in result.bottleneck.reason


def test_a_blocked_station_is_not_the_bottleneck():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=1)
    first = plant.add("Processor", "First", ProcessTime=2)
    second = plant.add("Processor", "Second", ProcessTime=9)
    plant.link(source, first, second, plant.add("Sink"))

    found = plant.run(5000).bottleneck

    assert found.object == "Second"
    assert "First before it is blocked" in found.reason


def test_the_down_time_of_a_bottleneck_is_a_share_of_all_time():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime=5, TimeTables=[[30, 20, 100]])
    plant.link(plant.add("Source", InterArrivalTime=5), mill, plant.add("Sink"))

    assert "it is down 20% of the time" in plant.run(1000).bottleneck.reason


def test_an_idle_model_has_no_bottleneck():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=100)
    plant.link(source, plant.add("Processor", "Mill", ProcessTime=1), plant.add("Sink"))

    found = plant.run(5000).bottleneck

    assert found.object is None
    assert "Mill" in found.reason


def test_series_of_the_trace():
    plant = Plant()
    source, queue = plant.arrivals(1, 2, 3), plant.add("Queue")
    plant.link(source, queue, plant.add("Processor", "Mill", ProcessTime=5), plant.add("Sink"))

    trace = plant.run(20).trace

    assert trace.content["Queue"] == [(0, 0), (1, 0), (2, 1), (3, 2), (6, 1), (11, 0)]
    assert trace.wip == [(0, 0), (1, 1), (2, 2), (3, 3), (6, 2), (11, 1), (16, 0)]
    assert trace.throughput == [(0, 0), (6, 1), (11, 2), (16, 3)]


def test_thinning_keeps_the_extremes_and_the_ends():
    trace = line().run(100_000).trace
    whole, thin = trace.wip, trace.to_json(max_points=100)["wip"]

    assert len(thin) <= 200 < len(whole)
    assert max(count for _, count in thin) == max(count for _, count in whole)
    assert thin[0] == list(whole[0])
    assert thin[-1] == list(whole[-1])
