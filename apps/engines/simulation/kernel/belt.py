"""What moves on a conveyor: riders, the bodies that they move with, the marks they reach.

On an accumulating conveyor each item is a body of its own that keeps its distance to the
one before it; on any other the belt with all items is one body, so one item that stands
stops them all. Places are those of the front edge, from the start of the rider's conveyor.

Choices where FlexSim's manual is silent: an item enters with the belt's speed, or with the
one it had on the conveyor before; gains speed by Acceleration; loses it by Deceleration
before a station or an end where it must stop, but at once behind another item. A rider
that has gone on to the next conveyor keeps its follower at a distance until it leaves that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from .item import Item
from .motion import EPSILON, Motion, meeting, presses

if TYPE_CHECKING:
    from .conveyor import Conveyor

BREATH = 10_000  # bodies that adapt between two looks at the limits


@dataclass(slots=True, eq=False)
class Mark:
    """A place that a rider's front edge will reach.

    `stops` tells whether it will have to stand there; `left` is called instead of `reached`
    when the rider leaves the belts before.
    """

    place: float
    reached: Callable[[Rider], None]
    stops: Callable[[Rider], bool] | None = None
    left: Callable[[Rider], None] | None = None


class Rider:
    """An item on a belt; it stands while `holds` has something in it.

    `offset` takes its place to its body's, `shift` the place of the one ahead to its own.
    """

    __slots__ = ("ahead", "asked", "body", "followers", "holds", "item", "marks", "offset",
                 "shift")  # fmt: skip

    def __init__(self, item: Item) -> None:
        self.item = item
        self.body: Body
        self.offset = self.shift = 0.0
        self.marks: deque[Mark] = deque()
        self.asked: Mark | None = None  # the mark that has said whether to stop there
        self.holds: set[object] = set()
        self.ahead: Rider | None = None
        self.followers: list[Rider] = []

    def place(self, now: float) -> float:
        return self.body.motion.place_at(now) - self.offset

    def follow(self, ahead: Rider | None) -> None:
        """Keep the distance to that rider from now on."""
        if self.ahead is not None:
            self.ahead.followers.remove(self)
        self.ahead, self.shift = ahead, 0.0
        if ahead is not None:
            ahead.followers.append(self)


Happening = tuple[int, Callable[..., None], Rider | None, Mark | None]
_Due = tuple[float, Callable[..., None], Rider | None, Mark | None]


class Body:
    """Riders that move together, front first; only its latest calendar entry counts."""

    __slots__ = ("braking", "conveyor", "motion", "number", "riders", "told")

    def __init__(self, conveyor: Conveyor, motion: Motion) -> None:
        self.conveyor, self.motion = conveyor, motion
        self.told: Motion | None = None  # the motion that its followers know of
        self.riders: list[Rider] = []
        self.braking: Mark | None = None  # where it will stand
        self.number = 0

    def held(self) -> bool:
        """Whether something makes it stand."""
        return bool(self.conveyor.stops) or any(rider.holds for rider in self.riders)

    # How to move

    def update(self, now: float) -> None:
        """Choose the motion that circumstances ask for."""
        place, speed = self.motion.place_at(now), self.motion.speed_at(now)
        if self.held():
            self._stop_braking()
            self._change(Motion.rest(now, place))
            return
        ahead = self._leader()
        touches = ahead is not None and (
            ahead.place_at(now) - place <= self._least(ahead) + EPSILON
        )
        if ahead is not None and touches and not self._falls_back(ahead, now, speed):
            self._stop_braking()
            self._behind(ahead, now, place, speed)
        elif self.braking is None:
            self._freely(now, place, speed)

    def _falls_back(self, ahead: Motion, now: float, speed: float) -> bool:
        """Whether it brakes while the one ahead goes on, or brakes no harder."""
        gain = speed - ahead.speed_at(now)
        growth = self.motion.rate_at(now) - ahead.rate_at(now)
        return self.braking is not None and not presses(gain, growth)

    def _stop_braking(self) -> None:
        if self.braking is not None:
            self.braking = None
            for rider in self.riders:
                rider.asked = None

    def _behind(self, ahead: Motion, now: float, place: float, speed: float) -> None:
        """At the least distance: stand, or go on as the one ahead does."""
        if not ahead.moving or ahead.place_at(now) - place < self._least(ahead) - EPSILON:
            self._change(Motion.rest(now, place))
            return
        limit, theirs = self.conveyor.speed, ahead.speed_at(now)
        own = min(limit, theirs, speed if self.conveyor.acceleration else theirs)
        if own < theirs - EPSILON:
            self._freely(now, place, own)
            return
        rate = ahead.rate_at(now)
        if rate > 0.0:
            rate = min(rate, self.conveyor.acceleration or rate) if own < limit else 0.0
        self._change(Motion(now, place, own, rate, min(limit, ahead.final) if rate else own))

    def _freely(self, now: float, place: float, speed: float) -> None:
        """Up to the conveyor's speed, at once or by its acceleration."""
        limit, rate = self.conveyor.speed, self.conveyor.acceleration
        if speed >= limit - EPSILON or not rate:
            self._change(Motion.steady(now, place, limit))
        elif not (self.motion.acceleration == rate and self.motion.final == limit):
            self.motion = Motion(now, place, speed, rate, limit)

    def _change(self, motion: Motion) -> None:
        """Take over a motion, unless the present one goes on like it."""
        old = self.motion
        same = old.acceleration == motion.acceleration and old.final == motion.final
        if not same or abs(old.speed_at(motion.time) - motion.speed) > EPSILON:
            self.motion = motion

    def _leader(self) -> Motion | None:
        """The motion of the rider before the first one, by this body's scale."""
        first = self.riders[0]
        ahead = first.ahead
        if ahead is None or ahead.body is self:
            return None
        found = ahead.body.motion
        place = found.place - ahead.offset + first.shift + first.offset
        return Motion(found.time, place, found.speed, found.acceleration, found.final)

    def _least(self, ahead: Motion) -> float:
        """The least distance of front edges: it may be more while the one ahead moves."""
        rider = self.riders[0].ahead
        assert rider is not None, "there is a leader"
        spacing = self.conveyor.spacing
        return spacing.moving(rider.item) if ahead.moving else spacing.standing(rider.item)

    # What happens next

    def plan(self, now: float) -> None:
        """Put what happens next into the calendar; earlier entries lapse."""
        self.number += 1
        if self.held():
            return
        due = min((self._next_of(rider, now) for rider in self.riders), key=lambda due: due[0])
        touch = self._next_touch(now)
        time, *happening = (touch, _nothing, None, None) if touch < due[0] else due
        if time < inf:
            clock = self.conveyor.sim.clock
            clock.plan(max(0.0, time - now), self.happen, (self.number, *happening))

    def _next_of(self, rider: Rider, now: float) -> _Due:
        """When the rider is at its next mark, or has to ask whether to brake before it."""
        if not rider.marks:
            return (inf, _nothing, None, None)
        mark, rate = rider.marks[0], self.conveyor.deceleration
        place = mark.place + rider.offset
        if rate and mark.stops is not None and rider.asked is not mark:
            time = self.motion.brakes_at(place, rate)
            if now < self.motion.time_at(place):
                return (time, self._ask, rider, mark)
        elif self.braking is mark:
            return (self.motion.settled, self._reach, rider, mark)
        return (self.motion.time_at(place), self._reach, rider, mark)

    def _next_touch(self, now: float) -> float:
        """When the distance to the one ahead becomes the least, or becomes enough."""
        ahead = self._leader()
        if ahead is None:
            return inf
        least = self._least(ahead)
        if self.motion.moving:
            return meeting(self.motion, ahead, least, now)
        goal = self.motion.place + least
        waits = ahead.moving and ahead.place_at(now) < goal - EPSILON
        return ahead.time_at(goal) if waits else inf

    def happen(self, happening: Happening) -> None:
        number, action, rider, mark = happening
        if number == self.number:
            action(rider, mark)
            settle(self, self.conveyor.sim.clock.now)

    def _ask(self, rider: Rider, mark: Mark) -> None:
        """Begin to brake, so as to stand exactly at the mark, if it must."""
        rider.asked, now = mark, self.conveyor.sim.clock.now
        place, speed = self.motion.place_at(now), self.motion.speed_at(now)
        way = mark.place + rider.offset - place
        if mark.stops is not None and mark.stops(rider) and way > EPSILON and speed:
            self.braking = mark
            self.motion = Motion(now, place, speed, -speed * speed / (2 * way), 0.0)

    def _reach(self, rider: Rider, mark: Mark) -> None:
        self._stop_braking()
        rider.marks.popleft()
        mark.reached(rider)


def _nothing(*_: object) -> None:
    """The distance to the one ahead has changed; `settle` sees to it."""


def settle(body: Body, now: float) -> None:
    """Let a body, and all that follow it, adapt to what has changed."""
    waiting, steps = [body], 0
    while waiting:
        body = waiting.pop()
        steps += 1
        if not steps % BREATH:
            body.conveyor.sim.clock.breathe()
        if not body.riders:
            continue
        body.update(now)
        body.plan(now)
        if body.told is not body.motion:
            body.told = body.motion
            body.conveyor.moved(body)
            waiting.extend(
                follower.body
                for rider in body.riders
                for follower in rider.followers
                if follower.body is not body
            )
