"""Results of experiments to take away: a row for each run."""

import csv
import io

from apps.experiments.models import Experiment
from apps.experiments.results import opened, result_of
from apps.runs.record import safe_cell


def table_csv(experiment: Experiment) -> str:
    """Rows (scenario, label, replication, measures …). Raises NotFound."""
    from apps.engines.simulation.experiment_table import table_of

    table = table_of(result_of(experiment))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe_cell(name) for name in table.column_names])
    columns = {name: table[name].to_pylist() for name in table.column_names}
    columns["label"] = [safe_cell(label) for label in columns["label"]]
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def table_parquet(experiment: Experiment) -> bytes:
    """The file as it is kept. Raises NotFound."""
    with opened(experiment) as file:
        return bytes(file.read())
