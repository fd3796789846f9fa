"""From a plan's positions to pixels: columns folded into rows, turned, mirrored, shaken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .pen import Point

Placed = tuple[str, str, float, float]
"""Class, name, x, y with y up, in any unit."""


@dataclass(frozen=True)
class Arrangement:
    """Pixel centres of the objects, size of the page and the distance between neighbours."""

    centres: list[Point]
    width: int
    height: int
    cell: float


def arrange(objects: Sequence[Placed], rng: Random, headed: bool) -> Arrangement:
    """Places on the page. Only drawings with arrow heads may run against the reading direction."""
    cells = _cells(objects, rng)
    columns = 1 + max(x for x, _ in cells)
    rows = 1 + max(y for _, y in cells)
    if columns <= 7 and rng.random() < 0.13:
        cells, columns, rows = [(y, x) for x, y in cells], rows, columns
    if headed and rng.random() < 0.1:
        cells = [(columns - 1 - x, y) for x, y in cells]
    longest = max(len(name) for _, name, _, _ in objects)
    cell_x = max(rng.uniform(135, 190), min(190.0, 60 + 9.0 * longest) + rng.uniform(0, 30))
    cell_y = rng.uniform(115, 165)
    loose = rng.choice([0.03, 0.09, 0.09, 0.2]) * cell_y
    centres = [
        (
            cell_x * (x + 0.6) + rng.uniform(-loose, loose),
            cell_y * (y + 0.6) + rng.uniform(-loose, loose),
        )
        for x, y in cells
    ]
    width = max(x for x, _ in centres) + cell_x * rng.uniform(0.55, 0.9)
    height = max(y for _, y in centres) + cell_y * rng.uniform(0.6, 1.0)
    return _on_page(centres, width, height, min(cell_x, cell_y), rng)


def _cells(objects: Sequence[Placed], rng: Random) -> list[tuple[float, float]]:
    """Column and row of each object; long lines are folded, sometimes as a snake."""
    xs = sorted({round(x, 2) for _, _, x, _ in objects})
    ys = sorted({round(y, 2) for _, _, _, y in objects}, reverse=True)
    rows = math.ceil(len(xs) / rng.choice([5, 6, 7, 8]))
    per_row = math.ceil(len(xs) / rows)
    snake = rng.random() < 0.5
    tight = 1.0 if len(ys) < 6 else 0.85
    cells: list[tuple[float, float]] = []
    for _, _, x, y in objects:
        row, column = divmod(xs.index(round(x, 2)), per_row)
        if snake and row % 2:
            column = per_row - 1 - column
        cells.append((float(column), ys.index(round(y, 2)) * tight + row * len(ys)))
    return cells


def _on_page(
    centres: list[Point], width: float, height: float, cell: float, rng: Random
) -> Arrangement:
    """Small drawings somewhere on a page, now and then with much free paper."""
    roomy = rng.uniform(1.05, 1.5) if rng.random() < 0.25 else 1.0
    page = (max(480.0, width * roomy), max(340.0, height * roomy))
    shift = (rng.uniform(0, page[0] - width), rng.uniform(0, page[1] - height))
    moved = [(x + shift[0], y + shift[1]) for x, y in centres]
    return Arrangement(moved, int(page[0]), int(page[1]), cell)
