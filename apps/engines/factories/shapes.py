"""Structures with a plan of their own: hub, conveyor loop, job shop, robot cell, separate lines."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from .structure import Structure


def special(rng: Random) -> Structure:
    """One of the shapes; items can reach a sink from everywhere."""
    return rng.choice((_hub, _loop, _job_shop, _cell, _separate_lines))(rng)


def _hub(rng: Random) -> Structure:
    """Machines around a buffer or belt that items come back to."""
    built = Structure()
    (source,) = built.add_stage("Source", 1)
    (hub,) = built.add_stage(rng.choice(["Queue", "StraightConveyor", "Queue"]), 1)
    machines = built.add_stage("Processor", rng.randint(2, 5))
    (sink,) = built.add_stage("Sink", 1)
    built.links |= {(source, hub), (hub, sink)}
    built.links |= {(hub, machine) for machine in machines}
    built.links |= {(machine, hub) for machine in machines}
    if rng.random() < 0.3:
        built.links.add((rng.choice(machines), sink))
    return built


def _loop(rng: Random) -> Structure:
    """Belts that close a circle, with machines beside them."""
    built = Structure()
    (source,) = built.add_stage("Source", 1)
    belts = built.add_stage("StraightConveyor", rng.randint(3, 5))
    machines = built.add_stage("Processor", rng.randint(1, len(belts) - 1))
    (sink,) = built.add_stage("Sink", 1)
    following = dict(zip(belts, belts[1:] + belts[:1], strict=True))
    built.links |= {(source, belts[0]), (belts[-1], sink), *following.items()}
    for belt, machine in zip(belts, machines, strict=False):
        built.links |= {(belt, machine), (machine, following[belt])}
    return built


def _job_shop(rng: Random) -> Structure:
    """Machines with a queue each; items cross from any to several others."""
    built = Structure()
    (source,) = built.add_stage("Source", 1)
    count = rng.randint(3, 5)
    queues = built.add_stage("Queue", count)
    machines = built.add_stage("Processor", count)
    (sink,) = built.add_stage("Sink", 1)
    built.links |= {(source, queue) for queue in rng.sample(queues, rng.randint(1, 2))}
    built.links |= set(zip(queues, machines, strict=True))
    for place, machine in enumerate(machines):
        onward = [*queues[place + 1 :], sink]
        built.links |= {(machine, target) for target in rng.sample(onward, min(2, len(onward)))}
        if place and rng.random() < 0.3:
            built.links.add((machine, rng.choice(queues[:place])))
    for queue in queues:
        if not built.sources_of(queue):
            built.links.add((source, queue))
    return built


def _cell(rng: Random) -> Structure:
    """Machines between an input and an output store, loaded by one robot or vehicle."""
    built = Structure()
    (source,) = built.add_stage("Source", 1)
    (store,) = built.add_stage(rng.choice(["Queue", "Rack", "Queue"]), 1)
    machines = built.add_stage("Processor", rng.randint(2, 4))
    (done,) = built.add_stage("Queue", 1)
    (sink,) = built.add_stage("Sink", 1)
    built.links |= {(source, store), (done, sink)}
    if rng.random() < 0.5:
        built.links |= {(store, m) for m in machines} | {(m, done) for m in machines}
    else:
        way = [store, *machines, done]
        built.links |= set(pairwise(way))
    (robot,) = built.add(rng.choice(["Robot", "Robot", "TaskExecuter"]))
    for station in (store, *machines):
        built.links.add((station, robot))
        built.flags.append((station, "UseTransport", "1"))
    return built


def _separate_lines(rng: Random) -> Structure:
    """Two or three lines side by side that have nothing to do with each other."""
    built = Structure()
    lines = rng.choice([2, 2, 2, 3])
    longest = rng.randint(1, 12 // lines - 2)
    kinds = [rng.choice(["Queue", "Processor", "Processor"]) for _ in range(longest)]
    if "Processor" not in kinds:
        kinds[-1] = "Processor"
    front = built.add_stage("Source", lines)
    for class_name in [*kinds, "Sink"]:
        stage = built.add_stage(class_name, lines)
        built.links |= set(zip(front, stage, strict=True))
        front = stage
    return built
