"""Sequences of different lengths in one array."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.ragged import Ragged

THREE = Ragged.of([3, 1, 4])
VALUES = np.array([1.0, 5.0, 3.0, 7.0, 0.0, 2.0, 4.0, 6.0])


def test_each_sequence_is_summed_up_by_itself() -> None:
    assert THREE.total(VALUES).tolist() == [9, 7, 12]
    assert THREE.mean(VALUES).tolist() == [3, 7, 3]
    assert THREE.most(VALUES).tolist() == [5, 7, 6]
    assert THREE.least(VALUES).tolist() == [1, 7, 0]


def test_moving_on_stops_at_the_end_of_a_sequence() -> None:
    assert THREE.moved(2).tolist() == [2, 2, 2, 3, 6, 7, 7, 7]
    assert THREE.moved(-1).tolist() == [0, 0, 1, 3, 4, 4, 5, 6]
    assert THREE.position().tolist() == [0, 1, 2, 0, 0, 1, 2, 3]


def test_quantiles_are_values() -> None:
    assert THREE.quantiles(VALUES, (0.0, 0.5, 1.0)).tolist() == [[1, 3, 5], [7, 7, 7], [0, 2, 6]]


def test_thirds_are_means() -> None:
    found = Ragged.of([6, 3]).thirds(np.array([1, 3, 5, 5, 0, 2, 7, 8, 9], float))

    assert found.tolist() == [[2, 5, 1], [7, 8, 9]]


@pytest.mark.parametrize(
    ("flags", "runs"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0]),
        ([1, 1, 1, 1, 1, 1, 1, 1], [3, 1, 4]),
        ([0, 1, 1, 0, 1, 0, 1, 1], [2, 0, 2]),
    ],
)
def test_runs_end_with_their_sequence(flags: list[int], runs: list[int]) -> None:
    assert THREE.longest(np.array(flags, bool)).tolist() == runs


def test_a_smooth_way_keeps_its_ends() -> None:
    points = np.array([[0, 0], [1, 1], [2, 0], [3, 1], [4, 0], [5, 1]], float)
    smooth = Ragged.of([6]).smoothed(points)

    assert smooth[[0, -1]].tolist() == [[0, 0], [5, 1]]
    assert np.ptp(smooth[2:4, 1]) < 0.3
