"""Sources with tables in the compiled kernel: schedules and sequences, as in `kernel.basic`."""

from __future__ import annotations

from math import isnan
from typing import Any

from .calendar import later, plan
from .extras import wait
from .items import new_item
from .jit import called, extended
from .layout import Kind, What
from .tables import arrival_at, arrival_label_at, label_at, more_at, node_at
from .works import put_out

_TABLE_SOURCE = int(Kind.TABLE_SOURCE)
_ARRIVE, _NEXT_ROW = int(What.ARRIVE), int(What.NEXT_ROW)
_NOBODY = -1


@extended(lambda _p, _node: None)
def begin_table(p: Any, node: int) -> None:
    """The run begins."""
    if node_at(p, node).kind == _TABLE_SOURCE:
        plan(p, 0.0, _ARRIVE, node, _NOBODY)


@called
def next_row(p: Any, node: int) -> None:
    """Go on to the next row; a repeated schedule counts from its last time."""
    m = more_at(p, node)
    if m.row == m.rows:
        if not m.repeat:
            return
        m.row = 0
        m.began += arrival_at(p, m.first_row + m.rows - 1).time
    row = m.first_row + m.row
    m.row += 1
    if m.timed:
        wait(p, node, max(0.0, m.began + arrival_at(p, row).time - p.now), _ARRIVE, row)
        return
    m.current, m.left = row, arrival_at(p, row).quantity
    next_item(p, node)


@called
def arrive_all(p: Any, node: int, row: int) -> None:
    """All items of a row of a schedule come at once."""
    if row >= 0:
        for _ in range(arrival_at(p, row).quantity):
            make(p, node, row)
    next_row(p, node)


@called
def next_item(p: Any, node: int) -> None:
    """Create the next item of a sequence; its exit brings the one after."""
    m = more_at(p, node)
    if m.left <= 0:
        later(p, _NEXT_ROW, node, _NOBODY)
        return
    m.left -= 1
    make(p, node, m.current)


@called
def make(p: Any, node: int, row: int) -> None:
    """An item with the labels of a row."""
    item = new_item(p)
    for label in range(p.label_count):
        value = arrival_label_at(p, row * p.label_count + label).value
        if not isnan(value):
            label_at(p, item * p.label_count + label).value = value
    node_at(p, node).made = arrival_at(p, row).number
    put_out(p, node, item)
