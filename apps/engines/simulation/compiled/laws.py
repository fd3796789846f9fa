"""The laws of a model as rows of a table: constants, distributions, programs of user code."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel.node import Node
from ..kernel.values import Values, may_be_negative
from ..model import CodeValue, DistributionValue, Value
from . import layout
from .layout import Law
from .obstacles import LAWS
from .program import NotLowered
from .programs import Programs

NONE = -1


class Laws:
    """Collects laws; `add` gives a law's number."""

    def __init__(self, programs: Programs) -> None:
        self.programs = programs
        self.rows: list[tuple[Any, ...]] = []
        self.places: list[tuple[str, str]] = []  # object and property, for warnings

    def time(self, values: Values, name: str) -> int:
        """A duration: a negative draw counts as 0."""
        return self._add(values, name, values.get(name), clamp=True)

    def rule(self, values: Values, name: str) -> int:
        """A number that is no duration."""
        return self._add(values, name, values.get(name), clamp=False)

    def cell(self, values: Values, name: str, cell: Any) -> int:
        """A duration in a cell of the table in that property."""
        return self._add(values, name, values.cell(cell), clamp=True)

    def _add(self, values: Values, name: str, value: Value | None, *, clamp: bool) -> int:
        node = values.node
        if isinstance(value, DistributionValue):
            if value.function not in LAWS:
                raise NotLowered(f"{node.name}: {name} is a law that is not drawn here")
            args = tuple(value.args) + (0.0,) * (4 - len(value.args))
            row = (LAWS[value.function], int(clamp and may_be_negative(value)), 0, args)
        elif isinstance(value, CodeValue):
            start = self._start(node, name)
            row = (Law.CODE, int(clamp), 0, (start, 0.0, 0.0, 0.0))
        else:
            constant, _ = values.rule_of(name, value)
            row = (Law.CONSTANT, 0, 0, (constant or 0.0, 0.0, 0.0, 0.0))
        self.rows.append(row)
        self.places.append((node.name, name))
        return len(self.rows) - 1

    def _start(self, node: Node, name: str) -> int:
        try:
            return self.programs.start(node, name)
        except KeyError:
            raise NotLowered(f"{node.name}: {name} is code") from None

    def table(self) -> layout.Records:
        return np.array(self.rows, layout.law_type)

    def clamped(self, table: layout.Records) -> list[str]:
        """Warnings on laws that have given negative times."""
        return [
            f"{name}: {prop} gave negative times, taken as 0"
            for (name, prop), flag in zip(self.places, table["clamped"].tolist(), strict=True)
            if flag
        ]
