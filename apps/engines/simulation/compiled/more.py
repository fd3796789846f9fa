"""What only wider extents of the kernel know of objects, as rows of their tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel.axes import AxesTravel, RobotTravel
from ..kernel.basic import Queue, Row, Storage, TableSource
from ..kernel.belt import Mark
from ..kernel.belt_points import BeltStation, PhotoEye
from ..kernel.conveyor import Conveyor
from ..kernel.executer import TaskExecuter
from ..kernel.item import Item
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.station import Station
from ..kernel.values import Values
from . import layout
from .laws import NONE, Laws
from .layout import At
from .programs import label_rows
from .routes import Routes

_NONE = ("haulers", "haul_priority", "batch_time", "dwell", "loading", "unloading", "moving",
         "first_left", "last_left", "pull_strategy", "pull_requirement", "arm")  # fmt: skip
_NO_RIDER = ("first", "last", "onto", "gone", "first_brought")


class More:
    """Collects the rows, one for each object in turn."""

    def __init__(self, laws: Laws, routes: Routes) -> None:
        self.laws, self.routes = laws, routes
        self.rows: list[dict[str, Any]] = []
        self.belts: list[dict[str, Any]] = []
        self.arrivals: list[Row] = []
        self.marks: list[tuple[float, int, int]] = []
        self.spots: list[dict[str, Any]] = []

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
            if node in self.routes.angles and isinstance(node.travel, AxesTravel):
                row |= {"arm": self.routes.angles[node], "angle": node.travel.here[0]}
                row["turning"] = node.travel.axes[0][0]
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
            row |= {"acceleration": node.acceleration, "deceleration": node.deceleration}
            row["first_mark"] = len(self.marks)
            self.marks += _marks(node, box)
            row["marks"] = len(self.marks) - row["first_mark"]
        self.belts.append(row)

    def add_spot(self, node: Node, values: Values) -> None:
        """The laws of a point on a conveyor, in the widest extent."""
        row: dict[str, Any] = {}
        if isinstance(node, BeltStation):
            row["condition"] = self.laws.rule(values, "ProcessCondition")
        elif isinstance(node, PhotoEye):
            row["blocking"] = self.laws.time(values, "BlockTime")
            row["clearing"] = self.laws.time(values, "ClearTime")
        self.spots.append(row)

    def tables(self) -> dict[str, layout.Records]:
        return {
            "more": layout.records(self.rows, layout.more_type),
            "marks": np.array(self.marks, layout.mark_type),
            "spots": layout.records(self.spots, layout.spot_type),
            "belts": layout.records(self.belts, layout.belt_type),
            "arrivals": layout.records(
                [{"time": row[1], "quantity": row[3], "number": row[0]} for row in self.arrivals],
                layout.arrival_type,
            ),
            "arrival_labels": label_rows(
                self.laws.programs, [(item, labels) for _, _, item, _, labels in self.arrivals]
            ),
        }


def _marks(belt: Conveyor, box: Item) -> list[tuple[float, int, int]]:
    """What items meet on a conveyor, in order: (m, kind, point's number)."""
    found = [
        (mark.place, _kind(mark), mark.reached.__self__.index)  # type: ignore[attr-defined]
        for marks in belt.marks
        for mark in marks(box)
    ]
    entry = belt.spacing.entering(box)
    if entry <= belt.length:
        found.append((entry, At.ENTRY, NONE))
    return sorted([*found, (belt.length, At.END, NONE)], key=lambda mark: mark[0])


def _kind(mark: Mark) -> int:
    """Of a mark of a point."""
    if mark.left is not None:
        return At.UNCOVER
    return At.STATION if mark.stops is not None else At.POINT
