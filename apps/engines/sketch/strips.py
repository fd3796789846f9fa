"""Ways straightened: what lies along and beside each, as one strip of pixels per way.

A strip follows its way from a little before its beginning to a little beyond its end. Near both ends,
where heads are, it keeps every other pixel of the network's input; between, it is as coarse as the way
is long.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from .evidence import Sight, vote_shares
from .paper import Array
from .samples import STRIDE
from .tracing import Way

LENGTH, ENDS = 96, 24
"""Places along a strip, and how many of them belong to either end."""
STEP = 2.0
"""Input pixels between places at the ends, and at most about so many of a short way between all."""
BEYOND = 8.0
"""Input pixels before a way's beginning and beyond its end."""
ACROSS = np.arange(-12, 14, 2.0)
"""Places beside a way, in input pixels."""
SMOOTH = 3
"""A way's course is the mean over so many cells to either side."""
CHANNELS = 10
"""Ink, mask, votes for a source and for a target at the first and at the second end, boxes of the
first end, of the second and of others, and how surely other ways run there."""


def strips_of(sight: Sight, ways: Sequence[Way], sure: Array, which: Array) -> Array:
    """(len(which), CHANNELS, LENGTH, ACROSS) of the ways with indices `which`, if all ways are links
    with probability `sure` (n)."""
    points = np.stack([_points(ways[k].cells) for k in which]).astype(np.float32)
    cells = points / STRIDE
    x = np.clip(cells[..., 0], 0, sight.mask.shape[1] - 1).astype(int)
    y = np.clip(cells[..., 1], 0, sight.mask.shape[0] - 1).astype(int)
    ends = np.array([(ways[k].first, ways[k].second) for k in which])
    first, second = (ends[:, side, None, None] for side in (0, 1))
    sources, targets = vote_shares(sight)
    owner = _owners(sight)[y, x]
    rows = [_sampled(sight.ink, points), _sampled(sight.mask, cells)]
    rows += [shares[end, y, x] for shares in (sources, targets) for end in (first, second)]
    rows += [owner == first, owner == second]
    rows += [(owner >= 0) & (owner != first) & (owner != second)]
    rows += [_company(sight.mask.shape, ways, sure, which, x, y)]
    return np.stack([np.asarray(row, np.float32) for row in rows], 1)


def turned(strips: Array) -> Array:
    """The same ways from their second end to their first. (n, CHANNELS, LENGTH, ACROSS)"""
    out: Array = strips[:, [0, 1, 3, 2, 5, 4, 7, 6, 8, 9], ::-1, ::-1]
    return out


def _points(cells: Array) -> Array:
    """(LENGTH, ACROSS, 2): where a strip looks, x and y in input pixels, for cells (L, 2)."""
    course = _smoothed(cells + 0.5) * STRIDE
    steps = np.hypot(*np.diff(course, axis=0).T)
    travelled = np.concatenate([[0.0], np.cumsum(steps)])
    places = _places(float(travelled[-1]))
    middle = _at(course, travelled, places)
    ahead = _at(course, travelled, places + 6) - _at(course, travelled, places - 6)
    ahead /= np.maximum(np.hypot(*ahead.T), 1e-6)[:, None]
    beside = np.stack([-ahead[:, 1], ahead[:, 0]], 1)
    out: Array = middle[:, None] + ACROSS[None, :, None] * beside[:, None]
    return out


def _places(length: float) -> Array:
    """(LENGTH): how far along a way of so many pixels each place of its strip lies."""
    whole = length + 2 * BEYOND
    step = min(STEP, whole / (LENGTH - 1))
    end = step * np.arange(ENDS)
    between = np.linspace(end[-1], whole - end[-1], LENGTH - 2 * ENDS + 2)[1:-1]
    return np.concatenate([end, between, whole - end[::-1]]) - BEYOND


def _smoothed(cells: Array) -> Array:
    """Means over 2 SMOOTH + 1 cells, over fewer towards the ends. (L, 2)"""
    total = np.concatenate([np.zeros((1, 2)), np.cumsum(cells, 0)])
    here = np.arange(len(cells))
    reach = np.minimum(SMOOTH, np.minimum(here, len(cells) - 1 - here))
    out: Array = (total[here + reach + 1] - total[here - reach]) / (2 * reach + 1)[:, None]
    return out


def _at(course: Array, travelled: Array, places: Array) -> Array:
    """(k, 2): the points of a course (L, 2) so far along it, straight on before and beyond it."""
    out = np.stack([np.interp(places, travelled, course[:, axis]) for axis in (0, 1)], 1)
    if len(course) < 2:
        out[:, 0] += places
        return out
    near = min(4, len(course) - 1)
    for end, inner, over in ((0, near, -places), (-1, -1 - near, places - travelled[-1])):
        heading = course[end] - course[inner]
        heading = heading / max(float(np.hypot(*heading)), 1e-6)
        out += np.maximum(over, 0)[:, None] * heading
    return out


def _sampled(image: Array, points: Array) -> Array:
    """The image (H, W) at points (n, k, m, 2: x, y in its pixels), 0 outside. (n, k, m)"""
    x, y = (points[..., axis].reshape(-1, points.shape[2]) - 0.5 for axis in (0, 1))
    size = 30000  # OpenCV takes no higher pictures than 32,767
    parts = [
        cv2.remap(image.astype(np.float32), x[k : k + size], y[k : k + size], cv2.INTER_LINEAR)
        for k in range(0, len(x), size)
    ]
    out: Array = np.concatenate(parts).reshape(points.shape[:-1])
    return out


def _owners(sight: Sight) -> Array:
    """(h, w): index of the object whose box a cell lies in, or -1."""
    h, w = sight.mask.shape
    out = np.full((h, w), -1)
    for index, (left, top, right, bottom) in enumerate(sight.boxes):
        columns = slice(max(0, round(left)), max(0, round(right)))
        out[max(0, round(top)) : max(0, round(bottom)), columns] = index
    return out


def _company(
    shape: tuple[int, ...], ways: Sequence[Way], sure: Array, which: Array, x: Array, y: Array
) -> Array:
    """How surely other ways than the own one run through cells x, y (k, LENGTH, ACROSS)."""
    best, other = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    owner = np.full(shape, -1)
    for k in np.argsort(sure):
        column, row = ways[k].cells[:, 0], ways[k].cells[:, 1]
        other[row, column] = best[row, column]
        best[row, column], owner[row, column] = sure[k], k
    out: Array = np.where(owner[y, x] == which[:, None, None], other[y, x], best[y, x])
    return out
