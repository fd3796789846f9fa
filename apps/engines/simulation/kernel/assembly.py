"""Combiner and Separator."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from ..model import ModelObject
from ..states import State
from .item import Item
from .node import Trigger
from .processor import Processor
from .station import Link

if TYPE_CHECKING:
    from .simulation import Simulation

MAX_COPIES = 100_000  # of one item


class CombineMode(IntEnum):
    PACK = 1
    JOIN = 2
    BATCH = 3


class Combiner(Processor):
    """One item from port 1 first, then `wanted[k]` items from each port k + 2.

    Pack puts the components into the container, Join destroys them, Batch sends all on.
    """

    __slots__ = ("collected", "components", "container", "mode", "on_end_collecting", "promised",
                 "reserved", "wanted")  # fmt: skip

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.mode = CombineMode.PACK
        self.wanted: list[int] = []
        self.on_end_collecting: Trigger | None = None
        self._clear()

    def _clear(self) -> None:
        self.container: Item | None = None
        self.reserved = False  # a container is on its way
        self.components: list[Item] = []
        self.promised = [0] * len(self.wanted)  # components on their way or here
        self.collected = 0

    def start(self) -> None:
        self._clear()

    def accepts(self, in_port: int, item: Item) -> bool:
        if self.stops or (self.shut_in and self.is_shut(in_port)) or not self._wants(in_port):
            return False
        return self.pull is None or self.pull.allows(in_port, item)

    def _wants(self, in_port: int) -> bool:
        if in_port == 1:
            return self.container is None and not self.reserved and self.content == 0
        index = in_port - 2
        return (
            self.container is not None
            and self.collected >= 0
            and self.promised[index] < self.wanted[index]
        )

    def receive(self) -> None:
        found = not self.stops
        while found:
            found = any(
                link.origin.released and link.origin.hand_over(link) for link in self.inputs
            )

    def expect(self, link: Link) -> None:
        super().expect(link)
        self._promise(link.in_port)

    def _promise(self, in_port: int) -> None:
        if in_port == 1:
            self.reserved = True
        else:
            self.promised[in_port - 2] += 1

    def forget(self, link: Link) -> None:
        super().forget(link)
        if link.in_port == 1:
            self.reserved = False
        else:
            self.promised[link.in_port - 2] -= 1

    def arrive(self, item: Item, link: Link) -> None:
        self.incoming -= 1
        self._take(item, link.in_port)

    def enter(self, item: Item, in_port: int) -> None:
        self._promise(in_port)
        self._take(item, in_port)

    def _take(self, item: Item, in_port: int) -> None:
        self.count_in(item, in_port)
        if in_port == 1:
            self.container = item
        else:
            self.components.append(item)
            self.collected += 1
        if self.collected == sum(self.wanted):
            self._end_collecting()
        else:
            self.refresh()
            self.sim.clock.later.append(self.refill)

    def _end_collecting(self) -> None:
        container = self.container
        if container is None:
            return
        self.collected = -1
        if self.on_end_collecting is not None:
            self.on_end_collecting(self, (container, len(self.components) + 1))
        self.begin(container, self.phases[0])

    def done(self, item: Item) -> None:
        components, self.components = self.components, []
        if self.mode == CombineMode.BATCH:
            self.release(item)
            for component in components:
                self.release(component)
            return
        for component in components:
            self.remove(component)  # it leaves inside the container, or not at all
            if self.mode == CombineMode.PACK:
                item.contents.append(component)
            else:
                self.sim.destroy(component)
        self.release(item)

    def leave(self, item: Item, port: int) -> None:
        if self.content == 1:
            self._clear()
        super().leave(item, port)

    def refresh(self) -> None:
        if self.content and self.collected >= 0:
            self.set_state(State.COLLECTING)
        else:
            super().refresh()


class Separator(Processor):
    """After its process: Unpack the contents (last packed first), or Split into copies.

    The next item enters only when all have left.
    """

    __slots__ = ("default_routing", "quantity", "split", "unpacking")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.split = False
        self.quantity: Callable[[Item], float] | None = None  # None: all that is packed
        self.default_routing = True
        self.unpacking: deque[Item] = deque()

    def done(self, item: Item) -> None:
        wanted = len(item.contents) if self.quantity is None else int(self.quantity(item))
        parts = self._copies(item, wanted - 1) if self.split else self._unpacked(item, wanted)
        for part in parts:
            self.add(part)  # it came inside the item, or is made here
        if self.split:
            self.release(item)
        for part in parts:
            self.release(part)
        if not self.split:
            self.release(item)

    def _copies(self, item: Item, count: int) -> list[Item]:
        if count > MAX_COPIES:
            self.sim.fail(f"SeparateQty asks for {count + 1:,} items", self.name, "ask for fewer")
        return [self.sim.copy_item(item) for _ in range(max(0, count))]

    def _unpacked(self, item: Item, count: int) -> list[Item]:
        parts = [item.contents.pop() for _ in range(min(max(0, count), len(item.contents)))]
        self.unpacking.extend(parts)
        return parts

    def release(self, item: Item) -> None:
        """The container goes to port 1 and the contents to port 2, unless told otherwise."""
        if not self.default_routing or self.split or len(self.outputs) < 2:
            super().release(item)
            return
        is_part = bool(self.unpacking) and self.unpacking[0] is item
        if is_part:
            self.unpacking.popleft()
        item.port = 2 if is_part else 1
        if self.stops or not self.send(item):
            self.keep(item)
