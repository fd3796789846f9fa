"""How many arguments commands, methods and constructors take.

Commands: FlexSim's reference (`commands.tsv`), where brackets enclose what may be left out and an
ellipsis stands for any number more. Methods: what this runtime knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..simulation.distributions import TABLE_LAWS
from .names import commands
from .settings import DISTRIBUTIONS

_LIST = re.compile(r"^[\w$]+\((.*?)\)\s*(?:->.*)?$")
MANY = 10_000


@dataclass(frozen=True)
class Arity:
    """The least and the most arguments."""

    least: int
    most: int

    def __contains__(self, count: int) -> bool:
        return self.least <= count <= self.most

    def __str__(self) -> str:
        if self.most >= MANY:
            return f"at least {_counted(self.least)}"
        if self.least == self.most:
            return _counted(self.least)
        return f"{self.least} to {_counted(self.most)}"


def _counted(count: int) -> str:
    return f"{count or 'no'} argument{'s' if count != 1 else ''}"


# Where this runtime, FlexSim itself or published scripts take more or fewer than the reference says.
_WIDER = {
    "contextdragconnection": Arity(2, 3), "print": Arity(0, MANY), "concat": Arity(1, MANY),
    "maxof": Arity(1, MANY), "minof": Arity(1, MANY), "getstream": Arity(0, 1), "pt": Arity(0, MANY),
    "setloc": Arity(3, 7), "setsize": Arity(3, 4), "setlabel": Arity(2, 3), "msg": Arity(1, 3),
    "createcopy": Arity(1, 6), "createinstance": Arity(1, 2), "stringsearch": Arity(2, 4),
    "repaintall": Arity(0, 1), "param": Arity(1, 2), "ownerobject": Arity(1, 1),
    "executestring": Arity(1, 4), "applicationcommand": Arity(1, MANY), "function_s": Arity(2, MANY),
    "stringpart": Arity(2, 3), "stringcopy": Arity(2, 3), "settablesize": Arity(2, 5),
    "mpt": Arity(0, MANY), "updatestates": Arity(0, 1), "resetstats": Arity(0, 1),
    "Vec2": Arity(0, 2), "Vec3": Arity(0, 3), "Vec4": Arity(0, 4), "Color": Arity(0, 4),
    "Array": Arity(0, 1), "Map": Arity(0, 0), "Table": Arity(0, 2), "Group": Arity(1, 1), "List": Arity(1, 1), "DateTime": Arity(0, 6),
}  # fmt: skip
METHODS: dict[str, dict[str, Arity]] = {
    "Object": {
        "setLocation": Arity(1, 6), "setSize": Arity(1, 3), "setRotation": Arity(1, 3),
        "setProperty": Arity(2, 2), "getProperty": Arity(1, 1), "getLocation": Arity(0, 4),
        "getSize": Arity(0, 3), "getRotation": Arity(0, 3), "destroy": Arity(0, 0),
        "copy": Arity(0, 2), "find": Arity(1, 1), "is": Arity(1, 1), "as": Arity(1, 1),
        "stop": Arity(0, 4), "resume": Arity(0, 3), "setState": Arity(1, 2),
        "message": Arity(2, MANY),
    },
    "Array": {
        "push": Arity(1, MANY), "append": Arity(1, MANY), "concat": Arity(1, MANY),
        "sort": Arity(0, 1), "splice": Arity(1, MANY), "join": Arity(0, 1), "indexOf": Arity(1, 2),
        "fill": Arity(1, 3), "unshift": Arity(1, MANY), "reverse": Arity(0, 0),
        "pop": Arity(0, 0), "shift": Arity(0, 0), "clone": Arity(0, 0),
    },
    "Map": {"find": Arity(1, 1), "remove": Arity(1, 1), "clear": Arity(0, 0), "clone": Arity(0, 0)},
    "string": {
        "substr": Arity(1, 2), "toNum": Arity(0, 0), "replace": Arity(2, 3), "split": Arity(1, 1),
        "search": Arity(1, 3), "indexOf": Arity(1, 2), "toUpperCase": Arity(0, 0),
        "toLowerCase": Arity(0, 0), "toUpper": Arity(0, 0), "toLower": Arity(0, 0),
        "trim": Arity(0, 0), "startsWith": Arity(1, 2), "endsWith": Arity(1, 2),
        "includes": Arity(1, 2), "charAt": Arity(1, 1),
    },
    "Group": {
        "addMember": Arity(1, 1), "removeMember": Arity(1, 1), "indexOf": Arity(1, 1),
        "toFlatArray": Arity(0, 0), "toArray": Arity(0, 0),
    },
    "List": {"push": Arity(1, MANY), "pull": Arity(0, MANY), "entries": Arity(0, 2)},
    "DateTime": {"toString": Arity(0, 1)},
    "Table": {
        "setSize": Arity(1, 4), "addRow": Arity(0, 3), "addCol": Arity(0, 3),
        "deleteRow": Arity(1, 1), "deleteCol": Arity(1, 1), "clear": Arity(0, 0),
        "cell": Arity(2, 2), "setColHeader": Arity(2, 2), "getColHeader": Arity(1, 1),
        "setRowHeader": Arity(2, 2), "getRowHeader": Arity(1, 1), "clone": Arity(0, 0),
    },
}  # fmt: skip
CLASS_METHODS: dict[str, dict[str, Arity]] = {
    "Object": {"create": Arity(1, 2)},
    "Model": {"find": Arity(1, 1)},
    "string": {"fromNum": Arity(1, 2)},
    "Table": {"create": Arity(1, 1)},
    "Color": {"random": Arity(0, 2), "byNumber": Arity(1, 1)},
}


@cache
def of_command(name: str) -> Arity | None:
    """How many arguments a command takes; None where that is not known."""
    if name in _WIDER:
        return _WIDER[name]
    if name in DISTRIBUTIONS:
        return Arity(DISTRIBUTIONS[name], DISTRIBUTIONS[name] + 1)
    if name in TABLE_LAWS:
        return Arity(1, 2)
    found = _LIST.match(commands().get(name, ""))
    return from_list(found[1]) if found else None


def from_list(text: str) -> Arity:
    """Count `num a, num b [, num c, ...]`."""
    needed = [part for part in re.sub(r"\[.*\]", "", text).split(",") if part.strip()]
    whole = [part for part in re.sub(r"[\[\]]", "", text).split(",") if part.strip()]
    most = MANY if "..." in text else len(whole)
    return Arity(sum("..." not in part for part in needed), most)
