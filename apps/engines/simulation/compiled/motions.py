"""Motion by one ramp, as `kernel.motion`: records with time, place, speed, acceleration, final.

Every function keeps the reference's order of operations, so that both round alike. `start` is where
a motion began by the scale that is asked in: its own place, or another for who follows.
"""

from __future__ import annotations

from math import inf, sqrt
from typing import Any

from ..kernel.motion import EPSILON
from .jit import called, compiled


@compiled
def set_motion(
    m: Any, time: float, place: float, speed: float, acceleration: float, final: float
) -> None:
    m.time, m.place, m.speed, m.acceleration, m.final = time, place, speed, acceleration, final


@compiled
def moves(m: Any) -> bool:
    """Whether it moves now or is about to."""
    return m.speed > 0.0 or m.final > 0.0  # type: ignore[no-any-return]


@compiled
def settled(m: Any) -> float:
    """The time from which on the speed is constant."""
    if m.acceleration == 0.0:
        return m.time  # type: ignore[no-any-return]
    return m.time + (m.final - m.speed) / m.acceleration  # type: ignore[no-any-return]


@called
def place_at(m: Any, start: float, time: float) -> float:
    """Metres."""
    end = settled(m)
    if time <= end:
        passed = time - m.time
        return start + passed * (m.speed + m.acceleration * passed / 2)  # type: ignore[no-any-return]
    ramp = (end - m.time) * (m.speed + m.final) / 2
    return start + ramp + (time - end) * m.final  # type: ignore[no-any-return]


@called
def speed_at(m: Any, time: float) -> float:
    """m/s."""
    if time >= settled(m):
        return m.final  # type: ignore[no-any-return]
    return m.speed + m.acceleration * (time - m.time)  # type: ignore[no-any-return]


@compiled
def rate_at(m: Any, time: float) -> float:
    """The acceleration from then on, m/s²."""
    return m.acceleration if time < settled(m) - EPSILON else 0.0


@called
def time_at(m: Any, start: float, place: float) -> float:
    """When it is first at a place or beyond, inf when never."""
    way = place - start
    if way <= EPSILON:
        return m.time  # type: ignore[no-any-return]
    end = settled(m)
    ramp = (end - m.time) * (m.speed + m.final) / 2
    if way <= ramp:
        root = sqrt(max(0.0, m.speed * m.speed + 2 * m.acceleration * way))
        return m.time + 2 * way / (m.speed + root)  # type: ignore[no-any-return]
    return end + (way - ramp) / m.final if m.final > 0.0 else inf


@called
def brakes_at(m: Any, place: float, deceleration: float) -> float:
    """When it must begin to brake to stand at a place; inf when it does not get there."""
    way = place - m.place
    rate = m.acceleration
    if rate > 0.0:
        passed = (2 * deceleration * way - m.speed * m.speed) / (2 * (rate + deceleration))
        if passed <= (m.final * m.final - m.speed * m.speed) / (2 * rate):
            return time_at(m, m.place, m.place + passed) if passed > 0.0 else m.time
    ready: float = max(m.time, time_at(m, m.place, place - m.final * m.final / (2 * deceleration)))
    return ready


@called
def meeting(b: Any, m: Any, start: float, distance: float, now: float) -> float:
    """When b, behind, has come as near m as `distance` and still gains, inf when never."""
    one, other = settled(b), settled(m)
    first = min(one if one > now + EPSILON else inf, other if other > now + EPSILON else inf)
    begin, end = now, first
    while True:
        gap = place_at(m, start, begin) - place_at(b, b.place, begin) - distance
        gain = speed_at(b, begin) - speed_at(m, begin)
        passed = until_closed(gap, gain, rate_at(b, begin) - rate_at(m, begin))
        if begin + passed <= end:
            return begin + passed
        if end == inf:
            return inf
        begin, last = end, max(one, other)  # the second piece, or the third
        end = last if last > end else inf


@compiled
def presses(gain: float, growth: float) -> bool:
    """Whether one who touches the other comes nearer with that speed and acceleration."""
    return gain > EPSILON or (gain >= -EPSILON and growth > EPSILON)


@called
def until_closed(gap: float, gain: float, growth: float) -> float:
    """The time until a gap closes that shrinks with speed `gain` and acceleration `growth`."""
    if gap <= EPSILON:
        if presses(gain, growth):
            return 0.0
        return -2 * gain / growth if growth > EPSILON and gain < 0.0 else inf
    if growth == 0.0:
        return gap / gain if gain > 0.0 else inf
    root = gain * gain + 2 * growth * gap
    if root < 0.0:
        return inf
    if gain + sqrt(root) > 0.0:
        return 2 * gap / (gain + sqrt(root))
    return inf
