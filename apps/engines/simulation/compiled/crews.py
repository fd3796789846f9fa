"""Operators of the compiled kernel: requests, dispatchers, travel, as in `kernel.executer`."""

from __future__ import annotations

from typing import Any

from ..states import State
from .calendar import later, plan
from .jit import called, compiled, extended, widened
from .layout import Kind, What
from .measures import evaluate, set_state, setting
from .paths import choose_route, leg_over
from .stands import set_off
from .tables import (
    connected_at,
    item_at,
    member_at,
    more_at,
    mover_at,
    node_at,
    request_at,
    team_at,
    way_at,
)

_EXECUTER = int(Kind.EXECUTER)
_OPERATE, _DISPATCH, _LOOK = int(What.OPERATE), int(What.DISPATCH), int(What.LOOK)
_IDLE, _EMPTY, _LOADED = int(State.IDLE), int(State.TRAVEL_EMPTY), int(State.TRAVEL_LOADED)
_OFFSET_EMPTY = int(State.OFFSET_TRAVEL_EMPTY)
_OFFSET_LOADED = int(State.OFFSET_TRAVEL_LOADED)
_CARRY = int(What.CARRY)
_NOBODY = -1


@called
def call_crew(p: Any, node: int, item: int, count_law: int) -> bool:
    """Ask for an item's operators; True when none is needed after all."""
    n, x = node_at(p, node), item_at(p, item)
    x.first_in_crew = _NOBODY
    x.crew = max(0, int(setting(p, count_law, node, item)))
    if x.crew == 0:
        return True
    priority = setting(p, n.priority, node, item)
    if x.crew > node_at(p, n.crew_from).members:
        p.gave_up = 1  # the reference kernel tells the user
        return False
    for _ in range(x.crew):
        submit(p, n.crew_from, priority, node, item)
    return False


@called
def submit(p: Any, dispatcher: int, priority: float, station: int, item: int) -> int:
    """Send a request to a dispatcher or task executer; its number."""
    request: int = p.free_request
    r = request_at(p, request)
    p.free_request = r.next
    r.priority, r.station, r.item, r.stage = priority, station, item, _NOBODY
    queue_up(p, passed_to(p, dispatcher, request), request)
    return request


@widened(lambda _p, dispatcher, _request: dispatcher)
def passed_to(p: Any, dispatcher: int, request: int) -> int:
    """Who queues a request, by PassTo; QueueStrategy may give it another priority there."""
    m = mover_at(p, dispatcher)
    while m.pass_to >= 0:
        port = int(evaluate(p, m.pass_to, dispatcher, _NOBODY))
        if port < 1 or port > m.connected:
            if port != 0:
                p.gave_up = 1  # the reference kernel tells the user
            break
        dispatcher = connected_at(p, m.first_connected + port - 1).value
        m = mover_at(p, dispatcher)
    if m.strategy >= 0:
        request_at(p, request).priority = evaluate(p, m.strategy, dispatcher, _NOBODY)
    return dispatcher


@called
def queue_up(p: Any, dispatcher: int, request: int) -> None:
    """Queue a request by priority, first come first served among equals."""
    r, d = request_at(p, request), node_at(p, dispatcher)
    priority = r.priority
    before = d.last_request
    if before >= 0 and request_at(p, before).priority < priority:
        before, following = _NOBODY, d.first_request
        while request_at(p, following).priority >= priority:
            before, following = following, request_at(p, following).next
    if before < 0:
        r.next = d.first_request
        d.first_request = request
    else:
        r.next = request_at(p, before).next
        request_at(p, before).next = request
    if r.next < 0:
        d.last_request = request
    later(p, _DISPATCH, dispatcher, _NOBODY)


@compiled
def next_request(p: Any, d: Any) -> int:
    """Take the first request off the queue."""
    request: int = d.first_request
    d.first_request = request_at(p, request).next
    if d.first_request < 0:
        d.last_request = _NOBODY
    return request


@compiled
def available(e: Any) -> bool:
    return e.active < 0 and e.first_request < 0 and e.stops == 0  # type: ignore[no-any-return]


@called
def dispatch(p: Any, dispatcher: int) -> None:
    """Give queued requests to available members, in port order."""
    d = node_at(p, dispatcher)
    if d.kind == _EXECUTER:
        if d.active < 0 and d.stops == 0 and d.first_request >= 0:
            set_out(p, dispatcher, next_request(p, d))
        return
    member, last = d.first_member, d.first_member + d.members
    while d.first_request >= 0:
        while member < last and not available(node_at(p, member_at(p, member).value)):
            member += 1  # who is not available now will not become so here
        if member == last:
            return
        set_out(p, member_at(p, member).value, next_request(p, d))


@called
def set_out(p: Any, executer: int, request: int) -> None:
    """Begin a request: go to the station."""
    r = request_at(p, request)
    node_at(p, executer).active = request
    travel(p, executer, r.station, errand(p, request))


@extended(lambda _p, _request: _OPERATE)
def errand(p: Any, request: int) -> int:
    """What follows when the executer is there."""
    return _CARRY if request_at(p, request).stage >= 0 else _OPERATE


@called
def travel(p: Any, executer: int, station: int, what: int) -> None:
    """Go to a station for the active request."""
    if not goes_by_legs(p, executer, station):
        go_straight(p, executer, station, what)


@widened(lambda _p, _executer, _station: False)
def goes_by_legs(p: Any, executer: int, station: int) -> bool:
    """Set out on guide paths or a crowded network, if that is how an executer moves."""
    m, e = mover_at(p, executer), node_at(p, executer)
    if m.number:
        if choose_route(p, executer, station):
            set_state(p, e, executer, moving(p, executer))
        return True
    if m.trips < 0:
        return False
    time = set_off(p, executer, station)
    if not time >= 0.0:
        p.gave_up = 1  # no way leads there: the reference kernel tells the user
        return True
    if time > 0.0:
        set_state(p, e, executer, moving(p, executer))
    leg_over(p, executer, time)
    return True


@compiled
def go_straight(p: Any, executer: int, station: int, what: int) -> None:
    """Reach the station in one go, after a time that is known."""
    e = node_at(p, executer)
    goal = node_at(p, station).place
    row = e.ways + e.place * p.goals if e.place > 0 else e.home
    time = move_time(p, executer, goal, way_at(p, row + goal).value)
    e.place = goal
    if not time >= 0.0:
        p.gave_up = 1  # no way leads there: the reference kernel tells the user
        return
    if time > 0.0:
        set_state(p, e, executer, moving(p, executer))
    plan(p, time, what, executer, e.active)


@extended(lambda _p, _executer, _goal, time: time)
def move_time(p: Any, executer: int, goal: int, time: float) -> float:
    """A robot moves what it carries in its own time, or by its arm, whose base turns."""
    e, m = node_at(p, executer), more_at(p, executer)
    if m.arm >= 0:
        turning: float = turn(m, way_at(p, m.arm + goal).value) / m.turning
        return max(time, turning)
    if m.moving < 0:
        return time
    return evaluate(p, m.moving, executer, request_at(p, e.active).item) if e.content > 0 else 0.0


@compiled
def turn(m: Any, goal: float) -> float:
    """Degrees by which the base turns, the shorter way round."""
    start = m.angle
    m.angle = start + ((goal - start + 180.0) % 360.0 - 180.0)
    return abs(m.angle - start)  # type: ignore[no-any-return]


@extended(lambda _p, _executer: _EMPTY)
def moving(p: Any, executer: int) -> int:
    """The state of an executer that travels."""
    empty = node_at(p, executer).content == 0
    if more_at(p, executer).by_axes:
        return _OFFSET_EMPTY if empty else _OFFSET_LOADED
    return _EMPTY if empty else _LOADED


@compiled
def join(p: Any, executer: int) -> bool:
    """An operator is at the station; True when it is the last one of the crew."""
    e = node_at(p, executer)
    x = item_at(p, request_at(p, e.active).item)
    e.next_in_crew = _NOBODY
    if x.first_in_crew < 0:
        x.first_in_crew = executer
    else:
        node_at(p, x.last_in_crew).next_in_crew = executer
    x.last_in_crew = executer
    x.crew -= 1
    return x.crew == 0  # type: ignore[no-any-return]


@called
def unjoin(p: Any, executer: int) -> None:
    """An operator has gone before the others came."""
    e = node_at(p, executer)
    x = item_at(p, request_at(p, e.active).item)
    before, other = _NOBODY, x.first_in_crew
    while other != executer:
        before, other = other, node_at(p, other).next_in_crew
    if before < 0:
        x.first_in_crew = e.next_in_crew
    else:
        node_at(p, before).next_in_crew = e.next_in_crew
    if x.last_in_crew == executer:
        x.last_in_crew = before
    x.crew += 1


@called
def end_request(p: Any, executer: int) -> None:
    """The operator is needed no more."""
    e = node_at(p, executer)
    request_at(p, e.active).next = p.free_request
    p.free_request = e.active
    e.active = _NOBODY
    e.utilized = 0
    set_state(p, e, executer, _IDLE)
    later(p, _LOOK, executer, _NOBODY)


@called
def look_for_work(p: Any, executer: int) -> None:
    """Own queue first, then the teams in order of connection."""
    e = node_at(p, executer)
    dispatch(p, executer)
    for team in range(e.first_team, e.first_team + e.teams):
        if not available(e):
            return
        dispatch(p, team_at(p, team).value)
