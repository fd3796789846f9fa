"""Lists of values: List("Name") with push, pull and entries, while a model is built.

A run begins with empty lists, as a reset leaves them in FlexSim; those of a run are in
`code_runner_lists`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .arithmetic import whole
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .values import MAX_ITEMS, FlexArray, text_of

if TYPE_CHECKING:
    from .host import ModelHost

METHODS = ("push", "pull", "entries")


@dataclass(eq=False)
class Entry:
    """A value in a list since that time; partitions keep lists within the list."""

    value: Any
    time: float
    partition: str


@dataclass(eq=False)
class FlexList:
    """A global list."""

    name: str
    entries: list[Entry] = field(default_factory=list)


def call(host: ModelHost, found: FlexList, name: str, args: list[Any], span: Span) -> Any:
    """One of METHODS."""
    if name == "push":
        return _push(found, args, span)
    if name == "pull":
        return _pull(host, found, args, span)
    if name == "entries":
        return FlexArray([entry.value for entry in found.entries])
    hint = suggestion(name, METHODS) or f"Lists have {', '.join(METHODS)}."
    raise FlexScriptError(f"Lists have no method “{name}”.", span, hint, "method")


def _push(found: FlexList, args: list[Any], span: Span) -> Any:
    if len(found.entries) >= MAX_ITEMS:
        raise FlexScriptError(f"The list “{found.name}” grew too large.", span, code="limit")
    found.entries.append(Entry(args[0], 0.0, text_of(args[1]) if len(args) > 1 else ""))
    return args[0]


def _pull(host: ModelHost, found: FlexList, args: list[Any], span: Span) -> Any:
    """What was pushed first; NULL where there is less than what is wanted."""
    if args and args[0]:
        hint = "Leave the query out, or pull in a trigger."
        text = "A list answers queries only while the model runs."
        raise FlexScriptError(text, span, hint, "unsupported")
    count = whole(args[1], span) if len(args) > 1 else 1
    if count < 1 or len(found.entries) < count:
        return None
    host.spend(len(found.entries) // 10, span)
    taken, found.entries = found.entries[:count], found.entries[count:]
    return taken[0].value if count == 1 else FlexArray([entry.value for entry in taken])
