"""The measured quality of the shipped model: figures and single cases, as `vlsm evaluate --out`
wrote them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.common.errors import NotFound

JSON = dict[str, Any]
COLUMNS = {
    "svr": _("structure"),
    "pmr": _("parameters"),
    "esr": _("runs"),
    "exact": _("exact twin"),
    "behaviour": _("behaviour"),
    "bleu4": "BLEU-4",
}
SOURCES = {
    "text": _("in words alone"),
    "both": _("in words and sketch"),
    "sketch": _("in the sketch alone"),
}
GROUPS = {
    "by_source": _("Where connections are told"),
    "by_phrasing": _("Phrasings"),
    "by_classes": _("Kinds of objects"),
    "by_size": _("Number of objects"),
    "by_layout": _("Layout"),
    "by_category": _("Industry"),
}


@dataclass(frozen=True)
class Line:
    """One line of two scripts side by side; `kind` says where it stands."""

    kind: Literal["same", "missing", "surplus"]
    text: str


@dataclass(frozen=True)
class Row:
    """Figures of one group of cases."""

    name: str
    n: int
    cells: tuple[JSON | None, ...]


def folder() -> Path:
    return Path(settings.BASE_DIR) / "apps/engines/vlsm/results"


@cache
def _report(changed: float) -> JSON:
    del changed
    report: JSON = json.loads((folder() / "report.json").read_text(encoding="utf-8"))
    return report


def report_get() -> JSON | None:
    """The shipped report, or None where none was made."""
    path = folder() / "report.json"
    return _report(path.stat().st_mtime) if path.exists() else None


def rows_of(report: JSON) -> Iterator[tuple[str, list[Row]]]:
    """Tables: all cases, then one for each way of grouping them."""
    yield str(_("All cases")), [_row(str(_("all")), report)]
    for key, title in GROUPS.items():
        groups = report.get(key) or {}
        if groups:
            rows = [_row(str(SOURCES.get(name, name)), figures) for name, figures in groups.items()]
            yield str(title), rows


def _row(name: str, figures: JSON) -> Row:
    cells = tuple(figures.get(column) for column in COLUMNS)
    return Row(name, figures["n"], cells)


@cache
def _cases(changed: float) -> list[JSON]:
    del changed
    lines = (folder() / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def cases_get(source: str = "", *, wrong: bool = False) -> list[JSON]:
    """Cases, of one source of connections or all, only those not exact or all."""
    path = folder() / "cases.jsonl"
    found = _cases(path.stat().st_mtime) if path.exists() else []
    return [
        case
        for case in found
        if (not source or case["source"] == source) and not (wrong and case["exact"])
    ]


def case_get(number: int) -> JSON:
    """One case. Raises NotFound."""
    for case in cases_get():
        if case["number"] == number:
            return case
    raise NotFound


def sketch_path(number: int) -> Path:
    """The picture of a case. Raises NotFound."""
    name = Path(case_get(number)["sketch"]).name
    path = folder() / name
    if not name or not path.is_file():
        raise NotFound
    return path


def differences(truth: str, answer: str) -> list[Line]:
    """Truth and answer as one text: lines in both, missing and surplus. Locations, which nobody
    told, and the order of objects, properties and connections are left out."""
    wanted, given = _lines(truth), _lines(answer)
    out: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes():
        if tag == "equal":
            out += [Line("same", text) for text in wanted[a:b]]
        else:
            out += [Line("missing", text) for text in wanted[a:b]]
            out += [Line("surplus", text) for text in given[c:d]]
    return out


def _lines(source: str) -> list[str]:
    """The statements of a printed script, object by object in alphabetical order."""
    blocks = [
        [line for line in block.splitlines() if line and not line.startswith("//")]
        for block in source.split("\n\n")
    ]
    objects = [block for block in blocks if block and "Object.create(" in block[0]]
    others = [line for block in blocks if block not in objects for line in block]
    lines = []
    for create, *rest in sorted(objects):
        lines += [create, *sorted(line for line in rest if ".setLocation(" not in line), ""]
    return lines + sorted(others)
