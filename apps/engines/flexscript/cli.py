"""What both command lines do with files: `python -m apps.engines.flexscript` and `manage.py`."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import Diagnostic, FlexScriptError
from .formatter import format_source
from .parser import parse


def line_of(path: Path, item: Diagnostic) -> str:
    """`file:line:col: severity: message (hint)`, which editors can jump to."""
    hint = f" ({item.hint})" if item.hint else ""
    return f"{path}:{item.span.line}:{item.span.column}: {item.severity}: {item.message}{hint}"


@dataclass(frozen=True)
class Reformatted:
    """What to print, and whether the file is at fault."""

    output: str
    failed: bool


def add_fmt_options(parser: ArgumentParser) -> None:
    """`fmt FILE…` prints, `--write` replaces the files, `--check` only says which would change."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--write", action="store_true", help="replace the files")
    way.add_argument("--check", action="store_true", help="name files that would change; exit 1")


def reformat(path: Path, source: str, *, check: bool, write: bool) -> Reformatted:
    """Lay out one file: print it, say whether it would change (`check`), or replace it."""
    try:
        tidy = format_source(source)
    except FlexScriptError as error:
        found = "".join(f"{line_of(path, item)}\n" for item in parse(source).diagnostics)
        return Reformatted(found or f"{line_of(path, error.diagnostic)}\n", failed=True)
    if check:
        changed = tidy != source
        return Reformatted(f"{path}: would be reformatted\n" if changed else "", failed=changed)
    if not write:
        return Reformatted(tidy, failed=False)
    if tidy != source:
        path.write_text(tidy, encoding="utf-8", newline="\n")
    return Reformatted("", failed=False)
