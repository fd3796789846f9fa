"""Fitting of the link rules (`linking`) on drawings, after the network is trained."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np
import torch

from .detection import Found, find_objects
from .drawing import Drawing
from .linking import TELLING, Regression, Rules, candidates
from .network import SketchNetwork
from .paper import Array
from .samples import STRIDE, drawings, letterbox


@torch.inference_mode()
def fit_rules(
    network: SketchNetwork, count: int, seed: int, progress: Callable[[int], None]
) -> Rules:
    """Logistic regressions on the ways found in `count` drawings of the training split."""
    network.eval()
    link, is_link, direction, is_forward = [], [], [], []
    for number, drawing in enumerate(islice(drawings(seed), count)):
        ink, scale, left, top = letterbox(drawing.image)
        maps = network(torch.from_numpy(ink)[None, None])[0].float().numpy()
        objects = find_objects(maps)
        if len(objects) < 2:
            continue
        found = candidates(maps, objects)
        places = _matched(objects, drawing, scale, np.array([left, top]))
        truth = {(a, b) for a, b, _ in drawing.links}
        for row, way in enumerate(found.ways):
            pair = (places.get(way.first, -1), places.get(way.second, -1))
            linked = pair in truth or pair[::-1] in truth
            link.append(found.link[row])
            is_link.append(linked)
            if linked and abs(found.told[row]) <= TELLING:
                direction.append(found.direction[row])
                is_forward.append(pair in truth)
        progress(number + 1)
    return Rules(
        _fitted(np.array(link), np.array(is_link)),
        _fitted(np.array(direction), np.array(is_forward)),
    )


def _fitted(features: Array, truth: Array) -> Regression:
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(0), np.maximum(features.std(0), 1e-6)
    model = LogisticRegression(max_iter=2000).fit((features - mean) / scale, truth)
    return Regression(
        _rounded(mean), _rounded(scale), _rounded(model.coef_[0]), _rounded(model.intercept_)[0]
    )


def _rounded(values: Array) -> list[float]:
    return [round(float(value), 6) for value in values]


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
