"""Which names FlexScript has: constants, commands, classes and their members."""

from __future__ import annotations

from functools import cache

from . import signatures
from . import tree as t
from .commands import why_not
from .diagnostics import Span
from .host import CONSTANTS
from .interpreter import TYPES
from .members import COLORS, MODEL, OBJECT
from .methods import MATH
from .names import suggestion
from .signatures import MANY, Arity

Finding = tuple[str, Span, str | None, str] | tuple[str, Span, str | None, str, str]
WORDS = frozenset({"NULL", "nullvar", "true", "false", "current"})
ONLY_ON_OBJECTS = frozenset(
    {"location", "size", "rotation", "color", "setLocation", "setSize", "setRotation",
     "setProperty", "getProperty", "inObjects", "outObjects", "centerObjects"}
)  # fmt: skip
_BY_CASE = {name.lower(): name for name in (*OBJECT, *signatures.METHODS["Object"])}
_MEMBERS = {"Model": MODEL, "Math": ("pi", "e"), "Color": tuple(COLORS)}


def is_constant(name: str) -> bool:
    return name in CONSTANTS or name in WORDS or name in TYPES


def undeclared(name: str, span: Span, visible: list[str]) -> Finding:
    """A name that nothing declares, with the nearest that there is."""
    hint = suggestion(name, [*visible, *CONSTANTS, *WORDS, "Model", "Object"])
    return f"“{name}” is not declared.", span, hint, "name"


def command(name: str, span: Span, *, in_run: bool = False) -> Finding | None:
    """Why a command cannot be called; only a warning where FlexSim itself could."""
    if in_run and name in in_runs():
        return None
    reason = None if name == "executestring" else why_not(name)
    if reason is None and in_run and name not in ("executestring", "TaskSequence"):
        text = f"{name}() is a FlexSim command that code cannot call while the model runs here."
        return text, span, None, "unsupported", "warning"
    if reason is None:
        return None
    message, hint, code = reason
    return message, span, hint, code, "warning" if code == "unsupported" else "error"


@cache
def in_runs() -> frozenset[str]:
    """Commands that code may call while the model runs."""
    from .code_runner_commands import COMMANDS  # which imports the kernel

    return frozenset(COMMANDS)


@cache
def in_code() -> frozenset[str]:
    """Names that FlexSim declares before the code of a property or trigger, and constants."""
    from .code_runner_commands import CONSTANTS
    from .code_runner_expressions import PARAMETERS

    return frozenset({*PARAMETERS, *CONSTANTS, "current"})


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


def mistaken_label(name: str, span: Span) -> Finding | None:
    """`obj.Name = …` makes a label, which who writes it seldom wants."""
    near = _BY_CASE.get(name.lower())
    if near is None or near == name:
        return None
    text = f"“.{name}” is a label: names are told apart by their case."
    return text, span, f"Did you mean “{near}”?", "label", "warning"


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
