"""How far and how long task executers travel.

An executer travels in straight lines between the centres of objects, or, when it is
connected to a network, along the network's shortest path to the station's node. Offset
travel from the node to the station is left out, as is the vertical [?].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import hypot, inf, sqrt
from typing import TYPE_CHECKING

from ..library import CLASSES
from ..model import Model, ModelObject

if TYPE_CHECKING:
    from .executer import TaskExecuter
    from .station import Station

Place = tuple[float, float]


def centre(obj: ModelObject) -> Place:
    """The middle of an object seen from above; its location is the upper-left corner."""
    size = obj.size or CLASSES[obj.class_name].size
    return obj.location[0] + size[0] / 2, obj.location[1] - size[1] / 2


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


@dataclass
class Network:
    """Network nodes, the lengths between them, and the stations attached to them."""

    lengths: dict[ModelObject, dict[ModelObject, float]] = field(default_factory=dict)
    gates: dict[ModelObject, list[ModelObject]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Model) -> Network:
        network = cls()
        for obj in model:
            if obj.class_name == "NetworkNode":
                network.lengths[obj] = {}
        for link in model.connections:
            network.add(link.source, link.target)
        return network

    def add(self, source: ModelObject, target: ModelObject) -> None:
        nodes = [end for end in (source, target) if end in self.lengths]
        if len(nodes) == 2:
            (x, y), (u, v) = centre(source), centre(target)
            self.lengths[source][target] = self.lengths[target][source] = hypot(u - x, v - y)
        elif nodes:
            other = target if nodes[0] is source else source
            self.gates.setdefault(other, []).append(nodes[0])

    def distance(self, start: ModelObject, goals: list[ModelObject]) -> float:
        """The length of the shortest path to the nearest goal, inf when there is none."""
        best = {start: 0.0}
        order = count(1)
        waiting = [(0.0, 0, start)]
        while waiting:
            length, _, node = heappop(waiting)
            if node in goals:
                return length
            for neighbour, step in self.lengths[node].items():
                if length + step < best.get(neighbour, inf):
                    best[neighbour] = length + step
                    heappush(waiting, (length + step, next(order), neighbour))
        return inf


@dataclass(slots=True)
class Travel:
    """The travel of one executer: its motion, and its network if it uses one."""

    speed: float
    acceleration: float
    deceleration: float
    network: Network | None = None
    node: ModelObject | None = None  # where it is on the network
    known: dict[tuple[ModelObject, ModelObject], tuple[float, ModelObject]] = field(
        default_factory=dict
    )

    def place_of(self, station: Station) -> Place:
        return centre(station.source)

    def time(self, executer: TaskExecuter, station: Station) -> float:
        """Seconds to the station; moves the executer's node on its network."""
        if self.network is not None and self.node is not None:
            distance = self._along_network(self.network, self.node, station)
        else:
            (x, y), (u, v) = executer.place, self.place_of(station)
            distance = hypot(u - x, v - y)
        return travel_time(distance, self.speed, self.acceleration, self.deceleration)

    def _along_network(self, network: Network, node: ModelObject, station: Station) -> float:
        key = (node, station.source)
        if key not in self.known:
            goals = network.gates.get(station.source, [])
            reached = ((network.distance(node, [goal]), goal) for goal in goals)
            self.known[key] = min(reached, key=lambda pair: pair[0], default=(inf, node))
        distance, self.node = self.known[key]
        if distance == inf:
            station.sim.fail("no network path leads here", station.name)
        return distance
