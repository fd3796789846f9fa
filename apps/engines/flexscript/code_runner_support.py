"""What translated code calls while it runs: operators, conversions, the budget of steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import ge, gt, le, lt
from time import perf_counter
from typing import Any

from .arithmetic import bits, operate, word
from .diagnostics import START, FlexScriptError
from .limits import Limits
from .values import (
    MAX_ITEMS,
    MAX_TEXT,
    ClassName,
    FlexArray,
    FlexMap,
    FlexVector,
    Moment,
    text_of,
    truth,
)

LARGEST_INTEGER = 2**63  # beyond it whole numbers become floating-point ones
_WIDER = (FlexVector, Moment)  # what + - * / know beside numbers
_TICKS = 1000  # loop rounds between two looks at the clock
_BREATH = 0.1  # seconds


def fault(message: str, hint: str | None = None, code: str = "run") -> FlexScriptError:
    """An error whose place is taken from the traceback later."""
    return FlexScriptError(message, START, hint, code)


def described(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return f"the number {text_of(value)}"
    if isinstance(value, str):
        return f"the string “{value[:40]}”"
    name = getattr(value, "name", None)
    if isinstance(name, str):
        return f"“{name}”"
    return {FlexArray: "an Array", FlexMap: "a Map"}.get(type(value), type(value).__name__)


def number(value: Any) -> Any:
    """A number as it is, NULL as 0."""
    kind = type(value)
    if kind is float or kind is int or kind is bool:
        return value
    if value is None:
        return 0
    if isinstance(value, int | float):
        return value
    raise fault(f"A number is needed here, not {described(value)}.", code="type")


def whole(value: Any) -> int:
    """What an int variable holds."""
    if type(value) is int:
        return value
    given = number(value)
    if not math.isfinite(given):
        raise fault("This number is not finite.", code="arithmetic")
    return int(given)


def real(value: Any) -> float:
    """What a double variable holds."""
    return value if type(value) is float else float(number(value))


def _bounded(result: Any) -> Any:
    if type(result) is int and not -LARGEST_INTEGER <= result <= LARGEST_INTEGER:
        return float(result)
    return result


def summed(left: Any, right: Any) -> Any:
    if type(left) is float and type(right) is float:
        return left + right
    if isinstance(left, _WIDER) or isinstance(right, _WIDER):
        return operate("+", left, right, START)
    return _bounded(number(left) + number(right))


def minus(left: Any, right: Any) -> Any:
    if type(left) is float and type(right) is float:
        return left - right
    if isinstance(left, _WIDER) or isinstance(right, _WIDER):
        return operate("-", left, right, START)
    return _bounded(number(left) - number(right))


def times(left: Any, right: Any) -> Any:
    if type(left) is float and type(right) is float:
        return left * right
    if isinstance(left, _WIDER) or isinstance(right, _WIDER):
        return operate("*", left, right, START)
    return _bounded(number(left) * number(right))


def divide(left: Any, right: Any) -> Any:
    """Division; of two whole numbers without the rest."""
    if isinstance(left, _WIDER) or isinstance(right, _WIDER):
        return operate("/", left, right, START)
    a, b = number(left), number(right)
    if isinstance(a, int) and isinstance(b, int):
        quotient = abs(a) // abs(b)
        return quotient if (a >= 0) == (b >= 0) else -quotient
    return a / b


def negated(value: Any) -> Any:
    """-value"""
    return operate("*", value, -1, START) if isinstance(value, FlexVector) else -number(value)


def compared(operator: str, left: Any, right: Any) -> Any:
    """< > <= >= of numbers, of two texts, of two points in time."""
    kind = type(left)
    if (kind is float or kind is int) and type(right) is kind:
        return _ORDER[operator](left, right)
    return operate(operator, left, right, START)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def texted(value: Any) -> Any:
    """What a string variable holds: numbers become texts."""
    return text_of(value) if isinstance(value, int | float) else value


def copied(value: Any) -> Any:
    """What a vector variable holds: its own components."""
    if isinstance(value, FlexVector):
        return FlexVector(list(value.parts), None, value.attribute)
    return value


def modulo(left: Any, right: Any) -> Any:
    a, b = number(left), number(right)
    if b == 0:
        raise ZeroDivisionError
    rest = math.fmod(a, b)
    return rest if isinstance(a, float) or isinstance(b, float) else int(rest)


def of_bits(operator: str, left: Any, right: Any) -> int:
    """& | ^ << >>"""
    return bits(operator, whole(left), whole(right), START)


def inverted(value: Any) -> int:
    """~value"""
    return word(~whole(value))


def shown(value: Any) -> str:
    """A value as `print` and `+` write it; a state is its number."""
    if isinstance(value, int):
        return text_of(int(value))
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else text_of(value)


def array(items: list[Any]) -> FlexArray:
    return FlexArray(items)


def made(kind: str) -> Any:
    """What a variable of that type holds before anything is assigned."""
    if kind == "Map":
        return FlexMap()
    if kind in ("Vec2", "Vec3", "Vec4", "Color"):
        return FlexVector([0.0] * (3 if kind == "Color" else int(kind[-1])))
    if kind == "Http.Request":
        return ClassName(kind)  # may be declared, but not used
    return {"int": 0, "double": 0.0, "string": ""}.get(kind)


class Budget:
    """Bounds one call of user code: rounds of loops, large values, depth of functions, seconds.

    `breathe` is called now and then while a call takes long; it may raise to end the run.
    """

    def __init__(self, limits: Limits, breathe: Callable[[], None]) -> None:
        self.limits, self.breathe = limits, breathe
        self.begin()

    def begin(self) -> None:
        self.steps = self.depth = 0
        self.next_look = _TICKS
        self.deadline = self.breath = 0.0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Within, code that is called spends from this budget instead of beginning anew."""
        steps, depth, deadline = self.steps, self.depth, self.deadline
        try:
            yield
        finally:
            self.steps, self.depth = self.steps + steps, depth
            self.next_look, self.deadline = min(self.next_look, self.steps), deadline

    def tick(self) -> None:
        """A round of a loop, or a call of a function."""
        self.steps += 1
        if self.steps >= self.next_look:
            self._look()

    def spend(self, steps: int, _: object = None) -> None:
        """The work and memory of a large value, as so many rounds."""
        self.steps += steps
        if self.steps >= self.next_look:
            self._look()

    def _look(self) -> None:
        now = perf_counter()
        self.next_look = self.steps + _TICKS
        self.deadline = self.deadline or now + self.limits.seconds
        hint = "Does a loop never end? Check its condition."
        if self.steps >= self.limits.steps:
            text = f"The code was stopped after {self.limits.steps:,} rounds of its loops."
            raise fault(text, hint, "limit")
        if now > self.deadline:
            raise fault(f"The code was stopped after {self.limits.seconds:g} s.", hint, "limit")
        if now > self.breath:
            self.breath = now + _BREATH
            self.breathe()

    def enter(self) -> None:
        self.tick()
        if self.depth >= self.limits.depth:
            hint = "Does a function call itself?"
            raise fault("Functions call each other too deeply.", hint, "limit")
        self.depth += 1

    def leave(self) -> None:
        self.depth -= 1

    # Values that may be large

    def plus(self, left: Any, right: Any) -> Any:
        """Sum; text where one side is text."""
        if type(left) is not str and type(right) is not str:
            return summed(left, right)
        text = shown(left) + shown(right)
        if len(text) > MAX_TEXT:
            raise fault("A string grew too long.", code="limit")
        self.spend(len(text) // 100)
        return text

    def array_of(self, size: Any, filling: Any = None) -> FlexArray:
        """An array of that many values."""
        count = whole(size)
        if not 0 <= count <= MAX_ITEMS:
            raise fault(f"An array of {count:,} items is not possible.", code="limit")
        self.spend(count // 10)
        return FlexArray([filling] * count)


OPERATORS: dict[str, Any] = {
    helper.__name__: helper
    for helper in (
        number, whole, real, times, divide, minus, modulo, of_bits, inverted, truth, array, made,
        negated, compared, texted, copied,
    )
}  # fmt: skip
"""Helpers of translated code that need no object."""
