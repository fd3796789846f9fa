"""What lark makes of `grammar.lark`, as JSON. After a change of the grammar:

python -m apps.engines.flexscript.table_maker
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .table import GRAMMAR, KEPT, hash_of

_ROOT = "start"


def made(text: str) -> dict[str, Any]:
    """What lark makes of the grammar, as JSON: the same on every machine."""
    from lark import Lark

    lark = Lark(text, parser="lalr", maybe_placeholders=True)
    ignored = set(lark.ignore_tokens)
    terminals = sorted(lark.terminals, key=_precedence)
    words = {
        item.pattern.value: item.name
        for item in terminals
        if item.pattern.type == "str" and item.pattern.value.isalpha()
    }
    rules = [rule for rule in lark.rules if not rule.origin.name.startswith("$")]
    states, end = _numbered(lark.parser.parser._parse_table, rules)  # noqa: SLF001
    return {
        "grammar": hash_of(text),
        "end": end,
        "words": dict(sorted(words.items())),
        "ignored": [item.pattern.to_regexp() for item in terminals if item.name in ignored],
        "terminals": {
            item.name: item.pattern.to_regexp()
            for item in terminals
            if item.name not in ignored and item.name not in words.values()
        },
        "rules": [[rule.origin.name, len(rule.expansion), list(_kept(rule))] for rule in rules],
        "states": states,
    }


def _precedence(item: Any) -> tuple[int, int, int, str]:
    """lark's order of terminals at one place."""
    pattern = item.pattern
    return -item.priority, -pattern.max_width, -len(pattern.value), item.name


def _kept(rule: Any) -> Iterator[int | None]:
    """Which children lark would put into its tree: no punctuation, a gap for an absent `[x]`."""
    empty = rule.options.empty_indices or (False,) * len(rule.expansion)
    gaps = [len(run) for run in "".join(str(int(x)) for x in empty).split("0")]
    for place, symbol in enumerate(rule.expansion):
        yield from [None] * gaps[place]
        if not (symbol.is_term and symbol.filter_out):
            yield ~place if symbol.name.startswith("__") else place
    yield from [None] * gaps[-1]


def _numbered(found: Any, rules: list[Any]) -> tuple[list[dict[str, str]], int]:
    """States in the order in which they are met; lark's own numbers differ from run to run."""
    number_of = {rule: index for index, rule in enumerate(rules)}
    order = [found.start_states[_ROOT]]
    places = {order[0]: 0}
    rows = []
    for state in order:  # grows while it is walked
        row: dict[str, list[str]] = {}
        for symbol, (action, target) in sorted(found.states[state].items()):
            if action.name == "Shift":
                if target not in places:
                    places[target] = len(order)
                    order.append(target)
                to = places[target]
            else:
                to = ~number_of[target]
            row.setdefault(str(to), []).append(symbol)
        rows.append({to: " ".join(symbols) for to, symbols in row.items()})
    return rows, places[found.end_states[_ROOT]]


def main() -> None:
    """Write the file anew."""
    KEPT.write_text(as_text(made(GRAMMAR.read_text(encoding="utf-8"))), encoding="utf-8")


def as_text(kept: dict[str, Any]) -> str:
    """JSON with one rule, state or terminal a line, so that a difference can be read."""
    entries = (f"{json.dumps(name)}: {_rows(value)}" for name, value in kept.items())
    return "{" + ",\n".join(entries) + "}\n"


def _rows(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(json.dumps, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)}: {json.dumps(item)}" for name, item in value.items())
        return "{\n" + ",\n".join(pairs) + "}"
    return json.dumps(value)


if __name__ == "__main__":
    main()
