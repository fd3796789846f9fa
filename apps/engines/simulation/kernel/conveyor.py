"""Straight and curved conveyors, accumulating or not.

An item enters at the start when the last one has moved on by the entry space and all would
fit standing; at the end it goes to the lowest-ranked output that takes it, or to the one on
the shortest way to its destination. A belt that does not accumulate takes nothing while it stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from sys import maxsize
from typing import TYPE_CHECKING, cast

from ..model import ModelObject
from ..states import State
from .belt import Body, Mark, Rider, settle
from .belt_points import BeltPoint
from .item import Item
from .motion import EPSILON, Motion
from .node import Node
from .station import Link, Station

if TYPE_CHECKING:
    from .simulation import Simulation

MarksOf = Callable[[Item], list[Mark]]


@dataclass(slots=True)
class Spacing:
    """Distances of front edges as (share of the item's length, padding in metres)."""

    entry: tuple[float, float] = (1.0, 0.0)
    move: tuple[float, float] = (1.0, 0.0)
    stop: tuple[float, float] = (1.0, 0.0)

    def entering(self, item: Item) -> float:
        return item.length * self.entry[0] + self.entry[1]

    def standing(self, item: Item) -> float:
        return item.length * self.stop[0] + self.stop[1]

    def moving(self, item: Item) -> float:
        return max(self.standing(item), item.length * self.move[0] + self.move[1])


class Conveyor(Station):
    """`belt` is the one body of a belt that does not accumulate; `riders` are front first."""

    __slots__ = ("acceleration", "at_entry", "belt", "deceleration", "departing", "gone", "length",
                 "marks", "onto", "riders", "spacing", "speed", "ways")  # fmt: skip

    initial_state = State.EMPTY

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.capacity = maxsize
        self.length = self.speed = 1.0
        self.acceleration = self.deceleration = 0.0
        self.spacing = Spacing()
        self.belt: Body | None = None
        self.riders: dict[Item, Rider] = {}
        self.at_entry: deque[Item] = deque()  # brought while the entry was taken
        self.marks: list[MarksOf] = []  # of what stands on it
        self.onto: Conveyor | None = None  # where the item goes that is being passed on
        self.departing: tuple[Rider, float] | None = None  # its rider and its speed
        self.gone: tuple[Rider, Conveyor] | None = None  # the last one that went on to another
        self.ways: dict[Node, int] = {}
        self.send_to = self._way

    def run_as_one(self) -> None:
        """Do not accumulate."""
        self.belt = Body(self, Motion.steady(0.0, 0.0, self.speed))

    # Receiving

    def accepts(self, in_port: int, item: Item) -> bool:
        return self._entry_is_free() and self._fits(item) and super().accepts(in_port, item)

    def _entry_is_free(self) -> bool:
        if self.at_entry or (self.belt is not None and self._stands(self.belt)):
            return False
        last = next(reversed(self.riders.values()), None)
        if last is None:
            return True
        return last.place(self.sim.clock.now) >= self.spacing.entering(last.item) - EPSILON

    def _stands(self, belt: Body) -> bool:
        return bool(belt.riders) and not belt.motion.moving

    def _fits(self, item: Item) -> bool:
        space = self.spacing.standing(item)
        used = sum(map(self.spacing.standing, self.items)) + self.incoming * space
        return not used or used + space <= self.length + EPSILON

    def enter(self, item: Item, in_port: int) -> None:
        origin = next((link.origin for link in self.inputs if link.in_port == in_port), None)
        rider, speed = Rider(item), self.speed
        if isinstance(origin, Conveyor) and origin.departing is not None:
            rider, speed = origin.departing
            origin.departing = None
        self.count_in(item, in_port)
        if self._entry_is_free():
            self._admit(rider, min(speed, self.speed))
        else:
            self.at_entry.append(item)
        self.refresh()

    def _admit(self, rider: Rider, speed: float) -> None:
        """Put a rider at the start of the belt."""
        now, item = self.sim.clock.now, rider.item
        last = next(reversed(self.riders.values()), None)
        rider.follow(last or self._just_gone())
        rider.shift = 0.0 if last else self.length
        self.riders[item] = rider
        body = self.belt or Body(self, Motion.steady(now, 0.0, speed))
        body.riders.append(rider)
        rider.body, rider.offset = body, body.motion.place_at(now)
        rider.marks = deque(sorted(self._marks_of(rider), key=lambda mark: mark.place))
        body.told = None
        settle(body, now)

    def _just_gone(self) -> Rider | None:
        """The rider that left last, while it is on the next conveyor."""
        if self.gone is None:
            return None
        rider, conveyor = self.gone
        return rider if conveyor.riders.get(rider.item) is rider else None

    def _marks_of(self, rider: Rider) -> Iterator[Mark]:
        """What was beyond the last conveyor's end, what stands on this one, entry and end."""
        item = rider.item
        yield from rider.marks
        for marks in self.marks:
            yield from marks(item)
        entry = self.spacing.entering(item)
        if entry <= self.length:
            yield Mark(entry, self._entry_clear)
        yield Mark(self.length, self._at_end, stops=self._must_wait)

    def _entry_clear(self, _: Rider) -> None:
        if self.at_entry:
            self._admit(Rider(self.at_entry.popleft()), self.speed)
        self.sim.clock.later.append(self.refill)

    # At the end

    def _at_end(self, rider: Rider) -> None:
        self.release(rider.item)

    def keep(self, item: Item) -> None:
        self.riders[item].holds.add(self)
        super().keep(item)

    def _must_wait(self, rider: Rider) -> bool:
        """Whether the end would stop the rider, as far as can be seen before it is there."""
        item, ahead = rider.item, rider.ahead
        if ahead is not None and ahead.item not in self.riders and ahead.body.motion.moving:
            return False  # it will have made way
        port, before = self._way(item), list(self.riders).index(item)
        return not any(
            port in (0, link.out_port) and self.may_go(item, link) and link.target.room() > before
            for link in self.outputs
        )

    def take(self, item: Item) -> bool:
        """Items can be taken off a belt anywhere."""
        super().take(item)
        return item in self.riders

    def transfer(self, item: Item, link: Link) -> None:
        passes_on = self.transport is None and isinstance(link.target, Conveyor)
        self.onto = cast("Conveyor", link.target) if passes_on else None
        super().transfer(item, link)

    def leave(self, item: Item, port: int) -> None:
        now, rider = self.sim.clock.now, self.riders.pop(item)
        body, speed = rider.body, rider.body.motion.speed_at(now)
        body.riders.remove(rider)
        rider.holds.clear()
        if self.onto is not None:
            self._pass_on(rider, speed, self.onto)
        else:
            self._take_off(rider)
        self.onto = None
        super().leave(item, port)
        settle(body, now)
        if self.at_entry and not self.riders:
            self._entry_clear(rider)

    def _pass_on(self, rider: Rider, speed: float, onto: Conveyor) -> None:
        """The next conveyor takes the rider over, with its followers and marks beyond the end."""
        self.departing, self.gone = (rider, speed), (rider, onto)
        rider.marks = deque(mark for mark in rider.marks if mark.place > self.length)
        for mark in rider.marks:
            mark.place -= self.length
        for follower in rider.followers:
            follower.shift += self.length

    def _take_off(self, rider: Rider) -> None:
        rider.follow(None)
        for mark in rider.marks:
            if mark.left is not None:
                mark.left(rider)
        for follower in tuple(rider.followers):
            follower.follow(None)
            settle(follower.body, self.sim.clock.now)

    # Routes

    def _way(self, item: Item) -> int:
        """The output port on the shortest way to the item's destination; 0 when any will do."""
        goal = item.destination
        if goal is None:
            return 0
        if goal not in self.ways:
            ways = [(way_length(link.target, goal), link.out_port) for link in self.outputs]
            length, port = min(ways, default=(inf, 0))
            self.ways[goal] = port if length < inf else 0
            if not self.ways[goal]:
                self.sim.warn(
                    f"{self.name}: no conveyor leads from here to {goal.name}; "
                    "items for it take the first way that is free"
                )
        return self.ways[goal]

    # Stops and states

    def stop(self, state: int) -> None:
        super().stop(state)
        self.settle()

    def resumed(self) -> None:
        self.settle()
        super().resumed()

    def settle(self) -> None:
        """Let all riders adapt: the conveyor's speed has changed, or it stops or goes on."""
        now = self.sim.clock.now
        for rider in tuple(self.riders.values()):
            settle(rider.body, now)

    def moved(self, body: Body) -> None:
        """A body moves differently now; a belt that starts takes items again."""
        if body is self.belt and body.motion.moving:
            self.sim.clock.later.append(self.refill)

    def refresh(self) -> None:
        if not self.content:
            self.set_state(State.EMPTY)
        else:
            self.set_state(State.BLOCKED if self.released else State.CONVEYING)


def way_length(station: Station, goal: Node) -> float:
    """Metres on conveyors from a station to a station, or to a point on a conveyor; inf if none."""
    seen: set[Node] = set()
    waiting: list[tuple[float, int, Node]] = [(0.0, 0, station)]
    while waiting:
        metres, _, node = heappop(waiting)
        if node is goal:
            return metres
        if not isinstance(node, Conveyor) or node in seen:
            continue
        seen.add(node)
        if isinstance(goal, BeltPoint) and goal.conveyor is node:
            heappush(waiting, (metres + goal.distance, goal.index, goal))
        for link in node.outputs:
            heappush(waiting, (metres + node.length, link.target.index, link.target))
    return inf
