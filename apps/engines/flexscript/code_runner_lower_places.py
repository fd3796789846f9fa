"""FlexScript to stack programs: what can be read and assigned — labels, arrays, tables, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from ..simulation.compiled.kinds import (
    COMPOSED,
    INTEGER,
    ITEM,
    NUMBER,
    NUMBERS,
    OBJECT,
    TEXT,
    UNKNOWN,
    joined,
    kind_of,
)
from ..simulation.compiled.program import NAME, NotLowered, Op
from . import tree as t
from .code_runner_host import MEMBERS
from .code_runner_lower_emit import ARRAY, TABLE, Emitter, Local, constant_of, is_call, text

_COLUMN = re.compile("Col ([1-9][0-9]{0,5})")
Value = Callable[[], str]  # emits a value and gives its kind
_NOT_LABELS = frozenset({*MEMBERS, "rotation", "color"})


class Places(Emitter):
    """Every place has a way to read it and a way to store what `value` emits, which stays."""

    def assign(self, target: t.Expression, value: Value) -> str:
        if isinstance(target, t.Name):
            return self._assign_variable(target, value)
        if isinstance(target, t.Index):
            table = self.table_of(target.value)
            if table is not None and isinstance(target.value, t.Index):
                return self._assign_cell(table, target.value.index, target.index, value)
            return self._assign_element(target, value)
        return self.assign_label(*label_of(target), value)

    def once(self, target: t.Expression, value: t.Expression | None = None) -> t.Expression:
        """The target with its parts in locals, where working it out twice makes a difference."""
        if not isinstance(target, t.Index | t.Member) or not t.has_effects(target, value):
            return target
        made: t.Expression = t.once(target, self._worked_out)
        return made

    def _worked_out(self, node: t.Expression) -> t.Expression:
        """A name for the value; what is a name already, or a constant, stays as it is."""
        if self.is_item(node) or self.is_current(node) or self.array_of(node) is not None:
            return node
        if isinstance(node, t.Number | t.String):
            return node
        if isinstance(node, t.Call) and is_assert(node) and isinstance(node.function, t.Member):
            self.value(node)
            self.emit(Op.POP)
            return t.Index(node.span, node.function.value, node.arguments[0])
        if isinstance(node, t.Index) and _is_labels(node.value):
            return replace(node, value=t.once(node.value, self._worked_out))
        if self.table_of(node) is not None:
            if isinstance(node, t.Index):
                return replace(node, index=self._worked_out(node.index))
            return node
        kind, slot = self.usable(self.value(node)), self.room()
        self.emit(Op.STORE, slot)
        self.scopes[-1][f"<{slot}>"] = Local(slot, kind)
        return t.Name(node.span, f"<{slot}>")

    def _assign_variable(self, target: t.Name, value: Value) -> str:
        known = self.find(target.name)
        if known is None or known.kind in (ITEM, ARRAY, TABLE):
            raise NotLowered(f"assigns to {target.name}")
        wanted = known.kind
        found = self.usable(value())
        if joined(found, wanted) == NUMBER and wanted != NUMBER:
            self.convert(found, wanted)
        self.emit(Op.COPY)
        self.emit(Op.STORE, known.slot)
        return wanted

    def convert(self, found: str, wanted: str) -> None:
        """To what an int or double variable holds."""
        if found not in NUMBERS:
            raise NotLowered(f"stores {'an' if found == OBJECT else 'a'} {found} in a number")
        if wanted == INTEGER and found != INTEGER:
            self.emit(Op.WHOLE)

    # Labels

    def label(self, name: str) -> int:
        if name in _NOT_LABELS and name != NAME:
            raise NotLowered(f"uses {name}")
        return self.commons.label(name)

    def _keeps(self, name: str, kind: str) -> str:
        """Note what kind of value a label gets."""
        if kind != COMPOSED:
            self.usable(kind)
        if name == NAME and kind not in (TEXT, COMPOSED, UNKNOWN):
            raise NotLowered("gives a name that is no text")
        self._join(("label", name), kind, f"the label {name}")
        return kind

    def _join(self, key: tuple[str, ...], kind: str, what: str) -> None:
        kinds = self.commons.kinds
        try:
            kinds[key] = joined(kinds.get(key, UNKNOWN), kind)
        except NotLowered as reason:
            raise NotLowered(f"uses {what}, which {reason}") from None

    def assign_label(self, owner: t.Expression, name: str, value: Value) -> str:
        label = self.label(name)
        if self.is_item(owner):
            kind = self._keeps(name, value())
            self.emit(Op.COPY)
            self.emit(Op.SET_ITEM_LABEL, label)
            return kind
        if name == NAME:
            raise NotLowered("changes the name of an object")
        place, kept = self.room(), self.room()
        self.object(owner)
        self.emit(Op.STORE, place)
        kind = self._keeps(name, value())
        self.emit(Op.STORE, kept)
        self.emit(Op.LOAD, place)
        self.emit(Op.LOAD, kept)
        self.emit(Op.SET_LABEL, label)
        self.emit(Op.LOAD, kept)
        return kind

    def read_label(self, owner: t.Expression, name: str) -> str:
        if name == NAME and self.is_current(owner):
            return self.push_text(self.site.name)
        label, kind = self.label(name), self.commons.kinds.get(("label", name), UNKNOWN)
        if kind == COMPOSED:
            raise NotLowered(f"reads {name}, a text that is put together")
        if self.is_item(owner):
            self.emit(Op.ITEM_LABEL, label)
        else:
            self.object(owner)
            self.emit(Op.LABEL, label)
        return TEXT if name == NAME else kind

    def has_label(self, owner: t.Expression, name: str) -> None:
        """Leaves 1 where there is the label, 0 where not."""
        label = self.label(name)
        if self.is_item(owner):
            self.emit(Op.HAS_ITEM_LABEL, label)
        else:
            self.object(owner)
            self.emit(Op.HAS_LABEL, label)

    def assert_label(self, owner: t.Expression, name: str, default: Value) -> None:
        """x.labels.assert(name, default)"""
        kept = self.room()
        self._keeps(name, default())
        self.emit(Op.STORE, kept)
        self.has_label(owner, name)
        self.emit(Op.NOT)
        there = self.emit(Op.JUMP_UNLESS)

        def again() -> str:
            self.emit(Op.LOAD, kept)
            return UNKNOWN

        self.assign_label(owner, name, again)
        self.emit(Op.POP)
        self.land(there)

    # Local arrays

    def declare_array(self, name: str, kind: str, items: tuple[t.Expression, ...]) -> None:
        """An array of as many places as it begins with."""
        first = self.room(len(items))
        for place, item in enumerate(items, first):
            kind = joined(kind, self.usable(self.value(item)))
            self.emit(Op.KEEP, place)
        if name in self.changed_arrays and kind in NUMBERS:
            kind = NUMBER
        self.scopes[-1][name] = Local(first, ARRAY, len(items), kind)

    def array_of(self, node: t.Expression) -> Local | None:
        known = self.find(node.name) if isinstance(node, t.Name) else None
        return known if known is not None and known.kind == ARRAY else None

    def _assign_element(self, target: t.Index, value: Value) -> str:
        array = self.array_of(target.value)
        if array is None:
            raise NotLowered("assigns to [ ]")
        place, kept = self.room(), self.room()
        self.number(target.index)
        self.emit(Op.STORE, place)
        kind = self.usable(value())
        if joined(kind, array.cells) != array.cells:
            raise NotLowered("changes what an array holds")
        self.emit(Op.STORE, kept)
        self.emit(Op.LOAD, place)
        self.emit(Op.LOAD, kept)
        self.emit(Op.STORE_AT, array.slot, float(array.length))
        self.emit(Op.LOAD, kept)
        return kind

    def read_element(self, array: Local, index: t.Expression) -> str:
        self.number(index)
        self.emit(Op.LOAD_AT, array.slot, float(array.length))
        return array.cells

    # Global tables

    def table_of(self, node: t.Expression) -> str | None:
        """The name of the table in Table("T"), t, Table("T")[row]."""
        if isinstance(node, t.Index):
            return self.table_of(node.value)
        if isinstance(node, t.Name):
            known = self.find(node.name)
            return known.table if known is not None and known.kind == TABLE else None
        if is_call(node, "Table") and isinstance(node, t.Call):
            return text(node.arguments[0])
        return None

    def grid(self, name: str) -> int:
        """The number of a table in use."""
        if name not in self.commons.tables:
            raise NotLowered(f"uses a table {name} that is not there when the run begins")
        return self.commons.grids.setdefault(name, len(self.commons.grids))

    def read_cell(self, name: str, row: t.Expression, column: t.Expression) -> str:
        grid, column = self.grid(name), _numbered(column)
        self.number(row)
        self.number(column)
        self.emit(Op.CELL, grid)
        return self._kind_of_cells(name, column)

    def _assign_cell(self, name: str, row: t.Expression, column: t.Expression, value: Value) -> str:
        column = _numbered(column)
        grid, places = self.grid(name), (self.room(), self.room(), self.room())
        for node, place in zip((row, column), places, strict=False):
            self.number(node)
            self.emit(Op.STORE, place)
        kind = self.usable(value())
        for at in self._columns(name, column):
            self._join(("cell", name, str(at)), kind, f"the table {name}")
        self.emit(Op.STORE, places[2])
        for place in places:
            self.emit(Op.LOAD, place)
        self.emit(Op.SET_CELL, grid)
        self.emit(Op.LOAD, places[2])
        return kind

    def assign_cell(self, given: tuple[t.Expression, ...]) -> str:
        """settablenum(table, row, column, value)"""
        return self._assign_cell(text(given[0]), given[1], given[2], lambda: self.value(given[3]))

    def _columns(self, name: str, column: t.Expression) -> list[int]:
        """Which columns may be meant, from 1."""
        rows, number = self.commons.tables[name], constant_of(column)
        width = len(rows[0]) if rows else 0
        return list(range(1, width + 1)) if number is None else [int(number)]

    def _kind_of_cells(self, name: str, column: t.Expression) -> str:
        kind, rows = UNKNOWN, self.commons.tables[name]
        for at in self._columns(name, column):
            kind = joined(kind, self.commons.kinds.get(("cell", name, str(at)), UNKNOWN))
            for row in rows:
                if at <= len(row) and row[at - 1] is not None:
                    kind = joined(kind, kind_of(row[at - 1]))
        return kind


def _numbered(column: t.Expression) -> t.Expression:
    """The number in "Col 2", which is a column's name until it gets another."""
    found = _COLUMN.fullmatch(column.value) if isinstance(column, t.String) else None
    return column if found is None else t.Number(column.span, int(found[1]), True, found[1])


def label_of(node: t.Expression) -> tuple[t.Expression, str]:
    """The owner and the name of x.name, x.labels["name"].value, x.labels.assert("name").value."""
    if not isinstance(node, t.Member):
        raise NotLowered("assigns to something else")
    inner = node.value
    if node.name == "value" and isinstance(inner, t.Index) and _is_labels(inner.value):
        return inner.value.value, text(inner.index)
    if node.name == "value" and isinstance(inner, t.Call):
        function = inner.function
        if isinstance(function, t.Member) and is_assert(inner) and _is_labels(function.value):
            return function.value.value, text(inner.arguments[0])
    return node.value, node.name


def is_assert(node: t.Call) -> bool:
    """x.labels.assert("name", default)"""
    function = node.function
    if not isinstance(function, t.Member) or function.name != "assert":
        return False
    return bool(node.arguments) and _is_labels(function.value)


def _is_labels(node: t.Expression) -> TypeGuard[t.Member]:
    return isinstance(node, t.Member) and node.name == "labels"
