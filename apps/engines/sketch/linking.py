"""Which strokes are links, and which way they lead.

`tracing` finds the ways along strokes from object to object, up to two for each pair; among them
are detours through crossings and shared trunks. Boosted trees (`boosting`) judge each way: first by
what speaks for it by itself (`evidence`), then again in the light of what was made of all others
(`rivals`), for every stretch of stroke belongs to one link. Two more sets of trees do the same for
the direction: by votes, heads, classes, place, and then by what else enters and leaves both ends,
for what receives items hands them on. Before all that, trees of their own tell at a glance which
ways are worth a look, and a small network looks along these (`strips`, `strip_network`). All are
fitted on drawings (`fitting`) and ship beside the big network's weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from .boosting import Trees, trees_from
from .detection import Found
from .evidence import Evidence, Sight, evidence_of, sight_of
from .paper import Array
from .rivals import Company
from .strip_network import StripNetwork, arrays_of, looked, strip_network_from
from .strips import strips_of
from .tracing import Way, find_ways

TELLING = 0.5
"""How sure the classes of both ends must be to tell which way a link leads."""
FAINT = 0.15
"""Ways less likely than a link, but from this probability on, are told as faint."""
EVEN = 0.75
"""Exponent that brings the probability at which links missed and found too many are even, 0.4 on
drawings to train on, to one half."""
AGAIN = 2
"""How often ways are judged anew in the light of what was made of the others the last time."""
MOST = 160
"""Ways of one drawing that are judged: the most direct ones."""
WORTH_A_LOOK = 0.005
"""Ways less likely than this at a glance are not looked along."""
NOT_LOOKED = (-8.0, 0.0)
"""What is said of these: no link, and nothing of the direction."""


@dataclass(frozen=True)
class FoundLink:
    """Indices of found objects, with confidence and how sure the direction is (0..1)."""

    source: int
    target: int
    confidence: float
    directed: float


@dataclass(frozen=True)
class Rules:
    """The fitted trees: what is worth a look, first and second judgement of what is a link, and of
    where it leads; and the network that looks along ways."""

    glance: Trees
    link: Trees
    link_again: Trees
    direction: Trees
    direction_again: Trees
    strips: StripNetwork

    def save(self, path: Path) -> None:
        """As one safetensors file."""
        arrays = arrays_of(self.strips, "strips")
        for name in TREES:
            arrays.update(getattr(self, name).arrays(name))
        save_file({key: np.ascontiguousarray(value) for key, value in arrays.items()}, path)


TREES = ("glance", "link", "link_again", "direction", "direction_again")


def load_rules(path: Path) -> Rules:
    """Trees and network from a safetensors file. Raises FileNotFoundError without one."""
    arrays = load_file(path)
    trees = {name: trees_from(arrays, name) for name in TREES}
    return Rules(**trees, strips=strip_network_from(arrays, "strips"))


@dataclass(frozen=True)
class Candidates:
    """Ways with what speaks for each and how they lie to each other, in all that was seen."""

    sight: Sight
    ways: list[Way]
    evidence: Evidence
    company: Company

    @property
    def link(self) -> Array:
        """(n, F): what the first judgement of links goes by."""
        return np.hstack([self.evidence.link, self.company.by_worth(self.worth, self.excess)])

    @property
    def worth(self) -> Array:
        return self.evidence.link[:, 0]

    @property
    def excess(self) -> Array:
        return np.array([way.cost / max(1, len(way.cells)) for way in self.ways])

    def looked_along(self, network: StripNetwork, sure: Array) -> Candidates:
        """With a look along the ways that are worth one, if they are links with probability `sure`
        (n) at a glance, among what speaks for each."""
        said = np.tile(np.array(NOT_LOOKED, np.float32), (len(self.ways), 1))
        which = np.flatnonzero(sure > WORTH_A_LOOK)
        if len(which):
            said[which] = looked(network, strips_of(self.sight, self.ways, sure, which))
        return replace(self, evidence=self.evidence.with_looks(said))

    def link_again(self, link: Array, sure: Array) -> Array:
        """(n, F + 18): what the second goes by, after `link` was judged to be `sure` (n)."""
        return np.hstack([link, self.company.by_belief(sure)])

    def direction_again(self, sure: Array, ahead: Array) -> tuple[Array, Array]:
        """(n, G + 9) for leading ahead and for leading back, after links were found to be `sure`
        and to lead ahead with probability `ahead` (n)."""
        seen = self.evidence
        flows = self.company.flows(sure, ahead, seen.heads)
        turned = self.company.flows(sure, ahead, seen.heads, back=True)
        return np.hstack([seen.ahead, flows]), np.hstack([seen.back, turned])


def find_links(maps: Array, ink: Array, objects: Sequence[Found], rules: Rules) -> list[FoundLink]:
    """Links among found objects, from ink (H, W) and maps (C + 7, h, w); less than one half is
    faint."""
    found = candidates(maps, ink, objects)
    if found is None:
        return []
    sure, forward = judged(found, rules)
    links: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for way, confidence, ahead in zip(found.ways, sure, forward, strict=True):
        links.setdefault((way.first, way.second), []).append((float(confidence), float(ahead)))
    made = (_link(pair, ways) for pair, ways in links.items())
    return [link for link in made if link.confidence >= FAINT]


def _link(pair: tuple[int, int], ways: list[tuple[float, float]]) -> FoundLink:
    """Of two objects, from (confidence, leading ahead) of the ways between them: one of them is the
    link, so their probabilities add up."""
    confidence = min(1.0, sum(sure for sure, _ in ways)) ** EVEN
    ahead = max(ways)[1]
    return FoundLink(*(pair if ahead >= 0.5 else pair[::-1]), confidence, abs(ahead * 2 - 1))


def judged(found: Candidates, rules: Rules) -> tuple[Array, Array]:
    """Per way (n): how likely it is a link, and how likely it leads from first to second."""
    found = found.looked_along(rules.strips, rules.glance.probability(found.link))
    link = found.link
    sure = rules.link.probability(link)
    for _ in range(AGAIN):
        sure = rules.link_again.probability(found.link_again(link, sure))
    ahead = both_ways(rules.direction, found.evidence.ahead, found.evidence.back)
    ahead = both_ways(rules.direction_again, *found.direction_again(sure, ahead))
    told = found.evidence.told
    return sure, np.where(np.abs(told) > TELLING, (told + 1) / 2, ahead)


def both_ways(trees: Trees, ahead: Array, back: Array) -> Array:
    """(n): probability of leading ahead, whichever end is called the first."""
    p: Array = (trees.probability(ahead) + 1 - trees.probability(back)) / 2
    return p


def candidates(maps: Array, ink: Array, objects: Sequence[Found]) -> Candidates | None:
    """The ways between objects and what speaks for them; None if there are none."""
    if len(objects) < 2:
        return None
    sight = sight_of(ink, maps, objects)
    ways = find_ways(sight.mask, sight.boxes)
    ways = sorted(ways, key=lambda way: way.cost / len(way.cells))[:MOST]
    if not ways:
        return None
    return Candidates(sight, ways, evidence_of(sight, ways), Company(ways, sight.mask.shape))
