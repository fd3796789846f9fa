"""The properties of conveyors and where their points stand.

A point stands on the conveyor that it is connected to, or else on the straight one that its
middle lies on; `DistAlongConveyor` says how far along, or else where its middle is [?].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, cos, hypot, pi, radians, sin
from typing import TYPE_CHECKING

from ..library import CLASSES
from ..model import ModelObject
from ..states import State
from .belt_points import BeltPoint, BeltStation, PhotoEye
from .conveyor import Conveyor, Spacing
from .node import Node
from .operators import CrewRule
from .processor import Phase
from .travel import point_of

if TYPE_CHECKING:
    from .values import Values

Runtime = Callable[[ModelObject], Node]
Found = tuple[Conveyor, float | None]
REFUSED = (
    "IsSlugBuilder",
    "UseFixedIntervalMovement",
    "UseCatchCondition",
    "RestartDelay",
)


def configure_conveyor(node: Conveyor, values: Values) -> None:
    """Length, speeds, spaces; raises SimulationError on what is not simulated."""
    for name in REFUSED:
        values.refuse(name)
    node.length, node.speed = _length(values), values.number("Speed")
    if not (node.speed > 0 and node.length > 0):
        raise values.fail("Speed", "and the length must be above 0")
    node.acceleration = _positive(values, "Acceleration")
    node.deceleration = _positive(values, "Deceleration")
    node.spacing = Spacing(*(_space(values, kind) for kind in ("Entry", "Move", "Stop")))
    if not values.flag("IsAccumulating"):
        node.run_as_one()


def _positive(values: Values, name: str) -> float:
    number = values.number(name)
    if number < 0:
        raise values.fail(name, "must not be below 0")
    return number


def _space(values: Values, kind: str) -> tuple[float, float]:
    factor, padding = f"{kind}SpaceSizeFactor", f"{kind}SpacePadding"
    return _positive(values, factor), _positive(values, padding)


def _length(values: Values) -> float:
    """Along the belt: by its properties, its ends or its size."""
    obj, known = values.obj, values.obj.properties
    if values.flag("UseVirtualLength"):
        return values.number("VirtualLength")
    if "Radius" in known:
        sweep = values.number("SweepAngle") if "SweepAngle" in known else 90.0
        return values.number("Radius") * abs(sweep) * pi / 180.0
    if "HorizontalLength" in known:
        return values.number("HorizontalLength")
    ends = _ends(obj)
    if ends is not None:
        return hypot(*(b - a for a, b in zip(*ends, strict=True)))
    size = obj.size or values.default_size()
    return size[0] if obj.class_name == "StraightConveyor" else size[0] * pi / 2.0


def _ends(obj: ModelObject) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    start, end = point_of(obj, "StartLocation"), point_of(obj, "EndLocation")
    return None if start is None or end is None else (start, end)


# Points


def configure_point(
    point: BeltPoint, values: Values, belts: Sequence[Conveyor], runtime: Runtime
) -> None:
    """Its place, its code, its work; raises SimulationError."""
    _place(point, values, belts)
    point.on_arrival = values.trigger("OnArrival")
    if isinstance(point, BeltStation):
        point.condition = values.rule("ProcessCondition")[1]
        point.on_finish = values.trigger("OnProcessFinish")
        crew = _crew(values, runtime) if values.flag("UseOperators") else None
        point.phase = Phase(values.duration("ProcessTime")[1], State.PROCESSING, crew)
    elif isinstance(point, PhotoEye):
        point.block_time = values.duration("BlockTime")[1]
        point.clear_time = values.duration("ClearTime")[1]
        point.on_cover, point.on_block = values.trigger("OnCover"), values.trigger("OnBlock")
        point.on_uncover, point.on_clear = values.trigger("OnUncover"), values.trigger("OnClear")


def _crew(values: Values, runtime: Runtime) -> CrewRule:
    dispatcher = values.dispatcher("OperatorRef", runtime)
    return CrewRule(
        values.rule("NumOperators")[1],
        lambda item: dispatcher(item, 2),
        values.rule("StationOperatorPriority")[1],
        values.whole("StationOperatorPreempt"),
    )


def _place(point: BeltPoint, values: Values, belts: Sequence[Conveyor]) -> None:
    """Find the conveyor of a point and its place along it."""
    found = _connected(point, belts) or _beneath(point, belts)
    if found is None:
        hint = "put its middle on a straight conveyor, or connect it to its conveyor"
        raise values.fail("Location", "is on no conveyor", hint)
    conveyor, distance = found
    if "DistAlongConveyor" in point.source.properties:
        distance = values.number("DistAlongConveyor")
    if distance is None or not 0.0 <= distance <= conveyor.length:
        hint = f"set DistAlongConveyor between 0 and {conveyor.length:g}"
        raise values.fail("DistAlongConveyor", f"is needed within {conveyor.name}", hint)
    point.stand_on(conveyor, distance, int(values.number("ItemEdge")))


def _connected(point: BeltPoint, belts: Sequence[Conveyor]) -> Found | None:
    """The conveyor at the other end of its first connection to one."""
    by_source = {belt.source: belt for belt in belts}
    for link in point.sim.model.connections:
        if point.source in (link.source, link.target):
            other = link.target if link.source is point.source else link.source
            if other in by_source:
                belt = by_source[other]
                return belt, _along(point, belt)
    return None


def _beneath(point: BeltPoint, belts: Sequence[Conveyor]) -> Found | None:
    """The first straight conveyor that the point's middle lies on."""
    for belt in belts:
        distance = _along(point, belt)
        if distance is not None:
            return belt, distance
    return None


def _along(point: BeltPoint, belt: Conveyor) -> float | None:
    """How far along a straight conveyor the point's middle is, None when beside it."""
    if belt.source.class_name != "StraightConveyor":
        return None
    x, y = _middle(point.source)
    (start_x, start_y), angle = _line(belt.source)
    dx, dy = x - start_x, y - start_y
    along = dx * cos(angle) + dy * sin(angle)
    aside = dy * cos(angle) - dx * sin(angle)
    width = (belt.source.size or CLASSES["StraightConveyor"].size)[1]
    on_it = abs(aside) <= width and -width / 2 <= along <= belt.length + width / 2
    return min(max(along, 0.0), belt.length) if on_it else None


def _middle(obj: ModelObject) -> tuple[float, float]:
    size = obj.size or CLASSES[obj.class_name].size
    return obj.location[0] + size[0] / 2, obj.location[1] - size[1] / 2


def _line(obj: ModelObject) -> tuple[tuple[float, float], float]:
    """Where a straight conveyor's middle line starts, and its angle in radians."""
    ends = _ends(obj)
    if ends is not None:
        (x, y, *_), (u, v, *_) = ends
        return (x, y), atan2(v - y, u - x)
    size = obj.size or CLASSES[obj.class_name].size
    return (obj.location[0], obj.location[1] - size[1] / 2), radians(obj.rotation[2])
