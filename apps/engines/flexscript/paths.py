"""Tree paths: `/` child, `>` attribute tree, `..` parent, `?Name` anywhere below, `name~n` the
n-th of that name, a number for the rank, quotes around a name with such characters.

Objects lie side by side under the model, so a container that is not there is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..simulation.model import Model, ModelObject
from .values import Branch, LabelNode, Variable

_ROOT = re.compile(r"^(MODEL|MAIN|VIEW):/*", re.IGNORECASE)
_STEP = re.compile(r'(?P<way>[/>]?)(?:"(?P<quoted>[^"]*)"|(?P<plain>[^/>"]*))')
_NTH = re.compile(r"^(?P<name>.*)~(?P<n>[0-9]+)$")


@dataclass(frozen=True)
class Root:
    """model(), maintree(): the node that holds the objects."""


def find(model: Model, path: str, start: ModelObject | None = None) -> Any:
    """What a path leads to from the model or from `start`; None where it leads nowhere."""
    whole = model.find(path)
    if whole is not None and start is None:
        return whole
    root = _ROOT.match(path)
    if root:
        if root[1].upper() == "VIEW":
            return None
        start, path = None, path[root.end() :]
    place: Any = start if start is not None else Root()
    steps = _steps(path)
    for index, (way, name, quoted) in enumerate(steps):
        place = _walk(model, place, way, name, quoted=quoted, last=index == len(steps) - 1)
        if place is None:
            return None
    return place


def _steps(path: str) -> list[tuple[str, str, bool]]:
    found = []
    for match in _STEP.finditer(path):
        quoted = match["quoted"] is not None
        name = match["quoted"] if quoted else match["plain"].strip()
        if name or quoted or match["way"] == ">":
            found.append((match["way"], name, quoted))
    return found


def _walk(model: Model, place: Any, way: str, name: str, *, quoted: bool, last: bool) -> Any:
    if isinstance(place, ModelObject):
        if name == "..":
            return Root()
        if way == ">":
            return Branch(place, name)
        return child(model, name, quoted=quoted) if name.startswith("?") and not quoted else None
    if isinstance(place, Branch):
        return _attribute(place, name)
    if isinstance(place, Root):
        if name in ("..", "."):
            return place
        found = child(model, name, quoted=quoted)
        return found if found is not None or last else place
    return None


def _attribute(branch: Branch, name: str) -> Any:
    if name == "..":
        return branch.owner
    if branch.path == "variables":
        return Variable(branch.owner, name)
    if branch.path == "labels":
        return LabelNode(branch.owner, name) if name in branch.owner.labels else None
    return Branch(branch.owner, f"{branch.path}/{name}")


def child(model: Model, name: str, *, quoted: bool = False) -> ModelObject | None:
    """An object by name, `name~n` or rank. `Source1` stands for a lone `Source` as well, because
    FlexSim numbers new objects and this runtime does not.
    """
    if not quoted:
        name = name.removeprefix("?")
    found = model.find(name)
    if found is not None or quoted:
        return found
    if name.isdigit() and name.isascii() and len(name) < 10:
        rank = int(name)
        return model.objects[rank - 1] if 1 <= rank <= len(model.objects) else None
    nth = _NTH.match(name)
    if nth and len(nth["n"]) < 10:
        same = [item for item in model if item.name == nth["name"]]
        place = int(nth["n"])
        return same[place - 1] if 1 <= place <= len(same) else None
    bare = name.rstrip("0123456789")
    return model.find(bare) if bare != name else None
