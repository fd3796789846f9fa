"""Random lines of conveyors: items never overlap, never turn back, none is lost."""

import random
from time import perf_counter

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation.kernel.build import build
from apps.engines.simulation.kernel.clock import Clock
from apps.engines.simulation.kernel.conveyor import Conveyor
from apps.engines.simulation.kernel.motion import Motion, meeting
from apps.engines.simulation.kernel.simulation import Simulation
from apps.engines.simulation.model import CodeValue
from apps.engines.simulation.streams import Streams

from .plant import Plant

CLOSE = 1e-4


def line_of_conveyors(chance):
    plant = Plant()
    times = sorted(chance.uniform(0, 40) for _ in range(25))
    chain, x = [plant.arrivals(*times)], 0.0
    for number in range(chance.randint(1, 3)):
        length = chance.uniform(1.0, 8.0)
        chain.append(conveyor(plant, chance, f"Line {number}", x, length))
        if chance.random() < 0.6:
            place = x + chance.uniform(0.5, length)
            work = f"uniform(0, {chance.choice([1, 6])})"
            plant.add("Station", f"Stop {number}", (place - 0.05, 0.5), ProcessTime=work)
        x += length + 10
    if chance.random() < 0.7:
        chain.append(plant.add("Processor", "Mill", ProcessTime="uniform(0.5, 4)"))
    plant.link(*chain, plant.add("Sink"))
    return plant.model


def conveyor(plant, chance, name, x, length):
    return plant.add(
        "StraightConveyor",
        name,
        (x, 0.5),
        (length, 1.0, 1.0),
        Speed=chance.choice([0.3, 1, 2.5]),
        IsAccumulating=chance.random() < 0.7,
        Acceleration=chance.choice([0, 0.2, 1]),
        Deceleration=chance.choice([0, 0.2, 1]),
        MoveSpacePadding=chance.choice([0, 0.3]),
        StopSpacePadding=chance.choice([0, 0.2]),
        EntrySpaceSizeFactor=chance.choice([1, 2]),
        TimeTables=[[chance.uniform(5, 30), 4]] if chance.random() < 0.3 else [],
    )


def check_distances(belt, now, before):
    """Order, distances and direction of all riders of a conveyor."""
    riders = list(belt.riders.values())
    places = [rider.place(now) for rider in riders]
    for rider, place in zip(riders, places, strict=True):
        assert -CLOSE <= place <= belt.length + CLOSE
        key = (belt, rider.item, rider.item.entered)
        assert place >= before.get(key, 0.0) - CLOSE
        before[key] = place
    for rider, ahead, behind in zip(riders, places, places[1:], strict=False):
        least = min(belt.spacing.standing(rider.item), belt.spacing.entering(rider.item))
        assert ahead - behind >= least - CLOSE


def net_of_conveyors(chance):
    """Two lanes merge, part again by code, and may lead back in a loop."""
    plant = Plant()
    belts = [conveyor(plant, chance, f"C{n}", 30 * n, chance.uniform(1, 7)) for n in range(6)]
    for lane, times in zip(belts, (13, 12), strict=False):
        arrivals = sorted(chance.uniform(0, 40) for _ in range(times))
        plant.link(plant.arrivals(*arrivals, name=f"To {lane.name}"), lane, belts[2])
    mill = plant.add("Processor", "Mill", ProcessTime="uniform(0.2, 2)")
    plant.link(belts[2], belts[3], mill, plant.add("Sink"))
    plant.link(belts[2], belts[4], plant.add("Sink", "Other"))
    if chance.random() < 0.5:
        plant.link(belts[4], belts[5], belts[2])
    gate = plant.add("DecisionPoint", "Gate", (60.4, 0.5))
    gate.properties["Triggers.OnArrival"] = CodeValue(
        'Array goal = ["Mill", "Other"];'
        "if (bernoulli(60, 1, 0)) "
        "Conveyor.sendItem(item, Model.find(goal[bernoulli(50, 1, 2)]));"
    )
    return plant.model


@pytest.mark.parametrize("seed", range(32))
def test_items_keep_their_distance_and_all_arrive(seed):
    chance = random.Random(seed)
    model = line_of_conveyors(chance) if seed % 2 else net_of_conveyors(chance)
    sim = Simulation(model, Clock(60_000, perf_counter() + 60), Streams(seed, 0))
    build(model, sim, code_runner())
    belts = [node for node in sim.nodes if isinstance(node, Conveyor)]
    before = {}

    for node in sim.nodes:
        node.start()
    for step in range(1, 401):
        sim.clock.run(step * 0.2)
        for belt in belts:
            check_distances(belt, sim.clock.now, before)
    sim.clock.run(1000)

    assert sim.finished == 25
    assert all(belt.content == 0 and not belt.riders for belt in belts)


# Motion


@pytest.mark.parametrize("seed", range(12))
def test_two_meet_when_stepping_through_time_says(seed):
    chance = random.Random(seed)

    def motion(place):
        speed, final = chance.uniform(0, 2), chance.choice([0.0, 0.5, 2.0])
        rate = (final - speed) / chance.uniform(0.5, 5)
        return Motion(chance.uniform(0, 1), place, speed, rate, final)

    behind, ahead = motion(0.0), motion(chance.uniform(4, 7))
    steps = (1 + n * 1e-3 for n in range(20_000))
    near = (t for t in steps if ahead.place_at(t) - behind.place_at(t) <= 0.8)

    met = meeting(behind, ahead, 0.8, 1.0)

    assert min(met, 21.0) == pytest.approx(next(near, 21.0), abs=2e-3)


def test_the_time_at_a_place_is_the_inverse_of_the_place_at_a_time():
    motion = Motion(2.0, 1.0, 0.5, 0.25, 1.5)

    for time in (2.0, 3.0, 6.0, 9.5):
        assert motion.time_at(motion.place_at(time)) == pytest.approx(time)
    assert Motion.rest(0.0, 3.0).time_at(4.0) == float("inf")
