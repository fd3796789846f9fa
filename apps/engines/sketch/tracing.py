"""Following link strokes from object to object on the network's link mask.

A stroke is followed on (pixel, direction) pairs, so that going straight on is cheaper than turning:
at a crossing the way leads across it, at an elbow around it. Distances are in grid cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra

from .paper import Array

STEPS = np.array([(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)])
"""x, y of the eight directions, in order, so that neighbours differ by 45 degrees."""
TURN = 0.8
"""Cost of a turn by 45 degrees, in cells."""
GAP = 3.0
"""Cost of a cell where no stroke was seen."""
BRIDGE = 2
"""Gaps of about twice as many cells can be crossed."""
TOUCH, REACH = 2.5, 12.0
"""A stroke that ends within TOUCH cells of an object joins it; up to REACH, as where a label lies
between, only if it points at the object."""
AIM = 0.8
"""Least cosine between a stroke's end and the way to the object that it points at."""
TIP = 5
"""Around a tip no other stroke is nearer than so many cells."""
FARTHEST = 400.0
AGAIN = 4.0
"""How many times dearer cells of the cheapest way are when another one is looked for."""
BESIDE, ANOTHER = 2, 0.35
"""Another way follows strokes more than BESIDE cells off the first over this share of its length."""


@dataclass(frozen=True)
class Way:
    """A stroke between two objects: cells (n, 2) as x, y from the first to the second, and cost."""

    first: int
    second: int
    cells: Array
    cost: float


def find_ways(mask: Array, boxes: Array) -> list[Way]:
    """The cheapest way between each pair of boxes (N, 4: left, top, right, bottom) on a mask (h, w)
    of stroke probabilities, and the cheapest that runs elsewhere; pairs that no stroke joins are
    left out."""
    seen = (mask > 0.4).astype(np.uint8)
    near = cv2.dilate(seen, np.ones((2 * BRIDGE + 1, 2 * BRIDGE + 1), np.uint8)) > 0
    near &= ~_inside(boxes, mask.shape)
    ys, xs = np.nonzero(near)
    if not len(xs):
        return []
    cells = np.stack([xs, ys], 1)
    cost = np.where(seen[ys, xs] > 0, 1.0, GAP)
    tips = np.stack([_is_tip(seen, step)[ys, xs] for step in -STEPS])
    ends = [_ends(cells, box, tips) for box in boxes]
    graph = _graph(cells, cost, mask.shape, ends)
    starts = len(cells) * 8 + np.arange(len(boxes))
    distance, before = dijkstra(graph, indices=starts, return_predecessors=True, limit=FARTHEST)
    ways = []
    for i in range(len(boxes)):
        for j in range(i + 1, len(boxes)):
            way = _way(i, j, cells, ends[j], distance[i], before[i])
            if way is not None:
                ways += [way, *_another(way, graph, cells, seen, ends[j])]
    return ways


def _another(
    way: Way,
    graph: csr_matrix,
    cells: Array,
    seen: Array,
    ends: tuple[Array, Array, Array],
) -> list[Way]:
    """The cheapest way between the same objects that follows other strokes, if there is one."""
    beside = _beside(way, cells)
    dearer = np.ones(graph.shape[0])
    dearer[: len(cells) * 8] = np.repeat(np.where(beside, AGAIN, 1.0), 8)
    data = graph.data * dearer[graph.indices]
    priced = csr_matrix((data, graph.indices, graph.indptr), graph.shape)
    distance, before = dijkstra(
        priced,
        indices=len(cells) * 8 + way.first,
        return_predecessors=True,
        limit=min(AGAIN * way.cost, FARTHEST),
    )
    cell, away, gap = ends
    gap = gap * np.where(beside[cell], AGAIN, 1.0)
    other = _way(way.first, way.second, cells, (cell, away, gap), distance, before)
    if other is None:
        return []
    x, y = other.cells.T
    elsewhere = ~_beside(way, other.cells) & (seen[y, x] > 0)
    return [other] if elsewhere.mean() > ANOTHER else []


def _beside(way: Way, cells: Array) -> Array:
    """(n): whether cells (n, 2) lie on or right beside a way."""
    width, height = np.maximum(cells.max(0), way.cells.max(0)) + 1
    plane = np.zeros((height, width), np.uint8)
    plane[way.cells[:, 1], way.cells[:, 0]] = 1
    near = cv2.dilate(plane, np.ones((2 * BESIDE + 1, 2 * BESIDE + 1), np.uint8))
    beside: Array = near[cells[:, 1], cells[:, 0]] > 0
    return beside


def _inside(boxes: Array, shape: tuple[int, ...]) -> Array:
    """Cells well inside a box, where a way cannot lead."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]] + 0.5
    out = np.zeros(shape, bool)
    for left, top, right, bottom in boxes:
        out |= (xs > left + 1) & (xs < right - 1) & (ys > top + 1) & (ys < bottom - 1)
    return out


def _is_tip(seen: Array, step: Array) -> Array:
    """(h, w): whether a stroke that comes in direction `step` ends here, neither going on nor
    turning."""
    ys, xs = np.mgrid[-TIP : TIP + 1, -TIP : TIP + 1]
    distance = np.hypot(xs, ys)
    ahead = (xs * step[0] + ys * step[1]) / np.hypot(*step) > -0.5 * distance
    kernel = (ahead & (distance >= 2) & (distance <= TIP)).astype(np.float32)
    beyond = cv2.filter2D(seen.astype(np.float32), -1, kernel, borderType=cv2.BORDER_CONSTANT)
    tip: Array = (beyond <= 2) & (seen > 0)
    return tip


def _ends(cells: Array, box: Array, tips: Array) -> tuple[Array, Array, Array]:
    """Where a stroke may leave a box: cell, heading away from it, and what the gap costs."""
    centre = cells + 0.5
    nearest = np.clip(centre, box[:2], box[2:])
    gap = np.hypot(*(centre - nearest).T)
    middle = (box[:2] + box[2:]) / 2
    found = []
    for side, step in enumerate(STEPS / np.hypot(*STEPS.T)[:, None]):
        towards = np.maximum(_cosine(centre - nearest, step), _cosine(centre - middle, step))
        fits = (gap <= TOUCH) | ((gap <= REACH) & (towards > AIM) & tips[side])
        where = np.nonzero(fits)[0]
        found.append((where, np.full(len(where), side), GAP * gap[where]))
    cell, heading, cost = (np.concatenate(part) for part in zip(*found, strict=True))
    return cell, heading, cost


def _cosine(vectors: Array, step: Array) -> Array:
    length = np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-6)
    cosine: Array = vectors @ step / length
    return cosine


def _graph(
    cells: Array, cost: Array, shape: tuple[int, ...], ends: list[tuple[Array, Array, Array]]
) -> csr_matrix:
    """Edges among (cell, direction) nodes, and from one node per object to the cells near it."""
    count = len(cells)
    number = np.full((shape[0] + 2, shape[1] + 2), -1)
    number[cells[:, 1] + 1, cells[:, 0] + 1] = np.arange(count)
    rows, columns, weights = [], [], []
    for heading, (dx, dy) in enumerate(STEPS):
        following = number[cells[:, 1] + 1 + dy, cells[:, 0] + 1 + dx]
        here = np.nonzero(following >= 0)[0]
        there = following[here]
        length = np.hypot(dx, dy) * (cost[here] + cost[there]) / 2
        for turn in (-1, 0, 1):
            rows.append(here * 8 + (heading + turn) % 8)
            columns.append(there * 8 + heading)
            weights.append(length + TURN * abs(turn))
    for index, (cell, away, gap) in enumerate(ends):
        rows.append(np.full(len(cell), count * 8 + index))
        columns.append(cell * 8 + away)
        weights.append(gap + 1e-3)
    size = count * 8 + len(ends)
    edges = (np.concatenate(rows), np.concatenate(columns))
    return coo_matrix((np.concatenate(weights), edges), shape=(size, size)).tocsr()


def _way(
    i: int, j: int, cells: Array, ends: tuple[Array, Array, Array], distance: Array, before: Array
) -> Way | None:
    cell, away, gap = ends
    if not len(cell):
        return None
    # Who arrives heads the other way than who leaves.
    nodes = cell * 8 + (away + 4) % 8
    total = distance[nodes] + gap
    best = int(np.argmin(total))
    last, cost = int(nodes[best]), float(total[best])
    if not np.isfinite(cost):
        return None
    path = []
    while last >= 0 and last < len(cells) * 8:
        path.append(last // 8)
        last = int(before[last])
    return Way(i, j, cells[path[::-1]], cost)
