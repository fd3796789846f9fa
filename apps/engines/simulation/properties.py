"""The properties of FlexSim's library classes: names, kinds, defaults, options.

Groups are inherited by the classes in `library.py`. A default of None means that the
property starts empty or follows from elsewhere (a size, a connection, the tree).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .model import ArrayValue, CodeValue, DistributionValue, NumberValue, OptionValue, Value

Kind = Literal[
    "number", "duration", "length", "speed", "boolean", "option", "code",
    "array", "table", "vector", "color", "text", "connections", "any",
]  # fmt: skip
Options = tuple[tuple[int, str], ...]
Default = float | bool | str | tuple[object, ...] | Value | None


@dataclass(frozen=True)
class Property:
    """One property of a class: `options` pairs numbers with their English names."""

    name: str
    kind: Kind
    default: Value | None = None
    options: Options = ()

    def option(self, text_or_number: str | float) -> OptionValue | None:
        """The choice of that number or name (case ignored), or None."""
        for number, text in self.options:
            if text_or_number == number or str(text_or_number).casefold() == text.casefold():
                return OptionValue(number, text)
        return None


def group(kind: Kind, /, **defaults: Default) -> tuple[Property, ...]:
    """Properties of one kind with their defaults; a str default is code, or text."""
    return tuple(Property(name, kind, _value(kind, given)) for name, given in defaults.items())


def choice(name: str, default: int, *options: tuple[int, str]) -> tuple[Property]:
    """An option property; `default` is one of its numbers."""
    return (Property(name, "option", OptionValue(default, dict(options)[default]), options),)


def empty(kind: Kind, names: str) -> tuple[Property, ...]:
    """Properties of one kind that start empty, from a line of names."""
    return tuple(Property(name, kind) for name in names.split())


def _value(kind: Kind, given: Default) -> Value | None:
    if given is None or isinstance(
        given, NumberValue | DistributionValue | OptionValue | ArrayValue | CodeValue
    ):
        return given
    if isinstance(given, tuple):
        return ArrayValue(given)
    if isinstance(given, str):
        return ArrayValue((given,)) if kind == "text" else CodeValue(given)
    return NumberValue(float(given))


OBJECT = (
    *empty("text", "Name"),
    *empty("vector", "Location Size Rotation"),
    *empty("color", "Color"),
    *empty(
        "any",
        "Labels Triggers Class Classes Container AllGroups IsSelected ProcessFlowVariables "
        "Shape Template Texture",
    ),
    *empty(
        "array",
        "AGVConnections AgentSystems Groups ProcessFlows ResetPosition ShapeFactors "
        "ShapeFrames TemplateInstances TemplateOverrides",
    ),
    *group("boolean", NoSelect=False, Protected=False, ScaleContents=False, ShowContents=True),
    *group("boolean", ShowName=True, ShowPorts=True, ShowShape=True),
)
PORTS = empty("connections", "CenterObjects InObjects OutObjects")
NETWORK = empty("connections", "NetworkNodes")
DOWN_TIME = empty("array", "MTBFMTTRs TimeTables")

_PREEMPT: Options = (
    (0, "Do Not Preempt"),
    (1, "Preempt Only"),
    (2, "Preempt and Abort Active"),
    (3, "Preempt and Abort All"),
)
FIXED_RESOURCE = (
    *PORTS,
    *NETWORK,
    *DOWN_TIME,
    *group("code", SendToPort=0, PullStrategy=0, PullRequirement=1),
    *group("boolean", Pull=False, UseTransport=False),
    *group("code", TransportRef="current.centerObjects[1]", TransportPriority=0),
    *choice("TransportPreempt", 0, *_PREEMPT),
)
SOURCE = (
    *choice(
        "ArrivalStyle",
        1,
        (1, "Inter-Arrival Time"),
        (2, "Arrival Schedule"),
        (3, "Arrival Sequence"),
    ),
    *group("duration", InterArrivalTime=DistributionValue("exponential", (0.0, 10.0))),
    *group("boolean", TimeZeroArrival=False, RepeatTable=False),
    *group("text", FlowItemClass="Box"),
    *empty("table", "ArrivalSchedule ArrivalSequence"),
)
QUEUE = (
    *group("number", MaxContent=1000, BatchSize=2),
    *group("boolean", LIFO=False, DoBatching=False, FlushContent=False),
    *group("duration", MaxBatchTime=0),
    *group("length", StackBaseZ=0.1),
    *choice(
        "ItemPlacement",
        3,
        (1, "Stack Vertically"),
        (2, "Horizontal Line"),
        (3, "Stack Inside Queue"),
        (4, "Do Nothing"),
    ),
)
PROCESSOR = (
    *group("duration", ProcessTime=10, SetupTime=0),
    *group("number", MaxContent=1, NumProcessOperators=1, NumSetupOperators=1),
    *group("boolean", UseProcessOperators=False, UseSetupOperators=False),
    *group("boolean", UseSameNumOperators=True, AnimateItems=True),
    *group("code", OperatorRef="current.centerObjects[1]", OperatorPriority=0),
    *choice("OperatorPreempt", 0, *_PREEMPT),
)
COMBINER = (
    *choice("CombineMode", 1, (1, "Pack"), (2, "Join"), (3, "Batch")),
    *empty("table", "ComponentsList"),
)
SEPARATOR = (
    *choice("SeparateMode", 1, (1, "Unpack"), (0, "Split")),
    *group("code", SeparateQty="item.subnodes.length"),
)
MULTI_PROCESSOR = empty("table", "Processes")
_AXES: Options = tuple(enumerate(("None", "X+", "X-", "Y+", "Y-", "Z+", "Z-")))
STORAGE = (
    *group("number", MaxContent=1000),
    *group("duration", MinimumDwellTime=0),
    *group("boolean", Pull=True, MarkOutbound=False, UseAsFixedResource=True, VirtualizeItems=0),
    *group("code", SlotAssignmentStrategy=0),
    *empty(
        "any",
        "AisleID BaySize BayStride Dimensions LevelSize LevelStride NumBays NumLevels SlotSize "
        "SlotStride SlotsPerBay StartBay StartLevel StartSlot ZoneID",
    ),
    *empty(
        "array",
        "SlotPaddingBack SlotPaddingBottom SlotPaddingFront SlotPaddingLeft SlotPaddingRight "
        "SlotPaddingTop StorableSlots",
    ),
    *choice("AddressScheme", 0, (0, "None")),
    *choice("BayProgression", 1, (1, "X+"), (-1, "X-")),
    *choice("LevelProgression", 1, (1, "Z+"), (-1, "Z-")),
    *choice("SlotProgression", 1, (1, "X+"), (-1, "X-")),
    *choice("SlotStackingAxis1", 0, *_AXES),
    *choice("SlotStackingAxis2", 0, *_AXES),
    *choice("SlotStackingAxis3", 0, *_AXES),
    *empty("option", "Visualization"),
)
RACK = (
    *group("boolean", ExtendColumns=False),
    *empty("length", "PickPlaceYOffset"),
    *empty("number", "ShelfTilt"),
)
DISPATCHER = group("code", PassTo=0, QueueStrategy="taskSequence.priority")
TASK_EXECUTER = (
    *DISPATCHER,
    *PORTS,
    *NETWORK,
    *DOWN_TIME,
    *group("number", Capacity=1),
    *group("speed", MaxSpeed=2),
    *group("number", Acceleration=1, Deceleration=1, FlipThreshold=180),
    *group("duration", LoadTime=0, UnloadTime=0),
    *choice(
        "OffsetTravel",
        1,
        (0, "Do Not Travel Offsets"),
        (1, "Travel Offsets"),
        (2, "Block Network Space"),
        (3, "Use Navigator"),
    ),
    *group("boolean", AvailableOnStart=True, DoAnimations=True, RotateTraveling=True),
    *group("code", BreakTo=0),
    *empty("any", "Navigator"),
)
OPERATOR = empty("any", "IdleAnimation UtilizeAnimation WalkAnimation WalkLoadedAnimation")
TRANSPORTER = (*group("speed", LiftSpeed=1), *group("boolean", AllowForkMovement=True))
ROBOT = (
    *choice(
        "MotionMode",
        2,
        (1, "Simple Motion Method"),
        (2, "Move Time"),
        (3, "Joint Speeds"),
        (4, "Motion Paths"),
    ),
    *group("duration", MoveTime=5),
    *group("speed", ExtensionSpeed=2, YRotationSpeed=90, ZRotationSpeed=90),
    *empty("table", "JointSpeeds"),
)
CRANE = (
    *empty("table", "CraneSpeeds"),
    *empty("vector", "FrameLocation FrameSize"),
    *empty("length", "LiftHeight LiftRadius"),
    *empty("any", "TravelSequence"),
)
ASRS = (*group("speed", ExtensionSpeed=1, LiftSpeed=1), *group("length", InitialLiftHeight=0))
NETWORK_NODE = (*group("number", MaxTravelers=1000), *group("length", SideOffset=0))
CONVEYOR = (
    *PORTS,
    *NETWORK,
    *DOWN_TIME,
    *group("speed", Speed=1, SlugReleaseSpeed=1),
    *group("number", Acceleration=0, Deceleration=0, RollerAngle=0),
    *group("boolean", IsAccumulating=True, HasSlugMaxItemCount=False, IsSlugBuilder=False),
    *group("boolean", IsSlugReadyByFillPercent=False, IsSlugReadyByItemCount=False),
    *group("boolean", IsSlugReadyByTime=False, UseCatchCondition=False),
    *group("boolean", UseFixedIntervalMovement=False, UseVirtualLength=False),
    *group("number", EntrySpaceSizeFactor=1, MoveSpaceSizeFactor=1, StopSpaceSizeFactor=1),
    *group("length", EntrySpacePadding=0, MoveSpacePadding=0, StopSpacePadding=0),
    *group("length", Width=1, Rise=0, VirtualLength=10),
    *group("duration", RestartDelay=0, SlugReadyTime=0),
    *empty("code", "CatchCondition SlugFillPercent SlugItemCount SlugMaxItemCount"),
    *empty("vector", "StartLocation EndLocation StartLocationTranslate EndLocationTranslate"),
    *choice("FixedIntervalItemEdge", 1, (1, "Leading"), (2, "Trailing"), (3, "Center")),
    *empty("array", "FixedIntervalPattern"),
    *empty("option", "Visualization"),
)
STRAIGHT = empty("length", "HorizontalLength")
CURVED = (*empty("length", "Radius"), *empty("number", "StartAngle SweepAngle"))
ON_CONVEYOR = (
    *PORTS,
    *NETWORK,
    *DOWN_TIME,
    *empty("length", "DistAlongConveyor"),
    *choice("ItemEdge", 2, (2, "Leading Edge"), (3, "Trailing Edge"), (4, "Center")),
)
STATION = (
    *group("duration", ProcessTime=10),
    *group("number", NumOperators=1, StationOperatorPriority=0),
    *group("code", OperatorRef="current.centerObjects[1]", ProcessCondition=1),
    *group("boolean", UseOperators=False),
    *choice("StationOperatorPreempt", 0, *_PREEMPT),
)
PHOTO_EYE = (
    *group("duration", BlockTime=0, ClearTime=0),
    *group("number", DensityThreshold=0, OffsetAngle=0),
    *empty("length", "Height"),
    *choice("MassFlowMode", 1, (1, "Density Ratio Threshold"), (2, "Speed Threshold")),
    *group("boolean", RequireGapToClear=False),
    *empty("speed", "SpeedThreshold"),
)
AGV_PATH = (
    *PORTS,
    *choice("AGVOrientation", 0, (0, "Any"), (1, "Forward Only"), (2, "Backward Only")),
    *choice("AccumulationType", 0, (0, "No Accumulation")),
    *choice("ConditionalRule", 0, (0, "None")),
    *empty("vector", "StartLocation EndLocation"),
    *group("boolean", IsTwoWay=False),
    *empty("option", "PathClass"),
)
CONTROL_POINT = (
    *PORTS,
    *group("number", MaxAllocations=1),
    *group("boolean", IsAllocationWaitPoint=False),
    *empty("option", "DeallocationType"),
)
