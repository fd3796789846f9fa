"""Belts of the compiled kernel: riders, the bodies they move with; as in `kernel.belt`.

Here for belts that change their speed at once: the motion of a body is a steady one since a time.
The widest extent takes `gradual` instead. A body that moves alone is its rider's own record; the
belt that does not accumulate is a record by the conveyor's number, before those of the items. Sums
keep the order of the reference.
"""

from __future__ import annotations

from math import inf
from typing import Any

from ..kernel.motion import EPSILON
from .calendar import later, plan
from .extent import Extent
from .gradual import adapt, asks_now, due_time, meeting_time
from .jit import called, compiled, only_in, widened
from .layout import What
from .motions import moves, place_at, speed_at
from .tables import belt_at, body_at, node_at, rider_at

_ASK, _RIDE = int(What.ASK), int(What.RIDE)
_NOBODY = -1
NUMBER = 32  # bits of a body in an event, below its number
BODY = (1 << NUMBER) - 1
# The mark that a rider will reach next
ENTRY, END, NO_MARK = range(3)


@compiled
def place_of(b: Any, now: float) -> float:
    """Where a body is, by its own scale, m."""
    return b.place + (now - b.time) * b.speed  # type: ignore[no-any-return]


@only_in(Extent.ALL, inline=True)(lambda _p, b, now: place_of(b, now))
def where(_p: Any, b: Any, now: float) -> float:
    """As `place_of`, in every extent."""
    return place_at(b, b.place, now)


@only_in(Extent.ALL, inline=True)(lambda _p, b: b.speed)
def speed_of(p: Any, b: Any) -> float:
    """m/s, now."""
    return speed_at(b, p.now)


@only_in(Extent.ALL, inline=True)(lambda _p, b: b.speed > 0.0)
def is_moving(_p: Any, b: Any) -> bool:
    """Whether a body moves now or is about to."""
    return moves(b)


@compiled
def held(p: Any, body: int) -> bool:
    """Whether something makes it stand."""
    b = rider_at(p, body)
    return node_at(p, b.on).stops > 0 or b.holds > 0  # type: ignore[no-any-return]


@compiled
def first_of(p: Any, body: int) -> int:
    """The foremost rider of a body, −1 where it has none."""
    if body < p.node_count:
        return belt_at(p, body).first  # type: ignore[no-any-return]
    return body if rider_at(p, body).on >= 0 else _NOBODY


@compiled
def after(p: Any, body: int, rider: int) -> int:
    """The next rider of a body."""
    return rider_at(p, rider).behind if body < p.node_count else _NOBODY


@compiled
def leader_of(p: Any, body: int) -> int:
    """The rider before the first one, −1 where none is or where it moves with them."""
    ahead: int = rider_at(p, first_of(p, body)).ahead
    return ahead if ahead >= 0 and rider_at(p, ahead).body != body else _NOBODY


@compiled
def leader_place(p: Any, body: int, ahead: int) -> float:
    """Where the motion of the one ahead began, by this body's scale."""
    first, a = rider_at(p, first_of(p, body)), rider_at(p, ahead)
    return rider_at(p, a.body).place - a.offset + first.shift + first.offset  # type: ignore[no-any-return]


# How to move


@compiled
def change(b: Any, now: float, place: float, speed: float) -> None:
    if b.speed != speed:
        b.time, b.place, b.speed, b.told = now, place, speed, 0


@called
def adapt_at_once(p: Any, body: int) -> None:
    """As `update`, on a belt that changes its speed at once."""
    b, now = rider_at(p, body), p.now
    place, t = place_of(b, now), belt_at(p, b.on)
    if held(p, body):
        change(b, now, place, 0.0)
        return
    speed, ahead = t.speed, leader_of(p, body)
    if ahead >= 0:
        m = rider_at(p, rider_at(p, ahead).body)
        gap = leader_place(p, body, ahead) + (now - m.time) * m.speed - place
        least = t.moving if m.speed > 0.0 else t.standing
        if gap <= least + EPSILON:
            if m.speed <= 0.0 or gap < least - EPSILON:
                speed = 0.0
            elif t.speed >= m.speed - EPSILON:
                speed = min(t.speed, m.speed)
    change(b, now, place, speed)


@only_in(Extent.ALL)(adapt_at_once)
def update(p: Any, body: int) -> None:
    """Choose the motion that circumstances ask for."""
    ahead = leader_of(p, body)
    start = leader_place(p, body, ahead) if ahead >= 0 else 0.0
    adapt(p, body, int(held(p, body)), ahead, start)


# What happens next


@compiled
def steady_mark_time(p: Any, rider: int, b: Any) -> float:
    """As `mark_time`, in steady motion."""
    r = rider_at(p, rider)
    if r.mark == NO_MARK:
        return inf
    t = belt_at(p, r.on)
    place = (t.entering if r.mark == ENTRY else t.length) + r.offset
    return reach_time(b.time, b.place, b.speed, place)


@only_in(Extent.ALL)(steady_mark_time)
def mark_time(p: Any, rider: int, b: Any) -> float:
    """When a rider is at its next mark, inf when never."""
    return due_time(p, rider, b)


@widened(lambda _p, _b, _rider: None)
def note_asking(p: Any, b: Any, rider: int) -> None:
    """Whether what a body is due to do is to ask whether to brake."""
    b.asks = int(rider >= 0 and asks_now(p, rider, b))


@compiled
def reach_time(time: float, start: float, speed: float, place: float) -> float:
    """When a steady motion is at a place or beyond."""
    way = place - start
    if way <= EPSILON:
        return time
    return time + way / speed if speed > 0.0 else inf


@called
def steady_touch_time(p: Any, body: int) -> float:
    """As `touch_time`, in steady motion."""
    ahead = leader_of(p, body)
    if ahead < 0:
        return inf
    b, now = rider_at(p, body), p.now
    t, m = belt_at(p, b.on), rider_at(p, rider_at(p, ahead).body)
    start = leader_place(p, body, ahead)
    there = start + (now - m.time) * m.speed
    least = t.moving if m.speed > 0.0 else t.standing
    if b.speed > 0.0:
        gap, gain = there - place_of(b, now) - least, b.speed - m.speed
        if gap <= EPSILON:
            return now if gain > EPSILON else inf
        return now + gap / gain if gain > 0.0 else inf
    goal = b.place + least
    if m.speed > 0.0 and there < goal - EPSILON:
        return reach_time(m.time, start, m.speed, goal)
    return inf


@only_in(Extent.ALL)(steady_touch_time)
def touch_time(p: Any, body: int) -> float:
    """When the distance to the one ahead becomes the least, or becomes enough."""
    ahead = leader_of(p, body)
    return inf if ahead < 0 else meeting_time(p, body, ahead, leader_place(p, body, ahead))


@called
def plan_ride(p: Any, body: int) -> None:
    """Put what happens next to a body into the calendar; earlier entries lapse."""
    b = rider_at(p, body)
    b.number += 1
    if held(p, body):
        return
    due, who, rider = inf, _NOBODY, first_of(p, body)
    while rider >= 0:
        time = mark_time(p, rider, b)
        if time < due:
            due, who = time, rider
        rider = after(p, body, rider)
    touch = touch_time(p, body)
    if touch < due:
        due, who = touch, _NOBODY
    b.due = who
    note_asking(p, b, who)
    if due < inf and p.heap + 1 >= p.event_room:
        p.gave_up = 1
    elif due < inf:
        plan(p, max(0.0, due - p.now), _RIDE, _NOBODY, body + (b.number << NUMBER))


@called
def settle(p: Any, body: int) -> None:
    """Let a body, and all that follow it, adapt to what has changed."""
    body_at(p, 0).value = body
    count = 1
    while count > 0:
        count -= 1
        body = body_at(p, count).value
        if first_of(p, body) < 0:
            continue
        update(p, body)
        plan_ride(p, body)
        b = rider_at(p, body)
        if not b.told:
            b.told = 1
            if body < p.node_count and is_moving(p, b):
                ask_again(p, body)
            count = tell(p, body, count)


@compiled
def ask_again(p: Any, node: int) -> None:
    """A belt takes items again."""
    if p.tasks < p.task_room:
        later(p, _ASK, node, _NOBODY)
    else:
        p.gave_up = 1


@called
def tell(p: Any, body: int, count: int) -> int:
    """Put the bodies that follow on the stack; its new height."""
    rider = first_of(p, body)
    while rider >= 0:
        follower = rider_at(p, rider).first_follower
        while follower >= 0:
            f = rider_at(p, follower)
            if f.body != body and count == p.body_room:
                p.gave_up = 1
            elif f.body != body:
                body_at(p, count).value = f.body
                count += 1
            follower = f.next_follower
        rider = after(p, body, rider)
    return count


@called
def settle_all(p: Any, node: int) -> None:
    """The conveyor stops or goes on."""
    rider = belt_at(p, node).first
    while rider >= 0:
        settle(p, rider_at(p, rider).body)
        rider = rider_at(p, rider).behind


# Who follows whom


@called
def follow(p: Any, rider: int, ahead: int) -> None:
    """Keep the distance to that rider from now on, −1 to none."""
    r = rider_at(p, rider)
    if r.ahead >= 0:
        unfollow(p, r, rider)
    r.ahead, r.shift, r.next_follower = ahead, 0.0, _NOBODY
    if ahead < 0:
        return
    a = rider_at(p, ahead)
    if a.first_follower < 0:
        a.first_follower = rider
    else:
        last = a.first_follower
        while rider_at(p, last).next_follower >= 0:
            last = rider_at(p, last).next_follower
        rider_at(p, last).next_follower = rider


@compiled
def unfollow(p: Any, r: Any, rider: int) -> None:
    a = rider_at(p, r.ahead)
    if a.first_follower == rider:
        a.first_follower = r.next_follower
        return
    other = a.first_follower
    while rider_at(p, other).next_follower != rider:
        other = rider_at(p, other).next_follower
    rider_at(p, other).next_follower = r.next_follower
