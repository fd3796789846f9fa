"""Models that cannot run or never end: clear errors, no hang."""

import subprocess
import sys

import pytest

from apps.engines.simulation import RunConfig, SimulationCancelled, SimulationError, simulate
from apps.engines.simulation.model import Model

from .plant import Plant, law


def simple(**source):
    plant = Plant()
    plant.link(plant.add("Source", **source), plant.add("Queue"), plant.add("Sink"))
    return plant


def test_an_empty_model_is_refused():
    with pytest.raises(SimulationError, match="empty"):
        simulate(Model(), RunConfig(10))


def test_a_model_without_a_source_is_refused():
    plant = Plant()
    plant.link(plant.add("Queue"), plant.add("Sink"))

    with pytest.raises(SimulationError, match="no Source") as caught:
        plant.run(10)
    assert caught.value.hint


def test_a_negative_time_is_refused_by_name():
    with pytest.raises(SimulationError, match="negative time") as caught:
        simple(InterArrivalTime=-3).run(10)
    assert caught.value.object == "Source"


def test_negative_draws_count_as_zero_with_a_warning():
    result = simple(InterArrivalTime=law("normal", 1, 1)).run(1000, trace=False)

    assert any("negative times" in text for text in result.warnings)
    assert result.kpis["items_out"].mean > 0


@pytest.mark.parametrize(
    "given",
    [law("triangular", 1, 5, 9), law("uniform", 5, 1), law("exponential", 0), law("gauss", 1, 1),
     law("exponential", 0, float("nan")), law("weibull", 0, 1, 0)],
)  # fmt: skip
def test_impossible_distributions_are_refused(given):
    with pytest.raises(SimulationError) as caught:
        simple(InterArrivalTime=given).run(10)
    assert caught.value.object == "Source"


def test_an_unsupported_class_is_refused_by_name():
    plant = simple()
    plant.add("MergeSort", "Belt")

    with pytest.raises(SimulationError, match="MergeSort is not simulated") as caught:
        plant.run(10)
    assert caught.value.object == "Belt"


def test_an_unknown_class_is_refused():
    plant = simple()
    plant.add("Teleporter")

    with pytest.raises(SimulationError, match="Teleporter"):
        plant.run(10)


@pytest.mark.parametrize("config", [{"until": 0}, {"until": -1}, {"until": float("inf")},
                                    {"until": 10, "warmup": 10},
                                    {"until": 10, "replications": 0}])  # fmt: skip
def test_impossible_configurations_are_refused(config):
    with pytest.raises(SimulationError):
        simple().run(**config)


def test_a_source_without_interval_stands_still():
    with pytest.raises(SimulationError, match="time stands still"):
        simple(InterArrivalTime=0).run(10, trace=False)


def test_a_loop_of_queues_stands_still():
    plant = Plant()
    first, second = plant.add("Queue", "First"), plant.add("Queue", "Second")
    plant.link(plant.arrivals(1), first, second, first)

    with pytest.raises(SimulationError, match="time stands still at 1"):
        plant.run(10, trace=False)


def test_a_loop_of_processors_without_time_stands_still():
    plant = Plant()
    first = plant.add("Processor", "First", ProcessTime=0)
    second = plant.add("Processor", "Second", ProcessTime=0)
    plant.link(plant.arrivals(1), first, second, first)

    with pytest.raises(SimulationError, match="time stands still"):
        plant.run(10, trace=False)


def test_the_event_limit_ends_a_run():
    with pytest.raises(SimulationError, match="more than 20,000 events"):
        simple(InterArrivalTime=1e-6).run(10, max_events=20_000, trace=False)


def test_the_wall_clock_ends_a_run():
    with pytest.raises(SimulationError, match="took too long"):
        simple(InterArrivalTime=1e-9).run(1e6, max_seconds=0.2, trace=False)


def test_a_run_can_be_cancelled_while_it_runs():
    plant, asked = simple(InterArrivalTime=0.001), []

    def should_stop():
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(SimulationCancelled):
        simulate(plant.model, RunConfig(1e6), should_stop=should_stop)


def test_a_run_that_comes_to_a_standstill_says_where_items_are():
    plant = Plant()
    held = plant.add("Queue", "Held", SendToPort=-1)
    plant.link(plant.arrivals(0, 1), held, plant.add("Sink"))

    assert "though items are left in Held." in plant.run(100).warnings[-1]


def test_progress_rises_to_one():
    shares = []

    config = RunConfig(300, replications=2, trace=False, kernel="reference")
    simulate(simple(InterArrivalTime=0.01).model, config, progress=shares.append)

    assert shares == sorted(shares)
    assert len(shares) > 4
    assert shares[-1] == 1.0


def test_what_is_set_in_vain_is_told():
    plant = Plant()
    rack = plant.add("Rack", SlotAssignmentStrategy="return 3;", MarkOutbound=0)
    plant.link(plant.arrivals(0), rack, plant.add("Sink"))

    assert [text for text in plant.run(10).warnings if "makes no difference" in text] == [
        "Rack: SlotAssignmentStrategy makes no difference to this simulation."
    ]


def test_what_leads_nowhere_is_told():
    plant = Plant()
    plant.link(plant.add("Source"), plant.add("Queue"))
    plant.add("Processor", "Lonely")

    warnings = " ".join(plant.run(10).warnings)

    assert "Queue leads nowhere" in warnings
    assert "Nothing leads to Lonely" in warnings
    assert "no Sink" in warnings


def test_a_line_of_a_thousand_stations_does_not_overflow_the_stack():
    plant = Plant()
    line = [plant.add("Processor", f"M{n}", ProcessTime=1) for n in range(1000)]
    gate = plant.add("Processor", "Gate", ProcessTime=3)
    plant.link(plant.arrivals(*[0] * 1100), *line, gate, plant.add("Sink"))

    assert plant.run(4000, trace=False).kpis["items_out"].mean > 900


def test_a_port_to_an_operator_is_explained():
    plant = Plant()
    plant.link(plant.add("Source"), plant.add("Operator"))

    with pytest.raises(SimulationError, match="takes no items") as caught:
        plant.run(10)
    assert '"S"' in caught.value.hint


def test_importing_the_engine_is_light():
    code = (
        "import sys, apps.engines.simulation; "
        "print([m for m in ('scipy', 'numba', 'django', 'torch') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
