"""Random factories: the truth from which a prompt, a sketch and a script are made.

Structures are grown stage by stage: lines, parallel stations, merges, splits, several
sources and sinks, and loops back. `structure_key` tells layouts apart regardless of names, so that
test layouts never occur in training (generation.md, section 3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from .vocabulary import generic_name, industry, object_name

MAX_OBJECTS = 14
UNIT_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
DISTRIBUTION_ARGUMENTS = {
    "constant": ("value",),
    "exponential": ("mean",),
    "uniform": ("min", "max"),
    "normal": ("mean", "std"),
    "triangular": ("min", "max", "mode"),
}


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
        return [target for source, target in self.links if source == index]

    def predecessors(self, index: int) -> list[int]:
        return [source for source, target in self.links if target == index]


def structure_key(factory: Factory) -> str:
    """A Weisfeiler-Lehman hash of classes and links; names and values do not enter."""
    colours = [station.class_name for station in factory.stations]
    for _ in range(5):
        colours = [
            _digest(
                [
                    colour,
                    "in",
                    *sorted(colours[i] for i in factory.predecessors(index)),
                    "out",
                    *sorted(colours[i] for i in factory.successors(index)),
                ]
            )
            for index, colour in enumerate(colours)
        ]
    return _digest(sorted(colours))


def _digest(parts: list[str]) -> str:
    return hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()


def split_of(factory: Factory) -> str:
    """ "test" for a tenth of all structures, "train" for the others."""
    digest = hashlib.blake2b(structure_key(factory).encode(), digest_size=2).digest()
    return "test" if digest[0] % 10 == 0 else "train"


def factories(seed: int, split: str) -> Iterator[Factory]:
    """An endless, reproducible stream of factories of one split."""
    rng = Random(seed)
    while True:
        factory = sample_factory(Random(rng.getrandbits(48)))
        if split_of(factory) == split:
            yield factory


def sample_factory(rng: Random) -> Factory:
    """A factory of 3 to 14 objects whose items can all reach a sink."""
    while True:
        classes, links, stages = _grow(rng)
        if 3 <= len(classes) <= MAX_OBJECTS:
            break
    factory = Factory(industry(rng), [Station("", name) for name in classes], sorted(links))
    _place(factory, stages, rng)
    _name(factory, rng)
    _configure(factory, rng)
    return factory


def _grow(rng: Random) -> tuple[list[str], set[tuple[int, int]], list[list[int]]]:
    """Classes, links and stages (columns of object indices) of a random structure."""
    classes: list[str] = []
    links: set[tuple[int, int]] = set()
    stages: list[list[int]] = []

    def add_stage(class_name: str, count: int) -> list[int]:
        stage = list(range(len(classes), len(classes) + count))
        classes.extend([class_name] * count)
        stages.append(stage)
        return stage

    target = rng.choice([3, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14])
    front = add_stage("Source", rng.choices([1, 2, 3], [78, 17, 5])[0])
    parallel = rng.random() < 0.6
    while len(classes) < target - 1:
        width = rng.choices([1, 2, 3, 4], [45, 35, 15, 5])[0] if parallel else 1
        class_name = _next_class(classes[front[0]], rng)
        stage = add_stage(class_name, min(width, max(1, target - 1 - len(classes))))
        links |= _join(front, stage, rng)
        front = stage
        if len(front) > 1 and rng.random() < 0.25:
            parallel = False
    sinks = rng.choices([1, 2], [85, 15])[0] if len(front) > 1 or rng.random() < 0.3 else 1
    links |= _join(front, add_stage("Sink", sinks), rng)
    links |= _extras(classes, stages, rng)
    return classes, links, stages


def _next_class(previous: str, rng: Random) -> str:
    if previous == "Source":
        return "Queue" if rng.random() < 0.7 else "Processor"
    if previous == "Queue":
        return "Processor" if rng.random() < 0.93 else "Queue"
    return "Queue" if rng.random() < 0.5 else "Processor"


def _join(front: list[int], stage: list[int], rng: Random) -> set[tuple[int, int]]:
    """Links from one stage to the next so that no station is left without one."""
    if len(front) == len(stage) > 1 and rng.random() < 0.6:
        return set(zip(front, stage, strict=True))
    if len(front) == 1 or len(stage) == 1 or rng.random() < 0.5:
        return {(a, b) for a in front for b in stage}
    links = {(a, rng.choice(stage)) for a in front}
    return links | {(rng.choice(front), b) for b in stage if all(t != b for _, t in links)}


def _extras(classes: list[str], stages: list[list[int]], rng: Random) -> set[tuple[int, int]]:
    """Now and then a loop back for rework or a by-pass."""
    links: set[tuple[int, int]] = set()
    if len(stages) < 5:
        return links
    if rng.random() < 0.08:
        late = rng.choice(stages[-2])
        early = rng.choice(stages[rng.randint(1, len(stages) - 3)])
        if classes[late] == "Processor" and early != late:
            links.add((late, early))
    if rng.random() < 0.1:
        start = rng.randint(0, len(stages) - 3)
        links.add((rng.choice(stages[start]), rng.choice(stages[start + 2])))
    return links


def _place(factory: Factory, stages: list[list[int]], rng: Random) -> None:
    """Locations in metres: columns left to right, a U, or rows."""
    gap_x, gap_y = rng.choice([6.0, 8.0, 10.0]), rng.choice([5.0, 6.0, 8.0])
    fold = rng.choice([99, 99, 4, 5]) if len(stages) > 5 else 99
    for column, stage in enumerate(stages):
        row, place = divmod(column, fold)
        column_x = place if row % 2 == 0 else fold - 1 - place
        for rank, index in enumerate(stage):
            station = factory.stations[index]
            station.x = column_x * gap_x
            station.y = -(rank - (len(stage) - 1) / 2) * gap_y - row * gap_y * 4


def _name(factory: Factory, rng: Random) -> None:
    taken: set[str] = set()
    numbered = rng.random() < 0.45
    generic = rng.random() < 0.12
    factory.generic = generic
    stems: dict[str, str] = {}
    counts: dict[str, int] = {}
    joint = rng.choice([" ", " ", "", "_", "-"])
    for station in factory.stations:
        name = _new_name(factory, station, rng)
        if numbered and not generic and rng.random() < 0.75:
            stem = stems.setdefault(station.class_name, name.rstrip("0123456789 _-#.") or name)
            counts[stem] = counts.get(stem, 0) + 1
            name = f"{stem}{joint}{counts[stem]}"
        while name.lower() in taken or not name.strip():
            name = _new_name(factory, station, rng)
            if (generic or len(taken) > 8) and rng.random() < 0.5:
                name = f"{name} {rng.randint(1, 99)}"
        taken.add(name.lower())
        station.name = name


def _new_name(factory: Factory, station: Station, rng: Random) -> str:
    make = generic_name if factory.generic else object_name
    return make(station.class_name, factory.category, rng)


def _configure(factory: Factory, rng: Random) -> None:
    """Settings; objects of a class often share them, as on real lines."""
    shared = {name: rng.random() < 0.35 for name in ("Source", "Queue", "Processor")}
    common: dict[str, dict[str, Setting]] = {}
    for station in factory.stations:
        settings = sample_settings(station.class_name, rng)
        if shared.get(station.class_name):
            settings = common.setdefault(station.class_name, settings)
        station.settings = dict(settings)


def sample_settings(class_name: str, rng: Random) -> dict[str, Setting]:
    settings: list[Setting] = []
    if class_name == "Source" and rng.random() < 0.93:
        settings.append(time_setting("InterArrivalTime", rng, exponential=0.5))
    if class_name == "Queue":
        settings.extend(_queue_settings(rng))
    if class_name == "Processor":
        if rng.random() < 0.96:
            settings.append(time_setting("ProcessTime", rng))
        if rng.random() < 0.33:
            settings.append(time_setting("SetupTime", rng, constant=0.75))
        if rng.random() < 0.22:
            settings.append(Setting("MaxContent", "constant", (Quantity(str(rng.randint(2, 20))),)))
    return {item.prop: item for item in settings}


def _queue_settings(rng: Random) -> Iterator[Setting]:
    if rng.random() < 0.75:
        size = rng.choice(
            [rng.randint(1, 30), rng.randint(1, 30), rng.choice([40, 50, 100, 200, 500])]
        )
        yield Setting("MaxContent", "constant", (Quantity(str(size)),))
    if rng.random() < 0.18:
        yield Setting("LIFO", "constant", (Quantity("1"),))
    if rng.random() < 0.2:
        yield Setting("ItemPlacement", "constant", (Quantity(str(rng.choice([1, 1, 2, 3, 4]))),))
    if rng.random() < 0.14:
        height = rng.choice(["0.1", "0.2", "0.3", "0.5", "0.25", "1", "0.15", "0.8"])
        yield Setting("StackBaseZ", "constant", (Quantity(height),))


def time_setting(
    prop: str, rng: Random, exponential: float = 0.15, constant: float = 0.33
) -> Setting:
    """A constant or distributed time with its unit."""
    unit = rng.choices(["s", "min", "h"], [80, 17, 3])[0]
    roll = rng.random()
    if roll < exponential:
        if prop == "InterArrivalTime" and rng.random() < 0.15:
            return Setting(prop, "exponential", (_rate(rng),))
        return Setting(prop, "exponential", (_amount(rng, unit),))
    if roll < exponential + constant * (1 - exponential):
        if rng.random() < {"InterArrivalTime": 0.15, "ProcessTime": 0.04}.get(prop, 0.0):
            return Setting(prop, "constant", (_rate(rng),))
        return Setting(prop, "constant", (_amount(rng, unit),))
    function = rng.choice(["uniform", "normal", "triangular"])
    low, mid, high = _ascending(rng, unit)
    if function == "uniform":
        return Setting(prop, function, (low, high))
    if function == "normal":
        return Setting(prop, function, (high, replace(low)))
    return Setting(prop, function, (low, high, mid))


def _rate(rng: Random) -> Quantity:
    unit = rng.choice(["/h", "/h", "/h", "/min"])
    number = rng.choice(
        [3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 24, 25, 30, 36, 40, 45, 60, 72, 90, 120]
    )
    return Quantity(str(number), unit)


def _amount(rng: Random, unit: str) -> Quantity:
    if unit != "s":
        return Quantity(
            rng.choice([str(rng.randint(1, 12)), f"{rng.randint(1, 9)}.5", "0.5", "0.25"]), unit
        )
    roll = rng.random()
    if roll < 0.7:
        return Quantity(str(rng.randint(1, 120)), unit)
    if roll < 0.85:
        return Quantity(f"{rng.uniform(0.5, 90):.1f}", unit)
    if roll < 0.92:
        return Quantity(f"{rng.uniform(0.5, 60):.2f}", unit)
    return Quantity(str(rng.randint(120, 900)), unit)


def _ascending(rng: Random, unit: str) -> tuple[Quantity, Quantity, Quantity]:
    decimals = 0 if rng.random() < 0.8 else 1
    top = 12.0 if unit != "s" else rng.choice([20.0, 60.0, 120.0])
    while True:
        values = sorted(round(rng.uniform(1, top), decimals) for _ in range(3))
        if values[0] < values[1] < values[2]:
            break
    low, mid, high = (Quantity(f"{value:.{decimals}f}", unit) for value in values)
    return low, mid, high
