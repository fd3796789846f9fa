"""Breakdowns, scheduled stops and crews of the compiled kernel, as in `kernel.node` and `tasks`."""

from __future__ import annotations

from typing import Any

from ..states import State
from .calendar import plan, plan_again, withdraw
from .crews import end_request, join, look_for_work, unjoin
from .jit import called, widened
from .layout import MAX_STOPS, Kind, What
from .measures import evaluate, set_state, show
from .paths import proceed
from .rides import stop_or_go
from .spots import is_point
from .stations import crew_complete, offer, receive
from .tables import item_at, mover_at, node_at, request_at, stop_at

_EXECUTER = int(Kind.EXECUTER)
_STOP, _RESUME = int(What.STOP), int(What.RESUME)
_AWAITING, _UTILIZE = int(State.WAITING_FOR_OPERATOR), int(State.UTILIZE)
_NOBODY = -1


@called
def hold(p: Any, node: int, state: int) -> None:
    """Stop the object: what it has planned waits; stops nest."""
    n = node_at(p, node)
    if n.stops == MAX_STOPS:
        p.gave_up = 1
        return
    if n.stops == 0:
        n.busy_moment -= n.busy * p.now
        withdraw(p, node)
        n.underneath = n.state
    n.stop_states[n.stops] = state
    n.stops += 1
    show(p, n, node, state)


@called
def unhold(p: Any, node: int, state: int) -> bool:
    """Undo one stop of that state; True after the last one."""
    n = node_at(p, node)
    place = 0
    while n.stop_states[place] != state:
        place += 1
    n.stops -= 1
    for later in range(place, n.stops):
        n.stop_states[later] = n.stop_states[later + 1]
    if n.stops > 0:
        show(p, n, node, n.stop_states[n.stops - 1])
        return False
    plan_again(p, node)
    show(p, n, node, n.underneath)
    return True


@called
def let_go(p: Any, node: int, state: int) -> None:
    """Undo a stop of a station; after the last one it goes on."""
    if unhold(p, node, state):
        if is_point(p, node):
            return
        n = node_at(p, node)
        n.busy_moment += n.busy * p.now
        stop_or_go(p, node)
        offer(p, node)
        receive(p, node)


# Operators


@called
def utilize(p: Any, executer: int) -> None:
    """An operator is at the station, for the first time or again after a stop."""
    e = node_at(p, executer)
    r = request_at(p, e.active)
    if e.holding:
        e.holding = 0
        let_go(p, r.station, _AWAITING)
    elif join(p, executer):
        crew_complete(p, r.station, r.item)


@called
def arrive(p: Any, executer: int) -> None:
    e = node_at(p, executer)
    set_state(p, e, executer, _UTILIZE)
    e.utilized = 1
    utilize(p, executer)


@called
def away(p: Any, executer: int) -> None:
    """What has begun with the operator's help stops; else the operator is awaited anew."""
    e = node_at(p, executer)
    r = request_at(p, e.active)
    if item_at(p, r.item).crew > 0:
        unjoin(p, executer)
    else:
        hold(p, r.station, _AWAITING)
        e.holding = 1


@called
def free_crew(p: Any, item: int) -> None:
    """Let all operators go, in the order of their arrival."""
    x = item_at(p, item)
    executer = x.first_in_crew
    while executer >= 0:
        e = node_at(p, executer)
        if e.holding:
            e.holding = 0
            let_go(p, request_at(p, e.active).station, _AWAITING)
        end_request(p, executer)
        executer = e.next_in_crew
    x.crew = _NOBODY


# Down time


@called
def halt(p: Any, node: int, state: int) -> None:
    """Stop any object."""
    n = node_at(p, node)
    if n.kind == _EXECUTER and n.stops == 0:
        note_halt(p, node)
        if n.utilized:
            away(p, node)
    hold(p, node, state)
    stop_or_go(p, node)


@widened(lambda _p, _executer: None)
def note_halt(p: Any, executer: int) -> None:
    """Since when a vehicle is stopped."""
    mover_at(p, executer).halted = p.now


@widened(lambda _p, _executer: None)
def drive_on(p: Any, executer: int) -> None:
    """A vehicle goes on as if no time had passed; one that waits tries again."""
    m = mover_at(p, executer)
    m.time += p.now - m.halted
    if m.wanted >= 0 and proceed(p, executer):
        p.gave_up = 1  # who waits is not there yet


@called
def go_on(p: Any, node: int, state: int) -> None:
    """Undo a stop of any object."""
    if node_at(p, node).kind != _EXECUTER:
        let_go(p, node, state)
    elif unhold(p, node, state):
        drive_on(p, node)
        if node_at(p, node).utilized:
            utilize(p, node)
        look_for_work(p, node)


@called
def plan_stop(p: Any, stop: int, law: int) -> None:
    """The next failure or scheduled stop."""
    if law >= 0:
        plan(p, evaluate(p, law, stop_at(p, stop).node, _NOBODY), _STOP, _NOBODY, stop)


@called
def begin_stop(p: Any, stop: int) -> None:
    s = stop_at(p, stop)
    halt(p, s.node, s.state)
    plan(p, evaluate(p, s.lasts, s.node, _NOBODY), _RESUME, _NOBODY, stop)
    if not s.from_end:
        plan_stop(p, stop, s.every)


@called
def end_stop(p: Any, stop: int) -> None:
    s = stop_at(p, stop)
    go_on(p, s.node, s.state)
    if s.from_end:
        plan_stop(p, stop, s.every)
