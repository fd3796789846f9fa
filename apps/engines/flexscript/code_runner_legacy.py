"""Older commands in code that runs: what newer FlexSim writes with a dot or a class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import legacy, moments
from .code_runner_host import LiveHost
from .code_runner_support import shown, whole
from .diagnostics import START

Command = Callable[..., Any]
_PLAIN = (
    "gettablenum gettablestr settablenum settablestr settablesize gettablerows gettablecols "
    "stringcopy stringpart stringsearch stringreplace numtostring tonode tonum"
).split()
_VECTORS = {"loc": "location", "size": "size", "rot": "rotation"}


def _plain(name: str) -> Command:
    """What needs no running object is as it is while a model is built."""
    return lambda host, *given: legacy.COMMANDS[name](host.plain, list(given), START)


def _component(letter: str, attribute: str) -> Command:
    return lambda host, value: host.get_member(
        host.get_member(value, attribute, START), letter, START
    )


def _member(name: str) -> Command:
    return lambda host, value: host.get_member(value, name, START)


def _rank(host: LiveHost, value: Any, place: Any) -> Any:
    """The object of that rank in another; NULL where there is none."""
    inside = host.get_member(value, "subnodes", START)
    count = whole(host.get_member(inside, "length", START))
    return host.get_index(inside, place, START) if 1 <= whole(place) <= count else None


def _value(host: LiveHost, value: Any) -> Any:
    """getnodenum(label(item, "x")): here a label is its value."""
    return host.get_member(value, "value", START) if hasattr(value, "owner") else value


LEGACY: dict[str, Command] = {
    **{name: _plain(name) for name in _PLAIN},
    **{
        f"{letter}{short}": _component(letter, attribute)
        for letter in "xyz"
        for short, attribute in _VECTORS.items()
    },
    **{name: _member(name) for name in ("first", "last", "up", "next", "prev")},
    **dict.fromkeys(("parval", "parnode"), LiveHost.param),
    "parstr": lambda host, index: shown(host.param(index)),
    "rank": _rank,
    "getnodenum": _value,
    "getnodestr": lambda host, value: shown(_value(host, value)),
    "gets": _value,
    "DateTime": lambda host, *given: moments.make(host.plain, list(given), START),
}
