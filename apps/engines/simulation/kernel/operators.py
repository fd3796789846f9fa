"""Operators for a phase of work: request, assemble, free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..states import State
from .item import Item
from .tasks import Task, TaskSequence, Travel

if TYPE_CHECKING:
    from .executer import Dispatcher, TaskExecuter
    from .node import Node
    from .processor import Phase, Processor


@dataclass(slots=True, frozen=True)
class CrewRule:
    """How many operators, from whom, how urgently, and whether they preempt (0 to 3)."""

    count: Callable[[Item], float]
    dispatcher: Callable[[Item], Dispatcher]
    priority: Callable[[Item], float]
    preempt: int = 0


class Utilize(Task):
    """TASKTYPE_UTILIZE: be used until freed; whoever uses the executer stops while it is away."""

    __slots__ = ("crew", "freed", "involved", "state", "station", "stopped")

    kind = "UTILIZE"

    def __init__(
        self, station: Node | None, involved: Any, crew: Crew | None, state: State = State.UTILIZE
    ) -> None:
        super().__init__()
        self.station, self.involved, self.crew, self.state = station, involved, crew, state
        self.freed = self.stopped = False

    def start(self, executer: TaskExecuter) -> None:
        executer.set_state(self.state)
        self.left = None
        self.back(executer)
        if self.freed and executer.working_on(self):
            executer.complete()

    def free(self, executer: TaskExecuter) -> None:
        """The executer is needed no more."""
        if self.freed:
            return
        self.freed = True
        if executer.working_on(self):
            if executer.stops:
                self.release()
            executer.complete()

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        super().interrupt(executer, left)
        self.away(executer)

    def away(self, executer: TaskExecuter) -> None:
        """What has begun with the executer's help stops; else the executer is awaited anew."""
        if self.crew is not None and not self.crew.complete:
            self.crew.unjoin(executer, self)
        elif self.station is not None:
            self.station.stop(State.WAITING_FOR_OPERATOR)
            self.stopped = True

    def back(self, executer: TaskExecuter) -> None:
        """The executer is there, for the first time or again."""
        if self.stopped:
            self.release()
        elif self.crew is not None and not self.freed:
            self.crew.joined(executer, self)

    def release(self) -> None:
        if self.stopped and self.station is not None:
            self.stopped = False
            self.station.resume(State.WAITING_FOR_OPERATOR)

    def abort(self, executer: TaskExecuter) -> None:
        """One who was awaited is asked for again; one who was at work is not missed."""
        self.release()
        if self.crew is not None and not self.crew.complete:
            self.crew.call_again(executer, self)


class Crew:
    """The operators asked for one item; work starts when the last one arrives."""

    __slots__ = ("dispatcher", "item", "members", "missing", "phase", "preempt", "priority",
                 "station")  # fmt: skip

    def __init__(self, station: Processor, item: Item, phase: Phase) -> None:
        self.station: Any = station
        self.item: Any = item
        self.phase: Phase | None = phase
        self.missing = 0
        self.members: list[tuple[TaskExecuter, Utilize]] = []
        self.priority, self.preempt = 0.0, 0
        self.dispatcher: Dispatcher

    @property
    def complete(self) -> bool:
        return not self.missing

    def call(self, rule: CrewRule) -> None:
        """Send one request for each operator."""
        count = max(0, int(rule.count(self.item)))
        if not count:
            self.gathered()
            return
        self.request(rule.dispatcher(self.item), count, rule.priority(self.item), rule.preempt)

    def request(self, dispatcher: Dispatcher, count: int, priority: float, preempt: int) -> None:
        dispatcher.check_crew(count, self.station.name)
        self.dispatcher, self.priority, self.preempt = dispatcher, priority, preempt
        self.missing = count
        for _ in range(count):
            dispatcher.submit(operate(self, priority, preempt))

    def gathered(self) -> None:
        """All have arrived."""
        self.station.crew_complete(self.item, self.phase)

    def joined(self, operator: TaskExecuter, task: Utilize) -> None:
        """An operator has arrived."""
        self.members.append((operator, task))
        self.missing -= 1
        if not self.missing:
            self.gathered()

    def unjoin(self, operator: TaskExecuter, task: Utilize) -> None:
        """An operator has gone before the others came."""
        self.members.remove((operator, task))
        self.missing += 1

    def call_again(self, operator: TaskExecuter, task: Utilize) -> None:
        """An operator will not come after all, or not stay until the others come."""
        if (operator, task) in self.members:
            self.unjoin(operator, task)
        self.dispatcher.submit(operate(self, self.priority, self.preempt))

    def free(self) -> None:
        """Let all operators go."""
        for operator, task in self.members:
            task.free(operator)


class Loan(Crew):
    """The operators that code has requested for an object, which stops until they are there."""

    __slots__ = ()

    def __init__(self, station: Node, involved: Any) -> None:
        self.station, self.item, self.phase = station, involved, None
        self.missing = 0
        self.members = []

    def borrow(self, dispatcher: Dispatcher, count: int, priority: float, preempt: int) -> None:
        """requestoperators()"""
        self.station.stop(State.WAITING_FOR_OPERATOR)
        self.request(dispatcher, count, priority, preempt)

    def gathered(self) -> None:
        self.station.resume(State.WAITING_FOR_OPERATOR)


def operate(crew: Crew, priority: float, preempt: int = 0) -> TaskSequence:
    """Travel to a station and stay until freed."""
    station = crew.station
    tasks = [Travel(station.source), Utilize(station, crew.item, crew)]
    return TaskSequence(priority, preempt, tasks)
