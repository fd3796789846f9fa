"""How much of the compiled kernel a model needs; imports nothing heavy.

Each extent is a variant of its own, compiled when a model first needs it, so that plain models pay
nothing for what they do not have.
"""

from __future__ import annotations

from enum import IntEnum

from ..code import plain_value
from ..model import CodeValue, Model, ModelObject


class Extent(IntEnum):
    LINES = 0  # sources, queues, processors and sinks alone
    PLAIN = 1  # and operators, setups, assembly, stops, user code
    MORE = 2  # and transport, pulling, batches, storage, tables of arrivals, lists of processes
    BELTS = 3  # and conveyors
    ALL = 4  # and guide paths, crowded networks, points on conveyors, gradual speeds


_CLASSES = {
    **dict.fromkeys(("Source", "Queue", "Processor", "Sink"), Extent.LINES),
    **dict.fromkeys(("Rack", "FloorStorage", "BasicFR", "MultiProcessor"), Extent.MORE),
    **dict.fromkeys(("Robot", "Crane", "Elevator", "ASRSvehicle"), Extent.MORE),
    **dict.fromkeys(("StraightConveyor", "CurvedConveyor"), Extent.BELTS),
    **dict.fromkeys(("ControlPoint", "ControlArea"), Extent.ALL),
    **dict.fromkeys(("DecisionPoint", "Station", "PhotoEye"), Extent.ALL),
}
_CONVEYORS = ("StraightConveyor", "CurvedConveyor")
_RAMPS = ("Acceleration", "Deceleration")
_OTHERS = object()  # no value
# Properties with the value that needs no wider extent, and the one that others need
_FEATURES = {
    **dict.fromkeys(("UseTransport", "DoBatching", "Pull"), (0, Extent.MORE)),
    "ArrivalStyle": (1, Extent.MORE),
    **dict.fromkeys(("UseProcessOperators", "UseSetupOperators", "SetupTime"), (0, Extent.PLAIN)),
    **dict.fromkeys(("MTBFMTTRs", "TimeTables"), (_OTHERS, Extent.PLAIN)),
}


def extent_of(model: Model) -> Extent:
    """The variant that runs this model, if a compiled one does."""
    return max(map(_extent, model), default=Extent.LINES)


def variants_for(extent: Extent) -> tuple[Extent, ...]:
    """The variants that run models of that extent, the best first.

    Wider ones than PLAIN read tables that only their own models have.
    """
    return (extent, Extent.PLAIN) if extent == Extent.LINES else (extent,)


def _extent(obj: ModelObject) -> Extent:
    least = _CLASSES.get(obj.class_name, Extent.PLAIN)
    for name, value in obj.properties.items():
        if name in _RAMPS and obj.class_name in _CONVEYORS:
            if getattr(value, "value", None) != 0:
                least = Extent.ALL
        elif name in _FEATURES:
            plain, wider = _FEATURES[name]
            if getattr(value, "value", None) != plain:
                least = max(least, wider)
        elif isinstance(value, CodeValue) and plain_value(value.text) is None:
            least = max(least, Extent.PLAIN)
    return least
