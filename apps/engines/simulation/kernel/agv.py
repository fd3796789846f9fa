"""Guide paths of AGVs: their geometry, the graph that they make, routes between control points.

Choices where FlexSim's manual is silent: paths join where the end of one is within JOIN of
another; a control point stands on every path within JOIN of its middle; paths that cross
are joined by a control point on the crossing only. A straight path runs from StartLocation
to EndLocation, else along its box; a curved one around the middle of its box, from
StartAngle (default 0) over SweepAngle (default 90) degrees counter-clockwise, with Radius
(default half of its width). A control area is the box of the object; a vehicle allocates it
together with the first control point beyond a way that touches it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, ceil, cos, hypot, pi, radians, sin
from typing import TYPE_CHECKING

from ..library import CLASSES
from ..model import Model, ModelObject, NumberValue, OptionValue
from .networks import shortest
from .travel import Place, centre, point_of

if TYPE_CHECKING:
    from .executer import TaskExecuter
    from .simulation import Simulation

JOIN = 0.5  # metres
_CHORD = radians(5)  # of an arc, for areas that it touches

Junction = ModelObject | int  # a control point, or a place where paths meet
Mark = tuple[float, Junction]  # metres along a path


@dataclass(eq=False)
class Claim:
    """A control point or area: who has allocated it, and who waits to."""

    source: ModelObject
    room: float
    holders: list[TaskExecuter] = field(default_factory=list)
    waiting: deque[TaskExecuter] = field(default_factory=deque)

    def is_free_for(self, vehicle: TaskExecuter) -> bool:
        first = not self.waiting or self.waiting[0] is vehicle
        return first and len(self.holders) < self.room


@dataclass(frozen=True)
class Leg:
    """The way to the next control point of a route, `end` metres from the route's start."""

    point: ModelObject
    end: float
    claims: tuple[Claim, ...]


class StraightPath:
    def __init__(self, source: ModelObject) -> None:
        self.start, self.end = _ends(source)
        self.length = hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    def at(self, metres: float) -> Place:
        share = metres / self.length if self.length else 0.0
        (x, y), (u, v) = self.start, self.end
        return x + share * (u - x), y + share * (v - y)

    def nearest(self, place: Place) -> float:
        """Metres along the path to its point nearest to a place."""
        (x, y), (u, v) = self.start, self.end
        if not self.length:
            return 0.0
        along = ((place[0] - x) * (u - x) + (place[1] - y) * (v - y)) / self.length
        return min(max(along, 0.0), self.length)

    def chords(self, start: float, end: float) -> Iterator[tuple[Place, Place]]:
        yield self.at(start), self.at(end)


class CurvedPath:
    def __init__(self, source: ModelObject) -> None:
        size = source.size or CLASSES[source.class_name].size
        self.middle = centre(source)
        self.radius = _number(source, "Radius", size[0] / 2)
        self.first = radians(_number(source, "StartAngle", 0.0) + source.rotation[2])
        self.sweep = radians(_number(source, "SweepAngle", 90.0))
        self.length = abs(self.radius * self.sweep)

    def at(self, metres: float) -> Place:
        angle = self.first + (self.sweep * metres / self.length if self.length else 0.0)
        x, y = self.middle
        return x + self.radius * cos(angle), y + self.radius * sin(angle)

    def nearest(self, place: Place) -> float:
        angle = atan2(place[1] - self.middle[1], place[0] - self.middle[0])
        turn = (angle - self.first) * (1 if self.sweep >= 0 else -1) % (2 * pi)
        sweep = abs(self.sweep)
        if turn > sweep:  # beyond an end: the nearer one
            turn = sweep if turn - sweep < 2 * pi - turn else 0.0
        return turn * abs(self.radius)

    def chords(self, start: float, end: float) -> Iterator[tuple[Place, Place]]:
        parts = max(1, ceil(abs(end - start) / max(abs(self.radius) * _CHORD, 1e-9)))
        step = (end - start) / parts
        yield from pairwise(self.at(start + k * step) for k in range(parts + 1))


Path = StraightPath | CurvedPath
_PATHS: dict[str, type[Path]] = {"StraightPath": StraightPath, "CurvedPath": CurvedPath}


class GuidePaths:
    """The graph of all paths of a model; `gates` are the control points of each object."""

    def __init__(self) -> None:
        self.claims: dict[ModelObject, Claim] = {}
        self.areas: list[Claim] = []
        self.gates: dict[ModelObject, list[ModelObject]] = {}
        self.lengths: dict[Junction, dict[Junction, float]] = {}
        self.touched: dict[tuple[Junction, Junction], list[Claim]] = {}

    @classmethod
    def of(cls, sim: Simulation) -> GuidePaths:
        found = cls()
        model = sim.model
        sources = [obj for obj in model if obj.class_name in _PATHS]
        paths = [_PATHS[obj.class_name](obj) for obj in sources]
        found._claim(model)
        for source, path, marks in zip(
            sources, paths, _marks(sim, paths, list(found.claims)), strict=True
        ):
            found._lay(path, marks, two_way=_number(source, "IsTwoWay", 0.0) != 0)
        found._attach(model)
        return found

    def _claim(self, model: Model) -> None:
        for obj in model:
            if obj.class_name in ("ControlPoint", "ControlArea"):
                claim = Claim(obj, _number(obj, "MaxAllocations", 1.0))
                if obj.class_name == "ControlArea":
                    self.areas.append(claim)
                else:
                    self.claims[obj] = claim
                    self.gates[obj] = [obj]
                    self.lengths[obj] = {}

    def _lay(self, path: Path, marks: list[Mark], *, two_way: bool) -> None:
        for (start, one), (end, other) in pairwise(marks):
            touched = [area for area in self.areas if _touches(area.source, path, start, end)]
            ways = [(one, other)] + [(other, one)] * (two_way or end - start < 1e-9)
            for here, there in ways:
                row = self.lengths.setdefault(here, {})
                self.lengths.setdefault(there, {})
                if end - start < row.get(there, float("inf")):
                    row[there] = end - start
                    self.touched[here, there] = touched

    def _attach(self, model: Model) -> None:
        for link in model.connections:
            for end, other in ((link.source, link.target), (link.target, link.source)):
                if end in self.claims and other not in self.claims:
                    self.gates.setdefault(other, []).append(end)

    def at(self, point: ModelObject) -> list[Claim]:
        """What a vehicle that stands at a control point has allocated."""
        place = centre(point)
        inside = [area for area in self.areas if _crosses(area.source, place, place)]
        return [self.claims[point], *inside]

    def route(self, start: ModelObject, goals: list[ModelObject]) -> list[Leg] | None:
        """The shortest way by control points; None where there is none."""
        found = shortest(self.lengths, [(start, 0.0)], goals)
        if found is None:
            return None
        legs: list[Leg] = []
        claims: dict[Claim, None] = {}
        for (_, here), (metres, there) in pairwise(found[1]):
            claims.update(dict.fromkeys(self.touched[here, there]))
            if isinstance(there, ModelObject):
                claims.update(dict.fromkeys(self.at(there)))
                legs.append(Leg(there, metres, tuple(claims)))
                claims = {}
        return legs


def _marks(sim: Simulation, paths: list[Path], points: list[ModelObject]) -> list[list[Mark]]:
    """What stands on each path, in order: its ends, ends of others, control points."""
    meetings = _meetings(paths)
    marks: list[list[Mark]] = [[] for _ in paths]
    for path, on_it in zip(paths, marks, strict=True):
        for number, place in enumerate(meetings):
            if _is_on(path, place):
                on_it.append((path.nearest(place), number))
    for point in points:
        place = centre(point)
        near = [
            n for n, path in enumerate(paths) if _apart(path.at(path.nearest(place)), place) <= JOIN
        ]
        if not near:
            sim.fail(
                "the control point is on no path", point.name, f"move it within {JOIN} m of one"
            )
        for number in near:
            marks[number].append((paths[number].nearest(place), point))
    for on_it in marks:
        on_it.sort(key=lambda mark: mark[0])
    return marks


def _meetings(paths: list[Path]) -> list[Place]:
    """The ends of all paths; those that are nearer than JOIN are one."""
    found: list[Place] = []
    for path in paths:
        for place in (path.at(0.0), path.at(path.length)):
            if all(_apart(place, other) > JOIN for other in found):
                found.append(place)
    return found


def _is_on(path: Path, place: Place) -> bool:
    return _apart(path.at(path.nearest(place)), place) <= JOIN


def _apart(one: Place, other: Place) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _touches(area: ModelObject, path: Path, start: float, end: float) -> bool:
    return any(_crosses(area, *chord) for chord in path.chords(start, end))


def _crosses(area: ModelObject, start: Place, end: Place) -> bool:
    """Whether a line has a part in the area's box (Liang and Barsky)."""
    size = area.size or CLASSES[area.class_name].size
    low = (area.location[0], area.location[1] - size[1])
    first, last = 0.0, 1.0
    for axis in (0, 1):
        way = end[axis] - start[axis]
        enter, leave = low[axis] - start[axis], low[axis] + size[axis] - start[axis]
        if way == 0.0:
            if enter > 0.0 or leave < 0.0:
                return False
            continue
        shares = sorted((enter / way, leave / way))
        first, last = max(first, shares[0]), min(last, shares[1])
    return first <= last


def _number(obj: ModelObject, name: str, default: float) -> float:
    value = obj.properties.get(name)
    return float(value.value) if isinstance(value, NumberValue | OptionValue) else default


def _ends(obj: ModelObject) -> tuple[Place, Place]:
    """The ends of a straight path."""
    start, end = point_of(obj, "StartLocation"), point_of(obj, "EndLocation")
    if start is not None and end is not None:
        return start[:2], end[:2]
    size = obj.size or CLASSES[obj.class_name].size
    x, y = obj.location[0], obj.location[1] - size[1] / 2
    angle = radians(obj.rotation[2])
    return (x, y), (x + size[0] * cos(angle), y + size[0] * sin(angle))
