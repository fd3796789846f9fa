"""Items that are there at time 0, in the compiled kernel: the reference's trace, row by row."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engines.simulation import SimulationError
from apps.engines.simulation.start import parse_start

from .agreement import agree, run
from .plant import Plant, law, value_of
from .test_compiled_transport import FAILS, fleet, line, source, transported


def test_a_line_begins_with_items():
    plant = Plant()
    line(plant)
    start = {
        "In": [{"count": 7, "age": 30}, {"count": 2}],
        "First": [{"remaining": 4.25, "age": 3}],
        "Between": [{"count": 3, "age": 1.5}],
        "Second": [{}],
    }

    agree(plant, 900, start=parse_start(start))


def test_items_begin_with_their_labels_and_names():
    plant = Plant()
    arrivals = source(plant, 12)
    arrivals.properties["Triggers.OnCreation"] = value_of("item.Type = 1;")
    queue = plant.add("Queue")
    queue.properties["Triggers.OnEntry"] = value_of("item.Type = 9;")  # not of those at the start
    work = 'return item.name == "Tray" ? 9 : item.Type;'
    plant.link(arrivals, queue, plant.add("Processor", ProcessTime=work), plant.add("Sink"))
    rows = [{"count": 3, "name": "Tray"}, {"count": 4, "labels": {"Type": 5}}]

    agree(plant, 300, start=parse_start({"Queue": rows}))


def test_machines_of_all_kinds_are_at_work():
    plant = Plant()
    crew = fleet(plant, 2, class_name="Operator")
    multi = plant.add("MultiProcessor", Processes=[("A", 3), ("B", "uniform(1, 4)", 2)])
    plant.centre(multi, crew)
    wide = plant.add("Processor", "Wide", MaxContent=4, ProcessTime=law("uniform", 3, 9),
                     SetupTime=2, UseProcessOperators=1, MTBFMTTRs=FAILS)  # fmt: skip
    plant.centre(wide, crew)
    rack = plant.add("Rack", MinimumDwellTime=law("uniform", 5, 40))
    batch = plant.add("Queue", "Batch", DoBatching=1, BatchSize=4, MaxBatchTime=15)
    plant.link(source(plant, 6), rack, wide, batch, multi, plant.add("Sink"))
    transported(plant, crew, rack)
    start = {
        "Wide": [{"count": 2, "remaining": 3.0}, {"count": 1}],
        "Rack": [{"count": 5, "age": 12}],
        "Batch": [{"count": 6}],
        "MultiProcessor": [{"remaining": 2.0}],
    }

    agree(plant, 900, start=parse_start(start))


def test_more_items_than_there_was_room_for():
    plant = Plant()
    line(plant)

    agree(plant, 900, start=parse_start({"In": [{"count": 900}]}), warmup=0.0)


@settings(max_examples=30, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.integers(0, 2**32))
def test_random_starts_agree(seed):
    rng, plant = Random(seed), Plant()
    objects = line(plant, SetupTime=rng.choice([0, 2]), MaxContent=rng.choice([1, 3]))
    if rng.random() < 0.5:
        transported(plant, fleet(plant, 2), *objects[1:4])
    start = {
        "In": [{"count": rng.randint(1, 9), "age": rng.uniform(0, 90)} for _ in range(2)],
        "First": [{"remaining": rng.choice([0, rng.uniform(0, 9)])}],
        "Second": [{} if rng.random() < 0.5 else {"remaining": 2, "age": 5}],
    }

    agree(plant, 1, seed=seed, start=parse_start(start), warmup=rng.choice([0.0, 113.0]))


@pytest.mark.parametrize("kernel", ["compiled", "reference"])
def test_what_does_not_fit_in_is_told(kernel):
    plant = Plant()
    line(plant)
    start = parse_start({"Between": [{"count": 2}, {"count": 2}]})

    with pytest.raises(SimulationError, match="do not fit in at the start"):
        run(plant, kernel, start=start)
