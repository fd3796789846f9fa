"""User code of a model as programs: which there are, where they start, what they keep."""

from __future__ import annotations

from math import nan

import numpy as np

from ..code import Lowerer, plain_value
from ..kernel.assembly import Combiner, Separator
from ..kernel.basic import Queue, Source, Storage
from ..kernel.conveyor import Conveyor
from ..kernel.executer import TaskExecuter
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Station
from ..model import CodeValue
from . import layout
from .extent import extent_of
from .peephole import shortened
from .program import NotLowered, Program, Site

_TRIGGERS = {
    "OnCreation": "on_creation", "OnEntry": "on_entry", "OnExit": "on_exit",
    "OnSetupFinish": "on_setup", "OnProcessFinish": "on_process",
    "OnEndCollecting": "on_collected",
}  # fmt: skip
_WORK = (
    "SendToPort", "ProcessTime", "SetupTime", "NumProcessOperators", "NumSetupOperators",
    "OperatorPriority",
)  # fmt: skip
_WITHOUT_PORT = frozenset({"OnSetupFinish", "OnProcessFinish"})


class Programs:
    """All code of a built simulation; raises NotLowered where a part cannot be a program."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.labels: dict[str, int] = {}
        self.objects = _names(sim)
        self.rows: list[tuple[int, int, float]] = []
        self.starts: dict[int, dict[str, int]] = {}  # by object and property or trigger
        extended = extent_of(sim.model) > 0
        for node in sim.nodes:
            for name, text in codes(node, extended=extended).items():
                self._add(node, name, text)

    def triggers(self, node: Node) -> dict[str, int]:
        """Where the programs of those triggers start that an object has."""
        starts = self.starts.get(node.index, {})
        return {_TRIGGERS[name]: start for name, start in starts.items() if name in _TRIGGERS}

    def start(self, node: Node, name: str) -> int:
        return self.starts[node.index][name]

    def _add(self, node: Node, name: str, text: str) -> None:
        program = self._lowered(node, name, text)
        if name == "OnReset":  # it has run when the model was built
            if program.draws:
                raise NotLowered(f"{node.name}: OnReset draws")
            return
        first = len(self.rows)
        self.starts.setdefault(node.index, {})[name] = first
        for op, a, x in program.code:
            jump = op in (op.JUMP, op.JUMP_UNLESS)
            self.rows.append((int(op), a + first if jump else a, x))

    def _lowered(self, node: Node, name: str, text: str) -> Program:
        runner: object = self.sim.runner
        if not isinstance(runner, Lowerer):
            raise NotLowered(f"{node.name}: {name} is code")
        site = Site(
            self.labels,
            self.objects,
            has_item=name not in ("InterArrivalTime", "OnReset"),
            has_port=name in _TRIGGERS and name not in _WITHOUT_PORT,
        )
        try:
            return shortened(runner.lower(text, site))
        except NotLowered as reason:
            raise NotLowered(f"{node.name}: {name} {reason}") from None

    # Arrays

    def code(self) -> layout.Records:
        return np.array(self.rows, layout.step_type)

    def own_labels(self) -> layout.Records:
        """Labels of objects by name; not a number where an object has none."""
        table = np.full((len(self.sim.nodes), len(self.labels)), nan)
        for node in self.sim.nodes:
            for name, value in node.labels.items():
                column = self.labels.get(name)
                if column is None:
                    continue
                if not isinstance(value, int | float):
                    raise NotLowered(f"{node.name}: the label {name} is no number")
                table[node.index, column] = value
        return table


def codes(node: Node, *, extended: bool) -> dict[str, str]:
    """The code that the kernel may meet at an object, by property or trigger."""
    found: dict[str, str] = {}
    properties = node.source.properties
    if not any(isinstance(value, CodeValue) for value in properties.values()):
        return found
    for name in (*_TRIGGERS, "OnReset"):
        value = properties.get(f"Triggers.{name}") or properties.get(name)
        if isinstance(value, CodeValue) and value.text.strip():
            found[name] = value.text
    if not isinstance(node, Source):
        found.pop("OnCreation", None)
    if not isinstance(node, Processor):
        found.pop("OnSetupFinish", None)
        found.pop("OnProcessFinish", None)
    if not isinstance(node, Combiner) and not (isinstance(node, Queue) and node.batch_size):
        found.pop("OnEndCollecting", None)
    for name in rules(node, extended=extended):
        value = properties.get(name)
        if isinstance(value, CodeValue) and plain_value(value.text) is None:
            found[name] = value.text
    return found


def rules(node: Node, *, extended: bool) -> tuple[str, ...]:
    """The properties that may be code and that the kernel evaluates."""
    if isinstance(node, TaskExecuter):
        return ("LoadTime", "UnloadTime") if extended else ()
    if not isinstance(node, Station) or isinstance(node, Conveyor):
        return ()
    return (*_of_class(node), *(() if node.transport is None else ("TransportPriority",)))


def _of_class(node: Station) -> tuple[str, ...]:
    if isinstance(node, Source):
        return ("SendToPort", "InterArrivalTime")
    if isinstance(node, Processor):
        return (*_WORK, "SeparateQty") if isinstance(node, Separator) else _WORK
    if isinstance(node, Storage):
        return ("SendToPort", "MinimumDwellTime")
    batches = isinstance(node, Queue) and node.batch_size
    return ("SendToPort", "MaxBatchTime") if batches else ("SendToPort",)


def _names(sim: Simulation) -> dict[str, int]:
    """Running objects by name; of equal names the first object of the model."""
    running = {node.source: node.index for node in sim.nodes}
    found: dict[str, int] = {}
    for obj in sim.model:
        if obj.name not in found:
            found[obj.name] = running.get(obj, -1)
    return {name: index for name, index in found.items() if index >= 0}
