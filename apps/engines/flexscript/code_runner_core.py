"""The runner that the simulation engine asks to run code of properties and triggers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType, TracebackType
from typing import Any

from ..simulation.code import Code, CodeError
from ..simulation.compiled.program import NotLowered, Program, Site
from ..simulation.kernel.node import Node
from ..simulation.kernel.simulation import Simulation
from . import tree as t
from .code_runner_commands import call_command, call_math, check_command, constant
from .code_runner_expressions import Names
from .code_runner_host import OWNERS, RESERVED, LiveHost
from .code_runner_support import OPERATORS, shown
from .code_runner_translate import FILENAME, translate
from .diagnostics import START, FlexScriptError
from .limits import Limits
from .parser import ParseResult, parse
from .values import ClassName, Labels, truth

MAX_CACHED = 10_000
MAX_PARSED = 512
"""Texts whose trees and code a process keeps: scenarios and replications repeat the same code."""
_WRAPPED = "return "
_FAILURES = (
    FlexScriptError, ArithmeticError, RecursionError, MemoryError, TypeError, ValueError,
    LookupError, AttributeError,
)  # fmt: skip


class Runner:
    """A `CodeRunner`: parses and translates each text once, binds it once per replication."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._codes: dict[str, tuple[CodeType, int]] = {}

    def compile(self, text: str, world: Simulation) -> Code:
        """Raises CodeError on code that cannot be understood."""
        found = self._codes.get(text)
        if found is None:
            found = _translated(text)
            if len(self._codes) < MAX_CACHED:
                self._codes[text] = found
        code, shift = found
        host = world.scratch.get("flexscript")
        if host is None:
            host = world.scratch["flexscript"] = LiveHost(world, self.limits)
            host.compiled = lambda text: self.compile(text, world)
        return _bound(code, shift, host)

    def lower(self, text: str, site: Site) -> Program:
        """The code as a program of the compiled kernel; raises NotLowered."""
        from .code_runner_lower import lower

        script, changed = _readied(text)
        if script is None:
            raise NotLowered("cannot be parsed")
        return lower(script, changed, site)

    def tables(self, world: Simulation) -> dict[str, list[list[Any]]]:
        """The global tables as code finds them when the run begins."""
        host: LiveHost | None = world.scratch.get("flexscript")
        return dict((host.plain.model if host else world.model).tables)

    def text(self, value: Any) -> str:
        """A value as code prints it."""
        return shown(value)


@lru_cache(MAX_PARSED)
def _translated(text: str) -> tuple[CodeType, int]:
    """The code, and by how many columns its first line was moved."""
    parsed, shift = _parsed(text)
    names = Names(constant, check_command)
    try:
        if parsed.tree is None:
            found = parsed.diagnostics[0]
            raise FlexScriptError(found.message, found.span, found.hint, found.code)
        return translate(_with_return(parsed.tree), names), shift
    except FlexScriptError as error:
        span = error.diagnostic.span
        raise _at(error, span.line, span.column, shift) from None
    except RecursionError:
        raise CodeError("The code is nested too deeply.", 1, 1, "Split it up.") from None


@lru_cache(MAX_PARSED)
def _parsed(text: str) -> tuple[ParseResult, int]:
    """A body of statements, or an expression that stands for its value."""
    whole = parse(text)
    if whole.tree is not None:
        return whole, 0
    tries = [(parse(f"{text}\n;"), 0)]
    if ";" not in text:
        tries.append((parse(f"{_WRAPPED}{text}\n;"), len(_WRAPPED)))
    return next((found for found in tries if found[0].tree is not None), (whole, 0))


@lru_cache(MAX_PARSED)
def _readied(text: str) -> tuple[t.Script | None, frozenset[str]]:
    """The statements, and the arrays that they change: what `lower` asks for at every model."""
    from .code_runner_lower import changed_arrays

    parsed, _ = _parsed(text)
    if parsed.tree is None:
        return None, frozenset()
    return _with_return(parsed.tree), frozenset(changed_arrays(parsed.tree))


def _with_return(script: t.Script) -> t.Script:
    """`10;` and `item.Type` alone are the value of the property."""
    if len(script.body) == 1 and isinstance(script.body[0], t.ExpressionStatement):
        only = script.body[0]
        return t.Script(script.span, (t.Return(only.span, only.expression),))
    return script


def _bound(code: CodeType, shift: int, host: LiveHost) -> Code:
    """The code as a function of (current, params) in one replication."""
    budget = host.budget
    space: dict[str, Any] = {"__builtins__": {}, **OPERATORS, **_helpers(host)}
    space.update(
        tick=budget.tick,
        enter=budget.enter,
        leave=budget.leave,
        clock=host.world.clock,
        plus=budget.plus,
        array_of=budget.array_of,
    )
    exec(code, space)  # noqa: S102 - made by our translator, without builtins and text
    function: Callable[[Node, tuple[Any, ...]], Any] = space["run"]

    def run(current: Node, params: tuple[Any, ...]) -> Any:
        host.current, host.params = current, params
        if budget.steps:
            budget.begin()
        try:
            return function(current, params)
        except _FAILURES as error:
            line, column = _place(error.__traceback__)
            raise _at(error, line, column, shift) from None

    return run


def _helpers(host: LiveHost) -> dict[str, Any]:
    """What translated code calls to reach objects."""
    types: dict[str, ClassName] = {}

    def method(value: Any, name: str, arguments: list[Any]) -> Any:
        if isinstance(value, ClassName) and value.name == "Math":
            return call_math(name, arguments)
        return host.call_method(value, name, arguments, START)

    def member(value: Any, name: str) -> Any:
        if isinstance(value, OWNERS) and name in value.labels:
            return value.labels[name]  # the commonest case, without a further call
        return host.get_member(value, name, START)

    def set_member(value: Any, name: str, new: Any) -> Any:
        if isinstance(value, OWNERS) and name in value.labels and name not in RESERVED:
            value.labels[name] = new
        else:
            host.set_member(value, name, new, START)
        return new

    def set_index(value: Any, index: Any, new: Any) -> Any:
        host.set_index(value, index, new, START)
        return new

    return {
        "member": member,
        "member_if": lambda value, name: (
            None if value is None else host.get_member(value, name, START)
        ),
        "label_or_null": lambda value, name: (
            None if value is None else host.label_or_null(value, name)
        ),
        "label_there": lambda value, index: (
            str(index) in value.owner.labels
            if isinstance(value, Labels)
            else truth(host.get_index(value, index, START))
        ),
        "set_member": set_member,
        "index": lambda value, index: host.get_index(value, index, START),
        "set_index": set_index,
        "method": method,
        "method_if": lambda value, name, given: (
            None if value is None else method(value, name, given)
        ),
        "command": lambda name, arguments: call_command(host, name, arguments),
        "param": host.param,
        "type_named": lambda name: types.setdefault(name, ClassName(name)),
    }


def _place(trace: TracebackType | None) -> tuple[int, int]:
    """Line and column in the FlexScript source where the innermost of its functions was."""
    line, column = 1, 1
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == FILENAME:
            start, _, offset, _ = list(code.co_positions())[trace.tb_lasti // 2]
            line, column = start or trace.tb_lineno, (offset or 0) + 1
        trace = trace.tb_next
    return line, column


def _at(error: BaseException, line: int, column: int, shift: int) -> CodeError:
    """The error at its place, in the words of the language."""
    column = max(1, column - shift) if line == 1 else column
    if isinstance(error, FlexScriptError):
        found = error.diagnostic
        return CodeError(found.message, line, column, found.hint)
    if isinstance(error, ZeroDivisionError):
        hint = "Check the divisor first, for example: b == 0 ? 0 : a / b."
        return CodeError("Division by zero.", line, column, hint)
    if isinstance(error, ArithmeticError):
        return CodeError("A number grew too large.", line, column, "Bound the calculation.")
    if isinstance(error, RecursionError | MemoryError):
        return CodeError("The code needs too much depth or memory.", line, column, "Simplify it.")
    return CodeError("This does not work with these values.", line, column)
