"""Executing, checking and inspecting a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..simulation.model import Model
from .checker import check_model
from .diagnostics import Diagnostic, FlexScriptError
from .host import ModelHost
from .interpreter import Interpreter
from .limits import Limits
from .parser import parse


@dataclass(frozen=True)
class ExecutionResult:
    """The model tree (None where the script failed), findings, printed lines."""

    model: Model | None
    diagnostics: list[Diagnostic]
    output: list[str] = field(default_factory=list)


def execute(
    source: str, filename: str = "<script>", limits: Limits | None = None
) -> ExecutionResult:
    """Run a model-building script; never raises on bad input."""
    parsed = parse(source, filename)
    if parsed.tree is None:
        return ExecutionResult(None, parsed.diagnostics)
    limits = limits or Limits()
    host = ModelHost(limits)
    try:
        Interpreter(host, limits).run(parsed.tree)
    except FlexScriptError as error:
        return ExecutionResult(None, [*host.diagnostics, error.diagnostic], host.output)
    except RecursionError:
        deep = Diagnostic("error", "The script is nested too deeply.", code="depth")
        return ExecutionResult(None, [*host.diagnostics, deep], host.output)
    return ExecutionResult(host.model, host.diagnostics, host.output)


def check(source: str, filename: str = "<script>") -> list[Diagnostic]:
    """Everything found: syntax, execution, and the model that comes out."""
    result = execute(source, filename)
    found = list(result.diagnostics)
    if result.model is not None:
        found += check_model(result.model)
    return found


def inspect(source: str, filename: str = "<script>") -> dict[str, Any]:
    """Objects, connections and diagnostics as JSON (`manage.py flexscript inspect`)."""
    result = execute(source, filename)
    model = result.model or Model()
    found = list(result.diagnostics) + (list(check_model(model)) if result.model else [])
    return {**model.to_json(), "diagnostics": [item.to_json() for item in found]}
