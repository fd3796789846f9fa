"""What a syntax error is called, and how to mend it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from .diagnostics import Diagnostic, Span
from .lexer import UNKNOWN, Token
from .machine import Machine
from .table import END
from .tree_builder import KEYWORDS, misplaced

_TYPE_NAMES = (
    "int double string treenode Object Variant Array Map Table Color Vec2 Vec3 Vec4 DateTime List "
    "Group TaskSequence var void"
).split()
_TYPES_ELSEWHERE = {
    "Token": "Variant", "Date": "DateTime", "float": "double", "char": "string", "bool": "int",
    "boolean": "int", "long": "int", "let": "Variant", "const": "Variant", "auto": "Variant",
}  # fmt: skip
FULL_WIDTH = {"；": ";", "，": ",", "（": "(", "）": ")", "：": ":", "｛": "{", "｝": "}",
              "［": "[", "］": "]", "＝": "=", "＋": "+", "－": "-", "＊": "*", "？": "?", "！": "!",
              "＜": "<", "＞": ">", "　": " ", "\u00a0": " ", "\ufeff": " "}  # fmt: skip
_NO_TRY = "FlexScript has no try and catch."
_NO_CLASS = "FlexScript has no classes of one's own: use a Map."
_TYPED = "A function begins with the type that it returns: int name(int a) { … }"
_ELSEWHERE = {"try": _NO_TRY, "catch": _NO_TRY, "do": "FlexScript has no do: use while.",
              "class": _NO_CLASS, "struct": _NO_CLASS, "function": _TYPED, "def": _TYPED,
              "foreach": "FlexScript has no foreach: use for."}  # fmt: skip
_QUOTES = "“”„‟«»〝〞＂"


def finding(source: str, machine: Machine, before: Token | None, token: Token) -> Diagnostic:
    """Why `token` cannot stand behind `before`."""
    if token.type == END:
        return _too_early(source)
    if source.startswith("/*", token.start):
        return _error("Unexpected “/”.", token.span, "Close the comment with */.")
    if token.type == UNKNOWN:
        return _error(f"Unexpected character {token.text!r}.", token.span, _about(token.text))
    if before is not None and before.type == "NAME" and before.text in KEYWORDS:
        return misplaced(before)
    if before is not None and before.text in _ELSEWHERE:
        return _error(f"Unexpected “{token.text}”.", token.span, _ELSEWHERE[before.text])
    if before is not None and before.type == token.type == "NAME":
        near = _near_type(before.text[:20])
        if near or before.text in _TYPES_ELSEWHERE:
            hint = f"Did you mean “{near}”?" if near else None
            instead = _TYPES_ELSEWHERE.get(before.text, "Variant")
            hint = hint or f"This runtime has no such type: use {instead}."
            return _error(f"There is no type “{before.text}”.", before.span, hint)
    return _error(f"Unexpected “{token.text}”.", token.span, _missing(machine))


def _error(message: str, span: Span, hint: str | None) -> Diagnostic:
    return Diagnostic("error", message, hint, span, "syntax")


def _about(character: str) -> str | None:
    if character in "\"'":
        return f"Close the string with {character}."
    if character in FULL_WIDTH:
        plain = FULL_WIDTH[character]
        return "Write a plain space." if plain == " " else f"Write the plain “{plain}”."
    return 'Strings stand in plain quotes: "…".' if character in _QUOTES else None


@lru_cache(maxsize=1000)
def _near_type(name: str) -> str | None:
    return next(iter(get_close_matches(name, _TYPE_NAMES, n=1, cutoff=0.8)), None)


def _missing(machine: Machine) -> str | None:
    if machine.first_of_statement() is None:
        return None
    if machine.accepts(["SEMICOLON"]):
        return "Is a semicolon missing before it?"
    if machine.accepts(["RPAR"]):
        return "Is a closing parenthesis missing before it?"
    if [name for name in machine.allowed if name.isupper()] == ["LPAR"]:
        return "Is an opening parenthesis missing before it?"
    return None


def _too_early(source: str) -> Diagnostic:
    lines = source.rstrip().split("\n")
    end = Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
    return _error("The script ends too early.", end, "Is a }, ) or ; missing at the end?")
