"""What the compiled kernel leaves to the reference: everything that is not known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..code import named_object, plain_reference
from ..kernel.agv_travel import GuidedTravel
from ..kernel.assembly import Combiner, Separator
from ..kernel.axes import AxesTravel, RobotTravel
from ..kernel.basic import PassThrough, Queue, Sink, Source, Storage, TableSource
from ..kernel.belt_points import BeltPoint, BeltStation, DecisionPoint, PhotoEye
from ..kernel.conveyor import Conveyor
from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.networks import NetworkTravel
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Station
from ..kernel.travel import Travel
from ..kernel.values import Values
from ..library import CLASSES
from ..model import CodeValue, DistributionValue, Value
from ..properties import OBJECT
from .layout import Kind, Law

KINDS: dict[type[Node], Kind] = {
    Source: Kind.SOURCE,
    Queue: Kind.QUEUE,
    Processor: Kind.PROCESSOR,
    Sink: Kind.SINK,
    Combiner: Kind.COMBINER,
    Separator: Kind.SEPARATOR,
    TaskExecuter: Kind.EXECUTER,
    Dispatcher: Kind.DISPATCHER,
    Storage: Kind.QUEUE,
    PassThrough: Kind.PASS,
    Conveyor: Kind.CONVEYOR,
    TableSource: Kind.TABLE_SOURCE,
    DecisionPoint: Kind.POINT,
    BeltStation: Kind.STATION,
    PhotoEye: Kind.EYE,
}


def kind_of(node: Node) -> Kind:
    return Kind.MULTI if node.source.class_name == "MultiProcessor" else KINDS[type(node)]


LAWS = {law.name.lower(): law for law in Law if Law.CONSTANT < law < Law.CODE}
# Properties that make no difference, and those that the kernel reads; others may only have
# their defaults.
_IDLE = frozenset(prop.name for prop in OBJECT) | {
    "CenterObjects", "InObjects", "OutObjects", "FlowItemClass", "ItemPlacement", "StackBaseZ",
    "AnimateItems", "Width", "Rise", "StartLocation", "EndLocation", "Visualization",
    "StartLocationTranslate", "EndLocationTranslate", "StartAngle", "SlugReleaseSpeed",
    "RollerAngle",
}  # fmt: skip
_READ = frozenset({
    "InterArrivalTime", "TimeZeroArrival", "MaxContent", "LIFO", "SendToPort", "ProcessTime",
    "SetupTime", "UseProcessOperators", "UseSetupOperators", "UseSameNumOperators",
    "NumProcessOperators", "NumSetupOperators", "OperatorRef", "OperatorPriority", "CombineMode",
    "ComponentsList", "SeparateMode", "SeparateQty", "MTBFMTTRs", "TimeTables", "MaxSpeed",
    "Acceleration", "Deceleration", "DoBatching", "BatchSize", "MaxBatchTime", "FlushContent",
    "PassTo", "QueueStrategy", "UseTransport", "TransportRef", "TransportPriority", "Capacity",
    "LoadTime", "UnloadTime", "OffsetTravel", "LiftSpeed", "MinimumDwellTime", "Dimensions",
    "NumBays", "NumLevels", "SlotsPerBay", "Pull", "PullStrategy", "PullRequirement",
    "Speed", "IsAccumulating", "UseVirtualLength", "VirtualLength", "HorizontalLength", "Radius",
    "SweepAngle", "EntrySpaceSizeFactor", "MoveSpaceSizeFactor", "StopSpaceSizeFactor",
    "EntrySpacePadding", "MoveSpacePadding", "StopSpacePadding", "ArrivalStyle", "ArrivalSchedule",
    "ArrivalSequence", "RepeatTable", "Processes", "MoveTime", "MotionMode", "ExtensionSpeed",
    "InitialLiftHeight", "LiftHeight", "LiftRadius", "TravelSequence", "CraneSpeeds",
    "ProcessCondition", "UseOperators", "NumOperators", "StationOperatorPriority", "ItemEdge",
    "DistAlongConveyor", "ZRotationSpeed", "YRotationSpeed", "JointSpeeds",
    "BlockTime", "ClearTime",
})  # fmt: skip
_TRIGGERS = frozenset({
    "OnCreation", "OnEntry", "OnExit", "OnSetupFinish", "OnProcessFinish", "OnEndCollecting",
    "OnReset", "OnMessage",
})  # fmt: skip


_OF_ITEMS = ("OnEntry", "OnExit", "OnProcessFinish")


def obstacle(sim: Simulation) -> str | None:
    """Why the compiled kernel cannot run this model, user code aside; None when it can."""
    for node in sim.nodes:
        reason = _reason(node, Values(sim, node, None))
        if reason:
            return f"{node.name} {reason}"
    return None


def _reason(node: Node, values: Values) -> str | None:
    if type(node) not in KINDS or node.source.class_name not in _CLASSES:
        return "is of another class"
    unknown = _unknown(node)
    if unknown is not None:
        return f"has {unknown}"
    return next((reason for reason, holds in _CHECKED[type(node)] if holds(node, values)), None)


_Check = Callable[[Any, Values], bool]


_CHECKS: tuple[tuple[type[Node], str, _Check], ...] = (
    (Station, "routes by code", lambda node, values: not _routable(node, values)),
    (Processor, "chooses its operators by code", lambda node, values:
        node.source.class_name != "MultiProcessor"
        and any(phase.crew for phase in node.phases) and not _plain(values, "OperatorRef")),
    (BeltStation, "chooses its operators by code", lambda node, values:
        node.phase.crew is not None and not _plain(values, "OperatorRef")),
    (BeltPoint, "tells code of items", lambda node, _: any(
        name.removeprefix("Triggers.") in _OF_ITEMS for name in node.source.properties)),
    (Station, "chooses its transport by code", lambda node, values:
        node.transport is not None and not _plain(values, "TransportRef")),
    (Combiner, "has input ports that lead from no station", lambda node, _: any(
        link.in_port != port for port, link in enumerate(node.inputs, 1))),
    (TaskExecuter, "travels in a way of its own", lambda node, _: type(
        node.travel) not in (Travel, NetworkTravel, GuidedTravel, AxesTravel, RobotTravel)),
    (TaskExecuter, "moves by code and has room for several", lambda node, values:
        isinstance(node.travel, RobotTravel) and node.capacity > 1
        and isinstance(values.get("MoveTime"), CodeValue)),
)  # fmt: skip
_CHECKED = {
    kind: [(reason, holds) for base, reason, holds in _CHECKS if issubclass(kind, base)]
    for kind in KINDS
}
_CLASSES = frozenset({
    "Source", "Queue", "Processor", "Sink", "Combiner", "Separator", "Dispatcher",
    "TaskExecuter", "Operator", "Transporter", "Rack", "FloorStorage", "BasicFR",
    "StraightConveyor", "CurvedConveyor", "MultiProcessor", "Robot", "Crane", "Elevator",
    "ASRSvehicle", "DecisionPoint", "Station", "PhotoEye",
})  # fmt: skip


def _unknown(node: Node) -> str | None:
    """A property or trigger that the kernel does not know, set to something of its own."""
    default = CLASSES[node.source.class_name].default
    for name, value in node.source.properties.items():
        trigger = name.removeprefix("Triggers.")
        if trigger != name or trigger.startswith("On"):
            if trigger not in _TRIGGERS and isinstance(value, CodeValue) and value.text.strip():
                return trigger
        elif name not in _IDLE and name not in _READ and not _same(value, default(name)):
            return name
    return None


def _same(value: Value, default: Value | None) -> bool:
    one, two = (getattr(given, "value", given) for given in (value, default))
    return bool(one == two) or str(one) == str(two)


def _routable(node: Station, values: Values) -> bool:
    """Code, constants, and laws of whole numbers that stay within the ports."""
    if node.send_to is None:
        return True
    value = values.get("SendToPort")
    if isinstance(value, DistributionValue):
        ends = {"duniform": value.args, "bernoulli": value.args[1:]}.get(value.function, ())
        return bool(ends) and all(0 < end <= len(node.outputs) for end in ends)
    constant = getattr(value, "value", None)
    return isinstance(value, CodeValue) or constant is None or constant <= len(node.outputs)


def needs_all(sim: Simulation) -> bool:
    """Whether only the widest extent runs a model whose properties do not show it."""
    return _is_crowded(sim) or any(
        isinstance(node, Dispatcher) and (node.pass_to is not None or node.strategy is not None)
        for node in sim.nodes
    )


def _is_crowded(sim: Simulation) -> bool:
    """Whether travel times on a network depend on more than the place and the goal: somebody may
    wait for room at a node, or a station has several nodes.
    """
    travels = [node.travel for node in sim.nodes if isinstance(node, TaskExecuter)]
    on_it = [travel for travel in travels if isinstance(travel, NetworkTravel)]
    if not on_it:
        return False
    network = on_it[0].network
    return any(stand.room < len(on_it) for stand in network.stands.values()) or any(
        isinstance(node, Station) and len(network.gates.get(node.source, ())) > 1
        for node in sim.nodes
    )


def _plain(values: Values, name: str) -> bool:
    """Whether a dispatcher or task executer is named once for all."""
    value = values.get(name)
    if not isinstance(value, CodeValue):
        return False
    return (
        plain_reference(value.text) is not None
        or values.sim.model.find(named_object(value.text) or "") is not None
    )
