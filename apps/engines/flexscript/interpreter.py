"""Runs a tree. Statements signal break, continue and return through `Flow`; objects, commands and
methods live in `objects` and `commands`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from . import tree as t
from .diagnostics import Diagnostic, FlexScriptError, Span
from .limits import Limits, Meter
from .values import MAX_ITEMS, MAX_TEXT, ClassName, FlexArray, FlexMap, Member, text_of, truth

TYPES = frozenset(
    [
        "int",
        "double",
        "string",
        "treenode",
        "Object",
        "Variant",
        "Array",
        "Map",
        "Table",
        "Color",
        "Vec2",
        "Vec3",
        "Vec4",
        "DateTime",
        "List",
        "Group",
        "var",
        "void",
        "Model",
        "Math",
        "Storage",
        "Conveyor",
        "AGV",
        "Http",
    ]
)
_DEFAULTS: dict[str, Any] = {"int": 0, "double": 0.0, "string": ""}


class Flow(Exception):
    """break, continue or return on its way up."""

    def __init__(self, kind: str, value: Any = None) -> None:
        super().__init__(kind)
        self.kind, self.value = kind, value


class Interpreter:
    """One execution: scopes, functions, meter, and the host that knows objects and commands."""

    def __init__(self, host: Any, limits: Limits) -> None:
        self.host, self.meter = host, Meter(limits)
        self.scopes: list[dict[str, Any]] = [{}]
        self.functions: dict[str, t.Function] = {}
        self.diagnostics: list[Diagnostic] = []
        self.depth = 0

    def run(self, script: t.Script) -> Any:
        """Execute top-level statements; returns the value of a top-level return."""
        self.functions |= {s.name: s for s in script.body if isinstance(s, t.Function)}
        try:
            for statement in script.body:
                self.execute(statement)
        except Flow as flow:
            return flow.value
        return None

    # Statements

    def execute(self, node: t.Statement) -> None:
        self.meter.step(node.span)
        method: Callable[[Any], None] = getattr(self, f"_do_{type(node).__name__.lower()}")
        method(node)

    def _do_function(self, node: t.Function) -> None:
        self.functions[node.name] = node

    def _do_empty(self, node: t.Empty) -> None:
        pass

    def _do_define(self, node: t.Define) -> None:
        from .parser import parse

        parsed = parse(f"return {node.text};").tree
        value: Any = node.text
        if parsed is not None:
            statement = parsed.body[0]
            if isinstance(statement, t.Return) and statement.value is not None:
                value = self.evaluate(statement.value)
        self.scopes[0][node.name] = value

    def _do_declaration(self, node: t.Declaration) -> None:
        for item in node.declarators:
            self.scopes[-1][item.name] = self._initial(node.type, item)

    def _initial(self, kind: str, item: t.Declarator) -> Any:
        if item.value is not None:
            value = self.evaluate(item.value)
            if kind == "int" and isinstance(value, float) and not item.is_array:
                return int(value)
            if kind == "double" and isinstance(value, int):
                return float(value)
            return value
        if item.is_array or kind == "Array":
            size = int(self.evaluate(item.size)) if item.size else 0
            return FlexArray([_DEFAULTS.get(kind)] * self._checked(size, item.span))
        return FlexMap() if kind == "Map" else _DEFAULTS.get(kind)

    def _checked(self, size: int, span: Span) -> int:
        if not 0 <= size <= MAX_ITEMS:
            raise FlexScriptError(
                f"An array of {size:,} items is not possible.", span, code="limit"
            )
        return size

    def _do_expressionstatement(self, node: t.ExpressionStatement) -> None:
        self.evaluate(node.expression)

    def _do_block(self, node: t.Block) -> None:
        self.scopes.append({})
        try:
            for statement in node.body:
                self.execute(statement)
        finally:
            self.scopes.pop()

    def _do_if(self, node: t.If) -> None:
        if truth(self.evaluate(node.test)):
            self.execute(node.then)
        elif node.other is not None:
            self.execute(node.other)

    def _do_while(self, node: t.While) -> None:
        while truth(self.evaluate(node.test)):
            if not self._loop_body(node.body):
                break

    def _do_for(self, node: t.For) -> None:
        self.scopes.append({})
        try:
            self.execute(node.start)
            while node.test is None or truth(self.evaluate(node.test)):
                if not self._loop_body(node.body):
                    break
                if node.step is not None:
                    self.evaluate(node.step)
        finally:
            self.scopes.pop()

    def _loop_body(self, body: t.Statement) -> bool:
        """False when the loop was left by break."""
        self.meter.step(body.span)
        try:
            self.execute(body)
        except Flow as flow:
            if flow.kind == "return":
                raise
            return flow.kind == "continue"
        return True

    def _do_switch(self, node: t.Switch) -> None:
        value = self.evaluate(node.value)
        chosen = next(
            (
                i
                for i, case in enumerate(node.cases)
                if case.value is not None and self.evaluate(case.value) == value
            ),
            next((i for i, case in enumerate(node.cases) if case.value is None), None),
        )
        if chosen is None:
            return
        try:
            for case in node.cases[chosen:]:
                for statement in case.body:
                    self.execute(statement)
        except Flow as flow:
            if flow.kind != "break":
                raise

    def _do_return(self, node: t.Return) -> None:
        raise Flow("return", self.evaluate(node.value) if node.value is not None else None)

    def _do_break(self, node: t.Break) -> None:
        raise Flow("break")

    def _do_continue(self, node: t.Continue) -> None:
        raise Flow("continue")

    # Expressions

    def evaluate(self, node: t.Expression) -> Any:
        self.meter.step(node.span)
        method: Callable[[Any], Any] = getattr(self, f"_at_{type(node).__name__.lower()}")
        return method(node)

    def _at_number(self, node: t.Number) -> int | float:
        return int(node.value) if node.integer else node.value

    def _at_string(self, node: t.String) -> str:
        return node.value

    def _at_arrayliteral(self, node: t.ArrayLiteral) -> FlexArray:
        return FlexArray([self.evaluate(item) for item in node.items])

    def _at_name(self, node: t.Name) -> Any:
        for scope in reversed(self.scopes):
            if node.name in scope:
                return scope[node.name]
        if node.name in ("NULL", "nullvar"):
            return None
        if node.name in ("true", "false"):
            return int(node.name == "true")
        if node.name in TYPES:
            return ClassName(node.name)
        return self.host.constant(node.name, node.span)

    def _at_unary(self, node: t.Unary) -> Any:
        value = self.evaluate(node.operand)
        if node.operator == "!":
            return int(not truth(value))
        number = self._number(value, node.span)
        return -number if node.operator == "-" else number

    def _at_step(self, node: t.Step) -> Any:
        old = self._number(self.evaluate(node.operand), node.span)
        new = old + (1 if node.operator == "++" else -1)
        self.assign(node.operand, new)
        return new if node.before else old

    def _at_ternary(self, node: t.Ternary) -> Any:
        return self.evaluate(node.then if truth(self.evaluate(node.test)) else node.other)

    def _at_binary(self, node: t.Binary) -> Any:
        if node.operator in ("&&", "||"):
            left = truth(self.evaluate(node.left))
            if left == (node.operator == "||"):
                return int(left)
            return int(truth(self.evaluate(node.right)))
        return self.operate(
            node.operator, self.evaluate(node.left), self.evaluate(node.right), node.span
        )

    def operate(self, operator: str, left: Any, right: Any, span: Span) -> Any:
        """One binary operation on values."""
        if operator in ("==", "!="):
            return int((left == right) == (operator == "=="))
        if operator == "+" and (isinstance(left, str) or isinstance(right, str)):
            text = text_of(left) + text_of(right)
            if len(text) > MAX_TEXT:
                raise FlexScriptError("A string grew too long.", span, code="limit")
            return text
        a, b = self._number(left, span), self._number(right, span)
        if operator in ("<", ">", "<=", ">="):
            return int({"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[operator])
        if operator in ("/", "%") and b == 0:
            raise FlexScriptError("Division by zero.", span, code="arithmetic")
        try:
            return _arithmetic(operator, a, b)
        except OverflowError:
            raise FlexScriptError("A number grew too large.", span, code="arithmetic") from None

    def _number(self, value: Any, span: Span) -> Any:
        if isinstance(value, int | float):
            return value
        if value is None:
            return 0
        raise FlexScriptError(
            f"A number is needed here, not {self.host.describe(value)}.", span, code="type"
        )

    def _at_assign(self, node: t.Assign) -> Any:
        value = self.evaluate(node.value)
        if node.operator != "=":
            value = self.operate(node.operator[0], self.evaluate(node.target), value, node.span)
        self.assign(node.target, value)
        return value

    def assign(self, target: t.Expression, value: Any) -> None:
        """Store into a variable, an index or a member."""
        if isinstance(target, t.Name):
            for scope in reversed(self.scopes):
                if target.name in scope:
                    scope[target.name] = value
                    return
            raise FlexScriptError(
                f"“{target.name}” is not declared.",
                target.span,
                f"Declare it first, for example: Variant {target.name};",
                "name",
            )
        if isinstance(target, t.Index):
            self.host.set_index(
                self.evaluate(target.value), self.evaluate(target.index), value, target.span
            )
        elif isinstance(target, t.Member):
            self.host.set_member(self.evaluate(target.value), target.name, value, target.span)
        else:
            raise FlexScriptError("This cannot be assigned to.", target.span, code="syntax")

    def _at_index(self, node: t.Index) -> Any:
        return self.host.get_index(self.evaluate(node.value), self.evaluate(node.index), node.span)

    def _at_member(self, node: t.Member) -> Any:
        value = self.evaluate(node.value)
        if value is None and node.optional:
            return None
        return self.host.get_member(value, node.name, node.span)

    def _at_call(self, node: t.Call) -> Any:
        if isinstance(node.function, t.Name):
            return self._call_name(node, node.function.name)
        if isinstance(node.function, t.Member):
            value = self.evaluate(node.function.value)
            if value is None and node.function.optional:
                return None
            arguments = [self.evaluate(item) for item in node.arguments]
            return self.host.call_method(value, node.function.name, arguments, node.span)
        raise FlexScriptError("This cannot be called.", node.span, code="type")

    def _call_name(self, node: t.Call, name: str) -> Any:
        arguments = [self.evaluate(item) for item in node.arguments]
        if name in self.functions:
            return self._call_function(self.functions[name], arguments, node.span)
        return self.host.call_command(name, arguments, node.span)

    def _call_function(self, function: t.Function, arguments: list[Any], span: Span) -> Any:
        if len(arguments) != len(function.parameters):
            raise FlexScriptError(
                f"{function.name}() takes {len(function.parameters)} arguments, "
                f"{len(arguments)} given.",
                span,
                code="arguments",
            )
        if self.depth >= self.meter.limits.depth:
            raise FlexScriptError(
                "Functions call each other too deeply.",
                span,
                "Does a function call itself?",
                "limit",
            )
        outer, self.scopes = self.scopes, [self.scopes[0], {}]
        self.scopes[-1] |= dict(
            zip((name for _, name in function.parameters), arguments, strict=True)
        )
        self.depth += 1
        try:
            self.execute(function.body)
        except Flow as flow:
            return flow.value
        finally:
            self.scopes = outer
            self.depth -= 1
        return None

    def _at_bound(self, node: Member) -> Any:
        return node


def _arithmetic(operator: str, a: Any, b: Any) -> Any:
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    if operator == "%":
        return (
            math.fmod(a, b)
            if isinstance(a, float) or isinstance(b, float)
            else int(math.fmod(a, b))
        )
    if isinstance(a, int) and isinstance(b, int):
        return int(a / b)
    return a / b
