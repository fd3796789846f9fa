"""The door to user code: FlexScript kept as text in properties and triggers.

The engine knows no language. Whoever calls `simulate` may pass a `CodeRunner`; without
one, only the plain forms that `plain_value` and `plain_reference` read can run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from .distributions import ARGUMENTS
from .model import DistributionValue, NumberValue

if TYPE_CHECKING:
    from .compiled.program import Program, Site
    from .kernel.node import Node
    from .kernel.simulation import Simulation

Code = Callable[["Node", tuple[Any, ...]], Any]  # (current, params) → the value returned


class CodeError(Exception):
    """Code that cannot be understood or could not go on; line and column count from 1."""

    def __init__(self, message: str, line: int, column: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint


class CodeRunner(Protocol):
    """Turns code into something to call; made once per replication and property.

    `world` gives `now`, `streams`, `model`, `nodes`, `node(name)`, `warn(text)`, `print(text)`,
    `message(…)` and `scratch`, where a runner keeps what belongs to the replication.
    Params are `kernel.item.Item`s, numbers and `kernel.node.Node`s; the value returned
    is a number, a string, a `Node` or a `ModelObject`. Both steps may raise CodeError.
    """

    def compile(self, text: str, world: Simulation) -> Code: ...


@runtime_checkable
class Lowerer(Protocol):
    """A CodeRunner that can also turn the common part of code into stack programs."""

    def lower(self, text: str, site: Site) -> Program:
        """Raises `compiled.program.NotLowered` on what is beyond a program."""
        ...

    def tables(self, world: Simulation) -> dict[str, list[list[Any]]]:
        """The global tables as code finds them when the run begins."""
        ...

    def text(self, value: Any) -> str:
        """A value as code prints it."""
        ...


_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_CALL = re.compile(r"(\w+)\s*\(([^()]*)(?:,\s*getstream\s*\(\s*current\s*\)\s*)?\)")
_CENTRE = re.compile(r"current\s*\.\s*centerObjects\s*\[\s*(\d+)\s*\]")
_FIND = re.compile(r'(?:Model\s*\.\s*find|node)\s*\(\s*"/?([^"]+)"\s*\)')
_KNOWN = 1024  # texts: a model asks for the same ones again and again
_SUBNODES = re.compile(r"item\s*\.\s*subnodes\s*\.\s*length")


def expression(text: str) -> str:
    """The code without comments, without `return` and its semicolon."""
    bare = _COMMENT.sub(" ", text).strip()
    bare = re.sub(r"^return\b", "", bare).strip()
    return bare.removesuffix(";").strip()


@lru_cache(_KNOWN)
def plain_value(text: str) -> NumberValue | DistributionValue | None:
    """A number or a distribution of numbers, or None when the code is more than that."""
    bare = expression(text)
    if _NUMBER.fullmatch(bare):
        return NumberValue(float(bare))
    call = _CALL.fullmatch(bare)
    if call is None or call[1] not in ARGUMENTS:
        return None
    args = [part.strip() for part in call[2].rstrip(" ,").split(",")]
    if not all(_NUMBER.fullmatch(part) for part in args):
        return None
    return DistributionValue(call[1], tuple(map(float, args[: ARGUMENTS[call[1]]])))


def plain_reference(text: str) -> int | None:
    """k of `current.centerObjects[k]`, or None."""
    match = _CENTRE.fullmatch(expression(text))
    return int(match[1]) if match else None


def named_object(text: str) -> str | None:
    """The name in `Model.find("Name")`, or the text itself if it may be a bare name."""
    match = _FIND.fullmatch(expression(text))
    return match[1] if match else text.strip() or None


def is_item_count(text: str) -> bool:
    """Whether the code is `item.subnodes.length`."""
    return bool(_SUBNODES.fullmatch(expression(text)))
