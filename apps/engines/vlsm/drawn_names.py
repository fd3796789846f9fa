"""Names as they are drawn: what is written beside an object says where its name in the prompt
begins and ends, and that words are one that the tagger took for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .name_edges import opens_a_sentence, written
from .phrasing.objects import CLASS_NOUNS

if TYPE_CHECKING:
    from ..sketch.scene import Scene

Span = tuple[int, int]
SURE = 0.85
"""Confidence of reading from which a label is taken at its word."""
ALIKE = 0.65
"""Likeness from which words that no name covers are what a label was meant to say."""
SHORTEST = 3
_WORD = re.compile(r"[\w#.\-/]*[\w#]")
_NOUNS = frozenset(noun.casefold() for nouns in CLASS_NOUNS.values() for noun in nouns)


def as_drawn(prompt: str, spans: Sequence[Span], scene: Scene) -> list[Span]:
    """The spans of names in a prompt, mended by the labels of a sketch as they were read."""
    labels = sorted({x.label for x in scene.objects if x.label_confidence >= SURE}, key=len)
    out = set(spans)
    for label in reversed(labels):
        if sum(map(str.isalnum, label)) >= SHORTEST:
            for place in _written(prompt, label):
                _put(prompt, out, place, label, labels)
    for label in labels:
        out |= set(_meant(prompt, sorted(out), label))
    return sorted(out)


def _written(prompt: str, label: str) -> Iterator[Span]:
    """With any blanks between its words, as in a label of two lines."""
    return written(prompt, r"\s+".join(map(re.escape, label.split())))


def _put(prompt: str, spans: set[Span], place: Span, label: str, labels: Sequence[str]) -> None:
    """Make `place`, where a label stands, a name instead of what overlaps it, if it is the better
    one: longer, or shorter by a mere class ("Backlog queue" beside the drawn "Backlog")."""
    start, end = place
    met = [span for span in spans if span[0] < end and start < span[1]]
    if any(prompt[a:b] in labels for a, b in met):
        return
    around = [(prompt[a:start] + prompt[end:b]).strip().casefold() for a, b in met]
    longer = all(start <= a and b <= end for a, b in met)
    as_written = prompt[start:end] == label and _stands_out(label)
    if (longer and (met or as_written)) or (as_written and all(x in _NOUNS for x in around)):
        spans -= set(met)
        spans.add(place)


def _stands_out(label: str) -> bool:
    return not (label.isascii() and label.replace(" ", "").isalpha() and label.islower())


def _meant(prompt: str, spans: Sequence[Span], label: str) -> Iterator[Span]:
    """Where a label that is like no name is written otherwise: "Scale B" for "Scde B"."""
    from ..sketch.names import LIKE, likeness

    if len(label) < 5 or any(likeness(label, prompt[a:b]) >= LIKE for a, b in spans):
        return
    found = [
        (likeness(label, prompt[a:b]), (a, b))
        for a, b in _runs(prompt, len(label.split()))
        if not any(a < end and start < b for start, end in spans)
    ]
    best, place = max(found, default=(0.0, (0, 0)))
    if best >= ALIKE:
        yield from _written(prompt, prompt[slice(*place)])


def _runs(prompt: str, count: int) -> Iterator[Span]:
    """Runs of words with a blank between that begin as names do."""
    words = [match.span() for match in _WORD.finditer(prompt)]
    for index in range(len(words) - count + 1):
        run = words[index : index + count]
        span = (run[0][0], run[-1][1])
        text = prompt[slice(*span)]
        apart = all(prompt[a[1] : b[0]] == " " for a, b in pairwise(run))
        begins = text[0].isupper() or any(map(str.isdigit, text))
        if apart and begins and not opens_a_sentence(prompt, span):
            yield span
