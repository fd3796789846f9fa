"""Which object holds the flow back, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .estimates import Estimate
from .model import Model

BUSY_ENOUGH = 0.7  # below this share of working time nothing counts as a bottleneck
_LIMITED = ("processing", "setup", "breakdown", "scheduled down", "down")


@dataclass(frozen=True)
class Bottleneck:
    """The object's name, or None when there is no bottleneck, and the reason as text."""

    object: str | None
    reason: str


@dataclass(frozen=True)
class Load:
    """What the finding needs to know of one object."""

    name: str
    class_name: str
    role: str
    utilisation: float
    capacity_many: bool
    states: Mapping[str, Estimate]
    content: float

    def share(self, state: str) -> float:
        found = self.states.get(state)
        return found.mean if found else 0.0

    @property
    def occupied(self) -> float:
        """The share of time in which it works or cannot work for reasons of its own."""
        if self.capacity_many or self.role == "executer":
            return self.utilisation
        return sum(self.share(state) for state in _LIMITED)


def find_bottleneck(model: Model, loads: Sequence[Load]) -> Bottleneck:
    """The most occupied station or task executer; what waits before it is told as well."""
    workers = [load for load in loads if load.role == "executer" or load.class_name in _STATIONS]
    if not workers:
        return Bottleneck(None, "No object in the model works on items.")
    top = max(workers, key=lambda load: load.occupied)
    if top.occupied < BUSY_ENOUGH:
        return Bottleneck(
            None,
            f"There is no bottleneck: the busiest object, {top.name}, "
            f"is occupied {top.occupied:.0%} of the time.",
        )
    parts = [f"{top.name} is occupied {top.occupied:.0%} of the time, more than any other"]
    down = sum(top.share(state) for state in _LIMITED[2:])
    if down >= 0.005:
        parts.append(f"it is down {down:.0%} of the time")
    parts += _upstream(model, top, {load.name: load for load in loads})
    return Bottleneck(top.name, "; ".join(parts) + ".")


_STATIONS = frozenset({"Processor", "Combiner", "Separator", "MultiProcessor", "Station"})


def _upstream(model: Model, top: Load, loads: Mapping[str, Load]) -> list[str]:
    obj = model.find(top.name)
    if obj is None:
        return []
    if top.role == "executer":
        waiting = [(load.share("waiting for operator") + load.share("waiting for transport"), load)
                   for load in loads.values()]  # fmt: skip
        share, worst = max(waiting, key=lambda pair: pair[0])
        return [f"{worst.name} waits for it {share:.0%} of the time"] if share > 0.005 else []
    told = []
    for origin in dict.fromkeys(obj.in_ports):
        load = loads.get(origin.name)
        if load is None:
            continue
        if load.class_name == "Queue" and load.content >= 0.1:
            told.append(f"{load.name} before it holds {load.content:.1f} items on average")
        elif load.share("blocked") > 0.005:
            told.append(f"{load.name} before it is blocked {load.share('blocked'):.0%} of the time")
    return told
