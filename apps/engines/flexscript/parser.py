"""Source to tree; whatever is wrong with it becomes findings, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import tree as t
from .diagnostics import Diagnostic
from .lexer import Token
from .recovery import MAX_NESTING, Parsing
from .tree_builder import split_define

MAX_SOURCE = 1_000_000


@dataclass(frozen=True)
class ParseResult:
    """The tree, or None, and what was found.

    With syntax errors `rest` is the tree of the statements that could be read, and `unsure` are the
    names in the others: what is said of these may be wrong.
    """

    tree: t.Script | None
    diagnostics: list[Diagnostic]
    tokens: list[Token] = field(default_factory=list, repr=False, compare=False)
    rest: t.Script | None = field(default=None, repr=False)
    unsure: frozenset[str] = frozenset()


def parse(source: str, filename: str = "<script>") -> ParseResult:
    """Parse a script; never raises on bad input. `filename` is for messages of the caller."""
    del filename
    if len(source) > MAX_SOURCE:
        return ParseResult(None, [_too_large(len(source))])
    parsing = Parsing(source)
    if parsing.problems:
        unsure = frozenset(parsing.unsure)
        return ParseResult(None, parsing.problems, [], parsing.script, unsure)
    return ParseResult(parsing.script, [], parsing.tokens)


def _too_large(length: int) -> Diagnostic:
    return Diagnostic(
        "error",
        f"The script has {length:,} characters; at most {MAX_SOURCE:,} are accepted.",
        "Split the model or build repeated parts in a loop.",
        code="size",
    )


__all__ = ["MAX_NESTING", "MAX_SOURCE", "ParseResult", "parse", "split_define"]
