"""Source to tree with lark (LALR); syntax errors become one diagnostic with a hint."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, v_args
from lark.exceptions import (
    UnexpectedCharacters,
    UnexpectedEOF,
    UnexpectedInput,
    UnexpectedToken,
    VisitError,
)
from lark.tree import Meta
from lark.visitors import Transformer_NonRecursive

from . import tree as t
from .diagnostics import START, Diagnostic, FlexScriptError, Span

MAX_SOURCE = 1_000_000
MAX_NESTING = 200
KEYWORDS = frozenset("if else while for switch case default break continue return".split())
_TYPE_NAMES = (
    "int double string treenode Object Variant Array Map Table Color Vec2 Vec3 Vec4 DateTime List "
    "Group var void"
).split()
_TYPES_ELSEWHERE = frozenset(
    "Token TaskSequence Date float char bool boolean long let const auto".split()
)
_MOST_DIGITS = 19  # longer whole numbers are floating-point ones
COMMENT_OR_STRING = re.compile(
    r'"(?:\\(?:.|\n)|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/"
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'", "\n": "", "\r\n": ""}


@dataclass(frozen=True)
class ParseResult:
    """The tree, or None, and what was found."""

    tree: t.Script | None
    diagnostics: list[Diagnostic]


@cache
def _lark() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text()
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def parse(source: str, filename: str = "<script>") -> ParseResult:
    """Parse a script; never raises on bad input. `filename` is for messages of the caller."""
    del filename
    problem = _too_large(source)
    if problem:
        return ParseResult(None, [problem])
    try:
        parsed = _lark().parse(source)
        return ParseResult(TreeBuilder().transform(parsed), [])
    except UnexpectedInput as error:
        return ParseResult(None, [_syntax_error(error, source)])
    except VisitError as error:
        if isinstance(error.orig_exc, FlexScriptError):
            return ParseResult(None, [error.orig_exc.diagnostic])
        raise


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a script that parses, in order and with their offsets."""
    yield from _lark().parse_interactive(source).iter_parse()


def _too_large(source: str) -> Diagnostic | None:
    if len(source) > MAX_SOURCE:
        return Diagnostic(
            "error",
            f"The script has {len(source):,} characters; at most {MAX_SOURCE:,} are accepted.",
            "Split the model or build repeated parts in a loop.",
            code="size",
        )
    depth = deepest = 0
    for char in COMMENT_OR_STRING.sub("", source):
        if char in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")]}":
            depth -= 1
    if deepest > MAX_NESTING:
        return Diagnostic("error", "The script is nested too deeply.", code="depth")
    return None


def _syntax_error(error: UnexpectedInput, source: str) -> Diagnostic:
    line, column = max(error.line, 1), max(error.column, 1)
    if isinstance(error, UnexpectedCharacters):
        text = f"Unexpected character {error.char!r}."
        hint = 'Close the string with ".' if error.char == '"' else None
        return Diagnostic("error", text, hint, Span(line, column, line, column + 1), "syntax")
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        token = error.token
        before = error.token_history[-1] if error.token_history else None
        if before is not None and str(before) in KEYWORDS and before.type == "NAME":
            return _misplaced(str(before), _token_span(before))
        if before is not None and before.type == token.type == "NAME":
            near = get_close_matches(str(before)[:20], _TYPE_NAMES, n=1, cutoff=0.8)
            hint = f"Did you mean “{near[0]}”?" if near else None
            if hint or str(before) in _TYPES_ELSEWHERE:
                text = f"There is no type “{before}”."
                hint = hint or "This runtime has no such type: use Variant."
                return Diagnostic("error", text, hint, _token_span(before), "syntax")
        if source.startswith("/*", token.start_pos):
            hint = "Close the comment with */."
            return Diagnostic("error", "Unexpected “/”.", hint, _token_span(token), "syntax")
        expected = error.accepts or error.expected
        hint = "Is a semicolon missing before it?" if "SEMICOLON" in expected else None
        if set(expected) == {"LPAR"}:
            hint = "Is an opening parenthesis missing before it?"
        if "RPAR" in expected and hint is None:
            hint = "Is a closing parenthesis missing before it?"
        return Diagnostic("error", f"Unexpected “{token}”.", hint, _token_span(token), "syntax")
    lines = source.rstrip().split("\n")
    end = Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
    assert isinstance(error, UnexpectedToken | UnexpectedEOF)
    return Diagnostic(
        "error", "The script ends too early.", "Is a }, ) or ; missing at the end?", end, "syntax"
    )


def _token_span(token: Token) -> Span:
    line, column = token.line or 1, token.column or 1
    return Span(line, column, token.end_line or line, token.end_column or column + len(token))


def _misplaced(keyword: str, span: Span) -> Diagnostic:
    """A word of the language where a name is wanted."""
    hint = f"“{keyword}” is a word of the language and cannot be a name."
    return Diagnostic("error", f"Unexpected “{keyword}”.", hint, span, "syntax")


def _named(token: Any, meta: Meta) -> str:
    """The text of a name; an error where it is a keyword."""
    if str(token) in KEYWORDS:
        found = _misplaced(str(token), _token_span(token))
        raise FlexScriptError(found.message, found.span, found.hint, found.code)
    return str(token)


def _span(meta: Meta) -> Span:
    if meta.empty:
        return START
    return Span(meta.line, meta.column, meta.end_line, meta.end_column)


@v_args(meta=True)
class TreeBuilder(Transformer_NonRecursive[Token, t.Script]):
    """lark's parse tree to ours."""

    def start(self, meta: Meta, c: list[Any]) -> t.Script:
        return t.Script(_span(meta), tuple(c))

    def type(self, meta: Meta, c: list[Any]) -> str:
        return re.sub(r"\s+", "", COMMENT_OR_STRING.sub("", str(c[0])))

    def function(self, meta: Meta, c: list[Any]) -> t.Function:
        return t.Function(_span(meta), c[0], _named(c[1], meta), tuple(c[2] or ()), c[3])

    def params(self, meta: Meta, c: list[Any]) -> list[Any]:
        return c

    def param(self, meta: Meta, c: list[Any]) -> tuple[str, str]:
        return (c[0], _named(c[1], meta))

    def block(self, meta: Meta, c: list[Any]) -> t.Block:
        return t.Block(_span(meta), tuple(c))

    def declaration(self, meta: Meta, c: list[Any]) -> t.Declaration:
        return t.Declaration(_span(meta), c[0], tuple(c[1:]))

    def declarator(self, meta: Meta, c: list[Any]) -> t.Declarator:
        name, size, *initial = c  # lark leaves no gap where an inlined rule is absent
        value = initial[0] if initial else None
        return t.Declarator(
            _span(meta), _named(name, meta), size is not None, size[0] if size else None, value
        )

    def array_size(self, meta: Meta, c: list[Any]) -> list[Any]:
        return c

    def braced(self, meta: Meta, c: list[Any]) -> t.ArrayLiteral:
        return t.ArrayLiteral(_span(meta), tuple(x for x in c if x is not None), braces=True)

    def array(self, meta: Meta, c: list[Any]) -> t.ArrayLiteral:
        return t.ArrayLiteral(_span(meta), tuple(x for x in c if x is not None))

    def expression_statement(self, meta: Meta, c: list[Any]) -> t.ExpressionStatement:
        return t.ExpressionStatement(_span(meta), c[0])

    def if_statement(self, meta: Meta, c: list[Any]) -> t.If:
        return t.If(_span(meta), c[0], c[1], c[2] if len(c) > 2 else None)

    def while_statement(self, meta: Meta, c: list[Any]) -> t.While:
        return t.While(_span(meta), c[0], c[1])

    def for_statement(self, meta: Meta, c: list[Any]) -> t.For:
        return t.For(_span(meta), c[0], c[1], c[2], c[3])

    def for_part(self, meta: Meta, c: list[Any]) -> t.Expression | None:
        return c[0] if c else None

    def switch_statement(self, meta: Meta, c: list[Any]) -> t.Switch:
        return t.Switch(_span(meta), c[0], tuple(c[1:]))

    def case(self, meta: Meta, c: list[Any]) -> t.Case:
        return t.Case(_span(meta), c[0][0], tuple(c[1:]))

    def case_label(self, meta: Meta, c: list[Any]) -> list[Any]:
        return [c[0]]

    def default_label(self, meta: Meta, c: list[Any]) -> list[Any]:
        return [None]

    def return_statement(self, meta: Meta, c: list[Any]) -> t.Return:
        return t.Return(_span(meta), c[0] if c else None)

    def break_statement(self, meta: Meta, c: list[Any]) -> t.Break:
        return t.Break(_span(meta))

    def continue_statement(self, meta: Meta, c: list[Any]) -> t.Continue:
        return t.Continue(_span(meta))

    def empty_statement(self, meta: Meta, c: list[Any]) -> t.Empty:
        return t.Empty(_span(meta))

    def define(self, meta: Meta, c: list[Any]) -> t.Define:
        name, text = split_define(str(c[0]))
        if not re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_$]*", name):
            hint = "Write it as #define NAME value, or as a function."
            raise FlexScriptError("#define needs a plain name.", _span(meta), hint, "syntax")
        return t.Define(_span(meta), name, text or "1")

    def assign(self, meta: Meta, c: list[Any]) -> t.Assign:
        return t.Assign(_span(meta), str(c[1]), c[0], c[2])

    def ternary(self, meta: Meta, c: list[Any]) -> t.Ternary:
        return t.Ternary(_span(meta), c[0], c[2], c[3])

    def _binary(self, meta: Meta, c: list[Any]) -> t.Binary:
        return t.Binary(_span(meta), str(c[1]), c[0], c[2])

    binary_or = binary_and = binary_equality = binary_relation = binary_sum = binary_product = (
        _binary
    )

    def unary(self, meta: Meta, c: list[Any]) -> t.Unary:
        return t.Unary(_span(meta), str(c[0]), c[1])

    def prefix(self, meta: Meta, c: list[Any]) -> t.Step:
        return t.Step(_span(meta), str(c[0]), c[1], before=True)

    def postfix(self, meta: Meta, c: list[Any]) -> t.Step:
        return t.Step(_span(meta), str(c[1]), c[0], before=False)

    def call(self, meta: Meta, c: list[Any]) -> t.Call:
        return t.Call(_span(meta), c[0], tuple(x for x in c[1:] if x is not None))

    def index(self, meta: Meta, c: list[Any]) -> t.Index:
        return t.Index(_span(meta), c[0], c[1])

    def member(self, meta: Meta, c: list[Any]) -> t.Member:
        return t.Member(_span(meta), c[0], str(c[1]))

    def optional(self, meta: Meta, c: list[Any]) -> t.Member:
        return t.Member(_span(meta), c[0], str(c[2]), optional=True)

    def lenient(self, meta: Meta, c: list[Any]) -> t.Member:
        names = [str(item) for item in c[1:-1]]
        return t.Member(_span(meta), c[0], names[-1], optional=len(names) > 1, lenient=True)

    def name(self, meta: Meta, c: list[Any]) -> t.Name:
        return t.Name(_span(meta), _named(c[0], meta))

    def number(self, meta: Meta, c: list[Any]) -> t.Number:
        text = str(c[0])
        if text.lower().startswith("0x"):
            value: float = int(text, 16)
        elif text.isdigit() and len(text) < _MOST_DIGITS:
            value = int(text)
        else:
            value = float(text)
        if abs(value) > sys.float_info.max:
            raise FlexScriptError("This number is too large.", _span(meta), code="syntax")
        return t.Number(_span(meta), value, isinstance(value, int), text)

    def string(self, meta: Meta, c: list[Any]) -> t.String:
        body = str(c[0])[1:-1]
        value = re.sub(r"\\(\r\n|.|\n)", lambda m: _ESCAPES.get(m[1], m[0]), body, flags=re.DOTALL)
        return t.String(_span(meta), value)


def split_define(token: str) -> tuple[str, str]:
    """Name and text of `#define NAME text`, without comments and line continuations."""
    bare = COMMENT_OR_STRING.sub(lambda m: m[0] if m[0][0] in "\"'" else " ", token)
    words = re.sub(r"\\\r?\n", " ", bare).split(None, 2)
    return (words[1] if len(words) > 1 else "", words[2].strip() if len(words) > 2 else "")
