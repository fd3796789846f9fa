"""What can be said of a model before it runs."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from .errors import SimulationError
from .library import CLASSES
from .model import Model, ModelObject

_ENDS = frozenset({"Sink"})
_FLOW = frozenset({"fixed", "conveyor"})
_STARTS = frozenset({"Source"})


def check_structure(model: Model) -> list[str]:
    """Warnings on connections; raises SimulationError when nothing could ever happen."""
    if not model.objects:
        raise SimulationError("the model is empty", hint='start with Object.create("Source")')
    for obj in model:
        _check_object(obj)
    if not any(obj.class_name in _STARTS for obj in model):
        raise SimulationError(
            "the model has no Source, so no item would ever come",
            hint='add one: Object.create("Source")',
        )
    return list(_warnings(model))


def _check_object(obj: ModelObject) -> None:
    if obj.class_name not in CLASSES:
        raise SimulationError(f"there is no class {obj.class_name}", obj.name)
    if not all(isfinite(value) for value in (*obj.location, *(obj.size or ()))):
        raise SimulationError("the location and size must be finite", obj.name)


def _warnings(model: Model) -> Iterator[str]:
    stations = [obj for obj in model if CLASSES[obj.class_name].role in _FLOW]
    reached = _reached(stations)
    for obj in stations:
        if not obj.out_ports and obj.class_name not in _ENDS:
            yield f"{obj.name} leads nowhere: its items stay for ever."
        if not obj.in_ports and obj.class_name not in _STARTS:
            yield f"Nothing leads to {obj.name}."
        elif obj not in reached:
            yield f"No item reaches {obj.name}: no source leads there."
    if not any(obj.class_name in _ENDS for obj in stations):
        yield "The model has no Sink: nothing is ever finished."


def _reached(stations: list[ModelObject]) -> set[ModelObject]:
    reached = {obj for obj in stations if obj.class_name in _STARTS}
    waiting = list(reached)
    while waiting:
        for target in waiting.pop().out_ports:
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
