"""Dispatcher and TaskExecuter (Operator, Transporter, Robot)."""

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
from .tasks import Operate, Task, Transport

if TYPE_CHECKING:
    from .simulation import Simulation
    from .station import Station
    from .travel import Place, Travel


class Dispatcher(Node):
    """Queues task sequences (higher priority first, ties in order) for its members."""

    __slots__ = ("members", "pass_to", "queue", "teams")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.members: list[Dispatcher] = []
        self.teams: list[Dispatcher] = []  # the dispatchers that this one works for
        self.pass_to: Callable[[Task], float] | None = None  # None: the first available
        self.queue: list[tuple[float, int, Task]] = []

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

    def submit(self, task: Task) -> None:
        """Pass the sequence on at once, or queue it for the first available member."""
        port = int(self.pass_to(task)) if self.pass_to is not None else 0
        if 0 < port <= len(self.members):
            self.members[port - 1].submit(task)
            return
        insort(self.queue, (-task.priority, self.sim.task_number(), task))
        self.sim.clock.later.append((self.dispatch, None))

    def dispatch(self, _: None = None) -> None:
        """Give queued sequences to available members, in port order."""
        while self.queue:
            free = next((e for e in self.executers() if e.available()), None)
            if free is None:
                return
            free.begin(self.queue.pop(0)[2])

    def next_task(self, *, transport: bool) -> Task | None:
        """The next sequence for a member; with `transport` only one to carry an item."""
        for index, (_, _, task) in enumerate(self.queue):
            if isinstance(task, Transport) or not transport:
                del self.queue[index]
                return task
        return None


class TaskExecuter(Dispatcher):
    """Carries out one sequence at a time, breaking to load more while it has room.

    `cargo` holds transports whose item is aboard, in order of loading.
    """

    __slots__ = ("active", "capacity", "cargo", "load_time", "move_time", "on_load", "on_unload",
                 "place", "travel", "unload_time")  # fmt: skip

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.capacity = 1
        self.active: Task | None = None
        self.cargo: deque[Transport] = deque()
        self.load_time: Callable[[Item], float] = _no_time
        self.unload_time: Callable[[Item], float] = _no_time
        self.move_time: Callable[[Item], float] | None = None  # a robot's, instead of travel
        self.on_load: Trigger | None = None
        self.on_unload: Trigger | None = None
        self.travel: Travel
        self.place: Place

    def executers(self) -> list[TaskExecuter]:
        return [self]

    def available(self) -> bool:
        return self.active is None and not self.queue and not self.stops

    def dispatch(self, _: None = None) -> None:
        if self.active is None and not self.stops and self.queue:
            self.begin(self.queue.pop(0)[2])

    def begin(self, task: Task) -> None:
        """Start a sequence: go to where it begins."""
        self.active = task
        if isinstance(task, Operate):
            self._go(task.station, State.TRAVEL_EMPTY, self.operate, task)
        else:
            state = State.TRAVEL_LOADED if self.cargo else State.TRAVEL_EMPTY
            self._go(task.link.origin, state, self.load, task)

    def finish(self, task: Task) -> None:
        """The sequence is over; look for the next one."""
        del task
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

    def resumed(self) -> None:
        self.look_for_work()

    def _all_teams(self) -> list[Dispatcher]:
        found: list[Dispatcher] = []
        waiting = list(self.teams)
        while waiting:
            team = waiting.pop(0)
            if team not in found:
                found.append(team)
                waiting.extend(team.teams)
        return found

    def _go(self, station: Station, state: State, action: Callable[[Any], None], task: Any) -> None:
        time = 0.0 if self.move_time is not None else self.travel.time(self, station)
        self.place = self.travel.place_of(station)
        if time > 0.0:
            self.set_state(state)
        self.sim.clock.plan(time, action, task)

    # Operating a station

    def operate(self, task: Operate) -> None:
        self.set_state(State.UTILIZE)
        task.crew.joined(self, task)

    # Carrying items

    def load(self, task: Transport) -> None:
        time = self.load_time(task.item)
        if time > 0.0:
            self.set_state(State.LOADING)
        self.sim.clock.plan(time, self.loaded, task)

    def loaded(self, task: Transport) -> None:
        if self.on_load is not None:
            self.on_load(self, (task.item, task.link.origin))
        task.link.origin.picked_up(task.item, task.link)
        self.count_in(task.item, 0)
        self.cargo.append(task)
        more = self._more() if self.content < self.capacity else None
        if more is not None:
            self.begin(more)
        else:
            self.deliver()

    def _more(self) -> Task | None:
        """Break: another item to fetch on this round."""
        for source in (self, *self._all_teams()):
            task = source.next_task(transport=True)
            if task is not None:
                return task
        return None

    def deliver(self) -> None:
        """Take the first item loaded to its destination."""
        task = self.cargo[0]
        self.active = task
        if self.move_time is not None:
            self.set_state(State.TRAVEL_LOADED)
            self.place = self.travel.place_of(task.link.target)
            self.sim.clock.plan(self.move_time(task.item), self.unload, task)
        else:
            self._go(task.link.target, State.TRAVEL_LOADED, self.unload, task)

    def unload(self, task: Transport) -> None:
        time = self.unload_time(task.item)
        if time > 0.0:
            self.set_state(State.UNLOADING)
        self.sim.clock.plan(time, self.unloaded, task)

    def unloaded(self, task: Transport) -> None:
        if self.on_unload is not None:
            self.on_unload(self, (task.item, task.link.target))
        self.cargo.popleft()
        self.count_out(task.item, 0)
        task.link.target.arrive(task.item, task.link)
        if self.cargo:
            self.deliver()
        else:
            self.finish(task)


def _no_time(_: Item) -> float:
    return 0.0
