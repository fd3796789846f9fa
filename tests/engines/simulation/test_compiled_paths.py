"""Guide paths and crowded networks in the compiled kernel: the reference's trace, row by row."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engines.simulation import SimulationError

from .agreement import agree, run
from .plant import law, value_of
from .test_agv import Floor

FAILS = [(40, "exponential(0, 90)", "uniform(5, 25)")]


class Yard(Floor):
    """A ring of one-way paths with points all along, some with bays beside them."""

    def ring(self, count, length=8.0, **properties):
        corners = [(0.0, 0.0), (length, 0.0), (length, length), (0.0, length), (0.0, 0.0)]
        for start, end in pairwise(corners):
            self.path(start, end, **properties)
        places = []
        for number in range(count):
            side, along = divmod(4 * length * number / count, length)
            (x, y), (u, v) = corners[int(side)], corners[int(side) + 1]
            places.append((x + (u - x) * along / length, y + (v - y) * along / length))
        return [self.point(f"P{number}", place) for number, place in enumerate(places)]

    def station(self, class_name, name, point, executer=None, **properties):
        made = self.add(class_name, name, **properties)
        self.model.connect(made, point, "D")
        if executer is not None:
            self.centre(made, executer)
            made.properties["UseTransport"] = value_of(1)
        return made

    def fleet(self, points, **properties):
        team = self.add("Dispatcher", "Fleet")
        for number, point in enumerate(points):
            self.link(team, self.vehicle(f"V{number}", point, **properties))
        return team


def shuttle(points, team, yard, mean=9):
    """Source, queue, machine, queue, sink around the ring."""
    n = len(points)
    source = yard.add("Source", InterArrivalTime=law("exponential", 0, mean))
    stations = [
        yard.station("Queue", "In", points[0], team),
        yard.station("Processor", "Mill", points[n // 3], team, ProcessTime=law("uniform", 3, 9)),
        yard.station("Queue", "Out", points[2 * n // 3], team, MaxContent=4),
        yard.station("Sink", "Gone", points[n - 1]),
    ]
    yard.link(source, *stations)
    return stations


RAMPS = [
    {},
    {"MaxSpeed": 1.7, "Acceleration": 0.4, "Deceleration": 0.7},
    {"MaxSpeed": 2.3, "Acceleration": 0, "Deceleration": 0.3},
    {"MaxSpeed": 0.9, "Acceleration": 0.2, "Deceleration": 0},
]


@pytest.mark.parametrize("ramps", RAMPS)
def test_one_vehicle_goes_round(ramps):
    yard = Yard()
    points = yard.ring(7)
    shuttle(points, yard.fleet(points[:1], LoadTime=1, **ramps), yard)

    agree(yard, 900)


@pytest.mark.parametrize("ramps", RAMPS)
def test_vehicles_follow_each_other(ramps):
    yard = Yard()
    points = yard.ring(12, 15.0)
    shuttle(points, yard.fleet(points[1:9:3], LoadTime=law("uniform", 1, 4), **ramps), yard, 12)

    agree(yard, 100)


@pytest.mark.parametrize("ramps", RAMPS)
def test_areas_are_entered_by_one_at_a_time_and_vehicles_break_down(ramps):
    yard = Yard()
    points = yard.ring(10, 15.0, IsTwoWay=1)
    for number, at in enumerate([(-1.0, 6.0), (10.0, 16.0)]):
        yard.add("ControlArea", f"Area{number}", at, (7.0, 5.0, 0.0), MaxAllocations=1 + number)
    for point in points:
        point.properties["MaxAllocations"] = value_of(3)
    team = yard.fleet(points[1:9:3], Capacity=2, **ramps)
    for obj in yard.model:
        if obj.class_name == "TaskExecuter":
            obj.properties["MTBFMTTRs"] = value_of(FAILS)
    shuttle(points, team, yard, 7)

    agree(yard, 500)


def test_vehicles_behind_parked_ones_are_named():
    yard = Yard()
    points = yard.ring(5)
    yard.fleet(points[3:4])
    lone = yard.vehicle("Lone", points[1])
    shuttle(points, lone, yard)

    agree(yard, 40)
    assert "is parked without work" in str(run(yard, "compiled").to_json())


def test_a_deadlock_is_told_by_the_reference():
    yard = Yard()
    yard.path((0, 0), (30, 0), IsTwoWay=1)
    points = [yard.point(f"P{n}", (10.0 * n, 0)) for n in range(4)]
    for number, (home, start, end) in enumerate([(0, 1, 3), (3, 2, 0)]):
        truck = yard.vehicle(f"V{number}", points[home])
        yard.haul(truck, points[start], points[end], 0, name=str(number))

    with pytest.raises(AssertionError, match="only the reference kernel"):
        agree(yard, 1)
    compiled, reference = (run(yard, kernel).to_json() for kernel in ("compiled", "reference"))
    assert compiled["warnings"] == reference["warnings"]
    assert any(text.startswith("Deadlock of AGVs") for text in compiled["warnings"])


def test_a_place_that_no_path_leads_to_is_told_by_the_reference():
    yard = Yard()
    points = yard.ring(4)
    team = yard.fleet(points[:1])
    queue = yard.station("Queue", "In", points[1], team)
    yard.link(yard.arrivals(0), queue, yard.add("Sink", "Nowhere"))

    with pytest.raises(SimulationError, match="no AGV path leads"):
        run(yard, "compiled")


def random_yard(seed):
    """A ring, some with a road across, that vehicles of one or two fleets drive."""
    rng, yard = Random(seed), Yard()
    length = rng.choice([9.0, 14.5, 20.0])
    points = yard.ring(rng.randint(4, 12), length, IsTwoWay=rng.randint(0, 1))
    for number in range(rng.randint(0, 3)):
        lane = rng.uniform(1.0, length - 1.0)
        yard.path((0.0, lane), (length, lane), IsTwoWay=rng.randint(0, 1))
        points.append(yard.point(f"L{number}", (rng.uniform(2.0, length - 2.0), lane)))
    for point in points:
        point.properties["MaxAllocations"] = value_of(rng.choice([1, 2, 4]))
    for number in range(rng.randint(0, 2)):
        at = rng.uniform(-2.0, length), rng.uniform(0.0, length)
        size = rng.uniform(1.0, 6.0), rng.uniform(1.0, 6.0), 0.0
        yard.add("ControlArea", f"Area{number}", at, size, MaxAllocations=rng.choice([1, 2]))
    homes = rng.sample(points, rng.randint(1, 3))
    fleet = {"Capacity": rng.choice([1, 1, 3]), "LoadTime": rng.choice([0, law("uniform", 1, 4)])}
    team = yard.fleet(homes, **fleet, **rng.choice(RAMPS))
    for obj in yard.model:
        if obj.class_name == "TaskExecuter" and rng.random() < 0.3:
            obj.properties["MTBFMTTRs"] = value_of(FAILS)
    source = yard.add("Source", InterArrivalTime=law("exponential", 0, rng.choice([8, 20, 40])))
    chain = [source]
    for number in range(rng.randint(1, 4)):
        kind = rng.choice(["Queue", "Processor", "Processor"])
        more = {"ProcessTime": rng.choice([4, law("uniform", 3, 9)])} if kind != "Queue" else {}
        executer = team if rng.random() < 0.8 else None
        station = yard.station(kind, f"{kind}{number}", rng.choice(points), executer, **more)
        if rng.random() < 0.3:
            yard.model.connect(station, rng.choice(points), "D")
        if kind == "Processor" and rng.random() < 0.3:
            station.properties["UseProcessOperators"] = value_of(1)
            if executer is None:
                yard.centre(station, team)
        chain.append(station)
    yard.link(*chain, yard.station("Sink", "Sink", rng.choice(points)))
    return yard


SEEDS = settings(max_examples=60, deadline=None, derandomize=True,
                 suppress_health_check=[HealthCheck.too_slow])  # fmt: skip


def agrees(plant, seed):
    """Whether the compiled kernel made the run, which a deadlock leaves to the reference."""
    try:
        agree(plant, 1, seed=seed)
    except AssertionError as reason:
        if "only the reference kernel" not in str(reason):
            raise
        compiled, reference = (
            run(plant, k, seed=seed).to_json() for k in ("compiled", "reference")
        )
        assert any(text.startswith("Deadlock") for text in reference["warnings"])
        assert compiled["warnings"] == reference["warnings"]
        return False
    return True


@SEEDS
@given(st.integers(0, 2**32))
def test_random_yards_agree(seed):
    agrees(random_yard(seed), seed)


def test_most_random_yards_run_to_their_end_compiled():
    assert sum(agrees(random_yard(seed), seed) for seed in range(20)) >= 12


# Networks


def crowd(rng, plant):
    """A network with little room at its nodes and several nodes at a station."""
    nodes = [
        plant.add("NetworkNode", f"N{n}", (rng.uniform(-20, 20), rng.uniform(-20, 20)))
        for n in range(rng.randint(3, 7))
    ]
    for node in nodes:
        if rng.random() < 0.7:
            node.properties["MaxTravelers"] = value_of(rng.randint(1, 2))
    for one, other in [*pairwise(nodes), (nodes[0], nodes[-1])]:
        plant.model.connect(one, other, "D")
    return nodes


def random_crowd(seed):
    rng, plant = Random(seed), Floor()
    nodes = crowd(rng, plant)
    team = plant.add("Dispatcher", "Team")
    for number in range(rng.randint(2, 4)):
        kind = rng.choice(["Operator", "Transporter"])
        walker = plant.add(kind, f"{kind}{number}", MaxSpeed=rng.choice([1, 2.5]),
                           Capacity=rng.choice([1, 2]), OffsetTravel=0)  # fmt: skip
        plant.model.connect(walker, rng.choice(nodes), "D")
        plant.link(team, walker)
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 9))
    chain = [source]
    for number in range(rng.randint(2, 4)):
        kind = rng.choice(["Queue", "Processor"])
        station = plant.add(kind, f"{kind}{number}")
        plant.centre(station, team)
        station.properties["UseTransport"] = value_of(rng.choice([1, 1, 0]))
        if kind == "Processor":
            station.properties["UseProcessOperators"] = value_of(rng.randint(0, 1))
        chain.append(station)
    chain.append(plant.add("Sink"))
    for station in chain[1:]:
        for node in rng.sample(nodes, rng.randint(1, 2)):
            plant.model.connect(station, node, "D")
    plant.link(*chain)
    return plant


@SEEDS
@given(st.integers(0, 2**32))
def test_random_crowds_agree(seed):
    agree(random_crowd(seed), 1, seed=seed)


def test_one_who_is_down_when_room_is_made_is_left_to_the_reference():
    plant = random_crowd(4)
    for obj in plant.model:
        if obj.class_name in ("Operator", "Transporter"):
            obj.properties["MTBFMTTRs"] = value_of(FAILS)
    compiled, reference = (run(plant, kernel).to_json() for kernel in ("compiled", "reference"))
    for data in (compiled, reference):
        del data["seconds"], data["config"]
    assert compiled == reference
