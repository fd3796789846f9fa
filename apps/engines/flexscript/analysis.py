"""Findings without running: everything wrong in a script at once, each with its place.

Only what is wrong however the script runs is reported. Values are known where they are written
down: a variable that is declared with its class and never assigned again, a literal, a constructor.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from . import analysis_names as names
from . import analysis_settings as settings
from . import analysis_types as types
from . import signatures
from . import tree as t
from .commands import usage
from .diagnostics import Diagnostic, Span
from .interpreter import TYPES
from .names import suggestion

MOST_FINDINGS = 100


@dataclass
class Variable:
    """`kind` is the type as far as it is sure, `classes` the library class of an object."""

    kind: str = ""
    library: str | None = None
    declared: str = ""


Scope = dict[str, Variable]


@dataclass
class _Place:
    """Where a statement stands."""

    loops: int = 0
    switches: int = 0
    scopes: list[Scope] = field(default_factory=lambda: [{}])


def analyse(script: t.Script, unsure: Iterable[str] = ()) -> list[Diagnostic]:
    """Findings of a whole script in the order of the source.

    `unsure` names may be declared in a statement that could not be read: nothing is said of them.
    """
    walker = _Analysis(script, frozenset(unsure))
    with suppress(RecursionError):  # the execution reports the depth
        walker.script(script)
    return sorted(walker.found, key=lambda item: item.span)[:MOST_FINDINGS]


def analyse_code(script: t.Script, library: str | None) -> list[Diagnostic]:
    """Findings of what stands in a property or trigger of an object of that class."""
    walker = _Analysis(script, frozenset())
    walker.in_run = True
    known = {name: Variable() for name in names.in_code()}
    known |= {name: Variable("Object", None, "Object") for name in ("current", "item")}
    known["current"].library = library
    walker.place = _Place(scopes=[known, {}])
    with suppress(RecursionError):
        walker.script(script)
    return sorted(walker.found, key=lambda item: item.span)


class _Analysis:
    """One walk over the tree."""

    def __init__(self, script: t.Script, unsure: frozenset[str]) -> None:
        self.unsure = unsure
        self.in_run = False  # whether it is code that runs, and builds no model
        self.found: list[Diagnostic] = []
        self.functions = {s.name: s for s in script.body if isinstance(s, t.Function)}
        self.assigned = names.assigned(script) | unsure
        self.place = _Place(scopes=[{name: Variable() for name in unsure}])

    def report(
        self, message: str, span: Span, hint: str | None, code: str, severity: str = "error"
    ) -> None:
        made = Diagnostic(
            "warning" if severity == "warning" else "error", message, hint, span, code
        )
        self.found.append(made)

    # Statements

    def script(self, node: t.Script) -> None:
        seen: set[str] = set()
        functions = [item for item in node.body if isinstance(item, t.Function)]
        for item in functions:
            if item.name in seen:
                self.report(f"There are two functions “{item.name}”.", item.span, None, "function")
            seen.add(item.name)
        self.body(item for item in node.body if not isinstance(item, t.Function))
        for item in functions:
            self.function(item)

    def function(self, node: t.Function) -> None:
        """Functions see their parameters and the variables of the outermost level."""
        outer = self.place
        inner = {name: self.parameter(kind, name) for kind, name in node.parameters}
        self.place = _Place(scopes=[outer.scopes[0], inner])
        self.statement(node.body)
        self.place = outer

    def parameter(self, kind: str, name: str) -> Variable:
        return Variable(kind if name not in self.assigned else "", None, kind)

    def body(self, statements: Iterable[t.Statement]) -> None:
        for item in statements:
            self.statement(item)

    def scoped(self, *statements: t.Statement) -> None:
        self.place.scopes.append({})
        self.body(statements)
        self.place.scopes.pop()

    def statement(self, node: t.Statement) -> None:
        getattr(self, f"_do_{type(node).__name__.lower()}", self._other)(node)

    def _other(self, node: t.Statement) -> None:
        """Empty statements; functions are walked after all else."""

    def _do_block(self, node: t.Block) -> None:
        self.scoped(*node.body)

    def _do_define(self, node: t.Define) -> None:
        self.place.scopes[0][node.name] = Variable()

    def _do_declaration(self, node: t.Declaration) -> None:
        for item in node.declarators:
            self.value(item.size)
            self.value(item.value)
            problem = types.of_declaration(node.type, item)
            if problem:
                self.report(*problem)
            self.place.scopes[-1][item.name] = self.declared(node.type, item)

    def declared(self, kind: str, item: t.Declarator) -> Variable:
        """What is sure of a variable that is never assigned again."""
        if item.is_array:
            return Variable("Array", None, "Array")
        if item.name in self.assigned:
            return Variable("", None, kind)
        sure = kind if kind in signatures.METHODS else ""
        given = self.kind_of(item.value)
        library = given.library if kind in ("Object", "treenode", "Variant", "var") else None
        if kind in ("Variant", "var"):
            sure = given.kind
        return Variable(sure, library, kind)

    def _do_expressionstatement(self, node: t.ExpressionStatement) -> None:
        self.value(node.expression)

    def _do_if(self, node: t.If) -> None:
        current: t.Statement | None = node
        while isinstance(current, t.If):
            self.value(current.test)
            self.statement(current.then)
            current = current.other
        if current is not None:
            self.statement(current)

    def _do_while(self, node: t.While) -> None:
        self.value(node.test)
        self.loop(node.body)

    def _do_for(self, node: t.For) -> None:
        self.place.scopes.append({})
        self.statement(node.start)
        self.value(node.test)
        self.value(node.step)
        self.loop(node.body)
        self.place.scopes.pop()

    def loop(self, body: t.Statement) -> None:
        self.place.loops += 1
        self.statement(body)
        self.place.loops -= 1

    def _do_switch(self, node: t.Switch) -> None:
        self.value(node.value)
        self.place.switches += 1
        self.place.scopes.append({})
        for case in node.cases:
            self.value(case.value)
            self.body(case.body)
        self.place.scopes.pop()
        self.place.switches -= 1

    def _do_return(self, node: t.Return) -> None:
        self.value(node.value)

    def _do_break(self, node: t.Break) -> None:
        if not self.place.loops and not self.place.switches:
            self.report("There is no loop around this break.", node.span, None, "syntax")

    def _do_continue(self, node: t.Continue) -> None:
        if not self.place.loops:
            self.report("There is no loop around this continue.", node.span, None, "syntax")

    # Expressions

    def value(self, node: t.Expression | None) -> None:
        """Look at an expression; chains of operators in a loop, because they may be long."""
        if len(self.found) >= MOST_FINDINGS:  # looking for near names takes time
            return
        while isinstance(node, t.Binary):
            self.value(node.right)
            node = node.left
        if node is not None:
            getattr(self, f"_at_{type(node).__name__.lower()}", self._literal)(node)

    def _literal(self, node: t.Expression) -> None:
        """Numbers and strings are never wrong."""

    def _at_name(self, node: t.Name) -> None:
        if self.variable(node.name) is None and not names.is_constant(node.name):
            self.report(*names.undeclared(node.name, node.span, self.visible()))

    def variable(self, name: str) -> Variable | None:
        return next((s[name] for s in reversed(self.place.scopes) if name in s), None)

    def visible(self) -> list[str]:
        return [name for scope in self.place.scopes for name in scope]

    def _at_arrayliteral(self, node: t.ArrayLiteral) -> None:
        for item in node.items:
            self.value(item)

    def _at_sequence(self, node: t.Sequence) -> None:
        for item in node.items:
            self.value(item)

    def _at_unary(self, node: t.Unary) -> None:
        self.value(node.operand)

    def _at_step(self, node: t.Step) -> None:
        self.target(node.operand)

    def _at_ternary(self, node: t.Ternary) -> None:
        for item in (node.test, node.then, node.other):
            self.value(item)

    def _at_assign(self, node: t.Assign) -> None:
        self.target(node.target)
        self.value(node.value)
        target = node.target
        if isinstance(target, t.Member) and self.kind_of(target.value).kind == "Object":
            problem = names.mistaken_label(target.name, target.span)
            if problem:
                self.report(*problem)

    def target(self, node: t.Expression) -> None:
        if isinstance(node, t.Name):
            if self.variable(node.name) is None:
                hint = f"Declare it first, for example: Variant {node.name};"
                self.report(f"“{node.name}” is not declared.", node.span, hint, "name")
        elif isinstance(node, t.Index | t.Member):
            self.value(node)
        else:
            self.report("This cannot be assigned to.", node.span, None, "syntax")

    def _at_index(self, node: t.Index) -> None:
        self.value(node.value)
        self.value(node.index)

    def _at_member(self, node: t.Member) -> None:
        if isinstance(node.value, t.Name) and self.variable(node.value.name) is None:
            finding = names.class_member(node.value.name, node.name, node.span)
            if finding:
                self.report(*finding)
        self.value(node.value)
        self.on_treenode(node)

    def on_treenode(self, node: t.Member) -> None:
        """On a treenode `.location` looks up a label."""
        if isinstance(node.value, t.Name) and node.name in names.ONLY_ON_OBJECTS:
            variable = self.variable(node.value.name)
            if variable is not None and variable.declared == "treenode":
                self.report(
                    f"“.{node.name}” on a treenode is a label in FlexSim, not a member.",
                    node.span,
                    f"Declare it as Object {node.value.name}.",
                    "treenode",
                    "warning",
                )

    def _at_call(self, node: t.Call) -> None:
        for item in node.arguments:
            self.value(item)
        if isinstance(node.function, t.Name):
            self.command(node, node.function.name)
        elif isinstance(node.function, t.Member):
            self.method(node, node.function)
        else:
            self.report("This cannot be called.", node.span, None, "type")

    def command(self, node: t.Call, name: str) -> None:
        count = len(node.arguments)
        if name in self.functions:
            wanted = len(self.functions[name].parameters)
            self.counted(f"{name}()", count, signatures.Arity(wanted, wanted), node.span, None)
            return
        if name in self.unsure:
            return
        finding = names.command(name, node.span, in_run=self.in_run)
        if finding:
            self.report(*finding)
            return
        arity = signatures.of_command(name)
        if self.counted(f"{name}()", count, arity, node.span, usage(name)):
            for problem in types.of_command(name, node):
                self.report(*problem)
        for problem in settings.of_command(name, node, self.kind_of, analyse_code):
            self.report(*problem)

    def counted(
        self, name: str, count: int, arity: signatures.Arity | None, span: Span, hint: str | None
    ) -> bool:
        if arity is None or count in arity:
            return True
        self.report(f"{name} takes {arity}, {count} given.", span, hint, "arguments")
        return False

    def method(self, node: t.Call, function: t.Member) -> None:
        self.value(function.value)
        self.on_treenode(function)
        known, subject = self.methods_of(function.value)
        if known is None:
            return
        arity = known.get(function.name)
        if arity is None:
            hint = settings.property_hint(function.name) or suggestion(function.name, list(known))
            text = f"{subject} no method “{function.name}”."
            self.report(text, node.span, hint, "method")
        elif self.counted(f"{function.name}()", len(node.arguments), arity, node.span, None):
            for problem in settings.of_method(node, function, self.kind_of, analyse_code):
                self.report(*problem)

    def methods_of(self, node: t.Expression) -> tuple[dict[str, signatures.Arity] | None, str]:
        """The methods that a value can have, and how to begin a sentence about it."""
        if isinstance(node, t.Name) and self.variable(node.name) is None and node.name in TYPES:
            known = names.class_methods(node.name)
            return known, f"{node.name} has"
        kind = self.kind_of(node).kind
        if kind == "Object":
            return signatures.METHODS["Object"], "Objects have"
        return signatures.METHODS.get(kind), f"{kind[:1].upper()}{kind[1:]}s have"

    def kind_of(self, node: t.Expression | None) -> Variable:
        """What is sure about a value."""
        if isinstance(node, t.Name):
            return self.variable(node.name) or Variable()
        if isinstance(node, t.String):
            return Variable("string")
        if isinstance(node, t.ArrayLiteral):
            return Variable("Array")
        if isinstance(node, t.Call):
            library = settings.created_class(node)
            return Variable("Object" if library else "", library)
        return Variable()
