"""FlexScript to stack programs for the compiled kernel: statements.

The common part of what stands in properties and triggers: numbers, texts that are only compared,
labels, arrays, global tables, arithmetic, conditions, loops, functions, draws, ports and counts of
objects, printing. Whatever else there is raises NotLowered, and the run is made by the reference
kernel with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..simulation.compiled.kinds import INTEGER, ITEM, NUMBER, NUMBERS, OBJECT, REAL, TEXT, joined
from ..simulation.compiled.program import MAX_STACK, NotLowered, Op, Program, Site
from . import tree as t
from .code_runner_lower_calls import Calls
from .code_runner_lower_emit import TABLE, Local, constant_of, is_call
from .diagnostics import Span
from .parser import parse

_DECLARED = {"int": INTEGER, "double": REAL}
_LONGEST_ARRAY = 100


@dataclass
class _Way:
    """Where break and continue of a loop or switch jump; filled in at its end."""

    loop: bool
    breaks: list[int] = field(default_factory=list)
    continues: list[int] = field(default_factory=list)


@dataclass
class _Call:
    """A function in the making: the jumps to its end and the kinds of what it returns."""

    name: str
    ends: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def lower(script: t.Script, changed: frozenset[str], site: Site) -> Program:
    """The program of a body, `changed` being its `changed_arrays`; raises NotLowered."""
    lowerer = _Lowerer(site)
    lowerer.changed_arrays = changed
    try:
        lowerer.script(script)
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
        self.calls: list[_Call] = []

    def script(self, script: t.Script) -> None:
        self.functions = {s.name: s for s in script.body if isinstance(s, t.Function)}
        self.body(script.body)

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

    def _do_function(self, node: t.Function) -> None:
        if self.functions.get(node.name) is not node:
            raise NotLowered("has a function within another")

    def _do_empty(self, node: t.Empty) -> None:
        pass

    def _do_block(self, node: t.Block) -> None:
        self.body(node.body)

    def _do_define(self, node: t.Define) -> None:
        parsed = parse(f"return {node.text};").tree
        statement = parsed.body[0] if parsed else None
        if not isinstance(statement, t.Return) or statement.value is None:
            raise NotLowered("has a #define that is no value")
        self.keep(node.name, self.usable(self.value(statement.value)))

    def _do_declaration(self, node: t.Declaration) -> None:
        for item in node.declarators:
            if item.is_array or node.type == "Array":
                self._declare_array(node.type, item)
            elif item.value is None:
                self._declare_empty(node.type, item.name)
            elif self.is_item(item.value):
                self.scopes[-1][item.name] = Local(-1, ITEM)
            elif node.type == "Table":
                self._declare_table(item.name, item.value)
            else:
                self._initialise(node.type, item.name, self.value(item.value))

    def _declare_empty(self, declared: str, name: str) -> None:
        if declared in ("Map", "Table", "List", "Group") or declared[:3] in ("Vec", "Col", "Dat"):
            raise NotLowered(f"declares {declared} {name}")
        wanted = TEXT if declared == "string" else _DECLARED.get(declared, OBJECT)
        if wanted == TEXT:
            self.push_text("")
        else:
            self.push(-1 if wanted == OBJECT else 0)
        self.keep(name, wanted)

    def _declare_table(self, name: str, value: t.Expression) -> None:
        if not is_call(value, "Table"):
            raise NotLowered(f"declares Table {name}")
        table = self.table_of(value)
        assert table is not None, "it is a call of Table"
        self.grid(table)
        self.scopes[-1][name] = Local(-1, TABLE, table=table)

    def _declare_array(self, declared: str, item: t.Declarator) -> None:
        """A literal, or as many places as a number says."""
        if isinstance(item.value, t.ArrayLiteral):
            self.declare_array(item.name, "", item.value.items)
            return
        sized = item.value is not None and is_call(item.value, "Array")
        size = item.value.arguments[0] if sized else item.size  # type: ignore[union-attr]
        count = constant_of(size) if size is not None else None
        if (
            (item.value is not None and not sized)
            or count is None
            or not 0 <= count <= _LONGEST_ARRAY
        ):
            raise NotLowered(f"declares {declared} {item.name}")
        filling = _filling("Array" if sized else declared, item.span)
        self.declare_array(item.name, "", (filling,) * int(count))

    def _initialise(self, declared: str, name: str, found: str) -> None:
        wanted = _DECLARED.get(declared, NUMBER if found in NUMBERS and found else found)
        if declared in _DECLARED:
            self.convert(found, wanted)
        if declared == "string" and found in NUMBERS:
            raise NotLowered("makes a text of a number")
        self.keep(name, self.usable(wanted))

    def keep(self, name: str, kind: str) -> None:
        """Declare a variable and store the top of the stack in it."""
        slot = self.room()
        self.emit(Op.STORE, slot)
        self.scopes[-1][name] = Local(slot, kind)

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
        _without_jumped_over(node)
        kind = self.usable(self.value(node.value))
        given, way = self.room(), _Way(loop=False)
        self.emit(Op.STORE, given)
        entries: dict[int, int] = {}
        for index, case in enumerate(node.cases):
            if case.value is not None:
                self.emit(Op.LOAD, given)
                self.same(kind, self.value(case.value))
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
        if self.calls:
            self._end_of_call(node.value)
            return
        if node.value is None or self.is_item(node.value):
            self.push(0)
        elif self.site.has_result:
            self.number(node.value)
        else:
            self.value(node.value)
        self.emit(Op.RETURN)

    # Functions

    def inlined(self, function: t.Function, given: tuple[t.Expression, ...]) -> str:
        if any(call.name == function.name for call in self.calls):
            raise NotLowered(f"has {function.name}, which calls itself")
        if len(given) != len(function.parameters):
            raise NotLowered(f"calls {function.name} with other arguments")
        scope: dict[str, Local] = {}
        self.scopes.append(scope)
        for (declared, name), node in zip(function.parameters, given, strict=True):
            self._parameter(declared, name, node)
        scopes, ways = self.scopes[:-1], self.ways
        self.scopes, self.ways = [*scopes[:2], scope], []
        self.calls.append(_Call(function.name))
        self.body(function.body.body)
        if not _returns(function.body):
            self._end_of_call(None)
        call = self.calls.pop()
        self.scopes, self.ways = scopes, ways
        for place in call.ends:
            self.land(place)
        self.height += 1
        kind = ""
        for returned in call.kinds:
            kind = joined(kind, returned)
        return kind

    def _parameter(self, declared: str, name: str, node: t.Expression) -> None:
        """Evaluated where the call stands: the scope of the parameters is not yet to be seen."""
        scope = self.scopes.pop()
        item = self.is_item(node)
        kind = "" if item else self.value(node)
        self.scopes.append(scope)
        if item:
            scope[name] = Local(-1, ITEM)
        else:
            self._initialise(declared, name, kind)

    def _end_of_call(self, value: t.Expression | None) -> None:
        """The result stays on the stack; the height is that of what follows, without it."""
        call = self.calls[-1]
        if value is None:
            self.push(-1)
            call.kinds.append(OBJECT)
        else:
            call.kinds.append(self._returned(self.usable(self.value(value))))
        call.ends.append(self.emit(Op.JUMP))
        self.height -= 1

    def _returned(self, found: str) -> str:
        """The kind of a result, as a variable of the function's declared type would hold it."""
        declared = self.functions[self.calls[-1].name].type
        if declared == "string" and found in NUMBERS:
            raise NotLowered("makes a text of a number")
        if declared not in _DECLARED:
            return found
        self.convert(found, _DECLARED[declared])
        return _DECLARED[declared]


def _without_jumped_over(node: t.Switch) -> None:
    """A local that a jump leaves behind holds what it last held: such switches are not lowered."""
    for entry, case in enumerate(node.cases):
        behind = {item.name for d in t.jumped_over(node, entry) for item in d.declarators}
        for statement in case.body if behind else ():
            used = {inner.name for inner in t.nodes(statement) if isinstance(inner, t.Name)}
            if used & behind:
                raise NotLowered("has a switch that jumps over a variable that it uses")
            if isinstance(statement, t.Declaration):
                behind -= {item.name for item in statement.declarators}


def _filling(declared: str, span: Span) -> t.Expression:
    """What the places of a new array hold."""
    if declared == "string":
        return t.String(span, "")
    if declared in _DECLARED:
        return t.Number(span, 0, declared == "int", "0")
    return t.Name(span, "NULL")


def _returns(node: t.Statement) -> bool:
    """Whether every way through a statement ends with a return."""
    if isinstance(node, t.Block):
        return bool(node.body) and _returns(node.body[-1])
    if isinstance(node, t.If):
        return node.other is not None and _returns(node.then) and _returns(node.other)
    return isinstance(node, t.Return)


def changed_arrays(script: t.Script) -> Iterator[str]:
    """Arrays of which a place is assigned."""
    for node in t.nodes(script):
        target = node.target if isinstance(node, t.Assign) else None
        target = node.operand if isinstance(node, t.Step) else target
        if isinstance(target, t.Index) and isinstance(target.value, t.Name):
            yield target.value.name
