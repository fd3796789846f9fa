"""Global lists while the model runs: List("Name").push(value), .pull(query), .entries().

A list is made by its first use and belongs to the replication. A query is FlexSim's
`WHERE … ORDER BY … [ASC|DESC], …` over the entries: `value` is the entry, `puller` who
asks, `age` the seconds since the push, any other name a label of the entry. What nobody
can have now is NULL; nothing is kept as a back order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..simulation.code import CodeError
from .code_runner_support import described, fault, shown, whole
from .lists import Entry, FlexList
from .values import MAX_ITEMS, FlexArray, truth

if TYPE_CHECKING:
    from .code_runner_host import LiveHost


MAX_QUERIES = 200  # kept compiled
_COST = 10  # of looking at an entry, in rounds of a loop
_CLAUSES = re.compile(r"\s*(?:WHERE\s+(?P<where>.*?))?\s*(?:ORDER\s+BY\s+(?P<order>.*))?\s*$",
                      re.IGNORECASE | re.DOTALL)  # fmt: skip
_TOKEN = re.compile(r"""("[^"]*"|'[^']*')|(==|!=|<>|<=|>=|=)|((?:\.\s*)?[A-Za-z_]\w*)""")
_OPERATORS = {"=": "==", "<>": "!="}
_WORDS = {"and": "&&", "or": "||", "not": "!"}
_OWN = frozenset({"value", "puller", "age", "true", "false", "Model", "Math"})
_DIRECTION = re.compile(r"\s+(ASC|DESC)\s*$", re.IGNORECASE)
_SETUP = "Variant value = param(1); Variant puller = param(2); double age = param(3); return "


def global_list(host: LiveHost, name: Any) -> FlexList:
    """List("Name")"""
    lists: dict[str, FlexList] = host.world.scratch.setdefault("lists", {})
    return lists.setdefault(str(name), FlexList(str(name)))


def list_method(host: LiveHost, found: FlexList, name: str, arguments: list[Any]) -> Any:
    method = _METHODS.get(name)
    if method is None:
        raise fault(f"A List has no method “{name}”.", "Use push, pull or entries.", "method")
    return method(host, found, *arguments)


def _push(host: LiveHost, found: FlexList, value: Any, partition: Any = "", *_: Any) -> Any:
    if len(found.entries) >= MAX_ITEMS:
        raise fault(f"The list “{found.name}” grew too large.", code="limit")
    found.entries.append(Entry(value, host.world.clock.now, shown(partition)))
    return value


def _pull(
    host: LiveHost, found: FlexList, query: Any = "", wanted: Any = 1, least: Any = None,
    puller: Any = None, partition: Any = "", *_: Any,
) -> Any:  # fmt: skip
    """The first of the entries that suit, or an Array where more than one is wanted."""
    count = whole(wanted)
    needed = count if least is None else whole(least)
    suiting = _suiting(host, found, shown(query or ""), puller, shown(partition or ""))
    if len(suiting) < max(1, needed):
        return None
    taken = suiting[:count]
    for entry in taken:
        found.entries.remove(entry)
    return taken[0].value if count == 1 else FlexArray([entry.value for entry in taken])


def _entries(_: LiveHost, found: FlexList, partition: Any = "", *__: Any) -> FlexArray:
    wanted = shown(partition or "")
    return FlexArray([entry.value for entry in found.entries if entry.partition == wanted])


def _suiting(
    host: LiveHost, found: FlexList, query: str, puller: Any, partition: str
) -> list[Entry]:
    """The entries that a query gives, in its order; those of equal rank as pushed."""
    host.budget.spend(len(found.entries))
    entries = [entry for entry in found.entries if entry.partition == partition]
    clauses = _CLAUSES.match(query)
    if clauses is None or (query.strip() and not any(clauses.groups())):
        hint = "Write WHERE Type == 1 ORDER BY Priority DESC."
        raise fault(f"The query {described(query)} cannot be read.", hint, "arguments")
    if clauses["where"]:
        entries = [
            entry for entry in entries if truth(_value(host, clauses["where"], entry, puller))
        ]
    for part in reversed((clauses["order"] or "").split(",")):
        if part.strip():
            direction = _DIRECTION.search(part)
            text = _DIRECTION.sub("", part)
            ranked = [(_value(host, text, entry, puller), entry) for entry in entries]
            down = direction is not None and direction[1].upper() == "DESC"
            entries = [entry for _, entry in sorted(ranked, key=_rank, reverse=down)]
    return entries


def _rank(ranked: tuple[Any, Entry]) -> float:
    value = ranked[0]
    if isinstance(value, int | float):
        return float(value)
    raise fault(f"Entries are ordered by numbers, not by {described(value)}.", code="type")


def _value(host: LiveHost, text: str, entry: Entry, puller: Any) -> Any:
    age = host.world.clock.now - entry.time
    code, before = _compiled(host, _SETUP + _translated(text) + ";"), host.params
    host.budget.spend(_COST)
    try:
        with host.budget.shared():
            return code(host.current, (entry.value, puller, age))
    except CodeError as error:
        raise fault(error.message, error.hint) from None
    finally:
        host.params = before


def _compiled(host: LiveHost, text: str) -> Any:
    known: dict[str, Any] = host.world.scratch.setdefault("queries", {})
    if text not in known:
        if len(known) >= MAX_QUERIES:
            known.clear()
        assert host.world.runner is not None, "code is running"
        known[text] = host.world.runner.compile(text, host.world)
    return known[text]


def _translated(text: str) -> str:
    """A condition or field of a query as FlexScript: names become labels of the entry."""

    def replaced(match: re.Match[str]) -> str:
        string, operator, name = match.groups()
        if string is not None:
            return f'"{string[1:-1]}"'
        if operator is not None:
            return _OPERATORS.get(operator, operator)
        if name.startswith(".") or name in _OWN:
            return str(name)
        return _WORDS.get(name.lower(), f"value.{name}")

    return _TOKEN.sub(replaced, text)


_METHODS: dict[str, Any] = {"push": _push, "pull": _pull, "entries": _entries}


def list_command(name: str) -> Any:
    """listpush(list, value, …) and listpull(list, query, …)"""

    def command(host: LiveHost, found: Any, *arguments: Any) -> Any:
        target = found if isinstance(found, FlexList) else global_list(host, shown(found))
        return list_method(host, target, name, list(arguments))

    return command
