"""Executing, checking and inspecting a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..simulation.model import Model, ModelObject
from .analysis import analyse
from .checker import check_model
from .diagnostics import Diagnostic, FlexScriptError, Span
from .host import ModelHost
from .interpreter import Interpreter
from .limits import Limits
from .parser import ParseResult, parse

# A gap in this runtime must not take the caller down; the fuzzer counts each as a crash.
_UNFORESEEN = (ArithmeticError, TypeError, ValueError, LookupError, AttributeError)


@dataclass(frozen=True)
class ExecutionResult:
    """The model tree (None where the script failed), findings, printed lines, and where in the
    script each object was created.
    """

    model: Model | None
    diagnostics: list[Diagnostic]
    output: list[str] = field(default_factory=list)
    places: dict[ModelObject, Span] = field(default_factory=dict, repr=False)


def execute(
    source: str, filename: str = "<script>", limits: Limits | None = None
) -> ExecutionResult:
    """Run a model-building script; never raises on bad input."""
    return _execute(parse(source, filename), limits or Limits())


def _execute(parsed: ParseResult, limits: Limits) -> ExecutionResult:
    if parsed.tree is None:
        return ExecutionResult(None, parsed.diagnostics)
    host = ModelHost(limits)
    interpreter = Interpreter(host, limits)
    try:
        interpreter.run(parsed.tree)
    except FlexScriptError as error:
        return ExecutionResult(None, [*host.diagnostics, error.diagnostic], host.output)
    except RecursionError:
        deep = Diagnostic("error", "The script is nested too deeply.", code="depth")
        return ExecutionResult(None, [*host.diagnostics, deep], host.output)
    except MemoryError:
        text = "The script needs more memory than it may use."
        hint = "Does a loop create too much? Build fewer objects, shorter arrays and texts."
        found = Diagnostic("error", text, hint, interpreter.statement, "limit")
        return ExecutionResult(None, [*host.diagnostics, found], host.output)
    except _UNFORESEEN as error:
        text = f"This statement could not be executed ({type(error).__name__})."
        found = Diagnostic("error", text, None, interpreter.statement, "internal")
        return ExecutionResult(None, [*host.diagnostics, found], host.output)
    return ExecutionResult(host.model, host.diagnostics, host.output, host.places)


def check(source: str, filename: str = "<script>") -> list[Diagnostic]:
    """Everything found: syntax, names and arguments, execution, and the model that comes out."""
    return examine(source, filename)[0]


def inspect(source: str, filename: str = "<script>") -> dict[str, Any]:
    """Objects, connections and diagnostics as JSON (`manage.py flexscript inspect`)."""
    found, model = examine(source, filename)
    tree = (model or Model()).to_json()
    return {**tree, "diagnostics": [item.to_json() for item in found]}


def examine(source: str, filename: str = "<script>") -> tuple[list[Diagnostic], Model | None]:
    """Findings in the order of the source, then those about the model as a whole; the model, None
    where the script failed.
    """
    parsed = parse(source, filename)
    result = _execute(parsed, Limits())
    readable = parsed.tree or parsed.rest
    before = analyse(readable, parsed.unsure) if readable is not None else []
    model = result.model
    of_model = [] if model is None else list(check_model(model, result.places))
    return _merged([*result.diagnostics, *before, *of_model]), model


def _merged(found: list[Diagnostic]) -> list[Diagnostic]:
    """One finding a place and kind. What happened in the execution is told in its words; a loop
    tells the same many times.
    """
    kept: dict[tuple[Span, str, str], Diagnostic] = {}
    for item in found:
        # Several objects can be created in one place, and code in a string has only one.
        told = item.message if item.code in _TOLD_ONE_BY_ONE else ""
        place = (Span(item.span.line, item.span.column, 0, 0), item.code, told)
        before = kept.setdefault(place, item)
        if before.severity != "error" and item.severity == "error":
            kept[place] = item
    return sorted(kept.values(), key=lambda item: (item.code in _OF_MODEL, item.span))


_TOLD_ONE_BY_ONE = frozenset(
    {"unconnected", "unused", "output", "input", "duplicate", "unreachable", "centre", "code"}
)
_OF_MODEL = frozenset({"empty", "source", "sink"})
