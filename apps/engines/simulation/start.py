"""Starting a run from a given state: items that are there at time 0.

As JSON: objects' names with lists of items.

    {"Buffer": [{"count": 5, "name": "Box", "labels": {"Type": 2}, "age": 60}],
     "Mill":   [{"remaining": 12.5}]}

In a Queue, Rack or FloorStorage items wait as if they had just come in; in a Processor or
MultiProcessor an item's last step ends after `remaining` (without operators), or its work begins
anew where that is not given. OnEntry does not run and inputs are not counted; `age` is the time
since creation and counts towards the time in system.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .errors import SimulationError
from .states import State

if TYPE_CHECKING:
    from .kernel.item import Item
    from .kernel.processor import Processor
    from .kernel.simulation import Simulation
    from .kernel.station import Station

MAX_ITEMS = 100_000
WORKERS = ("Processor", "MultiProcessor")
HOLDERS = ("Queue", "Rack", "FloorStorage", *WORKERS)
KEYS = ("count", "name", "labels", "age", "remaining")


@dataclass(frozen=True)
class StartItems:
    """`count` items alike in one object; times in model units."""

    object: str
    count: int = 1
    name: str = "Box"
    labels: Mapping[str, float | str] = field(default_factory=dict)
    age: float = 0.0
    remaining: float | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


Start = tuple[StartItems, ...]


def read_start(path: Path) -> Start:
    """From a JSON file. Raises OSError, and SimulationError on what is no such state."""
    try:
        return parse_start(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise SimulationError(f"{path.name} is no JSON: {error}") from error


def parse_start(data: Any) -> Start:
    """From {"object": [{"count": …}, …]}. Raises SimulationError with the place."""
    if not isinstance(data, dict):
        raise SimulationError("a start is written as {object: [items]}")
    found = [_items(name, rows) for name, rows in data.items()]
    start = tuple(items for group in found for items in group)
    if sum(items.count for items in start) > MAX_ITEMS:
        raise SimulationError(f"more than {MAX_ITEMS:,} items are there at the start")
    return start


def _items(name: str, rows: Any) -> list[StartItems]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SimulationError("its items at the start must be a list", name, '[{"count": 3}]')
    return [_one(name, row) for row in rows]


def _one(name: str, row: dict[str, Any]) -> StartItems:
    unknown = [key for key in row if key not in KEYS]
    if unknown:
        raise SimulationError(f"items have no “{unknown[0]}”", name, "there is " + ", ".join(KEYS))
    items = StartItems(name, **row)
    if type(items.count) is not int or items.count < 1:
        raise SimulationError("the count of items must be a whole number above 0", name)
    for key in ("age", "remaining"):
        value = getattr(items, key)
        if value is not None and not _is_time(value):
            raise SimulationError(f"the {key} of items must be a number from 0 up", name)
    if not isinstance(items.name, str) or not _are_labels(items.labels):
        raise SimulationError("names are texts, labels numbers or texts by name", name)
    return items


def _is_time(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and isfinite(value) and value >= 0


def _are_labels(labels: Any) -> bool:
    return isinstance(labels, dict) and all(
        isinstance(key, str) and isinstance(value, str | int | float)
        for key, value in labels.items()
    )


def put_items(sim: Simulation, start: Sequence[StartItems]) -> None:
    """Place the items in the built model, at its time 0; they move on when the run begins.

    Raises SimulationError where an object is unknown, takes no items or has no room for them.
    """
    for items, station in places(sim, start):
        for _ in range(items.count):
            _put(sim, station, items)
    if start:
        sim.reset_statistics()  # the items were there: nothing has come in yet


def places(sim: Simulation, start: Sequence[StartItems]) -> list[tuple[StartItems, Station]]:
    """What is there at the start, and where. Raises SimulationError as `put_items`."""
    found: list[tuple[StartItems, Station]] = []
    counts: Counter[str] = Counter()
    for items in start:
        station = _station(sim, items.object)
        if items.remaining is not None and station.source.class_name not in WORKERS:
            raise SimulationError("only processors have items in work", items.object)
        counts[items.object] += items.count
        if counts[items.object] > station.capacity:
            raise SimulationError(
                f"{items.count} items do not fit in at the start", items.object,
                f"its capacity is {station.capacity:g}",
            )  # fmt: skip
        found.append((items, station))
    return found


def _station(sim: Simulation, name: str) -> Station:
    node = sim.node(name)
    if node is None:
        known = ", ".join(found.name for found in sim.nodes[:12])
        raise SimulationError(f"there is no object {name}", hint=f"there is {known}")
    if node.source.class_name not in HOLDERS:
        kind, hint = node.source.class_name, "these can: " + ", ".join(HOLDERS)
        raise SimulationError(f"a {kind} cannot hold items at the start", name, hint)
    return cast("Station", node)


def _put(sim: Simulation, station: Station, items: StartItems) -> None:
    item = sim.new_item(items.name)
    item.born = sim.now - items.age
    item.labels.update(items.labels)
    if items.remaining is None:
        on_entry, station.on_entry = station.on_entry, None
        station.enter(item, 1)
        station.on_entry = on_entry
    else:
        _resume(cast("Processor", station), item, items.remaining)


def _resume(station: Processor, item: Item, remaining: float) -> None:
    """The item is in its last step."""
    phase = station.phases[-1]
    station.add(item)
    station.busy += 1
    station.setting_up += phase.state == State.SETUP
    station.refresh()
    station.sim.clock.plan(remaining, station.finish, (item, phase))
