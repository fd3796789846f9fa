"""Queueing theory: simulated means inside narrow 99 % intervals over 30 replications."""

from math import factorial, log, sqrt

import pytest

from apps.engines.simulation.estimates import student_quantile

from .plant import Plant, law

REPLICATIONS = 30
SHARP = 0.03  # of the truth: the half width of an interval that proves something
SPAN = 700_000


def inside(estimate, truth):
    """Whether the truth lies in the 99 % interval of a 95 % estimate, and that is sharp."""
    wider = student_quantile(0.99, estimate.n - 1) / student_quantile(0.95, estimate.n - 1)
    half_width = wider * estimate.half_width
    return abs(estimate.mean - truth) <= half_width <= SHARP * truth


def station(service, capacity=1, buffer=1e9):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    queue = plant.add("Queue", MaxContent=buffer)
    mill = plant.add("Processor", "Mill", ProcessTime=service, MaxContent=capacity)
    plant.link(source, queue, mill, plant.add("Sink"))
    return plant.run(SPAN, warmup=10_000, replications=REPLICATIONS, seed=7, trace=False)


def test_m_m_1():
    result = station(law("exponential", 0, 8))
    rho = 0.8

    assert inside(result.kpis["wip"], rho / (1 - rho))
    assert inside(result.kpis["time_in_system"], 8 / (1 - rho))
    assert inside(result.object("Queue")["content"], rho**2 / (1 - rho))
    assert inside(result.object("Queue")["staytime"], 8 * rho / (1 - rho))
    assert inside(result.object("Mill")["utilisation"], rho)
    assert inside(result.object("Queue").states["empty"], 1 - rho**2)  # at most one is there


def test_m_m_3():
    result = station(law("exponential", 0, 24), capacity=3)
    load, servers = 2.4, 3
    tail = load**servers / factorial(servers) / (1 - load / servers)
    idle = 1 / (sum(load**k / factorial(k) for k in range(servers)) + tail)
    waiting = idle * tail * (load / servers) / (1 - load / servers)

    assert inside(result.object("Queue")["content"], waiting)
    assert inside(result.object("Mill")["utilisation"], load / servers)
    assert inside(result.object("Mill").states["idle"], idle)


@pytest.mark.parametrize(
    ("service", "mean", "variance"),
    [
        (law("uniform", 4, 10), 7.0, 36 / 12),
        (law("lognormal2", 0, 7 / sqrt(1.5), sqrt(log(1.5))), 7.0, 24.5),
        (7.0, 7.0, 0.0),
    ],
)
def test_m_g_1_follows_pollaczek_and_khinchine(service, mean, variance):
    result = station(service)
    rho = mean / 10
    waiting = 0.1 * (variance + mean**2) / (2 * (1 - rho))

    assert inside(result.object("Queue")["staytime"], waiting)
    assert inside(result.object("Queue")["content"], waiting / 10)


def test_a_two_station_line_with_blocking_and_no_buffer():
    """Two exponential servers in series fed without end: 2/3 of their rate goes through."""
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=0)
    first = plant.add("Processor", "First", ProcessTime=law("exponential", 0, 6))
    second = plant.add("Processor", "Second", ProcessTime=law("exponential", 0, 6))
    plant.link(source, first, second, plant.add("Sink"))

    result = plant.run(60_000, warmup=1000, replications=REPLICATIONS, trace=False)

    assert inside(result.kpis["throughput_per_hour"], 3600 / 6 * 2 / 3)
    assert inside(result.object("First").states["blocked"], 1 / 3)


def test_machine_repair():
    """Up 90 s, down 10 s on average: down a tenth of the time."""
    plant = Plant()
    rows = [["exponential(0, 90)", "exponential(0, 90)", "exponential(0, 10)"]]
    mill = plant.add("Processor", "Mill", MTBFMTTRs=rows)
    plant.link(plant.add("Source"), mill, plant.add("Sink"))

    result = plant.run(100_000, warmup=1000, replications=REPLICATIONS, trace=False)

    assert inside(result.object("Mill").states["breakdown"], 0.1)


def test_littles_law_holds_to_the_end_effects():
    result = station(law("exponential", 0, 5))
    rate = result.kpis["throughput_per_hour"].mean / 3600

    assert result.kpis["wip"].mean == pytest.approx(
        rate * result.kpis["time_in_system"].mean, rel=0.01
    )
