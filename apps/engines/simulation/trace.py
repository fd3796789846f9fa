"""The record of a run in columns: states, contents, work in process, item journeys.

Arrays of machine numbers, not rows of objects: 24 bytes or less a row. `to_json` thins
for drawing; `exports` writes all of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .states import STATE_NAMES

if TYPE_CHECKING:
    from .kernel.item import Item

MAX_ROWS = 20_000_000  # over all columns; a longer trace ends there and says so


_TABLES = {
    "state": "_state",
    "content": "_content",
    "wip": "_wip",
    "item": "_items",
    "finished": "_finished",
}


class Trace:
    """Columns of one replication; `names` are the objects' names by index."""

    def __init__(self, names: Sequence[str], states: Sequence[int]) -> None:
        self.names = list(names)
        self.truncated = False
        self._current = [(state, 0.0) for state in states]
        self._state = _Columns("iidd")  # object, state, start, end
        self._content = _Columns("idi")  # object, time, content
        self._wip = _Columns("di")  # time, items in the model
        self._finished = _Columns("d")  # times at which items reached a sink
        self._items = _Columns("iidd")  # item, object, enter, leave
        self._end = 0.0

    # Writing

    def state(self, index: int, state: int, now: float) -> None:
        """An object's state changes; spells of no length are left out."""
        before, since = self._current[index]
        if now > since:
            self._state.add(index, before, since, now)
        self._current[index] = (state, now)

    def entered(self, index: int, now: float, content: int) -> None:
        self._content.add(index, now, content)

    def left(self, index: int, item: Item, now: float, content: int) -> None:
        self._content.add(index, now, content)
        self._items.add(item.ident, index, item.entered, now)

    def passed(self, index: int, item: Item, now: float) -> None:
        """An item has entered a sink."""
        self._items.add(item.ident, index, now, now)

    def in_system(self, now: float, count: int) -> None:
        self._wip.add(now, count)

    def finished(self, index: int, now: float) -> None:
        del index
        self._finished.add(now)

    def load(self, table: str, columns: Sequence[bytes]) -> None:
        """Take over the rows of one table from another kernel."""
        getattr(self, _TABLES[table]).load(columns)

    def resume(self, current: Sequence[tuple[int, float]]) -> None:
        """Take over every object's present state and its beginning."""
        self._current = list(current)

    def close(self, end: float) -> None:
        """End all states at the end of the run."""
        for index, (state, since) in enumerate(self._current):
            if end > since:
                self._state.add(index, state, since, end)
        self._end = end

    def rows(self) -> int:
        return sum(len(part) for part in (self._state, self._content, self._wip, self._items))

    # Reading

    def columns(self, table: str) -> tuple[array[Any], ...]:
        """The arrays of one table: "state", "content", "wip", "item" or "finished"."""
        found: _Columns = getattr(self, _TABLES[table])
        return found.columns

    @property
    def states(self) -> list[tuple[str, int, float, float]]:
        """(object, state number, start, end) in order of their ends."""
        return [(self.names[index], state, start, end) for index, state, start, end in self._state]

    @property
    def content(self) -> dict[str, list[tuple[float, int]]]:
        """Content over time of each object that held items."""
        series: dict[str, list[tuple[float, int]]] = {}
        for index, time, content in self._content:
            _append(series.setdefault(self.names[index], [(0.0, 0)]), time, content)
        return series

    @property
    def wip(self) -> list[tuple[float, int]]:
        """Items in the model over time."""
        series = [(0.0, 0)]
        for time, count in self._wip:
            _append(series, time, count)
        return series

    @property
    def throughput(self) -> list[tuple[float, int]]:
        """Items that have reached a sink, cumulated over time."""
        series = [(0.0, 0)]
        for number, (time,) in enumerate(self._finished, 1):
            _append(series, time, number)
        return series

    @property
    def items(self) -> list[tuple[int, str, float, float]]:
        """(item id, object, enter, leave) in order of leaving."""
        return [
            (item, self.names[index], enter, leave) for item, index, enter, leave in self._items
        ]

    # Out

    def to_json(self, max_points: int = 2000) -> dict[str, Any]:
        """Everything for drawing, each series thinned to about `max_points` points.

        Thinned series keep first, last, lowest and highest point of each stretch.
        """
        states, items = self.states, self.items
        share = max_points * max(1, len(self.names))
        return {
            "end": self._end,
            "objects": self.names,
            "state_names": {str(number): name for number, name in STATE_NAMES.items()},
            "states": [list(row) for row in states[:share]],
            "content": {name: thin(series, max_points) for name, series in self.content.items()},
            "wip": thin(self.wip, max_points),
            "throughput": thin(self.throughput, max_points),
            "items": [list(row) for row in items[:share]],
            "truncated": self.truncated or len(states) > share or len(items) > share,
        }


class _Columns:
    """Rows kept as one array for each field; what was loaded is joined when it is asked for."""

    __slots__ = ("_arrays", "_loaded")

    def __init__(self, codes: str) -> None:
        self._arrays: tuple[array[Any], ...] = tuple(array(code) for code in codes)
        self._loaded: list[Sequence[bytes]] = []

    @property
    def columns(self) -> tuple[array[Any], ...]:
        if self._loaded:
            for column, parts in zip(self._arrays, zip(*self._loaded, strict=True), strict=True):
                column.frombytes(b"".join(parts))
            self._loaded = []
        return self._arrays

    def add(self, *row: float) -> None:
        for column, value in zip(self.columns, row, strict=True):
            column.append(value)

    def load(self, columns: Sequence[bytes]) -> None:
        self._loaded.append(columns)

    def __len__(self) -> int:
        first = self._arrays[0]
        return len(first) + sum(len(part[0]) for part in self._loaded) // first.itemsize

    def __iter__(self) -> Iterator[Any]:
        return zip(*self.columns, strict=True)


def _append(series: list[tuple[float, int]], time: float, value: int) -> None:
    """Of several values at one instant the last one stays."""
    if series[-1][0] == time:
        series[-1] = (time, value)
    else:
        series.append((time, value))


def thin(series: Sequence[tuple[float, float]], limit: int) -> list[list[float]]:
    """About `limit` points of a series in time with its extremes."""
    if len(series) <= limit:
        return [list(point) for point in series]
    stretch = max(1, -(-len(series) * 4 // max(4, limit)))
    kept: list[list[float]] = []
    for start in range(0, len(series), stretch):
        part = series[start : start + stretch]
        kept += [list(point) for point in _extremes(part)]
    return kept


def _extremes(part: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    lowest = min(part, key=lambda point: point[1])
    highest = max(part, key=lambda point: point[1])
    return sorted({part[0], lowest, highest, part[-1]})
