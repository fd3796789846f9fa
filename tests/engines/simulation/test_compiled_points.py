"""Belts that gain and lose speed, and the points on them, in the compiled kernel."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engines.simulation import SimulationError

from .agreement import agree, run
from .plant import Plant, law, value_of
from .test_compiled_conveyors import FAILS, TIMES, belt, in_layers, source

SPEEDS = [
    {},
    {"Acceleration": 0.5, "Deceleration": 0.8, "Speed": 1.3},
    {"Acceleration": 0.3},
    {"Deceleration": 0.4, "Speed": 2},
]


def point(plant, conveyor, kind, name, distance, **properties):
    made = plant.add(kind, name, DistAlongConveyor=distance, **properties)
    plant.centre(conveyor, made)
    return made


@pytest.mark.parametrize("speeds", SPEEDS)
@pytest.mark.parametrize("accumulates", [0, 1])
def test_a_belt_before_a_slow_machine_fills_up(accumulates, speeds):
    plant = Plant()
    plant.link(source(plant, 4), plant.add("Queue", MaxContent=5),
               belt(plant, length=5, IsAccumulating=accumulates, **{"Speed": 0.7} | speeds),
               plant.add("Processor", ProcessTime=law("uniform", 2, 7)),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 900)


@pytest.mark.parametrize("speeds", SPEEDS)
@pytest.mark.parametrize("accumulates", [(1, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 0)])
def test_belts_in_a_row(accumulates, speeds):
    plant = Plant()
    belts = [
        belt(plant, f"B{n}", length, IsAccumulating=one, **{"Speed": speed} | speeds)
        for n, (length, speed, one) in enumerate(
            zip((4.0, 3.3, 6.1), (1.0, 0.4, 1.7), accumulates, strict=True)
        )
    ]
    plant.link(source(plant, 3), *belts,
               plant.add("Processor", ProcessTime=law("exponential", 0, 4), MTBFMTTRs=FAILS),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 900)


@pytest.mark.parametrize("speeds", SPEEDS)
@pytest.mark.parametrize("accumulates", [0, 1])
def test_stations_stop_items_with_and_without_operators(accumulates, speeds):
    plant = Plant()
    line = belt(plant, length=9, IsAccumulating=accumulates, **speeds)
    crew = plant.add("Dispatcher", "Crew")
    for number in range(2):
        plant.link(crew, plant.add("Operator", f"O{number}", at=(number, 4.0), MTBFMTTRs=FAILS))
    point(plant, line, "Station", "Glue", 2.5, ProcessTime=law("uniform", 1, 3))
    manned = point(plant, line, "Station", "Check", 6, ProcessTime=2, UseOperators=1,
                   NumOperators=law("duniform", 0, 2), ItemEdge=4,
                   ProcessCondition=law("bernoulli", 50, 1, 0), MTBFMTTRs=FAILS)  # fmt: skip
    manned.properties["OperatorRef"] = value_of("current.centerObjects[2]")
    plant.centre(manned, crew)
    plant.link(source(plant, 8), plant.add("Queue"), line, plant.add("Sink"))

    agree(plant, 900)


def test_conditions_and_times_of_stations_may_be_code():
    plant = Plant()
    line = belt(plant, length=9, Deceleration=1)
    arrivals = source(plant, 5)
    arrivals.properties["Triggers.OnCreation"] = value_of("item.Type = duniform(0, 2);")
    point(plant, line, "Station", "Glue", 4, ProcessTime="return 1 + item.Type;",
          ProcessCondition="return item.Type > 0;")  # fmt: skip
    plant.link(arrivals, plant.add("Queue"), line, plant.add("Sink"))

    agree(plant, 900)


@pytest.mark.parametrize("times", [(0, 0), (0.4, 0), (0.3, 2), (law("uniform", 0, 2), 1)])
def test_photo_eyes_are_covered_blocked_and_cleared(times):
    plant = Plant()
    belts = [belt(plant, f"B{n}", 3.0, Speed=0.6, Acceleration=n / 3) for n in range(3)]
    for number, (conveyor, place) in enumerate(
        [(0, 0.4), (0, 2.7), (0, 3.0), (1, 1.0), (1, 1.2), (2, 2.9)]
    ):
        block, clear = times
        point(plant, belts[conveyor], "PhotoEye", f"Eye{number}", place, BlockTime=block,
              ClearTime=clear)  # fmt: skip
        point(plant, belts[conveyor], "DecisionPoint", f"D{number}", place, ItemEdge=2 + number % 3)
    plant.link(source(plant, 3), *belts, plant.add("Processor", ProcessTime=law("uniform", 1, 6)),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 900)


def test_an_item_that_is_fetched_uncovers_its_eyes():
    plant = Plant()
    line = belt(plant, length=4, UseTransport=1)
    truck = plant.add("Transporter", at=(9.0, 0.0))
    plant.centre(line, truck)
    line.properties["TransportRef"] = value_of("current.centerObjects[1]")
    point(plant, line, "PhotoEye", "Last", 4.0, BlockTime=1)
    point(plant, line, "PhotoEye", "Near", 3.8)
    plant.link(source(plant, 5), line, plant.add("Sink", at=(20.0, 0.0)))

    agree(plant, 900)


def random_points(seed):
    """Layers of belts with points, queues and machines, joined at random; some fail."""
    rng, plant = Random(seed), Plant()
    crew = plant.add("Operator", "Crew", at=(3.0, 3.0))
    in_layers(plant, rng, lambda name: random_station(plant, rng, name, crew), 1, 5)
    return plant


def random_station(plant, rng, name, crew):
    kind = rng.choice(["Belt", "Belt", "Belt", "Curve", "Queue", "Processor", "Combiner"])
    fails = {"MTBFMTTRs": FAILS} if rng.random() < 0.15 else {}
    if kind == "Queue":
        return plant.add("Queue", name, MaxContent=rng.choice([1, 3, 99]), **fails)
    if kind == "Processor":
        return plant.add("Processor", name, ProcessTime=rng.choice(TIMES), **fails)
    if kind == "Combiner":
        return plant.add("Combiner", name, CombineMode=2, ProcessTime=1, **fails)
    length = rng.choice([0.5, 2.0, 4.7, 9.0])
    conveyor = belt(plant, name, length, **random_speeds(rng), **fails)
    if kind == "Curve":
        length = 3.1
        conveyor = plant.add("CurvedConveyor", name + "C", Radius=2, **random_speeds(rng), **fails)
    for number in range(rng.choice([0, 0, 1, 2, 3])):
        random_point(plant, rng, conveyor, f"{name}: {number}", length, crew)
    return conveyor


def random_speeds(rng):
    return {
        "Speed": rng.choice([0.3, 1, 1, 2.5]),
        "IsAccumulating": rng.randint(0, 1),
        "Acceleration": rng.choice([0, 0, 0.2, 1.5]),
        "Deceleration": rng.choice([0, 0, 0.3, 1.1]),
        "EntrySpaceSizeFactor": rng.choice([1, 1, 0.5, 1.7]),
        "MoveSpaceSizeFactor": rng.choice([1, 1, 1.4]),
        "StopSpacePadding": rng.choice([0, 0, 0.2]),
    }


def random_point(plant, rng, conveyor, name, length, crew):
    kind = rng.choice(["Station", "Station", "PhotoEye", "DecisionPoint"])
    more = {"MTBFMTTRs": FAILS} if rng.random() < 0.1 else {}
    if kind == "Station":
        more |= {"ProcessTime": rng.choice(TIMES), "UseOperators": rng.choice([0, 0, 1]),
                 "ProcessCondition": rng.choice([1, law("bernoulli", 60, 1, 0)]),
                 "OperatorRef": "current.centerObjects[2]"}  # fmt: skip
    elif kind == "PhotoEye":
        more |= {"BlockTime": rng.choice([0, 0.5, TIMES[2]]), "ClearTime": rng.choice([0, 1])}
    place = rng.choice([0.0, length, rng.uniform(0, length)])
    made = point(plant, conveyor, kind, name, place, ItemEdge=rng.choice([2, 2, 3, 4]), **more)
    plant.centre(made, crew)


@settings(max_examples=100, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.integers(0, 2**32))
def test_random_belts_agree(seed):
    agree(random_points(seed), 1, seed=seed)


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"Triggers.OnEntry": "return 0;"}, "Glue tells code of items"),
        ({"Triggers.OnArrival": "return 0;"}, "Glue has OnArrival"),
        (
            {"UseOperators": 1, "OperatorRef": "return current.centerObjects[1 + 1];"},
            "Glue chooses its operators by code",
        ),
        ({"UseOperators": 1, "StationOperatorPreempt": 1}, "Glue has StationOperatorPreempt"),
    ],
)
def test_what_is_left_to_the_reference(properties, reason):
    plant = Plant()
    line = belt(plant)
    glue = point(plant, line, "Station", "Glue", 3)
    plant.centre(glue, plant.add("Operator"))
    glue.properties["OperatorRef"] = value_of("current.centerObjects[2]")
    glue.properties.update({name: value_of(value) for name, value in properties.items()})
    plant.link(source(plant), line, plant.add("Sink"))

    with pytest.raises(SimulationError, match=reason):
        run(plant, "compiled")
