"""Sequences of different lengths, one after the other in one array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .paper import Array


@dataclass(frozen=True)
class Ragged:
    """Where each of n sequences lies among L values: `starts` (n), `lengths` (n; at least 1)."""

    starts: Array
    lengths: Array

    @classmethod
    def of(cls, lengths: Sequence[int] | Array) -> Ragged:
        sizes = np.asarray(lengths, int)
        return cls(np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int), sizes)

    @property
    def owner(self) -> Array:
        """(L): the sequence that each value belongs to."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @property
    def last(self) -> Array:
        """(n): where each sequence ends."""
        last: Array = self.starts + self.lengths - 1
        return last

    def moved(self, by: int) -> Array:
        """(L): for each value the place of that `by` further on, or of its sequence's end."""
        owner = self.owner
        here = np.arange(len(owner)) + by
        return np.clip(here, self.starts[owner], self.last[owner])

    def position(self) -> Array:
        """(L): 0, 1, … within each sequence."""
        place: Array = np.arange(int(self.lengths.sum())) - self.starts[self.owner]
        return place

    def total(self, values: Array) -> Array:
        """(L, …) → (n, …)."""
        total: Array = np.add.reduceat(values.astype(float), self.starts)
        return total

    def mean(self, values: Array) -> Array:
        """(L) → (n)."""
        mean: Array = self.total(values) / self.lengths
        return mean

    def most(self, values: Array) -> Array:
        most: Array = np.maximum.reduceat(values, self.starts)
        return most

    def least(self, values: Array) -> Array:
        least: Array = np.minimum.reduceat(values, self.starts)
        return least

    def thirds(self, values: Array) -> Array:
        """(L) → (n, 3): means over the beginning, the middle and the end."""
        part = self.position() * 3 // self.lengths[self.owner]
        key = self.owner * 3 + part
        size = 3 * len(self.lengths)
        count = np.maximum(np.bincount(key, minlength=size), 1)
        means: Array = (np.bincount(key, values, size) / count).reshape(-1, 3)
        return means

    def quantiles(self, values: Array, shares: Sequence[float]) -> Array:
        """(L) → (n, shares): the value that so large a share is not above."""
        ordered = values[np.lexsort((values, self.owner))]
        at = [self.starts + (share * (self.lengths - 1)).astype(int) for share in shares]
        return np.stack([ordered[index] for index in at], 1)

    def longest(self, flags: Array) -> Array:
        """(L) → (n): the longest run of true flags."""
        here = np.arange(len(flags))
        barrier = np.maximum.accumulate(np.where(flags, -1, here))
        runs = here - np.maximum(barrier, self.starts[self.owner] - 1)
        return self.most(np.where(flags, runs, 0)).astype(float)

    def smoothed(self, points: Array) -> Array:
        """(L, 2) → (L, 2): means of five, but ends stay where they are."""
        out: Array = sum(points[self.moved(by)] for by in range(-2, 3)) / 5.0
        ends = np.concatenate([self.starts, self.last])
        out[ends] = points[ends]
        return out
