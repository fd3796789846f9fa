"""One replication: the clock, the running objects, the items, the system's statistics."""

# ruff: noqa: PLR1730 - a comparison costs a fifth of a call of max()

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy.typing as npt

from ..errors import SimulationError
from ..model import Model
from ..streams import Streams
from .clock import Clock
from .item import Item
from .node import Node

if TYPE_CHECKING:
    from ..code import CodeRunner
    from ..trace import Trace

WARM_UP_PRIORITY = -1  # statistics start before anything else at that instant
MAX_WARNINGS = 50
MAX_LINES = 1_000
MAX_MESSAGES = 100_000
MAX_LINE = 1_000  # characters
_INFINITY = float("inf")


class Simulation:
    """The state of one replication; `world` of user code.

    `created` and `finished` count items since the statistics began; `wip_moment` is to
    the items in the model what `Node.moment` is to a station's content.
    """

    def __init__(
        self, model: Model, clock: Clock, streams: Streams, trace: Trace | None = None
    ) -> None:
        self.model, self.clock, self.streams, self.trace = model, clock, streams, trace
        self.nodes: list[Node] = []
        self.warnings: dict[str, None] = {}
        self.output: list[str] = []  # what code has printed
        self.runner: CodeRunner | None = None
        self.scratch: dict[str, Any] = {}
        self.elsewhere = False  # run by another kernel, which reports the clock and `counts`
        self.counts: npt.NDArray[Any] | None = None  # as `observe` makes them of the objects
        self.wip = 0
        self._items = 0
        self._tasks = 0
        self._messages = 0  # that wait
        self.reset_statistics()

    @property
    def now(self) -> float:
        return self.clock.now

    def reset_statistics(self) -> None:
        """Forget what was counted so far: the warm-up is over."""
        self.began = self.clock.now
        self.created = self.finished = 0
        self.wip_min = self.wip_max = self.wip
        self.wip_moment = self.wip * self.began
        self.stay_sum, self.stay_min, self.stay_max = 0.0, _INFINITY, 0.0
        for node in self.nodes:
            node.reset_statistics()

    def run(self, until: float, warmup: float) -> None:
        """Run from the start to `until`, counting from `warmup` on."""
        for node in self.nodes:
            node.start()
        if warmup > 0:
            self.clock.plan(warmup, lambda _: self.reset_statistics(), None, WARM_UP_PRIORITY)
        self.clock.run(until)
        for node in self.nodes:
            node.end()

    def node(self, name: str) -> Node | None:
        """The first running object of that name, or None."""
        return next((node for node in self.nodes if node.name == name), None)

    def warn(self, text: str) -> None:
        """Say something once; after MAX_WARNINGS nothing more."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.setdefault(text)

    def print(self, text: str) -> None:
        """Keep a line that code has printed; after MAX_LINES nothing more."""
        if len(self.output) < MAX_LINES:
            self.output.append(text[:MAX_LINE])

    def message(self, to: Node, delay: float, params: tuple[Any, ...]) -> None:
        """Call OnMessage of `to` after `delay`; a stop of the object does not hold it up."""
        self._messages += 1
        if self._messages > MAX_MESSAGES:
            self.fail(f"more than {MAX_MESSAGES:,} messages wait", to.name, "send fewer")
        self.clock.plan(max(0.0, delay), self._deliver, (to, params))

    def _deliver(self, message: tuple[Node, tuple[Any, ...]]) -> None:
        to, params = message
        self._messages -= 1
        if to.on_message is not None:
            to.on_message(to, params)

    def fail(self, message: str, obj: str | None = None, hint: str | None = None) -> NoReturn:
        raise SimulationError(message, obj, hint)

    def task_number(self) -> int:
        self._tasks += 1
        return self._tasks

    # Items

    def new_item(self, name: str) -> Item:
        """An item enters the model."""
        self._items += 1
        self.created += 1
        self._count_wip(1)
        return Item(self._items, name, self.clock.now)

    def copy_item(self, item: Item) -> Item:
        """A copy, contents included, as old as the original."""
        self._items += 1
        self._count_wip(1)
        copy = Item(self._items, item.name, item.born)
        copy.kind, copy.labels, copy.length = item.kind, dict(item.labels), item.length
        copy.contents = [self.copy_item(inner) for inner in item.contents]
        return copy

    def destroy(self, item: Item) -> None:
        """An item is gone, with all that is packed in it."""
        self._count_wip(-item.size())

    def item_out(self, index: int, item: Item) -> None:
        """An item has reached a sink."""
        now = self.clock.now
        self.finished += 1
        stay = now - item.born
        self.stay_sum += stay
        if stay > self.stay_max:
            self.stay_max = stay
        if stay < self.stay_min:
            self.stay_min = stay
        self._count_wip(-item.size() if item.contents else -1)
        if self.trace is not None:
            self.trace.finished(index, now)

    def _count_wip(self, change: int) -> None:
        now = self.clock.now
        self.wip = wip = self.wip + change
        self.wip_moment += change * now
        if wip > self.wip_max:
            self.wip_max = wip
        elif wip < self.wip_min:
            self.wip_min = wip
        if self.trace is not None:
            self.trace.in_system(now, wip)
