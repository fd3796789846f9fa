"""What is measured along a way."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.course import heads, strokes
from apps.engines.sketch.detection import Found
from apps.engines.sketch.evidence import evidence_of, sight_of
from apps.engines.sketch.ragged import Ragged
from apps.engines.sketch.samples import CLASSES, GRID, INPUT
from apps.engines.sketch.tracing import Way, find_ways


def seen(kind: str, x: float, y: float = 50.0) -> Found:
    rest = 0.03 / (len(CLASSES) - 2)
    scores = {name: 0.97 if name == kind else rest for name in CLASSES if name != "Box"}
    return Found(np.array([x, y]), np.array([10.0, 10.0]), scores, 0.9)


OBJECTS = [seen("Queue", 20), seen("Processor", 90)]


def page(dashed: bool = False, head: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Maps and ink of a level link from x = 26 to 84 cells, its head on the right."""
    maps = np.zeros((len(CLASSES) + 7, *GRID), np.float32)
    maps[len(CLASSES) + 2] = -8.0
    maps[len(CLASSES) + 2, 50, 26:84] = 8.0
    ink = np.zeros(INPUT, np.float32)
    ink[201:204, 104:336] = 1
    if dashed:
        ink[:, ::16] = ink[:, 1::16] = ink[:, 2::16] = ink[:, 3::16] = 0
        ink[:, 4::16] = ink[:, 5::16] = ink[:, 6::16] = ink[:, 7::16] = 0
    for back in range(12 if head else 0):
        ink[202 - back // 2, 335 - back] = ink[202 + back // 2, 335 - back] = 1
    return maps, ink


def the_way(dashed: bool = False):
    maps, ink = page(dashed)
    sight = sight_of(ink, maps, OBJECTS)
    (way,) = find_ways(sight.mask, sight.boxes)
    return sight, way


def test_the_order_of_the_ends_does_not_matter() -> None:
    sight, way = the_way()
    turned = Way(way.second, way.first, way.cells[::-1], way.cost)
    there, back = evidence_of(sight, [way]), evidence_of(sight, [turned])

    assert there.link == pytest.approx(back.link, abs=1e-3)
    assert there.ahead == pytest.approx(back.back, abs=1e-3)
    assert there.back == pytest.approx(back.ahead, abs=1e-3)
    assert there.heads == pytest.approx(-back.heads, abs=1e-3)


def test_a_head_is_ink_beside_the_end() -> None:
    sight, way = the_way()

    assert evidence_of(sight, [way]).heads[0] > 0.05
    bare, ink = page(head=False)
    sight = sight_of(ink, bare, OBJECTS)
    assert abs(evidence_of(sight, [way]).heads[0]) < 0.02


def test_heads_are_seen_at_the_end_where_they_are() -> None:
    sight, way = the_way()
    (first, second), *_ = heads(sight.ink, way.cells + 0.5, Ragged.of([len(way.cells)]))

    assert second[4] > first[4]


def test_dashes_have_a_rhythm() -> None:
    changes = []
    for dashed in (False, True):
        sight, way = the_way(dashed)
        ragged = Ragged.of([len(way.cells)])
        changes.append(strokes(sight.mask, sight.ink, way.cells + 0.5, ragged)[1][0, 0])

    assert changes[0] < 0.05
    assert changes[1] > 0.3
