"""Drives the compiled kernel in budgets of steps: progress, limits, cancelling."""

from __future__ import annotations

from math import inf

from ..config import RunConfig
from ..errors import SimulationError
from ..kernel.build import build
from ..kernel.clock import Clock
from ..kernel.simulation import Simulation
from ..model import Model, ModelObject
from ..streams import Streams
from ..trace import MAX_ROWS
from . import kernel
from .cache import prune
from .layout import Plant, Status
from .lower import grown, lower, raise_to, raise_trace, reset_statistics, rows, with_room
from .program import NotLowered

BUDGET = 200_000


def run(sim: Simulation, config: RunConfig, replication: int) -> None:
    """Run a built simulation to its end as `Simulation.run` would; figures end up in `sim`."""
    sim.elsewhere = True
    plant = lower(sim, config.seed, replication)
    kernel.start(plant)
    if config.warmup > 0:
        plant = _run_to(plant, sim.clock, config.warmup, strictly=True)
        reset_statistics(plant, config.warmup)
        sim.began = config.warmup
        plant.system["events"] += 1  # the reset is an event of the reference's calendar
    plant = _run_to(plant, sim.clock, config.until, strictly=False)
    raise_to(sim, plant)
    if sim.trace is not None:
        raise_trace(sim.trace, plant)
    sim.clock.finish(config.until, events=int(plant.system[0]["events"]), idle=not _busy(plant))


def _busy(plant: Plant) -> bool:
    return bool(plant.system[0]["heap"])


def _run_to(plant: Plant, clock: Clock, until: float, *, strictly: bool) -> Plant:
    while True:
        status = kernel.run(plant, until, strictly, BUDGET)
        if status == Status.DONE:
            return plant
        if status == Status.CODE:
            raise NotLowered("user code met something that only the reference kernel can tell")
        if status == Status.ITEMS:
            plant = grown(plant)
        elif status == Status.TRACE:
            plant = _more_trace(plant)
        else:
            clock.now = float(plant.system[0]["now"])
            clock.poll(BUDGET)


def _more_trace(plant: Plant) -> Plant:
    if rows(plant) > MAX_ROWS:
        raise SimulationError(
            f"the trace is too long at time {plant.system[0]['now']:g}",
            hint="shorten the run, or run without a trace",
        )
    return with_room(plant)


def warm() -> None:
    """Compile the kernel, or load it from its cache: seconds the first time."""
    prune()
    model = Model()
    source = model.add(ModelObject("Source", "Source"))
    model.connect(source, model.add(ModelObject("Sink", "Sink")))
    config = RunConfig(until=1.0)
    sim = Simulation(model, Clock(config.max_events, inf), Streams(config.seed, 0))
    build(model, sim, None)
    run(sim, config, 0)
