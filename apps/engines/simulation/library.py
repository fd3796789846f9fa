"""FlexSim's library classes: default sizes, properties, aliases and tree variables.

One table for the checker, the printer, the drawing and the kernel. Sizes and defaults
follow FlexSim's manual and public models; lengths in metres, times in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from . import properties as p
from .model import Value, Vector
from .properties import Property

Role = Literal["fixed", "executer", "dispatcher", "network", "conveyor", "agv"]


@dataclass(frozen=True)
class LibraryClass:
    """A class of the object library; `properties` is ordered as in FlexSim's panels."""

    name: str
    role: Role
    size: Vector
    own: tuple[Property, ...] = field(repr=False)

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        return {prop.name: prop for prop in (*self.own, *p.OBJECT)}

    def default(self, name: str) -> Value | None:
        """The default value of a property, or None when it starts empty."""
        found = self.properties.get(name)
        return found.default if found else None


def _merged(*groups: Iterable[Property]) -> tuple[Property, ...]:
    """Later groups override earlier ones of the same name but keep their place."""
    merged: dict[str, Property] = {}
    for group in groups:
        merged.update({prop.name: prop for prop in group})
    return tuple(merged.values())


def _fixed(name: str, size: Vector, *groups: Iterable[Property]) -> LibraryClass:
    return LibraryClass(name, "fixed", size, _merged(p.FIXED_RESOURCE, *groups))


def _executer(name: str, size: Vector, *groups: Iterable[Property]) -> LibraryClass:
    return LibraryClass(name, "executer", size, _merged(p.TASK_EXECUTER, *groups))


def _conveyor(name: str, size: Vector, *groups: Iterable[Property]) -> LibraryClass:
    return LibraryClass(name, "conveyor", size, _merged(*groups))


def _agv(name: str, size: Vector, *groups: Iterable[Property]) -> LibraryClass:
    return LibraryClass(name, "agv", size, _merged(*groups))


_DISPATCHER = _merged(p.DISPATCHER, p.PORTS, p.NETWORK, p.DOWN_TIME)
_NODE = _merged(p.PORTS, p.NETWORK, p.DOWN_TIME, p.NETWORK_NODE)

CLASSES: dict[str, LibraryClass] = {
    entry.name: entry
    for entry in (
        _fixed("Source", (1.06, 1.06, 0.52), p.SOURCE),
        _fixed("Queue", (2.0, 2.0, 0.2), p.QUEUE),
        _fixed("Processor", (4.0, 3.0, 2.0), p.PROCESSOR),
        _fixed("Sink", (1.06, 1.06, 0.53)),
        _fixed("Combiner", (4.02, 3.01, 1.39), p.PROCESSOR, p.COMBINER),
        _fixed("Separator", (4.02, 3.01, 1.39), p.PROCESSOR, p.SEPARATOR),
        _fixed("MultiProcessor", (4.0, 3.0, 2.0), p.MULTI_PROCESSOR),
        _fixed("BasicFR", (1.0, 1.0, 1.0)),
        _fixed("MergeSort", (10.0, 1.0, 1.0)),
        _fixed("BasicConveyor", (10.0, 1.0, 1.0)),
        _fixed("Rack", (10.0, 1.5, 4.0), p.STORAGE, p.RACK),
        _fixed("FloorStorage", (10.0, 10.0, 0.1), p.STORAGE),
        LibraryClass("Dispatcher", "dispatcher", (0.95, 1.64, 2.26), _DISPATCHER),
        _executer("TaskExecuter", (2.0, 1.0, 1.0)),
        _executer("Operator", (0.4, 0.58, 1.78), p.OPERATOR),
        _executer("Transporter", (2.38, 1.37, 2.5), p.TRANSPORTER),
        _executer("Robot", (1.0, 1.0, 1.5), p.ROBOT),
        _executer("Crane", (10.0, 10.0, 4.0), p.CRANE),
        _executer("Elevator", (2.0, 2.0, 10.0)),
        _executer("ASRSvehicle", (2.0, 1.0, 4.0), p.ASRS),
        LibraryClass("NetworkNode", "network", (0.01, 0.01, 0.01), _NODE),
        _conveyor("StraightConveyor", (10.0, 1.0, 1.0), p.CONVEYOR, p.STRAIGHT),
        _conveyor("CurvedConveyor", (3.0, 3.0, 1.0), p.CONVEYOR, p.CURVED),
        _conveyor("DecisionPoint", (0.1, 1.0, 0.1), p.ON_CONVEYOR),
        _conveyor("Station", (0.1, 1.0, 0.1), p.ON_CONVEYOR, p.STATION),
        _conveyor("PhotoEye", (0.1, 1.0, 0.1), p.ON_CONVEYOR, p.PHOTO_EYE),
        _agv("StraightPath", (10.0, 0.5, 0.01), p.AGV_PATH),
        _agv("CurvedPath", (3.0, 3.0, 0.01), p.AGV_PATH, p.CURVED),
        _agv("ControlPoint", (0.5, 0.5, 0.01), p.CONTROL_POINT),
        _agv("ControlArea", (2.0, 2.0, 0.01), p.CONTROL_POINT),
    )
}

# What stands on conveyors and takes no items itself.
ON_CONVEYORS = frozenset({"DecisionPoint", "Station", "PhotoEye"})

# Names that Object.create takes beside the bare class name.
QUALIFIED_NAMES: dict[str, str] = {
    **{
        f"Conveyor::{name}": name
        for name in ("StraightConveyor", "CurvedConveyor", "DecisionPoint", "Station", "PhotoEye")
    },
    **{
        f"AGV::{name}": name
        for name in ("StraightPath", "CurvedPath", "ControlPoint", "ControlArea")
    },
}

_QUALIFIED = {bare: name for name, bare in QUALIFIED_NAMES.items()}

# Names from older scripts: accepted with a warning. (class or role, alias) → property.
ALIASES: dict[tuple[str, str], str] = {
    ("Separator", "SplitQuantity"): "SeparateQty",
    ("Separator", "Mode"): "SeparateMode",
    ("Combiner", "Mode"): "CombineMode",
    ("fixed", "UseOperators"): "UseProcessOperators",
    ("fixed", "PullFromPort"): "PullStrategy",
    ("executer", "Speed"): "MaxSpeed",
}

# The tree variables behind the properties, as setvarnum and getvarnode name them.
TREE_VARIABLES: dict[str, str] = {
    "interarrivaltime": "InterArrivalTime",
    "arrivalmode": "ArrivalStyle",
    "timezerocreate": "TimeZeroArrival",
    "maxcontent": "MaxContent",
    "lifo": "LIFO",
    "usebatching": "DoBatching",
    "batchsize": "BatchSize",
    "maxwaittime": "MaxBatchTime",
    "flush": "FlushContent",
    "placemode": "ItemPlacement",
    "stackinitz": "StackBaseZ",
    "cycletime": "ProcessTime",
    "setuptime": "SetupTime",
    "useprocessoperators": "UseProcessOperators",
    "nrofprocessoperators": "NumProcessOperators",
    "usesetupoperators": "UseSetupOperators",
    "nrofsetupoperators": "NumSetupOperators",
    "usesameop": "UseSameNumOperators",
    "processdispatcher": "OperatorRef",
    "sendtoport": "SendToPort",
    "pull": "Pull",
    "receivefromport": "PullStrategy",
    "pullrequirement": "PullRequirement",
    "usetransport": "UseTransport",
    "transportdispatcher": "TransportRef",
    "pack": "CombineMode",
    "componentlist": "ComponentsList",
    "unpack": "SeparateMode",
    "splitquantity": "SeparateQty",
    "maxspeed": "MaxSpeed",
    "acceleration": "Acceleration",
    "deceleration": "Deceleration",
    "loadtime": "LoadTime",
    "unloadtime": "UnloadTime",
    "useoffsets": "OffsetTravel",
    "passto": "PassTo",
    "queuestrategy": "QueueStrategy",
}

TRIGGERS: tuple[str, ...] = (
    "OnCreation",
    "OnEntry",
    "OnExit",
    "OnSetupFinish",
    "OnProcessFinish",
    "OnEndCollecting",
    "OnReset",
    "OnMessage",
    "OnLoad",
    "OnUnload",
    "OnDown",
    "OnUp",
    "OnArrival",
    "OnCover",
    "OnBlock",
    "OnUncover",
    "OnClear",
)

_FLOW = "OnEntry OnExit OnDown OnUp"
_OWN_TRIGGERS: dict[str, str] = {
    "Source": f"{_FLOW} OnCreation",
    "Queue": f"{_FLOW} OnEndCollecting",
    "Processor": f"{_FLOW} OnSetupFinish OnProcessFinish",
    "Sink": "OnEntry OnDown OnUp",
    "Combiner": f"{_FLOW} OnSetupFinish OnProcessFinish OnEndCollecting",
    "Separator": f"{_FLOW} OnSetupFinish OnProcessFinish",
    "MultiProcessor": f"{_FLOW} OnProcessFinish",
    "Dispatcher": "",
    "DecisionPoint": "OnArrival OnDown OnUp",
    "Station": f"{_FLOW} OnArrival OnProcessFinish",
    "PhotoEye": "OnCover OnBlock OnUncover OnClear OnDown OnUp",
}
_ROLE_TRIGGERS = {"fixed": _FLOW, "conveyor": _FLOW, "executer": f"{_FLOW} OnLoad OnUnload"}


def triggers_of(class_name: str) -> frozenset[str]:
    """The triggers that ever happen to objects of a class."""
    own = _OWN_TRIGGERS.get(class_name, _ROLE_TRIGGERS.get(CLASSES[class_name].role, ""))
    return frozenset(("OnReset", "OnMessage", *own.split()))


def qualified_name(name: str) -> str:
    """The name that Object.create takes in FlexSim: modules stand before their classes."""
    return _QUALIFIED.get(name, name)


def class_of(name: str) -> LibraryClass | None:
    """The class of that bare or qualified name, or None."""
    return CLASSES.get(QUALIFIED_NAMES.get(name, name))


def alias_of(class_name: str, name: str) -> str | None:
    """The real property behind an outdated name, or None."""
    entry = CLASSES[class_name]
    return ALIASES.get((class_name, name)) or ALIASES.get((entry.role, name))


def variable_property(class_name: str, variable: str) -> str | None:
    """The property behind a tree variable (`maxcontent` is Capacity on task executers)."""
    if variable == "maxcontent" and CLASSES[class_name].role == "executer":
        return "Capacity"
    return TREE_VARIABLES.get(variable)
