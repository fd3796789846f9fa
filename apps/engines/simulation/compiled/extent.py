"""How much of the compiled kernel a model needs; imports nothing heavy.

Each extent is a variant of its own, compiled when a model first needs it, so that plain models pay
nothing for what they do not have.
"""

from __future__ import annotations

from enum import IntEnum

from ..model import Model, ModelObject


class Extent(IntEnum):
    PLAIN = 0
    MORE = 1  # transport, batches, storage, tables of arrivals, lists of processes
    BELTS = 2  # and conveyors


_CLASSES = {
    **dict.fromkeys(("Rack", "FloorStorage", "BasicFR", "MultiProcessor"), Extent.MORE),
    **dict.fromkeys(("Robot", "Crane", "Elevator", "ASRSvehicle"), Extent.MORE),
    "StraightConveyor": Extent.BELTS,
    "CurvedConveyor": Extent.BELTS,
}
_FEATURES = {"UseTransport": 0, "DoBatching": 0, "ArrivalStyle": 1}  # as plain objects have them


def extent_of(model: Model) -> Extent:
    """The variant that runs this model, if a compiled one does."""
    return max(map(_extent, model), default=Extent.PLAIN)


def _extent(obj: ModelObject) -> Extent:
    least = _CLASSES.get(obj.class_name, Extent.PLAIN)
    if _FEATURES.keys().isdisjoint(obj.properties):
        return least
    for name, plain in _FEATURES.items():
        value = obj.properties.get(name)
        if value is not None and getattr(value, "value", None) != plain:
            return max(Extent.MORE, least)
    return least
