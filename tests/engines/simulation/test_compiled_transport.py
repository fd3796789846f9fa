"""Transport in the compiled kernel: the reference's trace, row by row."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engines.simulation import SimulationError

from .agreement import agree, run
from .plant import Plant, law, value_of

FAILS = [(40, "exponential(0, 90)", "uniform(5, 25)")]
CARRIERS = ["Operator", "Transporter", "Crane", "Elevator", "ASRSvehicle", "Robot"]
TIMES = [4, 6.5, law("exponential", 0, 6), law("uniform", 2, 9), law("normal", 5, 3)]


def source(plant, mean=9, name="Source", **properties):
    return plant.add("Source", name, InterArrivalTime=law("exponential", 0, mean), **properties)


def truck(plant, name="Truck", at=(0.0, 0.0), class_name="Transporter", **properties):
    return plant.add(class_name, name, at=at, **properties)


def fleet(plant, count, **properties):
    dispatcher = plant.add("Dispatcher", "Fleet")
    for number in range(count):
        plant.link(dispatcher, truck(plant, f"T{number}", (3.0 * number, 0.0), **properties))
    return dispatcher


def transported(plant, executer, *stations):
    for station in stations:
        properties = {"UseTransport": 1, "TransportRef": "current.centerObjects[1]"}
        number = 1 + len(station.center_ports)
        properties["TransportRef"] = f"current.centerObjects[{number}]"
        plant.centre(station, executer)
        station.properties.update({name: value_of(value) for name, value in properties.items()})


def line(plant, *, mean=9, **properties):
    """Source, queue, two processors with a queue between them, sink, some metres apart."""
    objects = [
        source(plant, mean),
        plant.add("Queue", "In", at=(5.0, 0.0)),
        plant.add("Processor", "First", at=(10.0, 4.0), ProcessTime=law("uniform", 3, 8)),
        plant.add("Queue", "Between", at=(16.0, -3.0), MaxContent=3),
        plant.add("Processor", "Second", at=(22.0, 0.0), ProcessTime=5, **properties),
        plant.add("Sink", at=(30.0, 0.0)),
    ]
    plant.link(*objects)
    return objects


def test_one_transporter_serves_a_line():
    plant = Plant()
    objects = line(plant)
    transported(plant, truck(plant, LoadTime=1, UnloadTime=law("uniform", 0, 2)), *objects[:5])

    agree(plant, 900)


def test_a_fleet_with_room_for_several_items_breaks_to_fetch_more():
    for capacity in (2, 3):
        plant = Plant()
        objects = line(plant, mean=5)
        transported(plant, fleet(plant, 2, Capacity=capacity, MaxSpeed=1.5), *objects[:5])

        agree(plant, 1500)


def test_who_fetches_may_also_operate():
    plant = Plant()
    objects = line(plant, UseProcessOperators=1)
    team = fleet(plant, 2, class_name="Operator", Capacity=2)
    plant.centre(objects[4], team)
    transported(plant, team, *objects[1:4])

    agree(plant, 900)


def test_the_fork_is_raised_to_the_heights_of_stations():
    for offset in (0, 1):
        plant = Plant()
        objects = line(plant)
        for number, obj in enumerate(objects):
            obj.location = (*obj.location[:2], 0.5 * number)
        transported(plant, truck(plant, OffsetTravel=offset, LiftSpeed=0.4), *objects[1:5])

        agree(plant, 500)


def test_priorities_and_times_may_be_drawn_or_code():
    plant = Plant()
    coded = "item.Type = duniform(1, 2, getstream(current));"
    objects = line(plant)
    objects[0].properties["Triggers.OnCreation"] = value_of(coded)
    team = fleet(plant, 2, LoadTime="return item.Type;", UnloadTime="return 2 * item.Type;")
    transported(plant, team, *objects[:5])
    objects[1].properties["TransportPriority"] = law("duniform", 1, 3)
    objects[3].properties["TransportPriority"] = value_of("return item.Type;")

    agree(plant, 900)


def test_executers_and_stations_break_down():
    plant = Plant()
    objects = line(plant)
    team = fleet(plant, 2, Capacity=2, LoadTime=1)
    for obj in plant.model:
        if obj.class_name != "Dispatcher":
            rows = [("uniform(5, 60)", "exponential(0, 90)", "uniform(5, 25)")]
            obj.properties["MTBFMTTRs"] = value_of(rows)
    transported(plant, team, *objects[:5])

    agree(plant, 900)


def test_combiners_and_separators_are_served():
    plant = Plant()
    team = fleet(plant, 3, Capacity=2)
    pack = plant.add("Combiner", "Pack", at=(9.0, 9.0), ProcessTime=3, ComponentsList=[[3]])
    unpack = plant.add("Separator", "Unpack", at=(15.0, 3.0), ProcessTime=2)
    trays, parts = source(plant, 20, "Trays"), source(plant, 6, "Parts")
    buffers = [plant.add("Queue", f"B{n}", at=(4.0 * n, 4.0), MaxContent=9) for n in range(3)]
    plant.link(trays, buffers[0], pack)
    plant.link(parts, buffers[1], pack)
    plant.link(pack, buffers[2], unpack, plant.add("Sink", "Empty"))
    plant.link(unpack, plant.add("Processor", "Slow", at=(20.0, 0.0), ProcessTime=4),
               plant.add("Sink", "Out"))  # fmt: skip
    transported(plant, team, trays, *buffers, pack, unpack)

    agree(plant, 900)


def test_a_network_is_travelled():
    plant = Plant()
    objects = line(plant)
    team = fleet(plant, 2)
    nodes = [plant.add("NetworkNode", f"N{n}", at=(6.0 * n, -8.0)) for n in range(6)]
    trucks = [plant.model.find(name) for name in ("T0", "T1")]
    ways = [*pairwise(nodes), (nodes[0], nodes[3]), *zip(trucks, nodes, strict=False)]
    for one, other in [*ways, *zip(objects, nodes, strict=True)]:
        plant.model.connect(one, other, "D")
    transported(plant, team, *objects[:5])

    agree(plant, 900)


def test_racks_floors_and_plain_resources_hold_items():
    plant = Plant()
    arrivals = source(plant, 6)
    rack = plant.add(
        "Rack", at=(8.0, 0.0), NumBays=3, NumLevels=2, MinimumDwellTime=law("uniform", 5, 40)
    )
    floor = plant.add("FloorStorage", at=(16.0, 0.0), MinimumDwellTime=9,
                      MTBFMTTRs=[(40, "exponential(0, 90)", "uniform(5, 25)")])  # fmt: skip
    fixed = plant.add("BasicFR", at=(24.0, 5.0))
    machine = plant.add("Processor", at=(30.0, 0.0), ProcessTime=law("uniform", 2, 7))
    plant.link(arrivals, rack, floor, fixed, machine, plant.add("Sink"))
    transported(plant, truck(plant, Capacity=2, MaxSpeed=4), rack, fixed)

    agree(plant, 900)


@pytest.mark.parametrize("flush", [0, 1])
@pytest.mark.parametrize("wait", [0, 12, law("exponential", 0, 20), "return 5 + item.Type;"])
def test_queues_collect_batches(flush, wait):
    plant = Plant()
    arrivals = source(plant, 5)
    arrivals.properties["Triggers.OnCreation"] = value_of("item.Type = duniform(1, 9);")
    queue = plant.add("Queue", DoBatching=1, BatchSize=4, MaxBatchTime=wait, FlushContent=flush,
                      MaxContent=11, LIFO=flush)  # fmt: skip
    machine = plant.add("Processor", ProcessTime=law("uniform", 2, 7),
                        MTBFMTTRs=[(40, "exponential(0, 90)", "uniform(5, 25)")])  # fmt: skip
    queue.properties["Triggers.OnEndCollecting"] = value_of(
        "current.sizes = param(2); item.Type = param(2);"
    )
    queue.labels["sizes"] = 0
    plant.link(arrivals, queue, machine, plant.add("Sink"))

    agree(plant, 900)


def test_batches_are_fetched_and_stale_waits_make_the_calendar_grow():
    plant = Plant()
    arrivals = plant.add("Source", InterArrivalTime=0.5)
    queue = plant.add("Queue", DoBatching=1, BatchSize=2, MaxBatchTime=1e5)
    plant.link(arrivals, queue, plant.add("Processor", ProcessTime=0.1), plant.add("Sink"))

    agree(plant, 5000)


@pytest.mark.parametrize("class_name", CARRIERS)
def test_executers_of_every_class_carry(class_name):
    plant = Plant()
    objects = line(plant)
    for number, obj in enumerate(objects):
        obj.location = (*obj.location[:2], 0.5 * (number % 3))
    carriers = [
        truck(plant, f"{class_name}{n}", (4.0 * n, 1.0), class_name, Capacity=n) for n in (1, 2)
    ]
    transported(plant, carriers[0], *objects[:3])
    transported(plant, carriers[1], *objects[3:5])

    agree(plant, 500)


def test_a_robot_takes_its_drawn_move_times():
    plant = Plant()
    objects = line(plant)
    arm = truck(plant, "Arm", (9.0, 1.0), "Robot", MoveTime=law("uniform", 1, 4))
    transported(plant, arm, *objects[1:4])

    agree(plant, 500)


def test_a_multi_processor_goes_through_its_processes():
    plant = Plant()
    crew = fleet(plant, 2, class_name="Operator")
    processes = [("A", 3), ("B", "uniform(1, 4)", 2), ("C", 2.0, 1)]
    machine = plant.add("MultiProcessor", at=(9.0, 0.0), Processes=processes,
                        MTBFMTTRs=[(40, "exponential(0, 90)", "uniform(5, 25)")])  # fmt: skip
    machine.properties["Triggers.OnProcessFinish"] = value_of("item.Type = 1 + item.Type;")
    plain = plant.add("MultiProcessor", "Plain")
    arrivals = source(plant, 12)
    arrivals.properties["Triggers.OnCreation"] = value_of("item.Type = 1;")
    plant.centre(machine, crew)
    plant.link(arrivals, plant.add("Queue"), machine, plain, plant.add("Sink"))

    agree(plant, 900)


@pytest.mark.parametrize("style", [2, 3])
@pytest.mark.parametrize("repeat", [0, 1])
def test_items_arrive_by_a_table_with_labels(style, repeat):
    plant = Plant()
    rows = [(5.0, "Box", 3, 2), (9.5, "Tray", 1, 7), (9.5, "Box", 0, 1), (60.0, "Box", 4, 1)]
    header = ("Time", "Name", "Quantity", "Load")
    table = [header, *rows] if style == 2 else [row[1:] for row in (header, *rows)]
    name = "ArrivalSchedule" if style == 2 else "ArrivalSequence"
    arrivals = plant.add("Source", ArrivalStyle=style, RepeatTable=repeat, **{name: table},
                         MTBFMTTRs=[(40, "exponential(0, 90)", "uniform(5, 25)")])  # fmt: skip
    arrivals.properties["Triggers.OnCreation"] = value_of("item.Type = param(2);")
    work = 'return item.name == "Tray" ? 9 : item.Load + item.Type;'
    machine = plant.add("Processor", ProcessTime=work)
    plant.link(arrivals, plant.add("Queue", MaxContent=5), machine, plant.add("Sink"))

    agree(plant, 20)


def random_yard(seed):
    """Layers of stations of all kinds, some with transport by one of two teams, some failing."""
    rng, plant = Random(seed), Plant()
    teams = [
        fleet(plant, rng.randint(1, 2), Capacity=rng.choice([1, 1, 2, 4]),
              MaxSpeed=rng.choice([1.0, 2.0, 5.0]), LoadTime=rng.choice([0, 1, TIMES[2]]),
              OffsetTravel=rng.randint(0, 1)),
        truck(plant, "Lone", (9.0, -9.0), rng.choice(CARRIERS), Capacity=rng.choice([1, 3])),
    ]  # fmt: skip

    def place(obj):
        obj.location = (rng.uniform(-20, 20), rng.uniform(-20, 20), rng.choice([0.0, 0.0, 1.5]))
        if rng.random() < 0.15:
            rows = [(rng.choice([0, 20, 55]), "exponential(0, 70)", "uniform(2, 20)")]
            obj.properties["MTBFMTTRs"] = value_of(rows)
        if obj.class_name != "Sink" and rng.random() < 0.6:
            transported(plant, rng.choice(teams), obj)
        return obj

    layers = [[place(random_source(plant, rng, f"S{n}")) for n in range(2)]]
    for depth in range(rng.randint(2, 4)):
        names = [f"{depth}.{n}" for n in range(rng.randint(1, 2))]
        layers.append([place(random_station(plant, rng, name, teams)) for name in names])
    layers.append([place(plant.add("Sink"))])
    for number, upper in enumerate(layers[:-1]):
        for obj in upper:
            plant.link(obj, rng.choice(layers[number + 1]))
        for obj in layers[number + 1]:
            if not obj.in_ports:
                plant.link(rng.choice(upper), obj)
    return plant


def random_source(plant, rng, name):
    kind = rng.choice(["plain", "plain", "schedule", "sequence"])
    if kind == "plain":
        return source(plant, rng.choice([6, 12]), name)
    if kind == "sequence":
        rows = [("Box", rng.randint(0, 3)), ("Box", 1)]
        return plant.add("Source", name, ArrivalStyle=3, ArrivalSequence=rows,
                         RepeatTable=rng.randint(0, 1))  # fmt: skip
    rows = [(9.0, "Box", rng.randint(1, 4)), (9.0, "Box", 1), (31.5, "Box", 2)]
    return plant.add("Source", name, ArrivalStyle=2, ArrivalSchedule=rows, RepeatTable=1)


def random_station(plant, rng, name, teams):
    kind = rng.choice(["Queue", "Batch", "Rack", "BasicFR", "Multi", "Separator", "Processor",
                       "Processor"])  # fmt: skip
    if kind in ("Queue", "Batch", "Rack", "BasicFR"):
        return random_store(plant, rng, name, kind)
    if kind == "Multi":
        processes = [("A", 3), ("B", 2.5, rng.randint(0, 1))]
        station = plant.add("MultiProcessor", name, Processes=processes)
        plant.centre(station, rng.choice(teams))
        return station
    work = {"ProcessTime": rng.choice(TIMES), "SetupTime": rng.choice([0, 0, *TIMES])}
    if kind == "Separator":
        return plant.add("Separator", name, SeparateMode=0, SeparateQty=rng.randint(1, 2), **work)
    station = plant.add("Processor", name, MaxContent=rng.choice([1, 1, 3]), **work)
    if rng.random() < 0.3:
        station.properties["UseProcessOperators"] = value_of(1)
        plant.centre(station, rng.choice(teams))
    return station


def random_store(plant, rng, name, kind):
    if kind == "Queue":
        return plant.add("Queue", name, MaxContent=rng.choice([1, 3, 99]), LIFO=rng.randint(0, 1))
    if kind == "Batch":
        return plant.add("Queue", name, DoBatching=1, BatchSize=rng.randint(1, 4),
                         MaxBatchTime=rng.choice([0, 15, TIMES[2]]),
                         FlushContent=rng.randint(0, 1), MaxContent=rng.choice([4, 9]))  # fmt: skip
    if kind == "Rack":
        return plant.add("Rack", name, MinimumDwellTime=rng.choice([0, *TIMES]))
    return plant.add("BasicFR", name)


@settings(max_examples=60, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.integers(0, 2**32))
def test_random_yards_agree(seed):
    agree(random_yard(seed), 20, seed=seed)


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("First", {"TransportPreempt": 1}, "First has TransportPreempt"),
        ("First", {"TransportRef": "return NULL;"}, "First chooses its transport by code"),
        ("Truck", {"Triggers.OnLoad": "return 0;"}, "Truck has OnLoad"),
    ],
)
def test_what_is_left_to_the_reference(name, properties, reason):
    plant = Plant()
    objects = line(plant)
    transported(plant, truck(plant), *objects[:5])
    plant.model.find(name).properties.update({k: value_of(v) for k, v in properties.items()})

    with pytest.raises(SimulationError, match=reason):
        run(plant, "compiled")


def test_a_place_that_no_way_leads_to_is_told_by_the_reference():
    plant = Plant()
    objects = line(plant)
    node = plant.add("NetworkNode")
    lorry = truck(plant)
    plant.model.connect(lorry, node, "D")
    transported(plant, lorry, objects[1])

    with pytest.raises(SimulationError, match="no network path leads"):
        run(plant, "compiled")
