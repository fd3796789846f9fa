"""Drawings: reproducible, true to their plan, and true to the pixel."""

from __future__ import annotations

import time
from itertools import islice
from random import Random

import numpy as np
import pytest
from PIL import Image

from apps.engines.sketch.arrangement import arrange
from apps.engines.sketch.drawing import SketchPlan, draw, draw_sketch, wrapped
from apps.engines.sketch.icons import ICONS
from apps.engines.sketch.looks import choose_look
from apps.engines.sketch.paper import blank, moved, photograph
from apps.engines.sketch.pen import Canvas, Pen, hand_fonts
from apps.engines.sketch.samples import drawings

PLAN = SketchPlan(
    (("Source", "In", 0, 0), ("Queue", "Wait", 1, 0), ("Box", "Mill", 2, 0), ("Sink", "Out", 3, 0)),
    ((0, 1), (1, 2), (2, 3)),
)


def test_the_same_seed_draws_the_same_picture() -> None:
    first, first_truth = draw_sketch(PLAN, 5)
    again, again_truth = draw_sketch(PLAN, 5)
    other, _ = draw_sketch(PLAN, 6)

    assert first.tobytes() == again.tobytes()
    assert first_truth == again_truth
    assert first.size != other.size or first.tobytes() != other.tobytes()


@pytest.mark.parametrize("seed", range(6))
def test_the_truth_is_the_plan(seed: int) -> None:
    _, truth = draw_sketch(PLAN, seed)

    assert [item.label for item in truth.objects] == ["In", "Wait", "Mill", "Out"]
    assert [max(item.class_scores, default="") for item in truth.objects] == [
        "Source", "Queue", "", "Sink",
    ]  # fmt: skip
    assert [(link.source, link.target) for link in truth.links] == [(0, 1), (1, 2), (2, 3)]
    for item in truth.objects:
        left, top, right, bottom = item.box
        assert -0.1 < left < right < 1.1
        assert -0.1 < top < bottom < 1.1


@pytest.mark.parametrize("seed", range(8))
def test_links_run_from_their_source_to_their_target(seed: int) -> None:
    drawing = draw(PLAN, Random(seed), camera=False)

    for source, target, path in drawing.links:
        assert _gap(path[0], drawing.boxes[source]) < 60
        assert _gap(path[-1], drawing.boxes[target]) < 60
        assert _gap(path[0], drawing.boxes[source]) < _gap(path[-1], drawing.boxes[source])


def _gap(point: np.ndarray, box: tuple[float, float, float, float]) -> float:
    dx = max(box[0] - point[0], 0.0, point[0] - box[2])
    dy = max(box[1] - point[1], 0.0, point[1] - box[3])
    return float(np.hypot(dx, dy))


@pytest.mark.parametrize("kind", sorted(ICONS))
def test_every_icon_leaves_ink_in_its_box(kind: str) -> None:
    rng = Random(1)
    for icon in ICONS[kind]:
        canvas = Canvas(Image.new("RGB", (100, 100), "white"), Pen((0, 0, 0), 2, 0.5), rng)
        icon(canvas, 50, 50, 30, None)
        dark = np.argwhere(np.asarray(canvas.image.convert("L")) < 128)

        assert len(dark) > 60
        assert dark.min() >= 50 - 36
        assert dark.max() <= 50 + 36


def test_the_camera_moves_the_truth_with_the_picture() -> None:
    for seed in range(6):
        image = Image.new("RGB", (400, 300), "white")
        image.paste((0, 0, 0), (100, 200, 112, 212))

        photo, matrix = photograph(image, 1.0, Random(seed))
        grey = np.asarray(photo.convert("L"), np.float32)
        x, y = moved(np.array([[106.0, 206.0]]), matrix)[0]
        around = grey[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3].mean()

        assert around < np.median(grey) - 40


@pytest.mark.parametrize("kind", ["plain", "squared", "lined", "dotted", "board", "clean"])
def test_paper_is_pale(kind: str) -> None:
    pixels = np.asarray(blank(200, 150, kind, Random(3)))

    assert np.median(pixels) > 200
    assert (pixels[..., 1].std() > 0.2) == (kind in ("squared", "lined", "dotted"))


def test_flow_against_the_reading_direction_needs_arrow_heads() -> None:
    line = [("Box", str(k), float(k), 0.0) for k in range(4)]
    for seed in range(40):
        xs = [x for x, _ in arrange(line, Random(seed), headed=False).centres]
        ys = [y for _, y in arrange(line, Random(seed), headed=False).centres]

        assert xs == sorted(xs) or ys == sorted(ys)


def test_long_lines_are_folded_and_stay_on_the_page() -> None:
    line = [("Box", f"Station {k}", float(k), 0.0) for k in range(14)]
    page = arrange(line, Random(2), headed=True)

    assert len({round(y / page.cell) for _, y in page.centres}) > 1
    assert all(0 < x < page.width and 0 < y < page.height for x, y in page.centres)


def test_looks_differ_and_use_fonts_that_ship() -> None:
    looks = [choose_look(Random(seed)) for seed in range(60)]

    assert {look.paper for look in looks} >= {"clean", "board", "squared"}
    assert {look.head for look in looks} == {"open", "filled", "long", "none"}
    assert {look.font for look in looks} <= {*hand_fonts(), "roboto"}
    assert len(hand_fonts()) >= 5


def test_long_names_break_at_the_space_nearest_the_middle() -> None:
    assert wrapped("Final Cooling Rack C", 10) == "Final Cooling\nRack C"
    assert wrapped("Storage", 3) == "Storage"
    assert wrapped("Rack C", 10) == "Rack C"


@pytest.mark.slow
def test_ten_drawings_a_second() -> None:
    began = time.process_time()
    drawn = list(islice(drawings(3), 30))

    assert len(drawn) / (time.process_time() - began) > 10
