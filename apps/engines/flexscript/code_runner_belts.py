"""What code does to items on conveyors: Conveyor.sendItem, and conveyor.itemData[item]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..simulation.kernel.belt import Rider, settle
from ..simulation.kernel.conveyor import Conveyor
from ..simulation.kernel.item import Item
from .code_runner_support import described, fault

if TYPE_CHECKING:
    from .code_runner_host import LiveHost

_CODE = "code"  # the reason for which a rider stands


@dataclass(frozen=True)
class ItemData:
    """conveyor.itemData"""

    owner: Conveyor


@dataclass(frozen=True)
class BeltItem:
    """conveyor.itemData[item]: an item as the conveyor knows it."""

    rider: Rider


def belt_item(data: ItemData, item: Any) -> BeltItem:
    rider = data.owner.riders.get(item) if isinstance(item, Item) else None
    if rider is None:
        raise fault(f"{described(item)} is not on “{data.owner.name}”.", code="member")
    return BeltItem(rider)


def belt_item_member(found: BeltItem, name: str) -> Any:
    now = found.rider.body.conveyor.sim.clock.now
    if name == "position":
        return found.rider.place(now)
    if name == "item":
        return found.rider.item
    raise fault(f"An item on a conveyor has no “{name}”.", "Use position, stop() or resume().")


def belt_item_method(_: LiveHost, found: BeltItem, name: str, __: list[Any]) -> int:
    """stop() and resume(): the item stands, and all behind it must wait."""
    rider = found.rider
    if name == "stop":
        rider.holds.add(_CODE)
    elif name == "resume":
        rider.holds.discard(_CODE)
    else:
        raise fault(f"An item on a conveyor has no {name}().", "Use stop() or resume().", "method")
    sim = rider.body.conveyor.sim
    sim.clock.later.append((lambda _now: settle(rider.body, sim.clock.now), None))
    return 1


def send_item(host: LiveHost, item: Any, goal: Any, *_: Any) -> int:
    """Conveyor.sendItem: conveyors take the item on the way to that object."""
    if not isinstance(item, Item):
        raise fault(f"An item is needed here, not {described(item)}.", code="type")
    item.destination = None if goal is None else host.node(goal)
    return 1
