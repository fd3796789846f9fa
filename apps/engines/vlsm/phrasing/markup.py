"""Text with invisible marks for names and numbers, so that templates stay plain strings.

A template says `f"{mark.name(3)} takes {mark.number(key)} s"`; `render` puts in the surface
forms and reports where they ended up. Marks use Unicode's private-use area.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from ...factories.factory import Quantity
from ..numerals import WORDS
from ..ranges import names_between
from ..short_names import short_of

NAME_OPEN, NUMBER_OPEN, CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"([{NAME_OPEN}{NUMBER_OPEN}])(\\d+){CLOSE}")
QUOTES = (('"', '"'), ('"', '"'), ('"', '"'), ("'", "'"), ("“", "”"), ("«", "»"), ("`", "`"))
_ARTICLE_AFTER = frozenset(
    (*"and or to from by with feeds through after into of then on between for at is".split(), "")
)  # fmt: skip

NUMBER_WORDS = {int(value): word for word, value in WORDS.items()}

_TO = (" to ", " to ", " through ", "-", " – ")

Slot = tuple[int, str, int]
"""Whose number it is: station index, property, argument index."""


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text; `key` says what they mean."""

    start: int
    end: int
    key: int


@dataclass(frozen=True)
class Rendered:
    """A prompt with the spans of its names (key = station) and numbers (key = slot group)."""

    text: str
    names: tuple[Span, ...]
    numbers: tuple[Span, ...]
    meant: tuple[Span, ...] = ()
    """Stations that a range of names stands for, with the range's characters."""

    @property
    def mentions(self) -> list[Span]:
        """All mentions in the order of the text; a range's after its first name."""
        return sorted((*self.names, *self.meant), key=lambda span: (span.start, span.end))


def _glued(template: str, end: int) -> bool:
    """Whether a number is followed at once by a unit, a bracket or a sign as in "2..7" or "4±1"."""
    after = template[end : end + 2]
    return after[:1].isalpha() or after[:1] in tuple("-–±/)") or after == ".."


@dataclass
class Markup:
    """Collects what the marks stand for while templates are filled in."""

    names: list[str]
    rng: Random
    quote_rate: float = 0.5
    lower_rate: float = 0.0
    partial_rate: float = 0.0
    verbatim_from: int = 0
    """Names from this index on are new: always written as they shall be."""
    slots: list[tuple[tuple[Slot, ...], Quantity]] = field(default_factory=list)
    article_rate: float = 0.0
    quotes: tuple[str, str] = ('"', '"')
    word_rate: float = 0.04
    """How often a small number is spelled out."""
    containers: set[int] = field(default_factory=set)
    """Stations that the text says feed the containers of a Combiner."""
    unsaid: set[int] = field(default_factory=set)
    """Stations that are only meant by a range of names."""
    short_rate: float = 0.0
    """How often a name told before is told short: "North" for "North Dock"."""
    generic: bool = False
    """Names are common nouns ("the drill"), beside which no class noun can stand."""

    def forget(self) -> None:
        """Begin anew: what was written is thrown away."""
        self.slots.clear()
        self.containers.clear()
        self.unsaid.clear()

    def name(self, index: int) -> str:
        return f"{NAME_OPEN}{index}{CLOSE}"

    def number(self, quantity: Quantity, slots: tuple[Slot, ...]) -> str:
        self.slots.append((slots, quantity))
        return f"{NUMBER_OPEN}{len(self.slots) - 1}{CLOSE}"

    def names_joined(self, indices: list[int], last: str = "and") -> str:
        """ "A, B and C" with a comma before the last now and then."""
        parts = [self.name(index) for index in indices]
        if len(parts) == 1:
            return parts[0]
        if len(parts) > 2 and self._counted(indices) and self.rng.random() < 0.75:
            self.unsaid |= set(indices[1:-1])
            return f"{parts[0]}{self.rng.choice(_TO)}{parts[-1]}"
        oxford = "," if len(parts) > 2 and self.rng.random() < 0.4 else ""
        return f"{', '.join(parts[:-1])}{oxford} {last} {parts[-1]}"

    def _counted(self, indices: list[int]) -> bool:
        """Whether the names count up one by one: "Mill 1", "Mill 2", "Mill 3"."""
        names = [self.names[index] for index in indices]
        return names_between(names[0], names[-1]) == names[1:-1]

    def render(self, template: str) -> Rendered:
        out: list[str] = []
        spans: dict[str, list[Span]] = {NAME_OPEN: [], NUMBER_OPEN: []}
        told: set[int] = set()
        position = cursor = 0
        for match in _MARK.finditer(template):
            plain = template[cursor : match.start()]
            out.append(plain)
            position += len(plain)
            key = int(match[2])
            partial = match[1] == NAME_OPEN and self._partial(key)
            before, surface, after = (
                ("", partial, "")
                if partial
                else self._name_surface(key, key in told)
                if match[1] == NAME_OPEN
                else self._number_surface(key, glued=_glued(template, match.end()))
            )
            if match[1] == NAME_OPEN:
                told.add(key)
            if not before and match[1] == NAME_OPEN:
                before = self._article(template[: match.start()])
            start = position + len(before)
            if not partial:
                spans[match[1]].append(Span(start, start + len(surface), key))
            out.append(before + surface + after)
            position = start + len(surface) + len(after)
            cursor = match.end()
        out.append(template[cursor:])
        return Rendered("".join(out), tuple(spans[NAME_OPEN]), tuple(spans[NUMBER_OPEN]))

    def _article(self, before: str) -> str:
        """ "a" or "the" where a name stands like a common noun."""
        if self.rng.random() >= self.article_rate:
            return ""
        word = before.rstrip().rsplit(" ", 1)[-1].lower().strip("\n")
        if word not in _ARTICLE_AFTER and not word.endswith((".", ":", CLOSE + ",")):
            return ""
        return self.rng.choice(
            ["the ", "the ", "a ", "our ", "The " if word.endswith(".") else "the "]
        )

    def _partial(self, index: int) -> str:
        """ "the oven" for "Curing Oven 2" where no other name has that word; "" if not."""
        if index >= self.verbatim_from or self.rng.random() >= self.partial_rate:
            return ""
        words = [word for word in re.split(r"[\s_\-#]+", self.names[index]) if word.isalpha()]
        if not words or words == [self.names[index]]:
            return ""
        word = words[-1].lower()
        if sum(word in name.lower() for name in self.names) > 1:
            return ""
        return word

    def _name_surface(self, index: int, told: bool) -> tuple[str, str, str]:
        name = self.names[index]
        if told and self.rng.random() < self.short_rate:
            name = short_of(name, self.names) or name
        if self.rng.random() < self.quote_rate:
            return self.quotes[0], name, self.quotes[1]
        if index < self.verbatim_from and self.rng.random() < self.lower_rate:
            name = name.lower()
        return "", name, ""

    def _number_surface(self, key: int, glued: bool) -> tuple[str, str, str]:
        text = self.slots[key][1].text
        if (
            not glued
            and text.isdigit()
            and 0 < int(text) <= 20
            and self.rng.random() < self.word_rate * (6 if text == "1" else 1)
        ):
            return "", NUMBER_WORDS[int(text)], ""
        return "", text, ""
