"""Motion by one ramp, as `kernel.motion`: records with time, place, speed, acceleration, final.

Every function keeps the reference's order of operations, so that both round alike.
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
def settled(m: Any) -> float:
    """The time from which on the speed is constant."""
    if m.acceleration == 0.0:
        return m.time  # type: ignore[no-any-return]
    return m.time + (m.final - m.speed) / m.acceleration  # type: ignore[no-any-return]


@called
def place_at(m: Any, time: float) -> float:
    """Metres."""
    end = settled(m)
    if time <= end:
        passed = time - m.time
        return m.place + passed * (m.speed + m.acceleration * passed / 2)  # type: ignore[no-any-return]
    ramp = (end - m.time) * (m.speed + m.final) / 2
    return m.place + ramp + (time - end) * m.final  # type: ignore[no-any-return]


@called
def speed_at(m: Any, time: float) -> float:
    """m/s."""
    if time >= settled(m):
        return m.final  # type: ignore[no-any-return]
    return m.speed + m.acceleration * (time - m.time)  # type: ignore[no-any-return]


@called
def time_at(m: Any, place: float) -> float:
    """When it is first at a place or beyond, inf when never."""
    way = place - m.place
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
            return time_at(m, m.place + passed) if passed > 0.0 else m.time
    ready: float = max(m.time, time_at(m, place - m.final * m.final / (2 * deceleration)))
    return ready
