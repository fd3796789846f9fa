"""FlexScript to stack programs: what code prints, as pieces of text and values between them."""

from __future__ import annotations

from ..simulation.compiled.kinds import COMPOSED
from ..simulation.compiled.program import MAX_SAID, NAME, PLAIN, NotLowered, Op
from . import tree as t
from .code_runner_lower_values import Values

PRINTING = frozenset({"print", "msg", "mpt", "mpd", "mpf", "mpr", "pt", "pd", "pf", "pr"})
Pieces = list[tuple[str, str]]


class Printing(Values):
    """The values go to the stack; the line says what stands between them."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.functions: dict[str, t.Function] = {}

    def inlined(self, function: t.Function, given: tuple[t.Expression, ...]) -> str:
        """The body of a function in the place of a call."""
        raise NotImplementedError

    def printed(self, given: tuple[t.Expression, ...]) -> str:
        pieces: Pieces = []
        for place, node in enumerate(given):
            pieces += [(PLAIN, " ")] if place else []
            pieces += self.pieces(node)
        count = sum(kind != PLAIN for kind, _ in pieces)
        if count > MAX_SAID:
            raise NotLowered("prints many values at once")
        self.emit(Op.SAY, len(self.commons.lines), float(count))
        self.commons.lines.append(tuple(pieces))
        return self.nothing()

    def _at_binary(self, node: t.Binary) -> str:
        return self.composed(node) if is_text(node) else super()._at_binary(node)

    def composed(self, node: t.Expression) -> str:
        """A text put together: its parts are evaluated, and what comes of them nobody reads."""
        for kind, _ in self.pieces(node):
            if kind != PLAIN:
                self.emit(Op.POP)
        self.push(0)
        return COMPOSED

    def pieces(self, node: t.Expression) -> Pieces:
        """A text with what is joined to it."""
        if isinstance(node, t.String):
            return [(PLAIN, node.value)]
        if isinstance(node, t.Binary) and node.operator == "+" and is_text(node):
            return self.pieces(node.left) + self.pieces(node.right)
        if isinstance(node, t.Call) and is_concat(node):
            return [piece for item in node.arguments for piece in self.pieces(item)]
        if is_from_number(node) and isinstance(node, t.Call):
            return [(self.number(node.arguments[0]), "")]
        if self.is_item(node):
            return [(self.read_label(node, NAME), "")]
        return [(self.usable(self.value(node)), "")]


def is_text(node: t.Expression) -> bool:
    """Whether this is sure to be a text."""
    if isinstance(node, t.Binary):
        return node.operator == "+" and (is_text(node.left) or is_text(node.right))
    return isinstance(node, t.String) or is_concat(node)


def is_concat(node: t.Expression) -> bool:
    function = node.function if isinstance(node, t.Call) else None
    return isinstance(function, t.Name) and function.name == "concat"


def is_from_number(node: t.Expression) -> bool:
    """string.fromNum(x)"""
    function = node.function if isinstance(node, t.Call) and len(node.arguments) == 1 else None
    return (
        isinstance(function, t.Member)
        and function.name == "fromNum"
        and isinstance(function.value, t.Name)
        and function.value.name == "string"
    )
