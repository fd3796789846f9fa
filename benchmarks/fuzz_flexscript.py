"""Random text against the parser, random programs against the runtime and its kernels.

    python benchmarks/fuzz_flexscript.py parser  --count 1000000 [--seed 1] [--start 0]
    python benchmarks/fuzz_flexscript.py runtime --count 100000  [--seed 1] [--start 0]
    python benchmarks/fuzz_flexscript.py code    --count 10000   [--seed 1] [--start 0]
    python benchmarks/fuzz_flexscript.py plain   --count 10000   [--seed 1] [--start 0]

An input is named by its seed and number: a run goes on with `--start`, and `--only NUMBER` tries
one again. Findings are exceptions that come out, findings of kind "internal", a formatter that
breaks a promise, a program that reaches for files, imports, sockets or processes (an audit hook
listens), code that means something else in another way of running it (`fuzz_code`), an input
that takes longer than `--hang` seconds, and a worker that dies. Ends with 1 where there was any.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from apps.engines.flexscript import Limits, code_runner, execute, format_source, parse
from apps.engines.flexscript.analysis import analyse
from apps.engines.flexscript.commands import COMMANDS, QUIET
from apps.engines.flexscript.diagnostics import Diagnostic
from apps.engines.flexscript.methods import MATH
from apps.engines.flexscript.parser import ParseResult
from apps.engines.flexscript.pieces import comments_of
from apps.engines.flexscript.settings import DISTRIBUTIONS
from apps.engines.flexscript.signatures import CLASS_METHODS, METHODS
from apps.engines.flexscript.tree import same_tree
from apps.engines.simulation import CodeRunner, RunConfig, SimulationError, simulate
from apps.engines.simulation.model import CodeValue
from benchmarks import flexscript_mutations as mutations
from benchmarks.flexscript_programs import Programs, damaged, soup
from benchmarks.fuzz_code import code_attempt, plain_attempt
from benchmarks.fuzz_watch import Guard, Watch

LIMITS = Limits(steps=2_000, depth=30, seconds=5.0, objects=100, connections=200)
RUN = RunConfig(until=21.0, trace=False, kernel="reference")
COMMAND_NAMES = sorted({*COMMANDS, *DISTRIBUTIONS, *QUIET})
METHOD_NAMES = sorted(
    {
        *MATH,
        *(name for known in (METHODS, CLASS_METHODS) for names in known.values() for name in names),
    }
)
_FORMATTED = 10  # every so many inputs that parse, the formatter is held to its promises
_PLANT = (
    'Object s = Object.create("Source"); Object q = Object.create("Queue");\n'
    'Object k = Object.create("Sink"); contextdragconnection(s, q, "A");\n'
    'contextdragconnection(q, k, "A"); s.setProperty("InterArrivalTime", 5);\n'
)
_guard: list[Guard] = []


def main() -> int:
    options = _arguments()
    attempt = ATTEMPTS[options.part]
    warm_up()
    if options.only is not None:
        problem = attempt(options.seed, options.only, Counter())
        print(problem or "nothing found")
        return int(problem is not None)
    started = monotonic()
    watch = Watch(attempt, options.seed, options.hang)
    watch.run(options.start, options.start + options.count, options.seconds)
    seconds = monotonic() - started
    report = {
        "part": options.part, "seed": options.seed, "start": options.start, **watch.tally,
        "problems": len(watch.problems), "seconds": round(seconds, 1),
        "per second": round(watch.tally["inputs"] / seconds, 1),
        "slowest": {"cpu_s": round(watch.slowest[0], 3), "input": watch.slowest[1]},
    }  # fmt: skip
    print(json.dumps(report, indent=2))
    return int(bool(watch.problems))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("part", choices=list(ATTEMPTS))
    parser.add_argument("--count", type=int, default=1_000, help="inputs")
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hang", type=float, default=60, help="seconds that no input may take")
    parser.add_argument("--only", type=int, help="one input of that seed")
    return parser.parse_args()


def warm_up() -> None:
    """Load what is imported on first use, so that an import by a program is heard as one."""
    for name in ("_strptime", "numpy.random"):
        import_module(name)
    for number in range(300):
        runtime_attempt(0, number, Counter())


def parser_source(seed: int, number: int) -> tuple[str, str]:
    """The kind and the text of an input for the parser."""
    random, place = Random(f"{seed}/{number}"), number % 100
    if place == 0:
        return "absurd", mutations.absurd(random)
    if place < 25:
        return "soup", soup(random, 15)
    if place < 55:
        return "bytes", mutations.damaged_bytes(random)
    if place < 85:
        return "tokens", mutations.damaged_tokens(random)
    if place < 95:
        return "damaged program", damaged(random, Programs(random).source(1))
    return "program", Programs(random).source(1)


def runtime_source(seed: int, number: int) -> tuple[str, str]:
    """The kind and the text of a program."""
    random = Random(f"{seed}/{number}")
    kind = ("program", "call", "program", "call", "trigger")[number % 5]
    if kind == "call":
        return kind, Programs(random).single_call(COMMAND_NAMES, METHOD_NAMES)
    if kind == "program":
        return kind, Programs(random).runnable()
    return kind, Programs(random).source(2)


def parser_attempt(seed: int, number: int, tally: Counter[str]) -> str | None:
    """Try one input; what went wrong, or None."""
    kind, source = parser_source(seed, number)
    tally["inputs"] += 1
    tally[kind] += 1
    try:
        problem = _parsed(source, tally)
    except Exception:  # noqa: BLE001 - every exception is a finding here
        tally["crashes"] += 1
        problem = traceback.format_exc(limit=-4)
    return f"{problem}\n{source!r}" if problem else None


def _parsed(source: str, tally: Counter[str]) -> str | None:
    found = parse(source)
    if found.tree is None:
        tally["syntax errors"] += 1
        return _explained(found, source, tally)
    tally["parsed"] += 1
    if found.diagnostics:
        return "a tree and findings"
    return _laid_out(found, source) if tally["parsed"] % _FORMATTED == 1 else None


def _explained(found: ParseResult, source: str, tally: Counter[str]) -> str | None:
    """Errors have words and places, and what is left of the tree can be analysed."""
    if not found.diagnostics:
        return "no tree and no finding"
    lines = source.split("\n")
    if not all(_inside(item, lines) for item in found.diagnostics):
        return f"a finding outside of the source: {found.diagnostics}"
    if found.rest is not None and tally["syntax errors"] % _FORMATTED == 1:
        analyse(found.rest, found.unsure)
    return None


def _inside(item: Diagnostic, lines: list[str]) -> bool:
    line, column = item.span[:2]
    known = 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1
    return known and bool(item.message)


def _laid_out(found: ParseResult, source: str) -> str | None:
    """What the formatter promises."""
    assert found.tree is not None
    analyse(found.tree)
    tidy = format_source(source)
    again = parse(tidy)
    if again.tree is None or not same_tree(found.tree, again.tree):
        return f"the formatter changed the tree: {tidy!r}"
    if comments_of(tidy) != comments_of(source) or format_source(tidy) != tidy:
        return f"the formatter lost a comment or is not stable: {tidy!r}"
    return None


def runtime_attempt(seed: int, number: int, tally: Counter[str]) -> str | None:
    """Run one program; what went wrong, or None."""
    if not _guard:
        _guard.append(Guard())
    kind, source = runtime_source(seed, number)
    tally["inputs"] += 1
    tally[kind] += 1
    guard = _guard[0]
    guard.heard.clear()
    try:
        problem = _trigger(source, tally) if kind == "trigger" else _run(source, tally)
    except Exception:  # noqa: BLE001 - every exception is a finding here
        tally["crashes"] += 1
        problem = traceback.format_exc(limit=-4)
    if guard.heard:
        tally["escapes"] += 1
        problem = f"reached for {', '.join(sorted(set(guard.heard)))}"
    return f"{problem}\n{source!r}" if problem else None


def _run(source: str, tally: Counter[str]) -> str | None:
    """A script that builds a model."""
    with _guard[0]:
        result = execute(source, limits=LIMITS)
    errors = [item for item in result.diagnostics if item.severity == "error"]
    tally["executed to the end" if result.model is not None else "stopped by an error"] += 1
    if (result.model is None) != bool(errors):
        return "a model and errors, or neither"
    if any(item.code == "internal" for item in errors):
        tally["crashes"] += 1
        return f"internal: {errors[-1].message} at {errors[-1].span}"
    return None


class Guarded:
    """A code runner whose code is listened to."""

    def __init__(self, runner: CodeRunner, guard: Guard) -> None:
        self.runner, self.guard = runner, guard

    def compile(self, text: str, world: Any) -> Callable[..., Any]:
        with self.guard:
            code = self.runner.compile(text, world)

        def run(*given: Any) -> Any:
            with self.guard:
                return code(*given)

        return run


def _trigger(source: str, tally: Counter[str]) -> str | None:
    """Code that every item runs on its way through a small model."""
    model = execute(_PLANT).model
    assert model is not None
    queue = next(item for item in model if item.class_name == "Queue")
    queue.properties["Triggers.OnEntry"] = CodeValue(f"Variant a, b, c, x1;\n{source}")
    try:
        simulate(model, RUN, runner=Guarded(code_runner(LIMITS), _guard[0]))
    except SimulationError as error:
        tally["stopped by an error"] += 1
        return "a refusal without words" if not str(error) else None
    tally["executed to the end"] += 1
    return None


ATTEMPTS = {
    "parser": parser_attempt, "runtime": runtime_attempt, "code": code_attempt,
    "plain": plain_attempt,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
