"""Gradient-boosted decision trees: fitted with scikit-learn, kept as plain arrays, run in numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from .paper import Array

TREES, DEPTH, RATE = 120, 5, 0.08
SHARE, FEATURES, LEAF = 0.6, 0.3, 12
"""Of the rows and of the features that each tree and each split sees; rows in a leaf at least."""


@dataclass(frozen=True)
class Trees:
    """Nodes (T, N) of T trees: go left where feature <= threshold; leaves have feature -1. The sum
    of the leaves' values is the logit."""

    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array

    def probability(self, features: Array) -> Array:
        """features (n, F) → (n,), 0..1."""
        rows = np.arange(len(features))[:, None]
        trees = np.arange(len(self.feature))[None]
        node = np.zeros((len(features), len(self.feature)), int)
        for _ in range(DEPTH):
            column = self.feature[trees, node]
            low = features[rows, np.maximum(column, 0)] <= self.threshold[trees, node]
            following = np.where(low, self.left[trees, node], self.right[trees, node])
            node = np.where(column >= 0, following, node)
        odds: Array = 1 / (1 + np.exp(-self.value[trees, node].sum(1)))
        return odds

    def arrays(self, name: str) -> dict[str, Array]:
        """By name, to be stored."""
        return {f"{name}.{item.name}": getattr(self, item.name) for item in fields(self)}


def trees_from(arrays: Mapping[str, Array], name: str) -> Trees:
    """The inverse of `Trees.arrays`. Raises KeyError where one is missing."""
    return Trees(**{item.name: arrays[f"{name}.{item.name}"] for item in fields(Trees)})


def fitted(features: Array, truth: Array, seed: int = 0) -> Trees:
    """Trees for truth (n; True or False) by features (n, F)."""
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=RATE,
        max_depth=DEPTH,
        subsample=SHARE,
        max_features=FEATURES,
        min_samples_leaf=LEAF,
        init="zero",
        random_state=seed,
    )
    model.fit(np.asarray(features, np.float32), truth)
    grown = [stage[0].tree_ for stage in model.estimators_]
    size = max(tree.node_count for tree in grown)
    out = {name: np.zeros((len(grown), size), np.int8) for name in ("feature", "left", "right")}
    threshold, value = (np.zeros((len(grown), size), np.float32) for _ in range(2))
    for row, tree in enumerate(grown):
        count = tree.node_count
        out["feature"][row, :count] = np.maximum(tree.feature, -1)
        out["left"][row, :count] = np.maximum(tree.children_left, 0)
        out["right"][row, :count] = np.maximum(tree.children_right, 0)
        threshold[row, :count] = tree.threshold
        value[row, :count] = RATE * tree.value[:, 0, 0]
    return Trees(threshold=threshold, value=value, **out)
