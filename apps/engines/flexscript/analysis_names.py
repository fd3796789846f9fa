"""Which names FlexScript has: constants, commands, classes and their members."""

from __future__ import annotations

from . import signatures
from . import tree as t
from .commands import why_not
from .diagnostics import Span
from .host import CONSTANTS
from .interpreter import TYPES
from .members import COLORS, MODEL
from .methods import MATH
from .names import suggestion
from .signatures import MANY, Arity

Finding = tuple[str, Span, str | None, str] | tuple[str, Span, str | None, str, str]
WORDS = frozenset({"NULL", "nullvar", "true", "false", "current"})
ONLY_ON_OBJECTS = frozenset(
    {"location", "size", "rotation", "color", "setLocation", "setSize", "setRotation",
     "setProperty", "getProperty", "inObjects", "outObjects", "centerObjects"}
)  # fmt: skip
_MEMBERS = {"Model": MODEL, "Math": ("pi", "e"), "Color": tuple(COLORS)}


def is_constant(name: str) -> bool:
    return name in CONSTANTS or name in WORDS or name in TYPES


def undeclared(name: str, span: Span, visible: list[str]) -> Finding:
    """A name that nothing declares, with the nearest that there is."""
    hint = suggestion(name, [*visible, *CONSTANTS, *WORDS, "Model", "Object"])
    return f"“{name}” is not declared.", span, hint, "name"


def command(name: str, span: Span) -> Finding | None:
    """Why a command cannot be called; only a warning where FlexSim itself could."""
    reason = None if name == "executestring" else why_not(name)
    if reason is None:
        return None
    message, hint, code = reason
    return message, span, hint, code, "warning" if code == "unsupported" else "error"


def class_methods(name: str) -> dict[str, Arity] | None:
    """The functions of a class; None where they are not known."""
    if name == "Math":
        return dict.fromkeys(MATH, Arity(0, MANY))
    if name in signatures.CLASS_METHODS:
        return signatures.CLASS_METHODS[name]
    return None


def class_member(class_name: str, name: str, span: Span) -> Finding | None:
    """A member that a class does not have."""
    known = _MEMBERS.get(class_name)
    if known is None or name in known:
        return None
    return f"{class_name} has no member “{name}”.", span, suggestion(name, known), "member"


def assigned(script: t.Script) -> set[str]:
    """Names that are assigned somewhere after their declaration, or declared more than once."""
    found: set[str] = set()
    declared: set[str] = set()
    for node in t.nodes(script):
        target = node.target if isinstance(node, t.Assign) else None
        if isinstance(node, t.Step):
            target = node.operand
        if isinstance(target, t.Name):
            found.add(target.name)
        if isinstance(node, t.Declarator):
            (found if node.name in declared else declared).add(node.name)
    return found
