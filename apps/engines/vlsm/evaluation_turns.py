"""Evaluation of refinement turns: an earlier script and a request, on held-out layouts.

A turn is exact when the model tree of the answer equals the tree that the request means: the
earlier model with the turn's own edits applied.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from typing import Any

from ..factories.factory import factories
from ..simulation.model import Model
from .actions import EDITS, VOCABULARY
from .api import GenerationError, GenerationRequest, Generator
from .editing import apply_edits
from .examples import Example, turn_example
from .metrics import compare, wilson
from .truth import truth_model


@dataclass(frozen=True)
class TurnCase:
    """One request: the earlier script, what is asked, and the kinds of edit it takes."""

    number: int
    prompt: str
    base: str
    wanted: Model
    edits: frozenset[str]
    held_out: bool = False
    """Whether its phrasings, too, never occur in training."""


@dataclass(frozen=True)
class TurnOutcome:
    """The answer to one request."""

    case: TurnCase
    answer: str
    exact: bool
    seconds: float


def turn_cases(
    limit: int, seed: int = 2026, split: str = "test", held_out: bool | None = None
) -> Iterator[TurnCase]:
    """`limit` reproducible requests about factories of a split; `held_out`: in phrasings that
    training never sees (None: every other one)."""
    rng = Random(seed)
    number = 0
    for factory in factories(seed, split):
        novel = number % 2 == 1 if held_out is None else held_out
        example = turn_example(factory, rng, novel)
        if example is None:
            continue
        yield _case(number, example, novel)
        number += 1
        if number == limit:
            return


def _case(number: int, example: Example, held_out: bool) -> TurnCase:
    from ..flexscript import print_model

    assert example.base is not None
    wanted = truth_model(example.base)
    base = print_model(wanted)
    list(apply_edits(wanted, example.inputs, example.pieces))
    tokens = {VOCABULARY[piece.index] for piece in example.pieces if piece.kind == "token"}
    edits = frozenset(tokens & _KINDS)
    return TurnCase(number, example.inputs.prompt, base, wanted, edits, held_out)


_KINDS = {"NEW", *EDITS}


def run_turn(generator: Generator, case: TurnCase) -> TurnOutcome:
    """Refine, execute, compare."""
    from ..flexscript import execute

    began = time.perf_counter()
    try:
        answer = generator.generate(GenerationRequest(case.prompt, base_source=case.base)).source
    except GenerationError:
        return TurnOutcome(case, "", False, time.perf_counter() - began)
    seconds = time.perf_counter() - began
    return TurnOutcome(case, answer, compare(case.wanted, execute(answer).model).exact, seconds)


def evaluate_turns(
    generator: Generator,
    limit: int,
    seed: int = 2026,
    split: str = "test",
    progress: Callable[[TurnOutcome], None] | None = None,
    held_out: bool | None = None,
) -> dict[str, Any]:
    """Exact share with its 95 % interval, in total, by kind of edit and by phrasing, and seconds
    per turn; for `held_out` see `turn_cases`."""
    outcomes: list[TurnOutcome] = []
    for case in turn_cases(limit, seed, split, held_out):
        outcomes.append(run_turn(generator, case))
        if progress:
            progress(outcomes[-1])
    report = turn_figures(outcomes)
    report["by_edit"] = {
        kind: turn_figures([o for o in outcomes if kind in o.case.edits]) for kind in sorted(_KINDS)
    }
    report["by_phrasing"] = {
        name: turn_figures([o for o in outcomes if o.case.held_out == novel])
        for name, novel in (("known", False), ("held out", True))
    }
    return report


def turn_figures(outcomes: list[TurnOutcome]) -> dict[str, Any]:
    """n, exact with interval, p50 and p95 of seconds."""
    n = len(outcomes)
    if n < 2:
        return {"n": n}
    exact = sum(o.exact for o in outcomes)
    low, high = wilson(exact, n)
    cuts = quantiles([o.seconds for o in outcomes], n=20)
    return {
        "n": n,
        "exact": {"value": round(exact / n, 4), "interval": [round(low, 4), round(high, 4)]},
        "seconds": {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2)},
    }
