"""How bodies move on belts that gain and lose speed gradually, and stop at marks; `kernel.belt`.

For the widest extent only; `belts` has the same for belts that change their speed at once. A rider
meets the marks of its conveyor (rows of `marks` from `mark` on) and those that it has carried over
from the conveyor before, whichever comes first.
"""

from __future__ import annotations

from math import inf
from typing import Any

from ..kernel.motion import EPSILON
from .jit import called, compiled
from .layout import CARRIED, At
from .motions import (
    brakes_at,
    meeting,
    moves,
    place_at,
    presses,
    rate_at,
    set_motion,
    settled,
    speed_at,
    time_at,
)
from .tables import belt_at, mark_at, note_at, rider_at

_END, _STATION = int(At.END), int(At.STATION)
_NOBODY = -1


# Marks


@called
def own_place(p: Any, rider: int) -> float:
    """Where the next mark of the rider's conveyor is, inf when there is none."""
    r = rider_at(p, rider)
    t = belt_at(p, r.on)
    return mark_at(p, r.mark).place if r.mark < t.first_mark + t.marks else inf


@compiled
def is_carried(p: Any, rider: int) -> bool:
    """Whether the next mark is one carried over."""
    n = note_at(p, rider)
    return n.carried > 0 and n.carried_place[0] <= own_place(p, rider)  # type: ignore[no-any-return]


@called
def next_place(p: Any, rider: int) -> float:
    """Where the next mark is, m from the conveyor's start; inf when there is none."""
    if is_carried(p, rider):
        return note_at(p, rider).carried_place[0]  # type: ignore[no-any-return]
    return own_place(p, rider)


@called
def next_kind(p: Any, rider: int) -> int:
    if is_carried(p, rider):
        return note_at(p, rider).carried_kind[0]  # type: ignore[no-any-return]
    return mark_at(p, rider_at(p, rider).mark).kind  # type: ignore[no-any-return]


@called
def next_point(p: Any, rider: int) -> int:
    """The object whose mark is next."""
    if is_carried(p, rider):
        return note_at(p, rider).carried_point[0]  # type: ignore[no-any-return]
    return mark_at(p, rider_at(p, rider).mark).point  # type: ignore[no-any-return]


@called
def drop_mark(p: Any, rider: int) -> None:
    """The next mark is behind."""
    r = rider_at(p, rider)
    r.asked = 0
    if not is_carried(p, rider):
        r.mark += 1
        return
    n = note_at(p, rider)
    n.carried -= 1
    for place in range(n.carried):
        move_mark(n, place, place + 1)


@compiled
def move_mark(n: Any, to: int, place: int) -> None:
    n.carried_place[to] = n.carried_place[place]
    n.carried_kind[to] = n.carried_kind[place]
    n.carried_point[to] = n.carried_point[place]


@called
def carry_over(p: Any, rider: int, length: float, end: int) -> None:
    """Marks beyond the end of a conveyor go with the rider to the next one.

    Those of its own are the rows from the rider's next one up to `end`.
    """
    n, kept = note_at(p, rider), 0
    for place in range(n.carried):
        if n.carried_place[place] > length:
            move_mark(n, kept, place)
            n.carried_place[kept] -= length
            kept += 1
    n.carried = kept
    for row in range(rider_at(p, rider).mark, end):
        mark = mark_at(p, row)
        if mark.place > length:
            insert_mark(p, n, mark.place - length, mark.kind, mark.point)


@called
def insert_mark(p: Any, n: Any, where: float, kind: int, point: int) -> None:
    """Behind the carried marks that are not farther."""
    if n.carried == CARRIED:
        p.gave_up = 1  # so many are left to the reference
        return
    place = n.carried
    while place > 0 and n.carried_place[place - 1] > where:
        move_mark(n, place, place - 1)
        place -= 1
    n.carried_place[place], n.carried_kind[place], n.carried_point[place] = where, kind, point
    n.carried += 1


# How to move


@called
def adapt(p: Any, body: int, held: int, ahead: int, start: float) -> None:
    """Choose the motion that circumstances ask for; `ahead` leads from `start` on, −1 nobody."""
    b, now = rider_at(p, body), p.now
    place, speed = place_at(b, b.place, now), speed_at(b, now)
    if held:
        stop_braking(p, body)
        change(b, now, place, 0.0, 0.0, 0.0)
        return
    if ahead >= 0:
        m = rider_at(p, rider_at(p, ahead).body)
        gap = place_at(m, start, now) - place
        gain, growth = speed - speed_at(m, now), rate_at(b, now) - rate_at(m, now)
        falls_back = b.braking >= 0 and not presses(gain, growth)
        if gap <= least(p, b, m) + EPSILON and not falls_back:
            stop_braking(p, body)
            keep_behind(p, b, m, gap, place, speed)
            return
    if b.braking < 0:
        go_freely(p, b, place, speed)


@compiled
def least(p: Any, b: Any, m: Any) -> float:
    """The least distance of front edges: it may be more while the one ahead moves."""
    t = belt_at(p, b.on)
    return t.moving if moves(m) else t.standing  # type: ignore[no-any-return]


@called
def stop_braking(p: Any, body: int) -> None:
    b = rider_at(p, body)
    if b.braking < 0:
        return
    b.braking = _NOBODY
    rider_at(p, body).asked = 0
    if body >= p.node_count:
        return
    rider = belt_at(p, body).first
    while rider >= 0:
        rider_at(p, rider).asked = 0
        rider = rider_at(p, rider).behind


@called
def keep_behind(p: Any, b: Any, m: Any, gap: float, place: float, speed: float) -> None:
    """At the least distance: stand, or go on as the one ahead does."""
    now, t = p.now, belt_at(p, b.on)
    if not moves(m) or gap < least(p, b, m) - EPSILON:
        change(b, now, place, 0.0, 0.0, 0.0)
        return
    theirs = speed_at(m, now)
    own = min(t.speed, theirs)
    if t.acceleration > 0.0:
        own = min(own, speed)
    if own < theirs - EPSILON:
        go_freely(p, b, place, own)
        return
    rate = rate_at(m, now)
    if rate > 0.0:
        if own >= t.speed:
            rate = 0.0
        elif t.acceleration > 0.0:
            rate = min(rate, t.acceleration)
    change(b, now, place, own, rate, min(t.speed, m.final) if rate != 0.0 else own)


@called
def go_freely(p: Any, b: Any, place: float, speed: float) -> None:
    """Up to the conveyor's speed, at once or by its acceleration."""
    t = belt_at(p, b.on)
    if speed >= t.speed - EPSILON or t.acceleration == 0.0:
        change(b, p.now, place, t.speed, 0.0, t.speed)
    elif not (b.acceleration == t.acceleration and b.final == t.speed):
        set_motion(b, p.now, place, speed, t.acceleration, t.speed)
        b.told = 0


@called
def change(
    b: Any, now: float, place: float, speed: float, acceleration: float, final: float
) -> None:
    """Take over a motion, unless the present one goes on like it."""
    same = b.acceleration == acceleration and b.final == final
    if not same or abs(speed_at(b, now) - speed) > EPSILON:
        set_motion(b, now, place, speed, acceleration, final)
        b.told = 0


# What happens next


@called
def due_time(p: Any, rider: int, b: Any) -> float:
    """When the rider is at its next mark, inf when never, or has to ask whether to brake for it."""
    place = next_place(p, rider)
    if place == inf:
        return inf
    r = rider_at(p, rider)
    place += r.offset
    if may_ask(p, rider):
        if p.now < time_at(b, b.place, place):
            return brakes_at(b, place, belt_at(p, r.on).deceleration)
    elif b.braking == rider:
        return settled(b)
    return time_at(b, b.place, place)


@compiled
def may_ask(p: Any, rider: int) -> bool:
    """Whether the rider has yet to ask for its next mark if it must stand there."""
    r = rider_at(p, rider)
    if r.asked or belt_at(p, r.on).deceleration == 0.0:
        return False
    kind = next_kind(p, rider)
    return kind in (_END, _STATION)


@called
def asks_now(p: Any, rider: int, b: Any) -> bool:
    """Whether what is due is to ask, not to be at the mark."""
    place = next_place(p, rider) + rider_at(p, rider).offset
    return may_ask(p, rider) and p.now < time_at(b, b.place, place)


@called
def meeting_time(p: Any, body: int, ahead: int, start: float) -> float:
    """When the distance to the one ahead becomes the least, or becomes enough."""
    b, now = rider_at(p, body), p.now
    m = rider_at(p, rider_at(p, ahead).body)
    if moves(b):
        return meeting(b, m, start, least(p, b, m), now)
    goal = b.place + least(p, b, m)
    if moves(m) and place_at(m, start, now) < goal - EPSILON:
        return time_at(m, start, goal)
    return inf
