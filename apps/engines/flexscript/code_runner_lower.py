"""FlexScript to stack programs for the compiled kernel: statements.

The common part of what stands in properties and triggers: numbers, labels, arithmetic,
conditions, loops, draws, ports and counts of objects. Whatever else there is raises NotLowered,
and the run is made by the reference kernel with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..simulation.compiled.program import MAX_STACK, NotLowered, Op, Program, Site
from . import tree as t
from .code_runner_lower_calls import Calls
from .code_runner_lower_values import INTEGER, ITEM, NUMBER, OBJECT, REAL
from .parser import parse

_DECLARED = {"int": INTEGER, "double": REAL}


@dataclass
class _Way:
    """Where break and continue of a loop or switch jump; filled in at its end."""

    loop: bool
    breaks: list[int] = field(default_factory=list)
    continues: list[int] = field(default_factory=list)


def lower(script: t.Script, site: Site) -> Program:
    """The program of a body; raises NotLowered."""
    lowerer = _Lowerer(site)
    try:
        lowerer.body(script.body)
    except RecursionError:
        raise NotLowered("is nested too deeply") from None
    lowerer.emit(Op.PUSH)
    lowerer.emit(Op.RETURN)
    if lowerer.highest > MAX_STACK - 4:
        raise NotLowered("is nested too deeply")
    return lowerer.program


class _Lowerer(Calls):
    """Statements; jumps are patched when their goal is known."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.ways: list[_Way] = []

    def body(self, nodes: Iterable[t.Statement]) -> None:
        self.scopes.append({})
        for node in nodes:
            self.statement(node)
        self.scopes.pop()

    def statement(self, node: t.Statement) -> None:
        method = getattr(self, f"_do_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotLowered(f"has a {type(node).__name__.lower()}")
        method(node)

    def _do_empty(self, node: t.Empty) -> None:
        pass

    def _do_block(self, node: t.Block) -> None:
        self.body(node.body)

    def _do_define(self, node: t.Define) -> None:
        parsed = parse(f"return {node.text};").tree
        statement = parsed.body[0] if parsed else None
        if not isinstance(statement, t.Return) or statement.value is None:
            raise NotLowered("has a #define that is no value")
        self.keep(node.name, self.value(statement.value))

    def _do_declaration(self, node: t.Declaration) -> None:
        for item in node.declarators:
            if item.is_array or node.type in ("Array", "Map", "string"):
                raise NotLowered(f"declares {node.type} {item.name}")
            if item.value is None:
                wanted = _DECLARED.get(node.type, OBJECT)
                self.emit(Op.PUSH, x=-1.0 if wanted == OBJECT else 0.0)
                self.keep(item.name, wanted)
            elif self.is_item(item.value):
                self.scopes[-1][item.name] = (-1, ITEM)
            else:
                self._initialise(node.type, item.name, item.value)

    def _initialise(self, declared: str, name: str, value: t.Expression) -> None:
        found = self.value(value)
        wanted = _DECLARED.get(declared, OBJECT if found == OBJECT else NUMBER)
        if declared in _DECLARED:
            self.convert(found, wanted)
        self.keep(name, wanted)

    def keep(self, name: str, kind: str) -> None:
        """Declare a variable and store the top of the stack in it."""
        slot = self.room()
        self.emit(Op.STORE, slot)
        self.scopes[-1][name] = (slot, kind)

    def _do_expressionstatement(self, node: t.ExpressionStatement) -> None:
        self.value(node.expression)
        self.emit(Op.POP)

    def _do_if(self, node: t.If) -> None:
        self.test(node.test)
        other = self.emit(Op.JUMP_UNLESS)
        self.body([node.then])
        if node.other is None:
            self.land(other)
            return
        end = self.emit(Op.JUMP)
        self.land(other)
        self.body([node.other])
        self.land(end)

    def _do_while(self, node: t.While) -> None:
        self._loop(node.test, node.body, None)

    def _do_for(self, node: t.For) -> None:
        self.scopes.append({})
        self.statement(node.start)
        self._loop(node.test, node.body, node.step)
        self.scopes.pop()

    def _loop(
        self, test: t.Expression | None, body: t.Statement, step: t.Expression | None
    ) -> None:
        start, way = len(self.program.code), _Way(loop=True)
        if test is not None:
            self.test(test)
            way.breaks.append(self.emit(Op.JUMP_UNLESS))
        self.ways.append(way)
        self.body([body])
        self.ways.pop()
        for place in way.continues:
            self.land(place)
        if step is not None:
            self.value(step)
            self.emit(Op.POP)
        self.emit(Op.JUMP, start)
        for place in way.breaks:
            self.land(place)

    def _do_switch(self, node: t.Switch) -> None:
        self.number(node.value)
        given, way = self.room(), _Way(loop=False)
        self.emit(Op.STORE, given)
        entries: dict[int, int] = {}
        for index, case in enumerate(node.cases):
            if case.value is not None:
                self.emit(Op.LOAD, given)
                self.number(case.value)
                self.emit(Op.EQUAL)
                other = self.emit(Op.JUMP_UNLESS)
                entries[index] = self.emit(Op.JUMP)
                self.land(other)
        default = next((i for i, case in enumerate(node.cases) if case.value is None), None)
        last = self.emit(Op.JUMP)
        if default is None:
            way.breaks.append(last)
        else:
            entries[default] = last
        self.ways.append(way)
        self.scopes.append({})
        for index, case in enumerate(node.cases):
            self.land(entries[index])
            for statement in case.body:
                self.statement(statement)
        self.scopes.pop()
        self.ways.pop()
        for place in way.breaks:
            self.land(place)

    def _do_break(self, node: t.Break) -> None:
        self.ways[-1].breaks.append(self.emit(Op.JUMP))

    def _do_continue(self, node: t.Continue) -> None:
        way = next(way for way in reversed(self.ways) if way.loop)
        way.continues.append(self.emit(Op.JUMP))

    def _do_return(self, node: t.Return) -> None:
        if node.value is None:
            self.emit(Op.PUSH)
        else:
            self.number(node.value)
        self.emit(Op.RETURN)
