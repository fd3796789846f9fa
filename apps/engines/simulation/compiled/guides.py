"""Guide paths and crowded networks as tables: routes, claims, and who drives where."""

from __future__ import annotations

from collections.abc import Iterable
from math import nan
from typing import Any

import numpy as np

from ..kernel.agv import Claim, GuidePaths, Leg
from ..kernel.agv_travel import GuidedTravel
from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.networks import NetworkTravel
from ..kernel.node import Node
from ..kernel.simulation import Simulation
from ..model import ModelObject
from . import layout
from .program import NotLowered

MAX_ROWS = 4_000_000
_NONE = -1
_NO_MOVER = ("trips", "wanted", "first_held", "last_held", "pass_to", "strategy")


class Guides:
    """A row of `movers` for each object; an AGV has a `number` from 1 on, others 0.

    `goals` are the stations that executers go to, by the places of `Routes` from 1 on.
    """

    def __init__(self, sim: Simulation, goals: list[Node]) -> None:
        self.sim, self.goals = sim, goals
        self.rows: list[dict[str, Any]] = [dict.fromkeys(_NO_MOVER, _NONE) for _ in sim.nodes]
        self.trips: list[tuple[float, int]] = []
        self.stands: list[dict[str, Any]] = []
        self.claims: list[Claim] = []
        self.points: list[ModelObject] = []
        self.legs: list[tuple[float, int, int, int]] = []
        self.claimed: list[int] = []
        self._trips: dict[tuple[float, ...], int] = {}
        self.connected: list[int] = []  # members of dispatchers, port by port
        executers = [node for node in sim.nodes if isinstance(node, TaskExecuter)]
        self._network([e for e in executers if isinstance(e.travel, NetworkTravel)])
        self.agvs = [e for e in executers if isinstance(e.travel, GuidedTravel)]
        self.routes = self._paths(self.agvs)

    def rules(self, dispatcher: Dispatcher, pass_to: int, strategy: int) -> None:
        """Its laws of PassTo and QueueStrategy, −1 where it has none."""
        row = self.rows[dispatcher.index]
        row |= {"pass_to": pass_to, "strategy": strategy, "first_connected": len(self.connected)}
        self.connected += [member.index for member in dispatcher.members]
        row["connected"] = len(dispatcher.members)

    # Networks

    def _network(self, executers: list[TaskExecuter]) -> None:
        if not executers:
            return
        network = executers[0].travel.network  # type: ignore[attr-defined]
        places = {node: place for place, node in enumerate(network.stands)}
        self.stands = [
            {"room": stand.room, "travelers": len(stand.travelers), "first_waiting": _NONE}
            for stand in network.stands.values()
        ]
        for executer in executers:
            travel = executer.travel
            rates = (travel.speed, travel.acceleration, travel.deceleration)
            if rates not in self._trips:
                self._trips[rates] = len(self.trips)
                self._check(len(self.trips) + len(places) * (1 + len(self.goals)))
                self.trips += self._times(travel, places)  # type: ignore[arg-type]
            self.rows[executer.index] |= {
                "trips": self._trips[rates],
                "stand": places[travel.node],  # type: ignore[attr-defined]
                "stands": 1,
            }

    def _times(
        self, travel: NetworkTravel, places: dict[ModelObject, int]
    ) -> Iterable[tuple[float, int]]:
        """Seconds from every node to every goal, and the node there."""
        network = travel.network
        for node, place in places.items():
            yield nan, place
            for goal in self.goals:
                path = network.path([(node, 0.0)], network.gates.get(goal.source, []))
                if path is None:
                    yield nan, place
                else:
                    yield travel.time(path[0]), places[path[1][-1][1]]

    def _check(self, rows: int) -> None:
        if rows > MAX_ROWS:
            raise NotLowered("the ways of its executers would need too large tables")

    # Guide paths

    def _paths(self, agvs: list[TaskExecuter]) -> list[tuple[int, int]]:
        """The routes from each control point where an AGV may stand to each goal."""
        if not agvs:
            return []
        paths: GuidePaths = agvs[0].travel.paths  # type: ignore[attr-defined]
        self.claims, self.points = [*paths.claims.values(), *paths.areas], list(paths.claims)
        self._numbers = {claim: number for number, claim in enumerate(self.claims)}
        self._places = {point: place for place, point in enumerate(self.points)}
        self.at = [self._listed(paths.at(point)) for point in self.points]
        width = 1 + len(self.goals)
        self._check(max(len(self.points) * width, (1 + len(agvs)) * len(self.claims)))
        routes = [(_NONE, 0)] * (len(self.points) * width)
        waiting = [travel.point for travel in (agv.travel for agv in agvs)]  # type: ignore[attr-defined]
        reached = set(waiting)
        for number, agv in enumerate(agvs, 1):
            self._vehicle(number, agv)
        while waiting:
            point = waiting.pop()
            for goal, station in enumerate(self.goals, 1):
                legs = paths.route(point, paths.gates.get(station.source, []))
                if legs is None:
                    continue
                routes[self._places[point] * width + goal] = len(self.legs), len(legs)
                self.legs += map(self._leg, legs)
                if legs and legs[-1].point not in reached:
                    reached.add(legs[-1].point)
                    waiting.append(legs[-1].point)
        return routes

    def _vehicle(self, number: int, agv: TaskExecuter) -> None:
        travel = agv.travel
        self.rows[agv.index] |= {
            "number": number,
            "top": travel.speed,
            "rise": travel.acceleration,
            "fall": travel.deceleration,
            "point": self._places[travel.point],  # type: ignore[attr-defined]
        }

    def _listed(self, claims: Iterable[Claim]) -> tuple[int, int]:
        """Where a list of claims begins, and how many there are."""
        first = len(self.claimed)
        self.claimed += (self._numbers[claim] for claim in claims)
        return first, len(self.claimed) - first

    def _leg(self, leg: Leg) -> tuple[float, int, int, int]:
        return leg.end, self._places[leg.point], *self._listed(leg.claims)

    # Tables

    def tables(self) -> dict[str, layout.Records]:
        found = {
            "movers": layout.records(self.rows, layout.mover_type),
            "connected": np.array(self.connected, "i8").view(layout.whole_type),
            "stands": layout.records(self.stands, layout.stand_type),
            "trips": np.array(self.trips, layout.trip_type),
            "legs": np.array(self.legs, layout.leg_type),
            "claimed": np.array(self.claimed, "i8").view(layout.whole_type),
            "points": np.array(getattr(self, "at", []), layout.point_type),
            "routes": np.array(self.routes, layout.route_type),
            "claims": layout.records(
                [{"room": claim.room, **_NOBODYS} for claim in self.claims], layout.claim_type
            ),
            "holds": np.zeros((1 + len(self.agvs)) * len(self.claims), layout.hold_type),
        }
        self._hold_at_start(found)
        return found

    def _hold_at_start(self, tables: dict[str, layout.Records]) -> None:
        """Vehicles hold the control points at which they stand, in the order of the objects."""
        movers, claims, holds = tables["movers"], tables["claims"], tables["holds"]
        for agv in self.agvs:
            mover = movers[agv.index]
            for claim in agv.travel.held:  # type: ignore[attr-defined]
                number = self._numbers[claim]
                row, here = claims[number], int(mover["number"]) * len(claims) + number
                holds[here] = 1, _NONE, _NONE
                if mover["first_held"] < 0:
                    mover["first_held"] = number
                else:
                    last = int(mover["number"]) * len(claims) + int(mover["last_held"])
                    holds["next_held"][last] = number
                mover["last_held"] = number
                if row["first_holder"] < 0:
                    row["first_holder"] = agv.index
                else:
                    before = int(movers["number"][row["last_holder"]]) * len(claims) + number
                    holds["next_holder"][before] = agv.index
                row["last_holder"] = agv.index
                row["holders"] += 1

    def parked(self, tables: dict[str, layout.Records]) -> None:
        """At the run's end, as `GuidedTravel.end`: who stands behind vehicles without work."""
        movers, claims, holds = tables["movers"], tables["claims"], tables["holds"]
        for agv in self.agvs:
            wanted = int(movers["wanted"][agv.index])
            if wanted < 0:
                continue
            holders, other = [], int(claims["first_holder"][wanted])
            while other >= 0:
                holders.append(other)
                other = int(holds["next_holder"][movers["number"][other] * len(claims) + wanted])
            if any(tables["nodes"]["active"][holder] >= 0 for holder in holders):
                continue
            names = " and ".join(self.sim.nodes[holder].name for holder in holders)
            self.sim.warn(
                f"At the run's end {agv.name} waits for {self.claims[wanted].source.name}, where "
                f"{names} is parked without work."
            )


_NOBODYS = dict.fromkeys(("first_holder", "last_holder", "first_waiting", "last_waiting"), _NONE)
