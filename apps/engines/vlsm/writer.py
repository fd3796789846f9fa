"""Spelling out decoded pieces: FlexScript text while decoding, and a model tree at the end.

`ScriptWriter` turns the pieces of a new model into statements as soon as each is complete.
A refinement's pieces are carried out by `editing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..factories.roles import link_kind
from ..flexscript.model_printer import quoted, value_text, variable_name
from ..simulation.library import CLASSES, qualified_name
from ..simulation.model import (
    ArrayValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    Value,
)
from .actions import ARITY, EOS, TIME_PROPERTIES, UNITS, VOCABULARY, Piece
from .examples import Inputs


@dataclass
class Statement:
    """A completed statement: its head token, entities and settings (property, value)."""

    head: str
    entities: list[int] = field(default_factory=list)
    class_name: str = ""
    settings: list[tuple[str, Value]] = field(default_factory=list)


@dataclass
class _Pending:
    """A property whose value is still being decoded."""

    prop: str
    function: str = ""
    unit: str = "s"
    numbers: list[int] = field(default_factory=list)
    option: int | None = None


class StatementReader:
    """Groups pieces into statements."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.statements: list[Statement] = []
        self.pending: _Pending | None = None

    def push(self, piece: Piece) -> bool:
        """Take a piece; True when the statement gained an entity, a class or a whole setting."""
        name = VOCABULARY[piece.index] if piece.kind == "token" else ""
        if piece.kind == "entity":
            self.statements[-1].entities.append(piece.index)
            return True
        if piece.kind == "number" and self.pending:
            self.pending.numbers.append(piece.index)
            return self._close_if_complete()
        if name.startswith("CLASS:"):
            self.statements[-1].class_name = name.removeprefix("CLASS:")
            return True
        if name.startswith("PROP:"):
            self.pending = _Pending(name.removeprefix("PROP:"))
        elif name.startswith("VALUE:") and self.pending:
            self.pending.option = int(name.removeprefix("VALUE:"))
            return self._close_if_complete()
        elif name.startswith("DIST:") and self.pending:
            self.pending.function = name.removeprefix("DIST:")
        elif name.startswith("UNIT:") and self.pending:
            self.pending.unit = name.removeprefix("UNIT:")
        elif piece.index != EOS:
            self.statements.append(Statement(name))
        return False

    def _close_if_complete(self) -> bool:
        pending = self.pending
        if pending is None or not _complete(pending):
            return False
        self.statements[-1].settings.append((pending.prop, self._value(pending)))
        self.pending = None
        return True

    def _value(self, pending: _Pending) -> Value:
        if pending.option is not None:
            return option_value(pending.prop, pending.option)
        numbers = [self.inputs.numerals[index].value for index in pending.numbers]
        if pending.prop not in TIME_PROPERTIES:
            return number_value(pending.prop, numbers[0])
        timed = LENGTHS.get(pending.function, len(numbers))
        values = [in_seconds(number, pending.unit) for number in numbers[:timed]]
        return time_value(pending.function, (*values, *numbers[timed:]))


def _complete(pending: _Pending) -> bool:
    if pending.option is not None:
        return True
    return len(pending.numbers) == ARITY.get(pending.function, 1)


def in_seconds(number: float, unit: str) -> float:
    """A number with its unit in model units; a rate becomes the interval between two items."""
    if unit.startswith("/"):
        return round(UNITS[unit[1:]] / number, 6) if number else 0.0
    return round(number * UNITS[unit], 6)


LENGTHS = {"weibull": 1, "gamma": 1, "lognormal2": 1, "beta": 2}
"""How many of a law's arguments are times; the others are shapes."""


def time_value(function: str, values: tuple[float, ...]) -> Value:
    """A time in model units, a constant or a law with location 0 where it has one."""
    if function == "constant":
        return NumberValue(values[0])
    if function in ("exponential", "weibull", "gamma", "lognormal2"):
        return DistributionValue(function, (0.0, *values))
    if function in ("uniform", "triangular", "beta"):
        low, high, *others = values
        return DistributionValue(function, (min(low, high), max(low, high), *others))
    return DistributionValue(function, values)


def number_value(prop: str, number: float) -> Value:
    """A plain number; for ComponentsList one row, the quantity from the second input port."""
    return ArrayValue((number,)) if prop == "ComponentsList" else NumberValue(number)


def option_value(prop: str, number: int) -> Value:
    """A choice of an option property, or a flag."""
    for entry in CLASSES.values():
        found = entry.properties.get(prop)
        if found is not None and found.options:
            return found.option(number) or NumberValue(float(number))
    return NumberValue(float(number))


class ScriptWriter:
    """Statements of a new model as text, in the order they are decoded."""

    def __init__(self, inputs: Inputs) -> None:
        self.reader = StatementReader(inputs)
        self.inputs = inputs
        self.variables: dict[int, str] = {}
        self.classes: dict[int, str] = {}
        self.linking = False

    def push(self, piece: Piece) -> str:
        """Text that this piece completes ("" while a line is still open)."""
        if not self.reader.push(piece):
            return ""
        statement = self.reader.statements[-1]
        if statement.head == "LINK":
            return self._link(statement)
        if not statement.class_name:
            return ""
        if not statement.settings:
            return self._create(statement)
        prop, value = statement.settings[-1]
        variable = self.variables[statement.entities[0]]
        return f'{variable}.setProperty("{prop}", {value_text(value)});\n'

    def _create(self, statement: Statement) -> str:
        entity = statement.entities[0]
        name = self.inputs.entities[entity].name
        variable = variable_name(name, set(self.variables.values()))
        gap = "\n" if self.variables else "// Objects\n"
        self.variables[entity] = variable
        self.classes[entity] = statement.class_name
        return (
            f'{gap}Object {variable} = Object.create("{qualified_name(statement.class_name)}");\n'
            f"{variable}.name = {quoted(name)};\n"
        )

    def _link(self, statement: Statement) -> str:
        if len(statement.entities) < 2:
            return ""
        source, target = statement.entities[0], statement.entities[-1]
        gap = "" if self.linking else "\n// Connections\n"
        self.linking = True
        names = f"{self.variables[source]}, {self.variables[target]}"
        kind = link_kind(self.classes[source], self.classes[target])
        return f'{gap}contextdragconnection({names}, "{kind}");\n'


def build_model(inputs: Inputs, pieces: Sequence[Piece]) -> tuple[Model, dict[int, ModelObject]]:
    """The model tree of a new model."""
    model = Model()
    made: dict[int, ModelObject] = {}
    for statement in statements_of(inputs, pieces):
        if statement.head == "LINK":
            for target in statement.entities[1:]:
                connect(model, made[statement.entities[0]], made[target])
        elif statement.entities:
            entity = statement.entities[0]
            name = inputs.entities[entity].name
            item = ModelObject(name, statement.class_name)
            item.properties.update(statement.settings)
            made[entity] = model.add(item)
    return model, made


def connect(model: Model, source: ModelObject, target: ModelObject) -> None:
    """Connect by the kind that fits their classes."""
    model.connect(source, target, link_kind(source.class_name, target.class_name))


def statements_of(inputs: Inputs, pieces: Sequence[Piece]) -> list[Statement]:
    reader = StatementReader(inputs)
    for piece in pieces:
        reader.push(piece)
    return reader.statements
