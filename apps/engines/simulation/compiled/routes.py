"""Teams and travel times: who works for whom, how long executers take to the stations."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, nan
from typing import Any

import numpy as np

from ..kernel.agv_travel import GuidedTravel
from ..kernel.axes import AxesTravel, Point
from ..kernel.belt_points import BeltStation
from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.networks import NetworkTravel
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Station
from ..kernel.travel import Place, Travel, centre
from ..model import ModelObject
from . import layout
from .program import NotLowered

MAX_TIMES = 4_000_000
# Where an executer is: anywhere, at a node of its network, or at a point of its axes
_Stand = Place | ModelObject | Point


class Routes:
    """`goals` numbers the places of an executer: 0 where it begins, then the stations served.

    Executers that move alike share the times between stations; with `by_legs` those on networks and
    guide paths are left to `guides`.
    """

    def __init__(self, sim: Simulation, *, by_legs: bool = False) -> None:
        self.by_legs = by_legs
        served = _served(sim)
        self.served = [node for node in sim.nodes if node in served]
        self._goals: dict[Node, int] = {node: place for place, node in enumerate(self.served, 1)}
        self.goals = len(self._goals) + 1
        self.members: list[int] = []
        self.teams: list[int] = []
        self.times: list[float] = []
        self.offsets: dict[Node, int] = {}  # where an executer's times of offset travel begin
        self.angles: dict[Node, int] = {}  # where the degrees of a robot's arm begin
        self._ways: dict[tuple[Any, ...], int] = {}  # where the times of those who move so begin

    def goal(self, station: Node) -> int:
        return self._goals.get(station, 0)

    def of(self, node: Dispatcher) -> dict[str, Any]:
        """The fields of a dispatcher or task executer."""
        executers = node.executers()
        row = {"first_member": len(self.members), "members": len(executers)}
        self.members += [executer.index for executer in executers]
        if isinstance(node, TaskExecuter):
            teams = node._all_teams()  # noqa: SLF001 - in its order
            row |= {"first_team": len(self.teams), "teams": len(teams)}
            self.teams += [team.index for team in teams]
            row |= self._travel(node)
        return row

    def _travel(self, executer: TaskExecuter) -> dict[str, int]:
        """Where its times from its first place begin, and those from the stations."""
        travel, home = executer.travel, len(self.times)
        self.offsets[executer] = home
        self.times += [0.0, *(travel.offset(executer, goal.source) for goal in self._goals)]
        if self.by_legs and isinstance(travel, NetworkTravel | GuidedTravel):
            return {}
        home = len(self.times)
        self._add(executer, _home(executer))
        if _is_arm(executer):
            self.angles[executer] = len(self.times)
            points = (_stand(travel, goal.source) for goal in self._goals)
            self.times += [0.0, *(point[0] for point in points)]  # type: ignore[index]
        rates = (travel.speed, travel.acceleration, travel.deceleration)
        axes = executer if isinstance(travel, AxesTravel) else None  # which are its own
        moves = (isinstance(travel, NetworkTravel), rates, axes)
        if moves not in self._ways:
            if len(self.times) + self.goals**2 > MAX_TIMES:
                raise NotLowered(f"{executer.name} would need too many travel times")
            self._ways[moves] = len(self.times)
            for goal in self._goals:
                self._add(executer, _stand(travel, goal.source))
        # The rows are those of the places from 1 on
        return {"home": home, "ways": self._ways[moves] - self.goals}

    def _add(self, executer: TaskExecuter, start: _Stand | None) -> None:
        """Times from there to every place, as the reference kernel reckons them."""
        goals = (goal.source for goal in self._goals)
        self.times += [0.0, *(_time(executer, start, goal) for goal in goals)]

    def tables(self) -> dict[str, layout.Records]:
        return {
            "members": np.array(self.members, "i8").view(layout.whole_type),
            "teams": np.array(self.teams, "i8").view(layout.whole_type),
            "ways": np.array(self.times, "f8").view(layout.real_type),
        }


def _served(sim: Simulation) -> set[Node]:
    """Stations that executers go to: with operators, or where they load and unload."""
    return set(_stations(sim))


def _stations(sim: Simulation) -> Iterator[Node]:
    for node in sim.nodes:
        if isinstance(node, Processor) and any(phase.crew for phase in node.phases):
            yield node
        if isinstance(node, BeltStation) and node.phase.crew is not None:
            yield node
        if isinstance(node, Station) and node.transport is not None:
            yield node
            yield from (link.target for link in node.outputs)


def _home(executer: TaskExecuter) -> _Stand:
    travel = executer.travel
    if isinstance(travel, NetworkTravel):
        return travel.node
    return travel.here if isinstance(travel, AxesTravel) else executer.place


def _stand(travel: Travel, goal: ModelObject) -> _Stand | None:
    """Where an executer is after it has gone there, None where it cannot go."""
    if isinstance(travel, NetworkTravel):
        return next(iter(travel.network.gates.get(goal, ())), None)
    if isinstance(travel, AxesTravel):
        return travel.point((*centre(goal), goal.location[2]))
    return centre(goal)


def _is_arm(executer: TaskExecuter) -> bool:
    """Whether that is a robot whose base turns, by MotionMode 1 or 3."""
    return executer.source.class_name == "Robot" and isinstance(executer.travel, AxesTravel)


def _time(executer: TaskExecuter, start: _Stand | None, goal: ModelObject) -> float:
    """Seconds; not a number where no way leads."""
    travel = executer.travel
    if start is None:
        return nan
    if isinstance(travel, NetworkTravel):
        gates = travel.network.gates.get(goal, [])
        path = travel.network.path([(start, 0.0)], gates)  # type: ignore[list-item]
        return nan if path is None else travel.time(path[0])
    if isinstance(travel, AxesTravel):
        end = _stand(travel, goal)
        if _is_arm(executer):  # beside the turn of its base, which depends on all turns before
            return travel.time_along([(0.0, *start[1:]), (0.0, *end[1:])])  # type: ignore[index]
        way = travel.way_to(start, end)  # type: ignore[arg-type]
        if way[-1] != end:
            raise NotLowered(f"{executer.name} ends its moves by where they begin")
        return travel.time_along(way)
    (x, y), (u, v) = start, centre(goal)  # type: ignore[misc]
    return travel.time(hypot(u - x, v - y))
