"""Stations that pull, in the compiled kernel: the reference's numbers and traces."""

from math import inf
from random import Random

import pytest

from apps.engines.simulation.compiled import engine

from .agreement import agree
from .plant import Plant, law, value_of

STRATEGIES = (
    0, 1, 2, law("duniform", 1, 2),
    "current.asked += 1; return current.asked % 3;", "return duniform(0, 2);",
)  # fmt: skip
REQUIREMENTS = (
    1, law("bernoulli", 70, 1, 0), "item.Type == 1", "return param(2) == item.Type;",
    "current.asked += 1; return item.Type >= 2 || current.asked % 4 == 0;",
)  # fmt: skip


@pytest.fixture(autouse=True, params=[0, inf], ids=["machine code", "interpreted"])
def way(request, monkeypatch):
    monkeypatch.setattr(engine, "LONG", request.param)


def source(plant, name, mean):
    made = plant.add("Source", name, InterArrivalTime=law("exponential", 0, mean))
    made.properties["Triggers.OnCreation"] = value_of("item.Type = duniform(1, 3);")
    return made


def puller(plant, class_name, name, strategy, requirement, **properties):
    station = plant.add(
        class_name, name, Pull=1, PullStrategy=strategy, PullRequirement=requirement, **properties
    )
    station.labels["asked"] = 0
    return station


def random_pull(seed):
    """Two or three buffers before two or three stations that choose among them."""
    rng, plant = Random(seed), Plant()
    sink = plant.add("Sink")
    buffers = []
    for number in range(rng.randint(2, 3)):
        port = rng.choice([0, 0, law("duniform", 1, 2)])
        buffers.append(plant.add("Queue", f"Q{number}", MaxContent=rng.choice([3, 50]),
                                 SendToPort=port))  # fmt: skip
        plant.link(source(plant, f"S{number}", rng.choice([6, 9])), buffers[-1])
    for number in range(rng.randint(2, 3)):
        kind = rng.choice(["Processor", "Processor", "Queue", "Rack"])
        given = {"ProcessTime": law("uniform", 2, 7)} if kind == "Processor" else {"MaxContent": 2}
        if kind == "Rack":
            given["MinimumDwellTime"] = law("exponential", 0, 8)
        strategy, requirement = rng.choice(STRATEGIES), rng.choice(REQUIREMENTS)
        station = puller(plant, kind, f"P{number}", strategy, requirement, **given)
        for buffer in buffers:
            plant.link(buffer, station)
        plant.link(station, sink)
    return plant


@pytest.mark.parametrize("seed", range(24))
def test_random_pulling_stations_agree(seed):
    agree(random_pull(seed), 10, seed=seed)  # some come to a standstill


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_what_is_pulled_may_be_fetched(strategy, requirement):
    plant = Plant()
    truck = plant.add("Transporter", "Truck", at=(3, 4))
    mill = puller(plant, "Processor", "Mill", strategy, requirement, ProcessTime=4)
    for number in range(2):
        buffer = plant.add("Queue", f"Q{number}", at=(9 * number, 2), UseTransport=1,
                           TransportRef="current.centerObjects[1]")  # fmt: skip
        plant.centre(buffer, truck)
        plant.link(source(plant, f"S{number}", 15), buffer, mill)
    plant.link(mill, plant.add("Sink"))
    agree(plant, 100)


def test_a_combiner_pulls_its_components():
    plant = Plant()
    pack = puller(plant, "Combiner", "Pack", 0, "return param(2) == 1 || item.Type == 2;",
                  ComponentsList=[(2,)], ProcessTime=3)  # fmt: skip
    for number in range(2):
        buffer = plant.add("Queue", f"Q{number}")
        plant.link(source(plant, f"S{number}", 9), buffer, pack)
    plant.link(pack, plant.add("Sink"))
    agree(plant, 100)
