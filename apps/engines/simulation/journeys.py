"""What a trace tells of single items and of their stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

from .trace import Trace
from .xes import Visit


@dataclass(frozen=True)
class Journey:
    """One item's visits in order of time; visits that had not ended by the run's end are left out.

    `finished`: the last one was to a sink.
    """

    item: int
    visits: tuple[Visit, ...]
    finished: bool

    @property
    def began(self) -> float:
        return self.visits[0].start

    @property
    def time_in_system(self) -> float | None:
        """From the first entry to the sink; None while the item is on its way."""
        return self.visits[-1].end - self.began if self.finished else None

    def time_at(self, place: str) -> float:
        """The sum of the stays at one object."""
        return fsum(visit.end - visit.start for visit in self.visits if visit.place == place)


def journeys(trace: Trace, sinks: Collection[str]) -> list[Journey]:
    """One journey for each item that has left an object, in the order of their numbers.

    `sinks` are the names of the model's sinks (`RunResult.sinks`).
    """
    rows = sorted(
        (item, enter, leave, number, place)
        for number, (item, place, enter, leave) in enumerate(trace.items)
    )
    visits: dict[int, list[Visit]] = {}
    for item, enter, leave, _, place in rows:
        visits.setdefault(item, []).append(Visit(place, enter, leave))
    return [Journey(item, tuple(found), found[-1].place in sinks) for item, found in visits.items()]


@dataclass(frozen=True)
class StayTimes:
    """Stay times at one object; `current` is that of the item that left last.

    `series`: (time of leaving, stay) in order of leaving.
    """

    current: float
    average: float
    minimum: float
    maximum: float
    series: tuple[tuple[float, float], ...]


def stay_times(trace: Trace, since: float = 0.0) -> dict[str, StayTimes]:
    """Of each object that items have left at or after `since` (the end of the warm-up)."""
    series: dict[str, list[tuple[float, float]]] = {}
    for _, place, enter, leave in trace.items:
        if leave >= since:
            series.setdefault(place, []).append((leave, leave - enter))
    return {place: _summary(points) for place, points in series.items()}


def _summary(points: list[tuple[float, float]]) -> StayTimes:
    stays = [stay for _, stay in points]
    return StayTimes(stays[-1], fsum(stays) / len(stays), min(stays), max(stays), tuple(points))
