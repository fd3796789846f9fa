"""Names for all objects of a factory: each its own, numbered stems, or common nouns."""

from __future__ import annotations

from random import Random

from .plan import Factory, Station
from .vocabulary import chinese_name, generic_name, object_name
from .words import QUALIFIERS

CHINESE = 0.06
"""Factories whose objects all have Chinese names."""


def name_stations(factory: Factory, rng: Random, chinese: float = CHINESE) -> None:
    taken: set[str] = set()
    numbered = rng.random() < 0.45
    told_apart = not numbered and rng.random() < 0.12
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
        elif told_apart and not generic and rng.random() < 0.75:
            stem = stems.setdefault(station.class_name, name)
            name = f"{rng.choice(QUALIFIERS)} {stem}"
        while name.lower() in taken or not name.strip():
            name = _new_name(factory, station, rng)
            if (generic or len(taken) > 8) and rng.random() < 0.5:
                name = f"{name} {rng.randint(1, 99)}"
        taken.add(name.lower())
        station.name = name
    # A stream of its own, so that all other factories stay as they are.
    own = Random("".join(station.name for station in factory.stations))
    if own.random() < chinese:
        _name_in_chinese(factory, own)


def _name_in_chinese(factory: Factory, rng: Random) -> None:
    taken: set[str] = set()
    for station in factory.stations:
        name = chinese_name(station.class_name, factory.category, rng)
        while name in taken:
            name = chinese_name(station.class_name, factory.category, rng, numbered=True)
        taken.add(name)
        station.name = name
    factory.generic = False


def _new_name(factory: Factory, station: Station, rng: Random) -> str:
    make = generic_name if factory.generic else object_name
    return make(station.class_name, factory.category, rng)
