"""Kinds of value in the programs of user code, and what comes of two that meet."""

from __future__ import annotations

from typing import Any

from ..kernel.node import Node
from ..model import ModelObject
from .program import NotLowered

UNKNOWN = ""  # nothing has been stored there so far
INTEGER, REAL, NUMBER = "integer", "real", "number"  # NUMBER: one of the two
OBJECT, TEXT = "object", "text"
COMPOSED = "composed"  # a text put together, which labels may keep as long as nobody reads it
ITEM = "item"  # the item of the call, which is no value on the stack
NUMBERS = frozenset({INTEGER, REAL, NUMBER, UNKNOWN})


def joined(one: str, two: str) -> str:
    """What may be the one or the other."""
    if one == two or not two:
        return one
    if not one:
        return two
    if one in NUMBERS and two in NUMBERS:
        return NUMBER
    if COMPOSED in (one, two):
        return COMPOSED
    raise NotLowered(f"is sometimes {_article(one)}, sometimes {_article(two)}")


def kind_of(value: Any) -> str:
    """The kind of a value that is there when the run begins."""
    if isinstance(value, int):
        return INTEGER
    if isinstance(value, float):
        return REAL
    if isinstance(value, str):
        return TEXT
    if value is None or isinstance(value, Node | ModelObject):
        return OBJECT
    raise NotLowered(f"is {type(value).__name__}")


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "io" else f"a {kind}"
