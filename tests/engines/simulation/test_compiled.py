"""The compiled kernel gives the reference's numbers, bit for bit."""

import subprocess
import sys
from itertools import pairwise
from random import Random
from statistics import NormalDist

import numpy as np
import pytest
from numba import njit

from apps.engines.simulation import SimulationCancelled, SimulationError, run, simulate
from apps.engines.simulation.compiled import native
from apps.engines.simulation.compiled.extent import Extent, extent_of
from apps.engines.simulation.config import RunConfig
from apps.engines.simulation.kernel import clock
from apps.engines.simulation.streams import Stream

from .plant import Plant, law, value_of

LAWS = [
    law("exponential", 0, 7), law("uniform", 2, 9), law("triangular", 1, 12, 3),
    law("normal", 5, 3), law("weibull", 1, 4, 1.5), law("lognormal", 0, 1.2, 0.6),
    law("lognormal2", 1, 3, 0.5), law("logistic", 6, 1), law("laplace", 6, 1),
    law("loglogistic", 0, 4, 3), law("duniform", 2, 8), law("bernoulli", 30, 2, 9), 6, 2.5,
]  # fmt: skip


def figures(plant, kernel, **config):
    settings = {"until": 3000.0, "warmup": 137.0, "replications": 2, "trace": False} | config
    data = plant_result(plant, kernel, settings).to_json()
    del data["seconds"], data["config"]
    return data


def plant_result(plant, kernel, settings):
    return simulate(plant.model, RunConfig(kernel=kernel, **settings))


def random_plant(seed):
    """Layers of queues and processors with skips, merges, splits and loops back."""
    rng, plant = Random(seed), Plant()
    layers = [[random_source(plant, rng, f"S{n}") for n in range(rng.randint(1, 3))]]
    for depth in range(rng.randint(1, 5)):
        layer = [random_station(plant, rng, f"{depth}.{n}") for n in range(rng.randint(1, 3))]
        layers.append(layer)
    layers.append([plant.add("Sink", f"K{n}") for n in range(rng.randint(1, 2))])
    for upper, lower in pairwise(layers):
        for obj in upper:
            plant.link(obj, rng.choice(lower))
        for obj in lower:
            if not obj.in_ports or rng.random() < 0.4:
                plant.link(rng.choice(upper), obj)
    middle = [obj for layer in layers[1:-1] for obj in layer if obj.class_name == "Processor"]
    if len(middle) > 1 and rng.random() < 0.4:
        plant.link(middle[-1], middle[0])
    for obj in plant.model:
        random_route(rng, obj)
    return plant


def random_source(plant, rng, name):
    zero = rng.randint(0, 1)
    return plant.add("Source", name, InterArrivalTime=rng.choice(LAWS), TimeZeroArrival=zero)


def random_station(plant, rng, name):
    if rng.random() < 0.4:
        return plant.add("Queue", name, MaxContent=rng.choice([1, 3, 1000]), LIFO=rng.randint(0, 1))
    return plant.add("Processor", name, ProcessTime=rng.choice(LAWS),
                     SetupTime=rng.choice([0, 0, 2, law("uniform", 0, 3)]),
                     MaxContent=rng.choice([1, 1, 2, 5]))  # fmt: skip


def random_route(rng, obj):
    from .plant import value_of

    ports = len(obj.out_ports)
    if ports > 1 and rng.random() < 0.5:
        choices = [law("duniform", 1, ports), law("bernoulli", 40, 1, 2), 1, ports]
        obj.properties["SendToPort"] = value_of(rng.choice(choices))


@pytest.mark.parametrize("seed", range(60))
def test_random_models_agree(seed):
    plant = random_plant(seed)

    compiled = figures(plant, "compiled", seed=seed)

    assert compiled == figures(plant, "reference", seed=seed)
    assert compiled["events"] > 20


@pytest.mark.parametrize("given", LAWS)
def test_every_law_agrees(given):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=given)
    plant.link(source, plant.add("Queue"), plant.add("Processor", ProcessTime=given),
               plant.add("Sink"))  # fmt: skip

    assert figures(plant, "compiled") == figures(plant, "reference")


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_traces_agree_row_by_row(seed):
    settings = {"until": 2000.0, "warmup": 137.0, "seed": seed}
    plant = random_plant(seed)
    compiled = plant_result(plant, "compiled", settings).trace
    reference = plant_result(plant, "reference", settings).trace

    assert compiled.items == reference.items
    assert compiled.states == reference.states
    assert compiled.content == reference.content
    assert compiled.wip == reference.wip
    assert compiled.throughput == reference.throughput


def test_the_item_pool_grows():
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=1)
    plant.link(source, plant.add("Queue", MaxContent=1e9),
               plant.add("Processor", ProcessTime=3), plant.add("Sink"))  # fmt: skip

    compiled = figures(plant, "compiled", until=20_000.0)

    assert compiled == figures(plant, "reference", until=20_000.0)
    assert compiled["kpis"]["wip"]["max"] > 4096


def line_plant():
    plant = Plant()
    source = plant.add("Source", "In", InterArrivalTime=law("exponential", 0, 10))
    queue = plant.add("Queue", "Buffer", MaxContent=5)
    mill = plant.add("Processor", "Mill", ProcessTime=law("exponential", 0, 8))
    plant.link(source, queue, mill, plant.add("Sink", "Out"))
    return plant


@pytest.mark.parametrize(
    ("name", "given", "extent"),
    [
        ("Mill", {}, Extent.LINES),
        ("Mill", {"UseProcessOperators": 0, "SetupTime": 0}, Extent.LINES),
        ("Mill", {"SetupTime": 3}, Extent.PLAIN),
        ("Buffer", {"Triggers.OnEntry": "item.seen = 1;"}, Extent.PLAIN),
        ("Mill", {"ProcessTime": "7"}, Extent.LINES),
        ("Buffer", {"DoBatching": 1}, Extent.MORE),
        ("Belt", {}, Extent.BELTS),
        ("Belt", {"Acceleration": 1}, Extent.ALL),
        ("Eye", {}, Extent.ALL),
    ],
)
def test_a_model_gets_the_narrowest_kernel_that_runs_it(name, given, extent):
    plant = line_plant()
    if name == "Belt":
        plant.add("StraightConveyor", "Belt", Acceleration=0)
    elif name == "Eye":
        plant.add("PhotoEye", "Eye")
    for key, value in given.items():
        plant.model.find(name).properties[key] = value_of(value)
    assert extent_of(plant.model) == extent


def test_a_line_runs_alike_in_the_kernel_of_lines_and_in_the_plain_one(monkeypatch):
    narrow = figures(line_plant(), "compiled")
    monkeypatch.setattr(native, "variants_for", lambda _: (Extent.PLAIN,))
    assert figures(line_plant(), "compiled") == narrow == figures(line_plant(), "reference")


def test_simultaneous_events_keep_their_order():
    plant = Plant()
    sink = plant.add("Sink")
    queue = plant.add("Queue", MaxContent=2)
    for number in range(4):
        source = plant.add("Source", f"S{number}", InterArrivalTime=2, TimeZeroArrival=1)
        plant.link(source, queue)
    for number in range(3):
        plant.link(queue, plant.add("Processor", f"P{number}", ProcessTime=2 + number), sink)

    assert figures(plant, "compiled") == figures(plant, "reference")


def test_auto_switches_in_mid_run_and_gives_the_same_numbers(monkeypatch):
    monkeypatch.setattr("apps.engines.simulation.run.CALLING", 5000)
    plant, until, told = random_plant(5), 20_000.0, []

    auto = simulate(plant.model, RunConfig(until), progress=told.append)
    reference = plant_result(plant, "reference", {"until": until})

    assert auto.events == reference.events > 10_000
    assert auto.kpis == reference.kpis
    assert auto.trace.items == reference.trace.items
    assert told == sorted(told)


def test_a_kernel_on_disk_is_loaded_without_numba():
    native.kernel(Extent.PLAIN)
    code = (
        "import sys; from apps.engines.simulation.compiled import engine, native; "
        "native.kernel(native.Extent.PLAIN); "
        "print([m for m in ('scipy', 'numba') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_kernel_that_cannot_be_kept_runs_all_the_same(monkeypatch, tmp_path):
    machine_code = native._kept(Extent.PLAIN) or native._compiled(Extent.PLAIN)
    (tmp_path / "file").touch()
    monkeypatch.setattr(native, "FOLDER", tmp_path / "file" / "folder")
    monkeypatch.setattr("apps.engines.simulation.compiled.kernel.machine_code",
                        lambda _extent: machine_code)  # fmt: skip
    monkeypatch.setattr(native, "_kernels", {})
    plant = random_plant(3)

    assert figures(plant, "compiled") == figures(plant, "reference")


def test_the_compilation_of_the_kernel_is_no_part_of_the_time_limit(monkeypatch):
    moments = [0.0]
    monkeypatch.setattr(run, "perf_counter", lambda: moments[0])
    monkeypatch.setattr(clock, "perf_counter", lambda: moments[0])
    load = native.kernel

    def slow_kernel(extent):
        if not moments[0]:
            moments[0] = 60.0  # as where it must be compiled first
        return load(extent)

    monkeypatch.setattr(native, "kernel", slow_kernel)
    config = RunConfig(300_000.0, kernel="compiled", trace=False, max_seconds=5.0)
    assert simulate(line_plant().model, config).events > 50_000
    assert moments[0] == 60.0


def test_what_the_compiled_kernel_cannot_run_is_said():
    plant = Plant()
    buffer = plant.add("Queue", "Buffer", UseTransport=1, TransportPreempt=1)
    plant.centre(buffer, plant.add("Transporter"))
    plant.link(plant.arrivals(1), buffer, plant.add("Sink"))

    with pytest.raises(SimulationError, match="cannot run this: Buffer has TransportPreempt"):
        plant.run(10, kernel="compiled", trace=False)


def test_a_zero_time_loop_ends_with_an_error():
    plant = Plant()
    first = plant.add("Processor", "First", ProcessTime=0)
    second = plant.add("Processor", "Second", ProcessTime=0)
    plant.link(plant.add("Source", InterArrivalTime=1), first, second, first)

    with pytest.raises(SimulationError, match="time stands still at 1"):
        plant.run(10, kernel="compiled", trace=False)


def test_the_compiled_kernel_can_be_cancelled():
    plant = Plant()
    plant.link(plant.add("Source", InterArrivalTime=0.001), plant.add("Sink"))
    asked = []

    def should_stop():
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(SimulationCancelled):
        simulate(plant.model, RunConfig(1e7, kernel="compiled", trace=False),
                 should_stop=should_stop)  # fmt: skip


def test_philox_and_the_normal_quantile_give_the_references_bits():
    from apps.engines.simulation.compiled import layout, variates

    draw = njit(lambda streams: variates.random(streams[0]))
    quantile = njit(lambda p: variates.normal_quantile(p))  # noqa: PLW0108 - a helper has no Python side
    stream = np.zeros(1, layout.stream_type)
    stream["key"] = [[7, (3 << 32) | 101]]
    stream["used"] = layout.BATCH
    reference = Stream(7, 3, 101)
    ours = [draw(stream) for _ in range(1000)]
    probabilities = [1e-300, 1e-12, 0.01, 0.075, 0.3, 0.5, 0.7, 0.925, 0.999, 1 - 2**-53]

    assert ours == [reference.random() for _ in range(1000)]
    assert [quantile(p) for p in probabilities] == [NormalDist().inv_cdf(p) for p in probabilities]
