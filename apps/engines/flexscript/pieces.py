"""Source as tokens with the comments, line breaks and blanks that stand before each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .lexer import Token
from .parser import parse

_COMMENT = re.compile(r"//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
END = "$END"


@dataclass(frozen=True)
class Comment:
    """`newlines` and `spaced` tell what stood between it and what came before."""

    text: str
    newlines: int
    spaced: bool

    @property
    def to_line_end(self) -> bool:
        return self.text.startswith("//")


@dataclass(frozen=True)
class Piece:
    """A token; `newlines` and `spaced` count from the last comment before it."""

    type: str
    text: str
    comments: list[Comment] = field(default_factory=list)
    newlines: int = 0
    spaced: bool = False


def pieces(source: str, tokens: list[Token]) -> list[Piece]:
    """Every token of a script that parses, and an empty one of type END."""
    return [*_pieces(source, tokens)]


def _pieces(source: str, tokens: list[Token]) -> Iterator[Piece]:
    place = 0
    for token in tokens:
        yield _piece(token.type, _text(token), source[place : token.start])
        place = token.end
    yield _piece(END, "", source[place:])


def _text(token: Token) -> str:
    """A macro runs to the end of its line: blanks there mean nothing."""
    text = token.text
    bare = text.rstrip()
    return bare if token.type == "DEFINE" and not bare.endswith("\\") else text


def _piece(kind: str, text: str, gap: str) -> Piece:
    comments, place = [], 0
    for match in _COMMENT.finditer(gap):
        blank = gap[place : match.start()]
        comments.append(Comment(match[0].rstrip(), blank.count("\n"), bool(blank)))
        place = match.end()
    rest = gap[place:]
    return Piece(kind, text, comments, rest.count("\n"), bool(rest))


def comments_of(source: str) -> list[str]:
    """The comments of a script that parses, in order."""
    return [
        comment.text for piece in pieces(source, parse(source).tokens) for comment in piece.comments
    ]
