"""Which strokes are links, and which way they lead.

`tracing` finds the ways along strokes from object to object; among them are detours through
crossings and shared trunks. Two logistic regressions decide: one on how direct a way is, how much of
it is ink, how well the pixels' votes for their two ends fit, what better ways run along it and whether
the classes may be linked; one on direction, from the votes, the classes of both objects and the habit
to draw from left to right. Which way a link to a resource leads follows from the classes alone: from a
station to who serves it, from a dispatcher to its team.
Their coefficients are fitted on drawings (`fitting`) and ship beside the network's weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np

from ..factories.roles import RESOURCES, may_link
from .detection import Found
from .network import VOTE_SCALE
from .paper import Array
from .samples import CLASSES
from .tracing import Way, find_ways

Kinds = Mapping[str, float]
"""Probability per FlexSim class."""
SPREAD, LEAST_SPREAD = 0.6, 5.0
"""How far from an object's centre a vote may fall: share of the extent, and cells at least."""
SHARED = 0.3
TELLING = 0.5
"""How sure the classes of both ends must be to tell which way a link leads."""
FAINT = 0.15
"""Ways less likely than a link, but from this probability on, are told as faint."""


@dataclass(frozen=True)
class FoundLink:
    """Indices of found objects, with confidence and how sure the direction is (0..1)."""

    source: int
    target: int
    confidence: float
    directed: float


@dataclass(frozen=True)
class Regression:
    """Logistic regression on standardised features."""

    mean: list[float]
    scale: list[float]
    weights: list[float]
    bias: float

    def probability(self, features: Array) -> Array:
        """features (n, F) → (n,)."""
        standard = (features - np.array(self.mean)) / np.array(self.scale)
        odds: Array = 1 / (1 + np.exp(-(standard @ np.array(self.weights) + self.bias)))
        return odds


@dataclass(frozen=True)
class Rules:
    """The fitted regressions."""

    link: Regression
    direction: Regression

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")


def load_rules(path: Path) -> Rules:
    """Coefficients from a JSON file."""
    data = json.loads(path.read_text())
    link, direction = (Regression(**data[name]) for name in ("link", "direction"))
    return Rules(link, direction)


@dataclass(frozen=True)
class Candidates:
    """Ways with their features, first to second object: `link` (n, 18), `direction` (n, 6), and the
    direction that the classes alone tell (n; 1 ahead, -1 back, between: how sure)."""

    ways: list[Way]
    link: Array
    direction: Array
    told: Array


def find_links(maps: Array, objects: list[Found], rules: Rules) -> list[FoundLink]:
    """Links among found objects, from the maps (C + 7, h, w); less than one half is faint."""
    if len(objects) < 2:
        return []
    found = candidates(maps, objects)
    if not found.ways:
        return []
    links = []
    sure = rules.link.probability(found.link)
    forward = rules.direction.probability(found.direction)
    forward = np.where(np.abs(found.told) > TELLING, (found.told + 1) / 2, forward)
    for way, confidence, ahead in zip(found.ways, sure, forward, strict=True):
        if confidence >= FAINT:
            ends = (way.first, way.second) if ahead >= 0.5 else (way.second, way.first)
            links.append(FoundLink(*ends, float(confidence), abs(float(ahead) * 2 - 1)))
    return links


def candidates(maps: Array, objects: list[Found]) -> Candidates:
    """All ways between objects and what speaks for them."""
    k = len(CLASSES)
    mask = 1 / (1 + np.exp(-maps[k + 2]))
    boxes = np.array([[*(o.centre - o.extent / 2), *(o.centre + o.extent / 2)] for o in objects])
    ways = find_ways(mask, boxes)
    if not ways:
        return Candidates([], np.zeros((0, 18)), np.zeros((0, 6)), np.zeros(0))
    votes = maps[k + 3 :] * VOTE_SCALE
    source, target = _shares(votes[:2], objects), _shares(votes[2:], objects)
    single = [_features(way, mask, boxes, objects, source, target) for way in ways]
    link = np.array([features for features, _ in single])
    direction = np.array([features for _, features in single])
    kinds = [(objects[way.first].scores, objects[way.second].scores) for way in ways]
    allowed = np.array([_allowed(*pair) for pair in kinds])[:, None]
    link = np.hstack([link, _rivals(ways, link, mask.shape), allowed])
    return Candidates(ways, link, direction, np.array([_told(*pair) for pair in kinds]))


def _allowed(a: Kinds, b: Kinds) -> float:
    """0..1: how likely objects of these classes may be linked, one way or the other."""
    never = sum(
        p * q
        for x, p in a.items()
        for y, q in b.items()
        if not may_link(x, y) and not may_link(y, x)
    )
    return 1.0 - never


def _told(a: Kinds, b: Kinds) -> float:
    """Which way a link leads by the classes of its ends: 1 ahead, -1 back, near 0 if they do not
    tell."""
    serves = [sum(scores.get(name, 0.0) for name in RESOURCES) for scores in (a, b)]
    if min(serves) > TELLING:
        return a.get("Dispatcher", 0.0) - b.get("Dispatcher", 0.0)
    return serves[1] * sum(a.values()) - serves[0] * sum(b.values())


def _shares(votes: Array, objects: list[Found]) -> Array:
    """(h, w, objects): whose centre each pixel's vote (2, h, w; x, y) is nearest to."""
    h, w = votes.shape[1:]
    ys, xs = np.mgrid[0:h, 0:w] + 0.5
    points = np.stack([xs + votes[0], ys + votes[1]], -1)[:, :, None]
    centres = np.stack([item.centre for item in objects])
    spread = np.stack([np.maximum(item.extent * SPREAD, LEAST_SPREAD) for item in objects])
    weight = np.exp(-0.5 * (((points - centres) / spread) ** 2).sum(-1))
    shares: Array = weight / np.maximum(weight.sum(-1, keepdims=True), 1e-6)
    return shares


def _features(
    way: Way, mask: Array, boxes: Array, objects: list[Found], source: Array, target: Array
) -> tuple[list[float], list[float]]:
    """What speaks for a way by itself, and for its direction."""
    x, y = way.cells[:, 0], way.cells[:, 1]
    i, j = way.first, way.second
    there, back = source[y, x, i] * target[y, x, j], source[y, x, j] * target[y, x, i]
    both = there + back
    thirds = [part.mean() for part in np.array_split(both, 3) if len(part)]
    at_first = np.minimum(source[y, x, i] + target[y, x, i], 1).mean()
    at_second = np.minimum(source[y, x, j] + target[y, x, j], 1).mean()
    steps = np.diff(way.cells, axis=0)
    length = float(np.hypot(steps[:, 0], steps[:, 1]).sum()) + 1
    ink = mask[y, x] > 0.4
    gaps = [_gap(way.cells[0], boxes[i]), _gap(way.cells[-1], boxes[j])]
    apart = objects[j].centre - objects[i].centre
    direct = float(np.hypot(*apart))
    excess = way.cost - length
    strength = [both.mean(), min(thirds), at_first + at_second, min(at_first, at_second)]
    shape = [excess, excess / length, sum(gaps), max(gaps), ink.mean(), length, length / direct]
    sides = float(there.mean() - back.mean())
    link = [*strength, *shape, float(ink.sum()), float(len(way.cells)), abs(sides)]
    classes = [_scores(objects[i]), _scores(objects[j])]
    direction = [
        sides,
        sides / max(float(both.mean()), 1e-3),
        classes[0]["Source"] - classes[1]["Source"],
        classes[1]["Sink"] - classes[0]["Sink"],
        float(apart[0]) / 40,
        float(apart[1]) / 40,
    ]
    return [float(value) for value in link], direction


def _scores(item: Found) -> dict[str, float]:
    return {"Source": item.scores.get("Source", 0.0), "Sink": item.scores.get("Sink", 0.0)}


def _gap(cell: Array, box: Array) -> float:
    """Cells between a way's end and its object."""
    centre = cell + 0.5
    return float(np.hypot(*(centre - np.clip(centre, box[:2], box[2:]))))


def _rivals(ways: list[Way], link: Array, shape: tuple[int, ...]) -> Array:
    """(n, 3): how much of a way runs along one with better votes, along a more direct one, and by
    how much the votes there are better."""
    drawn = [_drawn(way, shape) for way in ways]
    out = np.zeros((len(ways), 3))
    for a, way in enumerate(ways):
        for b, plane in enumerate(drawn):
            shared = float(plane[way.cells[:, 1], way.cells[:, 0]].mean())
            if a == b or shared <= SHARED:
                continue
            better = float(link[b, 0] - link[a, 0])
            more_direct = float(link[b, 4] < link[a, 4])
            rival = [shared * (better > 0), shared * more_direct, shared * max(0.0, better)]
            out[a] = np.maximum(out[a], rival)
    return out


def _drawn(way: Way, shape: tuple[int, ...]) -> Array:
    """(h, w): True on the way and beside it."""
    plane = np.zeros(shape, np.uint8)
    plane[way.cells[:, 1], way.cells[:, 0]] = 1
    return np.asarray(cv2.dilate(plane, np.ones((3, 3), np.uint8)) > 0)
