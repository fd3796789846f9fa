"""Task sequences: what dispatchers queue and task executers carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .item import Item
    from .operators import Crew
    from .station import Link, Station


class Operate:
    """Travel to a station and stay until freed."""

    __slots__ = ("crew", "priority", "station")

    def __init__(self, priority: float, station: Station, crew: Crew) -> None:
        self.priority, self.station, self.crew = priority, station, crew


class Transport:
    """Travel, load, break, travel, unload."""

    __slots__ = ("item", "link", "priority")

    def __init__(self, priority: float, item: Item, link: Link) -> None:
        self.priority, self.item, self.link = priority, item, link


Task = Operate | Transport
