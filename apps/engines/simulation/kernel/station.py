"""Fixed resources: how items are released, routed, pulled and passed on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..model import ModelObject
from ..states import State
from .item import Item
from .node import Node

if TYPE_CHECKING:
    from .simulation import Simulation
    from .transport import TransportRule

PortRule = Callable[[Item], float]
ANY_PORT = 0


@dataclass(slots=True, eq=False)
class Link:
    """A connection: output port `out_port` of `origin` to input port `in_port` of `target`."""

    origin: Station
    out_port: int
    target: Station
    in_port: int


@dataclass(slots=True)
class PullRule:
    """PullStrategy (input port, 0 any) and PullRequirement (item, port → accept)."""

    strategy: Callable[[], float]
    requirement: Callable[[Item, int], Any] | None
    port: int | None = None  # what the strategy said since the last receipt

    def allows(self, in_port: int, item: Item) -> bool:
        if self.port is None:
            self.port = int(self.strategy())
        if self.port not in (ANY_PORT, in_port):
            return False
        return self.requirement is None or bool(self.requirement(item, in_port))


class Station(Node):
    """Blocking after service: a released item stays until a station downstream takes it.

    `incoming` counts items in transit to here, `outgoing` items waiting to be fetched.
    `shut_in` and `shut_out` hold the ports that code has closed (`gates`), 0 for all.
    """

    __slots__ = (
        "asking", "capacity", "incoming", "inputs", "outgoing", "outputs", "pull", "refill",
        "released", "send_to", "shut_in", "shut_out", "transport",
    )  # fmt: skip

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        super().__init__(sim, source, index)
        self.capacity = 1
        self.incoming = 0
        self.outgoing = 0
        self.inputs: list[Link] = []
        self.outputs: list[Link] = []
        self.released: deque[Item] = deque()
        self.shut_in: set[int] = set()
        self.shut_out: set[int] = set()
        self.send_to: PortRule | None = None  # None: the first available port
        self.pull: PullRule | None = None
        self.transport: TransportRule | None = None
        self.refill = (self.ask, None)  # the work-list entry that asks upstream
        self.asking = False  # whether it is in the work list

    # Receiving

    def accepts(self, in_port: int, item: Item) -> bool:
        """Whether this station would take the item now."""
        return (
            self.content + self.incoming < self.capacity
            and not self.stops
            and not (self.shut_in and self.is_shut(in_port))
            and (self.pull is None or self.pull.allows(in_port, item))
        )

    def room(self) -> int:
        """How many more items there is room for."""
        return self.capacity - self.content - self.incoming

    def is_shut(self, in_port: int) -> bool:
        """Whether code has closed that input port."""
        return ANY_PORT in self.shut_in or in_port in self.shut_in

    def ask(self, _: None = None) -> None:
        """Ask upstream; once is enough, since whoever releases an item offers it himself."""
        self.asking = False
        self.receive()

    def receive(self) -> None:
        """Take what waits upstream: the first available, inputs in port order."""
        while self.content + self.incoming < self.capacity and not self.stops:
            for link in self.inputs:
                if link.origin.released and link.origin.hand_over(link):
                    break
            else:
                return

    def expect(self, link: Link) -> None:
        """An item is on its way here by that link."""
        del link
        self.incoming += 1
        if self.pull is not None:
            self.pull.port = None

    def forget(self, link: Link) -> None:
        """An item that was on its way here by that link will not come."""
        del link
        self.incoming -= 1
        self.sim.clock.later.append((self.ask, None))

    def arrive(self, item: Item, link: Link) -> None:
        """An item that was on its way is here."""
        self.incoming -= 1
        self.enter(item, link.in_port)

    def enter(self, item: Item, in_port: int) -> None:
        """Take an item in."""
        raise NotImplementedError

    # Releasing

    def release(self, item: Item) -> None:
        """Open the ports that SendToPort names; send the item on or let it wait."""
        item.port = 0 if self.send_to is None else self.port_for(item)
        if self.stops or item.ordered or not self.send(item):
            self.keep(item)

    def keep(self, item: Item) -> None:
        """Nobody takes the item yet."""
        self.released.append(item)
        self.refresh()

    def send(self, item: Item) -> bool:
        """Give the item to the lowest-ranked open port whose station takes it."""
        port = item.port
        if port == ANY_PORT:
            for link in self.outputs:
                if self.may_go(item, link):
                    self.transfer(item, link)
                    return True
            return False
        if 0 < port <= len(self.outputs):
            link = self.outputs[port - 1]
            if self.may_go(item, link):
                self.transfer(item, link)
                return True
        return False

    def may_go(self, item: Item, link: Link) -> bool:
        """Whether the item could go that way now."""
        shut = self.shut_out
        if shut and (ANY_PORT in shut or link.out_port in shut):
            return False
        return link.target.accepts(link.in_port, item)

    def hand_over(self, link: Link) -> bool:
        """Give the first waiting item that may go this way to the asking station."""
        if self.stops:
            return False
        port = link.out_port
        for index, item in enumerate(self.released):
            if item.port in (ANY_PORT, port) and self.may_go(item, link):
                del self.released[index]
                self.transfer(item, link)
                return True
        return False

    def transfer(self, item: Item, link: Link) -> None:
        """Pass the item on: at once, or by a task executer."""
        if self.transport is not None:
            self.outgoing += 1
            link.target.expect(link)
            self.transport.order(item, link)
            self.refresh()
            return
        pull = link.target.pull
        if pull is not None:
            pull.port = None
        self.leave(item, link.out_port)
        link.target.enter(item, link.in_port)

    def picked_up(self, item: Item, link: Link) -> None:
        """A task executer has taken the item."""
        self.outgoing -= 1
        self.leave(item, link.out_port)

    def leave(self, item: Item, port: int) -> None:
        """The item is gone; there may be room for another."""
        self.count_out(item, port)
        if not self.asking:
            self.asking = True
            self.sim.clock.later.append(self.refill)
        self.refresh()

    def refresh(self) -> None:
        """Show the state that follows from what is going on."""

    def take(self, item: Item) -> bool:
        """Take a waiting item out of line; False where it does not wait."""
        if item not in self.released:
            return False
        self.released.remove(item)
        return True

    def offer(self) -> None:
        """Send on what waits, as far as it may go."""
        for _ in range(len(self.released)):
            item = self.released.popleft()
            if not self.send(item):
                self.released.append(item)
        self.refresh()

    def resumed(self) -> None:
        """After a stop: offer what waits, then ask upstream."""
        self.offer()
        self.receive()

    def waiting_state(self) -> State | None:
        """The state of a station whose items cannot go on, or None."""
        if self.outgoing:
            return State.WAITING_FOR_TRANSPORT
        return State.BLOCKED if self.released else None

    def port_for(self, item: Item) -> int:
        """What SendToPort says: n that port, 0 the first available, -1 none."""
        if self.send_to is None:
            return ANY_PORT
        port = int(self.send_to(item))
        if port > len(self.outputs):
            self.sim.warn(
                f"{self.name}: SendToPort gave port {port}, but there are {len(self.outputs)}; "
                "such items wait for ever"
            )
        return port
