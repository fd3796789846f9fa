"""Which commands FlexScript has, and the nearest real name for one that does not exist."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

INVENTED = {
    "createObject": "Object.create",
    "createInstance": "Object.create",
    "connectPorts": "contextdragconnection",
    "simtime": "Model.time",
    "getmodeltime": "Model.time",
    "setstoptime": "stoptime",
    "setrunspeed": "runspeed",
    "getLabel": "the label itself, obj.labelName, or getlabel",
    "setLabel": "the label itself, obj.labelName = value, or setlabel",
    "setprocesstime": 'obj.setProperty("ProcessTime", …)',
    "setcapacity": 'obj.setProperty("MaxContent", …)',
    "outputConnect": "contextdragconnection",
}
"""Names that language models like to invent, and what they mean."""
_MORE_INVENTED = {
    "connect": "contextdragconnection", "connectto": "contextdragconnection", "addoutput": "contextdragconnection",
    "connectoutput": "contextdragconnection", "addconnection": "contextdragconnection",
    "addlabel": "obj.labels.assert", "getname": "obj.name", "setname": "obj.name",
    "random": "uniform", "rand": "uniform", "randint": "duniform", "console": "print",
    "add": "push",
    "capacity": "MaxContent", "maxcapacity": "MaxContent", "cycletime": "ProcessTime",
    "servicetime": "ProcessTime", "processingtime": "ProcessTime", "maxqueuesize": "MaxContent",
    "arrivalrate": "InterArrivalTime", "arrivalinterval": "InterArrivalTime",
}  # fmt: skip
"""More of them in lower case, told of only where the candidates have no such name."""


_LONGEST = 60  # characters of a name that are compared


CLASSES_ELSEWHERE = frozenset(
    "BasicTE Conveyor JoinConveyor Motor MergeController JoinPath TrafficControl Recorder "
    "VisualTool Text Billboard Slide Plane Wall Background Shape Grid Barrier Divider "
    "OneWayDivider PreferredPath MandatoryPath Bridge Person Staff WaitingLine FluidTicker "
    "FluidGenerator FluidTerminator FluidTank FluidMixer FluidBlender FluidSplitter FluidPipe "
    "FluidProcessor FluidConveyor FluidToItem ItemToFluid ProcessFlow".split()
)
"""Classes of FlexSim's library, by their bare names, that this runtime has not."""
_OBJECT_OF = re.compile(r"(Array|List|Map|Math|Model|Object|Table|string|treenode)\.[\w.]*\w")


@cache
def _rows() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "commands.tsv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["command"]: row for row in csv.DictReader(file, delimiter="\t")}


@cache
def commands() -> dict[str, str]:
    """All command names of FlexSim's reference with their signatures."""
    return {name: row["signature"] for name, row in _rows().items()}


def successor(name: str) -> str | None:
    """What FlexSim has replaced a command by, where the reference names it."""
    given = _rows()[name]["replacedBy"].rstrip(".") if name in _rows() else ""
    return given if given in _rows() or _OBJECT_OF.fullmatch(given) else None


def no_class(name: str, known: Iterable[str]) -> tuple[str, str | None, str]:
    """Message, hint and code for a class that cannot be created."""
    if name.rsplit("::", 1)[-1] in CLASSES_ELSEWHERE:
        text = f"“{name}” is a FlexSim class that this runtime does not support."
        return text, "It exists in FlexSim; here it has to be left out.", "unsupported"
    return f"There is no class “{name}”.", suggestion(name, known), "class"


_BY_LOWER = {name.lower(): real for name, real in INVENTED.items()}


def suggestion(name: str, candidates: Iterable[str]) -> str | None:
    """ "Did you mean …?" or None; what is often invented has its real name whatever its case."""
    lowered, known = name.lower()[:_LONGEST], tuple(item for item in candidates if item != name)
    if lowered in _BY_LOWER:
        return f"FlexScript has {_BY_LOWER[lowered]}."
    near = _nearest(lowered, known)
    if near is not None and near.lower() == lowered:
        return f"Did you mean “{near}”?"
    meant = _MORE_INVENTED.get(lowered)
    if meant and (meant in known or meant in commands() or meant.startswith("obj.")):
        return f"FlexScript has {meant}."
    return f"Did you mean “{near}”?" if near else None


@lru_cache(maxsize=2000)
def _nearest(lowered: str, candidates: tuple[str, ...]) -> str | None:
    """Comparing with a thousand names takes milliseconds, and the same names come again."""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    near = get_close_matches(lowered, by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None
