"""Numbers in running text: digits and the English words for small ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_])(?<!\d\.)(?:\d+(?:\.\d+)?|\.\d+)(?!\.?\d)|\b(?:" + "|".join(WORDS) + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """A number of the prompt: characters `start` to `end`, its value and text as written."""

    start: int
    end: int
    value: float
    text: str


def find_numerals(text: str) -> list[Numeral]:
    """All numbers of `text` in order; digits glued to a word ("Q1") are part of that word."""
    found = []
    for match in _NUMBER.finditer(text):
        surface = match[0]
        value = float(WORDS[surface.lower()]) if surface.isalpha() else float(surface)
        found.append(Numeral(match.start(), match.end(), value, surface))
    return found
