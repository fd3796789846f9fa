"""Property values as functions of an item."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isfinite, isnan
from typing import Any

from ..code import CodeError, CodeRunner, is_item_count, named_object, plain_reference, plain_value
from ..distributions import sampler
from ..errors import SimulationCancelled, SimulationError
from ..library import CLASSES
from ..model import (
    ArrayValue,
    CodeValue,
    DistributionValue,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
    Vector,
)
from ..streams import FIRST_NUMBER
from .executer import Dispatcher
from .item import Item
from .node import Node, Trigger
from .simulation import Simulation

SECONDS = {
    "ms": 0.001, "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0,
    "min": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hr": 3600.0, "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0,
}  # fmt: skip
_MAY_BE_NEGATIVE = frozenset({"normal", "laplace", "logistic", "johnsonunbounded"})
Rule = Callable[..., float]


class Values:
    """Reads the properties of one object; `node` is its running counterpart."""

    def __init__(self, sim: Simulation, node: Node, runner: CodeRunner | None) -> None:
        self.sim, self.node, self.runner = sim, node, runner
        self.obj: ModelObject = node.source

    def get(self, name: str) -> Value | None:
        """The property's value or default; plain code is read as what it says."""
        value = self.obj.properties.get(name)
        return _default(self.obj.class_name, name) if value is None else _plain(value)

    def default_size(self) -> Vector:
        return CLASSES[self.obj.class_name].size

    def fail(self, name: str, message: str, hint: str | None = None) -> SimulationError:
        return SimulationError(f"{name} {message}", self.obj.name, hint)

    def number(self, name: str) -> float:
        """A constant."""
        if name not in self.obj.properties:
            usual = _default_number(self.obj.class_name, name)
            if usual is not None:
                return usual
        value = self.get(name)
        if isinstance(value, NumberValue | OptionValue):
            return float(value.value)
        quantity = _with_unit(value)
        if quantity is None:
            raise self.fail(name, "must be a number")
        return quantity

    def whole(self, name: str, least: int = 0) -> int:
        number = self.number(name)
        if not isfinite(number) or number < least:
            raise self.fail(name, f"must be at least {least}")
        return int(number)

    def flag(self, name: str) -> bool:
        return bool(self.number(name))

    def refuse(self, name: str) -> None:
        """Raise when a feature that is not simulated is switched on."""
        if self.number(name):
            raise self.fail(name, "is not simulated yet", f"leave {name} at 0")

    def text(self, name: str, default: str) -> str:
        value = self.get(name)
        if isinstance(value, ArrayValue) and value.value and isinstance(value.value[0], str):
            return value.value[0]
        return value.text.strip('"') if isinstance(value, OptionValue | CodeValue) else default

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """An array of rows; a plain array is one column. Empty when the property is."""
        value = self.get(name)
        if value is None:
            return []
        if not isinstance(value, ArrayValue):
            raise self.fail(name, "must be a table")
        rows = [row if isinstance(row, tuple) else (row,) for row in value.value]
        if not all(rows):
            raise self.fail(name, "has an empty row")
        return rows

    # Functions of an item

    def rule(self, name: str) -> tuple[float | None, Rule]:
        """(the constant if it is one, a function of the item and further parameters)."""
        return self.rule_of(name, self.get(name))

    def rule_of(self, name: str, value: Value | None) -> tuple[float | None, Rule]:
        constant = value.value if isinstance(value, NumberValue | OptionValue) else None
        if constant is None:
            constant = _with_unit(value)
        if constant is not None:
            number = float(constant)
            return number, lambda *_: number
        if isinstance(value, DistributionValue):
            draw = self._sampler(name, value)
            return None, lambda *_: draw()
        if isinstance(value, CodeValue):
            code = self.code(name, value.text)
            return None, lambda *params: self._float(name, code(self.node, params))
        raise self.fail(name, "has no value that can be run")

    def duration(self, name: str, value: Value | None = None) -> tuple[float | None, Rule]:
        """As `rule`, for a time: a negative constant fails, a negative draw counts as 0."""
        value = value or self.get(name)
        if isinstance(value, DistributionValue):
            draw = self._sampler(name, value)
            return None, self._clamped(name, draw) if may_be_negative(value) else draw
        constant, rule = self.rule_of(name, value)
        if constant is not None:
            if not constant >= 0:
                raise self.fail(name, f"is a negative time: {constant:g}")
            return constant, lambda _=None: constant
        return None, self._clamped(name, rule)

    def cell_duration(self, name: str, cell: Any) -> tuple[float | None, Rule]:
        """As `duration`, for a cell of the table in that property."""
        return self.duration(name, self.cell(cell))

    def cell_number(self, name: str, cell: Any) -> float:
        """A number in a cell of the table in that property, at least 0."""
        if not (isinstance(cell, int | float) and isfinite(cell) and cell >= 0):
            raise self.fail(name, f"needs numbers, not {cell}")
        return float(cell)

    def cell_time(self, name: str, cell: Any) -> float:
        """A constant time in a cell of the table in that property: 5 or [5, "min"]."""
        constant, _ = self.cell_duration(name, cell)
        if constant is None:
            raise self.fail(name, f"needs constant times, not {cell}")
        return constant

    def cell(self, cell: Any) -> Value:
        """A table cell as a property value."""
        if isinstance(cell, int | float):
            return NumberValue(float(cell))
        if isinstance(cell, tuple):
            return ArrayValue(cell)
        return plain_value(str(cell)) or CodeValue(str(cell))

    def _sampler(self, name: str, value: DistributionValue) -> Rule:
        try:
            stream = self.sim.streams.get(FIRST_NUMBER + self.node.index)
            return sampler(value.function, value.args, stream)
        except SimulationError as error:
            raise self.fail(name, f"cannot be drawn: {error.message}", error.hint) from error

    def _clamped(self, name: str, draw: Rule) -> Rule:
        sim, text = self.sim, f"{self.obj.name}: {name} gave negative times, taken as 0"

        def clamped(item: Item | None = None) -> float:
            time = draw(item)
            if time >= 0.0:
                return time
            if isnan(time):
                raise self.fail(name, "gave a time that is not a number")
            sim.warn(text)
            return 0.0

        return clamped

    def _float(self, name: str, result: Any) -> float:
        if result is None:
            return 0.0
        try:
            number = float(result)
        except (TypeError, ValueError):
            shown = getattr(result, "name", None) or repr(result)
            raise self.fail(name, f"gave no number but {shown}", "return a number") from None
        if not isfinite(number):
            raise self.fail(name, f"gave {number:g}, which is not finite")
        return number

    def quantity(self, name: str) -> Callable[[Item], float] | None:
        """SeparateQty; None when it is `item.subnodes.length`."""
        value = self.get(name)
        if isinstance(value, CodeValue) and is_item_count(value.text):
            return None
        return self.rule(name)[1]

    def dispatcher(
        self, name: str, runtime: Callable[[ModelObject], Node], *, optional: bool = False
    ) -> Callable[..., Any]:
        """OperatorRef, TransportRef: a function of the parameters giving the dispatcher.

        Where it is `optional`, code may give NULL or 0, and the function gives None.
        """
        value = self.get(name)
        if not isinstance(value, CodeValue):
            raise self.fail(name, "must name a dispatcher or task executer")
        found = self._plain_dispatcher(name, value.text, runtime)
        if found is not None:
            return lambda *_: found
        code = self.code(name, value.text)

        def chosen(*params: Any) -> Dispatcher | None:
            result = code(self.node, params)
            if optional and (result is None or result == 0):
                return None
            node = runtime(result) if isinstance(result, ModelObject) else result
            if not isinstance(node, Dispatcher):
                raise self.fail(name, "gave no dispatcher or task executer")
            return node

        return chosen

    def _plain_dispatcher(
        self, name: str, text: str, runtime: Callable[[ModelObject], Node]
    ) -> Dispatcher | None:
        """What a centre port or a name refers to, None when the code is more than that."""
        port = plain_reference(text)
        if port is not None:
            return self.centre(name, port, runtime)
        obj = self.sim.model.find(named_object(text) or "")
        node = runtime(obj) if obj is not None else None
        if node is not None and not isinstance(node, Dispatcher):
            raise self.fail(name, f"names {node.name}, which is no dispatcher or task executer")
        return node

    def centre(self, name: str, port: int, runtime: Callable[[ModelObject], Node]) -> Dispatcher:
        """What is connected to that centre port; raises SimulationError where nothing is."""
        ports = self.obj.center_ports
        node = runtime(ports[port - 1]) if 0 < port <= len(ports) else None
        if not isinstance(node, Dispatcher):
            raise self.fail(
                name,
                f"needs a dispatcher or task executer at centre port {port}",
                'connect one: contextdragconnection(executer, station, "S")',
            )
        return node

    # User code

    def code(self, name: str, text: str) -> Trigger:
        """The code as a function of (current, params); its failures name the object."""
        if self.runner is None:
            raise self.fail(name, "is code, and there is nothing to run it")
        try:
            compiled = self.runner.compile(text, self.sim)
        except CodeError as error:
            raise self._code_fails(name, error) from error

        def run(current: Node, params: tuple[Any, ...]) -> Any:
            try:
                return compiled(current, params)
            except (SimulationError, SimulationCancelled):
                raise
            except CodeError as error:
                raise self._code_fails(name, error) from error
            except Exception as error:
                raise self.fail(name, f"failed: {error}") from error

        return run

    def _code_fails(self, name: str, error: CodeError) -> SimulationError:
        place = f"{name}, line {error.line}, column {error.column}"
        return SimulationError(f"{place}: {error.message}", self.obj.name, error.hint)

    def trigger(self, name: str) -> Trigger | None:
        value = self.obj.properties.get(f"Triggers.{name}") or self.obj.properties.get(name)
        if not isinstance(value, CodeValue) or not value.text.strip():
            return None
        return self.code(name, value.text)


@cache
def _default(class_name: str, name: str) -> Value | None:
    """What a property is where nothing is said, as `Values.get` gives it."""
    value = CLASSES[class_name].default(name)
    return None if value is None else _plain(value)


@cache
def _default_number(class_name: str, name: str) -> float | None:
    """The default where it is a plain number."""
    value = _default(class_name, name)
    return float(value.value) if isinstance(value, NumberValue | OptionValue) else None


def _plain(value: Value) -> Value:
    if isinstance(value, CodeValue):
        return plain_value(value.text) or value
    return value


def may_be_negative(value: DistributionValue) -> bool:
    """Laws without a lower bound, and locations below zero."""
    return value.function in _MAY_BE_NEGATIVE or min(value.args) < 0


def _with_unit(value: Value | None) -> float | None:
    """Seconds of `[5, "min"]`, None for anything else."""
    if isinstance(value, ArrayValue) and len(value.value) == 2:
        number, unit = value.value
        if isinstance(number, int | float) and unit in SECONDS:
            return float(number) * SECONDS[unit]
    return None
