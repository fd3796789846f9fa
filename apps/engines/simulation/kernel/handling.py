"""Loading and unloading: how items change hands between stations and task executers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..states import State
from .tasks import Break, Task, TaskSequence, Travel

if TYPE_CHECKING:
    from .executer import TaskExecuter
    from .item import Item
    from .station import Link, Station


class Handling(Task):
    """Loading or unloading at a station, after offset travel where the executer needs any."""

    __slots__ = ("at_hand", "item", "station")

    state: ClassVar[State]

    def __init__(self, item: Item, station: Station) -> None:
        super().__init__()
        self.item, self.station = item, station
        self.at_hand = False  # the offset travel is over

    def start(self, executer: TaskExecuter) -> None:
        if not self.at_hand:
            offset = executer.travel.offset(executer, self.station.source)
            if self.left is not None or offset > 0.0:
                self.wait(executer, offset, executer.offset_state())
                return
            self.at_hand = True
        self.wait(executer, self.time(executer), self.state)

    def end(self, executer: TaskExecuter) -> None:
        if not self.at_hand:
            self.at_hand = True
            self.start(executer)
            return
        self.done(executer)
        executer.complete()

    def time(self, executer: TaskExecuter) -> float:
        raise NotImplementedError

    def done(self, executer: TaskExecuter) -> None:
        """The item changes hands."""
        raise NotImplementedError


class Load(Handling):
    """TASKTYPE_FRLOAD: take an item."""

    __slots__ = ()

    kind = "FRLOAD"
    fetches = True

    state = State.LOADING

    def time(self, executer: TaskExecuter) -> float:
        return executer.load_time(self.item)

    def done(self, executer: TaskExecuter) -> None:
        if executer.on_load is not None:
            executer.on_load(executer, (self.item, self.station))
        self.take()
        executer.count_in(self.item, 0)

    def take(self) -> None:
        """The item leaves its station: as transported, or out of the line there."""
        item, transit = self.item, self.item.transit
        if transit is not None and item.station is self.station:
            self.station.picked_up(item, transit)
        elif item.station is self.station and self.station.take(item):
            self.station.leave(item, 0)
        else:
            hint = "load an item that waits to be transported"
            self.station.sim.fail(f"“{item.name}” does not wait here", self.station.name, hint)

    def abort(self, executer: TaskExecuter) -> None:
        """An item that nobody fetches any more is offered anew."""
        del executer
        if self.item.transit is not None and self.item.station is self.station:
            recall(self.item, self.item.transit)


class Unload(Handling):
    """TASKTYPE_FRUNLOAD: put an item down; `port` is where it enters, unless transported."""

    __slots__ = ("port",)

    kind = "FRUNLOAD"

    state = State.UNLOADING

    def __init__(self, item: Item, station: Station, port: int = 0) -> None:
        super().__init__(item, station)
        self.port = port

    def time(self, executer: TaskExecuter) -> float:
        if self.item.station is not executer:
            executer.sim.fail(f"“{self.item.name}” is not aboard", executer.name, "load it first")
        return executer.unload_time(self.item)

    def done(self, executer: TaskExecuter) -> None:
        if executer.on_unload is not None:
            executer.on_unload(executer, (self.item, self.station))
        executer.count_out(self.item, 0)
        self.put()

    def put(self) -> None:
        """The item enters its destination, or another station than was meant for it."""
        item, transit, self.item.transit = self.item, self.item.transit, None
        if transit is not None and transit.target is self.station:
            self.station.arrive(item, transit)
            return
        if transit is not None:
            transit.target.forget(transit)
        self.station.enter(item, self.port)


def transport(item: Item, link: Link, priority: float, preempt: int = 0) -> TaskSequence:
    """Travel, load, break, travel, unload."""
    origin, target = link.origin, link.target
    tasks = [
        Travel(origin.source),
        Load(item, origin),
        Break(),
        Travel(target.source),
        Unload(item, target),
    ]
    return TaskSequence(priority, preempt, tasks)


def recall(item: Item, link: Link) -> None:
    """An item that was to be fetched is not: its station offers it anew."""
    item.transit = None
    link.origin.outgoing -= 1
    link.origin.released.append(item)
    link.target.forget(link)
    link.origin.sim.clock.later.append((lambda _: link.origin.offer(), None))
