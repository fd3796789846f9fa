"""Changes to a script that a person wrote: its text stays, the changes are appended.

A script in our own printed form is printed anew; any other keeps its comments, loops and functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..flexscript.model_printer import quoted, value_text, variable_name
from ..simulation.model import Connection, Model, ModelObject, Value


@dataclass(frozen=True)
class Snapshot:
    """A model as it was before edits: names, properties and connections by object identity."""

    objects: dict[int, tuple[str, dict[str, Value]]]
    connections: tuple[Connection, ...]


def snapshot(model: Model) -> Snapshot:
    objects = {id(item): (item.name, dict(item.properties)) for item in model}
    return Snapshot(objects, tuple(model.connections))


def statement_lines(source: str) -> list[str]:
    """Code lines without comments and blanks, sorted: equal for scripts in printed form."""
    lines = (line.strip() for line in source.splitlines())
    return sorted(line for line in lines if line and not line.startswith("//"))


def patch_text(before: Snapshot, model: Model, title: str) -> str:
    """FlexScript that turns the model of `before` into `model`."""
    variables: dict[int, str] = {}
    taken: set[str] = set()
    lines = [f"// Change: {' '.join(title.split())[:120]}"]
    for item in model:
        if id(item) not in before.objects:
            variable = variable_name(f"new {item.name}", taken)
            taken.add(variable)
            variables[id(item)] = variable
            lines += _created(item, variable)
        else:
            lines += _changed(item, before)
    lines += _links(before, model, variables)
    lines += _names(before, model)
    return "\n".join(lines) + "\n"


def _created(item: ModelObject, variable: str) -> Iterator[str]:
    x, y, z = (f"{value:g}" for value in item.location)
    yield f"Object {variable} = Object.create({quoted(item.class_name)});"
    yield f"{variable}.name = {quoted(item.name)};"
    yield f"{variable}.setLocation({x}, {y}, {z});"
    for prop, value in item.properties.items():
        yield f"{variable}.setProperty({quoted(prop)}, {value_text(value)});"


def _changed(item: ModelObject, before: Snapshot) -> Iterator[str]:
    name, properties = before.objects[id(item)]
    for prop, value in item.properties.items():
        if properties.get(prop) != value:
            yield f"Model.find({quoted(name)}).setProperty({quoted(prop)}, {value_text(value)});"


def _links(before: Snapshot, model: Model, variables: dict[int, str]) -> Iterator[str]:
    def said(item: ModelObject) -> str:
        if id(item) in variables:
            return variables[id(item)]
        return f"Model.find({quoted(before.objects[id(item)][0])})"

    alive = {id(item) for item in model}
    undo = {"A": "Q", "S": "W", "D": "E"}
    now = set(map(id, model.connections))
    for link in before.connections:
        if id(link) not in now and id(link.source) in alive and id(link.target) in alive:
            yield _dragged(said(link.source), said(link.target), undo[link.kind])
    old = set(map(id, before.connections))
    for link in model.connections:
        if id(link) not in old:
            yield _dragged(said(link.source), said(link.target), link.kind)


def _dragged(source: str, target: str, kind: str) -> str:
    return f'contextdragconnection({source}, {target}, "{kind}");'


def _names(before: Snapshot, model: Model) -> Iterator[str]:
    alive = {id(item): item for item in model}
    for key, (name, _) in before.objects.items():
        if key not in alive:
            yield f"Model.find({quoted(name)}).destroy();"
        elif alive[key].name != name:
            yield f"Model.find({quoted(name)}).name = {quoted(alive[key].name)};"
