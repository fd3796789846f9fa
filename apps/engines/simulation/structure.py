"""What can be said of a model before it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isfinite

from .errors import SimulationError
from .library import CLASSES, ON_CONVEYORS
from .model import Model, ModelObject, Value

_ENDS = frozenset({"Sink"})
_FLOW = frozenset({"fixed", "conveyor"})
_STARTS = frozenset({"Source"})
# What FlexSim would act on and this engine does not; looks and addresses are left out.
WITHOUT_EFFECT = frozenset({
    "SlotAssignmentStrategy", "MarkOutbound", "UseAsFixedResource", "StorableSlots",
    "AGVOrientation", "AccumulationType", "ConditionalRule", "IsAllocationWaitPoint",
    "DeallocationType", "SideOffset", "RequireGapToClear", "DensityThreshold", "SpeedThreshold",
    "MassFlowMode", "Navigator",
})  # fmt: skip


def check_structure(model: Model, filled: Collection[str] = ()) -> list[str]:
    """Warnings on connections; raises SimulationError when nothing could ever happen.

    `filled` names the objects that hold items at the start.
    """
    if not model.objects:
        raise SimulationError("the model is empty", hint='start with Object.create("Source")')
    for obj in model:
        _check_object(obj)
    if not filled and not any(obj.class_name in _STARTS for obj in model):
        raise SimulationError(
            "the model has no Source, so no item would ever come",
            hint='add one: Object.create("Source")',
        )
    return list(_warnings(model, frozenset(filled)))


def _check_object(obj: ModelObject) -> None:
    if obj.class_name not in CLASSES:
        raise SimulationError(f"there is no class {obj.class_name}", obj.name)
    if not all(isfinite(value) for value in (*obj.location, *(obj.size or ()))):
        raise SimulationError("the location and size must be finite", obj.name)


def _warnings(model: Model, filled: frozenset[str]) -> Iterator[str]:
    for obj in model:
        yield from _without_effect(obj)
    stations = [obj for obj in model if _takes_items(obj)]
    starts = {obj for obj in stations if obj.class_name in _STARTS or obj.name in filled}
    reached = _reached(starts)
    for obj in stations:
        if not obj.out_ports and obj.class_name not in _ENDS:
            yield f"{obj.name} leads nowhere: its items stay for ever."
        if not obj.in_ports and obj not in starts:
            yield f"Nothing leads to {obj.name}."
        elif obj not in reached:
            yield f"No item reaches {obj.name}: no source leads there."
    if not any(obj.class_name in _ENDS for obj in stations):
        yield "The model has no Sink: nothing is ever finished."


def _without_effect(obj: ModelObject) -> Iterator[str]:
    """What is set in vain."""
    entry = CLASSES[obj.class_name]
    for name, value in obj.properties.items():
        if name in WITHOUT_EFFECT and _plain(value) != _plain(entry.default(name)):
            yield f"{obj.name}: {name} makes no difference to this simulation."


def _plain(value: Value | None) -> object:
    """A value as number or text, so that an option and its number are equal."""
    return getattr(value, "value", getattr(value, "text", None))


def _takes_items(obj: ModelObject) -> bool:
    return CLASSES[obj.class_name].role in _FLOW and obj.class_name not in ON_CONVEYORS


def _reached(starts: set[ModelObject]) -> set[ModelObject]:
    reached = set(starts)
    waiting = list(reached)
    while waiting:
        for target in waiting.pop().out_ports:
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
