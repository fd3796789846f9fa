"""The result of a run: estimates over replications, bottleneck, warnings, trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isnan
from operator import attrgetter
from typing import Any

import numpy as np

from .bottleneck import Bottleneck
from .config import RunConfig
from .estimates import Estimate, estimate
from .journeys import Journey, journeys
from .model import WAYS, Model
from .observe import Observation, Reals, see
from .states import STATE_NAMES
from .trace import Trace

_NOTHING = Estimate(0.0, None, 0.0, 0.0, 0)  # nothing was seen: n is 0
_KPIS = ("throughput_per_hour", "items_out", "items_in", "wip", "wip_max", "time_in_system")


@dataclass(frozen=True)
class ObjectResult:
    """One object; `measures` by the names of `observe.Seen`, `states` as shares of time."""

    name: str
    class_name: str
    measures: dict[str, Estimate]
    states: dict[str, Estimate]

    def __getitem__(self, measure: str) -> Estimate:
        return self.measures[measure]

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "class": self.class_name,
            **{name: value.to_json() for name, value in self.measures.items()},
            "states": {name: value.to_json() for name, value in self.states.items()},
        }


class Objects:
    """Results of all running objects in the model's order; each is made when it is asked for."""

    def __init__(self, model: Model, observations: Sequence[Observation]) -> None:
        running = [obj for obj in model if obj.class_name not in WAYS]
        self.names = [obj.name for obj in running]
        self.classes = [obj.class_name for obj in running]
        self.seen = see(observations)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[ObjectResult]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, index: int) -> ObjectResult:
        measures = {
            name: _of_column(column[:, index]) for name, column in self.seen.measures.items()
        }
        return ObjectResult(self.names[index], self.classes[index], measures, self._states(index))

    def _states(self, index: int) -> dict[str, Estimate]:
        shares = self.seen.shares[:, index]
        shown = np.flatnonzero((shares > 0.0).any(axis=0)).tolist()
        return {STATE_NAMES[state]: _of_column(shares[:, state]) for state in shown}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Objects) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def find(self, name: str) -> ObjectResult:
        """The first object of that name; KeyError when there is none."""
        try:
            return self[self.names.index(name)]
        except ValueError:
            raise KeyError(name) from None


@dataclass(frozen=True)
class RunResult:
    """Everything a page or a script shows of a run; `seconds` is CPU time."""

    config: RunConfig
    replications: int
    events: int
    seconds: float
    kpis: dict[str, Estimate]
    objects: Objects
    bottleneck: Bottleneck
    warnings: tuple[str, ...]
    output: tuple[str, ...] = ()  # what code printed in the first replication
    trace: Trace | None = field(default=None, repr=False, compare=False)

    def object(self, name: str) -> ObjectResult:
        """The first object of that name; KeyError when there is none."""
        return self.objects.find(name)

    @property
    def sinks(self) -> tuple[str, ...]:
        """The names of the objects in which items end."""
        pairs = zip(self.objects.names, self.objects.classes, strict=True)
        return tuple(name for name, kind in pairs if kind == "Sink")

    def journeys(self) -> list[Journey]:
        """Of the first replication's items; none without a trace."""
        return journeys(self.trace, self.sinks) if self.trace is not None else []

    def to_json(self) -> dict[str, Any]:
        return {
            "config": self.config.to_json(),
            "replications": self.replications,
            "events": self.events,
            "seconds": self.seconds,
            "kpis": {name: value.to_json() for name, value in self.kpis.items()},
            "objects": [found.to_json() for found in self.objects],
            "bottleneck": {"object": self.bottleneck.object, "reason": self.bottleneck.reason},
            "output": list(self.output),
            "warnings": list(self.warnings),
        }


def _over(records: Sequence[Any], read: Callable[[Any], float | None]) -> Estimate:
    return estimate([read(record) for record in records]) or _NOTHING


def kpis_of(observations: Sequence[Observation]) -> dict[str, Estimate]:
    return {name: _over(observations, attrgetter(name)) for name in _KPIS}


def _of_column(column: Reals) -> Estimate:
    """Of one value a replication, not a number where nothing was seen."""
    values = [None if isnan(value) else value for value in column.tolist()]
    return estimate(values) or _NOTHING
