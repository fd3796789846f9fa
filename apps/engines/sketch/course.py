"""How ways run: their shape, the ink along them, and the heads at their ends.

Everything is measured for all ways of one drawing at once; cells are the grid of the network's maps.
"""

from __future__ import annotations

import cv2
import numpy as np

from .paper import Array
from .ragged import Ragged
from .samples import STRIDE
from .tracing import TOUCH

SEEN = 0.4
"""Mask probability from which a cell counts as part of a stroke."""
DARK = 0.35
"""Ink from which a pixel counts as part of one."""
STEP = 4
"""A way's heading is taken over so many cells to either side."""
ALONG, ACROSS = np.arange(-6, 38, 2.0), np.arange(-12, 14, 2.0)
"""Where the ink around a way's end is looked at, in input pixels: along it, from its end, and across."""
PARTS = ((-6, 0), (0, 6), (6, 12), (12, 18), (18, 24), (24, 38))
"""Stretches of ALONG over which ink is averaged."""
WINGS = [2, 4, 6]
"""Of what `heads` tells, the ink beside the first 18 pixels, where heads have their wings."""
BESIDE = np.arange(-3.0, 4.0)
"""Where ink is looked for beside a way, in input pixels."""
AROUND = np.stack(np.meshgrid(np.arange(-5, 6), np.arange(-5, 6)), -1).reshape(-1, 2)
"""The cells around an end that are looked at for other strokes."""


def shapes(
    mask: Array, cells: Array, ragged: Ragged, boxes: Array, ends: Array, cost: Array
) -> tuple[Array, Array]:
    """(n, 17): how direct ways are, where they bend though the stroke goes on, how they meet their
    ends, what they pass by; and (n, 2): the gaps at their ends. cells (L, 2), boxes (N, 4),
    ends (n, 2), cost (n)."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    steps = np.hypot(*(cells[ragged.moved(1)] - cells).T)
    length = ragged.total(steps) + 1
    excess = cost - length
    direct = np.hypot(*(middle[ends[:, 1]] - middle[ends[:, 0]]).T)
    away = np.stack([np.hypot(*(cells - np.clip(cells, b[:2], b[2:])).T) for b in boxes], 1)
    gaps = np.stack([away[ragged.starts, ends[:, 0]], away[ragged.last, ends[:, 1]]], 1)
    aims = _aims(cells, ragged, middle, ends)
    bends, forks = _bends(mask, cells, ragged)
    row = [excess / length, excess, gaps.sum(1), gaps.max(1), aims.min(1), length]
    row += [length / np.maximum(direct, 1), ragged.most(bends), ragged.total(bends) / STEP]
    row += [*np.sort(forks, 1).T, *_passing(away, ragged, ends)]
    loose = np.sort(_loose(mask, cells, ragged), 1)
    return np.stack([*row, *loose.T, ragged.lengths, aims.max(1)], 1), gaps


def _aims(cells: Array, ragged: Ragged, middle: Array, ends: Array) -> Array:
    """(n, 2): cosine between a way's beginning and the line from its object's centre."""
    found = []
    for at, further, end in (
        (ragged.starts, 2 * STEP, ends[:, 0]),
        (ragged.last, -2 * STEP, ends[:, 1]),
    ):
        step = cells[ragged.moved(further)[at]] - cells[at]
        out = cells[at] - middle[end]
        size = np.hypot(*step.T) * np.hypot(*out.T)
        found.append((step * out).sum(1) / np.maximum(size, 1e-6))
    return np.stack(found, 1)


def _bends(mask: Array, cells: Array, ragged: Ragged) -> tuple[Array, Array]:
    """(L): by how much ways bend at each cell, in right angles; and (n, 2): the worst bend where
    there is stroke straight on, seen from either side."""
    smooth = ragged.smoothed(cells)
    come, go = cells - smooth[ragged.moved(-STEP)], smooth[ragged.moved(STEP)] - cells
    sizes = [np.maximum(np.hypot(*part.T), 1e-6) for part in (come, go)]
    cosine = (come * go).sum(1) / sizes[0] / sizes[1]
    bends = np.arccos(np.clip(cosine, -1, 1)) / (np.pi / 2)
    place = ragged.position()
    bends[(place < 2) | (place > ragged.lengths[ragged.owner] - 3)] = 0
    reach = np.arange(3, 8)[None, :, None]
    forks = []
    for part, size, sign in ((come, sizes[0], 1), (go, sizes[1], -1)):
        beyond = cells[:, None] + sign * (part / size[:, None])[:, None] * reach
        forks.append(ragged.most(bends * at(mask, beyond).mean(1)))
    return bends, np.stack(forks, 1)


def at(plane: Array, points: Array) -> Array:
    """The plane (h, w) at points (..., 2: x, y), or at the margin nearest to them."""
    x = np.clip(np.floor(points[..., 0]).astype(int), 0, plane.shape[1] - 1)
    y = np.clip(np.floor(points[..., 1]).astype(int), 0, plane.shape[0] - 1)
    found: Array = plane[y, x]
    return found


def _passing(away: Array, ragged: Ragged, ends: Array) -> list[Array]:
    """(n) twice: how near ways pass by other objects, in cells, and how many cells touch one.
    away (L, N): distance of every cell from every object."""
    others, rows = away.copy(), np.arange(len(away))
    others[rows, ends[ragged.owner, 0]] = others[rows, ends[ragged.owner, 1]] = 20.0
    nearest = np.minimum(others.min(1), 20.0)
    place, length = ragged.position(), ragged.lengths[ragged.owner]
    nearest[(length > 8) & ((place < 3) | (place >= length - 3))] = 20.0
    return [ragged.least(nearest), ragged.total(nearest <= TOUCH)]


def _loose(mask: Array, cells: Array, ragged: Ragged) -> Array:
    """(n, 2): cells of strokes around either end of a way that are not its own."""
    padded = np.pad(mask > SEEN, 5)
    found = []
    for end, sign in ((ragged.starts, 1), (ragged.last, -1)):
        own = np.stack([cells[ragged.moved(sign * k)[end]] for k in range(10)], 1)
        window = cells[end][:, None] + AROUND
        near = np.abs(window[:, :, None] - own[:, None]).max(-1).min(-1) <= 2
        found.append((at(padded, window + 5) & ~near).sum(1))
    return np.stack(found, 1).astype(float)


def strokes(mask: Array, ink: Array, cells: Array, ragged: Ragged) -> tuple[Array, Array]:
    """(n, 12): how much of a way is stroke, by the mask (h, w) and by the ink (H, W); and (n, 3) the
    rhythm of its dashes: changes per cell, share inked, how dark."""
    values = at(mask, cells)
    seen = values > SEEN
    row = [ragged.mean(values), *ragged.quantiles(values, (0.0, 0.1, 0.25, 0.5)).T]
    row += [ragged.mean(seen), ragged.longest(~seen), ragged.total(seen)]
    dense, darkness = Ragged.of(ragged.lengths * STRIDE), _darkness(ink, cells, ragged)
    dark = darkness > DARK
    low = dense.quantiles(darkness, (0.1, 0.25, 0.8)).T
    row += [low[0], low[1], dense.mean(darkness), dense.longest(~dark) / STRIDE]
    changes = dense.total(dark != dark[dense.moved(1)]) / ragged.lengths
    return np.stack(row, 1), np.stack([changes, dense.mean(dark), low[2]], 1)


def _darkness(ink: Array, cells: Array, ragged: Ragged) -> Array:
    """(STRIDE L): ink along ways, from pixel to pixel the darkest within three beside them."""
    path = ragged.smoothed(cells) * STRIDE
    step = path[ragged.moved(1)] - path
    ahead = path[ragged.moved(2)] - path[ragged.moved(-2)]
    across = np.stack([-ahead[:, 1], ahead[:, 0]], 1)
    across /= np.maximum(np.hypot(*across.T), 1e-6)[:, None]
    share = np.arange(STRIDE)[None, :, None, None] / STRIDE
    points = path[:, None, None] + step[:, None, None] * share
    points = points + across[:, None, None] * BESIDE[None, None, :, None]
    darkest: Array = _sampled(ink, points).max(2).reshape(-1)
    return darkest


def _sampled(image: Array, points: Array) -> Array:
    """The image (H, W) at points (..., 2: x, y), 0 outside."""
    x, y = (points[..., axis].reshape(1, -1).astype(np.float32) - 0.5 for axis in (0, 1))
    size = 30000  # OpenCV takes no wider pictures than 32,767
    parts = [
        cv2.remap(image, x[:, k : k + size], y[:, k : k + size], cv2.INTER_LINEAR)
        for k in range(0, x.shape[1], size)
    ]
    out: Array = np.concatenate(parts, 1).reshape(points.shape[:-1])
    return out


def heads(ink: Array, cells: Array, ragged: Ragged) -> Array:
    """(n, 2, 12): ink (H, W) beside and on ways at either end, from stretch to stretch."""
    path = cells * STRIDE
    ends = []
    for end, further in ((ragged.starts, 7), (ragged.last, -7)):
        step = path[ragged.moved(further)[end]] - path[end]
        step = step / np.maximum(np.hypot(*step.T), 1e-6)[:, None]
        across = np.stack([-step[:, 1], step[:, 0]], 1)
        grid = ALONG[None, :, None, None] * step[:, None, None]
        grid = grid + ACROSS[None, None, :, None] * across[:, None, None]
        ends.append(path[end][:, None, None] + grid)
    patches = _sampled(ink, np.stack(ends, 1))
    beside = patches[..., np.abs(ACROSS) >= 4].mean(-1)
    middle = patches[..., np.abs(ACROSS) <= 2].max(-1)
    found = []
    for low, high in PARTS:
        part = (low <= ALONG) & (high > ALONG)
        found += [beside[..., part].mean(-1), middle[..., part].mean(-1)]
    return np.stack(found, -1)
