"""Random text against the parser and random programs against the interpreter.

    python benchmarks/fuzz_flexscript.py [--count 1000000] [--seconds 300] [--seed 1]

The inputs in equal parts: token soup, damaged programs, programs that parse, and
single calls with values of every kind. All are parsed; what parses is analysed and formatted; the
last two kinds are executed within small limits.
A crash is an exception that comes out, a finding of kind "internal", or a formatter that breaks a
promise; a hang is an input that takes longer than ten seconds. Each is printed with its number,
and `--only NUMBER` tries that one again. Ends with 1 where there was any.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from time import monotonic
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from apps.engines.flexscript import Limits, execute, format_source, parse
from apps.engines.flexscript.analysis import analyse
from apps.engines.flexscript.commands import COMMANDS, QUIET
from apps.engines.flexscript.methods import MATH
from apps.engines.flexscript.pieces import comments_of
from apps.engines.flexscript.settings import DISTRIBUTIONS
from apps.engines.flexscript.signatures import CLASS_METHODS, METHODS
from apps.engines.flexscript.tree import same_tree
from benchmarks.flexscript_programs import Programs, damaged, soup

LIMITS = Limits(steps=2_000, depth=30, seconds=1.0, objects=100, connections=200)
COMMAND_NAMES = sorted({*COMMANDS, *DISTRIBUTIONS, *QUIET})
METHOD_NAMES = sorted(
    {
        *MATH,
        *(name for known in (METHODS, CLASS_METHODS) for names in known.values() for name in names),
    }
)
HANG = 10  # seconds
MOST_REPORTS = 20


class Hang(Exception):
    """Raised by the alarm."""


def main() -> int:
    options = _arguments()
    signal.signal(signal.SIGALRM, _alarm)
    started, tally, slowest = monotonic(), Counter[str](), (0.0, 0)
    numbers = [options.only] if options.only is not None else range(options.count)
    for number in numbers:
        before = monotonic()
        if before - started > options.seconds:
            break
        tally["inputs"] += 1
        problem = attempt(options.seed, number, tally)
        slowest = max(slowest, (monotonic() - before, number))
        if problem:
            tally["problems"] += 1
            if tally["problems"] <= MOST_REPORTS:
                print(f"input {number}: {problem}\n", file=sys.stderr)
    report = {**tally, "seconds": round(monotonic() - started, 1), "slowest_s": slowest[0]}
    print(json.dumps(report, indent=2))
    return int(tally["problems"] > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=1_000_000, help="inputs at most")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one input of that seed")
    return parser.parse_args()


def _alarm(_signal: int, _frame: FrameType | None) -> None:
    raise Hang


def source_of(seed: int, number: int) -> tuple[str, str]:
    """The kind and the text of an input."""
    random = Random(f"{seed}/{number}")
    kind = ("soup", "damaged", "program", "call")[number % 4]
    if kind == "soup":
        return kind, soup(random)
    if kind == "program":
        return kind, Programs(random).runnable()
    if kind == "call":
        return kind, Programs(random).single_call(COMMAND_NAMES, METHOD_NAMES)
    program = Programs(random).source()
    return kind, damaged(random, program)


def attempt(seed: int, number: int, tally: Counter[str]) -> str | None:
    """Try one input; what went wrong, or None."""
    kind, source = source_of(seed, number)
    tally[kind] += 1
    signal.alarm(HANG)
    try:
        problem = _parsed(source, tally)
        if problem is None and kind in ("program", "call"):
            problem = _run(source, tally)
    except Hang:
        tally["hangs"] += 1
        problem = f"took longer than {HANG} s"
    except Exception:  # noqa: BLE001 - every exception is a finding here
        tally["crashes"] += 1
        problem = traceback.format_exc(limit=-4)
    finally:
        signal.alarm(0)
    return f"{problem}\n{source!r}" if problem else None


def _parsed(source: str, tally: Counter[str]) -> str | None:
    found = parse(source)
    if found.tree is None:
        tally["syntax errors"] += 1
        return None if found.diagnostics else "no tree and no finding"
    tally["parsed"] += 1
    analyse(found.tree)
    tidy = format_source(source)
    again = parse(tidy)
    if again.tree is None or not same_tree(found.tree, again.tree):
        tally["crashes"] += 1
        return f"the formatter changed the tree: {tidy!r}"
    if comments_of(tidy) != comments_of(source) or format_source(tidy) != tidy:
        tally["crashes"] += 1
        return f"the formatter lost a comment or is not stable: {tidy!r}"
    return None


def _run(source: str, tally: Counter[str]) -> str | None:
    result = execute(source, limits=LIMITS)
    errors = [item for item in result.diagnostics if item.severity == "error"]
    tally["executed to the end" if result.model is not None else "stopped by an error"] += 1
    if result.model is None and not errors:
        return "no model and no error"
    if any(item.code == "internal" for item in errors):
        tally["crashes"] += 1
        return f"internal: {errors[-1].message} at {errors[-1].span}"
    return None


if __name__ == "__main__":
    sys.exit(main())
