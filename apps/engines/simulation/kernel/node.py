"""What stations and task executers share: state, statistics, stops.

Choice where FlexSim's manual is silent: while an object is stopped no time counts for it. What it
had begun goes on after the stop with the time that was left; what begins in that time, because an
item or an operator arrives, takes all of its time afterwards.
"""

# ruff: noqa: PLR1730 - a comparison costs a fifth of a call of max()

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..model import ModelObject
from ..states import State
from .clock import Action, Entry
from .item import Item

if TYPE_CHECKING:
    from .simulation import Simulation

Trigger = Callable[["Node", tuple[Any, ...]], Any]
_INFINITY = float("inf")
_STATES = len(State) + 1


class Node:
    """An object of the running model.

    `moment` is the sum of entry times less exit times, so that the time integral of the
    content up to t is content·t − moment.
    """

    __slots__ = (
        "content", "content_max", "content_min", "index", "input", "items", "labels", "moment",
        "name", "on_down", "on_entry", "on_exit", "on_message", "on_up", "output", "paused", "sim",
        "source", "state", "state_since", "state_times", "stay_max", "stay_min", "stay_sum",
        "stays", "stops", "underneath",
    )  # fmt: skip

    initial_state = State.IDLE

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        self.sim, self.source, self.index, self.name = sim, source, index, source.name
        self.content = 0
        self.items: dict[Item, None] = {}  # what is here, in order of entry
        self.on_entry: Trigger | None = None
        self.on_exit: Trigger | None = None
        self.on_message: Trigger | None = None
        self.on_down: Trigger | None = None
        self.on_up: Trigger | None = None
        self.labels = dict(source.labels)  # the run's own: code may change them
        self.state: int = int(self.initial_state)
        self.stops: list[int] = []  # the states of the stops in force; the last one shows
        self.underneath = self.state  # the state to show again after the last stop
        self.paused: list[tuple[float, Entry]] = []
        self.reset_statistics()

    def reset_statistics(self) -> None:
        """Start counting now: at the start, and again after the warm-up."""
        now = self.sim.clock.now
        self.input = self.output = 0
        self.content_max = self.content_min = self.content
        self.moment = self.content * now
        self.stays = 0
        self.stay_sum, self.stay_min, self.stay_max = 0.0, _INFINITY, 0.0
        self.state_times = [0.0] * _STATES
        self.state_since = now

    def start(self) -> None:
        """Plan what happens by itself; called once when the run begins."""

    def end(self) -> None:
        """The run is over: say what the user should know of it."""

    def set_state(self, state: int) -> None:
        """Change the state now; while stopped the change waits for the resumption."""
        if self.stops:
            self.underneath = state
        elif state != self.state:
            self._show(state)

    def _show(self, state: int) -> None:
        now = self.sim.clock.now
        since = self.state_since
        if now > since:
            self.state_times[self.state] += now - since
        trace = self.sim.trace
        if trace is not None:
            trace.state(self.index, state, now)
        self.state = state
        self.state_since = now

    def count_in(self, item: Item, port: int) -> None:
        """An item has entered."""
        self.input += 1
        self.add(item)
        if self.on_entry is not None:
            self.on_entry(self, (item, port))

    def count_out(self, item: Item, port: int) -> None:
        """An item leaves; OnExit runs before the output is counted."""
        if self.on_exit is not None:
            self.on_exit(self, (item, port))
        self.output += 1
        self.remove(item)

    def add(self, item: Item) -> None:
        """The content grows by an item, now."""
        sim = self.sim
        now = sim.clock.now
        item.entered = now
        item.station = self
        self.items[item] = None
        self.content = content = self.content + 1
        self.moment += now
        if content > self.content_max:
            self.content_max = content
        if sim.trace is not None:
            sim.trace.entered(self.index, now, content)

    def remove(self, item: Item) -> None:
        """The content shrinks by an item, now; its stay counts."""
        sim = self.sim
        now = sim.clock.now
        self.items.pop(item, None)
        self.content = content = self.content - 1
        self.moment -= now
        if content < self.content_min:
            self.content_min = content
        stay = now - item.entered
        self.stays += 1
        self.stay_sum += stay
        if stay > self.stay_max:
            self.stay_max = stay
        if stay < self.stay_min:
            self.stay_min = stay
        if sim.trace is not None:
            sim.trace.left(self.index, item, now, content)

    def plan(self, delay: float, action: Action, argument: Any = None) -> None:
        """As `Clock.plan`; while the object is stopped the time does not count."""
        if self.stops:
            self.paused.append((delay, (0.0, 0, 0, action, argument)))
        else:
            self.sim.clock.plan(delay, action, argument)

    def stop(self, state: int) -> None:
        """Stop the object: what it has planned waits; stops nest, OnDown tells of the first."""
        first = not self.stops
        if first:
            self.halt()
            self.underneath = self.state
        self.stops.append(state)
        self._show(state)
        if first and self.on_down is not None:
            self.on_down(self, (int(state),))

    def halt(self) -> None:
        """Take what is planned out of the calendar, with the time that it still needs."""
        now = self.sim.clock.now
        self.paused = [(entry[0] - now, entry) for entry in self.sim.clock.withdraw(self)]

    def resume(self, state: int) -> None:
        """Undo one stop of that state; after the last one the object goes on, then OnUp."""
        self.stops.remove(state)
        if self.stops:
            self._show(self.stops[-1])
            return
        paused, self.paused = self.paused, []
        for rest, (_, priority, _, action, argument) in paused:
            self.sim.clock.plan(rest, action, argument, priority)
        self._show(self.underneath)
        self.resumed()
        if self.on_up is not None:
            self.on_up(self, (int(state),))

    def resumed(self) -> None:
        """The last stop has ended."""
