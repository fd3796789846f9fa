"""Spelling out decoded pieces: FlexScript text while decoding, and a model tree at the end.

`ScriptWriter` turns the pieces of a new model into statements as soon as each is complete.
`apply_edits` carries out the pieces of a refinement on a model tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..factories.roles import link_kind
from ..flexscript.model_printer import quoted, value_text, variable_name
from ..simulation.library import CLASSES, qualified_name
from ..simulation.model import (
    ArrayValue,
    Connection,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    Value,
)
from .actions import ARITY, EOS, TIME_PROPERTIES, UNITS, VOCABULARY, Piece
from .examples import Inputs, normal_name
from .perception import free_name


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


def apply_edits(model: Model, inputs: Inputs, pieces: Sequence[Piece]) -> Iterator[str]:
    """Change `model` as the pieces say; yields one English line per change."""
    objects: dict[int, ModelObject] = dict(enumerate(model.objects))
    for statement in statements_of(inputs, pieces):
        yield from _apply(model, inputs, objects, statement)


_ENDS = {"CLONE": 2, "RENAME": 2, "LINK": 2, "UNLINK": 2}
"""How many objects a statement needs, where it is more than one."""


def _apply(
    model: Model, inputs: Inputs, objects: dict[int, ModelObject], statement: Statement
) -> Iterator[str]:
    head, entities = statement.head, statement.entities
    if len(entities) < _ENDS.get(head, 1):
        return  # decoding was cut off here
    if head == "NEW":
        name = _name_for(inputs, entities[0], statement.class_name, model)
        item = ModelObject(name, statement.class_name)
        objects[entities[0]] = model.add(item)
        yield f"Added {item.class_name} “{item.name}”"
    elif head == "CLONE":
        yield _clone(model, inputs, objects, *entities[:2])
    elif head == "DELETE":
        yield _delete(model, objects[entities[0]])
    elif head == "RENAME":
        item, new = objects[entities[0]], inputs.entities[entities[1]].name
        old, item.name = (
            item.name,
            _name_for(inputs, entities[1], new or objects[entities[0]].name, model),
        )
        objects[entities[1]] = item
        yield f"Renamed “{old}” to “{item.name}”"
    elif head == "LINK":
        for target in entities[1:]:
            connect(model, objects[entities[0]], objects[target])
            yield f"Connected “{objects[entities[0]].name}” to “{objects[target].name}”"
    elif head == "UNLINK":
        a, b = objects[entities[0]], objects[entities[1]]
        if _disconnect(model, a, b):
            yield f"Disconnected “{a.name}” from “{b.name}”"
    if statement.settings and entities:
        item = objects[entities[-1] if head == "CLONE" else entities[0]]
        for prop, value in statement.settings:
            item.properties[prop] = value
            yield f"“{item.name}”: {prop} = {value_text(value)}"


def _name_for(inputs: Inputs, entity: int, stem: str, model: Model) -> str:
    given = inputs.entities[entity].name
    taken = {normal_name(item.name) for item in model}
    return given if given and normal_name(given) not in taken else free_name(given or stem, taken)


def _clone(
    model: Model, inputs: Inputs, objects: dict[int, ModelObject], origin: int, new: int
) -> str:
    """A parallel twin: same class, settings and neighbours."""
    old = objects[origin]
    twin = ModelObject(
        _name_for(inputs, new, old.name, model),
        old.class_name,
        location=old.location,
        size=old.size,
        rotation=old.rotation,
        color=old.color,
        properties=dict(old.properties),
        labels=dict(old.labels),
    )
    objects[new] = model.add(twin)
    for link in list(model.connections):
        if link.source is old and link.target is not old:
            model.connect(twin, link.target, link.kind)
        elif link.target is old and link.source is not old:
            model.connect(link.source, twin, link.kind)
    return f"Added “{twin.name}” in parallel to “{old.name}”"


def _delete(model: Model, item: ModelObject) -> str:
    """Remove an object and join what fed it to what it fed."""
    before = [link.source for link in model.connections if link.target is item and link.kind == "A"]
    after = [link.target for link in model.connections if link.source is item and link.kind == "A"]
    for link in [link for link in model.connections if item in (link.source, link.target)]:
        _remove(model, link)
    model.objects.remove(item)
    joined = {(id(link.source), id(link.target)) for link in model.connections}
    for source in before:
        for target in after:
            if source is not target and (id(source), id(target)) not in joined:
                model.connect(source, target)
    return f"Removed “{item.name}”; what fed it now feeds what it fed"


def _disconnect(model: Model, a: ModelObject, b: ModelObject) -> bool:
    for link in model.connections:
        ends = (link.source, link.target)
        if ends == (a, b) or (link.kind == "S" and ends == (b, a)):
            _remove(model, link)
            return True
    return False


def _remove(model: Model, link: Connection) -> None:
    model.connections.remove(link)
    ports = {
        "A": (link.source.out_ports, link.target.in_ports),
        "S": (link.source.center_ports, link.target.center_ports),
    }.get(link.kind)
    if ports:
        ports[0].remove(link.target)
        ports[1].remove(link.source)
