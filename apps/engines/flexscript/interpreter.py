"""Runs a tree. Objects, commands and methods are the host's; operators are in `arithmetic`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import tree as t
from .arithmetic import calculate, convert, number, operate, same, whole, word
from .diagnostics import START, FlexScriptError, Span
from .limits import Limits, Meter
from .values import ClassName, FlexArray, FlexMap, FlexTable, FlexVector, truth

TYPES = frozenset(
    "int double string treenode Object Variant Array Map Table Color Vec2 Vec3 Vec4 DateTime List "
    "Group TaskSequence var void Model Math Storage Conveyor AGV Http".split()
)
_HTTP = ClassName("Http.Request")  # may be declared, but not used
_DEFAULTS: dict[str, Any] = {"int": 0, "double": 0.0, "string": "", "Http.Request": _HTTP}
_MADE: dict[str, Callable[[], Any]] = {
    "Map": FlexMap,
    "Vec2": lambda: FlexVector([0.0] * 2),
    "Vec3": lambda: FlexVector([0.0] * 3),
    "Vec4": lambda: FlexVector([0.0] * 4),
    "Color": lambda: FlexVector([0.0] * 3, None, "color"),
    "Table": FlexTable,
}
_CONVERTED = frozenset(["int", "double", "string", "Object"])


class Flow(Exception):
    """break, continue or return on its way up."""

    def __init__(self, kind: str, span: Span, value: Any = None) -> None:
        super().__init__(kind)
        self.kind, self.span, self.value = kind, span, value

    def returned(self) -> Any:
        """The value of a return; an error where break or continue left its loop behind."""
        if self.kind == "return":
            return self.value
        text = f"There is no loop around this {self.kind}."
        raise FlexScriptError(text, self.span, code="syntax")


class Scope(dict[str, Any]):
    """The variables of a block; `kinds` are declared types that convert what is assigned."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}


class Interpreter:
    """One execution: scopes, functions, meter, and the host that knows objects and commands."""

    def __init__(self, host: Any, limits: Limits) -> None:
        self.host, self.meter = host, Meter(limits)
        self.host.meter = self.meter
        self.scopes: list[Scope] = [Scope()]
        self.functions: dict[str, t.Function] = {}
        self.depth = 0
        self.statement = START

    def run(self, script: t.Script) -> Any:
        """Execute top-level statements; returns the value of a top-level return."""
        self.functions |= {s.name: s for s in script.body if isinstance(s, t.Function)}
        try:
            for statement in script.body:
                self.execute(statement)
        except Flow as flow:
            return flow.returned()
        return None

    # Statements

    def execute(self, node: t.Statement) -> None:
        self.meter.step(node.span)
        self.statement = node.span
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
        if parsed is not None and len(parsed.body) == 1 and isinstance(parsed.body[0], t.Return):
            expression = parsed.body[0].value
            try:
                value = None if expression is None else self.evaluate(expression)
            except FlexScriptError as error:  # its place is inside the text of the macro
                raise error.at(node.span) from None
        self.scopes[0][node.name] = value

    def _do_declaration(self, node: t.Declaration) -> None:
        for item in node.declarators:
            value = self._initial(node.type, item)
            scope = self.scopes[-1]
            scope[item.name] = value
            scope.kinds.pop(item.name, None)
            if node.type in _CONVERTED and not item.is_array:
                scope.kinds[item.name] = node.type

    def _initial(self, kind: str, item: t.Declarator) -> Any:
        if item.value is not None:
            value = self.evaluate(item.value)
            if kind == "Table":
                value = self.host.shown_as_table(value)
            return convert("" if item.is_array else kind, value, item.span)
        if item.is_array or kind == "Array":
            size = self.evaluate(item.size) if item.size else 0
            return self.host.sized(size, item.span, _DEFAULTS.get(kind))
        made = _MADE.get(kind)
        return made() if made else _DEFAULTS.get(kind)

    def _do_expressionstatement(self, node: t.ExpressionStatement) -> None:
        self.evaluate(node.expression)

    def _do_block(self, node: t.Block) -> None:
        self.scopes.append(Scope())
        try:
            for statement in node.body:
                self.execute(statement)
        finally:
            self.scopes.pop()

    def _do_if(self, node: t.If) -> None:
        current: t.Statement = node
        while isinstance(current, t.If):  # a loop, so that a long else-if chain is not deep
            if truth(self.evaluate(current.test)):
                self.execute(current.then)
                return
            if current.other is None:
                return
            current = current.other
        self.execute(current)

    def _do_while(self, node: t.While) -> None:
        while truth(self.evaluate(node.test)):
            if not self._loop_body(node.body):
                break

    def _do_for(self, node: t.For) -> None:
        self.scopes.append(Scope())
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
        chosen = self._chosen(node, self.evaluate(node.value))
        self.scopes.append(Scope())
        bodies = (statement for case in node.cases[chosen:] for statement in case.body)
        try:
            for statement in (*t.jumped_over(node, chosen), *bodies):
                self.execute(statement)
        except Flow as flow:
            if flow.kind != "break":
                raise
        finally:
            self.scopes.pop()

    def _chosen(self, node: t.Switch, value: Any) -> int:
        """The index of the first case that fits, of the default, or one past the end."""
        for index, case in enumerate(node.cases):
            if case.value is not None and same(self.evaluate(case.value), value):
                return index
        defaults = (i for i, case in enumerate(node.cases) if case.value is None)
        return next(defaults, len(node.cases))

    def _do_return(self, node: t.Return) -> None:
        value = self.evaluate(node.value) if node.value is not None else None
        raise Flow("return", node.span, value)

    def _do_break(self, node: t.Break) -> None:
        raise Flow("break", node.span)

    def _do_continue(self, node: t.Continue) -> None:
        raise Flow("continue", node.span)

    # Expressions

    def evaluate(self, node: t.Expression) -> Any:
        self.meter.step(node.span)
        method: Callable[[Any], Any] = getattr(self, f"_at_{type(node).__name__.lower()}")
        return method(node)

    def _at_number(self, node: t.Number) -> int | float:
        return int(node.value) if node.integer else float(node.value)

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
        if isinstance(value, FlexVector):
            if node.operator == "~":
                raise FlexScriptError("Vectors have no “~”.", node.span, code="type")
            return operate("*", value, -1 if node.operator == "-" else 1, node.span)
        if node.operator == "~":
            return word(~whole(value, node.span))
        given = number(value, node.span)
        return -given if node.operator == "-" else given

    def _at_step(self, node: t.Step) -> Any:
        target = self._once(node.operand)
        old = number(self.evaluate(target), node.span)
        new = calculate(node.operator[0], old, 1, node.span)
        self.assign(target, new)
        return new if node.before else old

    def _at_sequence(self, node: t.Sequence) -> Any:
        value: Any = None
        for item in node.items:
            value = self.evaluate(item)
        return value

    def _at_ternary(self, node: t.Ternary) -> Any:
        return self.evaluate(node.then if truth(self.evaluate(node.test)) else node.other)

    def _at_binary(self, node: t.Binary) -> Any:
        """Down the left side in a loop: `a + b + c + …` may be long without being deep."""
        spine = [node]
        while isinstance(spine[-1].left, t.Binary):
            spine.append(spine[-1].left)
            self.meter.step(node.span)
        value = self.evaluate(spine[-1].left)
        for binary in reversed(spine):
            value = self._right(binary, value)
        return value

    def _right(self, node: t.Binary, left: Any) -> Any:
        if node.operator in ("&&", "||"):
            decided = truth(left)
            if decided == (node.operator == "||"):
                return int(decided)
            return int(truth(self.evaluate(node.right)))
        result = operate(node.operator, left, self.evaluate(node.right), node.span)
        if isinstance(result, str):
            self.meter.spend(len(result) // 100, node.span)
        return result

    def _at_assign(self, node: t.Assign) -> Any:
        target = self._once(node.target)
        if node.operator == "=":
            return self.assign(target, self.evaluate(node.value))
        old = self.evaluate(target)
        value = operate(node.operator[:-1], old, self.evaluate(node.value), node.span)
        if isinstance(value, str):
            self.meter.spend(len(value) // 100, node.span)
        return self.assign(target, value)

    def _once(self, target: t.Expression) -> t.Expression:
        return t.once(target, lambda x: t.Held(x.span, self.evaluate(x)))  # type: ignore[no-any-return]

    def _at_held(self, node: t.Held) -> Any:
        return node.value

    def assign(self, target: t.Expression, value: Any) -> Any:
        """Store into a variable, an index or a member; gives what the variable then holds."""
        if isinstance(target, t.Name):
            for scope in reversed(self.scopes):
                if target.name in scope:
                    kind = scope.kinds.get(target.name, "")
                    scope[target.name] = convert(kind, value, target.span)
                    return scope[target.name]
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
        return value

    def _at_index(self, node: t.Index) -> Any:
        return self.host.get_index(self.evaluate(node.value), self.evaluate(node.index), node.span)

    def _at_member(self, node: t.Member) -> Any:
        value = self.evaluate(node.value)
        if value is None and node.optional:
            return None
        if node.lenient:
            return self.host.label_or_null(value, node.name, node.span)
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
        if name == "executestring":
            return self._execute_text(arguments, node.span)
        return self.host.call_command(name, arguments, node.span)

    def _execute_text(self, arguments: list[Any], span: Span) -> Any:
        """executestring: the text runs as a function of its own, within the same limits."""
        from .parser import parse

        if not arguments or not isinstance(arguments[0], str):
            raise FlexScriptError("executestring() needs a string.", span, code="arguments")
        self.meter.spend(len(arguments[0]), span)
        parsed = parse(arguments[0])
        if parsed.tree is None:
            found = parsed.diagnostics[0]
            place = f"line {found.span.line}, column {found.span.column} of the string"
            raise FlexScriptError(f"{found.message} ({place})", span, found.hint, "syntax")
        body = t.Block(parsed.tree.span, parsed.tree.body)
        function = t.Function(span, "var", "executestring", (), body)
        try:
            return self._call_function(function, [], span)
        except FlexScriptError as error:  # its place is inside the string
            raise error.at(span) from None

    def _call_function(self, function: t.Function, arguments: list[Any], span: Span) -> Any:
        if len(arguments) != len(function.parameters):
            raise FlexScriptError(
                f"{function.name}() takes {len(function.parameters)} "
                f"argument{'s' if len(function.parameters) != 1 else ''}, {len(arguments)} given.",
                span,
                code="arguments",
            )
        if self.depth >= self.meter.limits.depth:
            hint = "Does a function call itself?"
            raise FlexScriptError("Functions call each other too deeply.", span, hint, "limit")
        inner = Scope()
        for (kind, name), value in zip(function.parameters, arguments, strict=True):
            inner[name] = convert(kind, value, span)
            if kind in _CONVERTED:
                inner.kinds[name] = kind
        outer, self.scopes = self.scopes, [self.scopes[0], inner]
        self.depth += 1
        try:
            self.execute(function.body)
        except Flow as flow:
            return convert(function.type, flow.returned(), flow.span)
        finally:
            self.scopes = outer
            self.depth -= 1
        return None
