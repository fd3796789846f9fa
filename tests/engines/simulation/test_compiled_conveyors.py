"""Conveyors in the compiled kernel: the reference's trace, row by row."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .agreement import agree
from .plant import Plant, law

FAILS = [(40, "exponential(0, 90)", "uniform(5, 25)")]
TIMES = [3, 6.5, law("exponential", 0, 6), law("uniform", 2, 9)]


def source(plant, mean=7, name="Source", **properties):
    return plant.add("Source", name, InterArrivalTime=law("exponential", 0, mean), **properties)


def belt(plant, name="Belt", length=10.0, **properties):
    return plant.add("StraightConveyor", name, HorizontalLength=length, **properties)


@pytest.mark.parametrize("accumulates", [0, 1])
def test_a_belt_before_a_slow_machine_fills_up(accumulates):
    plant = Plant()
    plant.link(source(plant, 4), plant.add("Queue", MaxContent=5),
               belt(plant, length=5, IsAccumulating=accumulates, Speed=0.7),
               plant.add("Processor", ProcessTime=law("uniform", 2, 7)),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 1500)


@pytest.mark.parametrize("accumulates", [(1, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 0)])
def test_belts_in_a_row_of_different_speeds(accumulates):
    plant = Plant()
    belts = [
        belt(plant, f"B{n}", length, Speed=speed, IsAccumulating=one)
        for n, (length, speed, one) in enumerate(
            zip((4.0, 3.3, 6.1), (1.0, 0.4, 1.7), accumulates, strict=True)
        )
    ]
    plant.link(source(plant, 3), *belts,
               plant.add("Processor", ProcessTime=law("exponential", 0, 4)),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 1500)


def test_spaces_and_curves():
    plant = Plant()
    wide = belt(
        plant, "Wide", 4, EntrySpaceSizeFactor=2, MoveSpaceSizeFactor=1.5, StopSpacePadding=0.1
    )
    bend = plant.add("CurvedConveyor", Radius=2, SweepAngle=90, MoveSpacePadding=0.4)
    tight = belt(plant, "Tight", 3, EntrySpaceSizeFactor=0.5, StopSpaceSizeFactor=0.5)
    short = belt(plant, "Short", 0.5, Speed=0.3)
    plant.link(source(plant, 2), wide, bend, tight, short,
               plant.add("Processor", ProcessTime=law("uniform", 1, 4)),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 1500)


@pytest.mark.parametrize("accumulates", [0, 1])
def test_belts_part_and_join(accumulates):
    plant = Plant()
    first, last = belt(plant, "First", 5), belt(plant, "Last", 5, IsAccumulating=accumulates)
    ways = [belt(plant, f"Way{n}", 3 + n, Speed=1 - 0.3 * n) for n in range(2)]
    for arrivals in (source(plant, 3, "S1"), source(plant, 5, "S2")):
        plant.link(arrivals, first)
    for way in ways:
        plant.link(first, way, last)
    plant.link(last, plant.add("Processor", ProcessTime=2), plant.add("Sink"))

    agree(plant, 1500)


@pytest.mark.parametrize("accumulates", [0, 1])
def test_belts_break_down(accumulates):
    plant = Plant()
    belts = [belt(plant, f"B{n}", 5, MTBFMTTRs=FAILS, TimeTables=[(100 + n, 40, 200)],
                  IsAccumulating=accumulates) for n in range(2)]  # fmt: skip
    plant.link(source(plant, 3), *belts,
               plant.add("Processor", ProcessTime=3, MTBFMTTRs=FAILS),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 1500)


def test_trucks_bring_items_faster_than_the_entry_is_free():
    plant = Plant()
    team = plant.add("Dispatcher", "Team")
    for number in range(4):
        plant.link(team, plant.add("Transporter", f"T{number}", at=(number, 0.0), Capacity=2))
    queue = plant.add("Queue", UseTransport=1, TransportRef="current.centerObjects[1]")
    plant.centre(queue, team)
    slow = plant.add("StraightConveyor", "Slow", at=(9.0, 3.0), Speed=0.2)
    plant.link(source(plant, 3), queue, slow, plant.add("Sink"))

    agree(plant, 1500)


def test_a_loop_of_belts_goes_round():
    plant = Plant()
    belts = [belt(plant, f"B{n}", 4) for n in range(4)]
    plant.link(source(plant, 40), belts[0])
    for one, two in [*pairwise(belts), (belts[3], belts[0])]:
        plant.link(one, two)

    agree(plant, 1500)


def in_layers(plant, rng, station, least, most):
    """Sources, `least` to `most` layers of what `station` makes of names, a sink; at random."""
    layers = [[source(plant, rng.choice([2, 6]), f"S{n}") for n in range(rng.randint(1, 2))]]
    layers += [
        [station(f"{depth}.{n}") for n in range(rng.randint(1, 3))]
        for depth in range(rng.randint(least, most))
    ]
    layers.append([plant.add("Sink")])
    for upper, lower in pairwise(layers):
        for obj in upper:
            plant.link(obj, rng.choice(lower))
        for obj in lower:
            if not obj.in_ports or rng.random() < 0.3:
                plant.link(rng.choice(upper), obj)


def random_belts(seed):
    """Layers of belts, queues and machines, joined at random; some fail."""
    rng, plant = Random(seed), Plant()

    def station(name):
        kind = rng.choice(["Belt", "Belt", "Belt", "Curve", "Queue", "Processor"])
        fails = {"MTBFMTTRs": FAILS} if rng.random() < 0.15 else {}
        if kind == "Queue":
            return plant.add("Queue", name, MaxContent=rng.choice([1, 3, 99]), **fails)
        if kind == "Processor":
            return plant.add("Processor", name, ProcessTime=rng.choice(TIMES), **fails)
        fails |= {
            "Speed": rng.choice([0.3, 1, 1, 2.5]), "IsAccumulating": rng.randint(0, 1),
            "EntrySpaceSizeFactor": rng.choice([1, 1, 0.5, 1.7]),
            "MoveSpaceSizeFactor": rng.choice([1, 1, 1.4]),
            "StopSpacePadding": rng.choice([0, 0, 0.2]),
        }  # fmt: skip
        if kind == "Curve":
            return plant.add("CurvedConveyor", name, Radius=rng.uniform(0.5, 3), **fails)
        return belt(plant, name, rng.choice([0.5, 2.0, 4.7, 9.0]), **fails)

    in_layers(plant, rng, station, 2, 6)
    return plant


@settings(max_examples=50, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.integers(0, 2**32))
def test_random_belts_agree(seed):
    agree(random_belts(seed), 20, seed=seed)
