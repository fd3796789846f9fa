"""FlexScript to stack programs for the compiled kernel: expressions and their types."""

from __future__ import annotations

from collections.abc import Callable

from ..simulation.compiled.program import MAX_LOCALS, NotLowered, Op, Program, Site
from . import tree as t
from .code_runner_expressions import PARAMETERS
from .code_runner_host import MEMBERS

INTEGER, REAL, NUMBER = "integer", "real", "number"  # NUMBER: one of the two
OBJECT, ITEM = "object", "item"
_STATISTICS = {"content": Op.CONTENT, "input": Op.INPUT, "output": Op.OUTPUT}
_PORTS = {"outObjects": Op.OUT_OBJECT, "inObjects": Op.IN_OBJECT}
_NOT_LABELS = frozenset({*MEMBERS, "rotation", "color"})
_UP = {Op.PUSH, Op.LOAD, Op.COPY, Op.NOW, Op.PORT, Op.CURRENT, Op.ITEM_LABEL}
_DOWN = {Op.STORE, Op.POP, Op.JUMP_UNLESS, Op.RETURN, Op.SET_ITEM_LABEL, Op.OUT_OBJECT,
         Op.IN_OBJECT}  # fmt: skip


class Values:
    """Emits what leaves a value on the stack and gives its type."""

    def __init__(self, site: Site) -> None:
        self.site, self.program = site, Program()
        self.scopes: list[dict[str, tuple[int, str]]] = [{}]
        self.slots = self.height = self.highest = 0

    # Instructions

    def emit(self, op: Op, a: int = 0, x: float = 0.0) -> int:
        """The place of the new instruction."""
        self.program.code.append((op, a, x))
        if op in _UP:
            self.height += 1
        elif op in _DOWN or Op.ADD <= op <= Op.MAXIMUM:
            self.height -= 1
        elif op == Op.SET_LABEL:
            self.height -= 2
        elif op == Op.DRAW:
            self.height += 1 - int(x)
        self.highest = max(self.highest, self.height)
        return len(self.program.code) - 1

    def land(self, place: int) -> None:
        """Let the jump at `place` lead to what comes next."""
        op, _, x = self.program.code[place]
        self.program.code[place] = (op, len(self.program.code), x)

    def room(self) -> int:
        """A local of its own."""
        self.slots += 1
        if self.slots > MAX_LOCALS:
            raise NotLowered("has too many variables")
        return self.slots - 1

    def label(self, name: str) -> int:
        if name in _NOT_LABELS:
            raise NotLowered(f"uses {name}")
        return self.site.labels.setdefault(name, len(self.site.labels))

    # Types

    def value(self, node: t.Expression) -> str:
        method: Callable[[t.Expression], str] | None = getattr(
            self, f"_at_{type(node).__name__.lower()}", None
        )
        if method is None:
            raise NotLowered(f"has a {type(node).__name__.lower()}")
        return method(node)

    def number(self, node: t.Expression) -> str:
        kind = self.value(node)
        if kind in (OBJECT, ITEM):
            raise NotLowered("calculates with objects")
        return kind

    def object(self, node: t.Expression) -> None:
        if self.value(node) != OBJECT:
            raise NotLowered("uses a number as an object")

    def test(self, node: t.Expression) -> None:
        """Leaves a number that is 0 where the condition fails."""
        if self.value(node) == OBJECT:
            self.emit(Op.PUSH, x=-1.0)
            self.emit(Op.EQUAL)
            self.emit(Op.NOT)

    def convert(self, found: str, wanted: str) -> None:
        """To what an int or double variable holds."""
        if found == OBJECT:
            raise NotLowered("stores an object in a number")
        if wanted == INTEGER and found != INTEGER:
            self.emit(Op.WHOLE)

    def find(self, name: str) -> tuple[int, str] | None:
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def is_item(self, node: t.Expression) -> bool:
        """Whether this is the first parameter, an item."""
        if isinstance(node, t.Name):
            known = self.find(node.name)
            found = known == (-1, ITEM) if known else node.name == "item"
        else:
            found = is_call(node, "param") and _constant(node) == 1.0
        if found and not self.site.has_item:
            raise NotLowered("has no item")
        return found

    # Expressions

    def _at_number(self, node: t.Number) -> str:
        self.emit(Op.PUSH, x=float(node.value))
        if node.integer:
            self.emit(Op.EXACT)
        return INTEGER if node.integer else REAL

    def _at_name(self, node: t.Name) -> str:
        known = self.find(node.name)
        if known is not None and known[1] != ITEM:
            self.emit(Op.LOAD, known[0])
            return known[1]
        if known is None and node.name == "current":
            self.emit(Op.CURRENT)
            return OBJECT
        if known is None and PARAMETERS.get(node.name) == 2:
            return self.port()
        if known is None and node.name in ("NULL", "nullvar"):
            self.emit(Op.PUSH, x=-1.0)
            return OBJECT
        if known is None and node.name in ("true", "false"):
            self.emit(Op.PUSH, x=float(node.name == "true"))
            return INTEGER
        raise NotLowered(f"uses {node.name}")

    def port(self) -> str:
        if not self.site.has_port:
            raise NotLowered("has no second parameter")
        self.emit(Op.PORT)
        return INTEGER

    def _at_unary(self, node: t.Unary) -> str:
        if node.operator == "!":
            self.test(node.operand)
            self.emit(Op.NOT)
            return INTEGER
        kind = self.number(node.operand)
        if node.operator == "-":
            self.emit(Op.NEGATE)
        return kind

    def _at_ternary(self, node: t.Ternary) -> str:
        self.test(node.test)
        other = self.emit(Op.JUMP_UNLESS)
        then_kind = self.value(node.then)
        end = self.emit(Op.JUMP)
        self.land(other)
        self.height -= 1
        return self.joined(then_kind, self.value(node.other), end)

    def joined(self, one: str, two: str, end: int) -> str:
        self.land(end)
        if one == two:
            return one
        if OBJECT in (one, two):
            raise NotLowered("is sometimes a number, sometimes an object")
        return NUMBER

    def _at_binary(self, node: t.Binary) -> str:
        operator = node.operator
        if operator in ("&&", "||"):
            return self.logical(node)
        if operator in ("==", "!="):
            if (self.value(node.left) == OBJECT) != (self.value(node.right) == OBJECT):
                raise NotLowered("compares an object with a number")
            self.emit(Op.EQUAL)
            if operator == "!=":
                self.emit(Op.NOT)
            return INTEGER
        left, right = self.number(node.left), self.number(node.right)
        if operator in ("<", ">=", "<=", ">"):
            self.emit(Op.LESS if operator in ("<", ">=") else Op.LESS_EQUAL)
            if operator in (">=", ">"):
                self.emit(Op.NOT)
            return INTEGER
        return self.arithmetic(operator, left, right)

    def logical(self, node: t.Binary) -> str:
        self.test(node.left)
        if node.operator == "||":
            self.emit(Op.NOT)
        other = self.emit(Op.JUMP_UNLESS)
        self.test(node.right)
        self.emit(Op.NOT)
        self.emit(Op.NOT)
        end = self.emit(Op.JUMP)
        self.land(other)
        self.height -= 1
        self.emit(Op.PUSH, x=float(node.operator == "||"))
        self.land(end)
        return INTEGER

    def arithmetic(self, operator: str, left: str, right: str) -> str:
        """The operation on the two uppermost numbers."""
        kind = REAL if REAL in (left, right) else NUMBER if NUMBER in (left, right) else INTEGER
        if operator == "/":
            if kind == NUMBER:
                raise NotLowered("divides what may be whole numbers")
            self.emit(Op.DIVIDE if kind == REAL else Op.DIVIDE_WHOLE)
            return kind
        ops = {"+": Op.ADD, "-": Op.SUBTRACT, "*": Op.MULTIPLY, "%": Op.MODULO}
        self.emit(ops[operator])
        if kind != REAL:
            self.emit(Op.EXACT)
        return kind

    def _at_step(self, node: t.Step) -> str:
        old, new = self.room(), self.room()
        kind = self.number(node.operand)
        self.emit(Op.STORE, old)

        def following() -> str:
            self.emit(Op.LOAD, old)
            self.emit(Op.PUSH, x=1.0)
            return self.arithmetic("+" if node.operator == "++" else "-", kind, INTEGER)

        self.assign(node.operand, following)
        self.emit(Op.STORE, new)
        self.emit(Op.LOAD, new if node.before else old)
        return kind

    def _at_assign(self, node: t.Assign) -> str:
        if node.operator == "=":
            return self.assign(node.target, lambda: self.value(node.value))
        changed = t.Binary(node.span, node.operator[:-1], node.target, node.value)
        return self.assign(node.target, lambda: self.value(changed))

    def assign(self, target: t.Expression, value: Callable[[], str]) -> str:
        """Store what `value` emits; it stays on the stack."""
        if isinstance(target, t.Name):
            return self.assign_variable(target, value)
        owner, name = label_of(target)
        if self.is_item(owner):
            kind = self.plain(value())
            self.emit(Op.COPY)
            self.emit(Op.SET_ITEM_LABEL, self.label(name))
            return kind
        place, kept = self.room(), self.room()
        self.object(owner)
        self.emit(Op.STORE, place)
        kind = self.plain(value())
        self.emit(Op.STORE, kept)
        self.emit(Op.LOAD, place)
        self.emit(Op.LOAD, kept)
        self.emit(Op.SET_LABEL, self.label(name))
        self.emit(Op.LOAD, kept)
        return kind

    def plain(self, kind: str) -> str:
        if kind == OBJECT:
            raise NotLowered("keeps an object in a label")
        return kind

    def assign_variable(self, target: t.Name, value: Callable[[], str]) -> str:
        known = self.find(target.name)
        if known is None or known[1] == ITEM:
            raise NotLowered(f"assigns to {target.name}")
        slot, wanted = known
        found = value()
        if found != wanted and OBJECT in (found, wanted):
            raise NotLowered(f"changes the type of {target.name}")
        if wanted == INTEGER:
            self.convert(found, wanted)
        self.emit(Op.COPY)
        self.emit(Op.STORE, slot)
        return wanted

    def _at_index(self, node: t.Index) -> str:
        if not isinstance(node.value, t.Member) or node.value.name not in _PORTS:
            raise NotLowered("uses [ ]")
        self.object(node.value.value)
        self.number(node.index)
        self.emit(_PORTS[node.value.name])
        return OBJECT

    def _at_member(self, node: t.Member) -> str:
        if node.optional or getattr(node, "lenient", False):
            raise NotLowered("uses ?")
        owner = node.value
        if isinstance(owner, t.Name) and (owner.name, node.name) == ("Model", "time"):
            self.emit(Op.NOW)
            return REAL
        if isinstance(owner, t.Member) and self.counted(owner, node.name):
            return INTEGER
        return self.read_label(*label_of(node))

    def counted(self, owner: t.Member, name: str) -> bool:
        """obj.stats.content.value, obj.subnodes.length, obj.outObjects.length"""
        inner = owner.value
        if name == "value" and isinstance(inner, t.Member) and inner.name == "stats":
            op, place = _STATISTICS.get(owner.name), inner.value
        elif name == "length":
            lengths = {"subnodes": Op.CONTENT, "outObjects": Op.OUT_COUNT, "inObjects": Op.IN_COUNT}
            op, place = lengths.get(owner.name), inner
        else:
            return False
        if op is None or self.is_item(place):
            raise NotLowered(f"uses {owner.name}")
        self.object(place)
        self.emit(op)
        return True

    def read_label(self, owner: t.Expression, name: str) -> str:
        if self.is_item(owner):
            self.emit(Op.ITEM_LABEL, self.label(name))
        else:
            self.object(owner)
            self.emit(Op.LABEL, self.label(name))
        return NUMBER


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


def label_of(node: t.Expression) -> tuple[t.Expression, str]:
    """The owner and the name of x.name or x.labels["name"].value."""
    if not isinstance(node, t.Member):
        raise NotLowered("assigns to something else")
    inner = node.value
    if node.name != "value" or not isinstance(inner, t.Index):
        return node.value, node.name
    if isinstance(inner.value, t.Member) and inner.value.name == "labels":
        return inner.value.value, text(inner.index)
    return node.value, node.name
