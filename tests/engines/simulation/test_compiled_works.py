"""Operators, assembly and down time in the compiled kernel: the reference's trace, row by row."""

from random import Random

import pytest

from apps.engines.simulation import SimulationError

from .agreement import agree, run
from .plant import Plant, law, value_of

CODED = "item.Type = duniform(1, 2, getstream(current));"
TIMES = [4, 6.5, law("exponential", 0, 6), law("uniform", 2, 9), law("normal", 5, 3)]


def team(plant, size, speed=2.0, at=(0.0, 0.0)):
    dispatcher = plant.add("Dispatcher", f"Team{len(plant.model.objects)}")
    for number in range(size):
        operator = plant.add("Operator", f"{dispatcher.name}.{number}",
                             at=(at[0] + 3.0 * number, at[1]), MaxSpeed=speed)  # fmt: skip
        plant.link(dispatcher, operator)
    return dispatcher


def crewed(plant, name, dispatcher, class_name="Processor", at=(0.0, 0.0), **properties):
    station = plant.add(class_name, name, at=at, UseProcessOperators=1, **properties)
    plant.centre(station, dispatcher)
    return station


def source(plant, mean=7, name="Source"):
    return plant.add("Source", name, InterArrivalTime=law("exponential", 0, mean))


def test_two_operators_walk_between_three_stations():
    plant = Plant()
    crew = team(plant, 2)
    stations = [
        crewed(plant, f"P{n}", crew, at=(9.0 * n, 4.0), ProcessTime=time)
        for n, time in enumerate((5, law("uniform", 3, 6), 4))
    ]
    plant.link(source(plant, 8), plant.add("Queue"), *stations, plant.add("Sink"))

    agree(plant, 1000)


def test_setup_and_process_share_operators_or_free_them():
    for same in (0, 1):
        plant = Plant()
        crew = team(plant, 3)
        press = crewed(plant, "Press", crew, at=(12.0, 0.0), ProcessTime=3, SetupTime=2,
                       UseSetupOperators=1, UseSameNumOperators=same, NumSetupOperators=2,
                       NumProcessOperators=2, MaxContent=2)  # fmt: skip
        lathe = crewed(plant, "Lathe", crew, at=(0.0, 8.0), ProcessTime=law("uniform", 1, 9))
        plant.link(source(plant, 6), plant.add("Queue"), press, lathe, plant.add("Sink"))

        agree(plant, 900)


def test_priorities_and_numbers_of_operators_may_be_drawn_or_code():
    plant = Plant()
    crew = team(plant, 3, speed=1.0)
    first = crewed(plant, "First", crew, at=(5.0, 5.0), ProcessTime=4, MaxContent=3,
                   OperatorPriority=law("duniform", 1, 3))  # fmt: skip
    second = crewed(plant, "Second", crew, at=(-5.0, 5.0), ProcessTime=6, MaxContent=3,
                    NumProcessOperators="return 1 + (item.Type == 2);",
                    OperatorPriority=2)  # fmt: skip
    arrivals = source(plant, 6)
    arrivals.properties["Triggers.OnCreation"] = value_of(
        "item.Type = duniform(1, 2, getstream(current));"
    )
    queue = plant.add("Queue")
    sink = plant.add("Sink")
    plant.link(arrivals, queue, first, sink)
    plant.link(queue, second, sink)

    agree(plant, 900)


def test_one_operator_without_dispatcher_and_teams_of_teams():
    plant = Plant()
    alone = plant.add("Operator", "Alone", at=(1.0, 2.0))
    upper, lower = plant.add("Dispatcher", "Upper"), plant.add("Dispatcher", "Lower")
    workers = [plant.add("Operator", f"W{n}", at=(n, 9.0)) for n in range(2)]
    plant.link(upper, lower, workers[0])
    plant.link(lower, workers[1])
    plant.link(upper, alone)
    stations = [
        crewed(plant, f"P{n}", to, at=(4.0 * n, -6.0), ProcessTime=law("uniform", 2, 8))
        for n, to in enumerate((alone, lower, upper))
    ]
    plant.link(source(plant), plant.add("Queue"), *stations, plant.add("Sink"))

    agree(plant, 900)


@pytest.mark.parametrize("mode", [1, 2, 3])
def test_a_combiner_collects_from_three_inputs(mode):
    plant = Plant()
    combiner = plant.add("Combiner", ProcessTime=law("uniform", 1, 6), CombineMode=mode,
                         ComponentsList=[[2], [3]], SetupTime=1)  # fmt: skip
    for number, mean in enumerate((9, 5, 4)):
        plant.link(
            source(plant, mean, f"S{number}"),
            plant.add("Queue", f"Q{number}", MaxContent=6),
            combiner,
        )
    plant.link(combiner, plant.add("Queue", "Out"), plant.add("Processor", ProcessTime=2),
               plant.add("Sink"))  # fmt: skip

    agree(plant, 800)


@pytest.mark.parametrize(
    "quantity", [None, 2, law("duniform", 1, 3), "return 1 + (Model.time > 900);"]
)
def test_what_is_packed_can_be_unpacked_and_packed_again(quantity):
    plant = Plant()
    pack = plant.add("Combiner", "Pack", ProcessTime=3, ComponentsList=[[3]])
    nest = plant.add("Combiner", "Nest", ProcessTime=2, ComponentsList=[[2]])
    unpack = plant.add(
        "Separator",
        "Unpack",
        ProcessTime=law("uniform", 1, 3),
        **({} if quantity is None else {"SeparateQty": quantity}),
    )
    plant.link(source(plant, 16, "Trays"), pack)
    plant.link(source(plant, 5, "Parts"), plant.add("Queue", "Buffer", MaxContent=9), pack)
    plant.link(source(plant, 40, "Crates"), nest)
    plant.link(pack, plant.add("Queue", "Full"), nest, plant.add("Queue", "Nested"), unpack)
    plant.link(unpack, plant.add("Sink", "Empty"))
    plant.link(unpack, plant.add("Processor", "Slow", ProcessTime=9), plant.add("Sink", "Out"))

    agree(plant, 800)


@pytest.mark.parametrize("quantity", [1, 3, law("duniform", 1, 4)])
def test_a_separator_splits(quantity):
    plant = Plant()
    saw = plant.add("Separator", "Saw", SeparateMode=0, SeparateQty=quantity, ProcessTime=4)
    first, second = (
        plant.add("Processor", f"P{n}", ProcessTime=law("exponential", 0, 3)) for n in (1, 2)
    )
    sink = plant.add("Sink")
    plant.link(source(plant, 9), saw, first, sink)
    plant.link(saw, second, sink)

    agree(plant, 700)


@pytest.mark.parametrize("class_name", ["Source", "Queue", "Processor", "Separator", "Sink"])
def test_breakdowns_and_shifts_stop_every_class(class_name):
    plant = Plant()
    objects = [
        source(plant),
        plant.add("Queue", MaxContent=4),
        plant.add("Processor", ProcessTime=law("uniform", 3, 7), MaxContent=2, SetupTime=1),
        plant.add("Separator", ProcessTime=3, SeparateMode=0, SeparateQty=1),
        plant.add("Sink"),
    ]
    plant.link(*objects)
    stopped = next(obj for obj in objects if obj.class_name == class_name)
    stopped.properties["MTBFMTTRs"] = value_of([(10, "exponential(0, 90)", "uniform(5, 25)")])
    stopped.properties["TimeTables"] = value_of([(100, 40, 200), (120, 10)])

    agree(plant, 500)


def test_operators_and_crewed_stations_break_down():
    plant = Plant()
    crew = team(plant, 2)
    for obj in list(plant.model)[1:]:
        obj.properties["MTBFMTTRs"] = value_of([(30, "exponential(0, 60)", "uniform(5, 25)")])
    stations = [
        crewed(plant, f"P{n}", crew, at=(9.0 * n, 4.0), ProcessTime=law("uniform", 2, 8),
               MaxContent=2, MTBFMTTRs=[("exponential(0, 80)", 70, "exponential(0, 9)")])
        for n in range(3)
    ]  # fmt: skip
    combiner = crewed(plant, "Pack", crew, "Combiner", at=(4.0, 9.0), ProcessTime=2,
                      MTBFMTTRs=[(50, 70, 10)], ComponentsList=[[2]])  # fmt: skip
    plant.link(source(plant, 40, "Trays"), combiner)
    plant.link(source(plant, 12), plant.add("Queue"), *stations, combiner, plant.add("Sink"))

    agree(plant, 800)


def random_works(seed):
    """Arrivals, a separator, lines of crewed and failing stations, a combiner, operators."""
    rng, plant = Random(seed), Plant()
    crews = [team(plant, rng.randint(1, 3), rng.choice([1.0, 2.0]), (rng.uniform(-9, 9), 0.0))
             for _ in range(rng.randint(1, 2))]  # fmt: skip

    def station(name, class_name="Processor", **properties):
        at = (rng.uniform(-20, 20), rng.uniform(-20, 20))
        properties |= {"ProcessTime": rng.choice(TIMES)}
        if rng.random() < 0.3:
            properties |= {"SetupTime": rng.choice(TIMES)}
        if rng.random() < 0.3:
            rows = [(rng.choice([0, 20, 55]), "exponential(0, 70)", "uniform(2, 20)")]
            properties |= {"MTBFMTTRs": rows}
        if rng.random() < 0.6:
            return crewed(plant, name, rng.choice(crews), class_name, at, **properties)
        return plant.add(class_name, name, at=at, **properties)

    split = station("Split", "Separator", SeparateMode=0, SeparateQty=rng.randint(1, 3))
    plant.link(source(plant, rng.choice([6, 15])), plant.add("Queue", "In"), split)
    pack = station("Pack", "Combiner", CombineMode=rng.randint(1, 3),
                   ComponentsList=[[rng.randint(1, 3)]])  # fmt: skip
    for line in range(2):
        previous = split
        for place in range(rng.randint(1, 3)):
            buffer = plant.add("Queue", f"B{line}{place}", MaxContent=rng.choice([1, 3, 99]))
            work = station(f"M{line}{place}", MaxContent=rng.choice([1, 1, 2]))
            plant.link(previous, buffer, work)
            previous = work
        plant.link(previous, pack)
    unpack = station("Unpack", "Separator")
    plant.link(pack, plant.add("Queue", "Packed"), unpack, plant.add("Sink", "K1"))
    plant.link(unpack, plant.add("Sink", "K2"))
    return plant


@pytest.mark.parametrize("seed", range(30))
def test_random_works_agree(seed):
    agree(random_works(seed), 100, seed=seed)


def test_too_few_operators_are_told_by_the_reference():
    plant = Plant()
    station = crewed(plant, "Press", team(plant, 1), NumProcessOperators=2)
    plant.link(source(plant), station, plant.add("Sink"))

    with pytest.raises(SimulationError, match="asks for 2 operators"):
        run(plant, "compiled")


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        (
            {"UseTransport": 1, "TransportRef": "current.centerObjects[1]", "TransportPreempt": 1},
            "TransportPreempt",
        ),
        ({"Triggers.OnDown": "current.a = 1;"}, "OnDown"),
    ],
)
def test_what_is_not_known_is_left_to_the_reference(properties, reason):
    plant = Plant()
    station = plant.add("Processor")
    crew = team(plant, 1)
    plant.centre(station, crew)
    station.properties.update({name: value_of(value) for name, value in properties.items()})
    plant.link(source(plant), station, plant.add("Sink"))

    with pytest.raises(SimulationError, match=f"cannot run this: Processor has {reason}"):
        run(plant, "compiled")
