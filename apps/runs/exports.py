"""What can be taken away from a run: KPIs as CSV, the trace as CSV, Parquet or event log."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from apps.common.errors import NotFound
from apps.engines.simulation.exports import csv_chunks, xes_chunks
from apps.runs.models import Run
from apps.runs.record import safe_cell

if TYPE_CHECKING:
    import pyarrow as pa

JSON = dict[str, Any]
ESTIMATE = ("mean", "half_width", "low", "high", "min", "max", "n")
PLAIN = {"name", "class", "states"}


def require_result(run: Run) -> JSON:
    """Raises NotFound while there is none."""
    if run.result is None:
        raise NotFound(_("This run has no results."))
    return run.result  # type: ignore[no-any-return]


def kpis_csv(run: Run) -> str:
    """Rows (object, class, measure, mean, half_width, low, high, min, max, n)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("object", "class", "measure", *ESTIMATE))
    for row in kpi_rows(require_result(run)):
        writer.writerow(row)
    return text.getvalue()


def kpi_rows(result: JSON) -> Iterator[tuple[Any, ...]]:
    for name, value in result["kpis"].items():
        yield ("", "", name, *estimate_cells(value))
    for item in result["objects"]:
        head = (safe_cell(item["name"]), item["class"])
        for name, value in item.items():
            if name not in PLAIN:
                yield (*head, name, *estimate_cells(value))
        for state, value in item["states"].items():
            yield (*head, f"state {state}", *estimate_cells(value))


def estimate_cells(value: JSON | None) -> tuple[Any, ...]:
    found = value or {}
    return tuple("" if found.get(key) is None else found[key] for key in ESTIMATE)


def read_trace(run: Run) -> JSON | None:
    """The stored trace for drawing; None where the run kept none."""
    content = packed_trace(run)
    return None if content is None else json.loads(gzip.decompress(content))


def packed_trace(run: Run) -> bytes | None:
    """The same, still compressed."""
    return read_file(run.trace) if run.trace else None


def read_file(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as opened:
            return bytes(opened.read())
    except FileNotFoundError as error:
        raise NotFound(_("The trace's file is gone.")) from error


def trace_file(run: Run, form: str) -> Iterator[str | bytes]:
    """The whole trace as "csv", "parquet" or "xes", piece by piece. Raises NotFound before the
    first."""
    table = whole_trace(run)
    if form == "parquet":
        return parquet_bytes(table)
    return xes_chunks(table) if form == "xes" else csv_chunks(table, safe_cell)


def whole_trace(run: Run) -> "pa.Table":
    """See `exports.record_table`. Raises NotFound."""
    from pyarrow import parquet

    if not run.record.name or not run.record.storage.exists(run.record.name):
        raise NotFound(_("This run has no trace."))
    with run.record.open("rb") as file:
        if run.record.name.endswith(".csv.gz"):  # kept by earlier versions
            return table_of_csv(gzip.decompress(file.read()))
        return parquet.read_table(file)


def table_of_csv(content: bytes) -> "pa.Table":
    """Names that were quoted for spreadsheets stay so."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    types = {"item": pa.int32(), "start": pa.float64(), "end": pa.float64(), "value": pa.int32()}
    types |= dict.fromkeys(("record", "object", "state"), pa.string())
    options = arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=True)
    return arrow_csv.read_csv(io.BytesIO(content), convert_options=options)


def parquet_bytes(table: "pa.Table") -> Iterator[bytes]:
    from pyarrow import BufferOutputStream, parquet

    output = BufferOutputStream()
    parquet.write_table(table, output, compression="zstd")
    yield output.getvalue().to_pybytes()
