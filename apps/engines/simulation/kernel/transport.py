"""UseTransport: items that are fetched by task executers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .tasks import Transport

if TYPE_CHECKING:
    from .executer import Dispatcher
    from .item import Item
    from .station import Link


@dataclass(slots=True, frozen=True)
class TransportRule:
    """Whom to send and how urgently."""

    dispatcher: Callable[..., Dispatcher]  # of (item, port, destination, priority, preempt)
    priority: Callable[[Item], float]

    def order(self, item: Item, link: Link) -> None:
        """Dispatch travel, load, break, travel, unload; the destination is fixed now."""
        priority = self.priority(item)
        dispatcher = self.dispatcher(item, link.out_port, link.target, priority, 0)
        dispatcher.submit(Transport(priority, item, link))
