"""From reductions of the grammar to nodes of the tree: one method for each rule that makes one.

What is wrong with a single word is a finding here and does not end the parsing.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from . import tree as t
from .diagnostics import Diagnostic, Span
from .lexer import Token

KEYWORDS = frozenset("if else while for switch case default break continue return".split())
_MOST_DIGITS = 19  # longer whole numbers are floating-point ones
COMMENT_OR_STRING = re.compile(
    r'"(?:\\(?:.|\n)|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/"
)
_ESCAPE = re.compile(r"\\(\r\n|.|\n)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'", "\n": "", "\r\n": ""}
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def misplaced(keyword: Token) -> Diagnostic:
    """A word of the language where a name is wanted."""
    hint = f"“{keyword.text}” is a word of the language and cannot be a name."
    return Diagnostic("error", f"Unexpected “{keyword.text}”.", hint, keyword.span, "syntax")


class TreeBuilder:
    """Methods take the span and what the rule keeps of its children; `problems` collects."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []

    def problem(self, message: str, span: Span, hint: str | None = None) -> None:
        self.problems.append(Diagnostic("error", message, hint, span, "syntax"))

    def named(self, token: Token) -> str:
        if token.text in KEYWORDS:
            self.problems.append(misplaced(token))
        return token.text

    def start(self, span: Span, c: list[Any]) -> t.Script:
        return t.Script(span, tuple(c))

    def type(self, span: Span, c: list[Any]) -> str:
        text: str = c[0].text
        return re.sub(r"\s+", "", COMMENT_OR_STRING.sub("", text)) if "." in text else text

    def function(self, span: Span, c: list[Any]) -> t.Function:
        return t.Function(span, c[0], self.named(c[1]), tuple(c[2] or ()), c[3])

    def params(self, span: Span, c: list[Any]) -> list[Any]:
        return c

    def param(self, span: Span, c: list[Any]) -> tuple[str, str]:
        return (c[0], self.named(c[1]))

    def block(self, span: Span, c: list[Any]) -> t.Block:
        return t.Block(span, tuple(c))

    def declaration(self, span: Span, c: list[Any]) -> t.Declaration:
        return t.Declaration(span, c[0], tuple(c[1:]))

    def declarator(self, span: Span, c: list[Any]) -> t.Declarator:
        name, size, *initial = c  # there is no gap where an inlined rule is absent
        value = initial[0] if initial else None
        return t.Declarator(
            span, self.named(name), size is not None, size[0] if size else None, value
        )

    def array_size(self, span: Span, c: list[Any]) -> list[Any]:
        return c

    def braced(self, span: Span, c: list[Any]) -> t.ArrayLiteral:
        return t.ArrayLiteral(span, tuple(x for x in c if x is not None), braces=True)

    def array(self, span: Span, c: list[Any]) -> t.ArrayLiteral:
        return t.ArrayLiteral(span, tuple(x for x in c if x is not None))

    def expression_statement(self, span: Span, c: list[Any]) -> t.ExpressionStatement:
        return t.ExpressionStatement(span, c[0])

    def if_statement(self, span: Span, c: list[Any]) -> t.If:
        return t.If(span, c[0], c[1], c[2] if len(c) > 2 else None)

    def while_statement(self, span: Span, c: list[Any]) -> t.While:
        return t.While(span, c[0], c[1])

    def for_statement(self, span: Span, c: list[Any]) -> t.For:
        return t.For(span, c[0], c[1], c[2], c[3])

    def for_part(self, span: Span, c: list[Any]) -> t.Expression | None:
        return c[0] if c else None

    def for_first(self, span: Span, c: list[Any]) -> t.ExpressionStatement:
        return t.ExpressionStatement(span, c[0])

    def sequence(self, span: Span, c: list[Any]) -> t.Sequence:
        return t.Sequence(span, tuple(c))

    def switch_statement(self, span: Span, c: list[Any]) -> t.Switch:
        return t.Switch(span, c[0], tuple(c[1:]))

    def case(self, span: Span, c: list[Any]) -> t.Case:
        return t.Case(span, c[0][0], tuple(c[1:]))

    def case_label(self, span: Span, c: list[Any]) -> list[Any]:
        return [c[0]]

    def default_label(self, span: Span, c: list[Any]) -> list[Any]:
        return [None]

    def return_statement(self, span: Span, c: list[Any]) -> t.Return:
        return t.Return(span, c[0] if c else None)

    def break_statement(self, span: Span, c: list[Any]) -> t.Break:
        return t.Break(span)

    def continue_statement(self, span: Span, c: list[Any]) -> t.Continue:
        return t.Continue(span)

    def empty_statement(self, span: Span, c: list[Any]) -> t.Empty:
        return t.Empty(span)

    def define(self, span: Span, c: list[Any]) -> t.Define:
        name, text = split_define(c[0].text)
        if not _NAME.fullmatch(name):
            hint = "Write it as #define NAME value, or as a function."
            self.problem("#define needs a plain name.", span, hint)
        return t.Define(span, name, text or "1")

    def assign(self, span: Span, c: list[Any]) -> t.Assign:
        return t.Assign(span, c[1].text, c[0], c[2])

    def ternary(self, span: Span, c: list[Any]) -> t.Ternary:
        return t.Ternary(span, c[0], c[2], c[3])

    def _binary(self, span: Span, c: list[Any]) -> t.Binary:
        return t.Binary(span, c[1].text, c[0], c[2])

    binary_or = binary_and = binary_equality = binary_relation = binary_sum = binary_product = (
        _binary
    )
    binary_bit_or = binary_bit_xor = binary_bit_and = binary_shift = _binary

    def unary(self, span: Span, c: list[Any]) -> t.Unary:
        return t.Unary(span, c[0].text, c[1])

    def prefix(self, span: Span, c: list[Any]) -> t.Step:
        return t.Step(span, c[0].text, c[1], before=True)

    def postfix(self, span: Span, c: list[Any]) -> t.Step:
        return t.Step(span, c[1].text, c[0], before=False)

    def call(self, span: Span, c: list[Any]) -> t.Call:
        return t.Call(span, c[0], tuple(x for x in c[1:] if x is not None))

    def index(self, span: Span, c: list[Any]) -> t.Index:
        return t.Index(span, c[0], c[1])

    def member(self, span: Span, c: list[Any]) -> t.Member:
        return t.Member(span, c[0], c[1].text)

    def optional(self, span: Span, c: list[Any]) -> t.Member:
        return t.Member(span, c[0], c[2].text, optional=True)

    def lenient(self, span: Span, c: list[Any]) -> t.Member:
        names = c[1:-1]
        return t.Member(span, c[0], names[-1].text, optional=len(names) > 1, lenient=True)

    def name(self, span: Span, c: list[Any]) -> t.Name:
        return t.Name(span, self.named(c[0]))

    def number(self, span: Span, c: list[Any]) -> t.Number:
        text: str = c[0].text
        if text.lower().startswith("0x"):
            value: float = int(text, 16)
        elif text.isdigit() and len(text) < _MOST_DIGITS:
            value = int(text)
        else:
            value = float(text)
        if abs(value) > sys.float_info.max:
            self.problem("This number is too large.", span)
            value = 0
        return t.Number(span, value, isinstance(value, int), text)

    def string(self, span: Span, c: list[Any]) -> t.String:
        body: str = c[0].text[1:-1]
        if "\\" in body:
            body = _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[0]), body)
        return t.String(span, body)


def split_define(token: str) -> tuple[str, str]:
    """Name and text of `#define NAME text`, without comments and line continuations."""
    bare = COMMENT_OR_STRING.sub(lambda m: m[0] if m[0][0] in "\"'" else " ", token)
    words = re.sub(r"\\\r?\n", " ", bare).split(None, 2)
    return (words[1] if len(words) > 1 else "", words[2].strip() if len(words) > 2 else "")
