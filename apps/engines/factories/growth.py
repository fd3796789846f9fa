"""Structures grown stage by stage: lines, parallel stations, merges, splits, loops back; then
machines that assemble and split, belts and racks, and the people and vehicles that serve."""

from __future__ import annotations

from random import Random

from .roles import MACHINES
from .shapes import special
from .structure import Structure

MAX_OBJECTS = 16
MAX_STATIONS = 14


def grow(rng: Random) -> Structure:
    """A random structure; rather more than half have the four basic classes alone."""
    if rng.random() < 0.1:
        return special(rng)
    structure = _flow(rng)
    if rng.random() < 0.5:
        _vary_machines(structure, rng)
        _vary_holders(structure, rng)
        if rng.random() < 0.75:
            _serve(structure, rng)
    return structure


def _flow(rng: Random) -> Structure:
    built = Structure()
    target = rng.choice([3, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14])
    front = built.add_stage("Source", rng.choices([1, 2, 3], [78, 17, 5])[0])
    parallel = rng.random() < 0.6
    while len(built.classes) < target - 1:
        width = rng.choices([1, 2, 3, 4], [45, 35, 15, 5])[0] if parallel else 1
        class_name = _next_class(built.classes[front[0]], rng)
        stage = built.add_stage(class_name, min(width, max(1, target - 1 - len(built.classes))))
        built.links |= _join(front, stage, rng)
        front = stage
        if len(front) > 1 and rng.random() < 0.25:
            parallel = False
    sinks = rng.choices([1, 2], [85, 15])[0] if len(front) > 1 or rng.random() < 0.3 else 1
    built.links |= _join(front, built.add_stage("Sink", sinks), rng)
    built.links |= _extras(built, rng)
    return built


def _next_class(previous: str, rng: Random) -> str:
    if previous == "Source":
        return "Queue" if rng.random() < 0.7 else "Processor"
    if previous == "Queue":
        return "Processor" if rng.random() < 0.93 else "Queue"
    return "Queue" if rng.random() < 0.5 else "Processor"


def _join(front: list[int], stage: list[int], rng: Random) -> set[tuple[int, int]]:
    """Links from one stage to the next so that no station is left without one."""
    if len(front) == len(stage) > 1 and rng.random() < 0.6:
        return set(zip(front, stage, strict=True))
    if len(front) == 1 or len(stage) == 1 or rng.random() < 0.5:
        return {(a, b) for a in front for b in stage}
    links = {(a, rng.choice(stage)) for a in front}
    return links | {(rng.choice(front), b) for b in stage if all(t != b for _, t in links)}


def _extras(built: Structure, rng: Random) -> set[tuple[int, int]]:
    """Now and then a loop back for rework or a by-pass."""
    links: set[tuple[int, int]] = set()
    stages = built.stages
    if len(stages) < 5:
        return links
    if rng.random() < 0.08:
        late = rng.choice(stages[-2])
        early = rng.choice(stages[rng.randint(1, len(stages) - 3)])
        if built.classes[late] == "Processor" and early != late:
            links.add((late, early))
    if rng.random() < 0.1:
        start = rng.randint(0, len(stages) - 3)
        links.add((rng.choice(stages[start]), rng.choice(stages[start + 2])))
    return links


def _vary_machines(built: Structure, rng: Random) -> None:
    """Merges become Combiners, other machines Separators, now and then."""
    packing = False
    for index, class_name in enumerate(built.classes):
        if class_name != "Processor":
            continue
        feeders = built.sources_of(index)
        if len(feeders) in (2, 3) and max(feeders) < index and rng.random() < 0.85:
            built.classes[index] = "Combiner"
            mode = rng.choice(["1", "1", "1", "2", "3"])
            packing |= mode == "1"
            built.flags.append((index, "CombineMode", mode))
        elif len(feeders) == 1 and rng.random() < 0.22:
            built.classes[index] = "Separator"
            unpack = packing and len(built.targets_of(index)) == 2
            built.flags.append((index, "SeparateMode", "1" if unpack else "0"))


def _vary_holders(built: Structure, rng: Random) -> None:
    for index, class_name in enumerate(built.classes):
        if class_name == "Queue":
            built.classes[index] = rng.choices(["Queue", "StraightConveyor", "Rack"], [74, 17, 9])[
                0
            ]


def _serve(built: Structure, rng: Random) -> None:
    """Operators at machines, vehicles or robots between stations; behind a Dispatcher or alone."""
    machines = [i for i, name in enumerate(built.classes) if name in MACHINES]
    movable = [i for i, name in enumerate(built.classes) if name in ("Source", "Queue", *MACHINES)]
    roll = rng.random()
    if machines and roll < 0.6:
        chosen = sorted(rng.sample(machines, rng.randint(1, min(4, len(machines)))))
        _attach(built, chosen, "Operator", "UseProcessOperators", rng)
        movable = [i for i in movable if i not in chosen]
    if movable and roll > 0.4:
        chosen = sorted(rng.sample(movable, rng.randint(1, min(4, len(movable)))))
        vehicle = rng.choices(
            ["Transporter", "TaskExecuter", "Robot", "Operator"], [34, 32, 20, 14]
        )[0]
        _attach(built, chosen, vehicle, "UseTransport", rng)


def _attach(built: Structure, chosen: list[int], executer: str, flag: str, rng: Random) -> None:
    """Serve the chosen stations with `executer` objects, so far as there is room for more."""
    room = MAX_OBJECTS - len(built.classes)
    if room < 1:
        return
    if room >= 3 and rng.random() < 0.45:
        (dispatcher,) = built.add("Dispatcher")
        members = built.add(executer, rng.randint(2, min(4, room - 1)))
        built.links |= {(dispatcher, member) for member in members}
        built.links |= {(station, dispatcher) for station in chosen}
    elif len(chosen) > 1 and room >= len(chosen) and rng.random() < 0.3:
        own = built.add(executer, len(chosen))
        built.links |= set(zip(chosen, own, strict=True))
    else:
        (shared,) = built.add(executer)
        built.links |= {(station, shared) for station in chosen}
    built.flags += [(station, flag, "1") for station in chosen]
