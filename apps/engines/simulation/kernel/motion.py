"""Motion along a belt: one ramp of constant acceleration, then constant speed.

Lengths in metres, times in seconds. `EPSILON` is what two places, speeds or times differ by
at least.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, sqrt

EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Motion:
    """From (time, place, speed) with `acceleration` until `final` speed is reached."""

    time: float
    place: float
    speed: float
    acceleration: float = 0.0
    final: float = 0.0

    @classmethod
    def rest(cls, time: float, place: float) -> Motion:
        return cls(time, place, 0.0)

    @classmethod
    def steady(cls, time: float, place: float, speed: float) -> Motion:
        return cls(time, place, speed, 0.0, speed)

    @property
    def moving(self) -> bool:
        """Whether it moves now or is about to."""
        return self.speed > 0.0 or self.final > 0.0

    @property
    def settled(self) -> float:
        """The time from which on the speed is constant."""
        if not self.acceleration:
            return self.time
        return self.time + (self.final - self.speed) / self.acceleration

    def place_at(self, time: float) -> float:
        settled = self.settled
        if time <= settled:
            passed = time - self.time
            return self.place + passed * (self.speed + self.acceleration * passed / 2)
        ramp = (settled - self.time) * (self.speed + self.final) / 2
        return self.place + ramp + (time - settled) * self.final

    def speed_at(self, time: float) -> float:
        if time >= self.settled:
            return self.final
        return self.speed + self.acceleration * (time - self.time)

    def rate_at(self, time: float) -> float:
        """The acceleration from then on."""
        return self.acceleration if time < self.settled - EPSILON else 0.0

    def time_at(self, place: float) -> float:
        """When it is first at a place or beyond, inf when never."""
        way = place - self.place
        if way <= EPSILON:
            return self.time
        settled = self.settled
        ramp = (settled - self.time) * (self.speed + self.final) / 2
        if way <= ramp:
            root = sqrt(max(0.0, self.speed * self.speed + 2 * self.acceleration * way))
            return self.time + 2 * way / (self.speed + root)
        return settled + (way - ramp) / self.final if self.final > 0.0 else inf

    def brakes_at(self, place: float, deceleration: float) -> float:
        """When it must begin to brake to stand at a place; inf when it does not get there."""
        way = place - self.place
        rate = self.acceleration
        if rate > 0.0:
            passed = (2 * deceleration * way - self.speed * self.speed) / (
                2 * (rate + deceleration)
            )
            if passed <= (self.final * self.final - self.speed * self.speed) / (2 * rate):
                return self.time_at(self.place + passed) if passed > 0.0 else self.time
        return max(self.time, self.time_at(place - self.final * self.final / (2 * deceleration)))


def meeting(behind: Motion, ahead: Motion, distance: float, now: float) -> float:
    """When the one behind has come as near as `distance` and still gains, inf when never.

    Both places are measured on the same scale.
    """
    for start, end in _pieces(behind, ahead, now):
        gap = ahead.place_at(start) - behind.place_at(start) - distance
        gain = behind.speed_at(start) - ahead.speed_at(start)
        growth = behind.rate_at(start) - ahead.rate_at(start)
        passed = _until_closed(gap, gain, growth)
        if start + passed <= end:
            return start + passed
    return inf


def _pieces(one: Motion, other: Motion, now: float) -> Iterator[tuple[float, float]]:
    """Intervals in which both accelerations are constant."""
    ends = sorted(time for time in {one.settled, other.settled} if time > now + EPSILON)
    yield from zip([now, *ends], [*ends, inf], strict=True)


def _until_closed(gap: float, gain: float, growth: float) -> float:
    """The time until a gap closes that shrinks with speed `gain` and acceleration `growth`."""
    if gap <= EPSILON:
        return _until_touched_again(gain, growth)
    if not growth:
        return gap / gain if gain > 0.0 else inf
    root = gain * gain + 2 * growth * gap
    if root < 0.0:
        return inf
    if gain + sqrt(root) > 0.0:
        return 2 * gap / (gain + sqrt(root))
    return inf


def presses(gain: float, growth: float) -> bool:
    """Whether one who touches the other comes nearer with that speed and acceleration."""
    return gain > EPSILON or (gain >= -EPSILON and growth > EPSILON)


def _until_touched_again(gain: float, growth: float) -> float:
    """The same for two that touch: at once when they press, later when they part for a while."""
    if presses(gain, growth):
        return 0.0
    return -2 * gain / growth if growth > EPSILON and gain < 0.0 else inf
