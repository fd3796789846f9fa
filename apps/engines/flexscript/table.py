"""The parse table: lark makes it from `grammar.lark`, and it is kept beside it.

Making it takes a second or more and lark itself is slow to import, so what is made is a file
(`table_maker`). Where the file does not fit the grammar, the table is made anew in memory.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

GRAMMAR = Path(__file__).parent / "grammar.lark"
KEPT = Path(__file__).parent / "grammar.json"
END = "$END"


class Rule(NamedTuple):
    """`keep` tells what of the children goes into the tree: i the child itself, ~i the items of
    a list, None a gap. Inlined rules hand on their child number `single`, `unit` ones their only
    child.
    """

    origin: str
    size: int
    keep: tuple[int | None, ...]
    single: int | None
    unit: bool


def _rule(origin: str, size: int, keep: list[int | None]) -> Rule:
    """Repetitions are rules of their own, which lark names with two lines before."""
    inlined = origin.startswith("_") and not origin.startswith("__")
    single = keep[0] if inlined else None
    return Rule(origin, size, tuple(keep), single, single is not None and size == 1)


@dataclass(frozen=True)
class Table:
    """`actions[state][symbol]` is a state to go to, or ~r for a reduction by rule r."""

    terminals: dict[str, re.Pattern[str]]  # in the order in which they are tried
    words: dict[str, str]  # `if` → IF: names that are terminals where these are allowed
    ignored: re.Pattern[str]
    rules: list[Rule]
    actions: list[dict[str, int]]
    end: int


@cache
def table() -> Table:
    """The table of this process."""
    text = GRAMMAR.read_text(encoding="utf-8")
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    return _table(kept if kept.get("grammar") == hash_of(text) else _made(text))


def _table(kept: dict[str, Any]) -> Table:
    ignored = "|".join(kept["ignored"])
    return Table(
        {name: re.compile(pattern) for name, pattern in kept["terminals"].items()},
        kept["words"],
        re.compile(f"(?:{ignored})+"),
        [_rule(*rule) for rule in kept["rules"]],
        [{name: int(to) for to, names in row.items() for name in names.split()}
         for row in kept["states"]],
        kept["end"],
    )  # fmt: skip


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _made(text: str) -> dict[str, Any]:
    from .table_maker import made

    return made(text)
