"""FlexScript to stack programs for the compiled kernel: instructions, variables, kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..simulation.compiled.kinds import COMPOSED, ITEM, NUMBERS, OBJECT, TEXT
from ..simulation.compiled.program import MAX_LOCALS, NotLowered, Op, Program, Site, effect
from . import tree as t

ARRAY, TABLE, NOTHING = "array", "table", "nothing"  # kinds that are no values on the stack
_LONGEST = 20_000  # steps of a program; calls of functions are copies of them


@dataclass(frozen=True)
class Local:
    """A variable: its place, or the first of an array's; `cells` is what the array holds."""

    slot: int
    kind: str
    length: int = 0
    cells: str = ""
    table: str = ""


class Emitter:
    """Writes instructions; `_at_…` methods of its heirs leave a value and give its kind."""

    def __init__(self, site: Site) -> None:
        self.site, self.commons, self.program = site, site.commons, Program()
        self.scopes: list[dict[str, Local]] = [{}]
        self.slots = self.height = self.highest = 0
        self.changed_arrays: frozenset[str] = frozenset()

    def emit(self, op: Op, a: int = 0, x: float = 0.0) -> int:
        """The place of the new instruction."""
        self.program.code.append((op, a, x))
        if len(self.program.code) > _LONGEST:
            raise NotLowered("is too long")
        self.height += effect(op, x)
        self.highest = max(self.highest, self.height)
        return len(self.program.code) - 1

    def push(self, value: float) -> None:
        self.emit(Op.PUSH, x=float(value))

    def push_text(self, text: str) -> str:
        self.push(self.commons.text(text))
        return TEXT

    def nothing(self) -> str:
        """A call whose result cannot be used."""
        self.push(0)
        return NOTHING

    def land(self, place: int) -> None:
        """Let the jump at `place` lead to what comes next."""
        op, _, x = self.program.code[place]
        self.program.code[place] = (op, len(self.program.code), x)

    def room(self, count: int = 1) -> int:
        """Locals of its own."""
        self.slots += count
        if self.slots > MAX_LOCALS:
            raise NotLowered("has too many variables")
        return self.slots - count

    # Kinds

    def value(self, node: t.Expression) -> str:
        method: Callable[[t.Expression], str] | None = getattr(
            self, f"_at_{type(node).__name__.lower()}", None
        )
        if method is None:
            raise NotLowered(f"has a {type(node).__name__.lower()}")
        return method(node)

    def number(self, node: t.Expression) -> str:
        kind = self.value(node)
        if kind not in NUMBERS:
            raise NotLowered(f"calculates with {_plural(kind)}")
        return kind

    def object(self, node: t.Expression) -> None:
        if self.value(node) not in (OBJECT, ""):
            raise NotLowered("uses a number as an object")

    def usable(self, kind: str) -> str:
        """A kind that variables and labels hold."""
        if kind == COMPOSED:
            raise NotLowered("keeps a text that is put together")
        if kind in (ARRAY, TABLE, NOTHING, ITEM):
            raise NotLowered(f"keeps {_plural(kind)}")
        return kind

    # Names

    def find(self, name: str) -> Local | None:
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def is_item(self, node: t.Expression) -> bool:
        """Whether this is the first parameter, an item."""
        if isinstance(node, t.Name):
            known = self.find(node.name)
            found = known.kind == ITEM if known else node.name == "item"
        elif isinstance(node, t.Call) and isinstance(node.function, t.Member):
            return node.function.name == "as" and self.is_item(node.function.value)
        else:
            found = is_call(node, "param") and _constant(node) == 1.0
        if found and not self.site.has_item:
            raise NotLowered("has no item")
        return found

    def is_null(self, node: t.Expression) -> bool:
        return (
            isinstance(node, t.Name)
            and node.name in ("NULL", "nullvar")
            and not self.find(node.name)
        )

    def is_current(self, node: t.Expression) -> bool:
        """Whether this is sure to be the object that the code belongs to."""
        if isinstance(node, t.Name):
            known = self.find(node.name)
            return known is None and node.name == "current"
        return is_call(node, "ownerobject")


def _plural(kind: str) -> str:
    return "nothing" if kind == NOTHING else f"{kind}s"


def is_call(node: t.Expression, name: str) -> bool:
    return (
        isinstance(node, t.Call)
        and isinstance(node.function, t.Name)
        and node.function.name == name
        and len(node.arguments) == 1
    )


def _constant(call: t.Expression) -> float | None:
    return constant_of(call.arguments[0]) if isinstance(call, t.Call) else None


def constant_of(node: t.Expression) -> float | None:
    if isinstance(node, t.Unary) and node.operator == "-":
        inner = constant_of(node.operand)
        return None if inner is None else -inner
    return float(node.value) if isinstance(node, t.Number) else None


def text(node: t.Expression) -> str:
    if not isinstance(node, t.String):
        raise NotLowered("computes a name")
    return node.value
