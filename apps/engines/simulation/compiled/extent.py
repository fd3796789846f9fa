"""How much of the compiled kernel a model needs; imports nothing heavy.

Each extent is a variant of its own, compiled when a model first needs it, so that plain models pay
nothing for what they do not have.
"""

from __future__ import annotations

from enum import IntEnum

from ..model import Model, ModelObject


class Extent(IntEnum):
    PLAIN = 0
    MORE = 1  # transport, batches, storage
    BELTS = 2  # and conveyors


_CLASSES = {
    "Rack": Extent.MORE,
    "FloorStorage": Extent.MORE,
    "BasicFR": Extent.MORE,
    "StraightConveyor": Extent.BELTS,
    "CurvedConveyor": Extent.BELTS,
}
_FEATURES = frozenset({"UseTransport", "DoBatching"})


def extent_of(model: Model) -> Extent:
    """The variant that runs this model, if a compiled one does."""
    return max(map(_extent, model), default=Extent.PLAIN)


def _extent(obj: ModelObject) -> Extent:
    least = _CLASSES.get(obj.class_name, Extent.PLAIN)
    if _FEATURES.isdisjoint(obj.properties):
        return least
    values = (obj.properties.get(name) for name in _FEATURES)
    wanted = any(value is not None and getattr(value, "value", 1) != 0 for value in values)
    return max(Extent.MORE, least) if wanted else least
