"""Which way links lead, and what may be linked at all."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.detection import Found
from apps.engines.sketch.linking import candidates, find_links, load_rules
from apps.engines.sketch.reader import WEIGHTS
from apps.engines.sketch.samples import CLASSES, GRID


def seen(kind: str, x: float, y: float = 50.0, sure: float = 0.97) -> Found:
    rest = (1 - sure) / (len(CLASSES) - 2)
    scores = {name: sure if name == kind else rest for name in CLASSES if name != "Box"}
    return Found(np.array([x, y]), np.array([10.0, 10.0]), scores, 0.9)


def line(left: int, right: int, row: int = 50) -> np.ndarray:
    """Maps with one level stroke and no votes."""
    maps = np.zeros((len(CLASSES) + 7, *GRID), np.float32)
    maps[len(CLASSES) + 2] = -8.0
    maps[len(CLASSES) + 2, row - 1 : row + 1, left:right] = 8.0
    return maps


@pytest.mark.parametrize(
    ("left", "right", "ahead"),
    [
        ("Processor", "Operator", True),
        ("Operator", "Processor", False),
        ("Robot", "Dispatcher", False),
        ("Dispatcher", "Transporter", True),
        ("Dispatcher", "Queue", False),
    ],
)
def test_classes_tell_which_way_a_link_to_a_resource_leads(
    left: str, right: str, ahead: bool
) -> None:
    objects = [seen(left, 20), seen(right, 90)]
    found = candidates(line(26, 84), objects)

    assert len(found.ways) == 1
    first = found.ways[0].first
    assert (found.told[0] > 0.5) == (ahead == (first == 0))
    assert abs(found.told[0]) > 0.5
    assert _direction(objects) == ((0, 1) if ahead else (1, 0))


def _direction(objects: list[Found]) -> tuple[int, int]:
    (link,) = find_links(line(26, 84), objects, _every_stroke_is_a_link())
    return (link.source, link.target)


def _every_stroke_is_a_link():
    from dataclasses import replace

    rules = load_rules(WEIGHTS / "links.json")
    sure = replace(rules.link, weights=[0.0] * len(rules.link.weights), bias=9.0)
    return replace(rules, link=sure)


def test_among_stations_classes_do_not_tell() -> None:
    found = candidates(line(26, 84), [seen("Queue", 20), seen("Processor", 90)])

    assert abs(found.told[0]) < 0.1


def test_what_may_never_be_linked_is_told() -> None:
    station = candidates(line(26, 84), [seen("Queue", 20), seen("Operator", 90)]).link[0, -1]
    people = candidates(line(26, 84), [seen("Robot", 20), seen("Operator", 90)]).link[0, -1]

    assert station > 0.9
    assert people < 0.1


def test_objects_without_strokes_between_them_have_no_links() -> None:
    objects = [seen("Queue", 20), seen("Processor", 90)]

    assert find_links(line(0, 0), objects, load_rules(WEIGHTS / "links.json")) == []
