"""Operators on run-time values, conversions to declared types, bounded numbers and text."""

from __future__ import annotations

import math
from typing import Any

from ..simulation.model import ModelObject
from .diagnostics import FlexScriptError, Span
from .values import MAX_TEXT, Draw, FlexArray, FlexMap, FlexVector, Moment, describe, text_of

LARGEST_INTEGER = 2**63  # beyond it whole numbers become floating-point ones
BITS = frozenset({"&", "|", "^", "<<", ">>"})
_WORD = 64


def number(value: Any, span: Span) -> Any:
    """An int or float as it is, NULL as 0."""
    if isinstance(value, int | float):
        return value
    if value is None:
        return 0
    raise FlexScriptError(f"A number is needed here, not {describe(value)}.", span, code="type")


def whole(value: Any, span: Span) -> int:
    """What an int variable holds: the number without its fraction."""
    given = number(value, span)
    if not math.isfinite(given):
        raise FlexScriptError("This number is not finite.", span, code="arithmetic")
    return int(given)


def real(value: Any, span: Span) -> float:
    """What a double variable holds; a distribution stays one."""
    given = number(value, span)
    return given if isinstance(given, float) else float(given)


def text(value: str, span: Span) -> str:
    """`value`, or an error where it is too long."""
    if len(value) > MAX_TEXT:
        raise FlexScriptError("A string grew too long.", span, code="limit")
    return value


def convert(kind: str, value: Any, span: Span) -> Any:
    """`value` as a variable declared with `kind` holds it."""
    if kind == "int":
        return whole(value, span)
    if kind == "double":
        return real(value, span)
    if kind == "string" and isinstance(value, int | float):
        return text_of(value)
    if kind == "Object":
        return _node(value, span)
    if isinstance(value, FlexVector):
        return FlexVector(list(value.parts), None, value.attribute)
    return value


def _node(value: Any, span: Span) -> Any:
    if value == 0 and isinstance(value, int | float):
        return None
    if isinstance(value, int | float | str | FlexArray | FlexMap | FlexVector):
        hint = 'Take it from Object.create("Class") or Model.find("Name").'
        raise FlexScriptError(f"An Object cannot be {describe(value)}.", span, hint, "type")
    return value


def same(left: Any, right: Any) -> bool:
    """`==`: text by content, numbers by value, vectors by component, nodes by identity."""
    if isinstance(left, FlexVector) and isinstance(right, FlexVector):
        return left.parts == right.parts
    if isinstance(left, ModelObject) or isinstance(right, ModelObject):
        return left is right
    return bool(left == right)


def operate(operator: str, left: Any, right: Any, span: Span) -> Any:
    """One binary operation on values."""
    if operator in ("==", "!="):
        return int(same(left, right) == (operator == "=="))
    if operator == "+" and (isinstance(left, str) or isinstance(right, str)):
        return text(text_of(left) + text_of(right), span)
    if isinstance(left, FlexVector) or isinstance(right, FlexVector):
        return _vector(operator, left, right, span)
    if isinstance(left, Moment) or isinstance(right, Moment):
        return _moments(operator, left, right, span)
    if operator in ("<", ">", "<=", ">=") and isinstance(left, str) and isinstance(right, str):
        return _compare(operator, left, right)
    a, b = number(left, span), number(right, span)
    if operator in ("<", ">", "<=", ">="):
        return _compare(operator, a, b)
    return calculate(operator, a, b, span)


def _compare(operator: str, a: Any, b: Any) -> int:
    return int({"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[operator])


def calculate(operator: str, a: Any, b: Any, span: Span) -> Any:
    """+ - * / % of two numbers, of two whole numbers / drops the rest; and what is done to bits."""
    if operator in BITS:
        return bits(operator, whole(a, span), whole(b, span), span)
    if operator in ("/", "%") and b == 0:
        raise FlexScriptError("Division by zero.", span, code="arithmetic")
    integers = isinstance(a, int) and isinstance(b, int)
    try:
        if operator == "%":
            result: Any = _remainder(a, b) if integers else math.fmod(a, b)
        elif operator == "/" and integers:
            result = (a - _remainder(a, b)) // b
        else:
            result = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide}[operator](a, b)
    except (OverflowError, ValueError):
        raise FlexScriptError("A number grew too large.", span, code="arithmetic") from None
    if isinstance(result, int) and not -LARGEST_INTEGER <= result <= LARGEST_INTEGER:
        return float(result)
    return result


def bits(operator: str, a: int, b: int, span: Span) -> int:
    """& | ^ << >> of whole numbers of 64 bits."""
    if operator in ("<<", ">>"):
        if not 0 <= b < _WORD:
            hint = f"Give a number from 0 to {_WORD - 1}."
            raise FlexScriptError(f"Bits cannot be moved by {b} places.", span, hint, "arithmetic")
        return word(a << b if operator == "<<" else a >> b)
    return word({"&": a & b, "|": a | b, "^": a ^ b}[operator])


def rounded(value: float, digits: float = 0) -> float:
    """Halves go up."""
    scale = 10.0 ** int(digits)
    return math.floor(float(value) * scale + 0.5) / scale


def word(value: int) -> int:
    """The lowest 64 bits of a whole number, as a signed one."""
    half = 1 << (_WORD - 1)
    return (value + half) % (2 * half) - half


def _add(a: Any, b: Any) -> Any:
    return a + b


def _subtract(a: Any, b: Any) -> Any:
    return a - b


def _multiply(a: Any, b: Any) -> Any:
    return a * b


def _divide(a: Any, b: Any) -> Any:
    return a / b


def _remainder(a: int, b: int) -> int:
    """With the sign of `a`, as in C."""
    rest = abs(a) % abs(b)
    return rest if a >= 0 else -rest


def _vector(operator: str, left: Any, right: Any, span: Span) -> FlexVector:
    """Vectors by component; a number stands for each component."""
    given = left if isinstance(left, FlexVector) else right
    length = len(given.parts)
    if operator not in ("+", "-", "*", "/"):
        raise FlexScriptError(f"Vectors have no “{operator}”.", span, code="type")
    sides = [
        side.parts if isinstance(side, FlexVector) else [number(side, span)] * length
        for side in (left, right)
    ]
    if len(sides[0]) != len(sides[1]):
        raise FlexScriptError("These vectors differ in length.", span, code="type")
    parts = [
        float(calculate(operator, float(a), float(b), span)) for a, b in zip(*sides, strict=True)
    ]
    return FlexVector(parts, None, given.attribute)


def _moments(operator: str, left: Any, right: Any, span: Span) -> Any:
    """A DateTime and seconds give a DateTime, two of them the seconds between them."""
    a, b = (
        side.seconds if isinstance(side, Moment) else number(side, span) for side in (left, right)
    )
    if operator in ("<", ">", "<=", ">="):
        return _compare(operator, a, b)
    if operator not in ("+", "-"):
        raise FlexScriptError(f"DateTimes have no “{operator}”.", span, code="type")
    result = calculate(operator, a, b, span)
    both = isinstance(left, Moment) and isinstance(right, Moment)
    return result if both else Moment(float(result))


def key(value: Any, span: Span) -> Any:
    """`value` as a Map takes it for a key."""
    if isinstance(value, Draw):
        return float(value)
    if value is None or isinstance(value, int | float | str | ModelObject):
        return value
    raise FlexScriptError(
        f"A Map's key is a number, a string or an object, not {describe(value)}.", span, code="type"
    )
