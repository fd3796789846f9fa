"""A second look at a refinement: what else might have been meant.

Greedy decoding cannot take back how a statement began: “X feeds Y instead of Z” starts as another
target or as another origin, and only its end shows which of them fits the model. So where a step
had a rival, the rest is decoded for the rival, too, and the likeliest whole is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .actions import Piece
from .decoding import Decoded
from .modeling import Memory

MOST = 4
"""Rivals that are tried, the nearest first."""


def likeliest(decode: Callable[[Sequence[Piece], Memory | None], Decoded]) -> Decoded:
    """The likeliest of what `decode` gives for several beginnings, () being the first; the others
    get what the encoder read for that."""
    best = first = decode((), None)
    for begun in list(_beginnings(first))[:MOST]:
        other = decode(begun, first.memory)
        if other.complete and other.likelihood > best.likelihood:
            best = other
    return best


def _beginnings(decoded: Decoded) -> Iterator[list[Piece]]:
    """Beginnings that end in a rival, those first whose step was the least sure."""
    places = [place for place, choice in enumerate(decoded.choices) if choice.rival]
    for place in sorted(places, key=lambda place: decoded.choices[place].probability):
        rival = decoded.choices[place].rival
        assert rival is not None
        yield [*decoded.pieces[:place], rival]
