"""Straight and curved accumulating conveyors.

Items travel at the belt's speed and keep their own length apart, at the entry, along the
belt and at the exit; when the first is blocked the others close up behind it. All items
are `ITEM_LENGTH` long, the size of FlexSim's box [?]. Belts that stop as a whole, slugs,
acceleration and what stands on a belt are refused when the model is built.
"""

from __future__ import annotations

from collections import deque
from math import hypot, pi
from typing import TYPE_CHECKING

from ..model import ArrayValue, ModelObject
from ..states import State
from .item import Item
from .station import Station

if TYPE_CHECKING:
    from .simulation import Simulation
    from .values import Values

ITEM_LENGTH = 0.61
REFUSED = ("Acceleration", "Deceleration", "IsSlugBuilder", "UseFixedIntervalMovement",
           "UseCatchCondition", "UseVirtualLength", "RestartDelay")  # fmt: skip


class Conveyor(Station):
    """`next_entry`, `next_exit`: when the places at both ends are free again."""

    __slots__ = ("duration", "gap", "next_entry", "next_exit", "queue")

    initial_state = State.EMPTY

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.duration = self.gap = 0.0
        self.next_entry = self.next_exit = 0.0
        self.queue: deque[Item] = deque()  # accumulated behind the item at the end

    def configure(self, length: float, speed: float) -> None:
        self.capacity = max(1, int(length / ITEM_LENGTH))
        self.duration, self.gap = length / speed, ITEM_LENGTH / speed

    def accepts(self, in_port: int, item: Item) -> bool:
        return self.sim.clock.now >= self.next_entry and super().accepts(in_port, item)

    def receive(self) -> None:
        if self.sim.clock.now >= self.next_entry:
            super().receive()

    def enter(self, item: Item, in_port: int) -> None:
        self.count_in(item, in_port)
        self.refresh()
        self.sim.clock.plan(self.duration, self.at_end, item)
        self._close_entry()

    def _close_entry(self) -> None:
        """The entry is taken until the last item has moved on by its length."""
        self.next_entry = self.sim.clock.now + self.gap
        self.sim.clock.plan(self.gap, self.open_entry)

    def open_entry(self, _: None = None) -> None:
        self.receive()

    def at_end(self, item: Item) -> None:
        """An item would be at the end, were nobody before it."""
        self.queue.append(item)
        self.advance()

    def advance(self, _: None = None) -> None:
        """Offer the first item, once the one before it is a length away."""
        if self.queue and not self.released and self.sim.clock.now >= self.next_exit:
            self.release(self.queue.popleft())

    def leave(self, item: Item, port: int) -> None:
        clock = self.sim.clock
        self.next_exit = clock.now + self.gap
        clock.plan(self.gap, self.advance)
        if self.content == self.capacity:
            self._close_entry()
        super().leave(item, port)

    def refresh(self) -> None:
        if not self.content:
            self.set_state(State.EMPTY)
        else:
            self.set_state(State.BLOCKED if self.released else State.CONVEYING)


def configure_conveyor(node: Conveyor, values: Values) -> None:
    """Length and speed; raises SimulationError on what is not simulated."""
    for name in REFUSED:
        values.refuse(name)
    if not values.flag("IsAccumulating"):
        raise values.fail("IsAccumulating", "is simulated as 1 only")
    speed, length = values.number("Speed"), _length(values)
    if not (speed > 0 and length > 0):
        raise values.fail("Speed", "and the length must be above 0")
    node.configure(length, speed)


def _length(values: Values) -> float:
    """Along the belt: by its properties, its ends or its size."""
    obj, known = values.obj, values.obj.properties
    if "Radius" in known:
        sweep = values.number("SweepAngle") if "SweepAngle" in known else 90.0
        return values.number("Radius") * abs(sweep) * pi / 180.0
    if "HorizontalLength" in known:
        return values.number("HorizontalLength")
    start, end = known.get("StartLocation"), known.get("EndLocation")
    if isinstance(start, ArrayValue) and isinstance(end, ArrayValue):
        return hypot(*(b - a for a, b in zip(start.value, end.value, strict=True)))
    size = obj.size or values.default_size()
    return size[0] if obj.class_name == "StraightConveyor" else size[0] * pi / 2.0
