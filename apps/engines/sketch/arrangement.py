"""From a plan's positions to pixels: columns folded into rows, turned, mirrored, shaken."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from .pen import Point

Placed = tuple[str, str, float, float]
"""Class, name, x, y with y up, in any unit."""
Cell = tuple[float, float]
"""Column and row, y down."""


@dataclass(frozen=True)
class Arrangement:
    """Pixel centres of the objects, size of the page and the distance between neighbours."""

    centres: list[Point]
    width: int
    height: int
    cell: float


def arrange(
    objects: Sequence[Placed],
    rng: Random,
    headed: bool,
    links: Sequence[tuple[int, int]] = (),
    crew: Collection[int] = (),
) -> Arrangement:
    """Places on the page. Only drawings with arrow heads may run against the reading direction.

    The `crew` (indices of resources) stands beside the others, near what they are linked to.
    """
    cells = _all_cells(objects, rng, links, crew)
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


def _all_cells(
    objects: Sequence[Placed],
    rng: Random,
    links: Sequence[tuple[int, int]],
    crew: Collection[int],
) -> list[Cell]:
    stations = [index for index in range(len(objects)) if index not in crew]
    cells = dict(zip(stations, _cells([objects[i] for i in stations], rng), strict=True))
    linked: dict[int, list[int]] = {member: [] for member in sorted(crew)}
    for source, target in links:
        if target in linked:
            linked[target].append(source)
    spots = _spots(list(cells.values()), rng)
    while linked:
        # A dispatcher is placed before those that it sends.
        ready = [m for m, by in linked.items() if all(i in cells for i in by)]
        member = ready[0] if ready else next(iter(linked))
        cells[member] = _beside([cells[i] for i in linked.pop(member) if i in cells], cells, spots)
    left, top = (min(cell[axis] for cell in cells.values()) for axis in (0, 1))
    low = (min(left, 0.0), min(top, 0.0))
    return [(cells[i][0] - low[0], cells[i][1] - low[1]) for i in range(len(objects))]


def _spots(stations: Sequence[Cell], rng: Random) -> list[Cell]:
    """Where resources may stand: in rows below, in rows above, or wherever there is room."""
    right = max((x for x, _ in stations), default=0.0)
    bottom = max((y for _, y in stations), default=0.0)
    xs = [0.5 * k for k in range(-1, 2 * int(right) + 4)]
    rows = {
        "below": [bottom + 1, bottom + 2],
        "above": [-1.0, -2.0],
        "anywhere": [k * 0.5 for k in range(-2, 2 * int(bottom) + 4)],
    }
    return [(x, y) for y in rows[rng.choice(["below", "above", "anywhere"])] for x in xs]


def _beside(near: Sequence[Cell], taken: dict[int, Cell], spots: Sequence[Cell]) -> Cell:
    """The free spot with the shortest ways to the cells that it is linked to."""
    free = [
        (x, y)
        for x, y in spots
        if all(abs(x - a) > 0.9 or abs(y - b) > 0.9 for a, b in taken.values())
    ]
    if not free:
        return (max(x for x, _ in taken.values()) + 1, max(y for _, y in taken.values()) + 1)
    return min(free, key=lambda spot: (sum(math.dist(spot, cell) for cell in near), spot))


def _cells(objects: Sequence[Placed], rng: Random) -> list[Cell]:
    """Column and row of each object; long lines are folded, sometimes as a snake."""
    xs = sorted({round(x, 2) for _, _, x, _ in objects})
    ys = sorted({round(y, 2) for _, _, _, y in objects}, reverse=True)
    rows = math.ceil(len(xs) / rng.choice([5, 6, 7, 8]))
    per_row = math.ceil(len(xs) / rows)
    snake = rng.random() < 0.5
    tight = 1.0 if len(ys) < 6 else 0.85
    cells: list[Cell] = []
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
