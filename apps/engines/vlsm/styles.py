"""One model tree, written the ways people write scripts; each executes to an equal tree.

`plain` writes one block per object; `table` loops over arrays of names, classes and places, as in
published scripts (generation.md 1); `functions` wraps the steps in functions of its own; `legacy`
uses createinstance and setname (flexscript.md 7).
"""

from __future__ import annotations

from collections.abc import Callable

from ..flexscript.model_printer import number_text, print_model, quoted, value_text
from ..simulation.library import qualified_name
from ..simulation.model import Model, ModelObject

INDENT = "    "


def write_script(model: Model, style: str) -> str:
    """`model` in one of STYLES. Names must be unique: objects are found by name."""
    return STYLES[style](model)


def _table(model: Model) -> str:
    items = list(model)
    lines = [
        f"Array names = [{', '.join(quoted(item.name) for item in items)}];",
        f"Array classes = [{', '.join(quoted(qualified_name(x.class_name)) for x in items)}];",
        f"Array xs = [{', '.join(number_text(item.location[0]) for item in items)}];",
        f"Array ys = [{', '.join(number_text(item.location[1]) for item in items)}];",
        "Array objects = Array(names.length);",
        "for (int i = 1; i <= names.length; i++) {",
        f"{INDENT}Object obj = Object.create(classes[i]);",
        f"{INDENT}obj.name = names[i];",
        f"{INDENT}obj.setLocation(xs[i], ys[i], 0);",
        f"{INDENT}objects[i] = obj;",
        "}",
    ]
    place = {id(item): rank for rank, item in enumerate(items, 1)}
    for item in items:
        lines += _settings(item, f"objects[{place[id(item)]}].as(Object)")
    for kind in ("A", "S"):
        ends = [
            (place[id(link.source)], place[id(link.target)])
            for link in model.connections
            if link.kind == kind
        ]
        if ends:
            lines += _link_loop(kind, ends)
    return "\n".join(lines) + "\n"


def _link_loop(kind: str, ends: list[tuple[int, int]]) -> list[str]:
    name = "links" if kind == "A" else "services"
    pairs = ", ".join(f"[{a}, {b}]" for a, b in ends)
    return [
        f"Array {name} = [{pairs}];",
        f"for (int k = 1; k <= {name}.length; k++) {{",
        f'{INDENT}contextdragconnection(objects[{name}[k][1]], objects[{name}[k][2]], "{kind}");',
        "}",
    ]


def _functions(model: Model) -> str:
    lines = [
        "Object make(string type, string name, double x, double y) {",
        f"{INDENT}Object made = Object.create(type);",
        f"{INDENT}made.name = name;",
        f"{INDENT}made.setLocation(x, y, 0);",
        f"{INDENT}return made;",
        "}",
        "",
        "void join(string from, string to, string kind) {",
        f"{INDENT}contextdragconnection(Model.find(from), Model.find(to), kind);",
        "}",
        "",
    ]
    for rank, item in enumerate(model, 1):
        x, y = (number_text(value) for value in item.location[:2])
        made = f"make({quoted(qualified_name(item.class_name))}, {quoted(item.name)}, {x}, {y})"
        settings = _settings(item, f"o{rank}")
        lines += [f"Object o{rank} = {made};" if settings else f"{made};", *settings]
    lines += [
        f'join({quoted(link.source.name)}, {quoted(link.target.name)}, "{link.kind}");'
        for link in model.connections
    ]
    return "\n".join(lines) + "\n"


def _legacy(model: Model) -> str:
    lines: list[str] = []
    names: dict[int, str] = {}
    for rank, item in enumerate(model, 1):
        name = names[id(item)] = f"ob{rank}"
        x, y = (number_text(value) for value in item.location[:2])
        lines += [
            f'treenode {name} = createinstance(library().find("?{item.class_name}"), model());',
            f"setname({name}, {quoted(item.name)});",
            f"setloc({name}, {x}, {y}, 0);",
            *_settings(item, f"{name}.as(Object)"),
        ]
    lines += [
        f'contextdragconnection({names[id(link.source)]}, {names[id(link.target)]}, "{link.kind}");'
        for link in model.connections
    ]
    return "\n".join(lines) + "\n"


def _settings(item: ModelObject, said: str) -> list[str]:
    return [
        f"{said}.setProperty({quoted(prop)}, {value_text(value)});"
        for prop, value in item.properties.items()
    ]


STYLES: dict[str, Callable[[Model], str]] = {
    "plain": print_model,
    "table": _table,
    "functions": _functions,
    "legacy": _legacy,
}
