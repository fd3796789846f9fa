"""Spelling out decoded pieces: FlexScript text while decoding, and a model tree at the end.

`ScriptWriter` turns the pieces of a new model into statements as soon as each is complete.
`apply_edits` carries out the pieces of a refinement on a model tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..simulation.model import (
    Connection,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
)
from .actions import EOS, TIME_PROPERTIES, UNITS, VOCABULARY, Piece
from .examples import Inputs, normal_name
from .perception import free_name

PLACEMENTS = {1: "Stack Vertically", 2: "Horizontal Line", 3: "Stack Inside Queue", 4: "Do Nothing"}


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
            if pending.prop == "ItemPlacement":
                return OptionValue(pending.option, PLACEMENTS[pending.option])
            return NumberValue(float(pending.option))
        numbers = [self.inputs.numerals[index].value for index in pending.numbers]
        if pending.prop not in TIME_PROPERTIES:
            return NumberValue(numbers[0])
        values = tuple(in_seconds(number, pending.unit) for number in numbers)
        if pending.function == "constant":
            return NumberValue(values[0])
        if pending.function == "exponential":
            return DistributionValue("exponential", (0.0, *values))
        if pending.function in ("uniform", "triangular"):
            low, high, *mode = values
            return DistributionValue(pending.function, (min(low, high), max(low, high), *mode))
        return DistributionValue(pending.function, values)


def _complete(pending: _Pending) -> bool:
    from .actions import ARITY

    if pending.option is not None:
        return True
    return len(pending.numbers) == ARITY.get(pending.function, 1)


def in_seconds(number: float, unit: str) -> float:
    """A number with its unit in model units; a rate becomes the interval between two items."""
    if unit.startswith("/"):
        return round(UNITS[unit[1:]] / number, 6) if number else 0.0
    return round(number * UNITS[unit], 6)


def number_text(value: float) -> str:
    """A number as FlexScript writes it."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def value_text(value: Value) -> str:
    """The second argument of setProperty."""
    if isinstance(value, DistributionValue):
        arguments = ", ".join(number_text(arg) for arg in value.args)
        return f'"{value.function}({arguments}, getstream(current))"'
    if isinstance(value, NumberValue | OptionValue):
        return number_text(float(value.value))
    raise TypeError(f"{value!r} is not decoded by this model")


def quoted(text: str) -> str:
    """A FlexScript string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class ScriptWriter:
    """Statements of a new model as text, in the order they are decoded."""

    def __init__(self, inputs: Inputs) -> None:
        self.reader = StatementReader(inputs)
        self.inputs = inputs
        self.variables: dict[int, str] = {}
        self.settings_written = 0
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
        return (
            f'{gap}Object {variable} = Object.create("{statement.class_name}");\n'
            f"{variable}.name = {quoted(name)};\n"
        )

    def _link(self, statement: Statement) -> str:
        if len(statement.entities) < 2:
            return ""
        source, target = statement.entities[0], statement.entities[-1]
        gap = "" if self.linking else "\n// Connections\n"
        self.linking = True
        names = f"{self.variables[source]}, {self.variables[target]}"
        return f'{gap}contextdragconnection({names}, "A");\n'


_KEYWORDS = frozenset(
    "int double string treenode object variant array map table color vec2 vec3 vec4 datetime list "
    "group var void if else while for switch case default break continue return model item current "
    "port param time null true false".split()
)


def variable_name(name: str, taken: set[str]) -> str:
    """lowerCamel of the ASCII words of a name; objN where nothing is left."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    camel = "".join(word[0].upper() + word[1:] for word in words)
    camel = camel[:1].lower() + camel[1:] if camel else ""
    if not camel or camel[0].isdigit() or camel.lower() in _KEYWORDS or len(camel) < 2:
        camel = f"obj{camel[:1].upper() + camel[1:]}"
    candidate, number = camel, 1
    while candidate in taken or candidate == "obj":
        number += 1
        candidate = f"{camel}_{number}"
    return candidate


def build_model(inputs: Inputs, pieces: Sequence[Piece]) -> tuple[Model, dict[int, ModelObject]]:
    """The model tree of a new model."""
    model = Model()
    made: dict[int, ModelObject] = {}
    for statement in statements_of(inputs, pieces):
        if statement.head == "LINK":
            for target in statement.entities[1:]:
                model.connect(made[statement.entities[0]], made[target])
        elif statement.entities:
            entity = statement.entities[0]
            name = inputs.entities[entity].name
            item = ModelObject(name, statement.class_name)
            item.properties.update(statement.settings)
            made[entity] = model.add(item)
    return model, made


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


def _apply(
    model: Model, inputs: Inputs, objects: dict[int, ModelObject], statement: Statement
) -> Iterator[str]:
    head, entities = statement.head, statement.entities
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
            model.connect(objects[entities[0]], objects[target])
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
        if link.source is a and link.target is b and link.kind == "A":
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
