"""A workshop: separator, two lines, combiner, two operators behind a dispatcher; its SimPy twin."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import simpy

from apps.engines.simulation.distributions import sampler
from apps.engines.simulation.model import (
    ArrayValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    Value,
)
from apps.engines.simulation.streams import FIRST_NUMBER, Streams

Steps = Generator[Any, Any, None]
ARRIVALS = 30.0
# Of work and between arrivals, s: exponential means, or the ends of uniform times
TIMES: dict[str, float | tuple[float, float]] = {
    "Separator": (6.0, 10.0), "A1": 18.0, "B1": 17.0, "A2": (10.0, 20.0), "B2": (12.0, 18.0),
    "Combiner": (8.0, 12.0), "Source": ARRIVALS,
}  # fmt: skip
PLACES = {"A2": 0.0, "B2": 6.0, "Combiner": 12.0}  # of the stations with operators, m along x
HOMES = (2.0, 8.0)
SPEED = 2.0  # m/s
BUFFER = 8


@dataclass
class Works:
    """13 stations between source and sink: a buffer, the separator, two lines, the combiner."""

    name: str
    until: float = 28_800.0
    replications: int = 30
    others: bool = False
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model()
        self.crew = [self._add("Operator", f"O{n}", x=home - 0.2, MaxSpeed=SPEED, Acceleration=0,
                               Deceleration=0) for n, home in enumerate(HOMES)]  # fmt: skip
        self.team = self._add("Dispatcher", "Team")
        for operator in self.crew:
            self.model.connect(self.team, operator)
        source = self._add("Source", "Source")
        source.properties["InterArrivalTime"] = law_of("Source")
        separator = self._station("Separator", "Separator", SeparateMode=0, SeparateQty=2)
        combiner = self._station("Combiner", "Combiner", CombineMode=2)
        combiner.properties["ComponentsList"] = ArrayValue(((1.0,),))
        self._chain(source, self._add("Queue", "Entry", MaxContent=1e9), separator)
        for line in "AB":
            buffers = [self._add("Queue", f"{line}q{n}", MaxContent=BUFFER) for n in range(3)]
            first, second = (self._station(f"{line}{n}", "Processor") for n in (1, 2))
            self._chain(separator, buffers[0], first, buffers[1], second, buffers[2], combiner)
        self._chain(combiner, self._add("Sink", "Sink"))

    def _station(self, name: str, class_name: str, **numbers: float) -> ModelObject:
        crewed = name in PLACES
        if crewed:
            numbers["UseProcessOperators"] = 1
        width = {"Combiner": 4.02}.get(class_name, 4.0)
        station = self._add(class_name, name, x=PLACES.get(name, 0.0) - width / 2, **numbers)
        station.properties["ProcessTime"] = law_of(name)
        if crewed:
            self.model.connect(station, self.team, "S")
        return station

    def _add(self, class_name: str, name: str, x: float = 0.0, **numbers: float) -> ModelObject:
        properties: dict[str, Value] = {key: NumberValue(n) for key, n in numbers.items()}
        y = {"Operator": 0.29, "Combiner": 1.505}.get(class_name, 1.5)  # all centres on y = 0
        return self.model.add(ModelObject(name, class_name, (x, y, 0.0), properties=properties))

    def _chain(self, *objects: ModelObject) -> None:
        for one, two in pairwise(objects):
            self.model.connect(one, two)

    def twin(self, replication: int) -> SimPyWorks:
        return SimPyWorks(self, replication)


def law_of(name: str) -> DistributionValue:
    time = TIMES[name]
    if isinstance(time, tuple):
        return DistributionValue("uniform", time)
    return DistributionValue("exponential", (0.0, time))


class SimPyWorks:
    """The same workshop as processes, with the same random numbers."""

    def __init__(self, case: Works, replication: int) -> None:
        self.env = env = simpy.Environment()
        self.items, self.total = 0, 0.0
        self.streams = Streams(1, replication)
        self.index = {obj.name: n for n, obj in enumerate(case.model.objects)}
        self.places = list(HOMES)
        self.team = simpy.PriorityStore(env)  # the first operator who is there
        self.team.items.extend(range(len(HOMES)))
        self.entry = simpy.Store(env)
        self.lines = {line: [simpy.Store(env, BUFFER) for _ in range(3)] for line in "AB"}
        env.process(self._source())
        env.process(self._separator())
        env.process(self._combiner())
        for line, stores in self.lines.items():
            env.process(self._plain(f"{line}1", stores[0], stores[1]))
            env.process(self._crewed(f"{line}2", stores[1], stores[2]))

    def _draw(self, name: str) -> Callable[..., float]:
        law = (
            DistributionValue("exponential", (0.0, ARRIVALS)) if name == "Source" else law_of(name)
        )
        stream = self.streams.get(FIRST_NUMBER + self.index[name])
        return sampler(law.function, law.args, stream)

    def _source(self) -> Steps:
        draw = self._draw("Source")
        while True:
            yield self.env.timeout(draw())
            yield self.entry.put(self.env.now)

    def _separator(self) -> Steps:
        draw, first, second = self._draw("Separator"), self.lines["A"][0], self.lines["B"][0]
        while True:
            born = yield self.entry.get()
            yield self.env.timeout(draw())
            for _ in range(2):
                if len(first.items) < BUFFER:
                    yield first.put(born)
                elif len(second.items) < BUFFER:
                    yield second.put(born)
                else:
                    yield from self._either(first, second, born)

    def _either(self, first: simpy.Store, second: simpy.Store, born: float) -> Steps:
        one, two = first.put(born), second.put(born)
        yield one | two
        (two if one.triggered else one).cancel()

    def _plain(self, name: str, source: simpy.Store, target: simpy.Store) -> Steps:
        draw = self._draw(name)
        while True:
            born = yield source.get()
            yield self.env.timeout(draw())
            yield target.put(born)

    def _work(self, name: str, draw: Callable[..., float]) -> Steps:
        operator = yield self.team.get()
        way = abs(self.places[operator] - PLACES[name])
        self.places[operator] = PLACES[name]
        yield self.env.timeout(way / SPEED)
        yield self.env.timeout(draw())
        yield self.team.put(operator)

    def _crewed(self, name: str, source: simpy.Store, target: simpy.Store) -> Steps:
        draw = self._draw(name)
        while True:
            born = yield source.get()
            yield from self._work(name, draw)
            yield target.put(born)

    def _combiner(self) -> Steps:
        draw = self._draw("Combiner")
        while True:
            born = yield self.lines["A"][2].get()
            yield self.lines["B"][2].get()
            yield from self._work("Combiner", draw)
            self.items += 1
            self.total += self.env.now - born
