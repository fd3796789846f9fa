"""Conveyors of the compiled kernel: how items get on and off belts, as in `kernel.conveyor`."""

from __future__ import annotations

from math import inf
from typing import Any

from ..kernel.motion import EPSILON
from .belts import (
    END,
    ENTRY,
    NO_MARK,
    ask_again,
    follow,
    is_moving,
    settle,
    settle_all,
    speed_of,
    where,
)
from .extent import Extent
from .gradual import carry_over, drop_mark, next_kind, next_place, next_point, stop_braking
from .jit import belted, called, compiled, only_in, widened
from .layout import At, Kind
from .spots import arrive_at, uncover
from .tables import belt_at, item_at, more_at, node_at, note_at, rider_at

_CONVEYOR = int(Kind.CONVEYOR)
_AT_ENTRY, _AT_END, _UNCOVER = int(At.ENTRY), int(At.END), int(At.UNCOVER)
_NOBODY = -1


# What stations ask and tell


@belted(lambda _p, _node: False)
def takes_on(p: Any, node: int) -> bool:
    """Whether a conveyor takes an item: its entry is free, and all would fit standing."""
    return entry_is_free(p, node) and fits(p, node)


@belted(lambda _p, _node, _target: None)
def heads_for(p: Any, node: int, target: int) -> None:
    """An item of a conveyor will go to that station."""
    if node_at(p, node).kind == _CONVEYOR:
        belt_at(p, node).onto = target if node_at(p, target).kind == _CONVEYOR else _NOBODY


@belted(lambda _p, _node, _item: None)
def gets_off(p: Any, node: int, item: int) -> None:
    """An item is about to leave a conveyor."""
    if node_at(p, node).kind == _CONVEYOR:
        let_off(p, node, p.node_count + item)


@belted(lambda _p, _node: None)
def has_left(p: Any, node: int) -> None:
    """An item has left a conveyor: the others adapt."""
    if node_at(p, node).kind != _CONVEYOR:
        return
    t = belt_at(p, node)
    if not t.accumulates:
        settle(p, node)
    if t.first_brought >= 0 and t.first < 0:
        clear_entry(p, node)


@belted(lambda _p, _node, _item: None)
def must_stand(p: Any, node: int, item: int) -> None:
    """Nobody takes an item at a conveyor's end yet."""
    if node_at(p, node).kind == _CONVEYOR:
        r = rider_at(p, p.node_count + item)
        r.stands = 1
        rider_at(p, r.body).holds += 1


@belted(lambda _p, _node: None)
def stop_or_go(p: Any, node: int) -> None:
    """A conveyor has been stopped, or goes on."""
    if node_at(p, node).kind == _CONVEYOR:
        settle_all(p, node)


# Getting on


@compiled
def entry_is_free(p: Any, node: int) -> bool:
    t, b = belt_at(p, node), rider_at(p, node)
    if t.first_brought >= 0 or (not t.accumulates and t.first >= 0 and not is_moving(p, b)):
        return False
    if t.last < 0:
        return True
    r = rider_at(p, t.last)
    return where(p, rider_at(p, r.body), p.now) - r.offset >= t.entering - EPSILON  # type: ignore[no-any-return]


@compiled
def fits(p: Any, node: int) -> bool:
    t, used = belt_at(p, node), 0.0
    for _ in range(node_at(p, node).content):
        used += t.standing
    used += more_at(p, node).incoming * t.standing
    return used == 0.0 or used + t.standing <= t.length + EPSILON  # type: ignore[no-any-return]


@belted(lambda _p, _node, _item: None)
def gets_on(p: Any, node: int, item: int) -> None:
    """An item has entered a conveyor: by a belt before it, or from elsewhere."""
    t, r = belt_at(p, node), rider_at(p, p.node_count + item)
    free = entry_is_free(p, node)
    if r.passing:
        r.passing = 0
        if not free:
            p.gave_up = 1
        admit(p, node, item, min(r.pace, t.speed))
    elif free:
        ride_anew(p, item)
        admit(p, node, item, t.speed)
    else:
        item_at(p, item).next = _NOBODY
        if t.first_brought < 0:
            t.first_brought = item
        else:
            item_at(p, t.last_brought).next = item
        t.last_brought = item


@compiled
def ride_anew(p: Any, item: int) -> None:
    r = rider_at(p, p.node_count + item)
    r.life += 1
    r.ahead = r.first_follower = r.next_follower = _NOBODY
    forget_marks(p, p.node_count + item)


@widened(lambda _p, _rider: None)
def forget_marks(p: Any, rider: int) -> None:
    """A new rider has come from no other belt."""
    note = note_at(p, rider)
    note.carried = note.covers = 0


@widened(lambda _p, _rider, _speed: None)
def meet_marks(p: Any, rider: int, speed: float) -> None:
    """What a rider will meet on its conveyor, and how its own body begins to move."""
    r = rider_at(p, rider)
    r.mark, r.asked = belt_at(p, r.on).first_mark, 0
    r.acceleration, r.final, r.braking = 0.0, speed, _NOBODY
    note_at(p, rider).wanted = _NOBODY


@called
def admit(p: Any, node: int, item: int, speed: float) -> None:
    """Put a rider at the start of the belt."""
    t, rider = belt_at(p, node), p.node_count + item
    r = rider_at(p, rider)
    follow(p, rider, t.last if t.last >= 0 else just_gone(p, t))
    r.shift = 0.0 if t.last >= 0 else t.length
    r.behind = _NOBODY
    if t.last < 0:
        t.first = rider
    else:
        rider_at(p, t.last).behind = rider
    t.last = rider
    r.on, r.stands, r.rides = node, 0, r.rides + 1
    r.mark = ENTRY if t.entering <= t.length else END
    r.body, r.offset = rider, 0.0
    if t.accumulates:
        r.time, r.place, r.speed, r.holds = p.now, 0.0, speed, 0
    else:
        r.body, r.offset = node, where(p, rider_at(p, node), p.now)
    meet_marks(p, rider, speed)
    rider_at(p, r.body).told = 0
    settle(p, r.body)


@compiled
def just_gone(p: Any, t: Any) -> int:
    """The rider that left last, while it is on the next conveyor."""
    if t.gone < 0:
        return _NOBODY
    r = rider_at(p, t.gone)
    return t.gone if r.on == t.gone_onto and r.life == t.gone_life else _NOBODY


@called
def clear_entry(p: Any, node: int) -> None:
    """What was brought while the entry was taken gets on; more may come."""
    t, item = belt_at(p, node), belt_at(p, node).first_brought
    if item >= 0:
        t.first_brought = item_at(p, item).next
        ride_anew(p, item)
        admit(p, node, item, t.speed)
    ask_again(p, node)


# Getting off


@called
def let_off(p: Any, node: int, rider: int) -> None:
    t, r = belt_at(p, node), rider_at(p, rider)
    b = rider_at(p, r.body)
    r.pace = speed_of(p, b)
    off(p, t, rider)
    if r.stands:
        b.holds -= 1
        r.stands = 0
    if t.onto < 0:
        leave_marks(p, rider)
    r.on = _NOBODY
    if t.onto >= 0:
        pass_on(p, t, rider)
    else:
        take_off(p, rider)
    t.onto = _NOBODY


@compiled
def off(p: Any, t: Any, rider: int) -> None:
    """Out of the row of riders."""
    before, other = _NOBODY, t.first
    while other != rider:
        before, other = other, rider_at(p, other).behind
    behind = rider_at(p, rider).behind
    if before < 0:
        t.first = behind
    else:
        rider_at(p, before).behind = behind
    if t.last == rider:
        t.last = before


@called
def pass_on(p: Any, t: Any, rider: int) -> None:
    """The next conveyor takes the rider over, with its followers."""
    r = rider_at(p, rider)
    r.passing = 1
    t.gone, t.gone_life, t.gone_onto = rider, r.life, t.onto
    take_marks_along(p, t, rider)
    follower = r.first_follower
    while follower >= 0:
        f = rider_at(p, follower)
        f.shift += t.length
        follower = f.next_follower


@called
def take_off(p: Any, rider: int) -> None:
    follow(p, rider, _NOBODY)
    r = rider_at(p, rider)
    while r.first_follower >= 0:
        follower = r.first_follower
        follow(p, follower, _NOBODY)
        settle(p, rider_at(p, follower).body)


@widened(lambda _p, _t, _rider: None)
def take_marks_along(p: Any, t: Any, rider: int) -> None:
    carry_over(p, rider, t.length, t.first_mark + t.marks)


@widened(lambda _p, _rider: None)
def leave_marks(p: Any, rider: int) -> None:
    """The rider leaves the belts: what it has not reached is told so."""
    while next_place(p, rider) < inf:
        if next_kind(p, rider) == _UNCOVER:
            uncover(p, next_point(p, rider), rider)
        drop_mark(p, rider)


@compiled
def reached_plainly(p: Any, rider: int) -> bool:
    """As `reached`, where entry and end are all marks."""
    r = rider_at(p, rider)
    if r.mark == ENTRY:
        r.mark = END
        clear_entry(p, r.on)
        return False
    r.mark = NO_MARK
    return True


@only_in(Extent.ALL)(reached_plainly)
def reached(p: Any, rider: int) -> bool:
    """A rider is at its mark; True where that is the belt's end."""
    stop_braking(p, rider_at(p, rider).body)
    kind, point = next_kind(p, rider), next_point(p, rider)
    drop_mark(p, rider)
    if kind == _AT_ENTRY:
        clear_entry(p, rider_at(p, rider).on)
    elif kind == _UNCOVER:
        uncover(p, point, rider)
    elif kind != _AT_END:
        arrive_at(p, point, rider)
    return kind == _AT_END
