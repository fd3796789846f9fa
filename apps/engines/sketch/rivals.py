"""What the ways of one drawing say about each other.

Every stretch of stroke belongs to one link, or to several that share an end; whatever receives items
hands them on. So a way is judged a second time in the light of what the first judgement made of the
others: what else explains its stretch, and what else leads to its ends.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .paper import Array
from .tracing import Way

BINS = 8
"""Directions of a line, without its sense, in steps of 22.5 degrees."""
ALIKE = 2
"""Two ways run along each other where their directions differ by so many steps at most."""
BESIDE = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)] + [(0, 0)]
"""Cells on and around a cell; itself last, so that its own direction stays."""
TIP = 8
"""Cells at either end of a way that are looked at by themselves."""


class Company:
    """Which ways run along which: `along[a]` (n, L of a) is True where way b runs along way a."""

    def __init__(self, ways: Sequence[Way], shape: tuple[int, ...]) -> None:
        self.ways = ways
        headings = [_headings(way.cells) for way in ways]
        planes = np.full((len(ways), shape[0] + 2, shape[1] + 2), 99, np.int8)
        for plane, way, heading in zip(planes, ways, headings, strict=True):
            x, y = way.cells[:, 0] + 1, way.cells[:, 1] + 1
            for dx, dy in BESIDE:
                plane[y + dy, x + dx] = heading
        self.along = [
            _alike(planes[:, way.cells[:, 1] + 1, way.cells[:, 0] + 1], heading)
            for way, heading in zip(ways, headings, strict=True)
        ]
        self.ends = np.array([(way.first, way.second) for way in ways])

    def by_worth(self, worth: Array, excess: Array) -> Array:
        """(n, 6): how much of a way runs along ways of more worth, along more direct ones, by how
        much more they are worth, and how much is its own."""
        out = []
        for index, along in enumerate(self.along):
            others = along.copy()
            others[index] = False
            shared = others.mean(1)
            shared[shared <= 0.1] = 0
            better = np.maximum(worth - worth[index], 0)
            own = 1 - others.any(0).mean()
            own_of_better = 1 - others[better > 0].any(0).mean() if (better > 0).any() else 1.0
            direct = shared * (excess < excess[index])
            row = [(shared * (better > 0)).max(), direct.max(), (shared * better).max()]
            out.append([*row, own, own_of_better, (shared > 0).sum()])
        return np.array(out, np.float32)

    def by_belief(self, sure: Array) -> Array:
        """(n, 18): how the rest of the drawing is explained if ways are links with probability
        `sure` (n)."""
        return np.array([self._beside(index, sure) for index in range(len(self.ways))], np.float32)

    def _beside(self, index: int, sure: Array) -> list[float]:
        along = self.along[index]
        others = sure.copy()
        others[index] = 0
        covered = (along * others[:, None]).max(0)
        i, j = self.ends[index]
        at = [(self.ends == end).any(1) for end in (i, j)]
        tips = []
        for side, there in ((slice(None, TIP), at[0]), (slice(-TIP, None), at[1])):
            shared = along[:, side].mean(1) * others
            tips.append([(shared * there).max(), (shared * ~there).max()])
        (kin_a, alien_a), (kin_b, alien_b) = tips
        shared = along.mean(1)
        worst = int(np.argmax(shared * others))
        degrees = sorted(float((others * there).sum()) for there in at)
        ranks = sorted(float((others * there > sure[index]).sum()) for there in at)
        free = covered < 0.3
        row = [sure[index], covered.mean(), (covered > 0.5).mean(), free.sum(), free.mean()]
        row += [(others * shared).max(), (others * shared).sum(), others[worst], shared[worst]]
        row += [*sorted((kin_a, kin_b)), *sorted((alien_a, alien_b)), *degrees, *ranks]
        return [float(value) for value in [*row, self._by_way_of(index, others)]]

    def _by_way_of(self, index: int, sure: Array) -> float:
        """How likely the two ends are linked by way of a third object along the same strokes."""
        i, j = self.ends[index]
        shared = self.along[index].mean(1) > 0.2
        best = 0.0
        for other in np.flatnonzero(shared & (self.ends == i).any(1) & (sure > 0)):
            third = self.ends[other].sum() - i
            on = shared & (self.ends == j).any(1) & (self.ends == third).any(1)
            if third != j and on.any():
                best = max(best, float(min(sure[other], sure[on].max())))
        return best

    def flows(self, sure: Array, forward: Array, heads: Array, back: bool = False) -> Array:
        """(n, 9), for leading from first to second (`back`: from second to first): what the first
        judgement says (`forward`, n), how sure it is of the whole drawing, how marked the heads are
        there (`heads`, n) and here, and what else enters and leaves both ends."""
        first, second = self.ends.T
        count = int(self.ends.max()) + 1
        enters, leaves = sure * forward, sure * (1 - forward)
        inward = np.bincount(second, enters, count) + np.bincount(first, leaves, count)
        outward = np.bincount(first, enters, count) + np.bincount(second, leaves, count)
        sign, total = 2 * forward - 1, max(float(sure.sum()), 1e-6)
        drawing = [float((sure * np.abs(sign)).sum()), float((sure * heads * sign).sum())]
        at_first = [inward[first] - leaves, outward[first] - enters]
        at_second = [inward[second] - enters, outward[second] - leaves]
        own, ends = [forward, heads], [*at_first, *at_second]
        if back:
            own, ends = [1 - forward, -heads], [*at_second, *at_first]
        shared = [np.full(len(sure), value / total) for value in drawing]
        out: Array = np.stack([own[0], *shared, own[1], *ends, sure], 1)
        return out.astype(np.float32)


def _headings(cells: Array) -> Array:
    """(L): direction of a way at each cell, of BINS."""
    here = np.arange(len(cells))
    step = cells[np.minimum(here + 3, len(cells) - 1)] - cells[np.maximum(here - 3, 0)]
    angle = np.arctan2(step[:, 1], step[:, 0]) % np.pi
    bins: Array = (np.round(angle / np.pi * BINS) % BINS).astype(np.int8)
    return bins


def _alike(there: Array, heading: Array) -> Array:
    """Where directions (n, L; 99 where there is nothing) are about those of a way (L)."""
    apart = np.abs(there.astype(int) - heading)
    alike: Array = (there < 99) & (np.minimum(apart, BINS - apart) <= ALIKE)
    return alike
