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
from .estimates import Estimate
from .script import load


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
    parser.add_argument("--trace", type=Path, help="write the first replication's trace as CSV")
    parser.add_argument("--compile", action="store_true", help="compile the kernel ahead of use")
    return parser


def _run(options: argparse.Namespace) -> int:
    model, runner = load(options.file)
    if model is None:
        return 1
    config = RunConfig(
        until=options.until,
        warmup=options.warmup,
        replications=options.replications,
        seed=options.seed,
        trace=options.trace is not None,
        kernel=options.kernel,
    )
    result = simulate(model, config, runner=runner())
    if options.trace is not None and result.trace is not None:
        with options.trace.open("w", encoding="utf-8", newline="") as file:
            result.trace.write_csv(file)
    print(json.dumps(result.to_json(), indent=2) if options.json else _table(result))
    return 0


def _table(result: RunResult) -> str:
    lines = [f"{name:22}{_shown(value)}" for name, value in result.kpis.items()]
    lines.append("")
    lines.append(f"{'object':22}{'in':>9}{'out':>9}{'content':>10}{'stay':>10}{'busy':>8}")
    lines += [_row(found) for found in result.objects]
    lines += ["", result.bottleneck.reason, *result.warnings]
    lines += [f"printed: {line}" for line in result.output]
    return "\n".join(lines)


def _row(found: ObjectResult) -> str:
    return (
        f"{found.name[:21]:22}{found['input'].mean:9.1f}{found['output'].mean:9.1f}"
        f"{found['content'].mean:10.2f}{found['staytime'].mean:10.2f}"
        f"{found['utilisation'].mean:8.1%}"
    )


def _shown(value: Estimate) -> str:
    spread = f" ± {value.half_width:.3g}" if value.half_width is not None else ""
    return f"{value.mean:.6g}{spread}"


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
