"""Code as a small stack program, for the compiled kernel.

Numbers, running objects (by their index, NULL is −1) and texts (by their number) are the only
values. A program that meets anything else, an error included, gives up, and the run is made by the
reference kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import Any


class Op(IntEnum):
    """Instructions; `a` is the whole operand, `x` the other one; "pops b, a" means b on top."""

    PUSH = 0  # x
    LOAD = auto()  # local a
    STORE = auto()  # pops into local a
    POP = auto()
    COPY = auto()  # the top again
    JUMP = auto()  # to a
    JUMP_UNLESS = auto()  # pops; to a where it is 0
    RETURN = auto()  # pops the result
    KEEP = auto()  # pops into local a, a place of an array
    LOAD_AT = auto()  # pops the place from 1; of the x locals from a
    STORE_AT = auto()  # pops the value, the place
    # Of two numbers
    ADD = auto()
    SUBTRACT = auto()
    MULTIPLY = auto()
    DIVIDE = auto()
    DIVIDE_WHOLE = auto()
    MODULO = auto()
    LESS = auto()
    LESS_EQUAL = auto()
    EQUAL = auto()
    MINIMUM = auto()
    MAXIMUM = auto()
    DIVIDE_ANY = auto()  # gives up where it matters whether both are whole numbers
    POWER = auto()
    BITS_AND = auto()
    BITS_OR = auto()
    BITS_XOR = auto()
    SHIFT_LEFT = auto()
    SHIFT_RIGHT = auto()
    # Of one number
    NEGATE = auto()
    NOT = auto()
    WHOLE = auto()  # towards zero
    FLOOR = auto()
    CEIL = auto()
    ROUND = auto()  # halves up
    ABSOLUTE = auto()
    ROOT = auto()
    EXACT = auto()  # gives up on a whole number that a double may not hold
    INVERT = auto()  # bits
    EXPONENTIAL = auto()
    LOGARITHM = auto()
    LOGARITHM_10 = auto()
    SINE = auto()
    COSINE = auto()
    TANGENT = auto()
    ARC_TANGENT = auto()
    # Of the model
    NOW = auto()
    PORT = auto()  # the second parameter
    CURRENT = auto()
    ITEM_LABEL = auto()  # a
    SET_ITEM_LABEL = auto()  # a; pops the value
    LABEL = auto()  # a; pops the object
    SET_LABEL = auto()  # a; pops the value, the object
    CONTENT = auto()  # pops the object
    INPUT = auto()
    OUTPUT = auto()
    OUT_OBJECT = auto()  # pops the port, the object; NULL where there is none if a is 1
    IN_OBJECT = auto()
    OUT_COUNT = auto()  # pops the object
    IN_COUNT = auto()
    STATE = auto()
    DRAW = auto()  # law a of x arguments, which it pops; the current object's stream
    OWN_LABEL = auto()  # a; of the current object
    SET_OWN_LABEL = auto()  # a; pops the value
    DRAW_FROM = auto()  # as DRAW; pops the stream first
    HAS_ITEM_LABEL = auto()  # a
    HAS_LABEL = auto()  # a; pops the object
    ITEM_CONTENT = auto()  # how many items are packed in the item
    ITEM_BORN = auto()  # when the item came into the model
    ITEM_ENTERED = auto()  # and when to where it is
    CELL = auto()  # of table a; pops the column, the row
    SET_CELL = auto()  # pops the value, the column, the row
    SAY = auto()  # line a with x values, which it pops
    # Of the kernel's machine only (`fusing`, `translate`)
    DRAW_KNOWN = auto()  # law a of those with constant arguments
    BEGIN = auto()  # of a program; a is the address of its machine code, 0 without


LARGEST_EXACT = 2.0**53
MAX_STEPS = 100_000  # of one call; beyond it the reference kernel decides
MAX_STACK = 64
MAX_LOCALS = 256
NAME = "name"  # the label under which programs find the name of an item or object
PLAIN = "plain"  # a piece of a printed line that is text as it stands; others are kinds of value
MAX_SAID = 8  # values in a printed line
_UP = {
    Op.PUSH, Op.LOAD, Op.COPY, Op.NOW, Op.PORT, Op.CURRENT, Op.ITEM_LABEL, Op.OWN_LABEL,
    Op.HAS_ITEM_LABEL, Op.ITEM_CONTENT, Op.ITEM_BORN, Op.ITEM_ENTERED,
}  # fmt: skip
_DOWN = {
    Op.STORE, Op.POP, Op.JUMP_UNLESS, Op.RETURN, Op.KEEP, Op.SET_ITEM_LABEL, Op.SET_OWN_LABEL,
    Op.OUT_OBJECT, Op.IN_OBJECT, Op.CELL,
}  # fmt: skip
_DOWN_MORE = {Op.STORE_AT: -2, Op.SET_LABEL: -2, Op.SET_CELL: -3, Op.DRAW: 1}
_POPS_X = (Op.DRAW, Op.DRAW_FROM, Op.SAY)


def _effect(op: Op) -> int:
    if op in _UP:
        return 1
    if op in _DOWN or Op.ADD <= op <= Op.SHIFT_RIGHT:
        return -1
    return _DOWN_MORE.get(op, 0)


_EFFECTS = tuple(map(_effect, Op))  # looked up for every step of every program


def effect(op: Op, x: float) -> int:
    """By how much an instruction makes the stack higher."""
    return _EFFECTS[op] - int(x) if op in _POPS_X else _EFFECTS[op]


Step = tuple[int, int, float]


@dataclass(frozen=True)
class Setting:
    """All programs of a model and what they share, as `translate` makes machine code of them.

    `starts` are the places of first steps, `grids` the records of global tables, `labels` how
    many an object has.
    """

    steps: tuple[Step, ...]
    starts: tuple[int, ...]
    grids: tuple[tuple[int, ...], ...]
    labels: int


@dataclass
class Program:
    """Instructions (op, a, x); `draws` says that it draws random numbers."""

    code: list[tuple[Op, int, float]] = field(default_factory=list)
    draws: bool = False


@dataclass
class Commons:
    """What the programs of a model share.

    Running objects by name (−1 for one that takes no part in the run), parameters, global tables;
    numbers of the labels, texts, tables, printed lines and further streams in use. `kinds` are
    the kinds of value that labels and cells may hold, found by lowering until none is new.
    """

    objects: dict[str, int]
    parameters: dict[str, Any]
    tables: dict[str, list[list[Any]]]
    labels: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    grids: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    streams: dict[int, int] = field(default_factory=dict)
    kinds: dict[tuple[str, ...], str] = field(default_factory=dict)

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def label(self, name: str) -> int:
        return self.labels.setdefault(name, len(self.labels))


@dataclass
class Site:
    """Where the code stands: its object, what that is connected to, which parameters it gets."""

    commons: Commons
    name: str = ""
    nodes: int = 0  # how many objects run
    centers: tuple[int, ...] = ()
    has_item: bool = True
    has_port: bool = True
    has_entered: bool = True  # whether the item is in the object
    has_result: bool = True  # whether anybody looks at what the code returns


class NotLowered(Exception):
    """This code needs the reference kernel; says why."""
