"""Strokes are followed across gaps, labels and crossings, by hand-drawn masks."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.tracing import Way, find_ways

LEFT, RIGHT = (10.0, 45.0, 25.0, 60.0), (100.0, 45.0, 115.0, 60.0)


def ways(mask: np.ndarray, *boxes: tuple[float, ...]) -> dict[tuple[int, int], Way]:
    return {(way.first, way.second): way for way in find_ways(mask, np.array(boxes))}


def empty() -> np.ndarray:
    return np.zeros((112, 160))


def test_no_stroke_no_way() -> None:
    assert ways(empty(), LEFT, RIGHT) == {}


def test_a_straight_stroke_costs_its_length() -> None:
    mask = empty()
    mask[52, 26:100] = 1

    (way,) = ways(mask, LEFT, RIGHT).values()

    assert 60 < way.cost < 90
    assert way.cells[0][0] < 40
    assert way.cells[-1][0] > 90


def test_a_small_gap_is_bridged_a_large_one_is_not() -> None:
    mask = empty()
    mask[52, 26:100] = 1
    mask[52, 60:63] = 0
    assert (0, 1) in ways(mask, LEFT, RIGHT)

    mask[52, 55:75] = 0
    assert (0, 1) not in ways(mask, LEFT, RIGHT)


def test_a_stroke_that_points_at_an_object_reaches_it_across_its_label() -> None:
    mask = empty()
    mask[52, 26:92] = 1
    assert (0, 1) in ways(mask, LEFT, RIGHT)


def test_a_stroke_that_turns_away_before_an_object_does_not() -> None:
    mask = empty()
    mask[52, 26:92] = 1
    mask[20:53, 91] = 1
    above = (85.0, 5.0, 98.0, 18.0)

    found = ways(mask, LEFT, RIGHT, above)

    assert (0, 2) in found
    assert (0, 1) not in found


def test_at_a_crossing_the_way_leads_straight_on() -> None:
    mask = empty()
    mask[52, 26:100] = 1
    mask[19:92, 62] = 1
    top, bottom = (55.0, 5.0, 70.0, 18.0), (55.0, 92.0, 70.0, 105.0)

    found = ways(mask, LEFT, RIGHT, top, bottom)

    def surplus(first: int, second: int) -> float:
        way = found[first, second]
        return way.cost - len(way.cells)

    assert max(surplus(0, 1), surplus(2, 3)) < min(surplus(0, 2), surplus(1, 3))


def test_no_way_leads_through_a_third_object() -> None:
    mask = empty()
    mask[52, 26:100] = 1
    middle = (55.0, 45.0, 70.0, 60.0)

    assert set(ways(mask, LEFT, RIGHT, middle)) == {(0, 2), (1, 2)}


@pytest.mark.parametrize("boxes", [[], [LEFT]])
def test_fewer_than_two_objects_have_no_ways(boxes: list[tuple[float, ...]]) -> None:
    mask = empty()
    mask[52, 26:100] = 1

    assert find_ways(mask, np.array(boxes).reshape(-1, 4)) == []
