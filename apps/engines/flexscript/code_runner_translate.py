"""FlexScript as a Python function: how code in properties and triggers runs.

The tree becomes a Python syntax tree, not text: names are made here, values are constants, and
all that touches an object goes through a helper (`code_runner_support`), so code reaches nothing
else. Each node keeps its place in the source, and there a traceback then points.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from types import CodeType

from . import tree as t
from .code_runner_expressions import (
    INITIAL,
    Expressions,
    Frame,
    Names,
    Way,
    call,
    name_of,
)
from .diagnostics import FlexScriptError, Span
from .parser import parse

FILENAME = "<flexscript>"


def translate(script: t.Script, names: Names) -> CodeType:
    """Code that defines `run(current, params)`. Raises FlexScriptError with its span."""
    module = ast.Module([_Translator(names).main(script)], [])
    try:
        return compile(ast.fix_missing_locations(module), FILENAME, "exec")
    except (RecursionError, SyntaxError, MemoryError):
        raise FlexScriptError("The code is nested too deeply.", script.span, code="depth") from None


def store(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _function(name: str, arguments: Sequence[str], body: list[ast.stmt]) -> ast.FunctionDef:
    parameters = ast.arguments([], [ast.arg(item) for item in arguments], None, [], [], None, [])
    return ast.FunctionDef(name, parameters, body, [])


class _Translator(Expressions):
    """Statements and functions."""

    def main(self, script: t.Script) -> ast.FunctionDef:
        """The outermost function; functions of the script are nested in it."""
        self.functions = {s.name: s for s in script.body if isinstance(s, t.Function)}
        body = self.block(script.body)
        functions = [self.function(item) for item in self.functions.values()]
        cleared = [store(name, ast.Constant(None)) for name in self.outer.locals]
        run = _function("run", ["current", "params"], [*cleared, *functions, *body, ast.Pass()])
        run.lineno, run.col_offset = 1, 0
        return run

    def function(self, node: t.Function) -> ast.stmt:
        """A function sees its parameters and the variables of the script's outermost level."""
        self.frame = Frame([self.outer.scopes[0], {}])
        self.returned = node.type
        arguments = [self.declare(kind, name) for kind, name in node.parameters]
        body = self.block(node.body.body)
        shared = [variable.name for variable in self.outer.scopes[0].values()]
        own = [name for name in self.frame.locals if name not in arguments]
        self.frame, self.returned = self.outer, ""
        start: list[ast.stmt] = [ast.Nonlocal(shared)] if shared else []
        start += [store(name, ast.Constant(None)) for name in own]
        start.append(ast.Expr(call("enter")))
        leave = ast.Expr(call("leave"))
        guarded = ast.Try([*body, ast.Pass()], [], [], [leave])
        made = _function(f"f_{node.name}", arguments, [*start, guarded])
        placed: ast.stmt = self.placed(made, node.span)
        return placed

    # Statements

    def block(self, body: Iterable[t.Statement]) -> list[ast.stmt]:
        return [made for node in body for made in self.statement(node)]

    def scoped(self, *body: t.Statement) -> list[ast.stmt]:
        """A block of its own, never empty."""
        self.frame.scopes.append({})
        made = self.block(body)
        self.frame.scopes.pop()
        return made or [ast.Pass()]

    def statement(self, node: t.Statement) -> list[ast.stmt]:
        made: list[ast.stmt] = getattr(self, f"_do_{type(node).__name__.lower()}")(node)
        return [self.placed(item, node.span) for item in made]

    def _do_function(self, node: t.Function) -> list[ast.stmt]:
        if node.name not in self.functions or self.functions[node.name] is not node:
            raise FlexScriptError("A function must stand outside of blocks.", node.span)
        return []

    def _do_empty(self, node: t.Empty) -> list[ast.stmt]:
        return []

    def _do_define(self, node: t.Define) -> list[ast.stmt]:
        parsed = parse(f"return {node.text};").tree
        value: t.Expression | None = None
        if parsed is not None and isinstance(parsed.body[0], t.Return):
            value = parsed.body[0].value
        made = ast.Constant(node.text) if value is None else self.value(value)
        return [store(self.declare("Variant", node.name), made)]

    def _do_declaration(self, node: t.Declaration) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        for item, value in self.declared(node):
            kind = "Array" if item.is_array else node.type
            made.append(store(self.declare(kind, item.name), value))
        return made

    def declared(self, node: t.Declaration) -> Iterator[tuple[t.Declarator, ast.expr]]:
        """What each variable of a declaration holds at first."""
        for item in node.declarators:
            array = item.is_array or node.type == "Array"
            yield item, self.initial(node.type, item, array=array)

    def initial(self, kind: str, item: t.Declarator, *, array: bool) -> ast.expr:
        if item.value is not None:
            return self.converted("" if array else kind, item.value)
        if array:
            size = self.value(item.size) if item.size else ast.Constant(0)
            return call("array_of", size, ast.Constant(INITIAL.get(kind)))
        return ast.Constant(INITIAL[kind]) if kind in INITIAL else call("made", ast.Constant(kind))

    def _do_expressionstatement(self, node: t.ExpressionStatement) -> list[ast.stmt]:
        return [ast.Expr(self.value(node.expression))]

    def _do_block(self, node: t.Block) -> list[ast.stmt]:
        return self.scoped(*node.body)

    def _do_if(self, node: t.If) -> list[ast.stmt]:
        other = self.scoped(node.other) if node.other is not None else []
        return [ast.If(self.test(node.test), self.scoped(node.then), other)]

    def _do_while(self, node: t.While) -> list[ast.stmt]:
        return [self.loop(node.test, node.body, None)]

    def _do_for(self, node: t.For) -> list[ast.stmt]:
        self.frame.scopes.append({})
        made = [*self.statement(node.start), self.loop(node.test, node.body, node.step)]
        self.frame.scopes.pop()
        return made

    def loop(
        self, test: t.Expression | None, body: t.Statement, step: t.Expression | None
    ) -> ast.stmt:
        self.frame.ways.append(Way(step))
        made = [ast.Expr(call("tick")), *self.scoped(body), *self.stepped(step)]
        self.frame.ways.pop()
        return ast.While(self.test(test) if test else ast.Constant(value=True), made, [])

    def stepped(self, step: t.Expression | None) -> list[ast.stmt]:
        return [ast.Expr(self.value(step))] if step is not None else []

    def _do_switch(self, node: t.Switch) -> list[ast.stmt]:
        """The number of the case first; from there on one body after the other."""
        value, chosen, flag = self.fresh(), self.fresh(), self.fresh()
        way = Way(flag=flag)
        default = next((i for i, case in enumerate(node.cases) if case.value is None), None)
        number: ast.expr = ast.Constant(len(node.cases) if default is None else default)
        for index, case in reversed(list(enumerate(node.cases))):
            if case.value is not None:
                same = ast.Compare(name_of(value), [ast.Eq()], [self.value(case.value)])
                number = ast.IfExp(same, ast.Constant(index), number)
        self.frame.ways.append(way)
        self.frame.scopes.append({})
        bodies = [
            ast.If(
                ast.Compare(name_of(chosen), [ast.LtE()], [ast.Constant(index)]),
                self.block(case.body) or [ast.Pass()],
                [],
            )
            for index, case in enumerate(node.cases)
        ]
        declared = [
            store(self.frame.scopes[-1][item.name].name, value)
            for empty in t.jumped_over(node, len(node.cases))
            for item, value in self.declared(empty)
        ]
        self.frame.scopes.pop()
        self.frame.ways.pop()
        made: list[ast.stmt] = [
            store(value, self.value(node.value)),
            *declared,
            store(chosen, number),
            store(flag, ast.Constant(value=False)),
            ast.While(ast.Constant(value=True), [*bodies, ast.Break()], []),
        ]
        if way.used:
            made.append(ast.If(name_of(flag), self.onward(node.span), []))
        return made

    def _do_return(self, node: t.Return) -> list[ast.stmt]:
        """Of a function with a declared type, as a variable of that type would hold it."""
        return [ast.Return(self.converted(self.returned, node.value) if node.value else None)]

    def _do_break(self, node: t.Break) -> list[ast.stmt]:
        if not self.frame.ways:
            raise FlexScriptError("There is nothing to break out of here.", node.span)
        return [ast.Break()]

    def _do_continue(self, node: t.Continue) -> list[ast.stmt]:
        return self.onward(node.span)

    def onward(self, span: Span) -> list[ast.stmt]:
        """`continue`: a loop's step first; a switch hands it on to the loop around it."""
        if not self.frame.ways:
            raise FlexScriptError("There is no loop to continue here.", span)
        way = self.frame.ways[-1]
        if way.flag:
            way.used = True
            return [store(way.flag, ast.Constant(value=True)), ast.Break()]
        return [*self.stepped(way.step), ast.Continue()]
