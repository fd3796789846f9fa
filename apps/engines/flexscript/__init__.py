"""FlexScript: parse, check, execute, print (see README.md)."""

from .diagnostics import Diagnostic, Span
from .execution import ExecutionResult, check, execute, inspect
from .limits import Limits
from .model_printer import print_model
from .parser import ParseResult, parse

__all__ = [
    "Diagnostic", "ExecutionResult", "Limits", "ParseResult", "Span", "check", "execute", "inspect",
    "parse", "print_model",
]  # fmt: skip
