"""What can be taken away from a run: KPIs and trace as CSV, and the stored trace."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from apps.common.errors import NotFound
from apps.runs.models import Run
from apps.runs.record import safe_cell

JSON = dict[str, Any]
ESTIMATE = ("mean", "half_width", "low", "high", "min", "max", "n")
CHUNK = 64 * 1024
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


def trace_csv(run: Run) -> Iterator[bytes]:
    """The whole trace, unpacked as it is sent. Raises NotFound before the first piece."""
    if not run.record.name or not run.record.storage.exists(run.record.name):
        raise NotFound(_("This run has no trace."))
    return unpacked(run)


def unpacked(run: Run) -> Iterator[bytes]:
    with run.record.open("rb") as packed, gzip.open(packed, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
