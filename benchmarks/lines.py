"""Serial lines: one model for our engine, and its twins for SimPy, salabim and Ciw."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

from apps.engines.simulation.distributions import sampler
from apps.engines.simulation.model import DistributionValue, Model, ModelObject, NumberValue
from apps.engines.simulation.streams import FIRST_NUMBER, Streams

Steps = Generator[Any, Any, None]
ARRIVALS = 10.0  # s between items, on average
UNLIMITED = 1e9


@dataclass
class Line:
    """`stations` exponential stations of `mean` s, each behind a buffer; the first is unlimited."""

    name: str
    stations: int
    until: float
    mean: float
    buffer: float = UNLIMITED
    replications: int = 1
    others: bool = True  # whether salabim and Ciw are patient enough for it
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model()
        source = self._add("Source", "Source", InterArrivalTime=_exponential(ARRIVALS))
        for number in range(self.stations):
            room = NumberValue(self.size(number))
            buffer = self._add("Queue", f"Q{number}", MaxContent=room)
            station = self._add("Processor", f"P{number}", ProcessTime=_exponential(self.mean))
            self.model.connect(source, buffer)
            self.model.connect(buffer, station)
            source = station
        self.model.connect(source, self._add("Sink", "Sink"))

    def size(self, number: int) -> float:
        return self.buffer if number else UNLIMITED

    def _add(self, class_name: str, name: str, **properties: object) -> ModelObject:
        return self.model.add(ModelObject(name, class_name, properties=properties))  # type: ignore[arg-type]

    def twin(self, replication: int) -> SimPyLine:
        return SimPyLine(self, replication)


def _exponential(mean: float) -> DistributionValue:
    return DistributionValue("exponential", (0.0, mean))


class SimPyLine:
    """A process for the source and one for each station, drawing from our streams."""

    def __init__(self, case: Line, replication: int) -> None:
        self.env = simpy.Environment()
        self.case = case
        self.items, self.total = 0, 0.0
        self.streams = Streams(1, replication)
        self.stores = [simpy.Store(self.env, case.size(n)) for n in range(case.stations)]
        self.env.process(self._source())
        for number in range(case.stations):
            self.env.process(self._station(number))

    def _draw(self, index: int, mean: float) -> Callable[..., float]:
        return sampler("exponential", (0.0, mean), self.streams.get(FIRST_NUMBER + index))

    def _source(self) -> Steps:
        draw, store, env = self._draw(0, ARRIVALS), self.stores[0], self.env
        while True:
            yield env.timeout(draw())
            yield store.put(env.now)

    def _station(self, number: int) -> Steps:
        env, store, last = self.env, self.stores[number], number + 1 == self.case.stations
        draw = self._draw(2 + 2 * number, self.case.mean)
        while True:
            born = yield store.get()
            yield env.timeout(draw())
            if last:
                self.items += 1
                self.total += env.now - born
            else:
                yield self.stores[number + 1].put(born)


def salabim_line(case: Line) -> tuple[float, float]:
    """Items out and mean time in system by salabim, with its own random numbers."""
    import salabim

    salabim.yieldless(False)
    env = salabim.Environment(trace=False, random_seed=1)
    stores = [salabim.Store(f"s{n}", capacity=case.size(n)) for n in range(case.stations)]
    ends: list[float] = []

    class Source(salabim.Component):  # type: ignore[misc]
        def process(self) -> Any:
            law = salabim.Exponential(ARRIVALS)
            while True:
                yield self.hold(law.sample())
                item = salabim.Component("item")
                item.born = env.now()
                yield self.to_store(stores[0], item)

    class Station(salabim.Component):  # type: ignore[misc]
        def setup(self, place: int) -> None:
            self.place = place

        def process(self) -> Any:
            law = salabim.Exponential(case.mean)
            while True:
                item = yield self.from_store(stores[self.place])
                yield self.hold(law.sample())
                if self.place + 1 < case.stations:
                    yield self.to_store(stores[self.place + 1], item)
                else:
                    ends.append(env.now() - item.born)

    Source()
    for place in range(case.stations):
        Station(place=place)
    env.run(till=case.until)
    return len(ends), sum(ends) / len(ends)


def ciw_line(case: Line) -> tuple[float, float]:
    """The same by Ciw; a full buffer blocks the station before it, as with ours."""
    import ciw

    law, count = ciw.dists.Exponential, case.stations
    network = ciw.create_network(
        arrival_distributions=[law(1 / ARRIVALS)] + [None] * (count - 1),
        service_distributions=[law(1 / case.mean)] * count,
        number_of_servers=[1] * count,
        queue_capacities=[float("inf")] + [case.buffer] * (count - 1),
        routing=[[float(j == i + 1) for j in range(count)] for i in range(count)],
    )
    ciw.seed(1)
    run = ciw.Simulation(network)
    run.simulate_until_max_time(case.until)
    stays: dict[int, tuple[float, float]] = {}
    for record in run.get_all_records():
        first, _ = stays.get(record.id_number, (record.arrival_date, 0.0))
        end = record.exit_date if record.node == count else float("nan")
        stays[record.id_number] = (min(first, record.arrival_date), end)
    done = [end - first for first, end in stays.values() if end == end]  # noqa: PLR0124
    return len(done), sum(done) / len(done)
