"""The simulation engine beside SimPy, salabim, Ciw, cimba and C++: the same models, in turn.

    python benchmarks/simulation.py [--rounds 3] [--quick] [--markdown] [--json FILE]

CPU time of the best of several interleaved rounds, everything from the model to the result but
the compilation of kernels; memory is the peak of a process that does this case alone. SimPy's
twins draw from our streams and must give the same items and times in system; the others have
random numbers of their own and must come near. `--markdown` writes docs/benchmarks.md.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf, isclose
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.bottleneck import bottleneck_of
from apps.engines.simulation.kernel.build import build
from apps.engines.simulation.kernel.clock import Clock
from apps.engines.simulation.kernel.simulation import Simulation
from apps.engines.simulation.observe import Observation, observe
from apps.engines.simulation.results import Objects, kpis_of
from apps.engines.simulation.streams import Streams
from apps.engines.simulation.structure import check_structure
from apps.engines.simulation.trace import Trace
from benchmarks.cimba_models import cimba_model
from benchmarks.cpp_line import COMPILER, cpp_line, program
from benchmarks.lines import Line, ciw_line, salabim_line
from benchmarks.shop import Shop
from benchmarks.ways import BELTS, GUIDED, NETWORK, Ways
from benchmarks.works import Works
from benchmarks.yard import Yard

ROOT = Path(__file__).parents[1]
Case = Line | Shop | Works | Yard | Ways


@dataclass(frozen=True)
class Outcome:
    """Items out and mean time in system (over replications), CPU seconds, events of ours."""

    items: float
    stay: float
    seconds: float
    events: int = 0


def ours(case: Case, kernel: str) -> Outcome:
    """All replications in one call."""
    started = process_time()
    config = _config(case, kernel)
    result = simulate(case.model, config, runner=_runner(case))
    seconds = process_time() - started
    items, stay = (result.kpis[name].mean for name in ("items_out", "time_in_system"))
    return Outcome(items, stay, seconds, result.events)


def ours_traced(case: Case) -> Outcome:
    """As `ours`, with a trace of every replication: `simulate` traces the first one."""
    from apps.engines.simulation.compiled import engine
    from apps.engines.simulation.compiled.lower import Lowered

    started, config = process_time(), _config(case, "compiled")
    check_structure(case.model)
    sim = Simulation(case.model, Clock(config.max_events, inf), Streams(config.seed, 0))
    build(case.model, sim, _runner(case))
    lowered, names, events = Lowered(sim), [node.name for node in sim.nodes], 0
    states = [node.state for node in sim.nodes]
    seen: list[Observation] = []
    for number in range(case.replications):
        sim.clock, sim.trace = Clock(config.max_events, inf), Trace(names, states)
        engine.run(lowered, config, number)
        sim.trace.close(config.until)
        seen.append(observe(sim))
        events += sim.clock.events
    kpis = kpis_of(seen)
    bottleneck_of(case.model, Objects(case.model, seen).seen)
    seconds = process_time() - started
    return Outcome(kpis["items_out"].mean, kpis["time_in_system"].mean, seconds, events)


def ours_interpreted(case: Case) -> Outcome:
    """User code by the kernel's own machine: none of it becomes machine code."""
    compiled = "apps.engines.simulation.compiled"
    with patch(f"{compiled}.engine.LONG", sys.maxsize), patch(f"{compiled}.native._codes", {}):
        return ours(case, "compiled")


def _config(case: Case, kernel: str) -> RunConfig:
    return RunConfig(case.until, replications=case.replications, trace=False, kernel=kernel,  # type: ignore[arg-type]
                     max_events=10**9)  # fmt: skip


def _runner(case: Case) -> Any:
    return code_runner() if isinstance(case, Shop) else None


def simpy_run(case: Case) -> Outcome:
    assert not isinstance(case, Ways)
    started, items, stays = process_time(), 0.0, 0.0
    for replication in range(case.replications):
        twin = case.twin(replication)
        twin.env.run(until=case.until)
        items += twin.items
        stays += twin.total / max(1, twin.items)
    seconds = process_time() - started
    return Outcome(items / case.replications, stays / case.replications, seconds)


def cimba_run(case: Case) -> Outcome:
    import cimba

    started = process_time()
    result = _cimba(cimba, case, case.until)
    seconds = process_time() - started
    items, stay = (getattr(result, name).values.mean() for name in ("items", "stay"))
    return Outcome(float(items), float(stay), seconds)


_compiled: dict[str, Any] = {}


def prepare(cases: Sequence[Case]) -> None:
    """Compile what is compiled; cimba first: after others numba does not find its methods."""
    import cimba

    for case in cases:
        if "cimba" in engines(case) and not isinstance(case, Shop | Yard | Ways):
            _compiled[case.name] = cimba_model(case)
            _cimba(cimba, case, 1.0)
    warm()
    if COMPILER:
        program()


def warm() -> None:
    from apps.engines.simulation.compiled import engine

    engine.warm()


def _cimba(cimba: Any, case: Case, until: float) -> Any:
    model, window = _compiled[case.name], cimba.Window(warmup=0, duration=until)
    experiment = cimba.Experiment(model, replications=case.replications, window=window, seed=1)
    return experiment.run(workers=1)[model]


def timed(run: Callable[[Line], tuple[float, float]]) -> Callable[[Case], Outcome]:
    def timed_run(case: Case) -> Outcome:
        assert isinstance(case, Line)
        started = process_time()
        items, stay = run(case)
        return Outcome(items, stay, process_time() - started)

    return timed_run


def cpp_run(case: Case) -> Outcome:
    assert isinstance(case, Line)
    return Outcome(*cpp_line(case))


Engine = Callable[[Case], Outcome]
ENGINES: dict[str, Engine] = {
    "SimPy": simpy_run,
    "salabim": timed(salabim_line),
    "Ciw": timed(ciw_line),
    "cimba": cimba_run,
    "C++ loop": cpp_run,
    "ours, reference": lambda case: ours(case, "reference"),
    "ours": lambda case: ours(case, "compiled"),
    "ours, code interpreted": ours_interpreted,
    "ours, traced": ours_traced,
}
SLOW = ("salabim", "Ciw", "ours, reference")  # one round is enough
CASES: tuple[Case, ...] = (
    Line("M/M/1, ρ = 0.9, 10⁵ customers", 1, 1e6, 9.0),
    Line("M/M/1, ρ = 0.9, 10⁶ customers", 1, 1e7, 9.0, others=False),
    Line("10 stations, buffers of 20, blocking, 20,000 items", 10, 2e5, 8.5, 20),
    Works("workshop, two operators, 8 h, 30 replications"),
    Shop("workshop with user code (routing, times, triggers)", 200_000.0),
    Shop("the same with texts, tables, arrays, functions", 200_000.0, rich=True),
    Yard("two transporters serve two machines", 1e6),
    Ways("three AGVs on a loop of 60 m", GUIDED, 1e6),
    Ways("four transporters on eight network nodes", NETWORK, 1e6),
    Ways("three belts with stations, gradual speeds", BELTS, 1e5),
    Line("M/M/1, ρ = 0.9, 10⁷ events", 1, 5e7, 9.0, others=False),
    Line("1 station, 10⁵ s", 1, 1e5, 8.0, 20, others=False),
    Line("100 stations", 100, 2e4, 8.0, 20, others=False),
    Line("1,000 stations", 1000, 1e4, 5.0, 20, others=False),
)


def engines(case: Case) -> dict[str, Engine]:
    """Those that run this case."""
    left_out = set() if isinstance(case, Line) and case.others else {"salabim", "Ciw"}
    if not isinstance(case, Line) or not COMPILER:
        left_out |= {"C++ loop"}
    if isinstance(case, Ways):
        left_out |= {"SimPy"}
    if not isinstance(case, Shop):
        left_out |= {"ours, code interpreted"}
    if isinstance(case, Shop | Yard | Ways) or (isinstance(case, Line) and case.stations >= 100):
        left_out |= {"cimba"}  # it compiles a class for each model: so many processes take minutes
    if case.until >= 1e7:
        left_out |= {"ours, reference"}
    if case.until > 1e7:
        left_out |= {"ours, traced"}  # more rows than a trace may have
    return {name: engine for name, engine in ENGINES.items() if name not in left_out}


def measure(case: Case, rounds: int) -> dict[str, Outcome]:
    """The best of each engine over interleaved rounds."""
    best: dict[str, Outcome] = {}
    for number in range(rounds):
        for name, engine in engines(case).items():
            if number and name in SLOW:
                continue
            gc.collect()  # nobody pays for what the engine before has left
            outcome = engine(case)
            if name not in best or outcome.seconds < best[name].seconds:
                best[name] = outcome
    return best


def check(case: Case, outcomes: dict[str, Outcome]) -> None:
    """Stop with an error when the engines disagree."""
    truth = outcomes["ours"]
    for name, outcome in outcomes.items():
        same = name in ("SimPy", "C++ loop") and not isinstance(case, Works)
        exact = same or name.startswith("ours")
        near = isclose(outcome.items, truth.items, rel_tol=1e-12 if exact else 0.03)
        if not near or (exact and not isclose(outcome.stay, truth.stay, rel_tol=1e-9)):
            raise SystemExit(f"{case.name}: {name} disagrees: {outcome} against {truth}")


# Memory


def memory(case: Case, engine: str) -> float | None:
    """Peak resident memory in MB of a process that runs this case by this engine."""
    if engine == "C++ loop":
        return None
    command = [sys.executable, __file__, "--alone", str(CASES.index(case)), engine]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - itself
    return float(done.stdout.split()[-1])


def alone(case: Case, engine: str) -> None:
    ENGINES[engine](case)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    print(int(peak.split()[1]) / 1024)


# Reports


def rows(case: Case, outcomes: dict[str, Outcome], *, quick: bool) -> list[dict[str, Any]]:
    events, base = outcomes["ours"].events, outcomes.get("SimPy")
    return [
        {
            "case": case.name,
            "engine": name,
            "events": events,
            "seconds": outcome.seconds,
            "rate": events / outcome.seconds,
            "ratio": None if base is None else base.seconds / outcome.seconds,
            "memory": None if quick else memory(case, name),
        }
        for name, outcome in outcomes.items()
    ]


HEAD = ("case", "engine", "events", "CPU s", "events/s", "× SimPy", "peak MB")


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    peak = "" if row["memory"] is None else f"{row['memory']:.0f}"
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    return (row["case"], row["engine"], f"{row['events']:,}", f"{row['seconds']:.4f}",
            f"{row['rate']:,.0f}", ratio, peak)  # fmt: skip


def show(row: dict[str, Any]) -> None:
    case, engine, *numbers = cells(row)
    print(f"{case:52}{engine:24}" + "".join(f"{number:>13}" for number in numbers), flush=True)


def markdown(table: list[dict[str, Any]], command: str) -> str:
    lines = [HEAD, ["---"] * len(HEAD), *map(cells, table)]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return TEXT.format(date=datetime.now(UTC).date(), command=command, table=text)


TEXT = """# Benchmarks of the simulation engine

{date}, 2-core x86-64 CPU shared with other work, written by `{command}`.

CPU seconds of the best of several interleaved rounds, from the model to the result, without the
compilation of kernels. Events are those of our calendar; the other engines are given the same
number, so that the ratios are ratios of CPU time for the same model. Memory is the peak of a
process that runs the case alone, interpreter and packages included.

SimPy's twins and the loop in C++ (`benchmarks/line.cpp`, g++ -O3) draw from our streams and give
the same items and times in system; salabim, Ciw and cimba draw their own and must come within 3 %
of the items. So must SimPy's workshop, where the order of what happens at one instant decides
which operator goes where. "ours" is the compiled kernel, "ours, reference" the readable one;
traced, every replication keeps its trace. User code of long runs becomes machine code, that of
short ones is interpreted by the compiled kernel's own machine. Guided vehicles, networks and belts
have no twin in SimPy: our two kernels run them alone, with equal results.

{table}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="leave the memory out")
    parser.add_argument("--markdown", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", nargs=2, metavar=("CASE", "ENGINE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        if options.alone[1] == "cimba":
            prepare([CASES[int(options.alone[0])]])
        elif options.alone[1].startswith("ours"):
            warm()
        alone(CASES[int(options.alone[0])], options.alone[1])
        return
    prepare(CASES)
    print(f"{HEAD[0]:52}{HEAD[1]:24}" + "".join(f"{name:>13}" for name in HEAD[2:]))
    table: list[dict[str, Any]] = []
    for case in CASES:
        outcomes = measure(case, options.rounds)
        check(case, outcomes)
        found = rows(case, outcomes, quick=options.quick)
        table += found
        for row in found:
            show(row)
    if options.json:
        options.json.write_text(json.dumps(table, indent=2), encoding="utf-8")
    if options.markdown:
        command = " ".join(["python", "benchmarks/simulation.py", *sys.argv[1:]])
        text = markdown(table, command)
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
