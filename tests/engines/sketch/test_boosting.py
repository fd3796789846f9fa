"""Trees fitted with scikit-learn say the same when they run as plain arrays."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from apps.engines.sketch.boosting import Trees, fitted, trees_from


@pytest.fixture(scope="module")
def either_or() -> tuple[Trees, np.ndarray, np.ndarray]:
    """True where just one of two features is positive: no line tells that."""
    rng = np.random.default_rng(3)
    features = rng.normal(size=(600, 4)).astype(np.float32)
    truth = (features[:, 0] > 0) != (features[:, 1] > 0)
    return fitted(features[:400], truth[:400]), features[400:], truth[400:]


def test_trees_tell_what_no_line_tells(either_or) -> None:
    trees, features, truth = either_or

    assert ((trees.probability(features) >= 0.5) == truth).mean() > 0.9


def test_probabilities_are_probabilities(either_or) -> None:
    trees, features, _ = either_or
    p = trees.probability(features)

    assert p.shape == (len(features),)
    assert ((p > 0) & (p < 1)).all()


def test_trees_come_back_from_a_file(either_or, tmp_path) -> None:
    trees, features, _ = either_or
    save_file(trees.arrays("some"), tmp_path / "trees.safetensors")
    again = trees_from(load_file(tmp_path / "trees.safetensors"), "some")

    assert np.array_equal(again.probability(features), trees.probability(features))


def test_no_rows_have_no_probabilities(either_or) -> None:
    trees, features, _ = either_or

    assert trees.probability(features[:0]).shape == (0,)
