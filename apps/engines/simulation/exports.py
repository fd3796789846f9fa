"""Traces out: CSV, Parquet, and XES event logs for process mining.

All three are made from one table (`record_table`), so that a trace kept as Parquet becomes any
of them later. pyarrow is imported when it is needed: a server that exports nothing stays small.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import SimulationError
from .states import STATE_NAMES
from .xes import Visit, xes_log

if TYPE_CHECKING:
    import pyarrow as pa

    from .trace import Trace

COLUMNS = ("record", "object", "item", "state", "start", "end", "value")
FORMATS = ("csv", "parquet", "xes")
BATCH = 50_000  # rows turned into text at a time


def write_trace(trace: Trace, path: Path) -> None:
    """Write a trace in the format of the path's suffix. Raises SimulationError on another."""
    suffix = format_of(path)
    table = record_table(trace)
    if suffix == "parquet":
        write_parquet(table, path)
        return
    chunks = csv_chunks(table) if suffix == "csv" else xes_chunks(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(chunks)


def format_of(path: Path) -> str:
    """The format that the path's suffix names. Raises SimulationError on an unknown one."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise SimulationError(f"{path.name}: no known format of traces", hint=f"end it in {known}")
    return suffix


def record_table(trace: Trace) -> pa.Table:
    """Rows (record, object, item, state, start, end, value); times in model units.

    Records: "state" (a spell of an object), "item" (a visit of an item to an object), "content"
    (of an object from `start` on) and "wip" (items in the model from `start` on).
    """
    import pyarrow as pa

    indices, numbers, starts, ends = trace.columns("state")
    states = {"object": indices, "state": numbers, "start": starts, "end": ends}
    items, places, enters, leaves = trace.columns("item")
    visits = {"object": places, "item": items, "start": enters, "end": leaves}
    holders, moments, contents = trace.columns("content")
    content = {"object": holders, "start": moments, "value": contents}
    times, counts = trace.columns("wip")
    wip = {"start": times, "value": counts}
    make = _Maker(trace.names)
    return pa.concat_tables(
        [
            make.table("state", states),
            make.table("item", visits),
            make.table("content", content),
            make.table("wip", wip),
        ]
    )


class _Maker:
    """Tables of one kind of record, all with the same columns."""

    def __init__(self, names: Sequence[str]) -> None:
        import pyarrow as pa

        coded = pa.dictionary(pa.int32(), pa.string())
        kinds = (coded, coded, pa.int32(), coded, pa.float64(), pa.float64(), pa.int32())
        self.schema = pa.schema(list(zip(COLUMNS, kinds, strict=True)))
        labels = [STATE_NAMES.get(number, "") for number in range(max(STATE_NAMES) + 1)]
        self.words = {"object": pa.array(names, pa.string()), "state": pa.array(labels)}

    def table(self, record: str, columns: dict[str, Any]) -> pa.Table:
        """The columns that are given; the others are null."""
        import numpy as np
        import pyarrow as pa

        size = len(columns["start"])
        arrays = []
        for field in self.schema:
            values = columns.get(field.name)
            if field.name == "record":
                zeros = pa.array(np.zeros(size, np.int32))
                array = pa.DictionaryArray.from_arrays(zeros, pa.array([record]))
            elif values is None:
                array = pa.nulls(size, field.type)
            else:
                array = pa.array(np.asarray(values))
                if field.name in self.words:
                    array = pa.DictionaryArray.from_arrays(array, self.words[field.name])
            arrays.append(array)
        return pa.Table.from_arrays(arrays, schema=self.schema)


def write_parquet(table: pa.Table, path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(table, path, compression="zstd")


def csv_chunks(table: pa.Table, name: Callable[[str], str] | None = None) -> Iterator[str]:
    """The table as CSV, some rows at a time; `name` may change objects' names."""
    yield ",".join(COLUMNS) + "\r\n"
    for batch in table.to_batches(max_chunksize=BATCH):
        columns = {field: batch.column(field).to_pylist() for field in COLUMNS}
        if name is not None:
            columns["object"] = [text and name(text) for text in columns["object"]]
        text = io.StringIO(newline="")
        csv.writer(text).writerows(zip(*columns.values(), strict=True))
        yield text.getvalue()


def xes_chunks(table: pa.Table) -> Iterator[str]:
    """An event log with one trace for each item, in the order in which the items came."""
    return xes_log(_journeys(table))


def _journeys(table: pa.Table) -> Iterator[tuple[int, list[Visit]]]:
    """(item, its visits in order of time)."""
    import pyarrow.compute as pc

    visits = table.filter(pc.equal(table["record"], "item")).select(
        ("item", "object", "start", "end")
    )
    # A visit of no length goes before the one that begins at the same instant.
    order = pc.sort_indices(
        visits, [("item", "ascending"), ("start", "ascending"), ("end", "ascending")]
    )
    visits = visits.take(order)
    rows = zip(*(visits.column(field).to_pylist() for field in visits.column_names), strict=True)
    for item, group in groupby(rows, key=itemgetter(0)):
        yield item, [Visit(place, start, end) for _, place, start, end in group]
