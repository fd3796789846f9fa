"""Random yards of mobile resources: nothing is lost, nobody stands still without a reason."""

from math import inf
from random import Random

import pytest

from apps.engines.simulation.kernel.agv_travel import GuidedTravel
from apps.engines.simulation.kernel.build import build
from apps.engines.simulation.kernel.clock import Clock
from apps.engines.simulation.kernel.executer import TaskExecuter
from apps.engines.simulation.kernel.networks import NetworkTravel
from apps.engines.simulation.kernel.operators import Utilize
from apps.engines.simulation.kernel.simulation import Simulation
from apps.engines.simulation.streams import Streams

from .plant import Plant, law

DOT = (0.0, 0.0, 0.0)
BOX = (2.0, 2.0, 1.0)
CLASSES = ["TaskExecuter", "Operator", "Transporter", "Crane", "Elevator", "ASRSvehicle", "Robot"]


def guide_paths(plant, random):
    """A grid of two-way paths 10 m apart with a control point at each crossing, and areas."""
    size, points = random.randint(2, 3), []
    ways = [((i, j), (i + 1, j)) for i in range(size - 1) for j in range(size)]
    ways += [((j, i), (j, i + 1)) for i in range(size - 1) for j in range(size)]
    for (x, y), (u, v) in ways:
        plant.add("StraightPath", StartLocation=[10.0 * x, 10.0 * y, 0.0],
                  EndLocation=[10.0 * u, 10.0 * v, 0.0], IsTwoWay=1)  # fmt: skip
    for x in range(size):
        for y in range(size):
            point = plant.add("ControlPoint", f"P{x}{y}", (10 * x, 10 * y), DOT,
                              MaxAllocations=random.choice([1, 1, 2]))  # fmt: skip
            points.append(point)
    for _ in range(random.randint(0, 2)):
        corner = random.uniform(-2, 20), random.uniform(-2, 20)
        plant.add("ControlArea", None, corner, (random.uniform(1, 12), 5.0, 0.0))
    return points, random.sample(points, 3)


def network(plant, random):
    nodes = [
        plant.add("NetworkNode", f"N{k}", (random.uniform(0, 40), random.uniform(0, 40)), DOT,
                  MaxTravelers=random.choice([1, 2, 1000]))
        for k in range(random.randint(4, 7))
    ]  # fmt: skip
    for one, other in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
        plant.model.connect(one, other)
    return nodes, nodes[:3]


def yard(seed, ways):
    """Three executers behind a dispatcher; lines of queue, machine and sink that need them."""
    random, plant = Random(seed), Plant()
    nodes, starts = ways(plant, random) if ways else ([], [None] * 3)
    team = plant.add("Dispatcher", "Team")
    breakdowns = [[13.0, 50.0, 7.0]]
    for number, start in enumerate(starts):
        executer = plant.add(
            "TaskExecuter" if ways else random.choice(CLASSES), f"T{number}",
            (random.uniform(0, 30), 0.0), BOX, MaxSpeed=random.choice([1, 2]),
            Acceleration=random.choice([0, 1, 0.5]), Deceleration=random.choice([0, 1, 0.7]),
            Capacity=random.choice([1, 3]), LoadTime=random.choice([0, 2]),
            MTBFMTTRs=random.choice([[], breakdowns]),
        )  # fmt: skip
        plant.link(team, executer)
        if start is not None:
            plant.model.connect(executer, start)
    for number in range(random.randint(1, 4)):
        line(plant, random, number, nodes, [team, plant.model.find("T0")])
    return plant.model


def line(plant, random, number, nodes, crews):
    at = [(random.uniform(0, 30), random.uniform(0, 30)) for _ in range(2)]
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, random.choice([20, 60])))
    queue = plant.add("Queue", f"Q{number}", at[0], UseTransport=1, MaxContent=5,
                      TransportPreempt=random.choice([0, 0, 1, 2, 3]),
                      TransportPriority=random.randint(0, 2))  # fmt: skip
    mill = plant.add("Processor", f"M{number}", at[1], MaxContent=random.choice([1, 2]),
                     SetupTime=3, ProcessTime=random.choice([1, 30]),
                     UseProcessOperators=random.randint(0, 1),
                     OperatorPreempt=random.choice([0, 1, 2, 3]))  # fmt: skip
    plant.link(source, queue, mill, plant.add("Sink"))
    for station in (queue, mill):
        plant.centre(station, random.choice(crews))
        if nodes:
            plant.model.connect(station, random.choice(nodes))


def stands_without_reason(executer):
    """Whether nothing is planned for an executer that has work or could have some."""
    if executer.stops:
        return False
    if executer.active is None:
        return bool(executer.queue)
    planned = executer.sim.clock.withdraw(executer)
    travel, task = executer.travel, executer.active.current
    if isinstance(travel, GuidedTravel) and travel.wanted is not None:
        needed = [
            claim for claim in travel.route[travel.granted].claims if claim not in travel.held
        ]
        return bool(planned) or all(claim.is_free_for(executer) for claim in needed)
    waits = isinstance(travel, NetworkTravel) and travel.waits
    return not planned and not waits and not isinstance(task, Utilize)


@pytest.mark.parametrize("ways", [None, network, guide_paths], ids=["free", "network", "paths"])
@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_and_nobody_stands_without_reason(seed, ways):
    model = yard(seed, ways)
    sim = Simulation(model, Clock(10**6, inf), Streams(seed, 0))
    build(model, sim, None)

    sim.run(1500, 0)

    assert sum(node.content for node in sim.nodes) == sim.wip
    assert all(node.content == len(node.items) for node in sim.nodes)
    executers = [node for node in sim.nodes if isinstance(node, TaskExecuter)]
    assert not [executer.name for executer in executers if stands_without_reason(executer)]
    for executer in executers:
        if isinstance(executer.travel, GuidedTravel):
            assert all(len(claim.holders) <= claim.room for claim in executer.travel.held)
