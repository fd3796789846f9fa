"""Run a model: replications, limits, progress, results."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from .bottleneck import bottleneck_of
from .code import CodeRunner
from .compiled.cache import is_loaded, is_warm
from .compiled.extent import Extent, extent_of
from .compiled.program import NotLowered
from .config import RunConfig
from .errors import SimulationCancelled, SimulationError
from .kernel.build import build
from .kernel.clock import Clock
from .kernel.simulation import Simulation
from .model import Model
from .observe import Observation, observe
from .results import Objects, RunResult, kpis_of
from .start import Start, put_items
from .streams import Streams
from .structure import check_structure
from .trace import MAX_ROWS, Trace

if TYPE_CHECKING:
    from .compiled.lower import Lowered

Progress = Callable[[float], None]
ShouldStop = Callable[[], bool]

# Events in the reference kernel that outweigh calling the compiled one …
CALLING = 2_000  # … when it is in memory,
LOADING = 15_000  # … when it must be loaded (0.1 s),
COMPILING = 1_000_000  # … and when it must be compiled, once after installation (10 to 20 s),
COMPILING_LINES = 400_000  # … or only the smallest variant of it (5 s)
MAX_NAMED = 5  # objects in one warning
STILL = "Nothing was left to happen before the run's end"
log = logging.getLogger(__name__)


def simulate(
    model: Model,
    config: RunConfig,
    *,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    runner: CodeRunner | None = None,
) -> RunResult:
    """Run all replications of a model.

    `progress` gets the share done, `should_stop` is asked every few thousand events.
    `runner` runs code in properties and triggers. Raises SimulationError on what cannot
    run and SimulationCancelled when asked to stop.
    """
    config.check()
    warnings = dict.fromkeys(check_structure(model, [items.object for items in config.start]))
    session = _Session(model, config, progress, should_stop, runner)
    started = process_time()
    observations = [session.replicate(number, warnings) for number in range(config.replications)]
    objects = Objects(model, observations)
    return RunResult(
        config=config,
        replications=config.replications,
        events=session.events,
        seconds=process_time() - started,
        kpis=kpis_of(observations),
        objects=objects,
        bottleneck=bottleneck_of(model, objects.seen),
        warnings=tuple(warnings),
        output=session.output,
        trace=session.trace,
    )


def replicate(
    model: Model,
    config: RunConfig,
    numbers: Sequence[int],
    *,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    runner: CodeRunner | None = None,
) -> tuple[list[Observation], tuple[str, ...]]:
    """Some replications of a model by their numbers: what they showed, and warnings.

    The same number and seed give the same streams, in whichever call or process. `progress` gets
    the share of `config.replications` that lies before the present moment.
    """
    config.check()
    warnings = dict.fromkeys(check_structure(model, [items.object for items in config.start]))
    session = _Session(model, config, progress, should_stop, runner)
    observations = [session.replicate(number, warnings) for number in numbers]
    return observations, tuple(warnings)


class _Switch(Exception):
    """The run is long enough for the compiled kernel."""


class _Session:
    """What the replications of one call share."""

    def __init__(
        self,
        model: Model,
        config: RunConfig,
        progress: Progress | None,
        should_stop: ShouldStop | None,
        runner: CodeRunner | None,
    ) -> None:
        self.model, self.config, self.runner = model, config, runner
        self.progress, self.should_stop = progress, should_stop
        self.deadline = perf_counter() + config.max_seconds
        self.events = 0
        self.trace: Trace | None = None
        self.output: tuple[str, ...] = ()
        self._told = 0.0
        self._done = 0  # replications
        self._lowered: Lowered | str | None = None  # for the compiled kernel, or why not
        self._may_compile = config.kernel != "reference"

    @cached_property
    def _worthwhile(self) -> int:
        """Events from which on the compiled kernel saves time."""
        extent = extent_of(self.model)
        if is_loaded(extent):
            return CALLING
        if is_warm(extent):
            return LOADING
        return COMPILING_LINES if extent == Extent.LINES else COMPILING

    def replicate(self, number: int, warnings: dict[str, None]) -> Observation:
        """Run one replication; the first one is traced."""
        if self.should_stop is not None and self.should_stop():
            raise SimulationCancelled
        traced = self.config.trace and number == 0
        if self._prefers_compiled():
            sim = self._run_compiled(number, traced=traced)
        else:
            try:
                sim = self._run(number, traced=traced)
            except _Switch:
                sim = self._run_compiled(number, traced=traced)
        self.events += sim.clock.events
        self._done += 1
        if number == 0:
            self.output = tuple(sim.output)
        warnings.update(dict.fromkeys(sorted(sim.warnings)))
        seen = observe(sim)
        if sim.clock.idle() and not any(text.startswith(STILL) for text in warnings):
            warnings.setdefault(_stillness(sim, seen))
        self._tell((number + 1) / self.config.replications)
        return seen

    def _prepare(self, number: int) -> Simulation:
        sim = Simulation(self.model, self._clock(), Streams(self.config.seed, number))
        build(self.model, sim, self.runner)
        return sim

    def _clock(self) -> Clock:
        clock = Clock(self.config.max_events - self.events, self.deadline)
        clock.should_stop = self.should_stop
        return clock

    def _run(self, number: int, *, traced: bool, compiled: Lowered | None = None) -> Simulation:
        if compiled is not None:
            sim = compiled.sim
            sim.clock, sim.trace = self._clock(), None
        else:
            sim = self._prepare(number)
        sim.clock.on_poll = lambda now: self._poll(sim, number, now)
        if traced:
            names = [node.name for node in sim.nodes]
            sim.trace = self.trace = Trace(names, [node.state for node in sim.nodes])
        if compiled is not None:
            from .compiled import engine

            engine.run(compiled, self.config, number)
        else:
            put_items(sim, self.config.start)
            sim.run(self.config.until, self.config.warmup)
        if sim.trace is not None:
            sim.trace.close(sim.clock.now)
        return sim

    def _run_compiled(self, number: int, *, traced: bool) -> Simulation:
        """By the compiled kernel; where user code is beyond it, by the reference after all."""
        if isinstance(self._lowered, str | None):
            return self._run(number, traced=traced)
        try:
            return self._run(number, traced=traced, compiled=self._lowered)
        except NotLowered as reason:
            self._may_compile, self._lowered = False, str(reason)
            return self._run(number, traced=traced)

    # Choosing the kernel

    def _prefers_compiled(self) -> bool:
        if self.config.kernel == "compiled" and self._may_compile:
            return self._can_compile(insist=True)
        left = self.config.replications - self._done
        expected = self.events / self._done * left if self._done else 0
        return expected > self._worthwhile and self._can_compile()

    def _can_compile(self, *, insist: bool = False) -> bool:
        """Whether the compiled kernel runs this model; asked once."""
        if not self._may_compile:
            return False
        if self._lowered is None:
            self._lowered = _lowered(self._prepare(0), self.config.start)
            self._load_kernel()
        if insist and isinstance(self._lowered, str):
            raise SimulationError(f"the compiled kernel cannot run this: {self._lowered}")
        return not isinstance(self._lowered, str)

    def _load_kernel(self) -> None:
        """Load or compile the kernel now: that is no part of the time that a run may take."""
        if not isinstance(self._lowered, str | None):
            from .compiled.native import kernel

            began = perf_counter()
            kernel(self._lowered.extent)
            self.deadline += perf_counter() - began

    # Reporting

    def _poll(self, sim: Simulation, number: int, now: float) -> bool:
        """Report progress; True asks the clock to stop."""
        self._tell((number + now / self.config.until) / self.config.replications)
        if sim.trace is not None and not sim.elsewhere and sim.trace.rows() > MAX_ROWS:
            sim.trace.truncated = True
            sim.trace.close(now)
            sim.trace = None
            sim.warn(f"The trace ends at time {now:g}: it had become too long.")
        stop = self.should_stop is not None and self.should_stop()
        if not stop and self._is_long(sim):
            raise _Switch
        return stop

    def _is_long(self, sim: Simulation) -> bool:
        """Whether the reference kernel should give way: a long run, still far from its end."""
        return (
            sim.clock.events > self._worthwhile
            and sim.clock.now < self.config.until / 2
            and not sim.elsewhere
            and self._can_compile()
        )

    def _tell(self, share: float) -> None:
        self._told = max(self._told, min(1.0, share))
        if self.progress is not None:
            self.progress(self._told)


def _stillness(sim: Simulation, seen: Observation) -> str:
    """That the run ended early, and where items stand."""
    holders = [sim.nodes[place].name for place in seen.counts["content"].nonzero()[0]]
    if not holders:
        return f"{STILL}."
    named = ", ".join(holders[:MAX_NAMED]) + (", …" if len(holders) > MAX_NAMED else "")
    return f"{STILL}, though items are left in {named}."


def _lowered(sim: Simulation, start: Start) -> Lowered | str:
    """The model for the compiled kernel, or why it cannot be used; imports numba only then."""
    from .compiled.lower import Lowered

    try:
        lowered = Lowered(sim, start)
        from .compiled import engine  # noqa: F401
    except NotLowered as reason:
        return str(reason)
    except (ImportError, RuntimeError) as error:  # no numba, or nowhere to keep its cache
        log.warning("The compiled kernel is not available: %s", error)
        return "it is not available here"
    return lowered
