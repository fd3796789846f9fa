"""The parser's own grammar as llguidance reads it, for decoding that stays inside FlexScript.

llguidance (Earley over byte-level lexemes) knows lark's notation but no look-around and no terminal
priorities. So the few terminals that need either are said in another way, each for a part of what
the parser takes: everything that the constraint lets through parses, and what it leaves out
(`#define`, `label?`, comments inside a namespaced type) no generated script needs.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ... import flexscript

KEYWORDS = "if|else|while|for|switch|case|default|break|continue|return"
BLANKS = r"[ \t\r\n]+"
"""After a type in a declaration: without look-around, what else keeps `intx` from being two?"""
LEFT_OUT = ("lenient", "define", "DEFINE", "MAYBE")
"""Rules and terminals without a place in generated scripts."""


@cache
def llguidance_grammar() -> str:
    """Lark source for `LLMatcher.grammar_from_lark`."""
    source = (Path(flexscript.__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line and not line.startswith("//")]
    kept = [_said_again(line) for line in lines if _head(line) not in LEFT_OUT]
    blanks_first = '%llguidance {"allow_initial_skip": true}\n'
    return (
        blanks_first
        + "\n".join(re.sub(r"\s\|\s(?:lenient|define)\b", "", line) for line in kept)
        + "\n"
    )


def _head(line: str) -> str:
    found = re.match(r"\w+", line)
    return found[0] if found else ""


def _said_again(line: str) -> str:
    head, _, body = line.partition(": ")
    name = head.partition(".")[0]
    if name == "type":
        return line.replace("TYPE", "TYPED")
    if name == "TYPE":
        types = body.replace(r"\b", "")
        return f"TYPE: {types}\nTYPED: {types[:-1]}{BLANKS}/"
    if name == "NAME":
        return f"NAME: {body} & ~/{KEYWORDS}/ & ~TYPE"
    if name == "NAMESPACED":
        spaces = re.match(r"/\\b(\(\w+(?:\|\w+)*\))", body)
        if spaces is None:
            raise ValueError(f"The grammar's NAMESPACED has a new form: {body[:60]}")
        return rf"NAMESPACED: /{spaces[1]}\.[A-Z][A-Za-z0-9_]*{BLANKS}/"
    if name == "CHAIN":
        return 'CHAIN: "?."'
    return f"{name}: " + re.sub(r"\(\?![^()]*\)", "", body) if body else line
