"""The simulation engine beside SimPy: the same models, the same variates, in turn.

    python benchmarks/simulation.py [--rounds 3] [--json FILE]

CPU time of the best of several interleaved rounds. The results must agree: SimPy's twins
draw from the same streams, so items out are equal and times in system agree to rounding.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

import simpy

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.compiled.engine import warm
from apps.engines.simulation.distributions import sampler
from apps.engines.simulation.model import DistributionValue, Model, ModelObject, NumberValue
from apps.engines.simulation.streams import FIRST_NUMBER, Streams
from benchmarks.shop import Shop, SimPyShop


@dataclass
class Case:
    """A serial line: `stations` exponential stations, each behind a buffer."""

    name: str
    stations: int
    until: float
    mean: float  # of the service; arrivals come every 10 s on average
    buffer: float = 1e9
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        self.model = Model()
        source = self._add("Source", "Source", InterArrivalTime=_exponential(10.0))
        for number in range(self.stations):
            buffer = self._add("Queue", f"Q{number}", MaxContent=NumberValue(self.buffer))
            station = self._add("Processor", f"P{number}", ProcessTime=_exponential(self.mean))
            self.model.connect(source, buffer)
            self.model.connect(buffer, station)
            source = station
        self.model.connect(source, self._add("Sink", "Sink"))

    def _add(self, class_name: str, name: str, **properties: object) -> ModelObject:
        return self.model.add(ModelObject(name, class_name, properties=properties))  # type: ignore[arg-type]

    def twin(self) -> SimPyLine:
        return SimPyLine(self)


def _exponential(mean: float) -> DistributionValue:
    return DistributionValue("exponential", (0.0, mean))


@dataclass(frozen=True)
class Outcome:
    """What a run gave: items out, mean time in system, CPU seconds, events of our calendar."""

    items: float
    time_in_system: float
    seconds: float
    events: int = 0


def ours(case: Case | Shop, kernel: str, *, trace: bool = False) -> Outcome:
    config = RunConfig(case.until, trace=trace, kernel=kernel, max_events=10**9)  # type: ignore[arg-type]
    started = process_time()
    result = simulate(case.model, config, runner=code_runner())
    seconds = process_time() - started
    kpis = result.kpis
    return Outcome(kpis["items_out"].mean, kpis["time_in_system"].mean, seconds, result.events)


class SimPyLine:
    """The twin: a process for the source and one for each station."""

    def __init__(self, case: Case) -> None:
        self.env = simpy.Environment()
        self.case = case
        self.items, self.total = 0, 0.0
        self.streams = Streams(1, 0)
        self.stores = [simpy.Store(self.env, self._size()) for _ in range(case.stations)]
        self.env.process(self._source())
        for number in range(case.stations):
            self.env.process(self._station(number))

    def _size(self) -> float:
        return float("inf") if self.case.buffer >= 1e9 else self.case.buffer

    def _draw(self, index: int, mean: float) -> Callable[..., float]:
        return sampler("exponential", (0.0, mean), self.streams.get(FIRST_NUMBER + index))

    def _source(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        draw, store, env = self._draw(0, 10.0), self.stores[0], self.env
        while True:
            yield env.timeout(draw())
            yield store.put(env.now)

    def _station(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
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


def simpy_run(case: Case | Shop) -> Outcome:
    started = process_time()
    line: SimPyLine | SimPyShop = case.twin()
    line.env.run(until=case.until)
    seconds = process_time() - started
    return Outcome(line.items, line.total / max(1, line.items), seconds)


ENGINES: dict[str, Callable[[Case | Shop], Outcome]] = {
    "SimPy": simpy_run,
    "reference": lambda case: ours(case, "reference"),
    "reference, traced": lambda case: ours(case, "reference", trace=True),
    "compiled": lambda case: ours(case, "compiled"),
    "compiled, traced": lambda case: ours(case, "compiled", trace=True),
}
CASES: tuple[Case | Shop, ...] = (
    Case("M/M/1, ρ = 0.9", 1, 500_000.0, 9.0),
    Case("10 stations, buffers of 20, blocking", 10, 100_000.0, 8.5, 20),
    Case("100 stations", 100, 20_000.0, 8.0, 20),
    Shop("workshop with user code (routing, times, triggers)", 200_000.0),
    Case("1,000 stations", 1000, 10_000.0, 5.0, 20),
)


def measure(case: Case | Shop, rounds: int) -> dict[str, Outcome]:
    """The best of each engine over interleaved rounds."""
    best: dict[str, Outcome] = {}
    for _ in range(rounds):
        for name, engine in ENGINES.items():
            outcome = engine(case)
            if name not in best or outcome.seconds < best[name].seconds:
                best[name] = outcome
    return best


def check(case: Case | Shop, outcomes: dict[str, Outcome]) -> None:
    """Stop with an error when the engines disagree."""
    truth = outcomes["reference"]
    for name, outcome in outcomes.items():
        same = outcome.items == truth.items
        if not same or not _close(outcome.time_in_system, truth.time_in_system, case):
            raise SystemExit(f"{case.name}: {name} disagrees: {outcome} against {truth}")


def _close(a: float, b: float, case: Case | Shop) -> bool:
    """A twin's items count from their release; in a blocked source ours wait inside."""
    return isclose(a, b, rel_tol=1e-9 if case.buffer >= 1e9 else 1e-2)


def report(case: Case | Shop, outcomes: dict[str, Outcome]) -> dict[str, object]:
    base, events = outcomes["SimPy"].seconds, outcomes["reference"].events
    print(f"\n{case.name}: {events:,} events, {outcomes['reference'].items:,.0f} items out")
    print(f"  {'engine':20}{'CPU s':>10}{'events/s':>14}{'ratio to SimPy':>16}")
    rows = {}
    for name, outcome in outcomes.items():
        rate = events / outcome.seconds
        print(f"  {name:20}{outcome.seconds:10.4f}{rate:14,.0f}{base / outcome.seconds:16.1f}")
        rows[name] = {"seconds": outcome.seconds, "ratio": base / outcome.seconds}
    return {"case": case.name, "events": events, "engines": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the simulation engine with SimPy.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    warm()
    reports = []
    for case in CASES:
        outcomes = measure(case, options.rounds)
        check(case, outcomes)
        reports.append(report(case, outcomes))
    if options.json:
        options.json.write_text(json.dumps(reports, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
