"""Two machines in a row, fed and emptied by two transporters; its SimPy twin."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import pairwise
from math import dist
from typing import Any

import simpy

from apps.engines.simulation.distributions import sampler
from apps.engines.simulation.kernel.travel import centre, travel_time
from apps.engines.simulation.model import (
    CodeValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    Value,
)
from apps.engines.simulation.streams import FIRST_NUMBER, Streams

Steps = Generator[Any, Any, None]
LAWS = {
    "Source": DistributionValue("exponential", (0.0, 45.0)),
    "First": DistributionValue("uniform", (8.0, 16.0)),
    "Second": DistributionValue("exponential", (0.0, 12.0)),
}
STATIONS = {"In": 0.0, "First": 8.0, "Buffer": 16.0, "Second": 24.0}  # m along x
BUFFER = 4
HANDLING = 1.0  # s to load, and to unload
SPEED = 2.0  # m/s; 1 m/s² up and down
TRUCKS = 2


@dataclass
class Yard:
    """Source → queue ⇝ machine ⇝ buffer ⇝ machine → sink; ⇝ by transporter."""

    name: str
    until: float
    replications: int = 1
    others: bool = False
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model()
        self.team = self._add("Dispatcher", "Team")
        for number in range(TRUCKS):
            truck = self._add("Transporter", f"T{number}", x=8.0 * number, MaxSpeed=SPEED,
                              LoadTime=HANDLING, UnloadTime=HANDLING)  # fmt: skip
            self.model.connect(self.team, truck)
        line = [self._add("Source", "Source"), self._add("Queue", "In", MaxContent=1e9),
                self._add("Processor", "First", x=STATIONS["First"]),
                self._add("Queue", "Buffer", x=STATIONS["Buffer"], MaxContent=BUFFER),
                self._add("Processor", "Second", x=STATIONS["Second"]),
                self._add("Sink", "Sink")]  # fmt: skip
        for one, two in pairwise(line):
            self.model.connect(one, two)
        for station in line[1:4]:
            self.model.connect(station, self.team, "S")
            station.properties["UseTransport"] = NumberValue(1.0)
            station.properties["TransportRef"] = CodeValue("current.centerObjects[1]")
        for station in (line[0], line[2], line[4]):
            name = "InterArrivalTime" if station.name == "Source" else "ProcessTime"
            station.properties[name] = LAWS[station.name]

    def _add(self, class_name: str, name: str, x: float = 0.0, **numbers: float) -> ModelObject:
        properties: dict[str, Value] = {key: NumberValue(n) for key, n in numbers.items()}
        return self.model.add(ModelObject(name, class_name, (x, 0.0, 0.0), properties=properties))

    def twin(self, replication: int) -> SimPyYard:
        return SimPyYard(self, replication)


class SimPyYard:
    """The same yard with a process for each item, and the same random numbers."""

    def __init__(self, case: Yard, replication: int) -> None:
        self.env = env = simpy.Environment()
        self.items, self.total = 0, 0.0
        streams, objects = Streams(1, replication), case.model.objects
        index = {obj.name: n for n, obj in enumerate(objects)}
        self.draw = {
            name: sampler(law.function, law.args, streams.get(FIRST_NUMBER + index[name]))
            for name, law in LAWS.items()
        }
        self.centres = {obj.name: centre(obj) for obj in objects}
        self.places = [self.centres[f"T{number}"] for number in range(TRUCKS)]
        self.team = simpy.PriorityStore(env)  # the first transporter that is free
        self.team.items.extend(range(TRUCKS))
        rooms = {"First": 1, "Buffer": BUFFER, "Second": 1}
        self.rooms = {name: simpy.Resource(env, capacity) for name, capacity in rooms.items()}
        env.process(self._source())

    def _source(self) -> Steps:
        while True:
            yield self.env.timeout(self.draw["Source"]())
            self.env.process(self._item(self.env.now))

    def _item(self, born: float) -> Steps:
        here, left = "In", None
        for station, room in self.rooms.items():
            place = room.request()
            yield place
            truck = yield self.team.get()
            yield from self._go(truck, here)
            yield self.env.timeout(HANDLING)
            if left is not None:
                self.rooms[here].release(left)
            yield from self._go(truck, station)
            yield self.env.timeout(HANDLING)
            yield self.team.put(truck)
            here, left = station, place
            if station in self.draw:
                yield self.env.timeout(self.draw[station]())
        self.rooms[here].release(left)
        self.items += 1
        self.total += self.env.now - born

    def _go(self, truck: int, goal: str) -> Steps:
        metres = dist(self.places[truck], self.centres[goal])
        self.places[truck] = self.centres[goal]
        yield self.env.timeout(travel_time(metres, SPEED, 1.0, 1.0))
