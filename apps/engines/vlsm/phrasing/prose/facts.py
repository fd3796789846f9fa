"""What there is to tell of an object, and the telling of one fact in four registers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from ....factories.factory import Factory, Setting, Station
from ....factories.words import PRODUCTS
from ..markup import Markup
from ..objects import conjugate, one_of
from ..service import FLAGS, inferred
from ..values import Numbers, is_rate
from .amounts import is_simple, phrase, terse
from .forms import Forms
from .wording import WORDINGS

BOXES = ("crates", "boxes", "pallets", "cartons", "containers", "bins", "trays", "cases")
PIECES = ("pieces", "parts", "blanks", "sections", "portions")
_KINDS = {
    "SetupTime": "setup", "LIFO": "lifo", "StackBaseZ": "base", "ComponentsList": "components",
    "SeparateQty": "splitqty", "MinimumDwellTime": "dwell", "Speed": "speed",
    "MaxSpeed": "maxspeed", "Capacity": "carry", "LoadTime": "load", "UnloadTime": "unload",
    "MoveTime": "move", "UseProcessOperators": "operators", "NumProcessOperators": "crew",
    "UseTransport": "transport",
}  # fmt: skip
_COMBINE = {"1": "pack", "2": "join", "3": "batch"}
_SEPARATE = {"0": "split", "1": "unpack"}


@dataclass(frozen=True)
class Fact:
    """One thing to tell: its kind (see `wording`) and the setting whose numbers it holds."""

    kind: str
    setting: Setting


def facts_of(station: Station, left_out: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """The facts of a station; settings that people tell in one breath are one fact."""
    settings = {key: item for key, item in station.settings.items() if key not in left_out}
    mode = settings.get("CombineMode")
    if mode and mode.args[0].text == "1" and "ComponentsList" in settings:
        del settings["CombineMode"]
    mode = settings.get("SeparateMode")
    if mode and mode.args[0].text == "0" and "SeparateQty" in settings:
        del settings["SeparateMode"]
    return tuple(Fact(_kind(item, station), item) for item in settings.values())


def _kind(setting: Setting, station: Station) -> str:
    prop, number = setting.prop, setting.args[0].text
    if prop == "InterArrivalTime":
        if is_rate(setting):
            return "arrival:poisson" if setting.function == "exponential" else "arrival:rate"
        return "arrival:constant" if setting.function == "constant" else "arrival:random"
    if prop == "ProcessTime":
        return "process:rate" if is_rate(setting) else "process"
    if prop == "MaxContent":
        return "capacity" if station.class_name == "Queue" else "parallel"
    if prop == "ItemPlacement":
        return f"placement:{number}"
    if prop == "CombineMode":
        return _COMBINE[number]
    if prop == "SeparateMode":
        return _SEPARATE[number]
    if prop == "ComponentsList" and _mode(station, "CombineMode") == "1":
        return "pack:n"
    if prop == "SeparateQty" and _mode(station, "SeparateMode") == "0":
        return "split:n"
    return _KINDS[prop]


def _mode(station: Station, prop: str) -> str:
    setting = station.settings.get(prop)
    return setting.args[0].text if setting else ""


def _closing(form: str) -> bool:
    """Whether a time, if any, comes last: only short ones can be followed by words."""
    return form.endswith(("{t}", "{x}")) or ("{t}" not in form and "{x}" not in form)


@dataclass
class Teller:
    """What is being told, in whose words, and what has been told so far."""

    factory: Factory
    mark: Markup
    forms: Forms
    links: bool
    classes: bool
    items: str = ""
    box: str = ""
    pieces: str = ""
    unsaid: list[frozenset[str]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    """Objects that have been introduced, with their facts."""
    grouping: bool = True
    """Whether ends of links may be told by one word for all."""
    grouped: bool = False
    listed: set[int] = field(default_factory=set)
    """Objects some of whose facts are told in a list of their own."""

    def __post_init__(self) -> None:
        self.items = self.rng.choice(PRODUCTS)
        self.box = one_of(self.rng.choice([word for word in BOXES if word != self.items]))
        self.pieces = self.rng.choice([word for word in PIECES if word != self.items])
        self.unsaid = [self._implied(index) for index in range(len(self.factory.stations))]

    @property
    def rng(self) -> Random:
        return self.mark.rng

    def _implied(self, index: int) -> frozenset[str]:
        """Flags that need no telling: links told or drawn say them."""
        out = {
            flag
            for flag in FLAGS
            if flag in self.factory.stations[index].settings
            and (self.links or inferred(self.factory, index, flag))
            and any(a == index for a, _ in self.factory.service())
        }
        return frozenset(out)

    def facts(self, index: int) -> tuple[Fact, ...]:
        """Everything to tell of a station."""
        return facts_of(self.factory.stations[index], self.unsaid[index])

    def cls(self, index: int) -> str:
        return self.factory.class_of(index)

    def pick(self, *options: str) -> str:
        return self.forms.pick(options)

    def fill(self, form: str) -> str:
        """Put in what is made: {item}, {items}, {box}, {pieces}."""
        words = {"{items}": self.items, "{item}": one_of(self.items)}
        for key, word in (words | {"{box}": self.box, "{pieces}": self.pieces}).items():
            form = form.replace(key, word)
        return form

    def verb(self, fact: Fact, owners: list[int], many: bool = False) -> str:
        """ "takes 5 s"."""
        return conjugate(self.said(WORDINGS[fact.kind].verbs, fact, owners), many)

    def noun(self, fact: Fact, owners: list[int]) -> str:
        """ "a cycle time of 5 s"."""
        return self.said(WORDINGS[fact.kind].nouns, fact, owners)

    def short(self, fact: Fact, owners: list[int]) -> str:
        """ "5 s each"."""
        return self.said(WORDINGS[fact.kind].shorts, fact, owners)

    def pair(self, fact: Fact, owners: list[int]) -> tuple[str, str]:
        """("cycle time", "5 s")."""
        words = WORDINGS[fact.kind]
        return self.forms.pick(words.keys), self.said((words.value,), fact, owners)

    def said(self, forms: tuple[str, ...], fact: Fact, owners: list[int]) -> str:
        """A form with the fact's numbers."""
        n = Numbers(self.mark, fact.setting, owners)
        if not is_simple(n):
            forms = tuple(form for form in forms if _closing(form))
        form = forms[0] if len(forms) == 1 else self.forms.pick(forms)
        if fact.setting.args[0].text == "1":
            form = re.sub(
                r"\{n\} (\{(?:item|piece)|place|slot|component|operator)s(\}?)", r"{n} \1\2", form
            )
        form = self.fill(form).replace("{piece}", one_of(self.pieces))
        if "{t}" in form:
            closed = not form.endswith("{t}")
            form = form.replace("{t}", phrase(n, self.forms, closed))
        if "{x}" in form:
            form = form.replace("{x}", terse(n, self.forms))
        form = form.replace("{u}", "{n}{U}")
        if "{n}" in form:
            form = form.replace("{n}", n[0])
        return form.replace("{U}", n.unit).rstrip()

    def and_(self, parts: list[str], last: str = "and") -> str:
        """ "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        oxford = "," if len(parts) > 2 and self.rng.random() < 0.3 else ""
        return f"{', '.join(parts[:-1])}{oxford} {last} {parts[-1]}"

    def verbs(self, indices: list[int], many: bool = False) -> str:
        """All facts of objects alike, as a predicate; "" without facts."""
        facts = list(self.facts(indices[0]))
        self.rng.shuffle(facts)
        return self.and_([self.verb(fact, indices, many) for fact in facts])

    def shorts(self, indices: list[int], joint: str = ", ") -> str:
        """All facts of objects alike, in few words; "" without facts."""
        return joint.join(self.short(fact, indices) for fact in self.facts(indices[0]))

    def alike(self, indices: list[int]) -> bool:
        """Whether objects have the same class and facts."""
        first = indices[0]
        return all(
            self.cls(i) == self.cls(first) and self.facts(i) == self.facts(first) for i in indices
        )
