"""A model tree as canonical FlexScript: one block per object, connections at the end."""

from __future__ import annotations

import re

from ..simulation.library import qualified_name
from ..simulation.model import (
    ArrayValue,
    CodeValue,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
)

KEYWORDS = frozenset(
    [
        "int",
        "double",
        "string",
        "treenode",
        "object",
        "variant",
        "array",
        "map",
        "table",
        "color",
        "vec2",
        "vec3",
        "vec4",
        "datetime",
        "list",
        "group",
        "var",
        "void",
        "if",
        "else",
        "while",
        "for",
        "switch",
        "case",
        "default",
        "break",
        "continue",
        "return",
        "model",
        "item",
        "current",
        "port",
        "param",
        "time",
        "null",
        "true",
        "false",
    ]
)


def print_model(model: Model) -> str:
    """FlexScript that builds `model`; executing it gives an equal tree."""
    names: dict[int, str] = {}
    for item in model:
        names[id(item)] = variable_name(item.name, set(names.values()))
    blocks = ["\n".join(_object(item, names[id(item)])) for item in model]
    links = [
        f'contextdragconnection({names[id(x.source)]}, {names[id(x.target)]}, "{x.kind}");'
        for x in model.connections
    ]
    members = [
        f"Group({quoted(name)}).addMember({names[id(member)]});"
        for name, group in model.groups.items()
        for member in group
    ]
    if links:
        blocks.append("\n".join(["// Connections", *links]))
    if members:
        blocks.append("\n".join(["// Groups", *members]))
    if blocks:
        blocks[0] = "// Objects\n" + blocks[0]
    return "\n\n".join(blocks) + "\n"


def _object(item: ModelObject, name: str) -> list[str]:
    lines = [
        f"Object {name} = Object.create({quoted(qualified_name(item.class_name))});",
        f"{name}.name = {quoted(item.name)};",
        f"{name}.setLocation({_triple(item.location)});",
    ]
    if item.size is not None:
        lines.append(f"{name}.setSize({_triple(item.size)});")
    if any(item.rotation):
        lines.append(f"{name}.setRotation({_triple(item.rotation)});")
    if item.color is not None:
        lines.append(f"{name}.color = Color({_triple(item.color)});")
    for prop, value in item.properties.items():
        lines.append(f"{name}.setProperty({quoted(prop)}, {value_text(value)});")
    for label, content in item.labels.items():
        if isinstance(content, int | float | str):
            text = quoted(content) if isinstance(content, str) else number_text(float(content))
            lines.append(f"{name}.labels.assert({quoted(label)}, {text});")
    return lines


def _triple(values: tuple[float, ...]) -> str:
    return ", ".join(number_text(value) for value in values)


def number_text(value: float) -> str:
    """A number without needless digits."""
    if abs(value) >= 1e15:
        return repr(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def value_text(value: Value) -> str:
    """A property's value as the second argument of setProperty."""
    if isinstance(value, NumberValue | OptionValue):
        return number_text(float(value.value))
    if isinstance(value, DistributionValue):
        args = ", ".join(number_text(arg) for arg in value.args)
        return f'"{value.function}({args}, getstream(current))"'
    if isinstance(value, CodeValue):
        return quoted(value.text)
    assert isinstance(value, ArrayValue)
    return _array(value.value)


def _array(items: tuple[object, ...]) -> str:
    parts = [
        _array(x)
        if isinstance(x, tuple)
        else quoted(x)
        if isinstance(x, str)
        else number_text(float(str(x)))
        for x in items
    ]
    return f"[{', '.join(parts)}]"


def quoted(text: str) -> str:
    """A string literal."""
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    )
    return f'"{escaped}"'


def variable_name(name: str, taken: set[str]) -> str:
    """lowerCamel of the ASCII words of a name; objN where nothing is left."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    camel = "".join(word[0].upper() + word[1:] for word in words)
    camel = camel[:1].lower() + camel[1:] if camel else ""
    if not camel or camel[0].isdigit() or camel.lower() in KEYWORDS or len(camel) < 2:
        camel = f"obj{camel[:1].upper() + camel[1:]}"
    candidate, number = camel, 1
    while candidate in taken or candidate == "obj":
        number += 1
        candidate = f"{camel}_{number}"
    return candidate
