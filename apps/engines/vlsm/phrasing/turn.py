"""A refinement turn being written: the factory as it stands, and the decoder pieces so far.

Pieces name stations by index; stations without a given name are listed in `Turn.unnamed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from ...factories.factory import Factory, Setting, Station
from ...factories.vocabulary import object_name
from .markup import Markup
from .values import is_time

SymbolicPiece = tuple[str, object]
"""("token", name), ("station", index) or ("slot", (station, property, argument))."""


@dataclass
class Turn:
    """A refinement being written."""

    factory: Factory
    mark: Markup
    pieces: list[SymbolicPiece] = field(default_factory=list)
    unnamed: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)

    @property
    def rng(self) -> Random:
        return self.mark.rng

    def say(self, index: int) -> str:
        """A mention of an object: its name, often with an article."""
        name = self.mark.name(index)
        return f"the {name}" if self.rng.random() < 0.35 else name

    def alive(self, *classes: str) -> list[int]:
        stations = self.factory.stations
        return [
            i
            for i, station in enumerate(stations)
            if i not in self.removed
            and i not in self.unnamed
            and (not classes or station.class_name in classes)
        ]

    def unnamed_set(self) -> set[int]:
        """Objects that no sentence can mention yet."""
        return set(self.unnamed)

    def add_station(self, class_name: str, named: bool, settings: dict[str, Setting]) -> int:
        taken = {station.name.lower() for station in self.factory.stations}
        name = object_name(class_name, self.factory.category, self.rng)
        while name.lower() in taken:
            name = f"{name} {self.rng.randint(2, 99)}"
        self.factory.stations.append(Station(name if named else "", class_name, settings=settings))
        index = len(self.factory.stations) - 1
        self.mark.names.append(name)
        if not named:
            self.unnamed.append(index)
        return index

    def emit(self, *parts: str | int) -> None:
        self.pieces += [
            ("token", part) if isinstance(part, str) else ("station", part) for part in parts
        ]

    def emit_settings(self, index: int, settings: list[Setting]) -> None:
        for setting in settings:
            self.pieces += setting_pieces(index, setting)

    def link(self, source: int, target: int) -> None:
        self.factory.links.append((source, target))
        self.emit("LINK", source, target)

    def unlink(self, source: int, target: int) -> None:
        self.factory.links.remove((source, target))
        self.emit("UNLINK", source, target)


def setting_pieces(index: int, setting: Setting) -> list[SymbolicPiece]:
    """PROP, then DIST and UNIT for times, then one number per argument."""
    out: list[SymbolicPiece] = [("token", f"PROP:{setting.prop}")]
    if setting.prop in ("LIFO", "ItemPlacement"):
        return [*out, ("token", f"VALUE:{setting.args[0].text}")]
    if is_time(setting):
        unit = setting.args[0].unit
        out += [("token", f"DIST:{setting.function}"), ("token", f"UNIT:{unit}")]
    return out + [("slot", (index, setting.prop, k)) for k in range(len(setting.args))]
