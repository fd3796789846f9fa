"""Points on the conveyors of the compiled kernel, as in `kernel.belt_points`, without triggers."""

from __future__ import annotations

from typing import Any

from ..states import State
from .belts import settle
from .calendar import plan, put_off
from .crews import call_crew
from .jit import called, compiled, widened
from .layout import COVERED, Kind, What
from .measures import duration, evaluate, set_state
from .tables import node_at, note_at, rider_at, spot_at
from .tracing import content_row

_STATION, _EYE = int(Kind.STATION), int(Kind.EYE)
_POINT = int(Kind.POINT)
_PROCESSED, _BLOCK, _CLEAR = int(What.PROCESSED), int(What.BLOCK), int(What.CLEAR)
_IDLE, _BUSY, _BLOCKED = int(State.IDLE), int(State.BUSY), int(State.BLOCKED)
_PROCESSING, _WAITING = int(State.PROCESSING), int(State.WAITING_FOR_OPERATOR)
_NOBODY = -1


@compiled
def plan_at(p: Any, point: int, delay: float, what: int, item: int) -> None:
    """Plan something of a point; while it is stopped the time does not count."""
    if node_at(p, point).stops > 0:
        put_off(p, delay, what, point, item)
    else:
        plan(p, delay, what, point, item)


# Statistics: the item itself stays with the conveyor


@called
def pass_in(p: Any, point: int) -> None:
    n = node_at(p, point)
    n.input += 1
    n.content += 1
    n.content_max = max(n.content_max, n.content)
    n.moment += p.now
    if p.tracing:
        content_row(p, point, n.content)


@called
def pass_out(p: Any, point: int, stay: float) -> None:
    """Count an item out that has been here so long."""
    n = node_at(p, point)
    n.output += 1
    n.content -= 1
    n.content_min = min(n.content_min, n.content)
    n.moment -= p.now
    n.stays += 1
    n.stay_sum += stay
    n.stay_max, n.stay_min = max(n.stay_max, stay), min(n.stay_min, stay)
    if p.tracing:
        content_row(p, point, n.content)


# Arriving


@called
def arrive_at(p: Any, point: int, rider: int) -> None:
    """The edge of an item is at a point."""
    kind = node_at(p, point).kind
    if kind == _STATION:
        arrive_at_station(p, point, rider)
    elif kind == _EYE:
        cover(p, point, rider)
    else:
        pass_in(p, point)
        pass_out(p, point, 0.0)


@called
def stops_at(p: Any, station: int, rider: int) -> bool:
    """Whether an item meets a station's condition, which is asked once."""
    n = note_at(p, rider)
    if n.wanted < 0:
        law = spot_at(p, station).condition
        n.wanted = int(evaluate(p, law, station, rider - p.node_count) != 0.0)
    return n.wanted != 0  # type: ignore[no-any-return]


@compiled
def arrive_at_station(p: Any, station: int, rider: int) -> None:
    stops, n = stops_at(p, station, rider), note_at(p, rider)
    n.wanted = _NOBODY
    if not stops:
        return
    rider_at(p, rider_at(p, rider).body).holds += 1
    n.since, n.station = p.now, station
    pass_in(p, station)
    item, s = rider - p.node_count, node_at(p, station)
    if s.process_crew < 0:
        process(p, station, item)
        return
    set_state(p, s, station, _WAITING)
    if call_crew(p, station, item, s.process_crew):
        process(p, station, item)


@widened(lambda _p, _station, _item: False)
def processes(p: Any, station: int, item: int) -> bool:
    """Begin a process on a conveyor, whose operators are there, if that is such a station."""
    if node_at(p, station).kind != _STATION:
        return False
    process(p, station, item)
    return True


@called
def process(p: Any, station: int, item: int) -> None:
    s = node_at(p, station)
    set_state(p, s, station, _PROCESSING)
    plan_at(p, station, duration(p, s.time, station, item), _PROCESSED, item)


@called
def process_over(p: Any, station: int, item: int) -> None:
    """The item goes on; its operators have been let go."""
    rider = p.node_count + item
    n, body = note_at(p, rider), rider_at(p, rider).body
    pass_out(p, station, p.now - n.since)
    s = node_at(p, station)
    if s.content == 0:
        set_state(p, s, station, _IDLE)
    rider_at(p, body).holds -= 1
    settle(p, body)


@widened(lambda _p, _node: False)
def is_point(p: Any, node: int) -> bool:
    """Whether that is a point on a conveyor, which holds and takes no items."""
    return node_at(p, node).kind >= _POINT  # type: ignore[no-any-return]


# Photo eyes


@called
def cover(p: Any, eye: int, rider: int) -> None:
    """The leading edge of an item is at an eye."""
    pass_in(p, eye)
    s, n = spot_at(p, eye), note_at(p, rider)
    if n.covers == COVERED:
        p.gave_up = 1  # so many are left to the reference
        return
    n.cover_eye[n.covers], n.cover_since[n.covers] = eye, p.now
    n.covers += 1
    s.covering += 1
    if s.covering > 1:
        return
    if s.blocked:
        s.round += 1  # it has not been uncovered for long enough
    else:
        set_state(p, node_at(p, eye), eye, _BUSY)
        after(p, eye, evaluate(p, s.blocking, eye, rider - p.node_count), _BLOCK)


@called
def uncover(p: Any, eye: int, rider: int) -> None:
    """The trailing edge has passed, or the item has left the belts before."""
    s, n = spot_at(p, eye), note_at(p, rider)
    place = 0
    while place < n.covers and n.cover_eye[place] != eye:
        place += 1
    if place == n.covers:
        return  # it left before it came here
    since = n.cover_since[place]
    n.covers -= 1
    for other in range(place, n.covers):
        n.cover_eye[other], n.cover_since[other] = n.cover_eye[other + 1], n.cover_since[other + 1]
    pass_out(p, eye, p.now - since)
    s.covering -= 1
    if s.covering > 0:
        return
    if s.blocked:
        after(p, eye, evaluate(p, s.clearing, eye, rider - p.node_count), _CLEAR)
    else:
        s.round += 1
        set_state(p, node_at(p, eye), eye, _IDLE)


@compiled
def after(p: Any, eye: int, delay: float, what: int) -> None:
    s = spot_at(p, eye)
    s.round += 1
    if delay > 0.0:
        plan_at(p, eye, delay, what, s.round)
    else:
        switch(p, eye, what, s.round)


@called
def switch(p: Any, eye: int, what: int, timer: int) -> None:
    """An eye is blocked or clear, unless something has happened since."""
    s = spot_at(p, eye)
    if timer != s.round:
        return
    s.blocked = int(what == _BLOCK)
    set_state(p, node_at(p, eye), eye, _BLOCKED if what == _BLOCK else _IDLE)
