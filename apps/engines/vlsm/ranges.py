"""Ranges of numbered names: "Picker 1 to Picker 4" names four pickers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Span = tuple[int, int]
MOST = 30
_NUMBERED = re.compile(r"(.*?)(\d+)$")
_BETWEEN = re.compile(
    r"[\"'“”«»`]*[ \t]*(?:to|through|until|up to|thru|-|–|—|\.\.\.?|…|~|至|到)[ \t]*"
    r"(?:the |our |a )?[\"'“”«»`]*",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"(?:\b(?:from|connect|link|join|between)\s+(?:the |our |a )?|[从由经自]\s*)[\"'“«`]*$",
    re.IGNORECASE,
)


def ranges_in(prompt: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Names meant but not written, each with the characters of its whole range.

    A route is no range: "from Mill 1 to Mill 3", "从Mill 1到Mill 3".
    """
    ordered = sorted(spans)
    for first, last in pairwise(ordered):
        if not _BETWEEN.fullmatch(prompt[first[1] : last[0]]) or _ROUTE.search(prompt[: first[0]]):
            continue
        for name in names_between(prompt[slice(*first)], prompt[slice(*last)]):
            yield name, (first[0], last[1])


def names_between(first: str, last: str) -> list[str]:
    """ "Picker 2", "Picker 3" for "Picker 1" and "Picker 4"; nothing where no count leads on."""
    a, b = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if not a or not b or a[1].casefold() != b[1].casefold():
        return []
    low, high = int(a[2]), int(b[2])
    if not 1 < high - low <= MOST:
        return []
    width = len(a[2]) if a[2].startswith("0") else 0
    return [f"{a[1]}{number:0{width}d}" for number in range(low + 1, high)]
