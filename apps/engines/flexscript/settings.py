"""What setProperty and its legacy relatives store: canonical names and values."""

from __future__ import annotations

import re
from typing import Any

from ..simulation.library import alias_of, class_of, variable_property
from ..simulation.model import (
    ArrayValue,
    CodeValue,
    DistributionValue,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
)
from .values import MAX_ITEMS, Draw, FlexArray, FlexMap, FlexTable, FlexVector, TableDraw

_DEEPEST = 50  # arrays in arrays
UNITS = {"s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hr": 3600.0,
         "hour": 3600.0, "d": 86400.0, "day": 86400.0, "ms": 0.001, "m": 1.0, "mm": 0.001, "cm": 0.01,
         "km": 1000.0, "in": 0.0254, "ft": 0.3048, "m/s": 1.0, "m/min": 1 / 60, "km/h": 1 / 3.6,
         "ft/s": 0.3048, "ft/min": 0.3048 / 60, "m/s^2": 1.0, "m/s2": 1.0}  # fmt: skip
MEASURES = frozenset({"number", "length", "speed", "duration"})  # kinds of properties with a unit
DISTRIBUTIONS: dict[str, int] = {
    "exponential": 2, "uniform": 2, "duniform": 2, "normal": 2, "triangular": 3, "lognormal": 3,
    "lognormal2": 3, "weibull": 3, "gamma": 3, "erlang": 3, "loglogistic": 3, "loglaplace": 3,
    "pearsont5": 3, "inversegaussian": 3, "inverseweibull": 3, "beta": 4, "johnsonbounded": 4,
    "johnsonunbounded": 4, "pearsont6": 4, "bernoulli": 3, "binomial": 2, "negbinomial": 2,
    "geometric": 1, "poisson": 1, "laplace": 2, "logistic": 2,
}  # fmt: skip
REFERENCES = frozenset({"OperatorRef", "TransportRef"})
"""Properties whose code names an object; a path will do."""
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_CALL = re.compile(rf"^([a-z]\w*)\(({_NUMBER}(?:,{_NUMBER})*)(?:,(?:getstream\(\w+\)|\d+))?\)$")
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def value_from_code(text: str) -> Value:
    """A code string: a number, a distribution with constant arguments, or code as it stands."""
    bare = re.sub(r"\s+", "", _COMMENT.sub("", text)).rstrip(";")
    bare = bare.removeprefix("return")
    if re.fullmatch(_NUMBER, bare):
        return NumberValue(float(bare))
    found = _CALL.match(bare)
    if found and found[1] in DISTRIBUTIONS:
        wanted = DISTRIBUTIONS[found[1]]
        args = tuple(float(part) for part in found[2].split(","))
        if len(args) in (wanted, wanted + 1):
            return DistributionValue(found[1], args[:wanted])
    return CodeValue(text)


def is_path(text: str) -> bool:
    """Whether a string is a tree path, and no code."""
    return text.startswith(("/", "MODEL:")) and not text.startswith(("//", "/*"))


def with_unit(items: list[Any]) -> float | None:
    """[5, "min"] in model units, or None."""
    if len(items) == 2 and isinstance(items[0], int | float) and isinstance(items[1], str):
        unit = items[1].strip().lower()
        factor = UNITS.get(unit, UNITS.get(unit.rstrip("s")))
        return float(items[0]) * factor if factor else None
    return None


def canonical(value: Any) -> Value:
    """A run-time value as a property stores it. Raises TypeError for what no property can hold."""
    if isinstance(value, Draw):
        return DistributionValue(value.function, value.args)
    if isinstance(value, TableDraw):
        return CodeValue(f'{value.function}("{value.table}")')
    if isinstance(value, int | float):
        return NumberValue(float(value))
    if isinstance(value, str):
        return value_from_code(value)
    if isinstance(value, FlexArray):
        number = with_unit(value.items)
        return NumberValue(number) if number is not None else ArrayValue(_frozen(value))
    if isinstance(value, FlexVector):
        return ArrayValue(tuple(value.parts))
    if isinstance(value, FlexMap):
        pairs = FlexArray([FlexArray([name, item]) for name, item in value.items.items()])
        return ArrayValue(_frozen(pairs))
    if isinstance(value, FlexTable):
        return ArrayValue(_frozen(FlexArray([FlexArray(row) for row in value.rows])))
    if value is None:
        return NumberValue(0.0)
    if isinstance(value, ModelObject):
        return CodeValue(value.name)
    raise TypeError(type(value).__name__)


def _frozen(value: FlexArray) -> tuple[Any, ...]:
    """Nested tuples. Raises TypeError for what no property can hold, OverflowError where the
    array is too large or holds itself.
    """
    return _Freezer().freeze(value, 0)


class _Freezer:
    def __init__(self) -> None:
        self.count = 0

    def freeze(self, value: FlexArray, depth: int) -> tuple[Any, ...]:
        self.count += len(value.items) + 1
        if self.count > MAX_ITEMS or depth > _DEEPEST:
            raise OverflowError
        return tuple(self.item(item, depth) for item in value.items)

    def item(self, item: Any, depth: int) -> Any:
        if isinstance(item, FlexArray):
            return self.freeze(item, depth + 1)
        if isinstance(item, ModelObject):
            return item.name
        if isinstance(item, FlexVector):
            return tuple(item.parts)
        if item is None:
            return 0
        if isinstance(item, Draw):
            return float(item)
        if isinstance(item, int | float | str):
            return item
        raise TypeError(type(item).__name__)


def shown(value: Value | None) -> Any:
    """What getProperty gives for a stored value."""
    if isinstance(value, NumberValue | OptionValue):
        return value.value
    if isinstance(value, DistributionValue):
        return Draw(value.function, value.args)
    if isinstance(value, CodeValue):
        return value.text
    return _thawed(value.value) if isinstance(value, ArrayValue) else None


def _thawed(items: tuple[Any, ...]) -> FlexArray:
    return FlexArray([_thawed(item) if isinstance(item, tuple) else item for item in items])


def rows_of(value: Any) -> list[list[Any]]:
    """The rows of an array of arrays, as a Table holds them."""
    rows = value.items if isinstance(value, FlexArray) else []
    return [list(row.items) if isinstance(row, FlexArray) else [row] for row in rows]


def option(class_name: str, prop: str, value: Value) -> Value:
    """Option properties are given by number or English name."""
    known = class_of(class_name)
    options = known.properties[prop].options if known and prop in known.properties else ()
    if not options:
        return value
    table = dict(options)
    if isinstance(value, NumberValue) and value.value in table:
        return OptionValue(int(value.value), table[int(value.value)])
    if isinstance(value, CodeValue):
        for number, text in table.items():
            if text.lower() == value.text.strip().lower():
                return OptionValue(number, text)
    return value


def property_name(class_name: str, name: str) -> tuple[str, bool]:
    """The canonical property and whether `name` was an alias of it."""
    real = alias_of(class_name, name)
    return (real, True) if real else (name, False)


def property_of_variable(class_name: str, variable: str) -> str | None:
    """Which property a tree variable ("cycletime") stands behind."""
    return variable_property(class_name, variable)
