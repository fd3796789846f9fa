"""What only wider extents of the kernel know of objects, as rows of their tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel.basic import Queue, Storage
from ..kernel.conveyor import Conveyor
from ..kernel.executer import TaskExecuter
from ..kernel.item import Item
from ..kernel.node import Node
from ..kernel.station import Station
from ..kernel.values import Values
from . import layout
from .laws import NONE, Laws

_NONE = ("haulers", "haul_priority", "batch_time", "dwell", "loading", "unloading", "first_left",
         "last_left")  # fmt: skip
_NO_RIDER = ("first", "last", "onto", "gone", "first_brought")


class More:
    """Collects the rows, one for each object in turn."""

    def __init__(self, laws: Laws) -> None:
        self.laws = laws
        self.rows: list[dict[str, Any]] = []
        self.belts: list[dict[str, Any]] = []

    def add(self, node: Node, values: Values) -> None:
        row: dict[str, Any] = dict.fromkeys(_NONE, NONE)
        row["height"] = abs(node.source.location[2])
        if isinstance(node, Station) and node.transport is not None:
            row["haulers"] = node.transport.dispatcher().index  # type: ignore[union-attr]
            row["haul_priority"] = self.laws.rule(values, "TransportPriority")
        if isinstance(node, TaskExecuter):
            row["loading"] = self.laws.time(values, "LoadTime")
            row["unloading"] = self.laws.time(values, "UnloadTime")
            row["lift_speed"] = node.travel.lift_speed
        elif isinstance(node, Storage):
            row["dwell"] = self.laws.time(values, "MinimumDwellTime")
        elif isinstance(node, Queue) and node.batch_size:
            row |= {"batch_size": node.batch_size, "flush": node.flush}
            row["batch_time"] = self.laws.time(values, "MaxBatchTime")
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
            "more": _records(self.rows, layout.more_type),
            "belts": _records(self.belts, layout.belt_type),
        }


def _records(rows: list[dict[str, Any]], dtype: np.dtype[Any]) -> layout.Records:
    table = np.zeros(len(rows), dtype)
    for name in dtype.names or ():
        table[name] = [row.get(name, 0) for row in rows]
    return table
