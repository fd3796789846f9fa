"""Experiments: scenarios, common random numbers, comparisons, numbers of replications."""

import json
import pickle

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, SimulationCancelled, SimulationError, simulate
from apps.engines.simulation.__main__ import main
from apps.engines.simulation.estimates import student_quantile
from apps.engines.simulation.experiment_runs import flatten, unflatten
from apps.engines.simulation.experiments import (
    Options,
    Parameter,
    Scenario,
    grid,
    paired,
    replications_needed,
    run_experiment,
)

from .plant import Plant, law

LONG = RunConfig(60_000, warmup=10_000, replications=20, seed=7, trace=False)
SHORT = RunConfig(2_000, replications=4, trace=False)


def line(service="exponential(0, 8)"):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    queue = plant.add("Queue", MaxContent=1e9)
    plant.link(
        source, queue, plant.add("Processor", "Mill", ProcessTime=service), plant.add("Sink")
    )
    return plant.model


def services(*values):
    return grid([Parameter("Mill", "ProcessTime", values)])


# Scenarios


def test_a_parameter_is_read_from_text():
    found = Parameter.parse('Big Mill.ProcessTime=40, exponential(0, 5),"a,b"')

    assert found == Parameter("Big Mill", "ProcessTime", (40.0, "exponential(0, 5)", '"a,b"'))


def test_triggers_and_parameters_of_the_model_can_be_varied():
    assert Parameter.parse("Mill.Triggers.OnExit=item.a = 1;") == Parameter(
        "Mill", "Triggers.OnExit", ("item.a = 1;",)
    )
    assert Parameter.parse("Model.parameters.Speed=1,2").object == ""


@pytest.mark.parametrize("text", ["Mill", "Mill.ProcessTime", "Mill.ProcessTime=", "=3", "Mill=3"])
def test_what_is_no_parameter_is_refused(text):
    with pytest.raises(SimulationError, match="is no parameter"):
        Parameter.parse(text)


def test_a_grid_has_all_combinations_and_a_list_goes_in_step():
    two = [Parameter("A", "X", (1, 2)), Parameter("B", "Y", (3, 4))]

    assert [s.label for s in grid(two)] == [
        "A.X = 1, B.Y = 3", "A.X = 1, B.Y = 4", "A.X = 2, B.Y = 3", "A.X = 2, B.Y = 4",
    ]  # fmt: skip
    assert [s.label for s in paired(two)] == ["A.X = 1, B.Y = 3", "A.X = 2, B.Y = 4"]
    assert [s.label for s in grid([])] == ["as it is"]


def test_a_list_of_unequal_length_is_refused():
    with pytest.raises(SimulationError, match="as many values"):
        paired([Parameter("A", "X", (1, 2)), Parameter("B", "Y", (3,))])


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        (("Mil", "ProcessTime", 3), "there is no object Mil", "did you mean Mill?"),
        (("Mill", "ProcesTime", 3), "has no ProcesTime", "did you mean ProcessTime?"),
    ],
)
def test_unknown_settings_are_refused_before_anything_runs(setting, message, hint):
    with pytest.raises(SimulationError, match=message) as caught:
        run_experiment(line(), [Scenario((setting,))], SHORT)

    assert caught.value.hint == hint


def test_too_many_runs_are_refused():
    with pytest.raises(SimulationError, match="more than"):
        run_experiment(line(), services(*range(1, 502)), SHORT)


# Runs


def test_a_scenario_is_the_plain_run_with_its_setting():
    result = run_experiment(line(), services(3, "exponential(0, 8)"), SHORT)

    plain = [
        simulate(line(service), SHORT).kpis["wip"].mean for service in (3, law("exponential", 0, 8))
    ]
    assert [found.estimate("wip").mean for found in result.scenarios] == plain


def test_the_model_itself_is_left_alone():
    model = line()
    before = model.to_json()

    run_experiment(model, services(3, 4), SHORT)

    assert model.to_json() == before


def test_several_processes_give_what_one_gives():
    scenarios = services("item.Type == 1 ? 3 : exponential(0, 9)", 5)
    scenarios = [
        Scenario((*s.settings, ("Source", "Triggers.OnCreation", "item.Type = duniform(1, 2);")))
        for s in scenarios
    ]

    one, two = (
        run_experiment(line(), scenarios, SHORT, Options(code_runner, workers))
        for workers in (1, 2)
    )

    assert one.scenarios == two.scenarios
    assert len(set(one.scenarios[0].values["wip"])) == 4


def test_an_error_in_another_process_keeps_its_place():
    scenarios = services("item.Nix", "item.Nix + 1")

    with pytest.raises(SimulationError) as caught:
        run_experiment(line(), scenarios, SHORT, Options(code_runner, workers=2))

    assert caught.value.object == "Mill"
    assert "ProcessTime, line 1, column 1" in caught.value.message
    assert "Set the label first" in caught.value.hint


def test_models_survive_the_way_between_processes():
    plant = Plant()
    chain = [plant.add("Queue", f"Q{n}") for n in range(3000)]
    plant.link(*chain)
    plant.link(chain[5], chain[2])
    plant.model.connections.pop(0)  # the ports, not the connections, say what is connected
    plant.centre(chain[0], chain[1])

    copy = unflatten(pickle.loads(pickle.dumps(flatten(plant.model))))  # noqa: S301 - our own

    def ports(model):
        place = {obj: n for n, obj in enumerate(model.objects)}
        kinds = ("in_ports", "out_ports", "center_ports")
        return [[[place[o] for o in getattr(obj, k)] for k in kinds] for obj in model]

    assert ports(copy) == ports(plant.model)
    assert copy.to_json() == plant.model.to_json()


def test_an_experiment_can_be_cancelled_and_reports_progress():
    shares = []

    with pytest.raises(SimulationCancelled):
        run_experiment(line(), services(1, 2, 3), SHORT,
                       progress=shares.append, should_stop=lambda: len(shares) > 2)  # fmt: skip

    assert shares[0] == 0.0
    assert max(shares) < 1


def test_an_experiment_is_bounded_in_time():
    config = RunConfig(1e9, replications=2, trace=False, max_seconds=0.5, kernel="reference")

    for workers in (1, 2):
        with pytest.raises(SimulationError, match=r"too long|longer than"):
            run_experiment(line(), services(5, 6), config, Options(workers=workers))


# Comparisons


def test_differences_of_two_queues_agree_with_theory():
    """M/M/1: time in system is 8/(1 − 0.8) = 40 and 7/(1 − 0.7) = 70/3."""
    result = run_experiment(line(), services("exponential(0, 8)", "exponential(0, 7)"), LONG)

    found = result.compare("time_in_system", 0, 1, confidence=0.99)

    assert found.difference.low <= 70 / 3 - 40 <= found.difference.high
    assert found.significant
    assert result.compare("throughput_per_hour", 0, 1).difference.low <= 0


def test_common_random_numbers_narrow_the_interval():
    scenarios = services("exponential(0, 8)", "exponential(0, 7.8)")

    common = run_experiment(line(), scenarios, LONG).compare("time_in_system", 0, 1)
    apart = run_experiment(line(), scenarios, LONG, Options(common=False))
    welch = apart.compare("time_in_system", 0, 1)

    assert common.correlation > 0.9
    assert welch.correlation is None
    assert common.difference.half_width < welch.difference.half_width / 3
    assert common.significant


def test_equal_scenarios_do_not_differ():
    result = run_experiment(line(), services(7, 7.0), SHORT)

    found = result.comparisons("wip")[0]

    assert (found.difference.mean, found.difference.half_width) == (0, 0)
    assert not found.significant


def test_several_comparisons_share_the_confidence():
    result = run_experiment(line(), services(5, 6, 7), SHORT)

    both = result.comparisons("wip", confidence=0.9)

    assert both[1] == result.compare("wip", 0, 2, confidence=0.95)


def test_a_single_replication_gives_no_interval():
    config = RunConfig(500, replications=1, trace=False)

    found = run_experiment(line(), services(5, 6), config).comparisons("wip")[0]

    assert found.difference is None
    assert not found.significant


def test_an_unknown_measure_is_refused():
    result = run_experiment(line(), services(5), SHORT)

    with pytest.raises(SimulationError, match="no measure speed"):
        result.scenarios[0].estimate("speed")
    with pytest.raises(SimulationError) as caught:
        result.scenarios[0].estimate("Mill.speed")
    assert caught.value.hint.startswith("there are Mill.input, Mill.output, Mill.content")
    assert 0 < result.scenarios[0].estimate("Mill.utilisation").mean < 1


# Replications


def test_the_number_of_replications_is_the_smallest_that_is_enough():
    pilot = [0, 20, 10, 0, 20, 10, 3, 17]
    spread = (sum((x - 10) ** 2 for x in pilot) / 7) ** 0.5

    def width(n):
        return student_quantile(0.95, n - 1) * spread / n**0.5

    n = replications_needed(2.0, pilot=pilot)

    assert width(n) <= 2.0 < width(n - 1)
    assert 60 < n < 75  # (1.96 · 8 / 2)² and a little more


def test_as_many_replications_as_said_give_the_width():
    """A pilot of 10 for an M/M/1 asks for n; with n the half-width is near the one asked for."""
    pilot = run_experiment(line(), services("exponential(0, 5)"), LONG).scenarios[0]
    wanted = 0.05
    n = replications_needed(wanted, pilot=pilot.values["time_in_system"])

    config = RunConfig(60_000, warmup=10_000, replications=n, seed=99, trace=False)
    found = run_experiment(line(), services("exponential(0, 5)"), config).scenarios[0]

    estimate = found.estimate("time_in_system")
    assert n > 20
    assert estimate.half_width == pytest.approx(wanted, rel=0.5)
    assert abs(estimate.mean - 10) < 3 * wanted  # 5/(1 − 0.5)


@pytest.mark.parametrize(
    ("arguments", "pilot", "message"),
    [
        ((1.0,), [3.0], "at least two"),
        ((0.0,), [1, 2], "above 0"),
        ((1.0, 1.0), [1, 2], "between 0 and 1"),
        ((1e-9,), [1, 2, 3], "would be needed"),
    ],
)
def test_impossible_questions_are_refused(arguments, pilot, message):
    with pytest.raises(SimulationError, match=message):
        replications_needed(*arguments, pilot=pilot)


def test_a_pilot_without_spread_needs_two():
    assert replications_needed(0.1, pilot=[5.0, 5.0, 5.0]) == 2


# Command line

SCRIPT = """
Object source = Object.create("Source");
source.setProperty("InterArrivalTime", 10);
Object mill = Object.create("Processor");
mill.name = "Mill";
mill.setProperty("ProcessTime", "item.Type * 2");
source.setProperty("Triggers.OnCreation", "item.Type = 2;");
Object sink = Object.create("Sink");
contextdragconnection(source, mill, "A");
contextdragconnection(mill, sink, "A");
"""


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "line.fs"
    path.write_text(SCRIPT, encoding="utf-8")
    return str(path)


def test_scenarios_from_the_command_line(script, capsys):
    options = ["--until", "100", "--replications", "2", "--workers", "1", "--json"]
    code = main(["experiment", script, "--set", "Mill.ProcessTime=4,item.Type * 10", *options])

    data = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [s["measures"]["items_out"]["mean"] for s in data["scenarios"]] == [9, 4]
    assert data["comparisons"]["items_out"][0]["difference"]["mean"] == -5


def test_the_table_marks_what_differs(script, capsys):
    options = [
        "--until",
        "100",
        "--workers",
        "1",
        "--replications",
        "3",
        "--measure",
        "items_out",
        "--half-width",
        "1",
    ]

    main(["experiment", script, "--set", "Mill.ProcessTime=4,20", *options])

    out = capsys.readouterr().out
    assert "-5 ± 0 *" in out
    assert "2 replications for ± 1" in out


def test_errors_of_an_experiment_are_told(script, capsys):
    assert main(["experiment", script, "--set", "Mil.ProcessTime=4", "--workers", "1"]) == 1

    assert "did you mean Mill?" in capsys.readouterr().err


def test_the_table_shows_labels_of_any_length_in_full(script, capsys):
    settings = ["--set", "Mill.ProcessTime=4", "--set", "Mill.MaxContent=1,2"]
    main(["experiment", script, *settings, "--until", "50", "--replications", "2"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("Mill.ProcessTime = 4, Mill.MaxContent = 1  ")
    assert lines[2].startswith("Mill.ProcessTime = 4, Mill.MaxContent = 2  ")
