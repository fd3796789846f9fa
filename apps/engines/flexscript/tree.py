"""The syntax tree: frozen dataclasses with spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from .diagnostics import Span


@dataclass(frozen=True)
class Node:
    """Anything with a place in the source."""

    span: Span


@dataclass(frozen=True)
class Name(Node):
    name: str


@dataclass(frozen=True)
class Number(Node):
    value: float
    integer: bool
    text: str


@dataclass(frozen=True)
class String(Node):
    value: str


@dataclass(frozen=True)
class ArrayLiteral(Node):
    items: tuple[Expression, ...]
    braces: bool = False


@dataclass(frozen=True)
class Unary(Node):
    operator: str
    operand: Expression


@dataclass(frozen=True)
class Step(Node):
    """++ or --, before or after."""

    operator: str
    operand: Expression
    before: bool


@dataclass(frozen=True)
class Binary(Node):
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Ternary(Node):
    test: Expression
    then: Expression
    other: Expression


@dataclass(frozen=True)
class Assign(Node):
    operator: str
    target: Expression
    value: Expression


@dataclass(frozen=True)
class Call(Node):
    function: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Index(Node):
    value: Expression
    index: Expression


@dataclass(frozen=True)
class Member(Node):
    """value.name; `optional` is `?.`, `lenient` the `?` behind a label that may be missing."""

    value: Expression
    name: str
    optional: bool = False
    lenient: bool = False


@dataclass(frozen=True)
class Sequence(Node):
    """Two or more expressions in a row, in the header of a `for`; its value is the last one's."""

    items: tuple[Expression, ...]


Expression = (
    Name | Number | String | ArrayLiteral | Unary | Step | Binary | Ternary | Assign | Call | Index
    | Member | Sequence
)  # fmt: skip


@dataclass(frozen=True)
class Declarator(Node):
    name: str
    is_array: bool
    size: Expression | None
    value: Expression | None


@dataclass(frozen=True)
class Declaration(Node):
    type: str
    declarators: tuple[Declarator, ...]


@dataclass(frozen=True)
class ExpressionStatement(Node):
    expression: Expression


@dataclass(frozen=True)
class Block(Node):
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class If(Node):
    test: Expression
    then: Statement
    other: Statement | None


@dataclass(frozen=True)
class While(Node):
    test: Expression
    body: Statement


@dataclass(frozen=True)
class For(Node):
    start: Statement
    test: Expression | None
    step: Expression | None
    body: Statement


@dataclass(frozen=True)
class Case(Node):
    """One label of a switch; `value` is None for default."""

    value: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Switch(Node):
    value: Expression
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Return(Node):
    value: Expression | None


@dataclass(frozen=True)
class Break(Node):
    pass


@dataclass(frozen=True)
class Continue(Node):
    pass


@dataclass(frozen=True)
class Empty(Node):
    pass


@dataclass(frozen=True)
class Define(Node):
    """#define NAME value"""

    name: str
    text: str


@dataclass(frozen=True)
class Function(Node):
    type: str
    name: str
    parameters: tuple[tuple[str, str], ...]
    body: Block


Statement = (
    Declaration | ExpressionStatement | Block | If | While | For | Switch | Return | Break
    | Continue | Empty | Define | Function
)  # fmt: skip


@dataclass(frozen=True)
class Script(Node):
    body: tuple[Statement, ...]


_PARTS: dict[str, tuple[str, ...]] = {}


def parts(node: Node) -> tuple[str, ...]:
    """The names of what a node holds beside its place."""
    kind = type(node).__name__
    if kind not in _PARTS:
        _PARTS[kind] = tuple(item.name for item in fields(node) if item.name != "span")
    return _PARTS[kind]


def nodes(root: Any) -> Iterator[Node]:
    """Every node below and with `root`, in no promised order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node, Node):
            yield node
            waiting.extend(getattr(node, name) for name in parts(node))


def same_tree(one: Any, other: Any) -> bool:
    """Whether two trees are equal apart from their places in the source."""
    waiting = [(one, other)]
    while waiting:
        a, b = waiting.pop()
        if isinstance(a, Node):
            if type(a) is not type(b):
                return False
            waiting.extend((getattr(a, name), getattr(b, name)) for name in parts(a))
        elif isinstance(a, tuple):
            if not isinstance(b, tuple) or len(a) != len(b):
                return False
            waiting.extend(zip(a, b, strict=True))
        elif a != b:
            return False
    return True


@dataclass(frozen=True)
class Held(Node):
    """What part of an assignment's target was worked out to, for it is worked out once."""

    value: Any


def once(target: Any, work_out: Callable[[Any], Any]) -> Any:
    """A target whose object and index have become what `work_out` makes of them."""
    if isinstance(target, Index):
        owner = work_out(target.value)
        return replace(target, value=owner, index=work_out(target.index))
    if isinstance(target, Member):
        return replace(target, value=work_out(target.value))
    return target


def has_effects(*roots: Any) -> bool:
    """Whether working something out may change what else is worked out to."""
    return any(
        isinstance(node, Assign | Step) or (isinstance(node, Call) and not _is_quiet(node))
        for root in roots
        for node in nodes(root)
    )


def _is_quiet(node: Call) -> bool:
    name = node.function.name if isinstance(node.function, Name | Member) else ""
    return name in _QUIET


_QUIET = frozenset(
    "Table param ownerobject find as time content getlabel inobject outobject centerobject assert".split()
)


def jumped_over(switch: Switch, entry: int) -> Iterator[Declaration]:
    """What the cases before an entry declare, without the values: a jump to the entry leaves them
    behind, and the variables are there and empty.
    """
    for case in switch.cases[:entry]:
        for node in case.body:
            if isinstance(node, Declaration):
                empty = tuple(replace(item, value=None) for item in node.declarators)
                yield replace(node, declarators=empty)
