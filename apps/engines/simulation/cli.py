"""Experiments from the command line.

python -m apps.engines.simulation experiment FILE --set "Mill.ProcessTime=40,50,60" \\
    --replications 10
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from .config import RunConfig
from .errors import SimulationError
from .estimates import Estimate
from .experiment_table import write_experiment
from .experiments import (
    ExperimentResult,
    Options,
    Parameter,
    grid,
    measures_of,
    paired,
    replications_needed,
    require_measure,
    run_experiment,
)
from .ranking import Rank, ranking
from .script import load
from .start import read_start


def experiment(arguments: list[str]) -> int:
    """The exit code: 0, or 1 with what went wrong on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (OSError, SimulationError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulation experiment", description="Compare scenarios of a FlexScript model."
    )
    parser.add_argument("file", type=Path, help="FlexScript source")
    parser.add_argument("--set", action="append", default=[], metavar="OBJECT.PROPERTY=V,V,…")
    parser.add_argument("--list", action="store_true", help="first values together, then second …")
    parser.add_argument("--until", type=float, default=28_800.0, help="end, model units (28800)")
    parser.add_argument("--warmup", type=float, default=0.0)
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--max-seconds", type=float, default=3_600.0)
    parser.add_argument("--measure", default="throughput_per_hour", help="or Mill.utilisation …")
    parser.add_argument("--confidence", type=float, default=0.95)
    parser.add_argument("--half-width", type=float, help="how many replications give ± this?")
    parser.add_argument("--independent", action="store_true", help="no common random numbers")
    parser.add_argument("--start", type=Path, help="items that are there at time 0, as JSON")
    parser.add_argument("--out", type=Path, help="keep every run's measures: FILE.parquet")
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    return parser


def _run(options: argparse.Namespace) -> int:
    model, runner = load(options.file)
    if model is None:
        return 1
    if not 0 < options.confidence < 1:
        raise SimulationError("the confidence must be between 0 and 1, for example 0.95")
    require_measure(options.measure, measures_of(model, ()))  # before the runs, not after them
    parameters = [Parameter.parse(text) for text in options.set]
    result = run_experiment(
        model,
        paired(parameters) if options.list and parameters else grid(parameters),
        RunConfig(
            options.until,
            options.warmup,
            options.replications,
            options.seed,
            trace=False,
            max_seconds=options.max_seconds,
            start=read_start(options.start) if options.start is not None else (),
        ),
        Options(runner, options.workers, not options.independent),
    )
    if options.out is not None:
        write_experiment(result, options.out)
    print(json.dumps(result.to_json(), indent=2) if options.json else _table(result, options))
    return 0


def _table(result: ExperimentResult, options: argparse.Namespace) -> str:
    measure, confidence = options.measure, options.confidence
    pairs = {pair.other: pair for pair in result.comparisons(measure, confidence=confidence)}
    ranks = {rank.scenario: rank for rank in ranking(result, measure, confidence)}
    width = max(38, *(len(found.scenario.label) for found in result.scenarios)) + 2
    lines = [f"{'scenario':{width}}{measure:>26}{'less the first':>26}    rank"]
    for index, found in enumerate(result.scenarios):
        pair = pairs.get(index)
        difference = _shown(pair.difference) if pair else ""
        mark = " * " if pair is not None and pair.significant else "   "
        value = _shown(found.estimate(measure, confidence))
        lines.append(
            f"{found.scenario.label:{width}}{value:>26}{difference:>26}{mark}"
            f"{_rank(ranks.get(index))}"
        )
    lines.append(f"* differs, + may be the best; {confidence:.0%} confidence over all comparisons")
    if options.half_width is not None:
        lines += _needed(result, options)
    warnings = dict.fromkeys(text for found in result.scenarios for text in found.warnings)
    lines += [f"warning: {text}" for text in warnings]
    return "\n".join(lines)


def _rank(rank: Rank | None) -> str:
    if rank is None:
        return " –"
    bounds = f"{rank.best}" if rank.best == rank.worst else f"{rank.best}–{rank.worst}"
    return f" {bounds}{' +' if rank.contender else ''}"


def _needed(result: ExperimentResult, options: argparse.Namespace) -> list[str]:
    lines = []
    for found in result.scenarios:
        pilot = [value for value in found.values[options.measure] if value is not None]
        count = replications_needed(options.half_width, options.confidence, pilot=pilot)
        lines.append(f"{found.scenario.label}: {count} replications for ± {options.half_width:g}")
    return lines


def _shown(value: Estimate | None) -> str:
    if value is None:
        return "–"
    spread = f" ± {value.half_width:.3g}" if value.half_width is not None else ""
    return f"{value.mean:.6g}{spread}"
