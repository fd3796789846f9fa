"""What stands on conveyors: decision points, stations, photo eyes.

They act when the edge of an item named by ItemEdge (leading, trailing, middle) is at them.
A decision point's OnArrival(item, conveyor) may send the item somewhere or make it stand; a
station does so too, and makes what meets its condition stand for its process; a photo eye is
covered from the leading edge to the trailing one, blocked after BlockTime of that, clear
ClearTime after (OnCover, OnBlock, OnUncover, OnClear).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..model import ModelObject
from ..states import State
from .belt import Mark, Rider, settle
from .item import Item
from .node import Node, Trigger
from .operators import Crew
from .processor import Phase

if TYPE_CHECKING:
    from .conveyor import Conveyor
    from .simulation import Simulation

_BEHIND = {2: 0.0, 3: 1.0, 4: 0.5}  # of the item's length, by ItemEdge


class BeltPoint(Node):
    """Counts the items that pass; `behind` is the edge's share of the length."""

    __slots__ = ("behind", "conveyor", "distance", "on_arrival")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.conveyor: Conveyor | None = None
        self.distance = self.behind = 0.0
        self.on_arrival: Trigger | None = None

    def stand_on(self, conveyor: Conveyor, distance: float, edge: int) -> None:
        self.conveyor, self.distance, self.behind = conveyor, distance, _BEHIND.get(edge, 0.0)
        conveyor.marks.append(self.marks)

    def marks(self, item: Item) -> list[Mark]:
        """What an item that enters the conveyor will meet here."""
        return [Mark(self._place(item), self.arrive)]

    def _place(self, item: Item) -> float:
        return self.distance + self.behind * item.length

    def arrive(self, rider: Rider) -> None:
        self.pass_in(rider.item)
        if rider.item.destination is self:
            rider.item.destination = None
        self.tell(self.on_arrival, rider.item)
        self.pass_out(rider.item)

    def tell(self, trigger: Trigger | None, item: Item) -> None:
        if trigger is not None:
            trigger(self, (item, self.conveyor))

    # Statistics: the item itself stays with the conveyor

    def pass_in(self, item: Item) -> None:
        """Count an item in."""
        now = self.sim.clock.now
        self.input += 1
        self.content += 1
        self.content_max = max(self.content_max, self.content)
        self.moment += now
        self.items[item] = None
        if self.sim.trace is not None:
            self.sim.trace.entered(self.index, now, self.content)

    def pass_out(self, item: Item, stay: float = 0.0) -> None:
        """Count an item out that has been here so long."""
        now = self.sim.clock.now
        self.output += 1
        self.content -= 1
        self.content_min = min(self.content_min, self.content)
        self.moment -= now
        self.items.pop(item, None)
        self.stays += 1
        self.stay_sum += stay
        self.stay_max, self.stay_min = max(self.stay_max, stay), min(self.stay_min, stay)
        if self.sim.trace is not None:
            self.sim.trace.entered(self.index, now, self.content)


class DecisionPoint(BeltPoint):
    """Tells code that an item is here."""

    __slots__ = ()


class BeltStation(BeltPoint):
    """Stops items that meet its condition for a process, with operators if asked."""

    __slots__ = ("condition", "on_finish", "phase", "since", "wanted")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.phase = Phase(lambda _: 0.0, State.PROCESSING)
        self.condition: Callable[[Item], Any] = bool
        self.on_finish: Trigger | None = None
        self.wanted: dict[Item, bool] = {}  # what the condition has said
        self.since: dict[Item, float] = {}

    def marks(self, item: Item) -> list[Mark]:
        return [Mark(self._place(item), self.arrive, stops=self._stops)]

    def _stops(self, rider: Rider) -> bool:
        item = rider.item
        if item not in self.wanted:
            self.wanted[item] = bool(self.condition(item))
        return self.wanted[item]

    def arrive(self, rider: Rider) -> None:
        item, stops = rider.item, self._stops(rider)
        del self.wanted[item]
        self.tell(self.on_arrival, item)
        if not stops:
            return
        rider.holds.add(self)
        self.since[item] = self.sim.clock.now
        self.pass_in(item)
        self.tell(self.on_entry, item)
        if self.phase.crew is None:
            self._work(rider)
            return
        self.set_state(State.WAITING_FOR_OPERATOR)
        item.crew = Crew(self, item, self.phase)  # type: ignore[arg-type]
        item.crew.call(self.phase.crew)

    def crew_complete(self, item: Item, phase: Phase) -> None:
        """All operators have arrived; code may have taken the item away."""
        del phase
        riders: dict[Item, Rider] = getattr(item.station, "riders", {})  # maybe of the next belt
        rider = riders.get(item)
        if rider is None or self not in rider.holds:
            self._free(item)
            self._done_with(item)
        else:
            self._work(rider)

    def _work(self, rider: Rider) -> None:
        self.set_state(State.PROCESSING)
        self.plan(self.phase.duration(rider.item), self.finish, rider)

    def finish(self, rider: Rider) -> None:
        self._free(rider.item)
        self.tell(self.on_finish, rider.item)
        self._done_with(rider.item)
        rider.holds.discard(self)
        settle(rider.body, self.sim.clock.now)

    def _free(self, item: Item) -> None:
        if item.crew is not None:
            item.crew.free()
            item.crew = None

    def _done_with(self, item: Item) -> None:
        self.tell(self.on_exit, item)
        self.pass_out(item, self.sim.clock.now - self.since.pop(item))
        if not self.content:
            self.set_state(State.IDLE)


class PhotoEye(BeltPoint):
    """Idle while clear, busy while covered, blocked when covered for long enough."""

    __slots__ = ("block_time", "blocked", "clear_time", "covering", "on_block", "on_clear",
                 "on_cover", "on_uncover", "round")  # fmt: skip

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.block_time: Callable[[Item], float]
        self.clear_time: Callable[[Item], float]
        self.blocked = False
        self.covering: dict[Item, float] = {}
        self.round = 0  # of the timer that counts
        self.on_cover: Trigger | None = None
        self.on_block: Trigger | None = None
        self.on_uncover: Trigger | None = None
        self.on_clear: Trigger | None = None

    def marks(self, item: Item) -> list[Mark]:
        behind = Mark(self.distance + item.length, self.uncover, left=self.uncover)
        return [Mark(self.distance, self.arrive), behind]

    def arrive(self, rider: Rider) -> None:
        item = rider.item
        self.pass_in(item)
        first = not self.covering
        self.covering[item] = self.sim.clock.now
        if not first:
            return
        self.tell(self.on_cover, item)
        if self.blocked:
            self.round += 1  # it has not been uncovered for long enough
        else:
            self.set_state(State.BUSY)
            self._after(self.block_time(item), self.block, item)

    def uncover(self, rider: Rider) -> None:
        item = rider.item
        since = self.covering.pop(item, None)
        if since is None:
            return  # it left before it came here
        self.pass_out(item, self.sim.clock.now - since)
        if self.covering:
            return
        self.tell(self.on_uncover, item)
        if self.blocked:
            self._after(self.clear_time(item), self.clear, item)
        else:
            self.round += 1
            self.set_state(State.IDLE)

    def _after(self, delay: float, action: Callable[[tuple[int, Item]], None], item: Item) -> None:
        self.round += 1
        if delay > 0.0:
            self.plan(delay, action, (self.round, item))
        else:
            action((self.round, item))

    def block(self, timer: tuple[int, Item]) -> None:
        if timer[0] == self.round:
            self.blocked = True
            self.set_state(State.BLOCKED)
            self.tell(self.on_block, timer[1])

    def clear(self, timer: tuple[int, Item]) -> None:
        if timer[0] == self.round:
            self.blocked = False
            self.set_state(State.IDLE)
            self.tell(self.on_clear, timer[1])
