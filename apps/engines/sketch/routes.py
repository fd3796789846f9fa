"""How a link runs from one object to another: straight, elbowed or curved round what is in the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from random import Random

from .pen import Point

Rect = tuple[float, float, float, float]


def route(
    start: Rect, end: Rect, others: Sequence[Rect], style: str, rng: Random, gap: float = 3.0
) -> list[Point]:
    """A polyline between two boxes, `gap` pixels off their edges, crossing few other boxes."""
    start, end = _grown(start, gap - 3), _grown(end, gap - 3)
    candidates = list(_candidates(start, end, style, rng))
    return min(candidates, key=lambda path: (_crossings(path, others), candidates.index(path)))


def _candidates(start: Rect, end: Rect, style: str, rng: Random) -> Iterator[list[Point]]:
    a, b = _centre(start), _centre(end)
    if style == "elbow" and abs(a[0] - b[0]) > 20 and abs(a[1] - b[1]) > 20:
        yield from _elbows(a, b, start, end, rng)
    if style == "curve":
        yield _arc(a, b, rng.choice([-0.18, 0.18]), start, end)
    yield _trimmed([a, b], start, end)
    for bend in (0.22, -0.22, 0.4, -0.4, 0.65, -0.65):
        yield _arc(a, b, bend, start, end)
    yield from _elbows(a, b, start, end, rng)


def _elbows(a: Point, b: Point, start: Rect, end: Rect, rng: Random) -> Iterator[list[Point]]:
    middle = a[0] + (b[0] - a[0]) * rng.uniform(0.35, 0.65)
    yield _trimmed([a, (middle, a[1]), (middle, b[1]), b], start, end)
    yield _trimmed([a, (b[0], a[1]), b], start, end)
    yield _trimmed([a, (a[0], b[1]), b], start, end)


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


def _crossings(path: Sequence[Point], others: Sequence[Rect]) -> int:
    return sum(any(_inside(p, rect, 6) for p in path) for rect in others)
