"""Names told short: "North" and "South" after North Dock and South Dock have been named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..factories.words import QUALIFIERS

TELLING = frozenset(word.casefold() for word in QUALIFIERS)
"""Words that people leave standing alone; a noun alone ("the press") may be another object."""
_WORDS = re.compile(r"[^\W\d_]+")


def words_of(name: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(name)]


def short_of(name: str, names: Iterable[str]) -> str:
    """The word that alone tells `name` from all other `names`, as it is written there; or ""."""
    written = _WORDS.findall(name)
    others = {word for other in names if other != name for word in words_of(other)}
    telling = [word for word in written if word.casefold() in TELLING]
    if len(written) < 2 or len(telling) != 1 or telling[0].casefold() in others:
        return ""
    return telling[0]


def meant_by(short: str, names: Iterable[str]) -> str:
    """The one of `names` that `short` stands for, or "" where it is a name of its own."""
    if short.casefold() not in TELLING:
        return ""
    longer = [
        name for name in names if short.casefold() in words_of(name) and len(words_of(name)) > 1
    ]
    return longer[0] if len(longer) == 1 else ""
