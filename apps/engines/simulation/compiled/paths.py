"""AGVs of the compiled kernel: from control point to control point, as in `kernel.agv_travel`.

A mover is the record of an executer that drives; legs, claims and routes are those of `guides`.
"""

from __future__ import annotations

from math import inf
from typing import Any

from ..kernel.motion import EPSILON
from .calendar import later, plan, put_off
from .jit import called, compiled
from .layout import What
from .motions import brakes_at, place_at, set_motion, settled, speed_at, time_at
from .tables import (
    claim_at,
    claimed_at,
    hold_at,
    leg_at,
    mover_at,
    node_at,
    point_at,
    route_at,
)

_LEG, _OFFER = int(What.LEG), int(What.OFFER)
_NOBODY = -1


@compiled
def leg_over(p: Any, executer: int, delay: float) -> None:
    """Plan the end of a leg; while the executer is stopped the time does not count."""
    if node_at(p, executer).stops > 0:
        put_off(p, delay, _LEG, executer, _NOBODY)
    else:
        plan(p, delay, _LEG, executer, _NOBODY)


@called
def choose_route(p: Any, executer: int, station: int) -> bool:
    """Take the route from where it stands to the station; whether it has to move."""
    m = mover_at(p, executer)
    route = route_at(p, m.point * p.goals + node_at(p, station).place)
    if route.first < 0:
        p.gave_up = 1  # no way leads there: the reference kernel tells the user
        return False
    m.first_leg, m.legs = route.first, route.legs
    m.passed = m.granted = 0
    leg_over(p, executer, 0.0)
    return m.legs > 0  # type: ignore[no-any-return]


@called
def proceed(p: Any, executer: int) -> bool:
    """Something has been reached: a control point, the place to brake, standstill.

    True where that is the end of the route.
    """
    m, now = mover_at(p, executer), p.now
    braked = m.acceleration < 0.0 and now >= settled(m) - EPSILON
    place = leg_at(p, m.first_leg + m.granted - 1).end if braked else place_at(m, m.place, now)
    speed = 0.0 if braked else speed_at(m, now)
    while m.passed < m.granted and leg_at(p, m.first_leg + m.passed).end <= place + EPSILON:
        pass_point(p, executer, m)
    if m.passed == m.legs:
        set_motion(m, now, 0.0, 0.0, 0.0, 0.0)
        m.legs = m.passed = m.granted = 0
        return True
    if m.granted == m.passed and not allocate(p, executer, 1):
        set_motion(m, now, place, 0.0, 0.0, 0.0)
        return False
    drive(p, executer, m, place, speed)
    return False


@compiled
def drive(p: Any, executer: int, m: Any, place: float, speed: float) -> None:
    """Go on, or brake, until the next thing is reached."""
    now = p.now
    if not (m.acceleration < 0.0 and speed > 0.0):
        if speed < m.top and not m.acceleration > 0.0:
            if m.rise > 0.0:
                set_motion(m, now, place, speed, m.rise, m.top)
            else:
                set_motion(m, now, place, m.top, 0.0, m.top)
        brake = brake_time(p, m)
        while brake <= now + EPSILON and m.granted < m.legs and allocate(p, executer, 0):
            brake = brake_time(p, m)
        if brake > now + EPSILON:
            until = min(brake, time_at(m, m.place, leg_at(p, m.first_leg + m.passed).end))
            leg_over(p, executer, max(0.0, until - now))
            return
        set_motion(m, now, place, speed, -m.fall, 0.0)
    reached = inf
    if m.passed + 1 != m.granted:
        reached = time_at(m, m.place, leg_at(p, m.first_leg + m.passed).end)
    leg_over(p, executer, max(0.0, min(settled(m), reached) - now))


@called
def brake_time(p: Any, m: Any) -> float:
    """When to begin to brake for the last control point that is held."""
    if m.fall > 0.0:
        return brakes_at(m, leg_at(p, m.first_leg + m.granted - 1).end, m.fall)
    return inf  # stops at once


# Allocation


@compiled
def held(p: Any, m: Any, claim: int) -> Any:
    """What an executer has of a claim."""
    return hold_at(p, m.number * p.claims + claim)


@called
def allocate(p: Any, executer: int, waits: int) -> bool:
    """Allocate all that the next leg needs, or nothing; `waits` joins the queue."""
    m = mover_at(p, executer)
    leg = leg_at(p, m.first_leg + m.granted)
    for place in range(leg.first_claim, leg.first_claim + leg.claims):
        number = claimed_at(p, place).value
        claim = claim_at(p, number)
        first = claim.first_waiting < 0 or claim.first_waiting == executer
        if not held(p, m, number).held and not (first and claim.holders < claim.room):
            if waits:
                wait_for(p, executer, number)
            return False
    stop_waiting(p, executer)
    for place in range(leg.first_claim, leg.first_claim + leg.claims):
        if not held(p, m, claimed_at(p, place).value).held:
            hold_claim(p, executer, claimed_at(p, place).value)
    m.granted += 1
    return True


@called
def hold_claim(p: Any, executer: int, number: int) -> None:
    """Allocate: the last one of the executer, and the last holder of the claim."""
    m, claim = mover_at(p, executer), claim_at(p, number)
    h = held(p, m, number)
    h.held, h.next_held, h.next_holder = 1, _NOBODY, _NOBODY
    if m.first_held < 0:
        m.first_held = number
    else:
        held(p, m, m.last_held).next_held = number
    m.last_held = number
    if claim.first_holder < 0:
        claim.first_holder = executer
    else:
        held(p, mover_at(p, claim.last_holder), number).next_holder = executer
    claim.last_holder = executer
    claim.holders += 1


@called
def give_claim_back(p: Any, executer: int, number: int, before: int) -> None:
    """Out of the executer's chain, where `before` is the one before it, and of the claim's."""
    m, claim = mover_at(p, executer), claim_at(p, number)
    h = held(p, m, number)
    h.held = 0
    if before < 0:
        m.first_held = h.next_held
    else:
        held(p, m, before).next_held = h.next_held
    if m.last_held == number:
        m.last_held = before
    previous, other = _NOBODY, claim.first_holder
    while other != executer:
        previous, other = other, held(p, mover_at(p, other), number).next_holder
    if previous < 0:
        claim.first_holder = h.next_holder
    else:
        held(p, mover_at(p, previous), number).next_holder = h.next_holder
    if claim.last_holder == executer:
        claim.last_holder = previous
    claim.holders -= 1
    offer_later(p, number)


@compiled
def offer_later(p: Any, number: int) -> None:
    """Somebody has given something back: the next one may try."""
    if p.tasks < p.task_room:
        later(p, _OFFER, _NOBODY, number)
    else:
        p.gave_up = 1


@called
def pass_point(p: Any, executer: int, m: Any) -> None:
    """A control point is reached: what lies behind is free for others."""
    m.point = leg_at(p, m.first_leg + m.passed).point
    m.passed += 1
    before, number = _NOBODY, m.first_held
    while number >= 0:
        following = held(p, m, number).next_held
        if is_needed(p, m, number):
            before = number
        else:
            give_claim_back(p, executer, number, before)
        number = following


@called
def is_needed(p: Any, m: Any, number: int) -> bool:
    """Whether a claim belongs to the point that was reached, or to the legs granted ahead."""
    point = point_at(p, m.point)
    if among(p, point.first_claim, point.claims, number):
        return True
    for place in range(m.first_leg + m.passed, m.first_leg + m.granted):
        leg = leg_at(p, place)
        if among(p, leg.first_claim, leg.claims, number):
            return True
    return False


@compiled
def among(p: Any, first: int, count: int, number: int) -> bool:
    found = False
    for place in range(first, first + count):
        found = found or claimed_at(p, place).value == number
    return found


# Waiting


@called
def wait_for(p: Any, executer: int, number: int) -> None:
    m = mover_at(p, executer)
    if m.wanted == number:
        return
    stop_waiting(p, executer)
    claim = claim_at(p, number)
    m.wanted, m.next_waiting = number, _NOBODY
    if claim.first_waiting < 0:
        claim.first_waiting = executer
    else:
        mover_at(p, claim.last_waiting).next_waiting = executer
    claim.last_waiting = executer
    if is_deadlocked(p, executer):
        p.gave_up = 1  # the reference kernel tells the user


@called
def stop_waiting(p: Any, executer: int) -> None:
    m = mover_at(p, executer)
    number = m.wanted
    if number < 0:
        return
    m.wanted = _NOBODY
    claim = claim_at(p, number)
    before, other = _NOBODY, claim.first_waiting
    while other != executer:
        before, other = other, mover_at(p, other).next_waiting
    if before < 0:
        claim.first_waiting = m.next_waiting
    else:
        mover_at(p, before).next_waiting = m.next_waiting
    if claim.last_waiting == executer:
        claim.last_waiting = before
    offer_later(p, number)


@called
def next_offered(p: Any, number: int) -> int:
    """Who may go on with a claim of which some has been given back, −1 nobody."""
    claim = claim_at(p, number)
    first: int = claim.first_waiting
    if first < 0 or not claim.holders < claim.room or node_at(p, first).stops > 0:
        return _NOBODY
    return first


@called
def is_deadlocked(p: Any, executer: int) -> bool:
    """Whether an executer waits for ever: all whom it waits for do, directly or not.

    Those seen in this search are chained; holders are added behind the last one.
    """
    p.searches += 1
    first = mover_at(p, executer)
    first.seen, first.next_seen = p.searches, _NOBODY
    vehicle = last = executer
    while vehicle >= 0:
        m = mover_at(p, vehicle)
        if m.wanted < 0 or claim_at(p, m.wanted).holders < claim_at(p, m.wanted).room:
            return False  # it drives, or is parked and may go on
        other = claim_at(p, m.wanted).first_holder
        while other >= 0:
            o = mover_at(p, other)
            if o.seen != p.searches:
                o.seen, o.next_seen = p.searches, _NOBODY
                mover_at(p, last).next_seen = other
                last = other
            other = held(p, o, m.wanted).next_holder
        vehicle = m.next_seen
    return True
