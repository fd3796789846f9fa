"""Operators for a phase of work: request, assemble, free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .item import Item
from .tasks import Operate

if TYPE_CHECKING:
    from .executer import Dispatcher, TaskExecuter
    from .processor import Phase, Processor


@dataclass(slots=True, frozen=True)
class CrewRule:
    """How many operators, from whom, how urgently."""

    count: Callable[[Item], float]
    dispatcher: Callable[[Item], Dispatcher]
    priority: Callable[[Item], float]


class Crew:
    """The operators asked for one item; work starts when the last one arrives."""

    __slots__ = ("item", "members", "missing", "phase", "station")

    def __init__(self, station: Processor, item: Item, phase: Phase) -> None:
        self.station, self.item, self.phase = station, item, phase
        self.missing = 0
        self.members: list[tuple[TaskExecuter, Operate]] = []

    def call(self, rule: CrewRule) -> None:
        """Send one request for each operator."""
        self.missing = max(0, int(rule.count(self.item)))
        if not self.missing:
            self.station.crew_complete(self.item, self.phase)
            return
        dispatcher, priority = rule.dispatcher(self.item), rule.priority(self.item)
        dispatcher.check_crew(self.missing, self.station.name)
        for _ in range(self.missing):
            dispatcher.submit(Operate(priority, self.station, self))

    def joined(self, operator: TaskExecuter, task: Operate) -> None:
        """An operator has arrived."""
        self.members.append((operator, task))
        self.missing -= 1
        if not self.missing:
            self.station.crew_complete(self.item, self.phase)

    def free(self) -> None:
        """Let all operators go."""
        for operator, task in self.members:
            operator.finish(task)
