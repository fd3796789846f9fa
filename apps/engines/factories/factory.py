"""Random factories: the truth from which a prompt, a sketch and a script are made.

`structure_key` tells layouts apart regardless of names, so that test layouts never occur in
training (generation.md, section 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from .growth import MAX_OBJECTS, MAX_STATIONS, grow
from .naming import CHINESE, name_stations
from .plan import Factory, Quantity, Setting, Station, split_of, structure_key
from .settings import number_setting, sample_settings, time_setting
from .structure import Structure
from .vocabulary import industry

__all__ = [
    "MAX_OBJECTS",
    "Factory",
    "Quantity",
    "Setting",
    "Station",
    "factories",
    "sample_factory",
    "sample_settings",
    "split_of",
    "structure_key",
    "time_setting",
]

CREW_GAP = 6.0
"""Metres between the lowest station and the people and vehicles below it."""


def factories(seed: int, split: str, chinese: float = CHINESE) -> Iterator[Factory]:
    """An endless, reproducible stream of factories of one split, a share of them `chinese`."""
    rng = Random(seed)
    while True:
        factory = sample_factory(Random(rng.getrandbits(48)), chinese)
        if split_of(factory) == split:
            yield factory


def sample_factory(rng: Random, chinese: float = CHINESE) -> Factory:
    """A factory of 3 to 16 objects whose items can all reach a sink."""
    while True:
        built = grow(rng)
        stations = sum(len(stage) for stage in built.stages)
        if 3 <= stations <= MAX_STATIONS:
            break
    factory = Factory(
        industry(rng), [Station("", name) for name in built.classes], sorted(built.links)
    )
    _place(factory, built, rng)
    name_stations(factory, rng, chinese)
    _configure(factory, built, rng)
    return factory


def _place(factory: Factory, built: Structure, rng: Random) -> None:
    """Locations in metres: columns left to right, a U, or rows; resources beside the flow."""
    gap_x, gap_y = rng.choice([6.0, 8.0, 10.0]), rng.choice([5.0, 6.0, 8.0])
    fold = rng.choice([99, 99, 4, 5]) if len(built.stages) > 5 else 99
    for column, stage in enumerate(built.stages):
        row, place = divmod(column, fold)
        column_x = place if row % 2 == 0 else fold - 1 - place
        for rank, index in enumerate(stage):
            station = factory.stations[index]
            station.x = column_x * gap_x
            station.y = -(rank - (len(stage) - 1) / 2) * gap_y - row * gap_y * 4
    placed = sum(len(stage) for stage in built.stages)
    crew = factory.stations[placed:]
    if crew:
        _place_crew(factory.stations[:placed], crew, gap_x, rng)


def _place_crew(stations: list[Station], crew: list[Station], gap: float, rng: Random) -> None:
    """A row below or above all stations, spread over their width."""
    left, right = min(s.x for s in stations), max(s.x for s in stations)
    below = rng.random() < 0.7
    edge = min(s.y for s in stations) - CREW_GAP if below else max(s.y for s in stations) + CREW_GAP
    step = max(gap * 0.8, (right - left) / max(1, len(crew)))
    start = (left + right) / 2 - step * (len(crew) - 1) / 2
    for rank, member in enumerate(crew):
        member.x, member.y = round(start + rank * step, 1), edge


def _configure(factory: Factory, built: Structure, rng: Random) -> None:
    """Settings; objects of a class often share them, as on real lines."""
    shared = {name: rng.random() < 0.35 for name in sorted(set(built.classes))}
    common: dict[str, dict[str, Setting]] = {}
    for station in factory.stations:
        settings = sample_settings(station.class_name, rng)
        if shared[station.class_name]:
            settings = common.setdefault(station.class_name, settings)
        station.settings = dict(settings)
    for index, prop, value in built.flags:
        settings = factory.stations[index].settings
        settings[prop] = number_setting(prop, value)
        if (prop, value) == ("SeparateMode", "0") and rng.random() < 0.85:
            settings["SeparateQty"] = number_setting("SeparateQty", str(rng.randint(2, 8)))
        if prop == "CombineMode" and (value != "1" or len(factory.predecessors(index)) != 2):
            settings.pop("ComponentsList", None)
        if prop == "UseProcessOperators" and _team(factory, index) and rng.random() < 0.25:
            settings["NumProcessOperators"] = number_setting("NumProcessOperators", "2")


def _team(factory: Factory, index: int) -> bool:
    """Whether a Dispatcher serves the station."""
    return any(factory.class_of(b) == "Dispatcher" for a, b in factory.service() if a == index)
