"""FlexScript to stack programs for the compiled kernel: expressions and their kinds."""

from __future__ import annotations

import math
from typing import Any

from ..simulation.compiled.kinds import (
    INTEGER,
    ITEM,
    NUMBER,
    NUMBERS,
    OBJECT,
    REAL,
    TEXT,
    UNKNOWN,
    joined,
    kind_of,
)
from ..simulation.compiled.program import NotLowered, Op
from . import tree as t
from .arithmetic import BITS
from .code_runner_expressions import PARAMETERS, is_label_node
from .code_runner_lower_emit import constant_of, text
from .code_runner_lower_places import Places, label_of

STATISTICS = {"content": Op.CONTENT, "input": Op.INPUT, "output": Op.OUTPUT}
_PORTS = {"outObjects": Op.OUT_OBJECT, "inObjects": Op.IN_OBJECT}
_LENGTHS = {"subnodes": Op.CONTENT, "outObjects": Op.OUT_COUNT, "inObjects": Op.IN_COUNT}
_ARITHMETIC = {
    "+": Op.ADD, "-": Op.SUBTRACT, "*": Op.MULTIPLY, "%": Op.MODULO, "&": Op.BITS_AND,
    "|": Op.BITS_OR, "^": Op.BITS_XOR, "<<": Op.SHIFT_LEFT, ">>": Op.SHIFT_RIGHT,
}  # fmt: skip
_CONSTANTS = {"true": 1, "false": 0}


class Values(Places):
    """Emits what leaves a value on the stack and gives its kind."""

    def constant(self, name: str) -> Any:
        """The value of a name of FlexScript; None where it has none."""
        from .code_runner_commands import CONSTANTS

        return _CONSTANTS.get(name, CONSTANTS.get(name))

    def push_value(self, value: Any) -> str:
        """A number, a text or NULL."""
        kind = kind_of(value)
        if kind == TEXT:
            return self.push_text(value)
        self.push(-1.0 if value is None else value)
        return kind

    def test(self, node: t.Expression) -> None:
        """Leaves a number that is 0 where the condition fails."""
        if self.is_item(node):
            self.push(1)
            return
        if isinstance(node, t.Member) and node.lenient:
            self._test_label(node)
            return
        if is_label_node(node):
            self._is_there(node)
            return
        self._truth(self.value(node))

    def _truth(self, kind: str) -> None:
        if kind == OBJECT:
            self.push(-1)
            self.emit(Op.EQUAL)
            self.emit(Op.NOT)
        elif kind not in NUMBERS:
            raise NotLowered(f"tests a {kind}")

    def _test_label(self, node: t.Member) -> None:
        """`if (x.label?)`: whether there is such a label, and what it says."""
        owner, name = label_of(node)
        self.has_label(owner, name)
        missing = self.emit(Op.JUMP_UNLESS)
        self._truth(self.read_label(owner, name))
        end = self.emit(Op.JUMP)
        self.land(missing)
        self.height -= 1
        self.push(0)
        self.land(end)

    # Expressions

    def _at_number(self, node: t.Number) -> str:
        self.push(node.value)
        if node.integer:
            self.emit(Op.EXACT)
        return INTEGER if node.integer else REAL

    def _at_string(self, node: t.String) -> str:
        return self.push_text(node.value)

    def _at_arrayliteral(self, node: t.ArrayLiteral) -> str:
        raise NotLowered("uses an array as a value")

    def _at_name(self, node: t.Name) -> str:
        known = self.find(node.name)
        if known is not None:
            if known.slot < 0 or self.array_of(node) or known.table:
                raise NotLowered(f"uses {node.name} as a value")
            self.emit(Op.LOAD, known.slot)
            return known.kind
        if node.name == "current":
            self.emit(Op.CURRENT)
            return OBJECT
        if PARAMETERS.get(node.name) == 2:
            return self.port()
        value = self.constant(node.name)
        if value is None and not self.is_null(node):
            raise NotLowered(f"uses {node.name}")
        return self.push_value(value)

    def port(self) -> str:
        if not self.site.has_port:
            raise NotLowered("has no second parameter")
        self.emit(Op.PORT)
        return INTEGER

    def _at_sequence(self, node: t.Sequence) -> str:
        for item in node.items[:-1]:
            self.value(item)
            self.emit(Op.POP)
        return self.value(node.items[-1])

    def _at_unary(self, node: t.Unary) -> str:
        if node.operator == "!":
            self.test(node.operand)
            self.emit(Op.NOT)
            return INTEGER
        kind = self.number(node.operand)
        if node.operator == "-":
            self.emit(Op.NEGATE)
        elif node.operator == "~":
            self.convert(kind, INTEGER)
            self.emit(Op.INVERT)
            return INTEGER
        return kind

    def _at_ternary(self, node: t.Ternary) -> str:
        self.test(node.test)
        other = self.emit(Op.JUMP_UNLESS)
        then_kind = self.value(node.then)
        end = self.emit(Op.JUMP)
        self.land(other)
        self.height -= 1
        other_kind = self.value(node.other)
        self.land(end)
        return joined(then_kind, other_kind)

    def _at_binary(self, node: t.Binary) -> str:
        operator = node.operator
        if operator in ("&&", "||"):
            return self.logical(node)
        if operator in ("==", "!="):
            self.equality(node.left, node.right)
            if operator == "!=":
                self.emit(Op.NOT)
            return INTEGER
        left = self.number(node.left)
        if operator in BITS:
            self.convert(left, INTEGER)
        right = self.number(node.right)
        if operator in ("<", ">=", "<=", ">"):
            self.emit(Op.LESS if operator in ("<", ">=") else Op.LESS_EQUAL)
            if operator in (">=", ">"):
                self.emit(Op.NOT)
            return INTEGER
        if operator in BITS:
            self.convert(right, INTEGER)
            left = right = INTEGER
        return self.arithmetic(operator, left, right)

    def equality(self, left: t.Expression, right: t.Expression) -> None:
        """Leaves 1 where both are equal; of different kinds nothing is."""
        for one, other in ((left, right), (right, left)):
            if self.is_null(other) and self._compared_with_null(one):
                return
        self.same(self.value(left), self.value(right))

    def same(self, one: str, two: str) -> None:
        """The comparison of the two uppermost values."""
        comparable = UNKNOWN in (one, two) or one == two or (one in NUMBERS and two in NUMBERS)
        if comparable and one != ITEM:
            self.emit(Op.EQUAL)
            return
        self.emit(Op.POP)
        self.emit(Op.POP)
        self.push(0)

    def _compared_with_null(self, node: t.Expression) -> bool:
        """`item == NULL`, `x.label? == NULL`"""
        if self.is_item(node):
            self.push(0)
            return True
        if isinstance(node, t.Member) and node.lenient:
            self.has_label(*label_of(node))
            self.emit(Op.NOT)
            return True
        if is_label_node(node):
            self._is_there(node)
            self.emit(Op.NOT)
            return True
        return False

    def _is_there(self, node: t.Index) -> None:
        """x.labels["name"] is NULL where there is no such label."""
        if isinstance(node.value, t.Member):
            self.has_label(node.value.value, text(node.index))

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
        self.push(node.operator == "||")
        self.land(end)
        return INTEGER

    def arithmetic(self, operator: str, left: str, right: str) -> str:
        """The operation on the two uppermost numbers."""
        kind = NUMBER
        if REAL in (left, right):
            kind = REAL
        elif UNKNOWN in (left, right):
            kind = UNKNOWN
        elif left == right:
            kind = left
        if operator == "/":
            whole = {REAL: Op.DIVIDE, INTEGER: Op.DIVIDE_WHOLE}
            self.emit(whole.get(kind, Op.DIVIDE_ANY))
            return kind
        self.emit(_ARITHMETIC[operator])
        if kind != REAL:
            self.emit(Op.EXACT)
        return kind

    def _at_step(self, node: t.Step) -> str:
        old, new, operand = self.room(), self.room(), self.once(node.operand)
        kind = self.number(operand)
        self.emit(Op.STORE, old)

        def following() -> str:
            self.emit(Op.LOAD, old)
            self.push(1)
            return self.arithmetic("+" if node.operator == "++" else "-", kind, INTEGER)

        self.assign(operand, following)
        self.emit(Op.STORE, new)
        self.emit(Op.LOAD, new if node.before else old)
        return kind

    def _at_assign(self, node: t.Assign) -> str:
        if isinstance(node.target, t.Member) and node.target.name == "color":
            return self.unseen((node.target.value, node.value))
        if node.operator == "=":
            return self.assign(node.target, lambda: self.value(node.value))
        target = self.once(node.target, node.value)
        changed = t.Binary(node.span, node.operator[:-1], target, node.value)
        return self.assign(target, lambda: self.value(changed))

    def unseen(self, given: tuple[t.Expression, ...]) -> str:
        """What only the eye would notice: its arguments are evaluated, no more."""
        self._evaluated(given)
        return self.nothing()

    def _evaluated(self, given: tuple[t.Expression, ...]) -> None:
        for node in given:
            if self.is_item(node):
                continue
            if is_colour(node):
                self._evaluated(node.arguments if isinstance(node, t.Call) else ())
                continue
            self.value(node)
            self.emit(Op.POP)

    # Members and items

    def _at_index(self, node: t.Index) -> str:
        array = self.array_of(node.value)
        if array is not None:
            return self.read_element(array, node.index)
        inner = node.value
        if isinstance(inner, t.Index):
            table = self.table_of(inner.value)
            if table is not None:
                return self.read_cell(table, inner.index, node.index)
        if isinstance(inner, t.Member) and inner.name == "centerObjects":
            return self.center(inner.value, node.index, strict=True)
        if not isinstance(inner, t.Member) or inner.name not in _PORTS:
            raise NotLowered("uses [ ]")
        self.object(inner.value)
        self.number(node.index)
        self.emit(_PORTS[inner.name])
        return OBJECT

    def center(self, owner: t.Expression, index: t.Expression, *, strict: bool) -> str:
        """What is connected to a centre port of the current object."""
        place, centers = constant_of(index), self.site.centers
        if place is None or not self.is_current(owner):
            raise NotLowered("chooses a centre port")
        inside = 1 <= place < len(centers) + 1
        found = centers[int(place) - 1] if inside else -1
        if found < 0 and (inside or strict):
            raise NotLowered("uses a centre port that leads to no object of the run")
        self.push(found)
        return OBJECT

    def _at_member(self, node: t.Member) -> str:
        if node.optional or node.lenient:
            raise NotLowered("uses ?")
        owner, name = node.value, node.name
        if isinstance(owner, t.Name) and (owner.name, name) == ("Model", "time"):
            self.emit(Op.NOW)
            return REAL
        found = self._of_whole(owner, name) or self._of_part(owner, name)
        return found or self.read_label(*label_of(node))

    def _of_whole(self, owner: t.Expression, name: str) -> str | None:
        """Parameters, sizes of arrays and tables, Math.pi."""
        if isinstance(owner, t.Name) and owner.name == "Math" and name in ("pi", "e"):
            self.push(math.pi if name == "pi" else math.e)
            return REAL
        if name == "value" and isinstance(owner, t.Member) and is_parameters(owner.value):
            name = owner.name
            owner = owner.value
        if is_parameters(owner):
            if name not in self.commons.parameters:
                raise NotLowered(f"uses the parameter {name}, which is not there")
            return self.push_value(self.commons.parameters[name])
        array = self.array_of(owner) if name == "length" else None
        if array is not None:
            self.push(array.length)
            return INTEGER
        table = self.table_of(owner) if name in ("numRows", "numCols") else None
        return None if table is None else self.size_of_table(table, name)

    def size_of_table(self, table: str, name: str) -> str:
        self.grid(table)
        rows = self.commons.tables[table]
        self.push(len(rows) if name == "numRows" else len(rows[0]) if rows else 0)
        return INTEGER

    def _of_part(self, owner: t.Expression, name: str) -> str | None:
        """obj.stats.content.value, obj.stats.state().value, obj.subnodes.length and the like"""
        called = isinstance(owner, t.Call) and not owner.arguments
        part = owner.function if isinstance(owner, t.Call) and called else owner
        if not isinstance(part, t.Member):
            return None
        inner = part.value
        if name == "length" and part.name == "centerObjects" and self.is_current(inner):
            self.push(len(self.site.centers))
            return INTEGER
        op, place = None, inner
        if name == "value" and isinstance(inner, t.Member) and inner.name == "stats":
            op, place = STATISTICS.get(part.name), inner.value
            op = Op.STATE if called and part.name == "state" else None if called else op
        elif name == "length" and not called:
            op = _LENGTHS.get(part.name)
        else:
            return None
        return self.counted(op, place, part.name)

    def counted(self, op: Op | None, place: t.Expression, name: str) -> str:
        """A number that an object has, or how much is in the item."""
        if op == Op.CONTENT and self.is_item(place):
            self.emit(Op.ITEM_CONTENT)
            return INTEGER
        if op is None or self.is_item(place):
            raise NotLowered(f"uses {name}")
        self.object(place)
        self.emit(op)
        return INTEGER


def is_parameters(node: t.Expression) -> bool:
    """Model.parameters"""
    owner = node.value if isinstance(node, t.Member) and node.name == "parameters" else None
    return isinstance(owner, t.Name) and owner.name == "Model"


def is_colour(node: t.Expression) -> bool:
    """Color.red, Color(…), Color.random(…), Vec3(…)"""
    inner = node.function if isinstance(node, t.Call) else node
    owner = inner.value if isinstance(inner, t.Member) else inner
    return isinstance(owner, t.Name) and owner.name in ("Color", "Vec3")
