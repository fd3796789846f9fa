"""UseTransport: items that are fetched by task executers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .handling import transport

if TYPE_CHECKING:
    from .executer import Dispatcher
    from .item import Item
    from .station import Link


@dataclass(slots=True, frozen=True)
class TransportRule:
    """Whom to send, how urgently, and whether to preempt (0 to 3).

    `dispatcher` is called with (item, port, destination, priority, preempt); None means that
    code has made a task sequence of its own.
    """

    dispatcher: Callable[..., Dispatcher | None]
    priority: Callable[[Item], float]
    preempt: int = 0

    def order(self, item: Item, link: Link) -> None:
        """Dispatch travel, load, break, travel, unload; the destination is fixed now."""
        priority = self.priority(item)
        item.transit = link
        dispatcher = self.dispatcher(item, link.out_port, link.target, priority, self.preempt)
        if dispatcher is not None:
            dispatcher.submit(transport(item, link, priority, self.preempt))
