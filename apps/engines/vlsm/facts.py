"""Side tasks that teach the encoder directly what a prompt says.

Beside the pieces, each training target implies facts: which entity feeds which, whose each number
is, and what it stands for. They are learned as relations and labels over all pairs at once, and the
decoder reads the predicted relations as it reads the drawn links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..factories.roles import CLASSES
from .actions import (
    ARITY,
    NUMBER_PROPERTIES,
    OPTION_PROPERTIES,
    OPTION_VALUES,
    TIME_PROPERTIES,
    UNIT_NAMES,
    VOCABULARY,
    Piece,
)

ROLES = (
    "none",
    *(f"{prop}:{argument}" for prop in TIME_PROPERTIES for argument in range(4)),
    *(f"{prop}:0" for prop in NUMBER_PROPERTIES),
)
FUNCTIONS = ("none", *ARITY)
UNITS = ("none", *UNIT_NAMES)
CHOICES = ("ItemPlacement", "CombineMode", "SeparateMode")
"""Options of which more than one value is worth telling."""
ATTRIBUTES = (
    *(f"CLASS:{name}" for name in CLASSES),
    *(f"PROP:{name}" for name in TIME_PROPERTIES + NUMBER_PROPERTIES + OPTION_PROPERTIES),
    *(f"{prop}:{value}" for prop in CHOICES for value in OPTION_VALUES[prop]),
    "Container",
)
"""What may be said of an entity: its class, that a property is set, which option, and that the
containers of a Combiner come from it."""


@dataclass
class Facts:
    """Links (source, target), owners (entity, number), labels of numbers, attributes of entities;
    all by index."""

    links: list[tuple[int, int]] = field(default_factory=list)
    owners: list[tuple[int, int]] = field(default_factory=list)
    labels: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    attributes: list[tuple[int, int]] = field(default_factory=list)


def facts_of(pieces: Sequence[Piece], subjects: Sequence[int]) -> Facts:
    """What a target sequence implies."""
    facts = Facts()
    head = prop = function = unit = ""
    argument = 0
    for piece, subject in zip(pieces, subjects, strict=True):
        if piece.kind == "number":
            facts.owners.append((subject, piece.index))
            facts.labels[piece.index] = (
                ROLES.index(f"{prop}:{argument}"),
                FUNCTIONS.index(function or "none"),
                UNITS.index(unit or "none"),
            )
            argument += 1
        elif piece.kind == "entity":
            if head == "LINK" and subject >= 0:
                facts.links.append((subject, piece.index))
        else:
            kind, _, name = VOCABULARY[piece.index].partition(":")
            attribute = f"{prop}:{name}" if kind == "VALUE" else VOCABULARY[piece.index]
            if subject >= 0 and attribute in ATTRIBUTES:
                facts.attributes.append((subject, ATTRIBUTES.index(attribute)))
            if kind == "PROP":
                prop, function, unit, argument = name, "", "", 0
            elif kind == "DIST":
                function = name
            elif kind == "UNIT":
                unit = name
            elif not name:
                head = kind
    return facts
