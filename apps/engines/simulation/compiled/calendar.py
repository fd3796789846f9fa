"""The calendar (a binary heap) and the work list of the compiled kernel."""

from __future__ import annotations

from math import inf
from typing import Any

from .jit import called, compiled
from .tables import event_at, paused_at, task_at

_LAST = 2**62  # an order behind all


@compiled
def before(a: Any, b: Any) -> bool:
    return a.time < b.time or (a.time == b.time and a.order < b.order)  # type: ignore[no-any-return]


@compiled
def move(a: Any, b: Any) -> None:
    """Copy event b to place a."""
    a.time, a.order, a.item, a.node, a.what = b.time, b.order, b.item, b.node, b.what


@compiled
def bound(p: Any) -> None:
    """Behind the last event lies one that never comes, so that each has a right neighbour."""
    end = event_at(p, p.heap)
    end.time, end.order = inf, _LAST


@compiled
def sink(p: Any) -> int:
    """Move the hole at the root down to a leaf, past the sooner child each time."""
    place, child = 0, 1
    while child < p.heap:
        a, b = event_at(p, child), event_at(p, child + 1)
        child += int(b.time < a.time) | (int(b.time == a.time) & int(b.order < a.order))
        move(event_at(p, place), event_at(p, child))
        place, child = child, 2 * child + 1
    return place


@compiled
def rise(p: Any, place: int, time: float, order: int) -> Any:
    """Where an event belongs between that hole and the root; what is later moves down."""
    while place > 0:
        parent = event_at(p, (place - 1) >> 1)
        if parent.time < time or (parent.time == time and parent.order < order):
            break
        move(event_at(p, place), parent)
        place = (place - 1) >> 1
    event = event_at(p, place)
    event.time, event.order = time, order
    return event


@compiled
def settle(p: Any, time: float, order: int) -> Any:
    """Where an event belongs between the hole at the root and the leaves; sooner ones move up."""
    place, child = 0, 1
    while child < p.heap:
        a, b = event_at(p, child), event_at(p, child + 1)
        child += int(b.time < a.time) | (int(b.time == a.time) & int(b.order < a.order))
        sooner = event_at(p, child)
        if time < sooner.time:  # of equal times the one planned before comes first
            break
        move(event_at(p, place), sooner)
        place, child = child, 2 * child + 1
    event = event_at(p, place)
    event.time, event.order = time, order
    return event


@called
def plan(p: Any, delay: float, what: int, node: int, item: int) -> None:
    """Put an event on the calendar, in the place of the one that happens now if that is free."""
    time = p.now + delay
    if p.hole:
        p.hole = 0
        event = settle(p, time, p.order)
    else:
        place = p.heap
        p.heap += 1
        bound(p)
        event = rise(p, place, time, p.order)
    event.what, event.node, event.item = what, node, item
    p.order += 1


@called
def put_off(p: Any, delay: float, what: int, node: int, item: int) -> None:
    """As `plan`, for an object that is stopped: the time counts from its resumption."""
    event = paused_at(p, p.paused)
    event.time, event.order = delay, p.order
    event.what, event.node, event.item = what, node, item
    p.paused += 1


@compiled
def drop_first(p: Any) -> None:
    """Take the first event off the calendar; its place waits for the next one planned."""
    p.hole = 1


@called
def close_hole(p: Any) -> None:
    """Nothing was planned: the last event takes the place."""
    p.hole = 0
    p.heap -= 1
    last = event_at(p, p.heap)
    time, order, item, node, what = last.time, last.order, last.item, last.node, last.what
    bound(p)
    if p.heap > 0:
        event = rise(p, sink(p), time, order)
        event.item, event.node, event.what = item, node, what


@compiled
def later(p: Any, what: int, node: int, item: int) -> None:
    """Append to the work list, a ring."""
    place = p.first_task + p.tasks
    if place >= p.task_room:
        place -= p.task_room
    task = task_at(p, place)
    task.what, task.node, task.item = what, node, item
    p.tasks += 1


@called
def withdraw(p: Any, node: int) -> None:
    """Lay what an object has planned aside, in order, with the time that it still needs."""
    if p.hole:
        close_hole(p)
    kept, first = 0, p.paused
    for place in range(p.heap):
        event = event_at(p, place)
        if event.node != node:
            move(event_at(p, kept), event)
            kept += 1
            continue
        spot = p.paused
        while spot > first and before(event, paused_at(p, spot - 1)):
            move(paused_at(p, spot), paused_at(p, spot - 1))
            spot -= 1
        move(paused_at(p, spot), event)
        p.paused += 1
    for place in range(first, p.paused):
        paused_at(p, place).time -= p.now
    if kept < p.heap:
        p.heap = kept
        order_anew(p)
        bound(p)


@called
def order_anew(p: Any) -> None:
    """Make a heap of what lies in its places in any order: each sifts up."""
    for size in range(1, p.heap):
        place = size
        while place > 0:
            parent = (place - 1) >> 1
            if not before(event_at(p, place), event_at(p, parent)):
                break
            spare = event_at(p, p.heap)
            move(spare, event_at(p, place))
            move(event_at(p, place), event_at(p, parent))
            move(event_at(p, parent), spare)
            place = parent


@called
def plan_again(p: Any, node: int) -> None:
    """Plan what was laid aside."""
    kept, size = 0, p.paused
    for place in range(size):
        event = paused_at(p, place)
        if event.node == node:
            plan(p, event.time, event.what, event.node, event.item)
        else:
            move(paused_at(p, kept), event)
            kept += 1
    p.paused = kept
