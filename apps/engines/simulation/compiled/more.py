"""What only wider extents of the kernel know of objects, as rows of their tables."""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np

from ..kernel.axes import AxesTravel, RobotTravel
from ..kernel.basic import Queue, Row, Storage, TableSource
from ..kernel.conveyor import Conveyor
from ..kernel.executer import TaskExecuter
from ..kernel.item import Item
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.station import Station
from ..kernel.values import Values
from . import layout
from .laws import NONE, Laws
from .program import NAME
from .routes import Routes

_NONE = ("haulers", "haul_priority", "batch_time", "dwell", "loading", "unloading", "moving",
         "first_left", "last_left", "pull_strategy", "pull_requirement")  # fmt: skip
_NO_RIDER = ("first", "last", "onto", "gone", "first_brought")


class More:
    """Collects the rows, one for each object in turn."""

    def __init__(self, laws: Laws, routes: Routes) -> None:
        self.laws, self.routes = laws, routes
        self.rows: list[dict[str, Any]] = []
        self.belts: list[dict[str, Any]] = []
        self.arrivals: list[Row] = []

    def add(self, node: Node, values: Values) -> None:
        row: dict[str, Any] = dict.fromkeys(_NONE, NONE)
        if isinstance(node, Station) and node.transport is not None:
            row["haulers"] = node.transport.dispatcher().index  # type: ignore[union-attr]
            row["haul_priority"] = self.laws.rule(values, "TransportPriority")
        if isinstance(node, Station) and node.pull is not None:
            row["pull_strategy"] = self.laws.rule(values, "PullStrategy")
            row["pull_port"] = layout.ASK_STRATEGY
            if node.pull.requirement is not None:
                row["pull_requirement"] = self.laws.rule(values, "PullRequirement")
        if isinstance(node, TaskExecuter):
            row["loading"] = self.laws.time(values, "LoadTime")
            row["unloading"] = self.laws.time(values, "UnloadTime")
            row["offsets"] = self.routes.offsets[node]
            row["by_axes"] = isinstance(node.travel, AxesTravel)
            if isinstance(node.travel, RobotTravel):
                row["moving"] = self.laws.time(values, "MoveTime")
        elif isinstance(node, Storage):
            row["dwell"] = self.laws.time(values, "MinimumDwellTime")
        elif isinstance(node, Queue) and node.batch_size:
            row |= {"batch_size": node.batch_size, "flush": node.flush}
            row["batch_time"] = self.laws.time(values, "MaxBatchTime")
        elif isinstance(node, TableSource):
            row |= {"first_row": len(self.arrivals), "rows": len(node.rows)}
            row |= {"repeat": node.repeat, "timed": node.timed}
            self.arrivals += node.rows
        elif isinstance(node, Processor):
            row["steps"] = len(node.phases) if node.source.class_name == "MultiProcessor" else 0
        self.rows.append(row)

    def add_belt(self, node: Node) -> None:
        row: dict[str, Any] = dict.fromkeys(_NO_RIDER, NONE)
        if isinstance(node, Conveyor):
            spacing, box = node.spacing, Item(0, "", 0.0)
            row |= {"length": node.length, "speed": node.speed, "accumulates": node.belt is None}
            row["entering"] = spacing.entering(box)
            row |= {"moving": spacing.moving(box), "standing": spacing.standing(box)}
        self.belts.append(row)

    def tables(self) -> dict[str, layout.Records]:
        return {
            "more": layout.records(self.rows, layout.more_type),
            "belts": layout.records(self.belts, layout.belt_type),
            "arrivals": layout.records(
                [{"time": row[1], "quantity": row[3], "number": row[0]} for row in self.arrivals],
                layout.arrival_type,
            ),
            "arrival_labels": self._labels().ravel().view(layout.real_type),
        }

    def _labels(self) -> layout.Records:
        """Labels of arrivals by name; not a number where a row has none."""
        programs, known = self.laws.programs, self.laws.programs.labels
        table = np.full((len(self.arrivals), len(known)), nan)
        for place, (_, _, item, _, labels) in enumerate(self.arrivals):
            if NAME in known:
                table[place, known[NAME]] = programs.commons.text(item)
            for name in known.keys() & labels.keys():
                table[place, known[name]] = programs.number(labels[name])
        return table
