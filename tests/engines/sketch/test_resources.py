"""Objects beside the flow: where they stand, how their links look, what the truth says of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from random import Random

import numpy as np
import pytest
import torch
from PIL import Image

from apps.engines.factories.factory import factories
from apps.engines.factories.roles import is_resource
from apps.engines.sketch.arrangement import arrange
from apps.engines.sketch.drawing import SketchPlan, draw
from apps.engines.sketch.icons import ICONS
from apps.engines.sketch.looks import choose_look
from apps.engines.sketch.network import NEVER, SketchConfig, SketchNetwork, for_classes
from apps.engines.sketch.pen import broken
from apps.engines.sketch.samples import CLASSES, plan_of, plans

SERVED = SketchPlan(
    (
        ("Source", "In", 0, 0),
        ("Processor", "Mill", 1, 0),
        ("Sink", "Out", 2, 0),
        ("Dispatcher", "Crew", 1, -2),
        ("Operator", "Ann", 0, -2),
        ("Operator", "Bob", 2, -2),
    ),
    ((0, 1), (1, 2), (1, 3), (3, 4), (3, 5)),
)


def test_every_class_has_icons() -> None:
    assert set(ICONS) | {"Box"} == set(CLASSES)
    assert min(len(kinds) for kinds in ICONS.values()) >= 5


@pytest.mark.parametrize("seed", range(12))
def test_resources_stand_apart_from_the_flow_and_from_each_other(seed: int) -> None:
    page = arrange(SERVED.objects, Random(seed), True, SERVED.links, SERVED.crew())
    centres = np.array(page.centres)

    for i in range(len(centres)):
        for j in range(i):
            assert np.abs(centres[i] - centres[j]).max() > 0.4 * page.cell
    assert (centres > 0).all()
    assert (centres < (page.width, page.height)).all()


def test_without_resources_the_arrangement_is_that_of_the_flow() -> None:
    line = [("Box", str(k), float(k), 0.0) for k in range(4)]

    centres = arrange(line, Random(3), False).centres

    assert [x for x, _ in centres] == sorted(x for x, _ in centres)


def test_links_to_resources_are_broken_lines_without_heads() -> None:
    style = {"service": "dashed", "service_head": "none", "links": "straight", "gap": 1.0}
    dashed, whole = (
        _ink_share(replace(choose_look(Random(1)), **{**style, "service": kind}))
        for kind in ("dashed", "same")
    )

    assert dashed < 0.85 * whole


def _ink_share(look) -> float:
    """Share of the points on service links that are dark."""
    drawing = draw(SERVED, Random(2), camera=False, look=replace(look, clutter=0.0))
    grey = np.asarray(drawing.image.convert("L"), np.float32)
    dark = grey < np.median(grey) - 30
    dark = np.maximum(dark, np.roll(dark, 1, 0) | np.roll(dark, -1, 0))
    ways = [path for _, target, path in drawing.links if target >= 3]
    points = np.concatenate(ways).astype(int)
    return float(dark[points[:, 1], points[:, 0]].mean())


def test_a_broken_line_has_the_lengths_that_were_asked_for() -> None:
    pieces = broken([(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)], 10.0, 5.0)

    lengths = [sum(np.hypot(*np.diff(np.array(piece), axis=0).T)) for piece in pieces]

    assert lengths[:-1] == pytest.approx([10.0] * (len(pieces) - 1))
    assert sum(lengths) == pytest.approx(70.0, abs=10)
    assert np.hypot(*np.subtract(pieces[1][0], pieces[0][-1])) == pytest.approx(5.0)


def test_plans_show_all_classes_and_boxed_resources_stay_beside_the_flow() -> None:
    seen = {kind for plan in islice(plans(3), 60) for kind, *_ in plan.objects}
    factory = next(f for f in factories(5, "train") if f.service())
    boxed = plan_of(factory, range(len(factory.stations)))

    assert seen == set(CLASSES)
    assert boxed.crew() == {i for i, s in enumerate(factory.stations) if is_resource(s.class_name)}
    assert boxed.crew() == plan_of(factory).crew()
    assert boxed.links == tuple(factory.links)


def test_rows_of_the_head_go_by_class_and_new_classes_are_never_seen() -> None:
    old = ("Source", "Queue", "Box")
    torch.manual_seed(1)
    network = SketchNetwork(SketchConfig())
    state = network.state_dict()
    rows = [CLASSES.index(name) for name in old] + list(range(len(CLASSES), len(CLASSES) + 7))
    narrow = {**state, **{k: state[k][rows] for k in ("head.weight", "head.bias")}}

    wide = for_classes(narrow, old)
    other = SketchNetwork(SketchConfig())
    other.load_state_dict(wide)
    image = torch.rand(1, 1, 448, 640)
    with torch.inference_mode():
        before, after = network(image), other(image)

    assert torch.allclose(before[:, rows], after[:, rows], atol=1e-5)
    unknown = [i for i, name in enumerate(CLASSES) if name not in old]
    assert torch.all(after[:, unknown] == NEVER)


def test_an_icon_that_turns_looks_both_ways() -> None:
    from apps.engines.sketch.pen import Canvas, Pen

    sides = set()
    for seed in range(8):
        image = Image.new("RGB", (100, 100), "white")
        ICONS["Transporter"][0](
            Canvas(image, Pen((0, 0, 0), 2, 0.0), Random(seed)), 50, 50, 40, None
        )
        ys, xs = np.nonzero(np.asarray(image.convert("L")) < 128)
        forks = xs[ys == ys[np.abs(ys - 78).argmin()]]
        sides.add(bool(forks.mean() > 50))

    assert sides == {True, False}
