"""How a link runs from one object to another: straight, elbowed or curved round what is in the way.

Whoever sketches for others keeps links apart: they may cross, but they share their way only where
they leave one object or reach one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from .paper import Array
from .pen import Point

Rect = tuple[float, float, float, float]
CELL = 4
"""Pixels to a side of the cells in which links are kept apart."""
DIRECTIONS = 4
"""Of a line, without its sense: 0, 45, 90 and 135 degrees."""
SHARED = 25.0
"""So many pixels along another link are as bad as a box crossed."""


class Trodden:
    """Where links run already, by direction: bit k of a cell stands for link k (of at most 64)."""

    def __init__(self, width: int, height: int) -> None:
        self.cells = np.zeros((DIRECTIONS, height // CELL + 3, width // CELL + 3), np.uint64)

    def add(self, path: Sequence[Point], link: int) -> None:
        columns, rows, turns = self._places(path)
        bit = np.uint64(1 << link)
        for turn in (np.floor(turns), np.ceil(turns)):
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    self.cells[turn.astype(int) % DIRECTIONS, rows + dy, columns + dx] |= bit

    def along(self, path: Sequence[Point], company: int) -> float:
        """Pixels of the path beside and along links other than those in the bits of `company`."""
        columns, rows, turns = self._places(path)
        there = self.cells[np.round(turns).astype(int) % DIRECTIONS, rows, columns]
        return CELL * float(np.count_nonzero(there & ~np.uint64(company)))

    def _places(self, path: Sequence[Point]) -> tuple[Array, Array, Array]:
        """Columns, rows and directions (in steps of 45 degrees) of the points of a path."""
        points = np.array(resample(path, CELL))
        step = np.gradient(points, axis=0)
        _, height, width = self.cells.shape
        columns = np.clip(points[:, 0] / CELL + 1, 1, width - 2).astype(int)
        rows = np.clip(points[:, 1] / CELL + 1, 1, height - 2).astype(int)
        return columns, rows, np.arctan2(step[:, 1], step[:, 0]) % math.pi / (math.pi / 4)


def route(
    start: Rect,
    end: Rect,
    others: Sequence[Rect],
    style: str,
    rng: Random,
    gap: float = 3.0,
    trodden: Trodden | None = None,
    company: int = 0,
) -> list[Point]:
    """A polyline between two boxes, `gap` pixels off their edges, that crosses few other boxes and
    runs along no link but those in `company`."""
    start, end = _grown(start, gap - 3), _grown(end, gap - 3)
    boxes = np.array(others).reshape(-1, 4)

    def cost(path: list[Point]) -> float:
        shared = trodden.along(path, company) / SHARED if trodden else 0.0
        return _crossings(path, boxes) + shared

    best, least = [], math.inf
    for path in _candidates(start, end, style, rng):
        if (now := cost(path)) < least:
            best, least = path, now
        if least == 0:
            break
    return best


def _candidates(start: Rect, end: Rect, style: str, rng: Random) -> Iterator[list[Point]]:
    """Ways in the order in which they come to mind; detours last."""
    a, b = _centre(start), _centre(end)
    if style == "elbow" and abs(a[0] - b[0]) > 20 and abs(a[1] - b[1]) > 20:
        yield from _elbows(a, b, start, end, rng)
    if style == "curve":
        yield _arc(a, b, rng.choice([-0.18, 0.18]), start, end)
    yield _trimmed([a, b], start, end)
    for bend in (0.22, -0.22, 0.4, -0.4, 0.65, -0.65):
        yield _arc(a, b, bend, start, end)
    yield from _elbows(a, b, start, end, rng)
    yield from _detours(a, b, start, end, rng)


def _detours(a: Point, b: Point, start: Rect, end: Rect, rng: Random) -> Iterator[list[Point]]:
    """Over, under, left or right of both objects."""
    top, bottom = min(start[1], end[1]), max(start[3], end[3])
    left, right = min(start[0], end[0]), max(start[2], end[2])
    first = rng.uniform(14, 26)
    for away in (first, first + 24, first + 60):
        for y in (top - away, bottom + away):
            yield _trimmed([a, (a[0], y), (b[0], y), b], start, end)
        for x in (left - away, right + away):
            yield _trimmed([a, (x, a[1]), (x, b[1]), b], start, end)


def _elbows(a: Point, b: Point, start: Rect, end: Rect, rng: Random) -> Iterator[list[Point]]:
    share = rng.uniform(0.35, 0.65)
    for other in (0.0, 0.14, -0.14):
        middle = a[0] + (b[0] - a[0]) * (share + other)
        yield _trimmed([a, (middle, a[1]), (middle, b[1]), b], start, end)
    yield _trimmed([a, (b[0], a[1]), b], start, end)
    yield _trimmed([a, (a[0], b[1]), b], start, end)
    for other in (0.0, 0.14, -0.14):
        middle = a[1] + (b[1] - a[1]) * (share + other)
        yield _trimmed([a, (a[0], middle), (b[0], middle), b], start, end)


def _arc(a: Point, b: Point, bend: float, start: Rect, end: Rect) -> list[Point]:
    """A quadratic curve whose middle is pushed aside by `bend` times its length."""
    cx = (a[0] + b[0]) / 2 - (b[1] - a[1]) * bend * 2
    cy = (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend * 2
    points = []
    for k in range(15):
        t = k / 14
        points.append(
            (
                (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * cx + t * t * b[0],
                (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * cy + t * t * b[1],
            )
        )
    return _trimmed(points, start, end)


def _grown(rect: Rect, by: float) -> Rect:
    return (rect[0] - by, rect[1] - by, rect[2] + by, rect[3] + by)


def _centre(rect: Rect) -> Point:
    return ((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2)


def _trimmed(points: list[Point], start: Rect, end: Rect) -> list[Point]:
    """Without what lies inside the two boxes."""
    dense = resample(points, 4.0)
    kept = [p for p in dense if not _inside(p, start, 3) and not _inside(p, end, 5)]
    return kept if len(kept) > 2 else dense[len(dense) // 3 : 2 * len(dense) // 3 + 2]


def resample(points: Sequence[Point], step: float) -> list[Point]:
    """Points at most `step` apart along a polyline."""
    out: list[Point] = []
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        pieces = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / step))
        out += [(x0 + (x1 - x0) * k / pieces, y0 + (y1 - y0) * k / pieces) for k in range(pieces)]
    return [*out, points[-1]]


def _inside(point: Point, rect: Rect, margin: float) -> bool:
    return (
        rect[0] - margin <= point[0] <= rect[2] + margin
        and rect[1] - margin <= point[1] <= rect[3] + margin
    )


def _crossings(path: Sequence[Point], boxes: Array) -> int:
    """How many of the boxes (N, 4) the path runs over."""
    x, y = np.array(path).T[:, :, None]
    left, top, right, bottom = boxes.T
    over = (left - 6 <= x) & (x <= right + 6) & (top - 6 <= y) & (y <= bottom + 6)
    return int(over.any(0).sum())
