"""Properties that code may change while the model runs."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from ..errors import SimulationError
from ..states import State
from .basic import Queue, Source, Storage
from .belt_points import BeltStation
from .conveyor import Conveyor
from .executer import TaskExecuter
from .node import Node
from .processor import Processor
from .station import Station


def set_number(node: Node, name: str, value: float) -> None:
    """Give a property of a running object a constant. Raises SimulationError where it cannot."""
    setter = _SETTERS.get(name)
    if setter is None:
        known = ", ".join(_SETTERS)
        raise SimulationError(f"{name} cannot change while the model runs", hint=f"use {known}")
    least = 0 if name in _TIMES else _LEAST.get(name, float("-inf"))
    if not isfinite(value) or value < least:
        raise SimulationError(f"{name} cannot be {value:g}", hint=f"give at least {least:g}")
    if not setter(node, value):
        raise SimulationError(f"a {node.source.class_name} has no {name} that could change")


def _capacity(node: Node, value: float) -> bool:
    if not (isinstance(node, Queue) or type(node) is Processor):
        return False
    node.capacity = int(value)
    node.sim.clock.later.append((node.ask, None))  # there may be room now
    return True


def _phase(state: State) -> Callable[[Node, float], bool]:
    def setter(node: Node, value: float) -> bool:
        phases = node.phases if isinstance(node, Processor) else []
        if isinstance(node, BeltStation):
            phases = [node.phase]
        for phase in phases:
            if phase.state == state:
                phase.duration = lambda _: value
        return any(phase.state == state for phase in phases)

    return setter


def _interval(node: Node, value: float) -> bool:
    if not isinstance(node, Source):
        return False
    node.interval = lambda _=None: value
    return True


def _port(node: Node, value: float) -> bool:
    if not isinstance(node, Station):
        return False
    node.send_to = None if value == 0 else lambda _: value
    return True


def _lifo(node: Node, value: float) -> bool:
    if not isinstance(node, Queue):
        return False
    node.lifo = bool(value)
    return True


def _speed(node: Node, value: float) -> bool:
    if not isinstance(node, TaskExecuter):
        return False
    node.travel.speed = value
    return True


def _batch_size(node: Node, value: float) -> bool:
    if not isinstance(node, Queue) or not node.batch_size:
        return False
    node.batch_size = int(value)
    return True


def _batch_time(node: Node, value: float) -> bool:
    if not isinstance(node, Queue):
        return False
    node.max_wait = lambda _: value
    return True


def _dwell(node: Node, value: float) -> bool:
    if not isinstance(node, Storage):
        return False
    node.dwell = lambda _=None: value
    return True


def _belt_speed(node: Node, value: float) -> bool:
    if not isinstance(node, Conveyor):
        return False
    node.speed = value
    node.sim.clock.later.append((lambda _: node.settle(), None))
    return True


_TIMES = frozenset(
    {"ProcessTime", "SetupTime", "InterArrivalTime", "MaxBatchTime", "MinimumDwellTime"}
)
_LEAST = {"MaxContent": 1.0, "MaxSpeed": 1e-6, "BatchSize": 1.0, "Speed": 1e-6}
_SETTERS: dict[str, Callable[[Node, float], bool]] = {
    "MaxContent": _capacity,
    "ProcessTime": _phase(State.PROCESSING),
    "SetupTime": _phase(State.SETUP),
    "InterArrivalTime": _interval,
    "SendToPort": _port,
    "LIFO": _lifo,
    "MaxSpeed": _speed,
    "BatchSize": _batch_size,
    "MaxBatchTime": _batch_time,
    "MinimumDwellTime": _dwell,
    "Speed": _belt_speed,
}
