"""Fitting of the link rules (`linking`) on drawings, after the network is trained.

First trees that judge at a glance; then, on further drawings, the network that looks along ways; last
the trees that weigh what it says, on the first drawings, which it was not trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import torch

from .boosting import Trees, fitted
from .detection import Found, find_objects
from .drawing import Drawing
from .linking import WORTH_A_LOOK, Candidates, Rules, both_ways, candidates
from .network import SketchNetwork
from .paper import Array
from .samples import STRIDE, drawings, letterbox
from .strip_training import Lesson, as_bytes, learned
from .strips import strips_of

ON_STROKE = 3.0
"""Of the ways between two linked objects the link is the one that keeps so near to it, in cells."""
FOLDS = 3
"""The second judgement is fitted on what the first says of drawings that it was not fitted on."""


@dataclass(frozen=True)
class Example:
    """One drawing's ways; per way (n): whether it is a link, and whether it leads ahead."""

    found: Candidates
    linked: Array
    ahead: Array


@dataclass(frozen=True)
class FittingConfig:
    """Drawings that trees are fitted on, further ones that are looked along, and for how many
    steps."""

    count: int = 600
    looks: int = 1600
    steps: int = 3000
    seed: int = 501


def fit_rules(
    network: SketchNetwork, config: FittingConfig, progress: Callable[[int], None]
) -> Rules:
    """Rules for the ways found in drawings of the training split."""
    stream = drawings(config.seed)
    examples = list(_examples(network, islice(stream, config.count), progress))
    links = [example.found.link for example in examples]
    glance, sure = _crossed(links, [example.linked for example in examples], _folds(examples))
    further = _examples(network, islice(stream, config.looks), progress)
    lessons = [lesson for example in further for lesson in _lessons(example, glance)]
    strips = learned(lessons, config.steps, config.seed, progress)
    seen = [
        replace(example, found=example.found.looked_along(strips, p))
        for example, p in zip(examples, sure, strict=True)
    ]
    return Rules(glance, *trees_for(seen), strips)


@torch.inference_mode()
def _examples(
    network: SketchNetwork, source: Iterable[Drawing], progress: Callable[[int], None]
) -> Iterator[Example]:
    network.eval()
    for number, drawing in enumerate(source):
        ink, scale, left, top = letterbox(drawing.image)
        maps = network(torch.from_numpy(ink)[None, None])[0].float().numpy()
        example = example_of(maps, ink, drawing, (scale, left, top))
        progress(number + 1)
        if example is not None:
            yield example


def _lessons(example: Example, glance: Trees) -> list[Lesson]:
    """What the ways of a drawing that are worth a look teach; none if there are none."""
    found, sure = example.found, glance.probability(example.found.link)
    which = np.flatnonzero(sure > WORTH_A_LOOK)
    if not len(which):
        return []
    strips = as_bytes(strips_of(found.sight, found.ways, sure, which))
    return [Lesson(strips, example.linked[which], example.ahead[which], sure[which])]


def example_of(
    maps: Array, ink: Array, drawing: Drawing, placed: tuple[float, float, float]
) -> Example | None:
    """What is to be learned from one drawing, `placed` (scale, left, top) on the network's input;
    None if no ways were found."""
    objects = find_objects(maps)
    found = candidates(maps, ink, objects)
    if found is None:
        return None
    scale, offset = placed[0], np.array(placed[1:])
    places = _matched(objects, drawing, scale, offset)
    strokes = {(a, b): (path * scale + offset) / STRIDE for a, b, path in drawing.links}
    pairs = [(places.get(way.first, -1), places.get(way.second, -2)) for way in found.ways]
    ahead = np.array([pair in strokes for pair in pairs])
    back = np.array([pair[::-1] in strokes for pair in pairs])
    linked = ahead | back
    for pair in set(pairs):
        same = [k for k, other in enumerate(pairs) if other == pair]
        stroke = strokes.get(pair, strokes.get(pair[::-1]))
        if len(same) > 1 and stroke is not None:
            best = max(same, key=lambda k: _along(found.ways[k].cells, stroke))
            linked[[k for k in same if k != best]] = False
    return Example(found, linked, ahead & linked)


def _along(cells: Array, stroke: Array) -> float:
    """How much of a way (n, 2) lies on a stroke (m, 2), and of the stroke on the way, 0..1."""
    near = np.hypot(*(cells[:, None] + 0.5 - stroke[None]).transpose(2, 0, 1)) < ON_STROKE
    return float(min(near.any(1).mean(), near.any(0).mean()))


def _folds(examples: Sequence[Example]) -> list[list[int]]:
    return [list(range(k, len(examples), FOLDS)) for k in range(FOLDS)]


def trees_for(examples: Sequence[Example]) -> tuple[Trees, Trees, Trees, Trees]:
    """First and second judgement of what is a link, and of where it leads, after a look."""
    folds = _folds(examples)
    links = [example.found.link for example in examples]
    linked = [example.linked for example in examples]
    link, sure = _crossed(links, linked, folds)
    again = [e.found.link_again(x, p) for e, x, p in zip(examples, links, sure, strict=True)]
    link_again, sure = _crossed(again, linked, folds)
    where = [np.flatnonzero(example.linked) for example in examples]
    sides = [(e.found.evidence.ahead, e.found.evidence.back) for e in examples]
    direction, ahead = _directions(examples, sides, where, folds)
    turned = [e.found.direction_again(p, f) for e, p, f in zip(examples, sure, ahead, strict=True)]
    return link, link_again, direction, _direction(examples, turned, where)


def _crossed(
    features: list[Array], truth: list[Array], folds: list[list[int]]
) -> tuple[Trees, list[Array]]:
    """Trees for all drawings, and of each what trees say that were fitted on others."""
    out: list[Array] = [np.zeros(0)] * len(features)
    for fold in folds:
        rest = [k for k in range(len(features)) if k not in set(fold)]
        trees = _fitted([features[k] for k in rest], [truth[k] for k in rest])
        for k in fold:
            out[k] = trees.probability(features[k])
    return _fitted(features, truth), out


def _directions(
    examples: Sequence[Example],
    sides: list[tuple[Array, Array]],
    where: list[Array],
    folds: list[list[int]],
) -> tuple[Trees, list[Array]]:
    """As `_crossed`, for directions."""
    out: list[Array] = [np.zeros(0)] * len(examples)
    for fold in folds:
        rest = [k for k in range(len(examples)) if k not in set(fold)]
        trees = _direction(
            [examples[k] for k in rest], [sides[k] for k in rest], [where[k] for k in rest]
        )
        for k in fold:
            out[k] = both_ways(trees, *sides[k])
    return _direction(examples, sides, where), out


def _direction(
    examples: Sequence[Example], sides: list[tuple[Array, Array]], where: list[Array]
) -> Trees:
    """From the links of all drawings, each seen from both ends."""
    features, truth = [], []
    for example, (ahead, back), rows in zip(examples, sides, where, strict=True):
        features += [ahead[rows], back[rows]]
        truth += [example.ahead[rows], ~example.ahead[rows]]
    return _fitted(features, truth)


def _fitted(features: Sequence[Array], truth: Sequence[Array]) -> Trees:
    return fitted(np.concatenate(features), np.concatenate(truth))


def _matched(objects: list[Found], drawing: Drawing, scale: float, offset: Array) -> dict[int, int]:
    """Found object → drawn object whose centre it lies on."""
    places: dict[int, int] = {}
    if not objects:
        return places
    centres = np.stack([item.centre for item in objects])
    for index, box in enumerate(drawing.boxes):
        corners = (np.array(box).reshape(2, 2) * scale + offset) / STRIDE
        distance = np.hypot(*(centres - corners.mean(0)).T)
        nearest = int(distance.argmin())
        if distance[nearest] < max(4.0, 0.5 * float((corners[1] - corners[0]).min())):
            places.setdefault(nearest, index)
    return places
