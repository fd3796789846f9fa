"""What ways say about each other."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.rivals import Company
from apps.engines.sketch.tracing import Way

SHAPE = (112, 160)


def level(first: int, second: int, left: int, right: int, row: int) -> Way:
    x = np.arange(left, right)
    return Way(first, second, np.stack([x, np.full_like(x, row)], 1), float(right - left))


def upright(first: int, second: int, top: int, bottom: int, column: int) -> Way:
    y = np.arange(top, bottom)
    return Way(first, second, np.stack([np.full_like(y, column), y], 1), float(bottom - top))


def test_a_way_that_crosses_does_not_run_along() -> None:
    company = Company([level(0, 1, 20, 80, 50), upright(2, 3, 20, 80, 50)], SHAPE)

    assert company.along[0][1].mean() < 0.05
    assert company.along[0][0].all()


def test_a_way_beside_runs_along_as_far_as_it_goes() -> None:
    company = Company([level(0, 1, 20, 80, 50), level(0, 2, 20, 50, 51)], SHAPE)

    assert company.along[0][1].mean() == pytest.approx(0.5, abs=0.05)
    assert company.along[1][0].all()


def test_a_stretch_that_a_sure_link_explains_is_covered() -> None:
    company = Company([level(0, 1, 20, 80, 50), level(0, 2, 20, 80, 51)], SHAPE)
    covered = company.by_belief(np.array([0.3, 0.9]))[:, 1]

    assert covered == pytest.approx([0.9, 0.3])


def test_two_links_by_way_of_an_object_speak_against_a_third_along_both() -> None:
    through = level(0, 2, 20, 120, 50)
    company = Company([through, level(0, 1, 20, 65, 50), level(1, 2, 75, 120, 50)], SHAPE)

    assert company.by_belief(np.array([0.5, 0.9, 0.8]))[0, -1] == pytest.approx(0.8)
    assert company.by_belief(np.array([0.5, 0.9, 0.0]))[0, -1] == pytest.approx(0.0)


def test_more_worth_on_the_same_stretch_is_told() -> None:
    company = Company([level(0, 1, 20, 80, 50), level(0, 2, 20, 80, 51)], SHAPE)
    told = company.by_worth(np.array([0.2, 0.7]), np.array([1.0, 1.0]))

    assert told[0, 0] == 1
    assert told[0, 2] == pytest.approx(0.5)
    assert told[1, 0] == 0


def test_what_enters_an_object_counts_for_what_leaves_it() -> None:
    company = Company([level(0, 1, 20, 50, 50), level(1, 2, 60, 90, 50)], SHAPE)
    sure, forward, heads = np.array([1.0, 1.0]), np.array([0.9, 0.5]), np.zeros(2)
    second = company.flows(sure, forward, heads)[1]

    assert second[4:8] == pytest.approx([0.9, 0.1, 0.0, 0.0], abs=1e-6)


def test_flows_are_the_same_seen_from_the_other_end() -> None:
    ways = [level(0, 1, 20, 50, 50), level(1, 2, 60, 90, 50)]
    turned = [Way(way.second, way.first, way.cells[::-1], way.cost) for way in ways]
    sure, forward, heads = np.array([0.8, 0.6]), np.array([0.9, 0.3]), np.array([0.2, -0.1])
    there = Company(ways, SHAPE).flows(sure, forward, heads)
    back = Company(turned, SHAPE).flows(sure, 1 - forward, -heads, back=True)

    assert there == pytest.approx(back)
