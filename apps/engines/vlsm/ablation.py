"""The ablation grid: the same held-out cases with parts of the pipeline taken away.

A configuration is a JSON file:

    {"limit": 120, "seed": 2026,
     "rows": [{"name": "mini", "sources": ["text"]},
              {"name": "mini, free decoding", "sources": ["text"], "constrained": false}]}

`weights` names a folder of other weights; everything else defaults to the shipped model.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .evaluation import SOURCES, Outcome, evaluate
from .loader import mini_generator

COLUMNS = ("svr", "pmr", "esr", "bleu4", "exact", "behaviour")
DEFAULT = Path(__file__).parent / "ablation.json"


@dataclass(frozen=True)
class Row:
    """One line of the grid."""

    name: str
    sources: tuple[str, ...] = SOURCES
    constrained: bool = True
    repaired: bool = True
    weights: str = ""


def read_grid(path: Path) -> tuple[int, int, list[Row]]:
    """Limit, seed and rows of a configuration; ValueError says what is wrong with it."""
    try:
        grid = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            Row(**{**row, "sources": tuple(row.get("sources", SOURCES))}) for row in grid["rows"]
        ]
        limit, seed = int(grid.get("limit", 120)), int(grid.get("seed", 2026))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no ablation grid: {error!r}") from error
    for row in rows:
        unknown = set(row.sources) - set(SOURCES)
        if unknown or not row.sources:
            raise ValueError(
                f"{path}, row “{row.name}”: sources are {', '.join(SOURCES)}, "
                f"not {', '.join(sorted(unknown)) or 'none'}."
            )
    return limit, seed, rows


def run_grid(path: Path, progress: Callable[[str, Outcome], None]) -> list[dict[str, Any]]:
    """One report a row, in the order of the configuration."""
    limit, seed, rows = read_grid(path)
    reports = []
    for row in rows:
        weights = Path(row.weights) if row.weights else None
        generator = mini_generator(weights, constrained=row.constrained, repaired=row.repaired)
        report = evaluate(
            generator,
            limit,
            seed,
            progress=lambda outcome, name=row.name: progress(name, outcome),  # type: ignore[misc]
            sources=row.sources,
        )
        reports.append({"name": row.name, "sources": list(row.sources), **report})
    return reports


def table(reports: list[dict[str, Any]]) -> str:
    """The grid as a Markdown table."""
    lines = [
        "| model | connections told in | n | " + " | ".join(COLUMNS) + " |",
        "|---" * (len(COLUMNS) + 3) + "|",
    ]
    for report in reports:
        cells = [_cell(report.get(name)) for name in COLUMNS]
        told = ", ".join(report["sources"])
        lines.append(f"| {report['name']} | {told} | {report['n']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "–"
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f}–{high:.3f})"
