"""Names told short: "North" and "South" after North Dock and South Dock have been named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..factories.vocabulary import words_in
from ..factories.words import QUALIFIERS
from .name_edges import opens_a_sentence

TELLING = frozenset(word.casefold() for word in QUALIFIERS)
"""Words that people leave standing alone; a noun alone ("the press") may be another object."""
PLACES = frozenset(
    "north south east west left right upper lower inner outer front back red blue green yellow "
    "white".split()
)
"""Those that mean nothing else where they have a capital."""


def short_of(name: str, names: Iterable[str]) -> str:
    """The word that alone tells `name` from all other `names`, as it is written there; or ""."""
    written = words_in(name)
    others = {word for other in names if other != name for word in words_in(other.casefold())}
    telling = [word for word in written if word.casefold() in TELLING]
    if len(written) < 2 or len(telling) != 1 or telling[0].casefold() in others:
        return ""
    return telling[0]


def written_short(prompt: str, name: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where a name told before is told short, with a capital, whether or not a tagger saw it."""
    short = short_of(name, names)
    told = prompt.find(name)
    if short.casefold() not in PLACES or told < 0:
        return
    for match in re.finditer(rf"\b{short.capitalize()}\b", prompt[told + len(name) :]):
        start, end = (told + len(name) + place for place in match.span())
        if not opens_a_sentence(prompt, (start, end)):
            yield start, end


def meant_by(short: str, names: Iterable[str]) -> str:
    """The one of `names` that `short` stands for, or "" where it is a name of its own."""
    if short.casefold() not in TELLING:
        return ""
    split = {name: words_in(name.casefold()) for name in names}
    longer = [name for name, words in split.items() if short.casefold() in words and len(words) > 1]
    return longer[0] if len(longer) == 1 else ""
