"""The clock: calendar, work list, limits.

The calendar is keyed (time, priority, sequence): at one instant lower priorities come
first, then what was planned first. Whatever an event causes at no time (an item passed
on, a station asking for its next one) goes to the work list and happens, first in first
out, before the next calendar entry.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count
from time import perf_counter
from typing import Any

from ..errors import SimulationCancelled, SimulationError

Action = Callable[[Any], None]
Entry = tuple[float, int, int, Action, Any]

POLL_EVERY = 4096
INSTANT_LIMIT = 250 * POLL_EVERY  # steps at one instant before the run counts as stuck


class _Halted(Exception):
    """Code has asked for the end of the run."""


class Clock:
    """Runs planned actions in order; `now` is the model time."""

    def __init__(self, max_steps: int, deadline: float) -> None:
        self.now = 0.0
        self.events = 0
        self.later: deque[tuple[Action, Any]] = deque()
        self.on_poll: Callable[[float], bool] | None = None
        self.should_stop: Callable[[], bool] | None = None
        self._heap: list[Entry] = []
        self._sequence = count().__next__
        self._max_steps, self._deadline = max_steps, deadline
        self._steps = 0
        self._polled_at = -1.0
        self._polls_at_instant = 0

    def plan(self, delay: float, action: Action, argument: Any = None, priority: int = 0) -> None:
        """Let `action(argument)` happen after `delay`."""
        heappush(self._heap, (self.now + delay, priority, self._sequence(), action, argument))

    def withdraw(self, owner: object) -> list[Entry]:
        """Take back what the methods of `owner` have planned, in calendar order."""
        heap = self._heap
        taken = [entry for entry in heap if getattr(entry[3], "__self__", None) is owner]
        if taken:
            heap[:] = [entry for entry in heap if getattr(entry[3], "__self__", None) is not owner]
            heapify(heap)
        return sorted(taken, key=lambda entry: entry[:3])

    def run(self, until: float) -> None:
        """Perform everything planned up to and including `until`."""
        heap, later = self._heap, self.later
        next_poll = self.events + POLL_EVERY
        events = self.events
        try:
            if later:
                self._drain()
            while heap and heap[0][0] <= until:
                self.now, _, _, action, argument = heappop(heap)
                action(argument)
                events += 1
                if later:
                    self._drain()
                if events == next_poll:
                    self.events, next_poll = events, events + POLL_EVERY
                    self.poll(POLL_EVERY)
        except _Halted:
            self.events = events
            return
        self.events = events
        self.now = until

    def halt(self) -> None:
        """End the run at this instant, when the event that asks for it is over."""
        self.later.append((_end, None))

    def idle(self) -> bool:
        """Nothing is planned any more."""
        return not self._heap

    def _drain(self) -> None:
        later, steps = self.later, 0
        while later:
            action, argument = later.popleft()
            action(argument)
            steps += 1
            if not steps % POLL_EVERY:
                self.poll(POLL_EVERY)

    def finish(self, until: float, *, events: int, idle: bool) -> None:
        """Take over what another kernel has done in this clock's place."""
        self.now, self.events = until, events
        self._heap.clear()
        if not idle:
            self.plan(0.0, lambda _: None)

    def poll(self, steps: int) -> None:
        """Check the limits after so many more steps, report, ask whether to go on."""
        self._steps += steps
        if self._steps > self._max_steps:
            raise SimulationError(
                f"more than {self._max_steps:,} events by time {self.now:g}",
                hint="shorten the run, or look for an interval that is too short",
            )
        self._check_time()
        self._check_instant(steps)
        if self.on_poll is not None and self.on_poll(self.now):
            raise SimulationCancelled

    def breathe(self) -> None:
        """For what takes long within one event: check the time, ask whether to go on."""
        self._check_time()
        if self.should_stop is not None and self.should_stop():
            raise SimulationCancelled

    def _check_time(self) -> None:
        if perf_counter() > self._deadline:
            raise SimulationError(
                f"the run took too long and ended at time {self.now:g}", hint="shorten the run"
            )

    def _check_instant(self, steps: int) -> None:
        if self.now != self._polled_at:
            self._polled_at, self._polls_at_instant = self.now, 0
            return
        self._polls_at_instant += steps
        if self._polls_at_instant > INSTANT_LIMIT:
            raise SimulationError(
                f"time stands still at {self.now:g}: {self._polls_at_instant:,} steps in no time",
                hint="give a source or a loop of stations a time above zero",
            )


def _end(_: None) -> None:
    raise _Halted
