"""Results of experiments in columns: a Parquet file with a row for each run.

Columns: scenario, label, replication, then one of float64 for each measure. What makes it an
experiment again (settings, configuration, warnings) is JSON in the schema's metadata.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from .config import RunConfig
from .experiments import ExperimentResult, Scenario, ScenarioResult
from .start import StartItems

if TYPE_CHECKING:
    import pyarrow as pa

KEY = b"experiment"
PLACES = ("scenario", "label", "replication")


def table_of(result: ExperimentResult) -> pa.Table:
    import pyarrow as pa

    runs = result.config.replications
    scenarios = range(len(result.scenarios))
    columns: dict[str, Any] = {
        "scenario": pa.array([n for n in scenarios for _ in range(runs)], pa.int32()),
        "label": pa.array(
            [found.scenario.label for found in result.scenarios for _ in range(runs)]
        ).dictionary_encode(),
        "replication": pa.array(list(range(runs)) * len(result.scenarios), pa.int32()),
    }
    for name in result.scenarios[0].values:
        values = [value for found in result.scenarios for value in found.of(name)]
        columns[name] = pa.array(values, pa.float64())
    return pa.table(columns).replace_schema_metadata({KEY: json.dumps(_head(result))})


def _head(result: ExperimentResult) -> dict[str, Any]:
    return {
        "config": result.config.to_json(),
        "common": result.common,
        "scenarios": [[list(setting) for setting in found.scenario.settings]
                      for found in result.scenarios],
        "warnings": [list(found.warnings) for found in result.scenarios],
    }  # fmt: skip


def write_experiment(result: ExperimentResult, path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(table_of(result), path, compression="zstd")


def read_experiment(file: IO[bytes]) -> ExperimentResult:
    """The result that `write_experiment` has written."""
    from pyarrow import parquet

    table = parquet.read_table(file)
    head = json.loads(table.schema.metadata[KEY])
    start = tuple(StartItems(**items) for items in head["config"].pop("start", ()))
    config = RunConfig(**head["config"], start=start)
    columns = {name: table[name].to_pylist() for name in table.column_names if name not in PLACES}
    runs, scenarios = config.replications, []
    for index, (settings, warnings) in enumerate(
        zip(head["scenarios"], head["warnings"], strict=True)
    ):
        rows = slice(index * runs, (index + 1) * runs)
        values = {name: tuple(column[rows]) for name, column in columns.items()}
        scenario = Scenario(tuple((owner, name, value) for owner, name, value in settings))
        scenarios.append(ScenarioResult(scenario, values, tuple(warnings)))
    return ExperimentResult(config, tuple(scenarios), head["common"])
