"""What wider extents of the kernel add to stations: transport is ordered, batches, storage.

The plain kernel, which has none of these, takes the function given to `extended` instead.
"""

from __future__ import annotations

from typing import Any

from ..states import State
from .calendar import later, plan, put_off
from .crews import submit
from .items import append_part
from .jit import called, compiled, extended
from .layout import ASK_STRATEGY, Kind, Law, What
from .measures import evaluate, run_code, trigger
from .rides import gets_off, gets_on, has_left, heads_for, takes_on
from .tables import in_at, item_at, law_at, more_at, node_at, request_at

_COMBINER, _PASS, _CONVEYOR = int(Kind.COMBINER), int(Kind.PASS), int(Kind.CONVEYOR)
_RELEASE, _BATCH = int(What.RELEASE), int(What.BATCH)
_BLOCKED, _RELEASING = int(State.BLOCKED), int(State.RELEASING)
_COLLECTING, _FETCHED = int(State.COLLECTING), int(State.WAITING_FOR_TRANSPORT)
_EMPTY, _CONVEYING = int(State.EMPTY), int(State.CONVEYING)
_GENERATING = int(State.GENERATING)
_TABLE_SOURCE, _MULTI = int(Kind.TABLE_SOURCE), int(Kind.MULTI)
_NEXT_ITEM = int(What.NEXT_ITEM)
_CODE = int(Law.CODE)
_NOBODY = -1


@extended(lambda _p, _node, n: n.content < n.capacity)
def room(p: Any, node: int, n: Any) -> bool:
    """Whether one more item may come; what is on its way takes room."""
    if n.kind == _CONVEYOR:
        return takes_on(p, node)
    m = more_at(p, node)
    return n.content + m.incoming < n.capacity and not m.closed


@extended(lambda _p, _node: False)
def stopped(p: Any, node: int) -> bool:
    """Whether an object is down though an item leaves it, fetched by transport."""
    return node_at(p, node).stops > 0  # type: ignore[no-any-return]


# States


@extended(lambda p, node, otherwise: _BLOCKED if node_at(p, node).head >= 0 else otherwise)
def stuck(p: Any, node: int, otherwise: int) -> int:
    """The state of a station whose items cannot go on, or its other one."""
    n = node_at(p, node)
    if more_at(p, node).outgoing > 0:
        return _FETCHED
    if n.kind == _TABLE_SOURCE:
        otherwise = _GENERATING
    elif n.kind == _CONVEYOR:
        otherwise = _CONVEYING if n.content > 0 else _EMPTY
    return _BLOCKED if n.head >= 0 else otherwise


@extended(lambda _p, _node: _RELEASING)
def holding(p: Any, node: int) -> int:
    """The state of a queue with items."""
    if more_at(p, node).outgoing > 0:
        return _FETCHED
    n = node_at(p, node)
    return _COLLECTING if n.parts > 0 and n.head < 0 else _RELEASING


# Transport


@extended(lambda _p, _node, _item, _row: False)
def ordered(p: Any, node: int, item: int, row: Any) -> bool:
    """Let the item be fetched, if the station uses transport: the destination is fixed now."""
    m = more_at(p, node)
    more_at(p, row.target).pull_port = ASK_STRATEGY  # anew for the next item
    if m.haulers < 0:
        heads_for(p, node, row.target)
        return False
    m.outgoing += 1
    more_at(p, row.target).incoming += 1
    target = node_at(p, row.target)
    if target.kind == _COMBINER:
        promise(p, target, row.in_port)
    request = submit(p, m.haulers, evaluate(p, m.haul_priority, node, item), node, item)
    r = request_at(p, request)
    r.stage, r.port, r.target, r.in_port = 0, row.port, row.target, row.in_port
    return True


@compiled
def promise(p: Any, n: Any, port: int) -> None:
    """A combiner awaits an item by that port, or gets it now."""
    if port == 1:
        n.reserved = 1
    else:
        in_at(p, n.first_in + port - 1).promised += 1


# Pulling


@extended(lambda _p, _row, _item: True)
def pulls(p: Any, row: Any, item: int) -> bool:
    """Whether the station at the end of a link wants the item, as `PullRule.allows`."""
    node, m = row.target, more_at(p, row.target)
    if m.pull_strategy < 0:
        return True
    if m.pull_port == ASK_STRATEGY:
        m.pull_port = int(evaluate(p, m.pull_strategy, node, _NOBODY))
    if m.pull_port and m.pull_port != row.in_port:
        return False
    law = m.pull_requirement
    if law < 0:
        return True
    spec = law_at(p, law)
    if spec.law == _CODE:
        return run_code(p, int(spec.args[0]), node, item, row.in_port) != 0.0
    return evaluate(p, law, node, item) != 0.0


# Batches and storage


@extended(lambda _p, _node, _item: False)
def stored(p: Any, node: int, item: int) -> bool:
    """Keep an item that has entered, if the object collects batches, stores or conveys."""
    n, m = node_at(p, node), more_at(p, node)
    if n.kind == _PASS:
        later(p, _RELEASE, node, item)
    elif n.kind == _CONVEYOR:
        gets_on(p, node, item)
    elif m.dwell >= 0:
        wait(p, node, evaluate(p, m.dwell, node, item), _RELEASE, item)
    elif m.batch_size > 0:
        gather(p, node, item)
    else:
        return False
    return True


@compiled
def wait(p: Any, node: int, time: float, what: int, item: int) -> None:
    """Plan something of an object; while it is stopped the time does not count."""
    if node_at(p, node).stops > 0:
        put_off(p, time, what, node, item)
    else:
        plan(p, time, what, node, item)


@called
def gather(p: Any, node: int, item: int) -> None:
    """Into the batch, which goes when it is full or its first item has waited long enough."""
    n, m = node_at(p, node), more_at(p, node)
    append_part(p, n, item)
    if n.parts >= m.batch_size:
        release_batch(p, node)
    elif n.parts == 1:
        time = evaluate(p, m.batch_time, node, item)
        if time > 0.0:
            wait(p, node, time, _BATCH, m.round)


@called
def release_batch(p: Any, node: int) -> None:
    n, m = node_at(p, node), more_at(p, node)
    item, size = n.first_part, n.parts
    n.first_part, n.parts = _NOBODY, 0
    m.round += 1
    m.closed = m.flush
    trigger(p, n.on_collected, node, item, size)
    for _ in range(size):
        later(p, _RELEASE, node, item)
        item = item_at(p, item).next


@extended(lambda _p, _node, _item: None)
def about_to_leave(p: Any, node: int, item: int) -> None:
    """After the last item of a flushed batch others may come; an item gets off its belt."""
    gets_off(p, node, item)
    m = more_at(p, node)
    if m.closed and node_at(p, node).content == 1:
        m.closed = 0


@extended(lambda _p, _node: None)
def gone(p: Any, node: int) -> None:
    """An item has left: a sequence goes on, and so does a belt."""
    if node_at(p, node).kind == _TABLE_SOURCE and not more_at(p, node).timed:
        later(p, _NEXT_ITEM, node, _NOBODY)
    has_left(p, node)


# The processes of a MultiProcessor: phases from 1 on, whose laws follow each other


@extended(lambda p, node, _item: node_at(p, node).time)
def time_law(p: Any, node: int, item: int) -> int:
    """The law of a process's time."""
    n = node_at(p, node)
    return n.time + item_at(p, item).phase - 1 if n.kind == _MULTI else n.time  # type: ignore[no-any-return]


@extended(lambda p, node, _phase: node_at(p, node).process_crew)
def crew_law(p: Any, node: int, phase: int) -> int:
    """The law of how many operators a process needs, −1 where it needs none."""
    n = node_at(p, node)
    if n.kind != _MULTI:
        return n.process_crew  # type: ignore[no-any-return]
    law: int = n.process_crew + phase - 1
    return law if law_at(p, law).args[0] > 0.0 else _NOBODY


@extended(lambda _p, _node, _item: False)
def goes_on(p: Any, node: int, item: int) -> bool:
    """Whether another process follows."""
    return item_at(p, item).phase < more_at(p, node).steps  # type: ignore[no-any-return]
