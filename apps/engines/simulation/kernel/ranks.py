"""The rank of an item among those of its station, which code may change.

A station gives what waits in the order of ranks, the first first; a LIFO queue the last first.
"""

from __future__ import annotations

from collections import deque

from .basic import Queue
from .item import Item
from .node import Node
from .station import Station


def rank_of(item: Item) -> int:
    """From 1, in order of entry unless code has changed it; 0 where the item is nowhere."""
    station: Node | None = item.station
    if station is None or item not in station.items:
        return 0
    return list(station.items).index(item) + 1


def neighbour_of(item: Item, step: int) -> Item | None:
    """The item so many ranks further on, or None."""
    station: Node | None = item.station
    place = rank_of(item) - 1 + step
    if station is None or not 0 <= place < len(station.items):
        return None
    return list(station.items)[place]


def set_rank(item: Item, rank: int) -> None:
    """Move an item to that rank, or to the last one; the others close up."""
    station: Node | None = item.station
    if station is None or item not in station.items:
        return
    others = [other for other in station.items if other is not item]
    others.insert(max(rank, 1) - 1, item)
    station.items = dict.fromkeys(others)
    if isinstance(station, Queue):
        station.ranked = True
    if isinstance(station, Station):
        by_rank(station)


def by_rank(station: Station) -> None:
    """Put what waits in the order of ranks."""
    lifo = isinstance(station, Queue) and station.lifo
    places = {item: place for place, item in enumerate(station.items)}
    station.released = deque(
        sorted(station.released, key=lambda item: places.get(item, len(places)), reverse=lifo)
    )
