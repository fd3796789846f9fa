"""FlexScript in one style: the same tokens and comments, laid out anew.

Four blanks a level, one statement a line, braces at the end of a line, blanks around binary
operators. Line breaks inside a statement and single blank lines stay where the author put them.
"""

from __future__ import annotations

from .diagnostics import FlexScriptError
from .parser import parse
from .pieces import END, Piece, pieces

INDENT = "    "
_OPENING = {"LPAR", "LSQB", "LBRACE"}
_CLOSING = {"RPAR", "RSQB", "RBRACE"}
_OPERAND_ENDS = {"NAME", "TYPE", "NAMESPACED", "NUMBER", "STRING", "CHARACTER", "RPAR", "RSQB",
                 "RBRACE", "MAYBE", "POSTFIX"}  # fmt: skip
_TIGHT_BEFORE = {"RPAR", "RSQB", "RBRACE", "COMMA", "SEMICOLON", "DOT", "CHAIN", "MAYBE", "POSTFIX"}
_TIGHT_AFTER = {"LPAR", "LSQB", "LBRACE", "DOT", "CHAIN", "UNARY"}
_TYPES = {"TYPE", "NAMESPACED"}
_PREFIXES = {"SUM", "NOT", "BIT_NOT", "STEP"}


def format_source(source: str) -> str:
    """The script in the house style, equal as a tree and with all its comments.

    Raises FlexScriptError with the place of the first error where the script does not parse.
    """
    found = parse(source)
    if found.tree is None:
        first = found.diagnostics[0]
        raise FlexScriptError(first.message, first.span, first.hint, first.code)
    try:
        return _Layout(pieces(source, found.tokens)).script()
    except RecursionError:
        raise FlexScriptError(
            "The script is nested too deeply.", found.tree.span, code="depth"
        ) from None


class _Layout:
    """Walks the pieces of a script by statements and writes lines."""

    def __init__(self, parts: list[Piece]) -> None:
        self.parts, self.at = parts, 0
        self.lines: list[str] = []
        self.line: str | None = None  # None before the first thing of the script
        self.opened = True  # no blank line here: the start, or behind a brace or a label

    @property
    def next(self) -> Piece:
        return self.parts[self.at]

    def peek(self, ahead: int) -> str:
        return self.parts[min(self.at + ahead, len(self.parts) - 1)].type

    # Lines

    def script(self) -> str:
        while self.next.type != END:
            self.statement(0)
        self.put("\n", 0)
        lines = [*self.lines, self.line or ""]
        return "\n".join(lines).rstrip() + "\n" if any(lines) else ""

    def turn(self, depth: int, *, blank: bool) -> None:
        """Begin a new line, after an empty one where that is wanted."""
        if self.line is not None:
            self.lines.append(self.line.rstrip(" \t") if self.line.strip() else "")
            if blank and not self.opened:
                self.lines.append("")
        self.line = INDENT * depth
        self.opened = False

    def put(self, before: str, depth: int, comments_at: int | None = None) -> Piece:
        """Write the next piece with its comments; `before` is "", " " or a line break."""
        piece = self.next
        inner = depth if comments_at is None else comments_at
        must_turn = False
        for comment in piece.comments:
            if self.line is None or must_turn or comment.newlines:
                self.turn(inner, blank=comment.newlines > 1)
                before = " " if before == "\n" else before
            elif comment.spaced or comment.to_line_end or before == "\n":
                self.line += " "
            self.line = (self.line or "") + comment.text
            must_turn = comment.to_line_end
        self._separate(piece, before, depth, must_turn=must_turn)
        self.line = (self.line or "") + piece.text
        self.at = min(self.at + 1, len(self.parts) - 1)
        return piece

    def _separate(self, piece: Piece, before: str, depth: int, *, must_turn: bool) -> None:
        if piece.type == END:
            return
        after_comment = bool(piece.comments)
        if self.line is None or must_turn or before == "\n" or (after_comment and piece.newlines):
            self.turn(depth, blank=piece.newlines > 1 and piece.type != "RBRACE")
        elif after_comment:
            self.line += " " if piece.spaced else ""
        else:
            self.line += before

    # Statements

    def statement(self, depth: int, before: str = "\n") -> None:
        kind = self.next.type
        if kind == "LBRACE":
            self.block(depth, before)
        elif kind in ("IF", "WHILE", "FOR"):
            self.controlled(depth, before)
        elif kind == "SWITCH":
            self.switch(depth, before)
        elif kind == "DEFINE":
            self.put(before, depth)
        elif kind in _TYPES and self.peek(1) == "NAME" and self.peek(2) == "LPAR":
            self.function(depth, before)
        else:
            self.run(depth, before, "SEMICOLON")

    def block(self, depth: int, before: str) -> None:
        self.put(before, depth)
        self.opened = True
        if self.next.type == "RBRACE" and not self.next.comments:
            self.put("", depth)
            self.opened = False
            return
        while self.next.type != "RBRACE":
            self.statement(depth + 1)
        self.put("\n", depth, comments_at=depth + 1)
        self.opened = False

    def controlled(self, depth: int, before: str) -> None:
        """if, while, for; a chain of else-if in a loop, because it may be long."""
        while True:
            conditional = self.next.type == "IF"
            self.header(depth, before)
            self.body(depth)
            if not (conditional and self.next.type == "ELSE"):
                return
            behind_brace = self.parts[self.at - 1].type == "RBRACE"
            self.put(" " if behind_brace else "\n", depth)
            if self.next.type != "IF":
                self.body(depth)
                return
            before = " "

    def header(self, depth: int, before: str) -> None:
        """A keyword and what stands in parentheses behind it."""
        self.put(before, depth)
        self.parenthesized(depth)

    def parenthesized(self, depth: int, before: str = " ") -> None:
        self.put(before, depth)
        self.expression(depth, {"RPAR"}, 1)
        self.put("", depth)

    def body(self, depth: int) -> None:
        if self.next.type == "LBRACE":
            self.statement(depth, " ")
        else:
            self.statement(depth + 1)

    def switch(self, depth: int, before: str) -> None:
        self.header(depth, before)
        self.put(" ", depth)
        self.opened = True
        while self.next.type != "RBRACE":
            if self.next.type in ("CASE", "DEFAULT"):
                self.label(depth + 1)
            else:
                self.statement(depth + 2)
        self.put("\n", depth, comments_at=depth + 1)
        self.opened = False

    def label(self, depth: int) -> None:
        self.run(depth, "\n", "COLON")
        self.opened = True

    def function(self, depth: int, before: str) -> None:
        self.put(before, depth)
        self.put(" ", depth)
        self.parenthesized(depth, "")
        self.statement(depth, " ")

    def run(self, depth: int, before: str, last: str) -> None:
        """Everything up to and with the token that ends a statement or a label."""
        if self.next.type == last:
            self.put(before, depth)
            return
        first = self.put(before, depth)
        kind = "UNARY" if first.type in _PREFIXES else first.type
        brackets = int(kind in _OPENING)
        self.expression(depth, {last}, brackets, kind, first.text)
        self.put("", depth)

    def expression(
        self, depth: int, ends: set[str], brackets: int, previous: str = "LPAR", text: str = "("
    ) -> None:
        """Tokens up to one of `ends` outside of all brackets and of every `? :`."""
        base = brackets if "RPAR" in ends else 0
        ternaries = 0
        while not (self.next.type in ends and brackets == base and not ternaries):
            kind = self._kind(previous)
            if kind == "COLON" and brackets == base:
                ternaries -= 1
            ternaries += int(kind == "QUESTION" and brackets == base)
            brackets -= int(kind in _CLOSING)
            before = _space(previous, text, kind, self.next.text)
            inner = depth + max(brackets, int(kind not in _CLOSING))
            if self.next.newlines and kind not in ("COMMA", "SEMICOLON"):
                before = "\n" if not self.next.comments else before
            text = self.put(before, inner, comments_at=depth + max(brackets, 1)).text
            brackets += int(kind in _OPENING)
            previous = kind

    def _kind(self, previous: str) -> str:
        """The type of the next token; what an operator is depends on what stands before it."""
        kind = self.next.type
        if kind == "STEP":
            return "POSTFIX" if previous in _OPERAND_ENDS else "UNARY"
        if kind in ("NOT", "BIT_NOT") or (kind == "SUM" and previous not in _OPERAND_ENDS):
            return "UNARY"
        return kind


def _space(previous: str, text: str, kind: str, next_text: str) -> str:
    """What stands between two tokens of one line."""
    if kind == "DOT" and previous == "NUMBER":
        return " "
    if previous == "UNARY" and kind == "UNARY" and text[-1] == next_text[0]:
        return "" if text in ("!", "~") else " "
    if kind in _TIGHT_BEFORE or previous in _TIGHT_AFTER:
        return ""
    if kind in ("LPAR", "LSQB") and previous in _OPERAND_ENDS:
        return ""
    return " "
