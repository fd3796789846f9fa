"""From the network's maps to objects: peaks of the centre heat with their boxes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .paper import Array
from .samples import CLASSES, STRIDE

PEAK = 0.3


@dataclass(frozen=True)
class Found:
    """An object in grid cells: centre, extent, and probability per class."""

    centre: Array
    extent: Array
    scores: dict[str, float]
    confidence: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in input pixels."""
        low = (self.centre - self.extent / 2) * STRIDE
        high = (self.centre + self.extent / 2) * STRIDE
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def find_objects(maps: Array) -> list[Found]:
    """Peaks of the heat (C + 7, h, w), strongest first, without overlaps."""
    k = len(CLASSES)
    heat = 1 / (1 + np.exp(-maps[:k]))
    best = heat.max(0)
    peak = (best >= PEAK) & (best >= _neighbourhood_max(best))
    found: list[Found] = []
    for y, x in sorted(np.argwhere(peak), key=lambda at: -float(best[at[0], at[1]])):
        extent = np.clip(maps[k : k + 2, y, x] * 8, 2.0, 80.0)
        centre = _refined(best, int(x), int(y))
        if all(_overlap(centre, extent, other) < 0.4 for other in found):
            total = float(heat[:, y, x].sum())
            scores = {name: float(heat[i, y, x]) / total for i, name in enumerate(CLASSES)}
            scores.pop("Box")
            found.append(Found(centre, extent, scores, float(best[y, x])))
    return found


def _neighbourhood_max(best: Array) -> Array:
    padded = np.pad(best, 1)
    h, w = best.shape
    views = [padded[dy : dy + h, dx : dx + w] for dy in range(3) for dx in range(3)]
    return np.asarray(np.max(views, axis=0))


def _refined(best: Array, x: int, y: int) -> Array:
    """The heat's centre of mass around a peak."""
    h, w = best.shape
    rows = slice(max(0, y - 1), min(h, y + 2))
    columns = slice(max(0, x - 1), min(w, x + 2))
    weight = best[rows, columns]
    ys, xs = np.mgrid[rows, columns]
    total = float(weight.sum())
    return np.array([(xs * weight).sum() / total + 0.5, (ys * weight).sum() / total + 0.5])


def _overlap(centre: Array, extent: Array, other: Found) -> float:
    """Intersection over the smaller area."""
    low = np.maximum(centre - extent / 2, other.centre - other.extent / 2)
    high = np.minimum(centre + extent / 2, other.centre + other.extent / 2)
    area = float(np.prod(np.clip(high - low, 0, None)))
    return area / max(1e-6, min(float(np.prod(extent)), float(np.prod(other.extent))))
