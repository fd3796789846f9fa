"""Executers that move by axes: cranes, elevators, storage vehicles, robots.

Their motion is shown as offset travel, as FlexSim does. A way is a list of points in the
axes' coordinates; between two points all axes move at once, and the slowest decides.

Choices where FlexSim's manual is silent: an item lies at the centre of its station, at the
height of the station's location. A crane's hook hangs at LiftHeight (default: the crane's
height) above the crane's location at the start; TravelSequence names stages of axes moved
at once (L lift, X, Y, D down), "L>XY>D" by default; within LiftRadius it does not lift;
CraneSpeeds has rows of speed, acceleration, deceleration for X, Y and Z, else all are those
of the crane. An elevator moves up and down only. A storage vehicle runs along its own
x axis while it lifts, then extends to the station and back before it loads or unloads. A
robot of MotionMode 1 turns, tilts and extends at once from a folded arm along its x axis;
of MotionMode 3 it is an arm of two links, each as long as the robot is high, over a turning
base (joints 1 to 3), its tool kept upright by joint 5; a robot of MotionMode 2 that carries
nothing is there at once.
"""

from __future__ import annotations

from collections.abc import Callable
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, Any

from ..library import CLASSES
from ..model import ModelObject
from ..states import State
from .travel import Place, Travel, Trip, centre, travel_time, travelled

if TYPE_CHECKING:
    from .executer import TaskExecuter
    from .values import Values

Rates = tuple[float, float, float]  # speed, acceleration, deceleration
Point = tuple[float, ...]
Spot = tuple[float, float, float]  # x, y, z in metres


class AxesTravel(Travel):
    """Moves its axes from `here`; `point` takes a spot to axes, `way` gives the points to pass."""

    empty, loaded = State.OFFSET_TRAVEL_EMPTY, State.OFFSET_TRAVEL_LOADED

    def __init__(
        self,
        rates: Rates,
        axes: tuple[Rates, ...],
        here: Point,
        point: Callable[[Spot], Point],
        way: Callable[[Point, Point], list[Point]] | None = None,
    ) -> None:
        super().__init__(*rates)
        self.axes, self.here, self.point = axes, here, point
        self.way = way or (lambda _, goal: [goal])
        self.reach: Callable[[Place], float] = lambda _: 0.0  # seconds of extending there and back
        self.points: list[Point] = [here]

    def begin(self, executer: TaskExecuter, goal: ModelObject) -> None:
        self._move(executer, (*centre(goal), goal.location[2]))

    def begin_to(self, executer: TaskExecuter, place: Place) -> None:
        self._move(executer, (*place, executer.source.location[2]))

    def offset(self, executer: TaskExecuter, station: ModelObject) -> float:
        del executer
        return self.reach(centre(station))

    def _move(self, executer: TaskExecuter, spot: Spot) -> None:
        self.points = self.way_to(self.here, self.point(spot))
        self.here = self.points[-1]
        self.set_out(executer, Trip(executer.place, spot[:2], 0.0, self.time_along(self.points)))

    def way_to(self, here: Point, goal: Point) -> list[Point]:
        """The points to pass, both ends among them."""
        return [here, *(self.way(here, goal) if goal != here else [])]

    def time_along(self, points: list[Point]) -> float:
        """Seconds that a way takes."""
        return sum(map(self._leg, points, points[1:]))

    def _leg(self, start: Point, end: Point) -> float:
        return max(
            travel_time(abs(there - here), *rates)
            for here, there, rates in zip(start, end, self.axes, strict=True)
        )

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        """All axes stop where they are."""
        del executer
        if self.trip is None or self.trip.time <= 0.0:
            return
        elapsed = self.trip.time - left
        for start, end in zip(self.points, self.points[1:], strict=False):
            leg = self._leg(start, end)
            if elapsed < leg:
                self.here = tuple(
                    here
                    + (1 if there > here else -1) * travelled(elapsed, abs(there - here), *rates)
                    for here, there, rates in zip(start, end, self.axes, strict=True)
                )
                return
            elapsed -= leg


class RobotTravel(Travel):
    """A robot of fixed move times: what it carries is moved in MoveTime."""

    def begin_to(self, executer: TaskExecuter, place: Place) -> None:
        time = 0.0
        if executer.content and executer.move_time is not None:
            time = executer.move_time(next(reversed(executer.items)))
        self.set_out(executer, Trip(executer.place, place, 0.0, time))


def _height(source: ModelObject) -> float:
    return (source.size or CLASSES[source.class_name].size)[2]


def _given(values: Values, name: str, default: float) -> float:
    return default if values.get(name) is None else values.number(name)


def crane(values: Values, rates: Rates) -> AxesTravel:
    source = values.obj
    rows = values.rows("CraneSpeeds")
    if rows and not (len(rows) == 3 and all(len(row) >= 3 for row in rows)):
        raise values.fail(
            "CraneSpeeds", "needs rows of speed, acceleration, deceleration for X, Y, Z"
        )
    axes = tuple(_rates(values, row) for row in rows) or (rates,) * 3
    top = source.location[2] + _given(values, "LiftHeight", _height(source))
    radius = _given(values, "LiftRadius", 0.0)
    stages = values.text("TravelSequence", "L>XY>D").upper().replace(" ", "").split(">")
    if set("".join(stages)) - set("LXYD") or not set("XYD") <= set("".join(stages)):
        raise values.fail("TravelSequence", "must name the axes L, X, Y and D", 'as in "L>XY>D"')

    def way(start: Point, goal: Point) -> list[Point]:
        x, y, z = start
        near = hypot(goal[0] - x, goal[1] - y) <= radius
        points: list[Point] = []
        for stage in stages:
            if "L" in stage and not near:
                z = max(z, top)
            x, y = (goal[0] if "X" in stage else x), (goal[1] if "Y" in stage else y)
            z = goal[2] if "D" in stage else z
            points.append((x, y, z))
        return points

    return AxesTravel(rates, axes, (*centre(source), top), lambda spot: spot, way)


def _rates(values: Values, row: tuple[Any, ...]) -> Rates:
    speed, *ramps = (values.cell_number("CraneSpeeds", cell) for cell in row[-3:])
    if not speed:
        raise values.fail("CraneSpeeds", "needs speeds above 0")
    return speed, ramps[0], ramps[1]


def elevator(values: Values, rates: Rates) -> AxesTravel:
    return AxesTravel(rates, (rates,), (values.obj.location[2],), lambda spot: (spot[2],))


def storage_vehicle(values: Values, rates: Rates) -> AxesTravel:
    source = values.obj
    lift, extension = values.number("LiftSpeed"), values.number("ExtensionSpeed")
    for name, speed in (("LiftSpeed", lift), ("ExtensionSpeed", extension)):
        if not speed > 0:
            raise values.fail(name, "must be above 0")
    (x0, y0), angle = centre(source), radians(source.rotation[2])

    def along(place: Place) -> float:
        return (place[0] - x0) * cos(angle) + (place[1] - y0) * sin(angle)

    def across(place: Place) -> float:
        return (place[1] - y0) * cos(angle) - (place[0] - x0) * sin(angle)

    here = (0.0, source.location[2] + values.number("InitialLiftHeight"))
    travel = AxesTravel(
        rates, (rates, (lift, 0.0, 0.0)), here, lambda spot: (along(spot[:2]), spot[2])
    )
    travel.reach = lambda place: 2 * abs(across(place)) / extension
    return travel


def robot(values: Values, rates: Rates) -> Travel:
    mode = int(values.number("MotionMode"))
    if mode == 2:
        return RobotTravel(*rates)
    if mode == 1:
        return _simple_robot(values, rates)
    if mode == 3:
        return _jointed_robot(values, rates)
    raise values.fail("MotionMode", "is not simulated with paths", "use modes 1 to 3")


def _simple_robot(values: Values, rates: Rates) -> AxesTravel:
    speeds = [
        values.number(name) for name in ("ZRotationSpeed", "YRotationSpeed", "ExtensionSpeed")
    ]
    return _arm(
        values, rates, speeds, lambda reach, rise: (degrees(atan2(rise, reach)), hypot(reach, rise))
    )


def _jointed_robot(values: Values, rates: Rates) -> AxesTravel:
    speeds = [values.cell_number("JointSpeeds", row[-1]) for row in values.rows("JointSpeeds")]
    if len(speeds) != 6:
        raise values.fail("JointSpeeds", "needs six speeds, in degrees a second")
    link = _height(values.obj)

    def joints(reach: float, rise: float) -> Point:
        """Shoulder, elbow, wrist in degrees; beyond its reach the arm is straight."""
        distance = min(hypot(reach, rise), 2 * link)
        bend = acos(distance / (2 * link))
        shoulder = degrees(atan2(rise, reach) + bend)
        return shoulder, -2 * degrees(bend), 2 * degrees(bend) - shoulder - 90

    return _arm(values, rates, [speeds[0], speeds[1], speeds[2], speeds[4]], joints)


def _arm(
    values: Values, rates: Rates, speeds: list[float], pose: Callable[[float, float], Point]
) -> AxesTravel:
    """A turning base with an arm whose `pose` follows from reach and rise in metres."""
    if not all(speed > 0 for speed in speeds):
        raise values.fail("MotionMode", "needs speeds above 0")
    (x0, y0), z0 = centre(values.obj), values.obj.location[2]

    def point(spot: Spot) -> Point:
        x, y, z = spot[0] - x0, spot[1] - y0, spot[2] - z0
        return (degrees(atan2(y, x)), *pose(hypot(x, y), z))

    def way(start: Point, goal: Point) -> list[Point]:
        """The base turns the shorter way round."""
        turn = (goal[0] - start[0] + 180) % 360 - 180
        return [(start[0] + turn, *goal[1:])]

    here = (values.obj.rotation[2], *pose(0.0, 0.0))
    return AxesTravel(rates, tuple((speed, 0.0, 0.0) for speed in speeds), here, point, way)
