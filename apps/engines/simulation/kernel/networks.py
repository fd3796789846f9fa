"""Network nodes: shortest paths, and travel along them.

Choices where FlexSim's manual is silent: MaxTravelers counts the executers that stand at a
node; one who wants to stand there while it is full waits for his turn, those who pass do
not count. Executers do not hinder each other between nodes. A station with several nodes
is reached by the nearest. One who is preempted between two nodes may turn round there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, TypeVar

from ..model import Model, ModelObject, NumberValue
from .travel import Travel, Trip, centre

if TYPE_CHECKING:
    from .executer import TaskExecuter

N = TypeVar("N", bound=Hashable)
Path = tuple[float, list[tuple[float, ModelObject]]]  # length; (metres from the start, node) …


@dataclass
class Stand:
    """Who stands at a node, and who waits to."""

    room: float
    travelers: set[TaskExecuter] = field(default_factory=set)
    waiting: deque[TaskExecuter] = field(default_factory=deque)


@dataclass
class Network:
    """Nodes, the lengths between them, and the objects attached to them."""

    lengths: dict[ModelObject, dict[ModelObject, float]] = field(default_factory=dict)
    gates: dict[ModelObject, list[ModelObject]] = field(default_factory=dict)
    stands: dict[ModelObject, Stand] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Model) -> Network:
        network = cls()
        for obj in model:
            if obj.class_name == "NetworkNode":
                network.lengths[obj] = {}
                room = obj.properties.get("MaxTravelers")
                most = room.value if isinstance(room, NumberValue) else 1000.0
                network.stands[obj] = Stand(most)
                network.gates[obj] = [obj]
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

    def path(
        self, starts: list[tuple[ModelObject, float]], goals: list[ModelObject]
    ) -> Path | None:
        """The shortest path to the nearest goal from nodes so many metres away, or None."""
        return shortest(self.lengths, starts, goals)


def shortest(
    lengths: Mapping[N, Mapping[N, float]], starts: Sequence[tuple[N, float]], goals: Sequence[N]
) -> tuple[float, list[tuple[float, N]]] | None:
    """The length of the shortest path, and its nodes with their metres from the start.

    Dijkstra's algorithm; among equals what was connected first. None where no path is.
    """
    best = dict(starts)
    before: dict[N, N] = {}
    order = count().__next__
    waiting = [(metres, order(), node) for node, metres in starts]
    waiting.sort()
    while waiting:
        length, _, node = heappop(waiting)
        if node in goals:
            return length, _traced(best, before, node)
        if length > best[node]:
            continue
        for neighbour, step in lengths[node].items():
            if length + step < best.get(neighbour, inf):
                best[neighbour] = length + step
                before[neighbour] = node
                heappush(waiting, (length + step, order(), neighbour))
    return None


def _traced(best: Mapping[N, float], before: Mapping[N, N], node: N) -> list[tuple[float, N]]:
    found = [(best[node], node)]
    while node in before:
        node = before[node]
        found.append((best[node], node))
    return found[::-1]


class NetworkTravel(Travel):
    """Travel from node to node; `anchors` are the nodes around, with the metres to them."""

    def __init__(
        self,
        speed: float,
        acceleration: float,
        deceleration: float,
        network: Network,
        node: ModelObject,
    ) -> None:
        super().__init__(speed, acceleration, deceleration)
        self.network = network
        self.anchors: list[tuple[ModelObject, float]] = [(node, 0.0)]
        self.node: ModelObject = node  # where it goes, or stands
        self.way: list[tuple[float, ModelObject]] = []
        self.known: dict[tuple[ModelObject, ModelObject], Path] = {}
        self.waits = False  # for room to stand at its goal

    def settle(self, executer: TaskExecuter) -> None:
        """Stand at the first node, when the run begins."""
        executer.place = centre(self.node)
        self.network.stands[self.node].travelers.add(executer)

    def begin(self, executer: TaskExecuter, goal: ModelObject) -> None:
        length, way = self._path(executer, goal)
        node = way[-1][1]
        if node is not self.node or self.waits:
            self._leave(executer)
        self.node, self.way = node, way
        self.set_out(executer, Trip(executer.place, centre(node), length, self.time(length)))

    def _path(self, executer: TaskExecuter, goal: ModelObject) -> Path:
        key = (self.anchors[0][0], goal)
        if len(self.anchors) == 1 and key in self.known:
            return self.known[key]
        found = self.network.path(self.anchors, self.network.gates.get(goal, []))
        if found is None:
            hint = "connect it to a node of the network"
            executer.sim.fail(f"no network path leads to it for {executer.name}", goal.name, hint)
        if len(self.anchors) == 1:
            self.known[key] = found
        return found

    def _leave(self, executer: TaskExecuter) -> None:
        """Make room for the next one who waits to stand here."""
        stand = self.network.stands[self.node]
        stand.travelers.discard(executer)
        if self.waits and executer in stand.waiting:
            stand.waiting.remove(executer)
        self.waits = False
        while stand.waiting and len(stand.travelers) < stand.room:
            following = stand.waiting.popleft()
            stand.travelers.add(following)
            executer.sim.clock.later.append((following.travel.admitted, following))

    def admitted(self, executer: TaskExecuter) -> None:
        """There is room to stand at the goal."""
        if self.waits:
            self.waits = False
            executer.task_over()

    def proceed(self, executer: TaskExecuter) -> None:
        self.anchors = [(self.node, 0.0)]
        stand = self.network.stands[self.node]
        if executer in stand.travelers or len(stand.travelers) < stand.room:
            stand.travelers.add(executer)
            executer.task_over()
        else:
            self.waits = True
            stand.waiting.append(executer)

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        """Stop between two nodes, free to turn round; or leave the queue at the goal."""
        if self.trip is None or left <= 0.0 or self.trip.distance <= 0.0:
            return
        metres = self.covered(self.trip, left)
        for (start, node), (end, following) in pairwise(self.way):
            if start <= metres < end:
                length = self.network.lengths[node][following]
                self.anchors = [(node, length - (end - metres)), (following, end - metres)]
                (x, y), (u, v), share = (
                    centre(node),
                    centre(following),
                    (metres - start) / (end - start),
                )
                executer.place = (x + share * (u - x), y + share * (v - y))
                return
        if metres < self.way[0][0]:  # still before the first node
            back = [
                (node, away + metres) for node, away in self.anchors if node is not self.way[0][1]
            ]
            self.anchors = [(self.way[0][1], self.way[0][0] - metres), *back]
