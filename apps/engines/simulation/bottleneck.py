"""Which object holds the flow back, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .library import CLASSES
from .model import WAYS, Model, ModelObject, NumberValue
from .observe import Reals, Seen
from .states import State

BUSY_ENOUGH = 0.7  # below this share of working time nothing counts as a bottleneck
_LIMITED = (
    State.PROCESSING, State.SETUP, State.BREAKDOWN, State.SCHEDULED_DOWN, State.DOWN,
)  # fmt: skip
_DOWN = _LIMITED[2:]
_STATIONS = frozenset({"Processor", "Combiner", "Separator", "MultiProcessor", "Station"})
_AWAITED = (State.WAITING_FOR_OPERATOR, State.WAITING_FOR_TRANSPORT)


@dataclass(frozen=True)
class Bottleneck:
    """The object's name, or None when there is no bottleneck, and the reason as text."""

    object: str | None
    reason: str


def bottleneck_of(model: Model, seen: Seen) -> Bottleneck:
    """The most occupied station or task executer; what waits before it is told as well."""
    return _Finder(model, seen).find()


class _Finder:
    """Works on means over the replications; objects are given by their place among the running."""

    def __init__(self, model: Model, seen: Seen) -> None:
        self.running = [obj for obj in model if obj.class_name not in WAYS]
        self.shares = seen.shares.mean(axis=0)
        self.content = seen.measures["content"].mean(axis=0)
        self.utilisation = seen.measures["utilisation"].mean(axis=0)

    def find(self) -> Bottleneck:
        workers = [place for place, obj in enumerate(self.running) if _works(obj)]
        if not workers:
            return Bottleneck(None, "No object in the model works on items.")
        occupied = self._occupied()
        top = workers[int(occupied[workers].argmax())]
        name, share = self.running[top].name, occupied[top]
        if share < BUSY_ENOUGH:
            return Bottleneck(
                None,
                f"There is no bottleneck: the busiest object, {name}, "
                f"is occupied {share:.0%} of the time.",
            )
        parts = [f"{name} is occupied {share:.0%} of the time, more than any other"]
        down = self._share(top, _DOWN)
        if down >= 0.005:
            parts.append(f"it is down {down:.0%} of the time")
        parts += self._waiting() if _is_executer(self.running[top]) else self._upstream(top)
        return Bottleneck(name, "; ".join(parts) + ".")

    def _occupied(self) -> Reals:
        """The share of time in which each works or cannot work for reasons of its own."""
        by_use = [_is_executer(obj) or _has_places(obj) for obj in self.running]
        occupied: Reals = np.where(by_use, self.utilisation, self._shares(_LIMITED))
        return occupied

    def _shares(self, states: Sequence[State]) -> Reals:
        """The share of time that each spends in those states."""
        shares: Reals = self.shares[:, list(states)].sum(axis=1)
        return shares

    def _share(self, place: int, states: Sequence[State]) -> float:
        return float(self.shares[place, list(states)].sum())

    def _waiting(self) -> list[str]:
        """Who waits most for a task executer."""
        waits = self._shares(_AWAITED)
        worst = int(waits.argmax())
        if waits[worst] <= 0.005:
            return []
        return [f"{self.running[worst].name} waits for it {waits[worst]:.0%} of the time"]

    def _upstream(self, top: int) -> list[str]:
        told = []
        places = {obj: place for place, obj in enumerate(self.running)}
        for origin in dict.fromkeys(self.running[top].in_ports):
            place = places.get(origin)
            if place is None:
                continue
            content, blocked = self.content[place], self._share(place, [State.BLOCKED])
            if origin.class_name == "Queue" and content >= 0.1:
                told.append(f"{origin.name} before it holds {content:.1f} items on average")
            elif blocked > 0.005:
                told.append(f"{origin.name} before it is blocked {blocked:.0%} of the time")
        return told


def _is_executer(obj: ModelObject) -> bool:
    return CLASSES[obj.class_name].role == "executer"


def _works(obj: ModelObject) -> bool:
    return obj.class_name in _STATIONS or _is_executer(obj)


def _has_places(obj: ModelObject) -> bool:
    """Whether it is a processor for several items at once."""
    capacity = obj.properties.get("MaxContent")
    many = isinstance(capacity, NumberValue) and capacity.value > 1
    return many and obj.class_name == "Processor"
