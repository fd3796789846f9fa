"""Values of the wrong type, where a script writes them down: in declarations and arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from . import tree as t
from .analysis_names import Finding
from .diagnostics import Span
from .names import commands
from .settings import DISTRIBUTIONS

_LIST = re.compile(r"^[\w$]+\((.*?)\)")
_NUMERIC = ("num", "double", "int")
_NODES = ("obj", "node", "object", "treenode")
_NAMED = frozenset({"createinstance", "createcopy", "node", "objectexists", "executestring"})
"""Commands that take names or texts where the reference says a node."""


def of_declaration(kind: str, item: t.Declarator) -> Finding | None:
    """`int x = "text";`, `Object x = 5;`"""
    if item.is_array or item.value is None:
        return None
    if kind in ("int", "double"):
        return _no_number(item.value, item.span)
    if kind == "Object":
        return _no_object(item.value, item.span)
    return None


def of_command(name: str, node: t.Call) -> Iterator[Finding]:
    """Literals that a command cannot take, after FlexSim's reference."""
    kinds = _kinds(name)
    for kind, given in zip(kinds, node.arguments, strict=False):
        if kind in _NUMERIC:
            problem = _no_number(given, node.span)
        elif kind in _NODES and name not in _NAMED:
            problem = _no_object(given, node.span)
        else:
            problem = None
        if problem:
            yield problem
            return  # the execution, too, tells the first one


@cache
def _kinds(name: str) -> tuple[str, ...]:
    """The types of a command's arguments, as far as the reference names them in order."""
    if name in DISTRIBUTIONS:
        return ("num",) * DISTRIBUTIONS[name]
    found = _LIST.match(commands().get(name, ""))
    parts = re.sub(r"[\[\]]", "", found[1]).split(",") if found else []
    words = [part.split() for part in parts]
    return tuple(word[0].lower() if len(word) > 1 else "" for word in words)


def _no_number(value: t.Expression, span: Span) -> Finding | None:
    if isinstance(value, t.ArrayLiteral):
        return "A number is needed here, not an Array.", span, None, "type"
    if not isinstance(value, t.String) or _is_number(value.value):
        return None
    return f"A number is needed here, not the string “{value.value}”.", span, None, "type"


def _no_object(value: t.Expression, span: Span) -> Finding | None:
    hint = 'Take it from Object.create("Class") or Model.find("Name").'
    if isinstance(value, t.Number) and value.value != 0:
        return f"An Object cannot be the number {value.text}.", span, hint, "type"
    if isinstance(value, t.String):
        return f"An Object cannot be the string “{value.value}”.", span, hint, "type"
    return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
