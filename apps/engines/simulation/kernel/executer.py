"""Dispatcher and TaskExecuter: who queues task sequences and who carries them out.

Choices where FlexSim's manual is silent: a preempting sequence preempts one that does not
preempt, or one of lower priority, at the executer that holds it (a dispatcher queues it
like any other); an executer that is down is not preempted; after a break, items are
delivered in the order of loading; an interrupted load, unload or delay takes the time that
was left, after going back to its place. What aborted sequences were to do for a fixed
resource is asked for anew: an item not yet fetched is released again, an operator who was
awaited is called again. An item aboard stays aboard.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import SimulationError
from ..model import ModelObject
from ..states import State
from .item import Item
from .node import Node, Trigger
from .operators import Utilize
from .tasks import TaskSequence, Travel, TravelTo

if TYPE_CHECKING:
    from .simulation import Simulation
    from .travel import Place
    from .travel import Travel as Motion

SequenceRule = Callable[[TaskSequence], float]
Frame = tuple[TaskSequence | None, deque[TaskSequence]]


class Dispatcher(Node):
    """Queues task sequences (the higher by `strategy` first, ties in order) for its members."""

    __slots__ = ("members", "pass_to", "queue", "strategy", "teams")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.members: list[Dispatcher] = []
        self.teams: list[Dispatcher] = []  # the dispatchers that this one works for
        self.pass_to: SequenceRule | None = None  # None: the first available
        self.strategy: SequenceRule | None = None  # None: by priority
        self.queue: list[tuple[float, int, TaskSequence]] = []

    def check_crew(self, count: int, station: str) -> None:
        """Raise SimulationError when that many operators can never come together."""
        available = sum(1 for _ in self.executers())
        if available < count:
            raise SimulationError(
                f"asks for {count} operators, but {self.name} has {available}",
                station,
                "connect more operators to the dispatcher",
            )

    def executers(self) -> list[TaskExecuter]:
        return [executer for member in self.members for executer in member.executers()]

    def submit(self, sequence: TaskSequence) -> None:
        """Pass the sequence on at once, or queue it for the first available member."""
        port = int(self.pass_to(sequence)) if self.pass_to is not None else 0
        if 0 < port <= len(self.members):
            self.members[port - 1].submit(sequence)
            return
        if port:
            self.sim.warn(
                f"{self.name}: PassTo gave port {port}, but there are {len(self.members)}; "
                "such task sequences are queued"
            )
        rank = sequence.priority if self.strategy is None else self.strategy(sequence)
        insort(self.queue, (-rank, self.sim.task_number(), sequence))
        self.sim.clock.later.append((self.dispatch, None))

    def dispatch(self, _: None = None) -> None:
        """Give queued sequences to available members, in port order."""
        while self.queue:
            free = next((e for e in self.executers() if e.available()), None)
            if free is None:
                return
            free.begin(self.queue.pop(0)[2])

    def next_fetching(self) -> TaskSequence | None:
        """The next sequence that a member may break to."""
        for index, (_, _, sequence) in enumerate(self.queue):
            if sequence.fetches():
                del self.queue[index]
                return sequence
        return None

    def free(self, involved: Any) -> None:
        """Let go whoever is utilized for that item or object."""
        for executer in self.executers():
            executer.free_from(involved)


class TaskExecuter(Dispatcher):
    """Carries out one sequence at a time, breaking to fetch more while it has room.

    `broken` holds sequences left at their break, `preempted` what preemption has set aside.
    """

    __slots__ = (
        "active", "broken", "capacity", "load_time", "move_time", "on_load", "on_unload", "place",
        "preempted", "stopped_at", "travel", "unload_time",
    )  # fmt: skip

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.capacity = 1
        self.active: TaskSequence | None = None
        self.broken: deque[TaskSequence] = deque()
        self.preempted: list[Frame] = []
        self.move_time: Callable[[Item], float] | None = None  # a robot's, instead of travel
        self.load_time: Callable[[Item], float] = _no_time
        self.unload_time: Callable[[Item], float] = _no_time
        self.on_load: Trigger | None = None
        self.on_unload: Trigger | None = None
        self.stopped_at = 0.0
        self.travel: Motion
        self.place: Place

    def end(self) -> None:
        self.travel.end(self)

    def executers(self) -> list[TaskExecuter]:
        return [self]

    def available(self) -> bool:
        return self.active is None and not self.queue and not self.stops

    def dispatch(self, _: None = None) -> None:
        """Begin the next sequence of the own queue, or preempt the active one."""
        if self.stops or not self.queue:
            return
        if self.active is None:
            self.begin(self.queue.pop(0)[2])
            return
        for index, entry in enumerate(self.queue):
            rival = entry[2]
            if rival.preempt and self._yields_to(rival):
                del self.queue[index]
                self.preempt(rival)
                return

    def begin(self, sequence: TaskSequence) -> None:
        self.active = sequence
        self.step()

    # The tasks of the active sequence

    def step(self) -> None:
        """Start the task in progress, or look for the next sequence."""
        sequence = self.active
        if sequence is None:
            return
        task = sequence.detour or sequence.current
        if task is not None:
            task.start(self)
        else:
            self.finish()

    def complete(self) -> None:
        """The task in progress is complete."""
        if self.active is None:
            return
        if self.active.detour is not None:
            self.active.detour = None
        else:
            self.active.rank += 1
        self.step()

    def arrived(self, _: None = None) -> None:
        """A leg of a travel is over."""
        self.travel.proceed(self)

    def task_over(self, _: None = None) -> None:
        """The time of the task in progress is over."""
        sequence = self.active
        task = sequence.detour or sequence.current if sequence is not None else None
        if task is not None:
            task.end(self)

    def take_break(self) -> None:
        """Fetch another item on this round, else go on with what was loaded first."""
        assert self.active is not None, "a break is part of the active sequence"
        more = self._more() if self.content < self.capacity else None
        self.broken.append(self.active)
        if more is not None:
            self.begin(more)
        else:
            self.active = self.broken.popleft()
            self.complete()

    def _more(self) -> TaskSequence | None:
        for source in (self, *self._all_teams()):
            sequence = source.next_fetching()
            if sequence is not None:
                return sequence
        return None

    def finish(self) -> None:
        """The sequence is over: go on with what was left, or look for the next one."""
        if self.broken:
            self.active = self.broken.popleft()
            self.complete()
            return
        while self.preempted:
            self.active, self.broken = self.preempted.pop()
            if self.active is not None:
                self.step()
                return
            if self.broken:
                self.finish()
                return
        self.active = None
        self.set_state(State.IDLE)
        self.sim.clock.later.append((self.look_for_work, None))

    def look_for_work(self, _: None = None) -> None:
        """Own queue first, then the teams in order of connection."""
        self.dispatch()
        for team in self._all_teams():
            if not self.available():
                return
            team.dispatch()

    def _all_teams(self) -> list[Dispatcher]:
        found: list[Dispatcher] = []
        waiting = list(self.teams)
        while waiting:
            team = waiting.pop(0)
            if team not in found:
                found.append(team)
                waiting.extend(team.teams)
        return found

    def offset_state(self) -> State:
        return State.OFFSET_TRAVEL_LOADED if self.content else State.OFFSET_TRAVEL_EMPTY

    # Preemption and stops

    def _yields_to(self, rival: TaskSequence) -> bool:
        active = self.active
        return active is None or not active.preempt or rival.priority > active.priority

    def preempt(self, rival: TaskSequence) -> None:
        """Interrupt the active sequence: set it aside, or abort it (2), or all there is (3)."""
        active = self.active
        assert active is not None, "only an active sequence is preempted"
        entries = self.sim.clock.withdraw(self)
        left = entries[0][0] - self.sim.clock.now if entries else 0.0
        task = active.detour or active.current
        if task is not None and (rival.preempt == 1 or isinstance(task, Travel | TravelTo)):
            task.interrupt(self, left)
        if rival.preempt == 1:
            active.interrupted()
            self.preempted.append((active, self.broken))
        else:
            for victim in (active, *(self._set_aside() if rival.preempt == 3 else ())):
                self._abort(victim)
            self.preempted.append((None, self.broken))
        self.broken = deque()
        self.begin(rival)

    def _set_aside(self) -> list[TaskSequence]:
        """Everything but the active sequence, taken out."""
        frames = [*self.preempted, (None, self.broken)]
        found = [s for one, broken in frames for s in (one, *broken) if s is not None]
        found.extend(sequence for _, _, sequence in self.queue)
        self.preempted, self.broken, self.queue = [], deque(), []
        return found

    def _abort(self, sequence: TaskSequence) -> None:
        tasks = sequence.tasks[sequence.rank :]
        sequence.rank, sequence.detour = len(sequence.tasks), None
        for task in tasks:
            task.abort(self)

    def halt(self) -> None:
        super().halt()
        self.stopped_at = self.sim.clock.now
        task = self._utilized()
        if task is not None:
            task.away(self)

    def resumed(self) -> None:
        self.travel.resumed(self, self.sim.clock.now - self.stopped_at)
        task = self._utilized()
        if task is not None:
            task.back(self)
        self.look_for_work()

    # Being utilized

    def _utilized(self) -> Utilize | None:
        active = self.active
        task = active.current if active is not None and active.detour is None else None
        return task if isinstance(task, Utilize) else None

    def working_on(self, task: Utilize) -> bool:
        return self._utilized() is task

    def free_from(self, involved: Any) -> None:
        for sequence in (self.active, *(one for one, _ in self.preempted)):
            task = sequence.current if sequence is not None else None
            if isinstance(task, Utilize) and task.involved is involved:
                task.free(self)
                return


def _no_time(_: Item) -> float:
    return 0.0
