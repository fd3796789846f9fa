"""The result of a run: estimates over replications, bottleneck, warnings, trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from .bottleneck import Bottleneck, Load, find_bottleneck
from .config import RunConfig
from .estimates import Estimate, estimate
from .journeys import Journey, journeys
from .library import CLASSES
from .model import WAYS, Model, NumberValue
from .observe import ObjectObservation, Observation
from .trace import Trace

_NOTHING = Estimate(0.0, None, 0.0, 0.0, 0)  # nothing was seen: n is 0
_KPIS = ("throughput_per_hour", "items_out", "items_in", "wip", "wip_max", "time_in_system")
_MEASURES = (
    "input", "output", "content", "content_min", "content_max",
    "staytime", "staytime_min", "staytime_max", "utilisation",
)  # fmt: skip


@dataclass(frozen=True)
class ObjectResult:
    """One object; `measures` by the names of `ObjectObservation`, `states` as shares of time."""

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


@dataclass(frozen=True)
class RunResult:
    """Everything a page or a script shows of a run; `seconds` is CPU time."""

    config: RunConfig
    replications: int
    events: int
    seconds: float
    kpis: dict[str, Estimate]
    objects: tuple[ObjectResult, ...]
    bottleneck: Bottleneck
    warnings: tuple[str, ...]
    output: tuple[str, ...] = ()  # what code printed in the first replication
    trace: Trace | None = field(default=None, repr=False, compare=False)

    def object(self, name: str) -> ObjectResult:
        """The first object of that name; KeyError when there is none."""
        for found in self.objects:
            if found.name == name:
                return found
        raise KeyError(name)

    @property
    def sinks(self) -> tuple[str, ...]:
        """The names of the objects in which items end."""
        return tuple(found.name for found in self.objects if found.class_name == "Sink")

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


def objects_of(model: Model, observations: Sequence[Observation]) -> tuple[ObjectResult, ...]:
    """One result for each running object, in the model's order."""
    running = [obj for obj in model if obj.class_name not in WAYS]
    results = []
    for index, obj in enumerate(running):
        records = [record.objects[index] for record in observations]
        measures = {name: _over(records, attrgetter(name)) for name in _MEASURES}
        results.append(ObjectResult(obj.name, obj.class_name, measures, _states(records)))
    return tuple(results)


def _share_reader(state: str) -> Callable[[ObjectObservation], float]:
    return lambda record: record.states.get(state, 0.0)


def _states(records: Sequence[ObjectObservation]) -> dict[str, Estimate]:
    names = dict.fromkeys(name for record in records for name in record.states)
    return {name: _over(records, _share_reader(name)) for name in names}


def bottleneck_of(model: Model, objects: Sequence[ObjectResult]) -> Bottleneck:
    running = [obj for obj in model if obj.class_name not in WAYS]
    loads = []
    for obj, found in zip(running, objects, strict=True):
        capacity = obj.properties.get("MaxContent")
        many = isinstance(capacity, NumberValue) and capacity.value > 1
        loads.append(
            Load(
                found.name,
                found.class_name,
                CLASSES[found.class_name].role,
                found["utilisation"].mean,
                many and found.class_name == "Processor",
                found.states,
                found["content"].mean,
            )
        )
    return find_bottleneck(model, loads)
