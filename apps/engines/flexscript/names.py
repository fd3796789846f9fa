"""Which commands FlexScript has, and the nearest real name for one that does not exist."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

INVENTED = {
    "createObject": "Object.create",
    "createInstance": "Object.create",
    "connectPorts": "contextdragconnection",
    "connect": "contextdragconnection",
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


_LONGEST = 60  # characters of a name that are compared


@cache
def commands() -> dict[str, str]:
    """All command names of FlexSim's reference with their signatures."""
    path = Path(__file__).parent / "commands.tsv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["command"]: row["signature"] for row in csv.DictReader(file, delimiter="\t")}


def suggestion(name: str, candidates: Sequence[str]) -> str | None:
    """ "Did you mean …?" or None."""
    if name in INVENTED:
        return f"FlexScript has {INVENTED[name]}."
    lowered = {candidate.lower(): candidate for candidate in candidates}
    near = get_close_matches(name.lower()[:_LONGEST], lowered, n=1, cutoff=0.6)
    return f"Did you mean “{lowered[near[0]]}”?" if near else None
