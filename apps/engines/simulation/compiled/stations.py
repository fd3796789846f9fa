"""Fixed resources of the compiled kernel: receiving, starting work, releasing, routing.

Every function mirrors a method of `kernel`; objects and items are given by their number.
"""

from __future__ import annotations

from typing import Any

from ..states import State
from .calendar import later, plan, put_off
from .crews import call_crew
from .extras import (
    about_to_leave,
    crew_law,
    gone,
    holding,
    ordered,
    promise,
    pulls,
    room,
    stopped,
    stored,
    stuck,
    time_law,
)
from .items import append, append_part, free_item, prepend, take_out
from .jit import called, compiled, equipped
from .layout import Kind, Law, What
from .measures import (
    count_in,
    count_out,
    duration,
    evaluate,
    is_down,
    item_out,
    set_state,
    trigger,
)
from .rides import must_stand
from .spots import processes
from .tables import in_at, item_at, law_at, node_at, out_at

_SOURCE, _QUEUE, _SINK = int(Kind.SOURCE), int(Kind.QUEUE), int(Kind.SINK)
_COMBINER = int(Kind.COMBINER)
_CREATE, _FINISH = int(What.CREATE), int(What.FINISH)
_RELEASE, _ASK = int(What.RELEASE), int(What.ASK)
_IDLE, _PROCESSING, _SETUP = int(State.IDLE), int(State.PROCESSING), int(State.SETUP)
_BLOCKED, _GENERATING = int(State.BLOCKED), int(State.GENERATING)
_EMPTY, _RELEASING = int(State.EMPTY), int(State.RELEASING)
_COLLECTING, _WAITING = int(State.COLLECTING), int(State.WAITING_FOR_OPERATOR)
_CODE = int(Law.CODE)
_NOBODY = -1


@called
def refresh(p: Any, node: int) -> None:
    """Show the state that follows from what is going on."""
    n = node_at(p, node)
    if n.kind == _QUEUE:
        state = holding(p, node) if n.content > 0 else _EMPTY
    elif n.kind == _SOURCE:
        state = stuck(p, node, _GENERATING)
    elif n.kind == _SINK:
        return
    else:
        state = at_work(p, n, node)
    set_state(p, n, node, state)


@equipped(lambda p, n, node: _PROCESSING if n.busy > 0 else stuck(p, node, _IDLE))
def at_work(p: Any, n: Any, node: int) -> int:
    """The state of a processor."""
    if assembles(p, n) and n.content > 0 and n.collected >= 0:
        return _COLLECTING
    if n.busy > 0:
        return _PROCESSING if n.busy > n.setting_up else _SETUP
    return _WAITING if n.awaiting > 0 else stuck(p, node, _IDLE)


# Receiving


@compiled
def accepts(p: Any, node: int, port: int) -> bool:
    n = node_at(p, node)
    if is_down(p, n):
        return False
    return wants(p, n, port) if assembles(p, n) else room(p, node, n)


@compiled
def receive(p: Any, node: int) -> None:
    """Take what waits upstream: the first available, inputs in port order."""
    n = node_at(p, node)
    link, last = n.first_in, n.first_in + n.ins
    while link < last and not is_down(p, n) and room(p, node, n):
        row = in_at(p, link)
        if node_at(p, row.origin).head >= 0 and hand_over(p, row):
            if n.kind != _SINK:  # which empties one input after the other
                link = n.first_in
        else:
            link += 1


@compiled
def hand_over(p: Any, row: Any) -> bool:
    """Give the first waiting item that may go this way to the asking station."""
    origin = row.origin
    o = node_at(p, origin)
    if is_down(p, o) or not accepts(p, row.target, row.in_port):
        return False
    before, item = _NOBODY, o.head
    while item >= 0:
        port = item_at(p, item).port
        if (not port or port == row.port) and pulls(p, row, item):
            take_out(p, o, before, item)
            transfer(p, origin, item, row)
            return True
        before, item = item, item_at(p, item).next
    return False


@compiled
def enter(p: Any, node: int, item: int, port: int) -> None:
    """Take an item in."""
    n = node_at(p, node)
    kind = n.kind
    if kind == _SINK:
        to_sink(p, node, item, port)
    elif assembles(p, n):
        collect(p, node, item, port)
    else:
        count_in(p, node, item, port)
        if stored(p, node, item):
            refresh(p, node)
        elif kind == _QUEUE:
            later(p, _RELEASE, node, item)
        else:
            begin(p, node, item, first_phase(p, n))


@compiled
def to_sink(p: Any, node: int, item: int, port: int) -> None:
    n = node_at(p, node)
    n.input += 1
    trigger(p, n.on_entry, node, item, port)
    item_out(p, node, item)
    free_item(p, item)


# Work


@equipped(lambda _p, _n: 1)
def first_phase(_p: Any, n: Any) -> int:
    return 0 if n.setup >= 0 else 1


@equipped(lambda p, node, item, _phase: work(p, node, item))
def begin(p: Any, node: int, item: int, phase: int) -> None:
    """Start setup (0) or process (1), or ask for the operators first."""
    n, x = node_at(p, node), item_at(p, item)
    x.phase = phase
    count = n.setup_crew if phase == 0 else crew_law(p, node, phase)
    if count < 0 or x.crew >= 0:
        work(p, node, item)
        return
    n.awaiting += 1
    refresh(p, node)
    if call_crew(p, node, item, count):
        crew_complete(p, node, item)


@compiled
def crew_complete(p: Any, node: int, item: int) -> None:
    if not processes(p, node, item):
        node_at(p, node).awaiting -= 1
        work(p, node, item)


@equipped(lambda _p, _item: False)
def in_setup(p: Any, item: int) -> bool:
    return item_at(p, item).phase == 0  # type: ignore[no-any-return]


@compiled
def work(p: Any, node: int, item: int) -> None:
    n, setup = node_at(p, node), in_setup(p, item)
    n.busy += 1
    if setup:
        n.setting_up += 1
    refresh(p, node)
    time = duration(p, n.setup if setup else time_law(p, node, item), node, item)
    if is_down(p, n):
        put_off(p, time, _FINISH, node, item)
        return
    n.busy_moment += p.now
    plan(p, time, _FINISH, node, item)


# Releasing


@compiled
def release(p: Any, node: int, item: int) -> None:
    """Open the ports that SendToPort names; send the item on or let it wait."""
    send_or_keep(p, node, item, chosen_port(p, node, item))


@compiled
def chosen_port(p: Any, node: int, item: int) -> int:
    n, port = node_at(p, node), 0
    if n.route >= 0:
        port = int(evaluate(p, n.route, node, item))
        check_port(p, n, port)
    return port


@equipped(lambda _p, _n, _port: None)
def check_port(p: Any, n: Any, port: int) -> None:
    """Of ports that code names and that are not there the reference kernel tells the user."""
    if port > n.links and law_at(p, n.route).law == _CODE:
        p.gave_up = 1


@called
def release_one(p: Any, node: int, item: int) -> None:
    """As `release`, where a copy of all that follows from it would only take time to compile."""
    send_one(p, node, item, chosen_port(p, node, item))


@called
def send_one(p: Any, node: int, item: int, port: int) -> None:
    """As `send_or_keep`, likewise."""
    send_or_keep(p, node, item, port)


@compiled
def send_or_keep(p: Any, node: int, item: int, port: int) -> None:
    n = node_at(p, node)
    item_at(p, item).port = port
    if is_down(p, n) or not send(p, node, item):
        must_stand(p, node, item)
        if n.lifo:
            prepend(p, n, item)
        else:
            append(p, n, item)
        refresh(p, node)


@compiled
def send(p: Any, node: int, item: int) -> bool:
    """Give the item to the lowest-ranked open port whose station takes it."""
    n, port = node_at(p, node), item_at(p, item).port
    first, last = n.first_link, n.first_link + n.links
    if port != 0:
        first = first + port - 1 if port > 0 else last
        last = min(last, first + 1)
    for link in range(first, last):
        row = out_at(p, link)
        if accepts(p, row.target, row.in_port) and pulls(p, row, item):
            transfer(p, node, item, row)
            return True
    return False


@compiled
def transfer(p: Any, node: int, item: int, row: Any) -> None:
    """Pass the item on by a row of a link table: at once, or by a task executer."""
    if ordered(p, node, item, row):
        refresh(p, node)
        return
    leave(p, node, item, row.port)
    enter(p, row.target, item, row.in_port)


@compiled
def leave(p: Any, node: int, item: int, port: int) -> None:
    """The item is gone; there may be room for another."""
    n = node_at(p, node)
    if assembles(p, n) and n.content == 1:
        clear(p, n)
    about_to_leave(p, node, item)
    count_out(p, node, item, port)
    if n.kind == _SOURCE:
        refresh(p, node)
        time = duration(p, n.time, node, _NOBODY)
        if stopped(p, node):
            put_off(p, time, _CREATE, node, _NOBODY)
        else:
            plan(p, time, _CREATE, node, _NOBODY)
        return
    if not n.asking:
        n.asking = 1
        later(p, _ASK, node, _NOBODY)
    refresh(p, node)
    gone(p, node)


@called
def offer(p: Any, node: int) -> None:
    """Send on what waits, as far as it may go."""
    n = node_at(p, node)
    count, item = 0, n.head
    while item >= 0:
        count, item = count + 1, item_at(p, item).next
    for _ in range(count):
        item = n.head
        take_out(p, n, _NOBODY, item)
        if not send(p, node, item):
            append(p, n, item)
    refresh(p, node)


# Combiner


@equipped(lambda _p, _n: False)
def assembles(_p: Any, n: Any) -> bool:
    return n.kind == _COMBINER  # type: ignore[no-any-return]


@compiled
def wants(p: Any, n: Any, port: int) -> bool:
    """Whether a combiner takes an item by that port: first the container, then components."""
    if port == 1:
        return n.container < 0 and n.reserved == 0 and n.content == 0  # type: ignore[no-any-return]
    row = in_at(p, n.first_in + port - 1)
    return n.container >= 0 and n.collected >= 0 and row.promised < row.wanted  # type: ignore[no-any-return]


@called
def clear(p: Any, n: Any) -> None:
    """A combiner begins anew."""
    n.container = n.first_part = _NOBODY
    n.reserved = n.collected = n.parts = 0
    for link in range(n.first_in, n.first_in + n.ins):
        in_at(p, link).promised = 0


@called
def collect(p: Any, node: int, item: int, port: int) -> None:
    """A combiner takes its container or a component."""
    promise(p, node_at(p, node), port)
    take_in(p, node, item, port)


@called
def take_in(p: Any, node: int, item: int, port: int) -> None:
    """As `collect`, for what was promised to it."""
    n = node_at(p, node)
    count_in(p, node, item, port)
    if port == 1:
        n.container = item
    else:
        append_part(p, n, item)
        n.collected += 1
    if n.collected != n.wanted:
        refresh(p, node)
        later(p, _ASK, node, _NOBODY)
    elif n.container >= 0:
        n.collected = -1
        trigger(p, n.on_collected, node, n.container, n.parts + 1)
        begin(p, node, n.container, first_phase(p, n))
