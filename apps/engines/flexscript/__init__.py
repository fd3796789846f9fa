"""FlexScript: parse, check, execute, print (see README.md)."""

from typing import TYPE_CHECKING

from .diagnostics import Diagnostic, FlexScriptError, Span
from .execution import ExecutionResult, check, examine, execute, inspect
from .formatter import format_source
from .limits import Limits
from .model_printer import print_model
from .parser import ParseResult, parse

if TYPE_CHECKING:
    from ..simulation import CodeRunner

__all__ = [
    "Diagnostic", "ExecutionResult", "FlexScriptError", "Limits", "ParseResult", "Span", "check",
    "code_runner", "examine", "execute", "format_source", "inspect", "parse", "print_model",
]  # fmt: skip


def code_runner(limits: Limits | None = None) -> "CodeRunner":
    """What runs code of properties and triggers: `simulate(model, config, runner=code_runner())`.

    `limits` bounds each call of user code by steps, depth and seconds.
    """
    from .code_runner_core import Runner

    return Runner(limits)
