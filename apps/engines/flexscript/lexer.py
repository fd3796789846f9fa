"""Source to tokens, one at a time: which terminals may come next depends on the parser's state."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .diagnostics import Span
from .table import table

UNKNOWN = "$UNKNOWN"  # a character that begins no token


class Token(NamedTuple):
    """A terminal with its text and place; lines and columns count from 1."""

    type: str
    text: str
    start: int
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.line, self.column, self.end_line, self.end_column)


@cache
def _next_terminal() -> re.Pattern[str]:
    """Blanks and comments, never a part of one, and the first terminal that fits behind them."""
    terminals = table().terminals.items()
    some = "|".join(f"(?P<{name}>{item.pattern})" for name, item in terminals)
    return re.compile(f"(?>{table().ignored.pattern}|)(?:{some})")


class Lexer:
    """Walks through a source; `place` may be set back to the start of a token."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = self.line_start = 0
        self.line = 1
        self._ignored, self._terminals = table().ignored.match, table().terminals
        self._match, self._words = _next_terminal().match, table().words

    def back(self, token: Token) -> None:
        """Read this token again, maybe as another one."""
        self.place, self.line = token.start, token.line
        self.line_start = token.start - token.column + 1

    def next(self, allowed: dict[str, int] | None = None) -> Token | None:
        """The next token, if possible one of `allowed`; None at the end of the source."""
        found = self._match(self.source, self.place)
        if found is None:
            return self._unknown()
        kind: str = found.lastgroup  # type: ignore[assignment]  # every alternative has a name
        start = found.start(kind)
        if start > self.place:
            self._moved(start)
        text = found[kind]
        if kind == "NAME" and text in self._words:
            word = self._words[text]
            if allowed is None or word in allowed:
                return self._token(word, text)
        if allowed is not None and kind not in allowed:
            return self._other(allowed) or self._token(kind, text)
        return self._token(kind, text)

    def _unknown(self) -> Token | None:
        blank = self._ignored(self.source, self.place)
        if blank:
            self._moved(blank.end())
        if self.place >= len(self.source):
            return None
        return self._token(UNKNOWN, self.source[self.place])

    def _moved(self, end: int) -> None:
        breaks = self.source.count("\n", self.place, end)
        if breaks:
            self.line += breaks
            self.line_start = self.source.rfind("\n", self.place, end) + 1
        self.place = end

    def _other(self, allowed: dict[str, int]) -> Token | None:
        """A terminal of lower rank that may stand here: a name that is also one of a type."""
        for kind, pattern in self._terminals.items():
            if kind in allowed:
                found = pattern.match(self.source, self.place)
                if found:
                    return self._token(self._word(kind, found[0], allowed), found[0])
        return None

    def _word(self, kind: str, text: str, allowed: dict[str, int]) -> str:
        word = self._words.get(text, kind) if kind == "NAME" else kind
        return word if word in allowed else kind

    def _token(self, kind: str, text: str) -> Token:
        start, line, column = self.place, self.line, self.place - self.line_start + 1
        end = start + len(text)
        if "\n" in text:
            self._moved(end)
        else:
            self.place = end
        return Token(kind, text, start, line, column, self.line, end - self.line_start + 1)
