"""Expressions of FlexScript as Python expressions; names, types and places in the source."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from . import tree as t
from .arithmetic import BITS
from .diagnostics import FlexScriptError, Span
from .interpreter import TYPES

PARAMETERS = {
    "item": 1, "taskSequence": 1, "fromObject": 1, "fromobject": 1, "msgsendingobject": 1, "port": 2, "rownumber": 2,
    "batchsize": 2, "station": 2, "trigger": 2, "destination": 3, "priority": 4, "preempt": 5,
}  # fmt: skip
"""Names that FlexSim declares before the code of a property or trigger, by parameter."""
LOGIC: dict[str, ast.boolop] = {"&&": ast.And(), "||": ast.Or()}
_COMPARE: dict[str, ast.cmpop] = {
    "<": ast.Lt(), ">": ast.Gt(), "<=": ast.LtE(), ">=": ast.GtE(), "==": ast.Eq(),
    "!=": ast.NotEq(),
}  # fmt: skip
_SET_NODES = frozenset({"setnodenum", "setnodestr"})
_HELPERS = {"+": "plus", "-": "minus", "*": "times", "/": "divide", "%": "modulo"}
_OF_MANY = frozenset("+-*/")  # operators of vectors, too
CONVERSIONS = {
    "int": "whole", "double": "real", "string": "texted",
    **dict.fromkeys(("Vec2", "Vec3", "Vec4", "Color", "Variant", "var"), "copied"),
}  # fmt: skip
_NUMBERS = frozenset({"int", "double"})
INITIAL: dict[str, Any] = {"int": 0, "double": 0.0, "string": ""}


@dataclass(frozen=True)
class Names:
    """What a name may mean beside variables; each raises FlexScriptError on what is unknown."""

    constant: Callable[[str, Span], Any]
    command: Callable[[str, Span], None]


@dataclass(frozen=True)
class Variable:
    name: str
    type: str


@dataclass
class Frame:
    """One Python function in the making; `ways` says what `continue` means, innermost last."""

    scopes: list[dict[str, Variable]] = field(default_factory=lambda: [{}])
    locals: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


@dataclass
class Way:
    """A loop (`step` runs before its next round) or a switch (`flag` carries the continue out)."""

    step: t.Expression | None = None
    flag: str = ""
    used: bool = False


def is_label_node(node: t.Expression) -> TypeGuard[t.Index]:
    """x.labels["name"]"""
    inner = node.value if isinstance(node, t.Index) else None
    return isinstance(inner, t.Member) and inner.name == "labels"


def name_of(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(name_of(name), list(args), [])


def listed(items: Iterable[ast.expr]) -> ast.List:
    return ast.List(list(items), ast.Load())


class Expressions:
    """Resolves names and translates expressions; statements are in `code_runner_translate`."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.frame = self.outer = Frame()
        self.functions: dict[str, t.Function] = {}
        self.returned = ""  # what the function in the making returns, by its declaration
        self.count = 0

    # Names

    def fresh(self) -> str:
        self.count += 1
        name = f"v{self.count}"
        self.frame.locals.append(name)
        return name

    def declare(self, kind: str, name: str) -> str:
        known = self.frame.scopes[-1].get(name)
        variable = Variable(known.name if known else self.fresh(), kind)
        self.frame.scopes[-1][name] = variable
        return variable.name

    def find(self, name: str) -> Variable | None:
        return next((scope[name] for scope in reversed(self.frame.scopes) if name in scope), None)

    def placed(self, made: Any, span: Span) -> Any:
        if not hasattr(made, "lineno"):
            made.lineno, made.col_offset = span.line, max(0, span.column - 1)
            made.end_lineno, made.end_col_offset = span.end_line, max(0, span.end_column - 1)
        return made

    # Expressions

    def value(self, node: t.Expression) -> ast.expr:
        made = getattr(self, f"_at_{type(node).__name__.lower()}")(node)
        placed: ast.expr = self.placed(made, node.span)
        return placed

    def values(self, nodes: Iterable[t.Expression]) -> ast.List:
        return listed(self.value(node) for node in nodes)

    def number(self, node: t.Expression) -> ast.expr:
        made = self.value(node)
        if self.numeric(node):
            return made
        checked: ast.expr = self.placed(call("number", made), node.span)
        return checked

    def numeric(self, node: t.Expression) -> bool:
        """Whether the value is sure to be a number."""
        if isinstance(node, t.Name):
            variable = self.find(node.name)
            return variable is not None and variable.type in _NUMBERS
        if isinstance(node, t.Binary) and node.operator in _OF_MANY:
            return self.numeric(node.left) and self.numeric(node.right)
        if isinstance(node, t.Unary) and node.operator == "-":
            return self.numeric(node.operand)
        return isinstance(node, t.Number | t.Unary | t.Binary | t.Step)

    def converted(self, kind: str, node: t.Expression) -> ast.expr:
        """The value as a variable of that type holds it."""
        value = self.value(node)
        return call(CONVERSIONS[kind], value) if kind in CONVERSIONS else value

    def test(self, node: t.Expression) -> ast.expr:
        """The value as Python's `if` may take it."""
        if is_label_node(node):
            return self.label_there(node)
        made = self.value(node)
        logical = isinstance(node, t.Binary) and (
            node.operator in _COMPARE or node.operator in LOGIC
        )
        return made if logical else call("truth", made)

    def label_there(self, node: t.Index) -> ast.expr:
        """x.labels["name"] is NULL where there is no such label; only writing makes it."""
        made = call("label_there", self.value(node.value), self.value(node.index))
        placed: ast.expr = self.placed(made, node.span)
        return placed

    def _at_number(self, node: t.Number) -> ast.expr:
        return ast.Constant(int(node.value) if node.integer else node.value)

    def _at_string(self, node: t.String) -> ast.expr:
        return ast.Constant(node.value)

    def _at_arrayliteral(self, node: t.ArrayLiteral) -> ast.expr:
        return call("array", self.values(node.items))

    def _at_name(self, node: t.Name) -> ast.expr:
        variable = self.find(node.name)
        if variable is not None:
            return name_of(variable.name)
        if node.name == "current":
            return name_of("current")
        if node.name in PARAMETERS:
            return parameter(PARAMETERS[node.name])
        if node.name in TYPES:
            return call("type_named", ast.Constant(node.name))
        return ast.Constant(self.names.constant(node.name, node.span))

    def _at_unary(self, node: t.Unary) -> ast.expr:
        if node.operator == "!":
            return ast.UnaryOp(ast.Not(), self.test(node.operand))
        if node.operator == "-" and not self.numeric(node.operand):
            return call("negated", self.value(node.operand))
        value = self.number(node.operand)
        if node.operator == "~":
            return call("inverted", value)
        return ast.UnaryOp(ast.USub(), value) if node.operator == "-" else value

    def _at_sequence(self, node: t.Sequence) -> ast.expr:
        """(first, second)[-1]"""
        made = ast.Tuple([self.value(item) for item in node.items], ast.Load())
        return ast.Subscript(made, ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.Load())

    def _at_step(self, node: t.Step) -> ast.expr:
        """x++ is (old := x, x := old + 1)[0], ++x the same with [1]."""
        old = self.fresh()
        held, operand = self.once(node.operand)
        taken = ast.NamedExpr(ast.Name(old, ast.Store()), self.number(operand))
        sign = ast.Add() if node.operator == "++" else ast.Sub()
        after = ast.BinOp(name_of(old), sign, ast.Constant(1))
        parts = ast.Tuple([*held, taken, self.assigned(operand, after)], ast.Load())
        return ast.Subscript(parts, ast.Constant(len(held) + int(node.before)), ast.Load())

    def once(
        self, target: t.Expression, value: t.Expression | None = None
    ) -> tuple[list[ast.expr], t.Expression]:
        """The target of an assignment with its parts in variables, and what fills these first;
        as it stands where working it out twice makes no difference.
        """
        held: list[ast.expr] = []
        if not isinstance(target, t.Index | t.Member) or not t.has_effects(target, value):
            return held, target

        def work_out(node: t.Expression) -> t.Name:
            name = self.fresh()
            held.append(ast.NamedExpr(ast.Name(name, ast.Store()), self.value(node)))
            self.frame.scopes[-1][f"<{name}>"] = Variable(name, "")
            return t.Name(node.span, f"<{name}>")

        return held, t.once(target, work_out)

    def _at_ternary(self, node: t.Ternary) -> ast.expr:
        return ast.IfExp(self.test(node.test), self.value(node.then), self.value(node.other))

    def _at_binary(self, node: t.Binary) -> ast.expr:
        operator = node.operator
        if operator in LOGIC:
            return ast.BoolOp(LOGIC[operator], [self.test(node.left), self.test(node.right)])
        if operator in ("==", "!="):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if is_label_node(one) and isinstance(other, t.Name) and other.name == "NULL":
                    there = self.label_there(one)
                    return there if operator == "!=" else ast.UnaryOp(ast.Not(), there)
            left, right = self.value(node.left), self.value(node.right)
            return ast.Compare(left, [_COMPARE[operator]], [right])
        sure = self.numeric(node.left), self.numeric(node.right)
        if operator in _COMPARE and not any(sure):
            left, right = self.value(node.left), self.value(node.right)
            return call("compared", ast.Constant(operator), left, right)
        if operator in _COMPARE:
            left, right = self.number(node.left), self.number(node.right)
            return ast.Compare(left, [_COMPARE[operator]], [right])
        if operator == "-" and all(sure):
            return ast.BinOp(self.number(node.left), ast.Sub(), self.number(node.right))
        if operator in BITS:
            left, right = self.number(node.left), self.number(node.right)
            return call("of_bits", ast.Constant(operator), left, right)
        return call(_HELPERS[operator], self.value(node.left), self.value(node.right))

    def _at_assign(self, node: t.Assign) -> ast.expr:
        if node.operator == "=":
            return self.assigned(node.target, self.value(node.value))
        held, target = self.once(node.target, node.value)
        changed = t.Binary(node.span, node.operator[:-1], target, node.value)
        made = self.assigned(target, self.value(changed))
        if not held:
            return made
        parts = ast.Tuple([*held, made], ast.Load())
        return ast.Subscript(parts, ast.Constant(len(held)), ast.Load())

    def assigned(self, target: t.Expression, value: ast.expr) -> ast.expr:
        """An expression that stores `value` and gives it."""
        if isinstance(target, t.Name):
            variable = self.find(target.name)
            if variable is None:
                hint = f"Declare it first, for example: Variant {target.name};"
                raise FlexScriptError(
                    f"“{target.name}” is not declared.", target.span, hint, "name"
                )
            if variable.type in CONVERSIONS:
                value = call(CONVERSIONS[variable.type], value)
            return ast.NamedExpr(ast.Name(variable.name, ast.Store()), value)
        if isinstance(target, t.Index):
            return call("set_index", self.value(target.value), self.value(target.index), value)
        if isinstance(target, t.Member):
            return call("set_member", self.value(target.value), ast.Constant(target.name), value)
        raise FlexScriptError("This cannot be assigned to.", target.span, code="syntax")

    def _at_index(self, node: t.Index) -> ast.expr:
        return call("index", self.value(node.value), self.value(node.index))

    def _at_member(self, node: t.Member) -> ast.expr:
        if isinstance(node.value, t.Name) and (node.value.name, node.name) == ("Model", "time"):
            return _now()
        helper = "member_if" if node.optional else "member"
        if getattr(node, "lenient", False):
            helper = "label_or_null"
        return call(helper, self.value(node.value), ast.Constant(node.name))

    def _at_call(self, node: t.Call) -> ast.expr:
        if isinstance(node.function, t.Member):
            owner = node.function
            helper = "method_if" if owner.optional else "method"
            arguments = self.values(node.arguments)
            return call(helper, self.value(owner.value), ast.Constant(owner.name), arguments)
        if not isinstance(node.function, t.Name):
            raise FlexScriptError("This cannot be called.", node.span, code="type")
        return self.command(node, node.function.name)

    def command(self, node: t.Call, name: str) -> ast.expr:
        if name in self.functions:
            wanted = len(self.functions[name].parameters)
            if len(node.arguments) != wanted:
                text = f"{name}() takes {wanted} arguments, {len(node.arguments)} given."
                raise FlexScriptError(text, node.span, code="arguments")
            kinds = [kind for kind, _ in self.functions[name].parameters]
            pairs = zip(kinds, node.arguments, strict=True)
            return call(f"f_{name}", *(self.converted(kind, item) for kind, item in pairs))
        if name == "time" and not node.arguments:
            return _now()
        if name in _SET_NODES and len(node.arguments) == 2:
            named = _named_label(node.arguments[0])
            if named is not None:  # of a label a node is as good as its name
                given = self.values((*named.arguments, node.arguments[1]))
                return call("command", ast.Constant("setlabel"), given)
        self.names.command(name, node.span)
        return call("command", ast.Constant(name), self.values(node.arguments))


def _named_label(node: t.Expression) -> t.Call | None:
    """label(item, "name")"""
    if not isinstance(node, t.Call) or not isinstance(node.function, t.Name):
        return None
    return node if node.function.name == "label" and len(node.arguments) == 2 else None


def parameter(number: int) -> ast.expr:
    """params[number - 1], or NULL where there are fewer."""
    if number > 1:
        return call("param", ast.Constant(number))
    first = ast.Subscript(name_of("params"), ast.Constant(0), ast.Load())
    return ast.IfExp(name_of("params"), first, ast.Constant(None))


def _now() -> ast.expr:
    return ast.Attribute(name_of("clock"), "now", ast.Load())
