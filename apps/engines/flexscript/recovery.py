"""Parsing that goes on after an error, so that all of them are found at once.

Where one missing `)`, `]`, `,` or `;` explains an error, it is put in. Else the statement is
dropped, up to its end or to where another begins; the names in it count as unsure, because what
declares them may be lost. One statement gives one finding, so that no error causes others.
"""

from __future__ import annotations

from . import syntax
from . import tree as t
from .diagnostics import Diagnostic
from .lexer import UNKNOWN, Lexer, Token
from .machine import Machine
from .table import END

MOST_ERRORS = 100
MAX_NESTING = 200
_OPENING = frozenset({"LPAR", "LSQB", "LBRACE"})
_CLOSING = frozenset({"RPAR", "RSQB", "RBRACE"})
_STARTS = frozenset(
    "IF WHILE FOR SWITCH RETURN BREAK CONTINUE DEFINE CASE DEFAULT TYPE NAMESPACED".split()
)
_ENDS = frozenset({"SEMICOLON", "LBRACE", "RBRACE", "RPAR", "RSQB", "COMMA"})
_LITERALS = frozenset({"NUMBER", "STRING", "CHARACTER"})
_IN_EXPRESSION = frozenset({"ASSIGN", "EQUAL", "LPAR", "LSQB", "COMMA", "QUESTION", "COLON"})
_MOST_CLOSERS = 3  # brackets that are put in at one place
_NESTED = Diagnostic("error", "The script is nested too deeply.", code="depth")


class Parsing:
    """One source on its way to a tree, or to findings and what is left of the tree."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lexer, self.machine = Lexer(source), Machine()
        self.tokens: list[Token] = []
        self.found: list[Diagnostic] = []
        self.unsure: set[str] = set()
        self.depth = 0
        self.lost_ifs = 0  # each may leave an else behind
        self.settled = 0  # findings that belong to statements before this one
        self.whole = self.run()

    @property
    def script(self) -> t.Script | None:
        """The tree; after errors without the statements that could not be read."""
        made = self.machine.values[-1]
        return made if self.whole and isinstance(made, t.Script) else None

    @property
    def problems(self) -> list[Diagnostic]:
        return sorted([*self.found, *self.machine.builder.problems], key=lambda item: item.span)

    def run(self) -> bool:
        """Read to the end; False where that is not possible."""
        lexer, machine = self.lexer, self.machine
        while True:
            token = lexer.next(machine.allowed) or self._end()
            if machine.feed(token):
                if token.type == END:
                    return True
                self.tokens.append(token)
                if token.type in _OPENING:
                    self.depth += 1
                    if self.depth > MAX_NESTING:
                        self.found.append(_NESTED)
                        return False
                elif token.type in _CLOSING:
                    self.depth -= 1
            elif token.type == END or self.source.startswith("/*", token.start):
                self._report(token, None)
                return self._closed()
            elif len(self.found) >= MOST_ERRORS:
                return False
            else:
                self._recover(token)

    def _end(self) -> Token:
        lexer = self.lexer
        column = lexer.place - lexer.line_start + 1
        return Token(END, "", lexer.place, lexer.line, column, lexer.line, column)

    @property
    def _before(self) -> Token | None:
        return self.tokens[-1] if self.tokens else None

    def _report(self, token: Token, first: Token | None) -> None:
        """A finding, unless there is one already in the statement that begins with `first`."""
        start = first or token
        place = (start.line, start.column)
        if any(item.span[:2] >= place for item in self.problems[self.settled :][-1:]):
            return
        self.found.append(syntax.finding(self.source, self.machine, self._before, token))

    def _recover(self, token: Token) -> None:
        if token.text in syntax.FULL_WIDTH and token.type == UNKNOWN:
            self._report(token, None)
            plain = syntax.FULL_WIDTH[token.text]
            self.lexer.source = (
                f"{self.lexer.source[: token.start]}{plain}{self.lexer.source[token.end :]}"
            )
            self.lexer.back(token)
            return
        self.machine.settle()
        first = self.machine.first_of_statement()
        if self.lost_ifs and self._is_else(token, first):
            self.lost_ifs -= 1
        else:
            self._report(token, first)
        if not self._mended(token):
            self._dropped(token)

    def _is_else(self, token: Token, first: Token | None) -> bool:
        """An else that belongs to no if, alone or with `token` behind it."""
        if first is None:
            return token.type == "ELSE"
        return first.text == "else" and first == self._before

    # One thing missing

    def _mended(self, token: Token) -> bool:
        """Put in what is missing before `token`; it is read again then."""
        self.lexer.back(token)
        again = self.lexer.next()
        self.lexer.back(token)
        missing = self._missing(again.type if again else END, token)
        for kind in missing:
            self._put(kind, token)
        if missing[-1:] == ("SEMICOLON",):
            self.settled = len(self.problems)
        return bool(missing)

    def _missing(self, kind: str, token: Token) -> tuple[str, ...]:
        accepts, before = self.machine.accepts, self._before
        if kind == UNKNOWN or before is None:
            return ()
        if kind in _LITERALS and self.depth and accepts(["COMMA", kind]):
            return ("COMMA",)
        new_line = token.line > before.end_line
        closable = new_line or kind in _ENDS
        endable = new_line or kind in _STARTS or kind == "RBRACE"
        closers: tuple[str, ...] = ()
        for _ in range(_MOST_CLOSERS + 1):
            if closers and closable and accepts([*closers, kind]):
                return closers
            if endable and accepts([*closers, "SEMICOLON", kind]):
                return (*closers, "SEMICOLON")
            closer = next((x for x in ("RPAR", "RSQB") if accepts([*closers, x])), None)
            if closer is None:
                break
            closers = (*closers, closer)
        return ()

    def _put(self, kind: str, place: Token) -> None:
        """Feed a token that is not there."""
        near = self._before or place
        line, column = near.end_line, near.end_column
        self.machine.feed(Token(kind, "", place.start, line, column, line, column))
        self.depth -= kind in _CLOSING

    # More than that

    def _dropped(self, token: Token) -> None:
        """Leave out the statement that `token` stands in."""
        first = self.machine.first_of_statement()
        self.machine.drop_statement()
        lost: list[Token] = []
        while first is not None and self.tokens and self.tokens[-1].start >= first.start:
            lost.append(self.tokens.pop())
        self.depth -= sum((item.type in _OPENING) - (item.type in _CLOSING) for item in lost)
        self.unsure.update(item.text for item in lost if item.type == "NAME")
        if len(lost) == 1 and lost[0].text == "else":
            return  # its statement is read as one of its own
        self.lost_ifs += any(item.type == "IF" for item in lost)
        if not lost:
            self._read_over(token)
            if token.type in _CLOSING or token.type == "ELSE":
                return
        if token.type == UNKNOWN and self._past_line(token):
            return
        if not self.machine.accepts(["SEMICOLON"]):  # between the cases of a switch
            self._skip_to_case()
        elif self._skip_statement(lost):
            self._put("SEMICOLON", token)

    def _read_over(self, token: Token) -> None:
        self.lexer.back(token)
        self._noted(self.lexer.next())

    def _noted(self, token: Token | None) -> Token | None:
        if token is not None and token.type == "NAME":
            self.unsure.add(token.text)
        return token

    def _past_line(self, token: Token) -> bool:
        """An open string ends with its line; True where the statement seems to end there, too."""
        if token.text not in "\"'":
            self.lexer.back(token)
            self.lexer.next()
            return False
        end = self.source.find("\n", token.start)
        end = len(self.source) if end < 0 else end
        self.lexer.place = end
        return ";" in self.source[token.start : end]

    def _skip_statement(self, lost: list[Token]) -> bool:
        """Move to where a statement may begin; True unless a block that belongs here follows."""
        kinds = {item.type for item in lost}
        open_now = sum((item.type == "LPAR") - (item.type == "RPAR") for item in lost)
        before = lost[0].type if lost else ""
        line = lost[0].end_line if lost else 0
        while (token := self._noted(self.lexer.next())) is not None:
            kind = token.type
            in_header = "FOR" in kinds and open_now > 0
            if kind == "SEMICOLON" and not in_header:
                return True
            if kind == "RBRACE" or (kind in _STARTS and token.line > line and before):
                self.lexer.back(token)
                return True
            if kind == "LBRACE":
                if "SWITCH" not in kinds and before not in _IN_EXPRESSION:
                    self.lexer.back(token)
                    return False
                self._skip_braces()
                if "SWITCH" in kinds:
                    return True
            open_now += (kind == "LPAR") - (kind == "RPAR")
            before, line = kind, token.end_line
        return True

    def _skip_braces(self) -> None:
        """Move behind the brace that closes the one just read."""
        depth = 1
        while depth and (token := self._noted(self.lexer.next())) is not None:
            depth += (token.type == "LBRACE") - (token.type == "RBRACE")

    def _skip_to_case(self) -> None:
        while (token := self._noted(self.lexer.next())) is not None:
            if token.type in ("CASE", "DEFAULT", "RBRACE"):
                self.lexer.back(token)
                return
            if token.type == "LBRACE":
                self._skip_braces()

    def _closed(self) -> bool:
        """Close what is open at the end of the source, to keep what was read."""
        self.lexer.place = len(self.source)
        end = self._end()
        for _ in range(2 * len(self.machine.states) + 2):
            if self.machine.feed(end):
                return True
            missing = next((x for x in ("RBRACE", "SEMICOLON") if self.machine.accepts([x])), None)
            if missing is not None:
                self._put(missing, end)
                continue
            first = self.machine.first_of_statement()
            if first is None:
                return False
            self.machine.drop_statement()
            self.unsure.update(
                item.text
                for item in self.tokens
                if item.start >= first.start and item.type == "NAME"
            )
        return False
