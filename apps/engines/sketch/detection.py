"""From the network's maps to objects and links.

Objects are peaks of the heat. Every link pixel votes for the pair of objects nearest to where its two
votes point; a pair's confidence is the voting length over the distance between the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .network import VOTE_SCALE
from .paper import Array
from .samples import CLASSES, STRIDE

PEAK = 0.3
ON_LINK = 0.4
LINKED = 0.35
"""A pair is linked from this share of its distance on."""


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


@dataclass(frozen=True)
class FoundLink:
    """Indices of found objects, with confidence and how sure the direction is."""

    source: int
    target: int
    confidence: float
    directed: float


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


def find_links(maps: Array, objects: list[Found]) -> list[FoundLink]:
    """Links among found objects, from the mask and votes of `maps`."""
    if len(objects) < 2:
        return []
    k = len(CLASSES)
    mask = 1 / (1 + np.exp(-maps[k + 2]))
    rows, columns = np.nonzero(mask > ON_LINK)
    if not len(rows):
        return []
    votes = maps[k + 3 :, rows, columns] * VOTE_SCALE
    place = np.stack([columns + 0.5, rows + 0.5])
    from_source = _shares(place + votes[:2], objects)
    from_target = _shares(place + votes[2:], objects)
    weight = np.minimum(1.0, mask[rows, columns])
    pairs = np.einsum("p,pi,pj->ij", weight, from_source, from_target)
    return _decide(pairs, objects)


def _shares(points: Array, objects: list[Found]) -> Array:
    """(P, objects): how much each point belongs to each object, at most 1 per point."""
    centres = np.stack([item.centre for item in objects])
    spread = np.stack([np.maximum(item.extent * 0.4, 1.5) for item in objects])
    distance = (points.T[:, None] - centres[None]) / spread[None]
    weight = np.exp(-0.5 * (distance**2).sum(-1))
    total = weight.sum(1, keepdims=True)
    share = weight / np.maximum(total, 1e-9) * np.minimum(1.0, total * 3)
    return np.asarray(share)


def _decide(pairs: Array, objects: list[Found]) -> list[FoundLink]:
    links: list[FoundLink] = []
    for i in range(len(objects)):
        for j in range(i + 1, len(objects)):
            gap = _gap(objects[i], objects[j])
            there, back = float(pairs[i, j]), float(pairs[j, i])
            confidence = min(1.0, (there + back) / gap)
            if confidence < LINKED * 0.5 or there + back < 2:
                continue
            directed = abs(there - back) / (there + back)
            if min(there, back) / gap > 0.6:
                links.append(FoundLink(i, j, min(1.0, there / gap), 1.0))
                links.append(FoundLink(j, i, min(1.0, back / gap), 1.0))
            elif there >= back:
                links.append(FoundLink(i, j, confidence, directed))
            else:
                links.append(FoundLink(j, i, confidence, directed))
    return [link for link in links if link.confidence >= LINKED]


def _gap(a: Found, b: Found) -> float:
    """Cells between the edges of two objects, at least three."""
    apart = np.abs(a.centre - b.centre) - (a.extent + b.extent) / 2
    return max(3.0, float(np.hypot(*np.clip(apart, 0, None))) * 0.9)
