"""Task sequences: what dispatchers queue and task executers carry out.

A sequence is a list of tasks in FlexSim's types. Each task starts when the one before is
complete; `start` either plans the executer's next event or completes the task at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from ..states import State

if TYPE_CHECKING:
    from ..model import ModelObject
    from .executer import Dispatcher, TaskExecuter


class TaskSequence:
    """Tasks with a priority; `preempt` as FlexSim numbers it (0 none, 1, 2, 3).

    `rank` is the index of the task in progress. `detour` is a travel that is made again
    before an interrupted task goes on. `dispatcher` is set where code has made the sequence.
    """

    __slots__ = ("detour", "dispatcher", "preempt", "priority", "rank", "tasks")

    def __init__(self, priority: float, preempt: int = 0, tasks: list[Task] | None = None) -> None:
        self.priority, self.preempt = priority, preempt
        self.tasks: list[Task] = tasks or []
        self.rank = 0
        self.detour: Travel | None = None
        self.dispatcher: Dispatcher | None = None

    @property
    def current(self) -> Task | None:
        return self.tasks[self.rank] if self.rank < len(self.tasks) else None

    def fetches(self) -> bool:
        """Whether it begins by fetching an item, so that an executer may break to it."""
        return not self.rank and any(task.fetches for task in self.tasks[:2])

    def interrupted(self) -> None:
        """Another sequence comes between: later its executer goes back to where it was."""
        if not isinstance(self.current, Travel):
            done = [task for task in self.tasks[: self.rank] if isinstance(task, Travel)]
            self.detour = done[-1] if done else None


class Task:
    """One task. `left` is the time that an interrupted one still needs."""

    __slots__ = ("left",)

    kind: str = "TASK"  # as in FlexSim's TASKTYPE_…
    fetches: ClassVar[bool] = False

    def __init__(self) -> None:
        self.left: float | None = None

    def start(self, executer: TaskExecuter) -> None:
        raise NotImplementedError

    def end(self, executer: TaskExecuter) -> None:
        """The time planned by `start` is over."""
        executer.complete()

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        """Another sequence preempts, with so much of the planned time left."""
        del executer
        self.left = left

    def abort(self, executer: TaskExecuter) -> None:
        """The sequence is given up before this task is complete."""

    def wait(self, executer: TaskExecuter, time: float, state: State) -> None:
        """Let `end` happen after that time, or after what an interruption has left of it."""
        if self.left is not None:
            time, self.left = self.left, None
        if time > 0.0:
            executer.set_state(state)
        executer.plan(time, executer.task_over)


class Travel(Task):
    """TASKTYPE_TRAVEL: go to an object, a network node or a control point."""

    __slots__ = ("goal",)

    kind = "TRAVEL"

    def __init__(self, goal: ModelObject) -> None:
        super().__init__()
        self.goal = goal

    def start(self, executer: TaskExecuter) -> None:
        executer.travel.begin(executer, self.goal)

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        executer.travel.interrupt(executer, left)


class TravelTo(Task):
    """TASKTYPE_TRAVELTOLOC and TASKTYPE_TRAVELRELATIVE: go to a place, x and y in metres."""

    __slots__ = ("relative", "x", "y")

    kind = "TRAVELTOLOC"

    def __init__(self, x: float, y: float, *, relative: bool = False) -> None:
        super().__init__()
        self.x, self.y, self.relative = x, y, relative

    def start(self, executer: TaskExecuter) -> None:
        (x, y), relative = executer.place, self.relative
        executer.travel.begin_to(
            executer, (self.x + x, self.y + y) if relative else (self.x, self.y)
        )

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        executer.travel.interrupt(executer, left)


class Break(Task):
    """TASKTYPE_BREAK: fetch more while there is room."""

    __slots__ = ()

    kind = "BREAK"

    def start(self, executer: TaskExecuter) -> None:
        executer.take_break()


class Delay(Task):
    """TASKTYPE_DELAY: stay for a time in a state."""

    __slots__ = ("state", "time")

    kind = "DELAY"

    def __init__(self, time: float, state: State) -> None:
        super().__init__()
        self.time, self.state = time, state

    def start(self, executer: TaskExecuter) -> None:
        self.wait(executer, self.time, self.state)


class Act(Task):
    """What is done at once: a message, operators let go, an item moved or destroyed."""

    __slots__ = ("action", "kind")

    def __init__(self, kind: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.kind, self.action = kind, action

    def start(self, executer: TaskExecuter) -> None:
        self.action()
        executer.complete()
