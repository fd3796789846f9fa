"""Classes, properties, options, triggers and code that a script gives as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from ..simulation.library import (
    ALIASES,
    CLASSES,
    QUALIFIED_NAMES,
    TREE_VARIABLES,
    TRIGGERS,
    class_of,
    triggers_of,
)
from ..simulation.properties import Property
from . import tree as t
from .analysis_names import Finding
from .diagnostics import Diagnostic, Span
from .members import VECTORS
from .names import no_class, suggestion
from .parser import parse
from .settings import REFERENCES, is_path, property_name, property_of_variable, value_from_code

if TYPE_CHECKING:
    from .analysis import Variable

_MOST_IN_CODE = 5  # findings about one text
KindOf = Callable[[t.Expression | None], "Variable"]
AnalyseCode = Callable[[t.Script, str | None], list[Diagnostic]]
_WORD = re.compile(r"[A-Za-z_]+( [A-Za-z_]+)*")
_WHOLE = frozenset({"Name", "Location", "Size", "Rotation", "Color"})
_FREE = frozenset({"Triggers", "Labels", "Label"})


def created_class(node: t.Call) -> str | None:
    """The class of Object.create("Queue") and createinstance(library().find("?Queue"), …)."""
    text = _class_text(node)
    known = class_of(text) if text is not None else None
    return known.name if known else None


def _class_text(node: t.Call) -> str | None:
    function = node.function
    if not node.arguments:
        return None
    first = node.arguments[0]
    if isinstance(function, t.Member) and function.name == "create":
        owner = function.value
        if isinstance(owner, t.Name) and owner.name == "Object" and isinstance(first, t.String):
            return first.value
    if isinstance(function, t.Name) and function.name == "createinstance":
        path = _library_path(first)
        return None if path is None else path.lstrip("?/").rsplit("/", 1)[-1]
    return None


def _library_path(node: t.Expression) -> str | None:
    """The path in library().find("?Queue")."""
    if not isinstance(node, t.Call) or not isinstance(node.function, t.Member):
        return None
    owner = node.function.value
    library = isinstance(owner, t.Call) and isinstance(owner.function, t.Name)
    if library and owner.function.name == "library" and node.arguments:  # type: ignore[union-attr]
        path = node.arguments[0]
        return path.value if isinstance(path, t.String) else None
    return None


def of_command(name: str, node: t.Call, kind_of: KindOf, analyse: AnalyseCode) -> Iterator[Finding]:
    """Classes and tree variables in older commands; `analyse` looks at code in texts."""
    if name == "createinstance":
        yield from _class(node)
    if name in ("setnodestr", "setvarstr"):
        yield from _code_of_variable(name, node, kind_of, analyse)
    if name in ("setvarnum", "setvarstr", "getvarnode", "getvarnum", "getvarstr"):
        variable = node.arguments[1] if len(node.arguments) > 1 else None
        if isinstance(variable, t.String) and name != "getvarnode":
            yield from _variable(variable.value, kind_of(node.arguments[0]).library, node.span)


def _code_of_variable(
    name: str, node: t.Call, kind_of: KindOf, analyse: AnalyseCode
) -> Iterator[Finding]:
    """setnodestr(getvarnode(p, "sendtoport"), "code") and setvarstr(p, "sendtoport", "code")"""
    inner: t.Expression = node.arguments[0] if node.arguments else node
    of = node.arguments if name == "setvarstr" else getattr(inner, "arguments", ())
    text = node.arguments[-1] if node.arguments else None
    if len(of) < 2 or not isinstance(of[1], t.String) or not isinstance(text, t.String):
        return
    library = kind_of(of[0]).library
    real = property_of_variable(library, of[1].value) if library else None
    real = real or TREE_VARIABLES.get(of[1].value)
    if real is not None:
        yield from _value(real, library, text, node.span, analyse)


def of_method(
    node: t.Call, function: t.Member, kind_of: KindOf, analyse: AnalyseCode
) -> Iterator[Finding]:
    """Classes in Object.create, properties in setProperty and getProperty."""
    if function.name == "create":
        yield from _class(node)
    first = node.arguments[0] if node.arguments else None
    if function.name in ("setProperty", "getProperty") and isinstance(first, t.String):
        library = kind_of(function.value).library
        problem = _property(first.value, library, node.span)
        if problem:
            yield problem
        elif function.name == "setProperty":
            yield from _never_happens(first.value, library, node.span)
            yield from _value(first.value, library, node.arguments[1], node.span, analyse)


def _class(node: t.Call) -> Iterator[Finding]:
    text = _class_text(node)
    if text is not None and class_of(text) is None:
        known = QUALIFIED_NAMES if "::" in text else [*CLASSES, *QUALIFIED_NAMES]
        message, hint, code = no_class(text, known)
        yield message, node.span, hint, code, "warning" if code == "unsupported" else "error"


def _variable(name: str, library: str | None, span: Span) -> Iterator[Finding]:
    found = property_of_variable(library, name) if library else TREE_VARIABLES.get(name)
    if found is None:
        subject = library or "No class"
        text = f"{subject} has no variable “{name}”."
        if library is None:
            text = f"No class has a variable “{name}”."
        yield text, span, suggestion(name, list(TREE_VARIABLES)), "property"


@cache
def _all_properties() -> dict[str, Property]:
    return {name: prop for known in CLASSES.values() for name, prop in known.properties.items()}


def property_hint(method: str) -> str | None:
    """obj.setMaxContent(5) → obj.setProperty("MaxContent", …)"""
    verb, name = method[:3], method[3:]
    if verb not in ("set", "get") or name not in _all_properties() or name in _WHOLE:
        return None
    return f'Write obj.{verb}Property("{name}"{", …" if verb == "set" else ""}).'


@cache
def _all_aliases() -> frozenset[str]:
    return frozenset(alias for _owner, alias in ALIASES)


def _property(name: str, library: str | None, span: Span) -> Finding | None:
    part, _, component = name.partition(".")
    if part == "Triggers":
        return _trigger(component, span)
    if part in _WHOLE or part in _FREE or (part.lower() in VECTORS and component):
        return None
    if library is None:
        if name in _all_properties() or name in _all_aliases():
            return None
        hint = suggestion(name, list(_all_properties()))
        return f"No class has a property “{name}”.", span, hint, "property"
    known = CLASSES[library].properties
    real, alias = property_name(library, name)
    if alias or real in known:
        return None
    hint = f"Write “Triggers.{name}”." if name in TRIGGERS else suggestion(name, list(known))
    return f"{library} has no property “{name}”.", span, hint, "property"


def _trigger(name: str, span: Span) -> Finding | None:
    """FlexSim has more triggers than are listed here, so only what looks mistyped is reported."""
    by_case = {known.lower(): known for known in TRIGGERS}
    if name in TRIGGERS or not name:
        return None
    near = by_case.get(name.lower())
    hint = f"Did you mean “{near}”?" if near else suggestion(name, TRIGGERS)
    if hint is None or (near is None and abs(len(hint) - len(name)) > 20):
        return None
    return f"There is no trigger “{name}”.", span, hint, "trigger", "warning"


def _never_happens(name: str, library: str | None, span: Span) -> Iterator[Finding]:
    """A trigger that there is, but not in this class."""
    trigger = name.removeprefix("Triggers.")
    if library and name != trigger and trigger in TRIGGERS and trigger not in triggers_of(library):
        text = f"{trigger} never happens to a {library}."
        hint = f"It has {', '.join(sorted(triggers_of(library)))}."
        yield text, span, hint, "trigger", "warning"


def _value(
    name: str, library: str | None, node: t.Expression, span: Span, analyse: AnalyseCode
) -> Iterator[Finding]:
    real = property_name(library, name)[0] if library else name
    prop = (CLASSES[library].properties if library else _all_properties()).get(real)
    if prop is not None and len(prop.options) > 1:
        problem = _option(prop, node, span)
        if problem:
            yield problem
    elif prop is not None:
        yield from _plain_value(prop, node, span)
    coded = name.startswith("Triggers.") or (prop is not None and prop.kind in ("code", "duration"))
    named = real in REFERENCES and isinstance(node, t.String) and is_path(node.value)
    if coded and isinstance(node, t.String) and not named:
        yield from _code(name, node, library, analyse)


def _plain_value(prop: Property, node: t.Expression, span: Span) -> Iterator[Finding]:
    """A word or an array where a number is wanted, 7 where 0 or 1 is."""
    if prop.kind == "boolean" and isinstance(node, t.Number) and node.value not in (0, 1):
        text = f"“{prop.name}” is 0 or 1, not {node.text}."
        yield text, span, None, "value", "warning"
    if prop.kind not in ("number", "length", "speed", "duration", "boolean"):
        return
    if isinstance(node, t.String) and _WORD.fullmatch(node.value.strip()):
        text = f"“{prop.name}” needs a number, not “{node.value}”."
        yield text, span, None, "value", "warning"
    if isinstance(node, t.ArrayLiteral) and not _with_unit(node):
        text = f"“{prop.name}” needs a number, not an Array."
        yield text, span, 'With a unit it is written [5, "min"].', "value", "warning"


def _with_unit(node: t.ArrayLiteral) -> bool:
    return len(node.items) == 2 and isinstance(node.items[1], t.String | t.Name)


def _option(prop: Property, node: t.Expression, span: Span) -> Finding | None:
    choices = [text for _number, text in prop.options]
    if isinstance(node, t.Number):
        if any(number == node.value for number, _text in prop.options):
            return None
        numbers = ", ".join(f"{number} {text}" for number, text in sorted(prop.options))
        hint = f"Its choices are {numbers}."
        return f"“{prop.name}” has no choice {node.text}.", span, hint, "option"
    if not isinstance(node, t.String) or prop.option(node.value.strip()) is not None:
        return None
    given = node.value.strip()
    if given.lstrip("-").isdigit() or any(letter in given for letter in "(;"):
        return None
    hint = suggestion(given, choices) or f"Its choices are {', '.join(choices)}."
    return f"“{prop.name}” has no choice “{given}”.", span, hint, "option"


def _code(
    name: str, node: t.String, library: str | None, analyse: AnalyseCode
) -> Iterator[Finding]:
    """Code in a string: a body or an expression that parses, with names that there are."""
    text = node.value
    if not text.strip() or not hasattr(value_from_code(text), "text"):
        return
    tries = [text, f"{text}\n;", f"return {text}\n;"]
    trees = [found.tree for found in map(parse, tries) if found.tree is not None]
    if not trees:
        for item in parse(text).diagnostics[:_MOST_IN_CODE]:
            place = f"line {item.span.line}, column {item.span.column} of the code"
            message = f"The code of “{name}” does not parse: {item.message} ({place})"
            yield message, node.span, item.hint, "code", "warning"
        return
    several = "\n" in text.strip()
    told: dict[tuple[str, str | None], None] = {}
    for item in analyse(trees[0], library):
        place = f" (line {item.span.line} of the code)" if several else ""
        told[f"In the code of “{name}”: {item.message}{place}", item.hint] = None
    for message, hint in list(told)[:_MOST_IN_CODE]:
        yield message, node.span, hint, "code", "warning"
