"""Code as a small stack program, for the compiled kernel.

Numbers and running objects (by their index, NULL is −1) are the only values. A program that
meets anything else, an error included, gives up, and the run is made by the reference kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Op(IntEnum):
    """Instructions; `a` is the whole operand, `x` the other one; "pops b, a" means b on top."""

    PUSH = 0  # x
    LOAD = 1  # local a
    STORE = 2  # pops into local a
    POP = 3
    COPY = 4  # the top again
    JUMP = 5  # to a
    JUMP_UNLESS = 6  # pops; to a where it is 0
    RETURN = 7  # pops the result
    # Of two numbers
    ADD = 8
    SUBTRACT = 9
    MULTIPLY = 10
    DIVIDE = 11
    DIVIDE_WHOLE = 12
    MODULO = 13
    LESS = 14
    LESS_EQUAL = 15
    EQUAL = 16
    MINIMUM = 17
    MAXIMUM = 18
    # Of one number
    NEGATE = 19
    NOT = 20
    WHOLE = 21  # towards zero
    FLOOR = 22
    CEIL = 23
    ROUND = 24  # halves up
    ABSOLUTE = 25
    ROOT = 26
    EXACT = 27  # gives up on a whole number that a double may not hold
    # Of the model
    NOW = 28
    PORT = 29  # the second parameter
    CURRENT = 30
    ITEM_LABEL = 31  # a
    SET_ITEM_LABEL = 32  # a; pops the value
    LABEL = 33  # a; pops the object
    SET_LABEL = 34  # a; pops the value, the object
    CONTENT = 35  # pops the object
    INPUT = 36
    OUTPUT = 37
    OUT_OBJECT = 38  # pops the port, the object
    IN_OBJECT = 39
    OUT_COUNT = 40  # pops the object
    IN_COUNT = 41
    DRAW = 42  # law a of x arguments, which it pops; the current object's stream
    OWN_LABEL = 43  # a; of the current object
    SET_OWN_LABEL = 44  # a; pops the value


LARGEST_EXACT = 2.0**53
MAX_STACK = 64
MAX_LOCALS = 64


@dataclass
class Program:
    """Instructions (op, a, x); `draws` and `labels` say what it does beside computing."""

    code: list[tuple[Op, int, float]] = field(default_factory=list)
    draws: bool = False


@dataclass
class Site:
    """Where the code stands: what it may use.

    `labels` numbers the labels of the whole model by name, `objects` the running objects.
    """

    labels: dict[str, int]
    objects: dict[str, int]
    has_item: bool = True
    has_port: bool = True


class NotLowered(Exception):
    """This code needs the reference kernel; says why."""
