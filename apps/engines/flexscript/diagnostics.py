"""Findings about a script: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]


class Span(NamedTuple):
    """Lines and columns count from 1; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)
NO_OUTSIDE = "is refused: scripts may not use files, the network or other programs."


@dataclass(frozen=True)
class Diagnostic:
    """One finding; `code` is stable, for tests and filters."""

    severity: Severity
    message: str
    hint: str | None = None
    span: Span = START
    code: str = ""

    def to_json(self) -> dict[str, Any]:
        span = self.span
        return {
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "code": self.code,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }


class FlexScriptError(Exception):
    """Raised inside the engine where a script cannot go on; carries its diagnostic."""

    def __init__(
        self, message: str, span: Span, hint: str | None = None, code: str = "run"
    ) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic("error", message, hint, span, code)

    def at(self, span: Span) -> FlexScriptError:
        """The same error at another place, for text inside of the script."""
        found = self.diagnostic
        return FlexScriptError(found.message, span, found.hint, found.code)
