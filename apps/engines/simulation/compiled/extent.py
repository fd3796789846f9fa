"""Which models need the extended kernel: transport, batches, storage; imports nothing heavy."""

from __future__ import annotations

from ..model import Model, ModelObject

_CLASSES = frozenset({"Rack", "FloorStorage", "BasicFR"})
_FEATURES = ("UseTransport", "DoBatching")


def is_extended(model: Model) -> bool:
    """Whether the extended kernel runs this model, if any compiled one does."""
    return any(map(_needs_it, model))


def _needs_it(obj: ModelObject) -> bool:
    if obj.class_name in _CLASSES:
        return True
    values = (obj.properties.get(name) for name in _FEATURES)
    return any(value is not None and getattr(value, "value", 1) != 0 for value in values)
