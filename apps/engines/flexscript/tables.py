"""Table: cells by row and column, headers, size. Local, global (`Table("Name")`) or a property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .arithmetic import whole
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .settings import canonical
from .values import MAX_ITEMS, FlexArray, FlexTable, TableRow, text_of

if TYPE_CHECKING:
    from ..simulation.model import ModelObject
    from .host import ModelHost

METHODS = ("setSize", "addRow", "addCol", "deleteRow", "deleteCol", "clear", "cell",
           "setColHeader", "getColHeader", "setRowHeader", "getRowHeader", "clone")  # fmt: skip
_DEFAULT = re.compile(r"(Row|Col) ([0-9]{1,6})")
MEMBERS = ("numRows", "numCols")
ARRIVALS = {"ArrivalSchedule": 3, "ArrivalSequence": 2}  # the column of the quantity


def new(rows: int, columns: int, span: Span) -> FlexTable:
    """A table of empty cells."""
    table = FlexTable()
    resize(table, rows, columns, span)
    return table


def columns(table: FlexTable) -> int:
    return len(table.rows[0]) if table.rows else 0


def resize(table: FlexTable, rows: int, width: int, span: Span) -> None:
    if rows < 0 or width < 0 or rows * width > MAX_ITEMS or rows > MAX_ITEMS:
        raise FlexScriptError(
            f"A table of {rows:,} × {width:,} cells is not possible.", span, code="limit"
        )
    table.rows[:] = [
        [*row[:width], *[None] * (width - len(row))]
        for row in [*table.rows[:rows], *([[]] * (rows - len(table.rows)))]
    ]


def member(table: FlexTable, name: str, span: Span) -> Any:
    if name == "numRows":
        return len(table.rows)
    if name == "numCols":
        return columns(table)
    hint = suggestion(name, [*MEMBERS, *METHODS])
    raise FlexScriptError(f"Tables have no member “{name}”.", span, hint, "member")


def row_of(table: FlexTable, index: Any, span: Span) -> TableRow:
    return TableRow(table, _place(index, len(table.rows), table.row_names, "row", span))


def cell(row: TableRow, index: Any, span: Span) -> Any:
    return row.table.rows[row.row][_column(row, index, span)]


def set_cell(host: ModelHost, row: TableRow, index: Any, value: Any, span: Span) -> None:
    row.table.rows[row.row][_column(row, index, span)] = value
    store(host, row.table)


def _column(row: TableRow, index: Any, span: Span) -> int:
    if row.row >= len(row.table.rows):  # it was deleted meanwhile
        raise FlexScriptError("This row is no longer in its table.", span, code="index")
    return _place(index, len(row.table.rows[row.row]), row.table.columns, "column", span)


def _place(index: Any, count: int, names: list[str], kind: str, span: Span) -> int:
    """Position from 0 of a header or of a number from 1."""
    if isinstance(index, str):
        if index in names and names.index(index) < count:
            return names.index(index)
        given = _DEFAULT.fullmatch(index)
        if given and given[1].lower() == kind[:3] and 1 <= int(given[2]) <= count:
            return int(given[2]) - 1
        hint = suggestion(index, names) or f"Name it with set{kind[:3].title()}Header first."
        raise FlexScriptError(f"The table has no {kind} “{index}”.", span, hint, "index")
    place = whole(index, span)
    if not 1 <= place <= count:
        raise FlexScriptError(
            f"The table has no {kind} {text_of(index)}; it has {count}.",
            span,
            "FlexScript counts from 1; setSize, addRow and addCol make a table larger.",
            "index",
        )
    return place - 1


def store(host: ModelHost, table: FlexTable) -> None:
    """Write a table that shows a property back into it."""
    if table.owner is not None:
        table.owner.properties[table.attribute] = canonical(as_rows(table, table.attribute))


def as_rows(table: FlexTable, attribute: str) -> FlexArray:
    """The rows as a property holds them; in arrivals the first has the names of labels."""
    rows = table.rows
    if attribute in ARRIVALS and rows and any(table.columns):
        names = [*table.columns, *[""] * (columns(table) - len(table.columns))]
        rows = [[name or f"Col {place}" for place, name in enumerate(names, 1)], *rows]
    return FlexArray([FlexArray(list(row)) for row in rows])


def of_property(rows: list[list[Any]], owner: ModelObject, attribute: str) -> FlexTable:
    """The table that shows a property; names of labels in arrivals are its headers."""
    quantity, header = ARRIVALS.get(attribute), []
    if quantity and rows and len(rows[0]) >= quantity and isinstance(rows[0][quantity - 1], str):
        header, rows = [text_of(cell) for cell in rows[0]], rows[1:]
    return FlexTable(rows, header, [], owner, attribute)


def call(host: ModelHost, table: FlexTable, name: str, args: list[Any], span: Span) -> Any:
    """One of METHODS."""
    if name not in METHODS:
        raise FlexScriptError(
            f"Tables have no method “{name}”.", span, suggestion(name, METHODS), "method"
        )
    result = _call(host, table, name, args, span)
    if name not in ("cell", "clone", "getColHeader", "getRowHeader"):
        store(host, table)
    return result


def _call(host: ModelHost, table: FlexTable, name: str, args: list[Any], span: Span) -> Any:
    height, width = len(table.rows), columns(table)
    if name == "setSize":
        resize(table, whole(args[0], span), whole(args[1], span) if len(args) > 1 else width, span)
    elif name in ("addRow", "addCol"):
        table_grow(table, name, whole(args[0], span) if args else 0, span)
    elif name == "deleteRow":
        place = _place(args[0], height, table.row_names, "row", span)
        del table.rows[place], table.row_names[place : place + 1]
    elif name == "deleteCol":
        place = _place(args[0], width, table.columns, "column", span)
        for row in table.rows:
            del row[place]
        del table.columns[place : place + 1]
    elif name == "clear":
        table.rows.clear()
    elif name == "cell":
        return cell(row_of(table, args[0], span), args[1], span)
    elif name == "clone":
        return FlexTable([list(row) for row in table.rows], list(table.columns))
    else:
        return _header(table, name, args, span)
    host.spend(len(table.rows) * (columns(table) + 1) // 10, span)
    return table


def table_grow(table: FlexTable, name: str, at: int, span: Span) -> None:
    """addRow and addCol: at the end, or in front of the given rank."""
    height, width = len(table.rows), columns(table)
    count = height if name == "addRow" else width
    place = at - 1 if 1 <= at <= count else count
    if (height + 1) * (width + 1) > MAX_ITEMS:
        raise FlexScriptError("A table grew too large.", span, code="limit")
    names = table.row_names if name == "addRow" else table.columns
    if place < len(names):
        names.insert(place, "")
    if name == "addRow":
        table.rows.insert(place, [None] * max(width, 1))
        return
    for row in table.rows or [[]]:
        row.insert(place, None)


def _header(table: FlexTable, name: str, args: list[Any], span: Span) -> Any:
    names = table.columns if "Col" in name else table.row_names
    count = columns(table) if "Col" in name else len(table.rows)
    kind = "column" if "Col" in name else "row"
    place = _place(args[0], count, names, kind, span)
    if name.startswith("get"):
        return names[place] if place < len(names) else ""
    names.extend([""] * (place + 1 - len(names)))
    names[place] = text_of(args[1])
    return table
