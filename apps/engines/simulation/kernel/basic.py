"""Source, Queue and Sink."""

from __future__ import annotations

from collections.abc import Iterator
from sys import maxsize
from typing import TYPE_CHECKING, Any

from ..model import ModelObject
from ..states import State
from .clock import POLL_EVERY
from .item import Item
from .node import Trigger
from .station import Station

if TYPE_CHECKING:
    from collections.abc import Callable

    from .simulation import Simulation


class Source(Station):
    """Creates items at intervals counted from the exit of one to the creation of the next."""

    __slots__ = ("interval", "item_name", "on_creation", "row", "time_zero")

    initial_state = State.GENERATING

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.interval: Callable[..., float] = float
        self.item_name = "Box"
        self.time_zero = False
        self.on_creation: Trigger | None = None
        self.row = 0

    def start(self) -> None:
        self.plan(0.0 if self.time_zero else self.interval(None), self.create)

    def create(self, _: None = None) -> None:
        self.row += 1
        self.make(self.item_name, {})

    def make(self, name: str, labels: dict[str, Any]) -> None:
        """Create an item and release it."""
        item = self.sim.new_item(name)
        item.labels.update(labels)
        if self.on_creation is not None:
            self.on_creation(self, (item, self.row))
        self.count_in(item, 0)
        self.release(item)

    def leave(self, item: Item, port: int) -> None:
        self.count_out(item, port)
        self.refresh()
        self.item_left()

    def item_left(self) -> None:
        self.plan(self.interval(None), self.create)

    def refresh(self) -> None:
        self.set_state(self.waiting_state() or State.GENERATING)


Row = tuple[int, float, str, int, dict[str, Any]]  # number, time, name, quantity, labels


class TableSource(Source):
    """Arrivals from a table: at absolute times (schedule) or as fast as they go (sequence)."""

    __slots__ = ("_next", "_rows", "repeat", "rows", "timed")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.rows: list[Row] = []
        self.repeat = False
        self.timed = True
        self._rows: Iterator[Row] = iter(())
        self._next: tuple[Row, int] = ((0, 0.0, "", 0, {}), 0)

    def start(self) -> None:
        self._rows = self._endless() if self.repeat and self.rows else iter(self.rows)
        self.plan(0.0, self.next_row)

    def _endless(self) -> Iterator[Row]:
        """The table again and again; a repeated schedule counts from its last time."""
        offset, length = 0.0, self.rows[-1][1]
        while True:
            for number, time, name, quantity, labels in self.rows:
                yield number, offset + time, name, quantity, labels
            offset += length

    def next_row(self, _: None = None) -> None:
        row = next(self._rows, None)
        if row is None:
            return
        if self.timed:
            delay = max(0.0, row[1] - self.sim.clock.now)
            self.plan(delay, self.arrivals, row)
        else:
            self.one_of((row, row[3]))

    def arrivals(self, row: Row) -> None:
        for number in range(1, row[3] + 1):
            self.make_of(row)
            if not number % POLL_EVERY:
                self.sim.clock.poll(POLL_EVERY)  # a large quantity counts as so many events
        self.next_row()

    def make_of(self, row: Row) -> None:
        self.row, _, name, _, labels = row
        self.make(name, labels)

    def one_of(self, rest: tuple[Row, int]) -> None:
        """Create the next item of a sequence; its exit brings the one after."""
        row, quantity = rest
        if quantity <= 0:
            self.sim.clock.later.append((self.next_row, None))
            return
        self._next = (row, quantity - 1)
        self.make_of(row)

    def item_left(self) -> None:
        if not self.timed:
            self.sim.clock.later.append((self.one_of, self._next))


class Queue(Station):
    """Holds items until they can go on; may collect them into batches."""

    __slots__ = ("batch", "batch_size", "closed", "flush", "lifo", "max_wait", "on_end_collecting",
                 "ranked", "round")  # fmt: skip

    initial_state = State.EMPTY

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.lifo = False
        self.batch_size = 0  # 0: no batching
        self.max_wait: Callable[[Item], float] = _no_time
        self.flush = False
        self.closed = False  # flushing: no input until the batch has left
        self.batch: list[Item] = []
        self.round = 0
        self.ranked = False  # whether code has changed the order of items (`ranks`)
        self.on_end_collecting: Trigger | None = None

    def accepts(self, in_port: int, item: Item) -> bool:
        return not self.closed and super().accepts(in_port, item)

    def receive(self) -> None:
        if not self.closed:
            super().receive()

    def enter(self, item: Item, in_port: int) -> None:
        self.count_in(item, in_port)
        if self.batch_size:
            self._collect(item)
            self.refresh()
        else:
            self.sim.clock.later.append((self.release, item))

    def _collect(self, item: Item) -> None:
        self.batch.append(item)
        if len(self.batch) >= self.batch_size:
            self._release_batch()
        elif len(self.batch) == 1:
            wait = self.max_wait(item)
            if wait > 0:
                self.plan(wait, self._wait_over, self.round)

    def _wait_over(self, batch_round: int) -> None:
        if batch_round == self.round:
            self._release_batch()
            self.refresh()

    def _release_batch(self) -> None:
        batch, self.batch = self.batch, []
        self.round += 1
        self.closed = self.flush
        if self.on_end_collecting is not None:
            self.on_end_collecting(self, (batch[0], len(batch)))
        for item in batch:
            self.sim.clock.later.append((self.release, item))

    def keep(self, item: Item) -> None:
        if self.lifo:
            self.released.appendleft(item)
        else:
            self.released.append(item)
        if self.ranked:
            from .ranks import by_rank  # which knows of queues

            by_rank(self)
        self.refresh()

    def leave(self, item: Item, port: int) -> None:
        if self.closed and self.content == 1:
            self.closed = False
        super().leave(item, port)

    def refresh(self) -> None:
        if not self.content:
            self.set_state(State.EMPTY)
        elif self.outgoing:
            self.set_state(State.WAITING_FOR_TRANSPORT)
        else:
            self.set_state(State.COLLECTING if self._collecting() else State.RELEASING)

    def _collecting(self) -> bool:
        return bool(self.batch) and not self.released


class Storage(Queue):
    """Rack and floor storage: a queue that keeps each item for `dwell` (no slots)."""

    __slots__ = ("dwell",)

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.dwell: Callable[..., float] = float

    def enter(self, item: Item, in_port: int) -> None:
        self.count_in(item, in_port)
        self.refresh()
        self.plan(self.dwell(item), self.release, item)


class PassThrough(Station):
    """BasicFR: passes each item on at once, unless its code holds it (SendToPort −1)."""

    __slots__ = ("fresh",)

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.capacity = maxsize
        self.fresh: set[Item] = set()  # entered, not yet released

    def enter(self, item: Item, in_port: int) -> None:
        self.fresh.add(item)
        self.count_in(item, in_port)
        self.refresh()
        self.sim.clock.later.append((self.pass_on, item))

    def pass_on(self, item: Item) -> None:
        if item in self.fresh:
            self.fresh.remove(item)
            self.release(item)

    def take(self, item: Item) -> bool:
        if item in self.fresh:
            self.fresh.remove(item)
            return True
        return super().take(item)

    def refresh(self) -> None:
        self.set_state(self.waiting_state() or State.IDLE)


def _no_time(_: Item) -> float:
    return 0.0


class Sink(Station):
    """Destroys what enters."""

    __slots__ = ()

    initial_state = State.COLLECTING

    def room(self) -> int:
        return maxsize

    def accepts(self, in_port: int, item: Item) -> bool:
        if self.stops or (self.shut_in and self.is_shut(in_port)):
            return False
        return self.pull is None or self.pull.allows(in_port, item)

    def enter(self, item: Item, in_port: int) -> None:
        self.input += 1
        if self.on_entry is not None:
            item.station = self
            self.on_entry(self, (item, in_port))
        self.sim.item_out(self.index, item)
        if self.sim.trace is not None:
            self.sim.trace.passed(self.index, item, self.sim.clock.now)

    def receive(self) -> None:
        for link in self.inputs:
            while link.origin.released and link.origin.hand_over(link):
                pass
