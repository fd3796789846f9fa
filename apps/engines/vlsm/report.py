"""Reports of an evaluation: a table to read, and a folder that the product's page shows.

The folder holds `report.json` (figures and how they were made) and `cases.jsonl` (one line for
each of the first cases: prompt, truth, answer, scores), and the sketches beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .evaluation import Outcome

SHOWN = 240
"""Cases that a folder holds, of however many there were."""
COLUMNS = ("svr", "pmr", "esr", "exact", "behaviour", "bleu4")


def summary(report: dict[str, Any]) -> str:
    """The figures as a Markdown table: all cases, then each group."""
    columns = [name for name in COLUMNS if name in report]
    head = ["cases", "n", *columns, "s, p50 / p95"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines.append(_line("all", report, columns))
    for name, groups in report.items():
        if name.startswith("by_"):
            about = name.removeprefix("by_")
            lines += [_line(f"{about}: {key}", figures, columns) for key, figures in groups.items()]
    return "\n".join(lines)


def _line(name: str, figures: dict[str, Any], columns: Sequence[str]) -> str:
    cells = [name, str(figures["n"]), *(_cell(figures.get(column)) for column in columns)]
    seconds = figures.get("seconds")
    cells.append(f"{seconds['p50']} / {seconds['p95']}" if seconds else "–")
    return "| " + " | ".join(cells) + " |"


def _cell(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "–"
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f}–{high:.3f})"


def keep(
    folder: Path, report: dict[str, Any], outcomes: Iterable[Any], options: dict[str, Any]
) -> None:
    """Write the report and the first cases to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        "seed": options["seed"],
        "split": options["split"],
        "kind": "turns" if options["turns"] else "drafts",
    }
    (folder / "report.json").write_text(json.dumps({"made": made, **report}, indent=2))
    if options["turns"]:
        return
    with (folder / "cases.jsonl").open("w", encoding="utf-8") as file:
        for outcome in islice(outcomes, SHOWN):
            file.write(json.dumps(_case(folder, outcome), ensure_ascii=False) + "\n")


def _case(folder: Path, outcome: Outcome) -> dict[str, Any]:
    from ..factories.layouts import layout_of
    from ..flexscript import print_model
    from .truth import truth_model

    case = outcome.case
    sketch = f"{case.number:05d}.webp" if case.sketch is not None else ""
    if case.sketch is not None:
        small = case.sketch.convert("RGB")
        small.thumbnail((900, 900))
        small.save(folder / sketch, quality=70)
    return {
        "number": case.number,
        "source": case.source,
        "category": case.factory.category,
        "layout": layout_of(case.factory),
        "prompt": case.prompt,
        "sketch": sketch,
        "truth": print_model(truth_model(case.factory)),
        "answer": outcome.answer,
        "error": outcome.error,
        "svr": round(outcome.scores.svr, 4),
        "pmr": outcome.scores.pmr,
        "exact": outcome.exact,
        "executed": outcome.executed,
        "behaves": outcome.behaves,
        "seconds": round(outcome.seconds, 2),
    }
