"""Drives the compiled kernel in budgets of steps: progress, limits, cancelling."""

from __future__ import annotations

from ..config import RunConfig
from ..kernel.simulation import Simulation
from ..trace import MAX_ROWS
from . import rooms
from .cache import prune
from .layout import ROWS_A_MOVE, Plant, Status
from .lower import Lowered
from .native import code, compile_all, kernel
from .program import NotLowered

BUDGET = 100_000  # steps at a time
LONG = 100_000  # steps after which user code becomes machine code, which takes 0.05 s


def run(lowered: Lowered, config: RunConfig, replication: int) -> None:
    """Run a replication as `Simulation.run` would; figures end up in `lowered.sim`.

    Raises NotLowered on what only the reference kernel can tell.
    """
    sim = lowered.sim
    sim.elsewhere, sim.began = True, 0.0
    plant = lowered.plant(config.seed, replication, tracing=sim.trace is not None)
    plant.system["steps"] = BUDGET
    rooms.ready(plant, lowered)
    _speed_up(plant, lowered)
    if sim.trace is not None:
        rooms.trace_room(plant, ROWS_A_MOVE)
    if lowered.start:
        _begin(plant)
    if config.warmup > 0:
        _run_to(plant, lowered, config.warmup, strictly=True)
        rooms.reset_statistics(plant, config.warmup)
        sim.began = config.warmup
        plant.system["events"] += 1  # the reset is an event of the reference's calendar
    _run_to(plant, lowered, config.until, strictly=False)
    rooms.raise_to(sim, plant, lowered)
    if replication == 0:  # the only one whose output is shown
        for line in lowered.programs.said(plant["said"][: int(plant.system["said"][0])]):
            sim.print(line)
    if sim.trace is not None:
        rooms.close_trace(plant, sim.trace)
    system = plant.system[0]
    lowered.steps += BUDGET - int(system["steps"])
    sim.clock.finish(config.until, events=int(system["events"]), idle=not system["heap"])


def _begin(plant: Plant) -> None:
    """Only begin: what is there then has not come in."""
    plant.system["steps"] = 0
    kernel(plant.extent)(plant.system, 0.0, True)
    plant.system["steps"] = BUDGET
    rooms.reset_statistics(plant, 0.0)


def _run_to(plant: Plant, lowered: Lowered, until: float, *, strictly: bool) -> None:
    clock, system = lowered.sim.clock, plant.system
    run_kernel = kernel(plant.extent)
    while True:
        status = run_kernel(system, until, strictly)
        if status == Status.DONE:
            return
        if status == Status.CODE:
            raise NotLowered("the run met something that only the reference kernel can tell")
        if status == Status.ITEMS:
            rooms.grow(plant, lowered)
        elif status == Status.TRACE:
            _take_trace(plant, lowered.sim)
        else:
            clock.now = float(system["now"][0])
            clock.poll(BUDGET)
            lowered.steps += BUDGET
            system["steps"] = BUDGET
            _speed_up(plant, lowered)


def _speed_up(plant: Plant, lowered: Lowered) -> None:
    """Put machine code in the place of programs that have run long enough, or that is there."""
    if lowered.code is not None or not lowered.setting.starts:
        return
    kernel(plant.extent)
    made = code(lowered.setting, plant.extent, compile_it=lowered.steps >= LONG)
    if made is not None:
        lowered.code, steps = made, plant["code"]
        for start, address in made.addresses.items():
            steps["a"][start] = address


def _take_trace(plant: Plant, sim: Simulation) -> None:
    """Make room in the trace; one that has become too long ends here, as in the reference."""
    trace = sim.trace
    if trace is None:
        return
    rooms.hand_over_trace(plant, trace)
    rooms.trace_room(plant, ROWS_A_MOVE)
    if trace.rows() > MAX_ROWS:
        now = float(plant.system["now"][0])
        rooms.close_trace(plant, trace)
        trace.truncated = True
        trace.close(now)
        sim.trace, plant.system["tracing"] = None, False
        sim.warn(f"The trace ends at time {now:g}: it had become too long.")


def warm() -> None:
    """Compile the kernels of all extents, or load them from their cache: seconds the first time."""
    prune()
    compile_all()
