"""Groups of objects: Group("Name"), its members in the order in which they were added.

Here and in code that runs, where the members are running objects and what changes belongs to the
replication.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from .arithmetic import whole
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .values import MAX_ITEMS, FlexArray, FlexGroup, describe, text_of


class Host(Protocol):
    """What knows the groups."""

    def group(self, name: str) -> FlexGroup: ...

    def member(self, value: Any, span: Span) -> Any:
        """`value` as an object that can be in a group, or an error."""
        ...


def of(host: Host, value: Any, span: Span) -> FlexGroup:
    """A group by its name, or as it is."""
    if isinstance(value, FlexGroup):
        return value
    if isinstance(value, str):
        return host.group(value)
    raise FlexScriptError(
        f"A group is needed here, not {describe(value)}.", span, 'Write Group("Name").', "type"
    )


def call(host: Host, group: FlexGroup, name: str, args: list[Any], span: Span) -> Any:
    """One of METHODS."""
    method = METHODS.get(name)
    if method is None:
        hint = suggestion(name, list(METHODS)) or f"Groups have {', '.join(METHODS)}."
        raise FlexScriptError(f"Groups have no method “{name}”.", span, hint, "method")
    return method(host, group, args, span)


def _add(host: Host, group: FlexGroup, args: list[Any], span: Span) -> int:
    member = host.member(args[0], span)
    if len(group.items) >= MAX_ITEMS:
        raise FlexScriptError("A group grew too large.", span, code="limit")
    if member not in group.items:
        group.items.append(member)
    return 1


def _remove(host: Host, group: FlexGroup, args: list[Any], span: Span) -> int:
    """A member by itself or by its rank."""
    wanted = args[0]
    if isinstance(wanted, int | float):
        wanted = _ranked(group, wanted, span)
    member = host.member(wanted, span)
    if member in group.items:
        group.items.remove(member)
        return 1
    return 0


def _index(host: Host, group: FlexGroup, args: list[Any], span: Span) -> int:
    member = host.member(args[0], span)
    return group.items.index(member) + 1 if member in group.items else -1


def _array(_host: Host, group: FlexGroup, _args: list[Any], _span: Span) -> FlexArray:
    return FlexArray(list(group.items))


def _ranked(group: FlexGroup, rank: Any, span: Span) -> Any:
    place = whole(rank, span)
    return group.items[place - 1] if 1 <= place <= len(group.items) else None


METHODS: dict[str, Callable[[Host, FlexGroup, list[Any], Span], Any]] = {
    "addMember": _add, "removeMember": _remove, "indexOf": _index, "toFlatArray": _array,
    "toArray": _array,
}  # fmt: skip
COMMANDS: dict[str, Callable[[Any, list[Any], Span], Any]] = {
    "Group": lambda host, args, _span: host.group(text_of(args[0])),
    "groupaddmember": lambda h, a, s: _add(h, of(h, a[0], s), a[1:], s),
    "groupremovemember": lambda h, a, s: _remove(h, of(h, a[0], s), a[1:], s),
    "groupmember": lambda h, a, s: _ranked(of(h, a[0], s), a[1], s),
    "groupnummembers": lambda h, a, s: len(of(h, a[0], s).items),
}
"""Group("Name") and the commands of older scripts."""
