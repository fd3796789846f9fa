"""Operations on one or two numbers, as programs of user code ask for them (`machine`)."""

from __future__ import annotations

from math import atan, ceil, cos, exp, floor, isfinite, log, log10, sin, sqrt, tan
from typing import Any

import numpy as np

from .jit import called, compiled
from .program import LARGEST_EXACT, Op

(
    _ADD, _SUBTRACT, _MULTIPLY, _DIVIDE, _DIVIDE_WHOLE, _MODULO, _LESS, _LESS_EQUAL, _EQUAL,
    _MINIMUM, _MAXIMUM, _DIVIDE_ANY, _POWER, _BITS_AND, _BITS_OR, _BITS_XOR, _SHIFT_LEFT,
    _SHIFT_RIGHT, _NEGATE, _NOT, _WHOLE, _FLOOR, _CEIL, _ROUND, _ABSOLUTE, _ROOT, _EXACT, _INVERT,
    _EXP, _LOG, _LOG_10, _SINE, _COSINE, _TANGENT, _ARC_TANGENT,
) = (int(op) for op in Op if Op.ADD <= op < Op.NOW)  # fmt: skip
_NAN = float("nan")
_WORD = 64


@compiled
def binary(op: int, a: float, b: float) -> float:  # noqa: PLR0911 - one return an operation
    """An operation on two numbers; not a number where it has no result."""
    if op == _ADD:
        return a + b
    if op == _EQUAL:
        return 1.0 if a == b else 0.0
    if op == _SUBTRACT:
        return a - b
    if op == _MULTIPLY:
        return a * b
    if op == _LESS:
        return 1.0 if a < b else 0.0
    if op == _LESS_EQUAL:
        return 1.0 if a <= b else 0.0
    if op == _MINIMUM:
        return min(b, a)
    if op == _MAXIMUM:
        return max(b, a)
    return quotient(op, a, b) if op < _POWER else rare(op, a, b)


@called
def quotient(op: int, a: float, b: float) -> float:
    """Division and its rest."""
    if b == 0.0 or not isfinite(a) or not isfinite(b):
        return _NAN
    if op == _DIVIDE:
        return a / b
    rest: float = np.fmod(a, b)
    if op == _MODULO:
        return rest
    if op == _DIVIDE_ANY and (a != floor(a) or b != floor(b)):
        return a / b
    return _NAN if op == _DIVIDE_ANY and rest != 0.0 else (a - rest) / b


@called
def rare(op: int, a: float, b: float) -> float:  # noqa: PLR0911 - one return an operation
    """Powers, and what is done to the bits of whole numbers."""
    if not isfinite(a) or not isfinite(b):
        return _NAN
    if op == _POWER:
        if a == 0.0 and b < 0.0:
            return _NAN
        power: float = pow(a, b)
        return power if isfinite(power) else _NAN
    if abs(a) > LARGEST_EXACT or abs(b) > LARGEST_EXACT:
        return _NAN
    one, two = np.int64(a), np.int64(b)
    if op == _BITS_AND:
        return float(one & two)
    if op == _BITS_OR:
        return float(one | two)
    if op == _BITS_XOR:
        return float(one ^ two)
    if two < 0 or two >= _WORD:
        return _NAN
    return float(one >> two) if op == _SHIFT_RIGHT else shifted(one, two)


@called
def shifted(value: Any, places: Any) -> float:
    """To the left; not a number where a double might not hold it."""
    wide = float(value) * 2.0 ** float(places)
    return wide if abs(wide) <= LARGEST_EXACT else _NAN


@compiled
def unary(op: int, a: float) -> float:  # noqa: PLR0911 - one return an operation
    """An operation on one number; not a number where it has no result."""
    if op == _NOT:
        return 1.0 if a == 0.0 else 0.0
    if op == _NEGATE:
        return -a
    if op == _ABSOLUTE:
        return abs(a)
    if op == _ROOT:
        return sqrt(a) if a >= 0.0 else _NAN
    if op == _EXACT:
        return a if abs(a) <= LARGEST_EXACT else _NAN
    if not isfinite(a):
        return _NAN
    if op >= _INVERT:
        return function_of(op, a)
    if op == _FLOOR:
        return float(floor(a))
    if op == _CEIL:
        return float(ceil(a))
    if op == _ROUND:
        return float(floor(a + 0.5))
    return float(floor(a)) if a >= 0.0 else float(ceil(a))


@called
def function_of(op: int, a: float) -> float:  # noqa: PLR0911 - one return an operation
    """A function of mathematics; not a number where it has no finite value."""
    if op == _INVERT:
        return -a - 1.0 if abs(a) < LARGEST_EXACT else _NAN
    if op == _SINE:
        return sin(a)
    if op == _COSINE:
        return cos(a)
    if op == _TANGENT:
        return tan(a)
    if op == _ARC_TANGENT:
        return atan(a)
    if op == _EXP:
        power = exp(a)
        return power if isfinite(power) else _NAN
    if a <= 0.0:
        return _NAN
    return log(a) if op == _LOG else log10(a)
