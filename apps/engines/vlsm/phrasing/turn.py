"""A refinement turn being written: the factory as it stands, and the decoder pieces so far.

Pieces name stations by index; stations without a given name are listed in `Turn.unnamed`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from ...factories.factory import Factory, Setting, Station
from ...factories.roles import is_resource
from ...factories.vocabulary import object_name
from ..actions import OPTION_PROPERTIES
from ..rewiring import rewired
from .markup import Markup
from .objects import CLASS_NOUNS
from .turn_forms import choose, is_held_out
from .values import is_time

SymbolicPiece = tuple[str, object]
"""("token", name), ("station", index) or ("slot", (station, property, argument))."""

FRESH = 2
"""Objects without a name that a refinement may create."""
_CLASS_WORDS = {noun.split()[-1].lower() for nouns in CLASS_NOUNS.values() for noun in nouns}
_ROLES = {
    "Source": "source",
    "Sink": "sink",
    "Queue": "queue",
    "Processor": "processor",
    "Combiner": "combiner",
    "Separator": "separator",
    "StraightConveyor": "conveyor",
    "Dispatcher": "dispatcher",
    "Operator": "operator",
    "Transporter": "forklift",
    "Robot": "robot",
}
"""Words that mean one class only."""


@dataclass
class Turn:
    """A refinement being written."""

    factory: Factory
    mark: Markup
    chinese: bool = False
    held_out: bool = False
    """Whether to speak in the phrasings that training never sees."""
    partial_rate: float = 0.0
    pieces: list[SymbolicPiece] = field(default_factory=list)
    unnamed: list[int] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    rewired: set[tuple[int, int]] = field(default_factory=set)
    last: int | None = None
    """What "it" means after the last request."""
    forms: list[str] = field(default_factory=list)
    """The templates used."""
    shorts: set[str] = field(default_factory=set)

    @property
    def rng(self) -> Random:
        return self.mark.rng

    @property
    def novel(self) -> bool:
        """Whether a held-out phrasing was used."""
        return any(map(is_held_out, self.forms))

    def form(self, templates: Sequence[str], **words: object) -> str:
        """One of the templates of this turn's part, filled in."""
        template = choose(templates, self.rng, self.held_out)
        self.forms.append(template)
        return template.format(**words)

    def say(self, index: int) -> str:
        """A mention of an object: its name, a short form of it, or what it is."""
        name = self.mark.name(index)
        if self.chinese:
            return name
        if self.rng.random() < self.partial_rate and (short := self._short(index)):
            return f"the {short}"
        if self.rng.random() < 0.08 and (role := self._role(index)):
            return f"the {role}"
        return f"the {name}" if self.rng.random() < 0.3 else name

    def _short(self, index: int) -> str:
        """ "oven" for "Curing Oven 2" where no other name has that word; "" if there is none."""
        if index >= self.mark.verbatim_from:
            return ""
        words = [w for w in re.split(r"[\s_\-#]+", self.mark.names[index]) if w.isalpha()]
        word = words[-1].lower() if words else ""
        usual = not word.isascii() or len(word) < 4 or word in _CLASS_WORDS
        if usual or sum(word in name.lower() for name in self.mark.names) > 1:
            return ""
        self.shorts.add(word)
        return word

    def _role(self, index: int) -> str:
        """ "sink" for the only Sink; "" where several are, or a name says the word."""
        cls = self.factory.class_of(index)
        role = _ROLES.get(cls, "")
        mates = [i for i, s in enumerate(self.factory.stations) if s.class_name == cls]
        told = any(role in name.lower() for name in self.mark.names)
        return role if role and mates == [index] and not told else ""

    def alive(self, *classes: str) -> list[int]:
        """Objects that a sentence can mention."""
        stations = self.factory.stations
        return [
            i
            for i, station in enumerate(stations)
            if i not in self.removed
            and i not in self.unnamed
            and (not classes or station.class_name in classes)
        ]

    def untouched(self, *classes: str) -> list[int]:
        return [i for i in self.alive(*classes) if i not in self.touched]

    def stations(self) -> list[int]:
        """Objects that items pass."""
        return [i for i in self.alive() if not is_resource(self.factory.class_of(i))]

    def flows(self) -> list[tuple[int, int]]:
        """Links of items between objects that can be mentioned, not yet spoken of. What feeds the
        containers of a Combiner stays where it is: its port has a meaning."""
        named = set(self.alive())
        return [
            (a, b)
            for a, b in self.factory.flow()
            if {a, b} <= named
            and (a, b) not in self.rewired
            and not (
                self.factory.class_of(b) == "Combiner" and self.factory.container_feeder(b) == a
            )
        ]

    def add_station(
        self, class_name: str, named: bool, settings: dict[str, Setting], name: str = ""
    ) -> int:
        """A new object; its index. A name that is taken, or that a short form used already could
        mean, is not given."""
        taken = {station.name.lower() for station in self.factory.stations}
        name = name or object_name(class_name, self.factory.category, self.rng)
        while name.lower() in taken or any(word in name.lower() for word in self.shorts):
            name = object_name(class_name, self.factory.category, self.rng)
        self.factory.stations.append(Station(name if named else "", class_name, settings=settings))
        index = len(self.factory.stations) - 1
        self.mark.names.append(name if named else "")
        if not named:
            self.unnamed.append(index)
        self.touched.add(index)
        return index

    def emit(self, *parts: str | int) -> None:
        self.pieces += [
            ("token", part) if isinstance(part, str) else ("station", part) for part in parts
        ]

    def emit_settings(self, index: int, settings: Sequence[Setting]) -> None:
        for setting in settings:
            self.pieces += setting_pieces(index, setting)

    def change(self, index: int, settings: Sequence[Setting]) -> None:
        """Set properties of an object."""
        station = self.factory.stations[index]
        station.settings = station.settings | {item.prop: item for item in settings}
        self.emit("SET", index)
        self.emit_settings(index, settings)

    def link(self, source: int, target: int) -> None:
        self.factory.links.append((source, target))
        self.rewired.add((source, target))
        self.emit("LINK", source, target)

    def rewire(self, head: str, *ends: int) -> None:
        """Change the way of items by one statement (`rewiring`)."""
        self.flow_becomes(rewired(head, ends, self.factory.flow()))
        self.emit(head, *ends)

    def flow_becomes(self, flow: Sequence[tuple[int, int]]) -> None:
        """Give the items these ways."""
        before = self.factory.flow()
        kept = [link for link in self.factory.links if link not in before or link in flow]
        new = [link for link in flow if link not in before]
        self.factory.links[:] = kept + new
        self.rewired |= {*new, *(link for link in before if link not in flow)}

    def unlink(self, source: int, target: int) -> None:
        self.factory.links.remove((source, target))
        self.rewired.add((source, target))
        self.emit("UNLINK", source, target)


def setting_pieces(index: int, setting: Setting) -> list[SymbolicPiece]:
    """PROP, then DIST and UNIT for times, then one number per argument."""
    out: list[SymbolicPiece] = [("token", f"PROP:{setting.prop}")]
    if setting.prop in OPTION_PROPERTIES:
        return [*out, ("token", f"VALUE:{setting.args[0].text}")]
    if is_time(setting):
        unit = setting.args[0].unit
        out += [("token", f"DIST:{setting.function}"), ("token", f"UNIT:{unit}")]
    return out + [("slot", (index, setting.prop, k)) for k in range(len(setting.args))]
