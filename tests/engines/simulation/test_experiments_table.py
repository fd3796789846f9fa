"""Results of experiments in columns."""

import pytest
from pyarrow import parquet

from apps.engines.simulation import RunConfig
from apps.engines.simulation.__main__ import main
from apps.engines.simulation.experiment_table import read_experiment, table_of, write_experiment
from apps.engines.simulation.experiments import Parameter, Scenario, grid, run_experiment
from apps.engines.simulation.start import StartItems

from .plant import Plant, law
from .test_cli import SCRIPT


@pytest.fixture
def result():
    """Three scenarios of three replications; in some of them nothing is finished."""
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    queue, mill = plant.add("Queue"), plant.add("Processor", "Mill", ProcessTime=8)
    plant.link(source, queue, mill, plant.add("Sink"))
    scenarios = [Scenario(), *grid([Parameter("Mill", "ProcessTime", (500.0, "uniform(1, 2)"))])]
    start = (StartItems("Queue", count=2, labels={"Type": 1}),)
    return run_experiment(plant.model, scenarios, RunConfig(100, 0, 3, 4, trace=False, start=start))


def test_what_is_written_is_read_again(result, tmp_path):
    path = tmp_path / "result.parquet"

    write_experiment(result, path)
    with path.open("rb") as file:
        again = read_experiment(file)

    assert again == result
    assert again.scenarios[1].values["time_in_system"] == (None, None, None)


def test_every_run_is_a_row_that_other_tools_can_read(result, tmp_path):
    table = table_of(result)

    assert table.num_rows == 9
    assert table.column_names[:3] == ["scenario", "label", "replication"]
    rows = table.to_pylist()
    assert (rows[4]["scenario"], rows[4]["replication"]) == (1, 1)
    assert rows[4]["label"] == "Mill.ProcessTime = 500"
    assert rows[8]["items_out"] == result.scenarios[2].values["items_out"][2]


def test_the_command_line_keeps_the_runs_and_ranks(tmp_path, capsys):
    script, out = tmp_path / "line.fs", tmp_path / "runs.parquet"
    script.write_text(SCRIPT, encoding="utf-8")

    arguments = ["experiment", str(script), "--set", "Mill.ProcessTime=3,6", "--until", "100",
                 "--replications", "2", "--workers", "1", "--out", str(out)]  # fmt: skip
    assert main(arguments) == 0

    _, faster, slower, *_ = capsys.readouterr().out.splitlines()
    assert faster.endswith(" 1 +")
    assert slower.endswith(" 2")
    assert parquet.read_table(out).num_rows == 4
