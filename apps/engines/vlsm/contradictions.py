"""Prompts that say two things: asked back, not guessed.

The encoder tells for every number whose it is and what it stands for (`facts`). Two constants for
the same property of the same object that differ contradict each other. A question costs the user
more than a guess that is right, so both must also read plainly as such values: a time with its
unit, a capacity beside a word for one, and the object's name, said anew, as the last one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..factories.roles import CLASSES
from ..flexscript.model_printer import value_text
from .actions import PROPERTIES_OF, Piece
from .examples import Inputs
from .facts import FUNCTIONS, ROLES, UNITS
from .modeling import Memory
from .numerals import Numeral
from .writer import in_seconds, statements_of

SURE = 0.9
"""Probability from which a number is held to be somebody's, or to stand for something."""
_UNIT = re.compile(
    r"\s*(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?)\b|\s*(?:秒|分|个?小时)", re.IGNORECASE
)
_ROOM = re.compile(
    r"(?:capacity|content|room|holds?|fits?|stores?|limit\w*|cap|容量|存放|最多)"
    r"\W*(?:[a-z]+\W+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Contradiction:
    """Two values, as text, for one property of one object."""

    name: str
    prop: str
    first: str
    second: str


@dataclass(frozen=True)
class _Reading:
    """What a number is, as far as that is sure."""

    owner: int
    role: str
    function: str
    unit: str
    numeral: Numeral

    @property
    def value(self) -> float:
        return (
            in_seconds(self.numeral.value, self.unit) if self.unit != "none" else self.numeral.value
        )

    @property
    def text(self) -> str:
        """The number as written, with its unit."""
        return self.numeral.text if self.unit == "none" else f"{self.numeral.text} {self.unit}"


def told_twice(memory: Memory, inputs: Inputs) -> Contradiction | None:
    """The first contradiction of a prompt for a new model."""
    classes = memory.attributes[0, :, : len(CLASSES)].argmax(-1).tolist()
    seen: dict[tuple[int, str], _Reading] = {}
    for reading in _readings(memory, inputs):
        prop = reading.role.partition(":")[0]
        fits = prop in PROPERTIES_OF[CLASSES[classes[reading.owner]]]
        if not fits or not _plain(reading, inputs):
            continue
        before = seen.setdefault((reading.owner, reading.role), reading)
        apart = _said_before(before, inputs) != _said_before(reading, inputs)
        if before.value != reading.value and apart:
            name = inputs.entities[reading.owner].name
            return Contradiction(name, prop, before.text, reading.text)
    return None


def _plain(reading: _Reading, inputs: Inputs) -> bool:
    """Whether the words around the number say the same as the network."""
    numeral = reading.numeral
    last = _said_before(reading, inputs)[1]
    before, after = inputs.prompt[: numeral.start], inputs.prompt[numeral.end :]
    if last != reading.owner:
        return False
    if reading.role == "MaxContent:0":
        return bool(_ROOM.search(before)) and not _UNIT.match(after)
    return reading.function == "constant" and bool(_UNIT.match(after))


def _said_before(reading: _Reading, inputs: Inputs) -> tuple[int, int]:
    """Where the last name before a number ends, and which entity it names (-1: none)."""
    spans = [(end, i) for i, item in enumerate(inputs.entities) for _, end in item.spans]
    return max(((end, i) for end, i in spans if end <= reading.numeral.start), default=(0, -1))


def _readings(memory: Memory, inputs: Inputs) -> Iterator[_Reading]:
    owners = memory.owners[0].float().sigmoid()
    groups = memory.labels[0].float().split([len(ROLES), len(FUNCTIONS), len(UNITS)], -1)
    names = (ROLES, FUNCTIONS, UNITS)
    for index, numeral in enumerate(inputs.numerals):
        labels = [_sure(scores[index], some) for scores, some in zip(groups, names, strict=True)]
        if None in labels or labels[0] == "none":
            continue
        role, function, unit = map(str, labels)
        for owner in (owners[:, index] >= SURE).nonzero().flatten().tolist():
            if owner < len(inputs.entities):
                yield _Reading(owner, role, function, unit, numeral)


def _sure(scores: Tensor, names: Sequence[str]) -> str | None:
    best = float(torch.softmax(scores, -1).max())
    return names[int(scores.argmax())] if best >= SURE else None


def asked_twice(inputs: Inputs, pieces: Sequence[Piece]) -> Contradiction | None:
    """The first property of one object that a refinement sets to two values."""
    seen: dict[tuple[int, str], str] = {}
    for statement in statements_of(inputs, pieces):
        if statement.head != "SET":
            continue
        for prop, value in statement.settings:
            key, text = (statement.entities[0], prop), value_text(value)
            if seen.setdefault(key, text) != text:
                return Contradiction(inputs.entities[key[0]].name, prop, seen[key], text)
    return None
