"""States and statistics of objects and of the model, as in `kernel.node` and `kernel.simulation`.

Every function mirrors a method of the reference and keeps its order of operations, so that sums
round alike.
"""

# ruff: noqa: PLR1730 - written as in the reference kernel

from __future__ import annotations

from math import isfinite
from typing import Any

from .extent import Extent
from .jit import compiled, equipped, only_in
from .layout import Law
from .machine import execute
from .tables import item_at, law_at, node_at, stream_at
from .tracing import content_row, finished_row, item_row, state_row, wip_row
from .variates import clamped, draw, exponential, uniform

_CODE, _CONSTANT = int(Law.CODE), int(Law.CONSTANT)
_EXPONENTIAL, _UNIFORM = int(Law.EXPONENTIAL), int(Law.UNIFORM)


@equipped(lambda _p, _program, _node, _item, _port: None)
def trigger(p: Any, program: int, node: int, item: int, port: int) -> None:
    """Run the program of a trigger, where there is one."""
    if program >= 0:
        run_code(p, program, node, item, port)


@compiled
def run_code(p: Any, start: int, node: int, item: int, port: int) -> float:
    """The value of a program; where it gives up the run will be left."""
    value = execute(p, start, node, item, port)
    if isfinite(value):
        return value
    p.gave_up = 1
    return 0.0


@only_in(Extent.PLAIN)(lambda p, law, node, _item: draw(law_at(p, law), stream_at(p, node)))
def evaluate(p: Any, law: int, node: int, item: int) -> float:
    """The next variate of a law, or what code says."""
    spec = law_at(p, law)
    if spec.law != _CODE:
        return draw(spec, stream_at(p, node))
    return clamped(spec, run_code(p, int(spec.args[0]), node, item, 0))


@compiled
def duration(p: Any, law: int, node: int, item: int) -> float:
    """As `evaluate`, where most laws are exponential or uniform: those without a call."""
    spec = law_at(p, law)
    if spec.law == _EXPONENTIAL:
        return clamped(spec, exponential(spec, stream_at(p, node)))
    if spec.law == _UNIFORM:
        return clamped(spec, uniform(spec, stream_at(p, node)))
    return evaluate(p, law, node, item)


@compiled
def setting(p: Any, law: int, node: int, item: int) -> float:
    """As `evaluate`, of what is mostly a constant: that without a call."""
    spec = law_at(p, law)
    return spec.args[0] if spec.law == _CONSTANT else evaluate(p, law, node, item)


@compiled
def show(p: Any, n: Any, node: int, state: int) -> None:
    """As `Node._show`."""
    now = p.now
    if now > n.state_since:
        n.state_times[n.state] += now - n.state_since
    if p.tracing:
        if now > n.shown_since:
            state_row(p, node, n.state, n.shown_since, now)
        n.shown_since = now
    n.state = state
    n.state_since = now


@equipped(lambda _p, _n: False)
def is_down(_p: Any, n: Any) -> bool:
    """Whether an object is stopped."""
    return n.stops > 0  # type: ignore[no-any-return]


@compiled
def set_state(p: Any, n: Any, node: int, state: int) -> None:
    if is_down(p, n):
        n.underneath = state
    elif n.state != state:
        show(p, n, node, state)


@compiled
def add(p: Any, node: int, item: int) -> None:
    """The content grows by an item, now."""
    n, now = node_at(p, node), p.now
    item_at(p, item).entered = now
    n.content += 1
    n.moment += now
    if n.content > n.content_max:
        n.content_max = n.content
    if p.tracing:
        content_row(p, node, n.content)


@compiled
def remove(p: Any, node: int, item: int) -> None:
    """The content shrinks by an item, now; its stay counts."""
    n, now = node_at(p, node), p.now
    n.content -= 1
    n.moment -= now
    if n.content < n.content_min:
        n.content_min = n.content
    entered = item_at(p, item).entered
    stay = now - entered
    n.stays += 1
    n.stay_sum += stay
    if stay > n.stay_max:
        n.stay_max = stay
    if stay < n.stay_min:
        n.stay_min = stay
    if p.tracing:
        content_row(p, node, n.content)
        item_row(p, item_at(p, item).ident, node, entered)


@compiled
def count_in(p: Any, node: int, item: int, port: int) -> None:
    n = node_at(p, node)
    n.input += 1
    add(p, node, item)
    trigger(p, n.on_entry, node, item, port)


@compiled
def count_out(p: Any, node: int, item: int, port: int) -> None:
    n = node_at(p, node)
    trigger(p, n.on_exit, node, item, port)
    n.output += 1
    remove(p, node, item)


@compiled
def count_wip(p: Any, change: int) -> None:
    p.wip += change
    p.wip_moment += change * p.now
    if p.wip > p.wip_max:
        p.wip_max = p.wip
    elif p.wip < p.wip_min:
        p.wip_min = p.wip
    if p.tracing:
        wip_row(p)


@compiled
def item_out(p: Any, node: int, item: int) -> None:
    """An item has reached a sink."""
    x = item_at(p, item)
    p.finished += 1
    stay = p.now - x.born
    p.stay_sum += stay
    if stay > p.stay_max:
        p.stay_max = stay
    if stay < p.stay_min:
        p.stay_min = stay
    count_wip(p, -x.size)
    if p.tracing:
        finished_row(p)
        item_row(p, x.ident, node, p.now)
