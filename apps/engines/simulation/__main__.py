"""Run a FlexScript model from the command line.

python -m apps.engines.simulation FILE --until 28800 --replications 10
python -m apps.engines.simulation experiment FILE --set "Mill.ProcessTime=40,50,60"
python -m apps.engines.simulation --compile
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import ObjectResult, RunConfig, RunResult, SimulationError, simulate
from .batches import BatchMeans, run_batches
from .estimates import Estimate
from .exports import format_of, write_trace
from .script import load
from .start import read_start

STATES = 3  # shown of each object


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0, or 1 with what went wrong on standard error."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["experiment"]:
        from .cli import experiment

        return experiment(given[1:])
    options = _parser().parse_args(given)
    if options.compile:
        from .compiled.engine import warm

        warm()
    if options.file is None:
        return 0 if options.compile else _complain("give a file to run")
    try:
        return _run(options)
    except (OSError, SimulationError) as error:
        return _complain(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulation", description="Run a FlexScript model.")
    parser.add_argument("file", nargs="?", type=Path, help="FlexScript source")
    parser.add_argument("--until", type=float, default=28_800.0, help="end, model units (28800)")
    parser.add_argument("--warmup", type=float, default=0.0)
    parser.add_argument("--replications", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kernel", choices=("auto", "reference", "compiled"), default="auto")
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument("--trace", type=Path, help="first replication: .csv, .parquet or .xes")
    parser.add_argument("--start", type=Path, help="items that are there at time 0, as JSON")
    parser.add_argument("--batches", type=int, help="intervals of one long run by batch means")
    parser.add_argument("--compile", action="store_true", help="compile the kernel ahead of use")
    return parser


def _run(options: argparse.Namespace) -> int:
    model, runner = load(options.file)
    if model is None:
        return 1
    if options.trace is not None:
        format_of(options.trace)  # refuses before the run, not after it
    config = RunConfig(
        until=options.until,
        warmup=options.warmup,
        replications=options.replications,
        seed=options.seed,
        trace=options.trace is not None or options.batches is not None,
        kernel=options.kernel,
        start=read_start(options.start) if options.start is not None else (),
    )
    result = simulate(model, config, runner=runner())
    if options.trace is not None and result.trace is not None:
        write_trace(result.trace, options.trace)
    print(json.dumps(result.to_json(), indent=2) if options.json else _table(result))
    if options.batches is not None and not options.json and result.trace is not None:
        print(_batches(run_batches(result.trace, config, result.sinks, options.batches)))
    return 0


def _batches(found: dict[str, BatchMeans]) -> str:
    lines = ["", "batch means of the first replication"]
    for name, means in found.items():
        doubt = "" if means.independent else "  (batches too short: they are not independent)"
        lines.append(f"{name:22}{_shown(means.estimate)}, r = {means.correlation:.2f}{doubt}")
    return "\n".join(lines)


def _table(result: RunResult) -> str:
    """What code printed, key figures, a row for each object, what stands out."""
    lines = [f"printed: {line}" for line in result.output]
    lines += [f"{name:22}{_shown(value)}" for name, value in result.kpis.items()]
    lines.append("")
    lines.append(f"{'object':22}{'in':>9}{'out':>9}{'content':>10}{'stay':>10}{'busy':>8}  mostly")
    lines += [_row(found) for found in result.objects]
    lines += ["", result.bottleneck.reason, *(f"warning: {text}" for text in result.warnings)]
    return "\n".join(lines)


def _row(found: ObjectResult) -> str:
    stay = f"{found['staytime'].mean:.2f}" if found["staytime"].n else "–"
    return (
        f"{found.name[:21]:22}{found['input'].mean:9.1f}{found['output'].mean:9.1f}"
        f"{found['content'].mean:10.2f}{stay:>10}{found['utilisation'].mean:8.1%}"
        f"  {_mostly(found)}"
    )


def _mostly(found: ObjectResult) -> str:
    """The states in which an object was for the most time."""
    shares = sorted(((share.mean, name) for name, share in found.states.items()), reverse=True)
    return ", ".join(f"{name} {share:.0%}" for share, name in shares[:STATES] if share >= 0.005)


def _shown(value: Estimate) -> str:
    if not value.n:
        return "–"  # nothing was seen
    spread = f" ± {value.half_width:.3g}" if value.half_width is not None else ""
    return f"{value.mean:.6g}{spread}"


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
