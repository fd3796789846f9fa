"""What code does to the flow: closing and opening ports, releasing, moving, destroying items.

Closing counts at once. All else happens when the event that asks for it is over, so that
no rule changes what is being looked through; opening an output evaluates SendToPort anew
for the items that wait.
"""

from __future__ import annotations

from .assembly import Combiner
from .item import Item
from .node import Node
from .station import ANY_PORT, Station


def close_input(station: Station, port: int = ANY_PORT) -> None:
    """Let nothing in by that port, or by any."""
    station.shut_in.add(port)


def open_input(station: Station, port: int = ANY_PORT) -> None:
    """Undo `close_input` of that port and ask upstream."""
    station.shut_in.discard(port)
    station.sim.clock.later.append((station.ask, None))


def close_output(station: Station, port: int = ANY_PORT) -> None:
    """Let nothing out by that port, or by any."""
    station.shut_out.add(port)


def open_output(station: Station, port: int = ANY_PORT) -> None:
    """Undo `close_output` of that port; what waits is routed anew and offered."""
    station.shut_out.discard(port)
    station.sim.clock.later.append((_offer_anew, station))


def input_is_available(station: Station, port: int) -> bool:
    """Whether that port is open and there is room behind it; what is pulled does not count [?]."""
    return not station.stops and not station.is_shut(port) and station.room() > 0


def output_is_available(station: Station, port: int) -> bool:
    """Whether that port is open, and the input to which it leads available."""
    shut = station.shut_out
    if not 0 < port <= len(station.outputs) or ANY_PORT in shut or port in shut:
        return False
    link = station.outputs[port - 1]
    return input_is_available(link.target, link.in_port)


def release_item(item: Item, port: int | None = None) -> None:
    """Let an item that is held go on: by that port, or by what SendToPort says now."""
    station = _station_of(item)
    station.sim.clock.later.append((_let_go, (station, item, port)))


def move_item(item: Item, target: Station, port: int = 0) -> None:
    """Put a waiting item into another station, whether that has room or not.

    Raises SimulationError where an item cannot be taken or put.
    """
    station = _station_of(item)
    if isinstance(target, Combiner):
        station.sim.fail("items enter a Combiner by its ports only", target.name)
    item.ordered = True
    station.sim.clock.later.append((_move, (station, item, target, port)))


def destroy_item(item: Item) -> None:
    """Take a waiting item out of the model."""
    station = _station_of(item)
    item.ordered = True
    station.sim.clock.later.append((_move, (station, item, None, 0)))


def _station_of(item: Item) -> Station:
    station: Node | None = item.station
    assert station is not None, "an item is created in a station"
    if not isinstance(station, Station):
        station.sim.fail(f"“{item.name}” is being carried", station.name)
    return station


def _offer_anew(station: Station) -> None:
    for item in station.released:
        item.port = station.port_for(item)
    if not station.stops:
        station.offer()


def _let_go(order: tuple[Station, Item, int | None]) -> None:
    station, item, port = order
    if item.station is not station or not station.take(item):
        station.sim.warn(f"{station.name}: an item was released that does not wait there")
        return
    item.port = station.port_for(item) if port is None else port
    if station.stops or not station.send(item):
        station.keep(item)


def _move(order: tuple[Station, Item, Station | None, int]) -> None:
    """Carry out an order; where the item is only now being released, after that."""
    station = order[0]
    if order[1].station is station and order[1] not in station.released:
        station.sim.clock.later.append((_move_now, order))
    else:
        _move_now(order)


def _move_now(order: tuple[Station, Item, Station | None, int]) -> None:
    station, item, target, port = order
    if item.station is not station:
        return  # an earlier order has taken it away
    item.ordered = False
    if not station.take(item):
        hint = "move it when it is released, as in OnProcessFinish or while SendToPort gives −1"
        station.sim.fail(f"“{item.name}” is at work and cannot be moved", station.name, hint)
    station.leave(item, port)
    if target is None:
        station.sim.destroy(item)
    else:
        target.enter(item, 0)
