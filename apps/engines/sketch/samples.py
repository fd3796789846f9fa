"""Training and test drawings: pictures of plans, and target maps.

Maps are at a quarter of the network's input: centre heat per class (Gaussian), box size, link mask, and
for every link pixel the way to its source's and its target's centre.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from ..factories.factory import Factory, factories
from ..factories.roles import CLASSES as FLEXSIM_CLASSES
from ..factories.roles import is_resource
from .drawing import Drawing, SketchPlan, draw
from .paper import Array

INPUT = (448, 640)
"""Height and width of the network's input."""
STRIDE = 4
CLASSES = (*FLEXSIM_CLASSES, "Box")
"""FlexSim classes, and plain shapes that say nothing of theirs."""
BASIC = CLASSES[:4]
GRID = (INPUT[0] // STRIDE, INPUT[1] // STRIDE)


@dataclass(frozen=True)
class Sample:
    """Image (H, W) 0..1 ink; heat (C, h, w); size (2, h, w); where centres are (h, w);
    link mask (h, w); votes (4, h, w) in grid cells: to the source x, y and to the target x, y."""

    image: Array
    heat: Array
    size: Array
    centres: Array
    mask: Array
    votes: Array


def plans(seed: int, split: str = "train", basic: bool = False) -> Iterator[SketchPlan]:
    """Plans of random factories: those of the four basic classes alone with `basic`, else of all
    classes, where half of the basic ones are left out. A third show plain boxes only, some of these
    with icons for people and vehicles."""
    rng = Random(seed)
    for factory in factories(seed, split):
        is_basic = all(station.class_name in BASIC for station in factory.stations)
        if (basic and not is_basic) or (not basic and is_basic and rng.random() < 0.5):
            continue
        plain = rng.random() < 0.35
        crew_too = rng.random() < 0.5
        boxed = {
            index
            for index, station in enumerate(factory.stations)
            if rng.random() < 0.04 or (plain and (crew_too or not is_resource(station.class_name)))
        }
        yield plan_of(factory, boxed)


def plan_of(factory: Factory, boxed: Collection[int] = ()) -> SketchPlan:
    """The plan of a factory whose `boxed` objects (indices) are drawn as plain boxes."""
    objects = tuple(
        ("Box" if i in boxed else s.class_name, s.name, s.x, s.y)
        for i, s in enumerate(factory.stations)
    )
    hidden = frozenset(i for i in boxed if is_resource(factory.class_of(i)))
    return SketchPlan(objects, tuple(factory.links), hidden)


def drawings(seed: int, split: str = "train", basic: bool = False) -> Iterator[Drawing]:
    """An endless, reproducible stream of drawings; `basic` as for `plans`."""
    rng = Random(seed + 1)
    for plan in plans(seed, split, basic):
        yield draw(plan, Random(rng.getrandbits(48)))


def letterbox(image: Image.Image) -> tuple[Array, float, float, float]:
    """Grey ink 0..1 on the network's input; scale and offset from image to input pixels."""
    height, width = INPUT
    scale = min(width / image.width, height / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    grey = image.convert("L").resize(
        size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    )
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    out = np.zeros(INPUT, np.float32)
    out[top : top + size[1], left : left + size[0]] = normalised(np.asarray(grey, np.float32))
    return out, scale, float(left), float(top)


def normalised(grey: Array) -> Array:
    """Ink against its surroundings: paper 0, the darkest ink about 1, whatever the light."""
    import cv2

    grey = _dark_on_light(grey)
    paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), (0, 0), 9)
    ink = np.clip((paper - grey) / np.maximum(paper, 30.0), 0, 1)
    dark = float(np.percentile(ink, 99.5))
    return np.asarray(np.clip(ink / max(dark, 0.08), 0, 1.2), np.float32)


def _dark_on_light(grey: Array) -> Array:
    """Turned round if the strokes are lighter than the board that they are on."""
    import cv2

    if float(np.median(grey)) > 120:
        return grey
    strokes = grey - cv2.GaussianBlur(grey, (0, 0), 12)
    return grey if float((strokes**3).mean()) <= 0 else np.asarray(255 - grey, np.float32)


def sample_of(drawing: Drawing) -> Sample:
    """Input and target maps of one drawing."""
    image, scale, left, top = letterbox(drawing.image)
    offset = np.array([left, top])
    h, w = GRID
    heat, size = np.zeros((len(CLASSES), h, w), np.float32), np.zeros((2, h, w), np.float32)
    centres = np.zeros((h, w), np.float32)
    middles = []
    for box, kind in zip(drawing.boxes, drawing.classes, strict=True):
        corners = (np.array(box).reshape(2, 2) * scale + offset) / STRIDE
        middle, extent = corners.mean(0), corners[1] - corners[0]
        middles.append(middle)
        _add_centre(heat[CLASSES.index(kind)], size, centres, middle, extent)
    mask, votes = np.zeros((h, w), np.float32), np.zeros((4, h, w), np.float32)
    for source, target, path in drawing.links:
        points = (path * scale + offset) / STRIDE
        _add_link(mask, votes, points, middles[source], middles[target])
    return Sample(image, heat, size, centres, mask, votes)


def _add_centre(heat: Array, size: Array, centres: Array, middle: Array, extent: Array) -> None:
    h, w = heat.shape
    x, y = int(middle[0]), int(middle[1])
    if not (0 <= x < w and 0 <= y < h):
        return
    sigma = max(1.0, float(extent.min()) / 6)
    ys, xs = np.mgrid[0:h, 0:w]
    bump = np.exp(-((xs + 0.5 - middle[0]) ** 2 + (ys + 0.5 - middle[1]) ** 2) / (2 * sigma**2))
    np.maximum(heat, bump, out=heat)
    heat[y, x] = 1.0
    near = (slice(max(0, y - 1), y + 2), slice(max(0, x - 1), x + 2))
    size[:, near[0], near[1]] = extent[:, None, None]
    centres[near] = 1.0


def _add_link(mask: Array, votes: Array, points: Array, source: Array, target: Array) -> None:
    h, w = mask.shape
    for x, y in points:
        column, row = int(x), int(y)
        if 0 <= column < w and 0 <= row < h:
            mask[row, column] = 1.0
            votes[:, row, column] = (
                source[0] - column - 0.5,
                source[1] - row - 0.5,
                target[0] - column - 0.5,
                target[1] - row - 0.5,
            )
