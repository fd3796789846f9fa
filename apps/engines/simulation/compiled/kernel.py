"""The graph interpreter: calendar, work list and objects as in the reference kernel.

`p`, the `system` record of a `layout.Plant`, leads to all tables; what happens to fixed resources
is in `stations` and `works`, to operators in `crews`, to stops in `stops`.
"""

from __future__ import annotations

from typing import Any

from .arrivals import begin_table
from .begin import put_all
from .calendar import bound, close_hole, drop_first, plan
from .carriers import crowded, do_more
from .crews import dispatch, look_for_work
from .extent import Extent
from .jit import called, compiled, equipped, prefetch
from .jit import machine_code as compile_entries
from .layout import FIRST_STATES, LINE, ROWS_A_MOVE, Kind, Status, What
from .machine import perform_at
from .measures import evaluate
from .native import ENTRY, PERFORM
from .stations import receive, release
from .stops import arrive, begin_stop, end_stop, plan_stop
from .tables import event_at, node_at, stop_at, task_at
from .works import create, finish

_SOURCE = int(Kind.SOURCE)
_CREATE, _FINISH, _RELEASE, _ASK, _OPERATE, _DISPATCH, _LOOK, _STOP, _RESUME = (
    int(what) for what in list(What)[: What.RESUME + 1]
)
_DONE, _BUDGET, _ITEMS, _TRACE, _GAVE_UP = (int(status) for status in Status)
_NOBODY = -1
_MANY = 50  # events planned: so many objects that not all stay in the nearest caches


@called
def start(p: Any) -> None:
    """Plan the first stops, then the first arrival of every source, in the order of the objects."""
    p.begun = 1
    bound(p)
    plan_stops(p)
    put_all(p)
    for node in range(p.node_count):
        n = node_at(p, node)
        if n.kind == _SOURCE:
            delay = 0.0 if n.time_zero else evaluate(p, n.time, node, _NOBODY)
            plan(p, delay, _CREATE, node, _NOBODY)
        begin_table(p, node)


@equipped(lambda _p: None)
def plan_stops(p: Any) -> None:
    for stop in range(p.stop_count):
        plan_stop(p, stop, stop_at(p, stop).first)


@compiled
def do_task(p: Any) -> None:
    """Perform the first entry of the work list."""
    task = task_at(p, p.first_task)
    what, node, item = task.what, int(task.node), task.item
    p.first_task += 1
    if p.first_task == p.task_room:
        p.first_task = 0
    p.tasks -= 1
    if what == _RELEASE:
        release(p, node, item)
    elif what == _ASK:
        node_at(p, node).asking = 0
        receive(p, node)
    else:
        do_other_task(p, what, node, item)


@equipped(lambda _p, _what, _node, _item: None)
def do_other_task(p: Any, what: int, node: int, item: int) -> None:
    if what == _DISPATCH:
        dispatch(p, node)
    elif what == _LOOK:
        look_for_work(p, node)
    else:
        do_more(p, what, node, item)


@compiled
def foresee(p: Any, place: int) -> None:
    """Have the object of an event that comes soon fetched, what every move reads or writes."""
    n = node_at(p, event_at(p, place).node)
    prefetch(n, 0)
    prefetch(n, LINE)
    prefetch(n, 2 * LINE)
    prefetch(n, FIRST_STATES)


@compiled
def do_event(p: Any) -> None:
    """Perform the first entry of the calendar."""
    event = event_at(p, 0)
    if p.heap > _MANY:
        foresee(p, 1)
        foresee(p, 2)
    what, node, item = event.what, int(event.node), event.item
    p.now = event.time
    drop_first(p)
    p.events += 1
    if what == _FINISH:
        finish(p, node, item)
    elif what == _CREATE:
        create(p, node)
    else:
        do_other_event(p, what, node, item)


@equipped(lambda _p, _what, _node, _item: None)
def do_other_event(p: Any, what: int, node: int, item: int) -> None:
    if what == _OPERATE:
        arrive(p, node)
    elif what == _STOP:
        begin_stop(p, item)
    elif what == _RESUME:
        end_stop(p, item)
    else:
        do_more(p, what, node, item)


@compiled
def shortage(p: Any) -> int:
    """What one more step might lack room for: DONE, ITEMS or TRACE."""
    if p.in_use + p.reserve > p.item_room or crowded(p):
        return _ITEMS
    if p.tracing and p.rows + ROWS_A_MOVE * (p.in_use + p.reserve + p.node_count) > p.row_room:
        return _TRACE
    return _DONE


@compiled
def advance(p: Any, until: float, strictly: bool) -> int:
    """Perform events; why it ended."""
    if not p.begun:
        start(p)
    while p.steps > 0:
        p.steps -= 1
        if p.gave_up:
            return _GAVE_UP
        lacking = shortage(p)
        if lacking != _DONE:
            return lacking
        if p.tasks > 0:
            do_task(p)
            continue
        if p.hole:
            close_hole(p)
        if p.heap == 0:
            return _DONE
        time = event_at(p, 0).time
        if time > until or (strictly and time == until):
            return _DONE
        do_event(p)
    return _BUDGET


def run(p: Any, until: float, strictly: int) -> int:
    """Perform events up to `until` (before it when `strictly`) or for `p.steps` steps."""
    return advance(p, until, strictly != 0)


def machine_code(extent: Extent) -> bytes:
    """The kernel of an extent as an object file; takes seconds."""
    entries: Any = {ENTRY: (run, "fi")}
    if extent > Extent.LINES:
        entries[PERFORM] = (perform_at, "iiiii")
    return compile_entries(entries, extent)
