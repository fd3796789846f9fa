"""How far and how long task executers travel.

An executer travels in straight lines between the centres of objects, or, when it is
connected to a network, along the network (`networks`), or on guide paths (`agv`); cranes,
elevators, storage vehicles and robots move by axes (`axes`).

Choices where FlexSim's manual is silent: the vertical and the way from a network node to
the station are left out; an executer that is preempted stops at once and starts from
rest; a Transporter that travels offsets raises its fork to a station's height after arriving
there, lowers it while it travels, and both loads and unloads at the height of the object's
location.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING

from ..errors import SimulationError
from ..library import CLASSES
from ..model import ArrayValue, ModelObject
from ..states import State

if TYPE_CHECKING:
    from .executer import TaskExecuter

Place = tuple[float, float]


def centre(obj: ModelObject) -> Place:
    """The middle of an object seen from above; its location is the upper-left corner."""
    size = obj.size or CLASSES[obj.class_name].size
    return obj.location[0] + size[0] / 2, obj.location[1] - size[1] / 2


def point_of(obj: ModelObject, name: str) -> tuple[float, float, float] | None:
    """The point that a property holds, None where it holds none. Raises SimulationError."""
    value = obj.properties.get(name)
    if not isinstance(value, ArrayValue):
        return None
    numbers = value.value
    if len(numbers) not in (2, 3) or not all(isinstance(number, int | float) for number in numbers):
        raise SimulationError(f"{name} must be two or three numbers, in metres", obj.name)
    x, y, *z = numbers
    return x, y, z[0] if z else 0.0


def travel_time(distance: float, speed: float, acceleration: float, deceleration: float) -> float:
    """Time to travel from rest to rest; an acceleration of 0 means at once.

    Up to the distance at which the full speed is reached the profile is a triangle,
    beyond it a trapezium.
    """
    rise = speed / acceleration if acceleration > 0 else 0.0
    fall = speed / deceleration if deceleration > 0 else 0.0
    ramps = speed * (rise + fall) / 2
    if distance >= ramps:
        return (distance - ramps) / speed + rise + fall
    return sqrt(2 * distance * (rise + fall) / speed)


def travelled(
    elapsed: float, distance: float, speed: float, acceleration: float, deceleration: float
) -> float:
    """The part of `distance` covered so long after starting, with `travel_time`'s profile."""
    total = travel_time(distance, speed, acceleration, deceleration)
    if elapsed >= total:
        return distance
    rise = speed / acceleration if acceleration > 0 else 0.0
    fall = speed / deceleration if deceleration > 0 else 0.0
    reach = min(1.0, sqrt(2 * distance / (speed * (rise + fall)))) if rise + fall > 0 else 1.0
    top = speed * reach
    if elapsed < rise * reach:
        return acceleration * elapsed**2 / 2
    left = total - elapsed
    if left < fall * reach:
        return distance - deceleration * left**2 / 2
    return top * (elapsed - rise * reach / 2)


@dataclass(slots=True)
class Trip:
    """A travel in progress: where from, where to, how far, how long."""

    start: Place
    goal: Place
    distance: float
    time: float


class Travel:
    """Straight travel of one executer; `empty` and `loaded` are the states that it shows."""

    empty, loaded = State.TRAVEL_EMPTY, State.TRAVEL_LOADED

    def __init__(self, speed: float, acceleration: float, deceleration: float) -> None:
        self.speed, self.acceleration, self.deceleration = speed, acceleration, deceleration
        self.lift_speed = 0.0  # of a Transporter's fork
        self.trip: Trip | None = None

    def settle(self, executer: TaskExecuter) -> None:
        """Stand where the executer is when the run begins."""

    def begin(self, executer: TaskExecuter, goal: ModelObject) -> None:
        """Set out for an object; the executer's `arrived` follows."""
        self.begin_to(executer, centre(goal))

    def begin_to(self, executer: TaskExecuter, place: Place) -> None:
        """Set out for a place."""
        (x, y), (u, v) = executer.place, place
        distance = hypot(u - x, v - y)
        self.set_out(executer, Trip(executer.place, place, distance, self.time(distance)))

    def time(self, distance: float) -> float:
        return travel_time(distance, self.speed, self.acceleration, self.deceleration)

    def set_out(self, executer: TaskExecuter, trip: Trip) -> None:
        self.trip = trip
        executer.place = trip.goal
        if trip.time > 0.0:
            executer.set_state(self.loaded if executer.content else self.empty)
        executer.plan(trip.time, executer.arrived)

    def offset(self, executer: TaskExecuter, station: ModelObject) -> float:
        """Seconds of offset travel at a station before loading or unloading."""
        del executer
        return abs(station.location[2]) / self.lift_speed if self.lift_speed > 0 else 0.0

    def admitted(self, executer: TaskExecuter) -> None:
        """There is room where the executer waits to go."""

    def proceed(self, executer: TaskExecuter) -> None:
        """For a travel in several legs: the planned leg is over."""
        executer.task_over()

    def covered(self, trip: Trip, left: float) -> float:
        """Metres covered with so many seconds left."""
        rates = self.speed, self.acceleration, self.deceleration
        return travelled(trip.time - left, trip.distance, *rates)

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        """Stop on the way, with so many seconds left."""
        trip = self.trip
        if trip is None or left <= 0.0 or trip.distance <= 0.0:
            return
        share = self.covered(trip, left) / trip.distance
        (x, y), (u, v) = trip.start, trip.goal
        executer.place = (x + share * (u - x), y + share * (v - y))

    def end(self, executer: TaskExecuter) -> None:
        """The run is over."""

    def resumed(self, executer: TaskExecuter, pause: float) -> None:
        """The executer was stopped on its way for so long."""
