"""Which stretches of a prompt are names, given how likely each word piece begins or goes on one.

A name is the same wherever it is written, and a prompt has few of them: spans are chosen so that
the log-likelihood of the tags is greatest when every different name costs `PER_NAME` (minimum
description length, Rissanen 1978). So “Line Start1” is not torn here and whole there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .encoding import BEGIN, INSIDE
from .name_edges import (
    can_name,
    opens_a_sentence,
    parts_of,
    stands_out,
    whole_name,
    written,
)

Span = tuple[int, int]
PER_NAME = 2.5
"""What a name more must gain, in nats."""
UNLIKE = 2.0
"""What a place loses by lower case where other names have capitals or digits, and by opening a
sentence before a comma, as "Right," does."""
KNOWN = 1.5
"""What a place gains by a name that is known or sure elsewhere."""
CAPITAL = 1.5
"""What a place gains by a capital within a sentence, which the word pieces do not show."""
LEAST = -5.0
"""Least log-probability of one tag, so that none decides alone."""
FAINT = 0.25
"""A piece less likely outside than this complement may belong to a name."""


@dataclass(frozen=True)
class Tags:
    """Of the word pieces of a prompt: characters (n, 2), and log-probabilities of outside, begin
    and inside a name (n, 3)."""

    offsets: np.ndarray
    logs: np.ndarray

    @classmethod
    def of(cls, offsets: Sequence[Span], probabilities: np.ndarray) -> Tags:
        logs = np.log(np.maximum(probabilities, 1e-9)).clip(LEAST, 0.0)
        return cls(np.array(offsets).reshape(-1, 2), logs)

    def gain(self, span: Span) -> float:
        """How much likelier the span is a name than outside of all names."""
        first, last = self.pieces(span)
        if first >= last:
            return LEAST
        outside, begin, inside = self.logs[first:last].T
        # A name torn in two is still more a name than nothing.
        follow = np.maximum(inside, begin - 1.0)
        total = begin[0] + follow[1:].sum() - outside.sum()
        if last < len(self.logs):  # That it ends here, and does not go on.
            total += float(np.log(max(1e-2, 1.0 - np.exp(self.logs[last, 2]))))
        return float(total)

    def pieces(self, span: Span) -> tuple[int, int]:
        """First and past the last of the word pieces that overlap the span."""
        first = int(np.searchsorted(self.offsets[:, 1], span[0], side="right"))
        return first, int(np.searchsorted(self.offsets[:, 0], span[1], side="left"))


@dataclass(frozen=True)
class _Place:
    """Where a name may stand, and what it gains there."""

    span: Span
    name: str
    gain: float


def choose_names(prompt: str, tags: Tags, known: Iterable[str] = ()) -> list[Span]:
    """Characters of the names in a prompt, in order; `known` names cost nothing."""
    parts = (part for span in _candidates(prompt, tags) for part in parts_of(prompt, span))
    spans = {whole_name(prompt, part) for part in parts}
    written = {prompt[a:b] for a, b in spans if can_name(prompt, (a, b))}
    free = {name.casefold() for name in known}
    named = written | {name for name in known if name.strip()}
    found = [_places(prompt, tags, name, name.casefold() in free) for name in sorted(named)]
    found = _like_the_others(prompt, found, free)
    places = list({place.span: place for group in found for place in group}.values())
    names = {place.name for place in places}
    best, chosen = _best(places, names, free)
    while True:
        fewer = [(_best(places, names - {name}, free), name) for name in {p.name for p in chosen}]
        if not fewer:
            return []
        (score, others), name = max(fewer, key=lambda option: (option[0][0], option[1]))
        if score <= best:
            return [place.span for place in chosen]
        best, chosen = score, others
        names = names - {name}


def _candidates(prompt: str, tags: Tags) -> set[Span]:
    """Spans that the tags suggest: as tagged, and runs of pieces that are hardly outside."""
    likely = tags.logs.argmax(1)
    found: list[Span] = []
    faint: list[Span] = []
    for (start, end), tag, logs in zip(tags.offsets.tolist(), likely, tags.logs, strict=True):
        if tag == BEGIN or (tag == INSIDE and not _goes_on(found, prompt, start)):
            found.append((start, end))
        elif tag == INSIDE:
            found[-1] = (found[-1][0], end)
        if np.exp(logs[0]) < 1.0 - FAINT:
            if _goes_on(faint, prompt, start):
                faint[-1] = (faint[-1][0], end)
            else:
                faint.append((start, end))
    return {*found, *faint}


def _goes_on(spans: Sequence[Span], prompt: str, start: int) -> bool:
    """Whether a piece at `start` may belong to the last span: at most a blank lies between."""
    return bool(spans) and prompt[spans[-1][1] : start] in ("", " ")


def _places(prompt: str, tags: Tags, name: str, known: bool) -> list[_Place]:
    """The places where a name is written as a word of its own and likely means it.

    What is known or sure elsewhere needs less evidence, if it is no common word.
    """
    spans = list(written(prompt, re.escape(name)))
    gains = [tags.gain(span) + CAPITAL * stands_out(prompt, span) for span in spans]
    sure = known or sum(gain for gain in gains if gain > 0) > 2 * PER_NAME
    bonus = KNOWN if sure and not (name.isascii() and name.isalpha()) else 0.0
    return [
        _Place(span, name.casefold(), gain + bonus)
        for span, gain in zip(spans, gains, strict=True)
        if gain + bonus > 0
    ]


def _like_the_others(prompt: str, found: list[list[_Place]], free: set[str]) -> list[list[_Place]]:
    """Places by name; what looks unlike the sure names of this prompt is worth less."""
    sure = [group for group in found if sum(place.gain for place in group) > 2 * PER_NAME]
    plain = [group for group in sure if _is_plain(prompt, group[0])]
    marked = len(sure) > 2 and len(plain) < 0.2 * len(sure)
    out = []
    for group in found:
        unlike = marked and bool(group) and _is_plain(prompt, group[0])
        opening = all(opens_a_sentence(prompt, place.span) for place in group)
        loss = 0.0 if group and group[0].name in free else UNLIKE * (unlike + opening)
        out.append([replace(p, gain=p.gain - loss) for p in group if p.gain > loss])
    return out


def _is_plain(prompt: str, place: _Place) -> bool:
    """Whether a name is written as ordinary words are, without capital, digit or quotes."""
    start, end = place.span
    words = prompt[start:end].replace(" ", "")
    quoted = prompt[start - 1 : start] in tuple("\"'“«`")
    return words.isascii() and words.isalpha() and words.islower() and not quoted


def _best(places: Sequence[_Place], names: set[str], free: set[str]) -> tuple[float, list[_Place]]:
    """The score and the places, in order, of the best choice without overlaps among `names`."""
    usable = sorted((p for p in places if p.name in names), key=lambda place: place.span[1])
    ends = [place.span[1] for place in usable]
    totals: list[tuple[float, int, int]] = [(0.0, -1, 0)]
    for index, place in enumerate(usable):
        before = bisect_right(ends, place.span[0], hi=index)
        taken = totals[before][0] + place.gain
        totals.append(max((taken, index, before), (totals[-1][0], -1, index)))
    chosen, at = [], len(usable)
    while at > 0:
        _, index, before = totals[at]
        if index >= 0:
            chosen.append(usable[index])
        at = before
    cost = PER_NAME * len({place.name for place in chosen} - free)
    return totals[-1][0] - cost, chosen[::-1]
