"""Breakdowns (MTBF/MTTR) and scheduled down time.

FlexSim keeps both in objects of their own that an object's property refers to. Here the
properties hold the rows themselves [?]: `MTBFMTTRs` rows of (first failure, MTBF, MTTR),
`TimeTables` rows of (start, duration[, repeat every]), numbers or distributions. The up
time counts from the end of a repair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..states import State
from .node import Node

Time = Callable[[], float]


@dataclass(slots=True, eq=False)
class Breakdowns:
    """Stops `node` again and again."""

    node: Node
    first: Time
    up: Time
    down: Time

    def start(self) -> None:
        self.node.sim.clock.plan(self.first(), self.fail)

    def fail(self, _: None = None) -> None:
        self.node.stop(State.BREAKDOWN)
        self.node.sim.clock.plan(self.down(), self.repair)

    def repair(self, _: None = None) -> None:
        self.node.resume(State.BREAKDOWN)
        self.node.sim.clock.plan(self.up(), self.fail)


@dataclass(slots=True, eq=False)
class Shift:
    """One scheduled stop of `node`, repeated when `every` is positive."""

    node: Node
    begin: float
    duration: float
    every: float = 0.0

    def start(self) -> None:
        self.node.sim.clock.plan(self.begin, self.stop)

    def stop(self, _: None = None) -> None:
        self.node.stop(State.SCHEDULED_DOWN)
        self.node.sim.clock.plan(self.duration, self.resume)
        if self.every > 0:
            self.node.sim.clock.plan(self.every, self.stop)

    def resume(self, _: None = None) -> None:
        self.node.resume(State.SCHEDULED_DOWN)
