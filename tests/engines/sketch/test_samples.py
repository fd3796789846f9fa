"""What the network sees and what it shall answer."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from apps.engines.sketch.detection import find_objects
from apps.engines.sketch.drawing import Drawing
from apps.engines.sketch.linking import find_links, load_rules
from apps.engines.sketch.network import VOTE_SCALE
from apps.engines.sketch.reader import WEIGHTS
from apps.engines.sketch.samples import (
    CLASSES,
    INPUT,
    STRIDE,
    Sample,
    drawings,
    letterbox,
    sample_of,
)
from apps.engines.sketch.scene import CLEAR


def test_letterbox_keeps_proportions_and_says_where_things_went() -> None:
    image = Image.new("L", (1280, 320), 240)
    ImageDraw.Draw(image).rectangle([640, 160, 660, 180], fill=0)

    ink, scale, left, top = letterbox(image)
    rows, columns = np.nonzero(ink > 0.5)

    assert ink.shape == INPUT
    assert scale == 0.5
    assert columns.mean() == pytest.approx(650 * scale + left, abs=1.5)
    assert rows.mean() == pytest.approx(170 * scale + top, abs=1.5)


@pytest.mark.parametrize("paper", [250, 150, 90])
def test_ink_is_measured_against_the_paper_around_it(paper: int) -> None:
    image = Image.new("L", (640, 448), paper)
    ImageDraw.Draw(image).line([(100, 200), (500, 200)], fill=paper // 3, width=4)

    ink, *_ = letterbox(image)

    assert ink[200, 300] > 0.8
    assert ink[100, 300] < 0.1


def test_light_lines_on_a_dark_board_are_ink_too() -> None:
    image = Image.new("L", (640, 448), 255)
    ImageDraw.Draw(image).line([(100, 200), (500, 200)], fill=40, width=4)

    ink, *_ = letterbox(ImageOps.invert(image))

    assert ink[200, 300] > 0.8
    assert ink[100, 300] < 0.1


def test_maps_say_where_objects_are_and_where_links_lead() -> None:
    image = Image.new("RGB", (640, 448), "white")
    boxes = [(80.0, 200.0, 120.0, 240.0), (400.0, 200.0, 440.0, 240.0)]
    path = np.array([[x, 220.0] for x in range(130, 390, 3)])
    drawing = Drawing(image, boxes, boxes, ["Source", "Sink"], ["a", "b"], [(0, 1, path)])

    sample = sample_of(drawing)

    source, sink = (CLASSES.index(kind) for kind in ("Source", "Sink"))
    assert sample.heat[source, 55, 25] == 1.0
    assert sample.heat[sink, 55, 105] == 1.0
    assert sample.heat[source, 55, 105] < 0.01
    assert tuple(sample.size[:, 55, 25]) == (10.0, 10.0)
    assert sample.mask[55, 60] == 1.0
    assert sample.mask[30, 60] == 0.0
    assert tuple(sample.votes[:, 55, 60]) == pytest.approx((25 - 60.5, -0.5, 105 - 60.5, -0.5))


def test_perfect_maps_are_read_back_almost_perfectly() -> None:
    rules = load_rules(WEIGHTS / "links.safetensors")
    wrong = links = 0
    for drawing in islice(drawings(4, "test", basic=True), 25):
        sample = sample_of(drawing)
        maps = _perfect(sample)
        objects = find_objects(maps)
        found = {
            (link.source, link.target)
            for link in find_links(maps, sample.image, objects, rules)
            if link.confidence >= CLEAR
        }
        truth = {(a, b) for a, b, _ in drawing.links}
        order = _order(drawing, objects)

        assert len(objects) == len(drawing.boxes)
        named = {(order[a], order[b]) for a, b in found}
        wrong += len(named ^ truth)
        links += len(truth)

    assert wrong / links < 0.05


def _perfect(sample: Sample) -> np.ndarray:
    def logit(p: np.ndarray) -> np.ndarray:
        p = np.clip(p, 1e-3, 1 - 1e-3)
        return np.log(p / (1 - p))

    return np.concatenate(
        [logit(sample.heat), sample.size / 8, logit(sample.mask)[None], sample.votes / VOTE_SCALE]
    )


def _order(drawing: Drawing, objects: list) -> dict[int, int]:
    """Found object -> drawn object by distance of centres."""
    _, scale, left, top = letterbox(drawing.image)
    centres = [
        (((b[0] + b[2]) / 2 * scale + left) / STRIDE, ((b[1] + b[3]) / 2 * scale + top) / STRIDE)
        for b in drawing.boxes
    ]
    return {
        index: min(range(len(centres)), key=lambda i: np.hypot(*(item.centre - centres[i])))
        for index, item in enumerate(objects)
    }


def test_streams_are_reproducible_and_splits_do_not_share_structures() -> None:
    first = [d.names for d in islice(drawings(9), 4)]
    again = [d.names for d in islice(drawings(9), 4)]
    other = [d.names for d in islice(drawings(9, "test"), 4)]

    assert first == again
    assert first != other
