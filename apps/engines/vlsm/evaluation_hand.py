"""Evaluation on prompts and sketches that no generator made: a folder of cases, one by one.

A case is NAME.txt (prompt) and NAME.fs (the script it means), with NAME.png where a sketch is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..simulation.model import Model
from .api import GenerationError, GenerationRequest, Generator
from .evaluation import compare_runs
from .metrics import Scores, compare, differences

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class HandCase:
    """One request and what it means."""

    name: str
    prompt: str
    sketch: Image | None
    truth: Model


@dataclass(frozen=True)
class HandOutcome:
    """How one request was answered; `wrong` says in words what differs."""

    case: HandCase
    scores: Scores
    executed: bool
    seconds: float
    wrong: tuple[str, ...]


def hand_cases(folder: Path) -> Iterator[HandCase]:
    """The cases of a folder by name. Raises ValueError where a truth does not run."""
    from PIL import Image

    from ..flexscript import execute

    for path in sorted(folder.glob("*.txt")):
        built = execute(path.with_suffix(".fs").read_text(encoding="utf-8"))
        if built.model is None:
            raise ValueError(f"{path.with_suffix('.fs')} builds no model.")
        drawn = path.with_suffix(".png")
        sketch = Image.open(drawn).convert("RGB") if drawn.exists() else None
        yield HandCase(path.stem, path.read_text(encoding="utf-8").strip(), sketch, built.model)


def run_hand_case(generator: Generator, case: HandCase) -> HandOutcome:
    """Generate, execute, compare, simulate."""
    from ..flexscript import execute

    began = time.perf_counter()
    try:
        result = generator.generate(GenerationRequest(case.prompt, case.sketch))
    except GenerationError as error:
        return HandOutcome(case, compare(case.truth, None), False, 0.0, (str(error),))
    seconds = time.perf_counter() - began
    built = execute(result.source)
    failed = any(item.severity == "error" for item in built.diagnostics)
    answer = None if failed else built.model
    runs, _ = compare_runs(answer, case.truth)
    wrong = tuple(differences(case.truth, answer)) if answer else ("The script does not run.",)
    return HandOutcome(case, compare(case.truth, answer), runs, seconds, wrong)


def evaluate_hand(generator: Generator, folder: Path) -> list[HandOutcome]:
    return [run_hand_case(generator, case) for case in hand_cases(folder)]


def hand_table(outcomes: list[HandOutcome]) -> str:
    """All cases as a Markdown table, the sums below."""
    lines = [
        "| case | sketch | SVR | PMR | runs | exact | what is wrong |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_line(outcome) for outcome in outcomes]
    n = max(1, len(outcomes))
    exact = sum(outcome.scores.exact for outcome in outcomes)
    svr = sum(outcome.scores.svr for outcome in outcomes) / n
    pmr = sum(outcome.scores.pmr or 0.0 for outcome in outcomes) / n
    runs = sum(outcome.executed for outcome in outcomes)
    lines.append(f"| **all {len(outcomes)}** | | {svr:.3f} | {pmr:.3f} | {runs} | {exact} | |")
    return "\n".join(lines)


def _line(outcome: HandOutcome) -> str:
    cells: list[Any] = [
        outcome.case.name,
        "yes" if outcome.case.sketch else "",
        f"{outcome.scores.svr:.2f}",
        f"{outcome.scores.pmr or 0.0:.2f}",
        "yes" if outcome.executed else "no",
        "yes" if outcome.scores.exact else "",
        "; ".join(outcome.wrong).replace("|", "\\|"),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
