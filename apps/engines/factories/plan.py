"""What a factory is made of: stations with settings, and links between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from .roles import is_resource

UNIT_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}


@dataclass(frozen=True)
class Quantity:
    """A number as written, with its unit ("s", "min", "h", "/s", "/min", "/h" or "" for none)."""

    text: str
    unit: str = ""

    @property
    def value(self) -> float:
        """The number in model units: seconds for times; "/h" turns a rate into an interval."""
        number = float(self.text)
        if not self.unit:
            return number
        if self.unit.startswith("/"):
            return round(UNIT_SECONDS[self.unit[1:]] / number, 6)
        return round(number * UNIT_SECONDS[self.unit], 6)


@dataclass(frozen=True)
class Setting:
    """One property of one object: a distribution name (or "constant") and its arguments."""

    prop: str
    function: str
    args: tuple[Quantity, ...]


@dataclass
class Station:
    """One object of a factory with the settings that its script makes."""

    name: str
    class_name: str
    x: float = 0.0
    y: float = 0.0
    settings: dict[str, Setting] = field(default_factory=dict)


@dataclass
class Factory:
    """Stations and directed links (indices into `stations`)."""

    category: str
    stations: list[Station]
    links: list[tuple[int, int]]
    generic: bool = False
    """Whether the objects are called by common nouns only."""

    def successors(self, index: int) -> list[int]:
        """Where items go from a station."""
        return [target for source, target in self.flow() if source == index]

    def predecessors(self, index: int) -> list[int]:
        """Where items come from."""
        return [source for source, target in self.flow() if target == index]

    def class_of(self, index: int) -> str:
        return self.stations[index].class_name

    def flow(self) -> list[tuple[int, int]]:
        """The links that items take."""
        return [link for link in self.links if not is_resource(self.class_of(link[1]))]

    def service(self) -> list[tuple[int, int]]:
        """(station or Dispatcher, resource) for every link to a resource."""
        return [link for link in self.links if is_resource(self.class_of(link[1]))]

    def container_feeder(self, combiner: int) -> int | None:
        """Where the containers of a Combiner come from: what is connected to its first port."""
        return min(self.predecessors(combiner), default=None)


def structure_key(factory: Factory) -> str:
    """A Weisfeiler-Lehman hash of classes and links; names and values do not enter."""
    colours = [station.class_name for station in factory.stations]
    for _ in range(5):
        before: list[list[str]] = [[] for _ in colours]
        after: list[list[str]] = [[] for _ in colours]
        for source, target in factory.links:
            before[target].append(colours[source])
            after[source].append(colours[target])
        colours = [
            _digest([colour, "in", *sorted(before[i]), "out", *sorted(after[i])])
            for i, colour in enumerate(colours)
        ]
    return _digest(sorted(colours))


def _digest(parts: list[str]) -> str:
    return hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()


def split_of(factory: Factory) -> str:
    """ "test" for a tenth of all structures, "train" for the others."""
    digest = hashlib.blake2b(structure_key(factory).encode(), digest_size=2).digest()
    return "test" if digest[0] % 10 == 0 else "train"
