"""User code of a model as programs: which there are, where they start, what they keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import copysign, nan
from typing import Any

import numpy as np

from ..code import Lowerer, plain_value
from ..kernel.assembly import Combiner, Separator
from ..kernel.basic import Queue, Source, Storage, TableSource
from ..kernel.belt_points import BeltPoint
from ..kernel.conveyor import Conveyor
from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Station
from ..model import CodeValue, ModelObject
from ..start import Start
from . import layout
from .extent import Extent
from .fusing import Known, fused
from .kinds import INTEGER, NUMBER, OBJECT, TEXT, UNKNOWN, joined, kind_of
from .peephole import Step, shortened
from .program import NAME, PLAIN, Commons, NotLowered, Op, Program, Setting, Site

Place = tuple[Node, str, str]
_LONG = 1e6  # from here on a whole number and an equal real one are printed differently
_TRIGGERS = {
    "OnCreation": "on_creation", "OnEntry": "on_entry", "OnExit": "on_exit",
    "OnSetupFinish": "on_setup", "OnProcessFinish": "on_process",
    "OnEndCollecting": "on_collected",
}  # fmt: skip
_WORK = (
    "SendToPort", "ProcessTime", "SetupTime", "NumProcessOperators", "NumSetupOperators",
    "OperatorPriority",
)  # fmt: skip
_SPOT = ("ProcessCondition", "ProcessTime", "NumOperators", "StationOperatorPriority",
         "BlockTime", "ClearTime")  # fmt: skip
_OF_EXECUTER = ("LoadTime", "UnloadTime", "MoveTime")
_PULL = ("PullStrategy", "PullRequirement")
_WITHOUT_ITEM = frozenset(
    {"InterArrivalTime", "OnReset", "PullStrategy", "PassTo", "QueueStrategy"}
)
_WITHOUT_PORT = frozenset({"OnSetupFinish", "OnProcessFinish"})


class Programs:
    """All code of a built simulation; raises NotLowered where a part cannot be a program."""

    def __init__(self, sim: Simulation, extent: Extent, start: Start = ()) -> None:
        self.sim, self.begin_with = sim, start
        self._places = list(_places(sim, extended=extent >= Extent.MORE))
        self.rows: list[tuple[int, int, float]] = []
        self.starts: dict[int, dict[str, int]] = {}  # by object and property or trigger
        self.known: Known = []  # laws with constant arguments in code
        self._alike: dict[tuple[Step, ...], int] = {}  # where the same code starts
        self._lowerings: dict[tuple[Any, ...], Program] = {}  # by text and what it may depend on
        found = self._places
        self.commons = Commons(
            _names(sim), dict(sim.model.parameters), self._lowerer().tables(sim) if found else {}
        )
        running = {node.source: node.index for node in sim.nodes} if found else {}
        self._sites = {node: self._site(node, running) for node, _, _ in found}
        for node, name, program in self._all(found):
            self._add(node, name, program)

    @property
    def labels(self) -> dict[str, int]:
        """The columns of the labels in use."""
        return self.commons.labels

    def _all(self, found: list[Place]) -> list[tuple[Node, str, Program]]:
        """The programs, once what they keep in labels and tables has shown all its kinds."""
        while True:
            before = dict(self.commons.kinds)
            self.commons.lines.clear()
            self._lowerings.clear()
            made = [(node, name, self._lowered(node, name, text)) for node, name, text in found]
            self._kinds_at_start()
            if self.commons.kinds == before:
                return self._naming(made)

    def _kinds_at_start(self) -> None:
        """What labels hold when the run begins."""
        for node in self.sim.nodes:
            for name, value in _given(node):
                self._holds(node.name, name, value)
        for items in self.begin_with:
            for name, value in items.labels.items():
                self._holds(items.object, name, value)

    def _holds(self, place: str, name: str, value: Any) -> None:
        """A label holds that value somewhere."""
        if name not in self.commons.labels:
            return
        kinds, key = self.commons.kinds, ("label", name)
        try:
            kinds[key] = joined(kinds.get(key, UNKNOWN), kind_of(value))
        except NotLowered as reason:
            raise NotLowered(f"{place}: the label {name} {reason}") from None

    def _naming(self, made: list[tuple[Node, str, Program]]) -> list[tuple[Node, str, Program]]:
        """Where code looks at the name of an item, sources write it down first."""
        column = self.commons.labels.get(NAME)
        if column is None:
            return made
        sources = [node for node in self.sim.nodes if type(node) is Source]  # tables have names
        known = {node: program for node, name, program in made if name == "OnCreation"}
        others = [
            entry for entry in made if entry[1] != "OnCreation" or type(entry[0]) is not Source
        ]
        for node in sources:
            name = float(self.commons.text(node.item_name))
            named = Program([(Op.PUSH, 0, name), (Op.SET_ITEM_LABEL, column, 0.0)])
            program = known.get(node, Program([(Op.PUSH, 0, 0.0), (Op.RETURN, 0, 0.0)]))
            others.append((node, "OnCreation", behind(named, program)))
        return others

    def triggers(self, node: Node) -> dict[str, int]:
        """Where the programs of those triggers start that an object has."""
        starts = self.starts.get(node.index, {})
        return {_TRIGGERS[name]: start for name, start in starts.items() if name in _TRIGGERS}

    def start(self, node: Node, name: str) -> int:
        return self.starts[node.index][name]

    def _add(self, node: Node, name: str, program: Program) -> None:
        if name == "OnReset":  # it has run when the model was built
            if program.draws:
                raise NotLowered(f"{node.name}: OnReset draws")
            return
        code = tuple(program.code)
        if code not in self._alike:
            self._alike[code] = self._append(shortened(program))
        self.starts.setdefault(node.index, {})[name] = self._alike[code]

    def _append(self, program: Program) -> int:
        """Where the program starts."""
        start = len(self.rows)
        self.rows.append((int(Op.BEGIN), 0, 0.0))
        first = start + 1
        for op, a, x in fused(program.code, self.known):
            jump = op in (Op.JUMP, Op.JUMP_UNLESS)
            self.rows.append((int(op), a + first if jump else a, x))
        return start

    def _lowered(self, node: Node, name: str, text: str) -> Program:
        site = replace(
            self._sites[node],
            has_item=name not in _WITHOUT_ITEM,
            has_port=name in (*_TRIGGERS, "PullRequirement") and name not in _WITHOUT_PORT,
            has_entered=name not in ("OnCreation", "PullRequirement"),
            has_result=name not in _TRIGGERS and name != "OnReset",
        )
        own = node.name if NAME in text else ""  # the only way for code to look at it
        key = (text, own, site.centers, site.has_item, site.has_port, site.has_entered,
               site.has_result)  # fmt: skip
        if key not in self._lowerings:
            try:
                self._lowerings[key] = self._lowerer().lower(text, site)
            except NotLowered as reason:
                raise NotLowered(f"{node.name}: {name} {reason}") from None
        return self._lowerings[key]

    def _lowerer(self) -> Lowerer:
        runner: object = self.sim.runner
        if not isinstance(runner, Lowerer):
            node, name, _ = self._places[0]
            raise NotLowered(f"{node.name}: {name} is code")
        return runner

    def _site(self, node: Node, running: dict[ModelObject, int]) -> Site:
        centers = tuple(running.get(obj, -1) for obj in node.source.center_ports)
        return Site(self.commons, node.name, len(self.sim.nodes), centers)

    # Arrays

    def setting(self, grids: layout.Records) -> Setting:
        """What becomes machine code where it is worth it."""
        starts = {start for found in self.starts.values() for start in found.values()}
        tables = tuple(grids.tolist())
        return Setting(tuple(self.rows), tuple(sorted(starts)), tables, len(self.labels))

    def code(self) -> layout.Records:
        return np.array(self.rows, layout.step_type)

    def known_laws(self) -> layout.Records:
        table = np.zeros(len(self.known), layout.law_type)
        for row, (law, args) in zip(table, self.known, strict=True):
            row["law"] = law
            row["args"][: len(args)] = args
        return table

    def own_labels(self) -> layout.Records:
        """Labels of objects by name; not a number where an object has none."""
        table = np.full((len(self.sim.nodes), len(self.labels)), nan)
        for node in self.sim.nodes:
            for name, column in self.labels.items():
                if name == NAME:
                    table[node.index, column] = self.commons.text(node.name)
                elif name in node.labels:
                    table[node.index, column] = self.number(node.labels[name])
        return table

    def number(self, value: Any) -> float:
        """A value as programs hold it."""
        if isinstance(value, str):
            return float(self.commons.text(value))
        if value is None:
            return -1.0
        if not isinstance(value, Node | ModelObject):
            return float(value)
        index = self.commons.objects.get(value.name, -1) if isinstance(value, ModelObject) else -1
        if isinstance(value, ModelObject) and index < 0:
            raise NotLowered(f"{value.name}: has no part in the run")
        return float(value.index if isinstance(value, Node) else index)

    def tables(self) -> dict[str, layout.Records]:
        """Global tables in use; not a number where a cell is empty."""
        grids: list[tuple[int, ...]] = []
        cells: list[float] = []
        for name in self.commons.grids:
            rows = self.commons.tables[name]
            if any(len(row) != len(rows[0]) for row in rows):
                raise NotLowered(f"the rows of the table {name} differ in length")
            grids.append((len(cells), len(rows), len(rows[0]) if rows else 0))
            cells += [nan if cell is None else self.number(cell) for row in rows for cell in row]
        return {
            "grids": np.array(grids, layout.grid_type),
            "cells": np.array(cells, float).view(layout.real_type),
        }

    # What has been printed

    def said(self, rows: layout.Records) -> Iterator[str]:
        """The lines that code has printed."""
        nodes, texts = self.sim.nodes, list(self.commons.texts)
        text = self._lowerer().text if len(rows) else str
        for line, values in rows.tolist():
            parts, left = [], iter(values)
            for kind, piece in self.commons.lines[line]:
                if kind == PLAIN:
                    parts.append(piece)
                    continue
                value = next(left)
                parts.append(text(_value(kind, value, nodes, texts)))
            yield "".join(parts)


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
    if isinstance(node, Dispatcher):
        return _of_dispatcher(node) + (
            _OF_EXECUTER if extended and isinstance(node, TaskExecuter) else ()
        )
    if isinstance(node, BeltPoint):
        return _SPOT
    if not isinstance(node, Station) or isinstance(node, Conveyor):
        return ()
    return (
        *_of_class(node),
        *(() if node.transport is None else ("TransportPriority",)),
        *(() if node.pull is None else _PULL),
    )


def _of_dispatcher(node: Dispatcher) -> tuple[str, ...]:
    passes = () if node.pass_to is None else ("PassTo",)
    return passes if node.strategy is None else (*passes, "QueueStrategy")


def _of_class(node: Station) -> tuple[str, ...]:
    if isinstance(node, Source) and not isinstance(node, TableSource):
        return ("SendToPort", "InterArrivalTime")
    if isinstance(node, Processor) and node.source.class_name != "MultiProcessor":
        return (*_WORK, "SeparateQty") if isinstance(node, Separator) else _WORK
    if isinstance(node, Storage):
        return ("SendToPort", "MinimumDwellTime")
    batches = isinstance(node, Queue) and node.batch_size
    return ("SendToPort", "MaxBatchTime") if batches else ("SendToPort",)


def _names(sim: Simulation) -> dict[str, int]:
    """Objects by name, −1 without a part in the run; of equal names the first of the model."""
    running = {node.source: node.index for node in sim.nodes}
    found: dict[str, int] = {}
    for obj in sim.model:
        found.setdefault(obj.name, running.get(obj, -1))
    return found


def _places(sim: Simulation, *, extended: bool) -> Iterator[Place]:
    """All code: the object, the property or trigger, the text."""
    for node in sim.nodes:
        for name, text in codes(node, extended=extended).items():
            yield node, name, text


def _given(node: Node) -> Iterator[tuple[str, Any]]:
    """The labels of an object when the run begins, and those that its table gives to items."""
    yield from node.labels.items()
    if isinstance(node, TableSource):
        for *_, labels in node.rows:
            yield from labels.items()


def label_rows(
    programs: Programs, items: Sequence[tuple[str, Mapping[str, Any]]]
) -> layout.Records:
    """Labels of items, given with their names; not a number where an item has none."""
    known = programs.labels
    table = np.full((len(items), len(known)), nan)
    for row, (item, labels) in zip(table, items, strict=True):
        if NAME in known:
            row[known[NAME]] = programs.commons.text(item)
        for name in known.keys() & labels.keys():
            row[known[name]] = programs.number(labels[name])
    return table.ravel().view(layout.real_type)


def behind(first: Program, program: Program) -> Program:
    """A program that begins with the steps of another."""
    more = len(first.code)
    moved = [
        (op, a + more if op in (Op.JUMP, Op.JUMP_UNLESS) else a, x) for op, a, x in program.code
    ]
    return Program([*first.code, *moved], program.draws)


def _value(kind: str, value: float, nodes: list[Node], texts: list[str]) -> Any:
    """What code would have printed."""
    if kind == TEXT:
        return texts[int(value)]
    if kind == OBJECT:
        return nodes[int(value)] if value >= 0.0 else None
    if kind == INTEGER:
        return int(value)
    if kind == NUMBER and value.is_integer() and abs(value) >= _LONG:
        raise NotLowered("a printed number may be a whole one or not")
    if value == 0.0 and copysign(1.0, value) < 0.0:
        raise NotLowered("a printed zero may come of a whole number, which has no sign")
    return value
