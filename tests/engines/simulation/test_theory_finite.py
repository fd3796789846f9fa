"""Finite and bulk systems of queueing theory: inside narrow 99 % intervals over 30 replications.

Formulas: Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, ch. 2 and 3; the
line with a buffer: Buzacott and Shanthikumar, Stochastic Models of Manufacturing Systems, ch. 5.
"""

from math import comb, factorial

import pytest

from apps.engines.simulation.start import StartItems

from .plant import Plant, law
from .test_theory import REPLICATIONS, inside

SPAN = 100_000


@pytest.mark.parametrize(("service", "places"), [(8, 3), (12, 5), (10, 1)])
def test_m_m_1_k(service, places):
    """Who finds all `places` taken, the server's among them, is lost."""
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    mill = plant.add("Processor", "Mill", ProcessTime=law("exponential", 0, service))
    first = mill
    if places > 1:
        first = plant.add("Queue", MaxContent=places - 1)
        plant.link(first, mill)
    plant.link(source, first)
    plant.link(source, plant.add("Sink", "Lost"))
    plant.link(mill, plant.add("Sink", "Served"))

    result = plant.run(SPAN + 5000, warmup=5000, replications=REPLICATIONS, seed=7, trace=False)

    load = service / 10
    weights = [load**n for n in range(places + 1)]
    chances = [weight / sum(weights) for weight in weights]
    assert inside(result.object("Lost")["input"], SPAN / 10 * chances[-1])
    assert inside(result.object("Mill")["utilisation"], 1 - chances[0])
    assert inside(result.kpis["wip"], sum(n * chance for n, chance in enumerate(chances)))


@pytest.mark.parametrize("repairers", [1, 2])
def test_machine_repair_with_few_repairers(repairers):
    """Six machines, up 60 s and repaired in 20 s on average, in a closed circle."""
    machines, up, repair = 6, 60.0, 20.0
    plant = Plant()
    working = plant.add(
        "Processor", "Working", ProcessTime=law("exponential", 0, up), MaxContent=machines
    )
    waiting = plant.add("Queue", "Waiting", MaxContent=machines)
    bench = plant.add(
        "Processor", "Bench", ProcessTime=law("exponential", 0, repair), MaxContent=repairers
    )
    plant.link(plant.add("Source", InterArrivalTime=1e9), working)
    plant.link(working, waiting, bench, working)

    result = plant.run(
        80_000, warmup=2000, replications=REPLICATIONS, seed=5, trace=False,
        start=(StartItems("Working", count=machines, name="Machine"),),
    )  # fmt: skip

    weights = [
        comb(machines, n) * factorial(n) / (factorial(min(n, repairers))
        * repairers ** max(0, n - repairers)) * (repair / up) ** n
        for n in range(machines + 1)
    ]  # fmt: skip
    chances = [weight / sum(weights) for weight in weights]
    down = sum(n * chance for n, chance in enumerate(chances))
    queued = sum(max(0, n - repairers) * chance for n, chance in enumerate(chances))
    assert inside(result.object("Working")["content"], machines - down)
    assert inside(result.object("Waiting")["content"], queued)


@pytest.mark.parametrize("batch", [2, 4])
def test_bulk_arrivals(batch):
    """M[X]/M/1 with groups of one size: as many come at once, at Poisson instants."""
    service, load = 5.0, 0.7
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, service * batch / load))
    splitter = plant.add("Separator", SeparateMode=0, SeparateQty=batch, ProcessTime=0)
    queue = plant.add("Queue", MaxContent=1e9)
    mill = plant.add("Processor", "Mill", ProcessTime=law("exponential", 0, service))
    plant.link(source, splitter, queue, mill, plant.add("Sink"))

    result = plant.run(5 * SPAN, warmup=5000, replications=REPLICATIONS, seed=5, trace=False)

    assert inside(result.object("Mill")["utilisation"], load)
    assert inside(result.kpis["wip"], load * (1 + batch) / (2 * (1 - load)))


@pytest.mark.parametrize("buffer", [1, 4])
def test_two_equal_stations_with_a_buffer_between(buffer):
    """Fed without end; the first is blocked when the buffer is full."""
    plant = Plant()
    first = plant.add("Processor", "First", ProcessTime=law("exponential", 0, 6))
    between = plant.add("Queue", MaxContent=buffer)
    second = plant.add("Processor", "Second", ProcessTime=law("exponential", 0, 6))
    plant.link(plant.add("Source", InterArrivalTime=0), first, between, second, plant.add("Sink"))

    result = plant.run(SPAN, warmup=1000, replications=REPLICATIONS, seed=5, trace=False)

    busy = (buffer + 2) / (buffer + 3)
    assert inside(result.kpis["throughput_per_hour"], 3600 / 6 * busy)
    assert inside(result.object("First").states["blocked"], 1 - busy)
    assert inside(result.object("Second").states["idle"], 1 - busy)
