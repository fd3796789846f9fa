"""What speaks for a way along strokes being a link, and for which way it leads.

Everything is measured for all ways of one drawing at once: from the network's votes, from how the ways
run (`course`), and from the objects: where they stand, what they are. Distances are in grid cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..factories.roles import CLASSES as NAMES
from ..factories.roles import RESOURCES, may_link
from .course import SEEN, WINGS, heads, shapes, strokes
from .detection import Found
from .network import VOTE_SCALE
from .paper import Array
from .ragged import Ragged
from .samples import CLASSES
from .tracing import Way

SPREAD, LEAST_SPREAD = 0.6, 5.0
"""How far from an object's centre a vote may fall: share of the extent, and cells at least."""
NEVER = np.array([[not may_link(a, b) and not may_link(b, a) for b in NAMES] for a in NAMES], float)
"""Pairs of classes (in the order of NAMES) that are never linked."""
SERVES = [NAMES.index(name) for name in RESOURCES]
SOURCE, SINK, DISPATCHER = (NAMES.index(name) for name in ("Source", "Sink", "Dispatcher"))


@dataclass(frozen=True)
class Sight:
    """All that was seen of a drawing: ink (H, W), mask probabilities (h, w), votes (4, h, w) in
    cells; of the N objects centres (N, 2), extents (N, 2), class probabilities (N, classes in the
    order of NAMES) and how surely they are objects (N)."""

    ink: Array
    mask: Array
    votes: Array
    centres: Array
    extents: Array
    scores: Array
    sure: Array

    @property
    def boxes(self) -> Array:
        """(N, 4): left, top, right, bottom."""
        return np.hstack([self.centres - self.extents / 2, self.centres + self.extents / 2])


@dataclass(frozen=True)
class Evidence:
    """Per way: `link` (n, F) does not depend on the order of its ends; `ahead` (n, G) speaks for
    its leading from the first to the second, `back` (n, G) for the other way round; `heads` (n) is
    how much more ink there is beside the way at its second end than at its first; `told` (n) is the
    direction that the classes alone tell: 1 ahead, -1 back, near 0 if they do not tell."""

    link: Array
    ahead: Array
    back: Array
    heads: Array
    told: Array

    def with_looks(self, said: Array) -> Evidence:
        """With what was said (n, 2: a link, leading ahead; logits) after a look along each way. Of
        the direction only how plain it is: the trees tell it better without that look."""
        told = np.hstack([said[:, :1], np.abs(said[:, 1:])]).astype(np.float32)
        return replace(self, link=np.hstack([self.link, told]))


def sight_of(ink: Array, maps: Array, objects: Sequence[Found]) -> Sight:
    """From ink (H, W) and the network's maps (C + 7, h, w)."""
    k = len(CLASSES)
    scores = [[item.scores.get(name, 0.0) for name in NAMES] for item in objects]
    return Sight(
        ink,
        1 / (1 + np.exp(-maps[k + 2])),
        maps[k + 3 :] * VOTE_SCALE,
        np.array([item.centre for item in objects], float).reshape(-1, 2),
        np.array([item.extent for item in objects], float).reshape(-1, 2),
        np.array(scores).reshape(-1, len(NAMES)),
        np.array([item.confidence for item in objects]),
    )


def evidence_of(sight: Sight, ways: Sequence[Way]) -> Evidence:
    """What speaks for each way by itself."""
    cells = np.concatenate([way.cells for way in ways]) + 0.5
    ragged = Ragged.of([len(way.cells) for way in ways])
    ends = np.array([(way.first, way.second) for way in ways])
    cost = np.array([way.cost for way in ways])
    voted, sides = _votes(sight, cells, ragged, ends)
    inked, rhythm = strokes(sight.mask, sight.ink, cells, ragged)
    shape, gaps = shapes(sight.mask, cells, ragged, sight.boxes, ends, cost)
    classes, kinds = _classes(sight, ends)
    place, places = _place(sight, cells, ragged, ends)
    tips, told = heads(sight.ink, cells, ragged), _told(sight.scores, ends)
    drawing = np.tile(_surroundings(sight, len(ways)), (len(ways), 1))
    either = []
    for first, second, sign in ((0, 1, 1), (1, 0, -1)):
        one, other = tips[:, first], tips[:, second]
        oriented = [sides, places, told[:, None]]
        pair = [one, other, other - one, kinds[:, first], kinds[:, second]]
        pair += [gaps[:, [first, second]]]
        either.append(np.hstack([*(sign * part for part in oriented), *pair, rhythm, drawing]))
    marked = (tips[:, 1] - tips[:, 0])[:, WINGS].sum(1)
    link = np.hstack([voted, inked, shape, classes, place, rhythm, drawing])
    parts = (np.asarray(x, np.float32) for x in (link, *either, marked, told))
    return Evidence(*parts)


def _votes(sight: Sight, cells: Array, ragged: Ragged, ends: Array) -> tuple[Array, Array]:
    """(n, 15): how well the votes along ways fit their ends; and (n, 5): for which direction they
    are."""
    source, target = _shares(sight, cells)
    rows, (i, j) = np.arange(len(cells)), ends[ragged.owner].T
    there, back = source[rows, i] * target[rows, j], source[rows, j] * target[rows, i]
    both = there + back
    pairs = source[:, :, None] * target[:, None, :]
    pairs = pairs + pairs.transpose(0, 2, 1)
    pairs[rows, i, j] = pairs[rows, j, i] = 0
    other = pairs.max((1, 2))
    named = [np.minimum(source[rows, end] + target[rows, end], 1) for end in (i, j)]
    single = np.sort(np.stack([ragged.mean(share) for share in named], 1), 1)
    ys, xs = np.nonzero(sight.mask > SEEN)
    sources, targets = _shares(sight, np.stack([xs, ys], 1) + 0.5)
    mass = sources.T @ targets
    here = (mass + mass.T)[ends[:, 0], ends[:, 1]]
    most = np.maximum((mass + mass.T).max(1), 1e-6)
    thirds = ragged.thirds(both)
    fit = [ragged.mean(both), thirds.min(1), thirds.max(1), *ragged.quantiles(both, (0.2, 0.5)).T]
    fit += [ragged.mean(both - other), ragged.mean(both > other), ragged.mean(other)]
    fit += [single.sum(1), single[:, 0], here, here / ragged.lengths]
    fit += list(np.sort(here[:, None] / most[ends], 1).T)
    lean, parts = ragged.mean(there - back), ragged.thirds(there - back)
    leads = (mass - mass.T)[ends[:, 0], ends[:, 1]] / np.maximum(here, 1e-3)
    sides = [lean, lean / np.maximum(fit[0], 1e-3), leads, parts[:, 0], parts[:, 2]]
    return np.stack([*fit, np.abs(lean)], 1), np.stack(sides, 1)


def vote_shares(sight: Sight) -> tuple[Array, Array]:
    """(N, h, w) twice: for every cell of the grid, how far its votes for a source and for a target
    mean each object."""
    h, w = sight.mask.shape
    cells = np.stack(np.meshgrid(np.arange(w), np.arange(h)), -1).reshape(-1, 2) + 0.5
    sources, targets = (share.T.reshape(-1, h, w) for share in _shares(sight, cells))
    return sources, targets


def _shares(sight: Sight, cells: Array) -> tuple[Array, Array]:
    """(L, N) twice: whose centre the votes at cells (L, 2) for a source and for a target are
    nearest to."""
    x, y = cells.astype(int).T
    points = sight.votes[:, y, x].T + np.tile(cells, 2)
    spread = np.maximum(sight.extents * SPREAD, LEAST_SPREAD)
    shares = []
    for point in (points[:, None, :2], points[:, None, 2:]):
        weight = np.exp(-0.5 * (((point - sight.centres) / spread) ** 2).sum(-1))
        shares.append(weight / np.maximum(weight.sum(-1, keepdims=True), 1e-6))
    return shares[0], shares[1]


def _classes(sight: Sight, ends: Array) -> tuple[Array, Array]:
    """(n, 10): what the objects at both ends are, taken together; and (n, 2, 5): each by itself."""
    scores = sight.scores
    serves, plain = scores[:, SERVES].sum(1), 1 - scores.sum(1)
    named = [scores[:, column] for column in (SOURCE, SINK, DISPATCHER)]
    kinds = np.stack([serves, *named, plain], 1)[ends]
    allowed = allowed_pairs(scores)[ends[:, 0], ends[:, 1]]
    low = kinds.min(1)[:, [0, 4]]
    sure = np.sort(sight.sure[ends], 1)
    return np.hstack([allowed[:, None], low, kinds.max(1), sure]), kinds


def allowed_pairs(scores: Array) -> Array:
    """(N, N): how likely objects of these classes (N, classes) may be linked at all, 0..1."""
    allowed: Array = 1 - scores @ NEVER @ scores.T
    return allowed


def _told(scores: Array, ends: Array) -> Array:
    """(n): which way a link leads by the classes of its ends; see `Evidence`."""
    a, b = scores[ends[:, 0]], scores[ends[:, 1]]
    serves = [part[:, SERVES].sum(1) for part in (a, b)]
    team = a[:, DISPATCHER] - b[:, DISPATCHER]
    told: Array = serves[1] * a.sum(1) - serves[0] * b.sum(1)
    return np.where(np.minimum(*serves) > 0.5, team, told)


def _place(sight: Sight, cells: Array, ragged: Ragged, ends: Array) -> tuple[Array, Array]:
    """(n, 5): how far apart the objects are, and how many lie nearer; and (n, 6): where one lies
    seen from the other, and which is farther out."""
    centres, (i, j) = sight.centres, ends.T
    apart = centres[j] - centres[i]
    direct = np.maximum(np.hypot(*apart.T), 1.0)
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    nearer = [(distance[end] < distance[i, j][:, None] - 1e-3).sum(1) - 1 for end in (i, j)]
    tips = (cells[ragged.last] - cells[ragged.starts]) / direct[:, None]
    outer = np.abs(centres - centres.mean(0)) / np.maximum(centres.std(0), 1.0)
    row = [direct[:, None], np.sort(np.stack(nearer, 1), 1), np.abs(apart)]
    return np.hstack(row), np.hstack([apart / direct[:, None], tips, outer[j] - outer[i]])


def _surroundings(sight: Sight, ways: int) -> list[float]:
    """Of the whole drawing: objects, ways per object, cells of strokes per object."""
    count = len(sight.centres)
    return [float(count), ways / count, float((sight.mask > SEEN).sum()) / count]
