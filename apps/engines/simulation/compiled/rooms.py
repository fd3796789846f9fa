"""Room for items, events and rows of the trace; statistics set back; figures handed over."""

from __future__ import annotations

import numpy as np

from ..kernel.simulation import Simulation
from ..observe import COUNTED, COUNTS
from ..trace import Trace
from . import layout
from .extent import Extent
from .layout import Plant, Records
from .lower import Lowered

_FIRST_ITEMS = 256
_EVENTS_A_STOP = layout.MAX_STOPS + 2
_POOLS = {"items": "free", "requests": "free_request"}  # and their first free places
_NOBODY = -1
_OFFSETS = {"heap": layout.event_type.itemsize}  # so that two events to compare share a cache line
_ROWS_AT_LEAST = 32_768  # few enough to stay in the cache


def ready(plant: Plant, lowered: Lowered) -> None:
    """All rooms empty; those of the replication before serve again."""
    system = plant.system
    system["free"] = system["free_request"] = _NOBODY
    if not system["item_room"][0]:
        grow(plant, lowered)
    else:
        for name, free in _POOLS.items():
            if len(plant.tables.get(name, ())):
                _chain(plant[name], 0, _NOBODY)
                system[free] = 0
    if plant.extent >= Extent.BELTS:
        riders, bodies = plant["riders"], lowered.bodies()
        riders[:] = 0
        if plant.extent == Extent.ALL:
            plant["notes"][:] = 0
        riders["on"], riders[: len(bodies)] = _NOBODY, bodies


def grow(plant: Plant, lowered: Lowered) -> None:
    """Twice the room for items, and calendar, work list and requests to go with it."""
    system = plant.system
    old, count = int(system["item_room"][0]), len(lowered.rows)
    given = sum(items.count for items, _ in lowered.start)
    size = max(_FIRST_ITEMS + lowered.reserve + given, 2 * old)
    labels = int(system["label_count"][0])
    _pool(plant, "items", size)
    _longer(plant, "labels", size * labels)
    system["item_room"] = size
    events = size + count + _EVENTS_A_STOP * len(lowered.stops) + 1
    if plant.extent >= Extent.MORE:
        events *= 4  # what has lapsed stays there until its time
    system["event_room"] = events
    _longer(plant, "heap", events)
    _longer(plant, "paused", events)
    if plant.extent >= Extent.BELTS:
        _longer(plant, "riders", count + size)
        if plant.extent == Extent.ALL:
            _longer(plant, "notes", count + size)
        system["body_room"] = 2 * (count + size)
        _longer(plant, "bodies", 2 * (count + size))
    asked = lowered.requests(size)
    _pool(plant, "requests", asked)
    offers = len(plant.tables.get("holds", ()))
    _longer_ring(plant, 2 * size + 3 * count + 2 * asked + offers)


def _pool(plant: Plant, name: str, size: int) -> None:
    """More places of a pool, the new ones free."""
    had = len(plant.tables.get(name, ()))
    if size > had:
        free = _POOLS[name]
        _chain(_longer(plant, name, size), had, int(plant.system[free][0]))
        plant.system[free] = had


def _longer(plant: Plant, name: str, size: int) -> Records:
    table = layout.aligned(size, layout.TABLES[name], offset=_OFFSETS.get(name, 0))
    old = plant.tables.get(name)
    if old is not None:
        table[: len(old)] = old
    plant.put(name, table)
    return table


def _chain(table: Records, first: int, free: int) -> None:
    """Chain the new places of a pool, before those that were free already."""
    table["next"][first:] = np.arange(first + 1, len(table) + 1)
    table["next"][-1] = free


def _longer_ring(plant: Plant, size: int) -> None:
    system = plant.system[0]
    tasks = np.zeros(size, layout.task_type)
    if system["tasks"]:
        order = np.arange(system["first_task"], system["first_task"] + system["tasks"])
        tasks[: len(order)] = plant["tasks"][order % len(plant["tasks"])]
    plant.put("tasks", tasks)
    system["first_task"], system["task_room"] = 0, size


# The trace


def trace_room(plant: Plant, rows_a_move: int) -> None:
    """A buffer of the trace, large enough for several steps; what it held is lost."""
    system = plant.system[0]
    moves = int(system["item_room"] + system["reserve"] + system["node_count"])
    room = max(_ROWS_AT_LEAST, 2 * rows_a_move * moves)
    if room > system["row_room"]:
        for name, kind in layout.TRACE_TYPES.items():
            plant.put(name, np.empty(room, kind))
        system["row_room"] = room


def hand_over_trace(plant: Plant, trace: Trace) -> None:
    """Append the rows in the buffer to the trace."""
    system = plant.system[0]
    for table, columns in layout.TRACE.items():
        rows = int(system[f"{table}_rows"])
        trace.load(table, [plant[f"{table}_{name}"][:rows].tobytes() for name in columns])
        system[f"{table}_rows"] = 0
    system["rows"] = 0


def close_trace(plant: Plant, trace: Trace) -> None:
    hand_over_trace(plant, trace)
    nodes = plant["nodes"]
    trace.resume(list(zip(nodes["state"].tolist(), nodes["shown_since"].tolist(), strict=True)))


# Statistics


def reset_statistics(plant: Plant, now: float) -> None:
    """The warm-up is over: as `Node.reset_statistics` and `Simulation.reset_statistics`."""
    nodes, system = plant["nodes"], plant.system
    for name in ("input", "output", "stays", "stay_sum", "stay_max", "state_times"):
        nodes[name] = 0
    nodes["content_min"] = nodes["content_max"] = nodes["content"]
    nodes["moment"] = nodes["content"] * now
    nodes["busy_moment"] = np.where(nodes["stops"], 0.0, nodes["busy"] * now)
    nodes["stay_min"], nodes["state_since"] = np.inf, now
    for name in ("created", "finished", "stay_sum", "stay_max"):
        system[name] = 0
    system["wip_min"] = system["wip_max"] = system["wip"]
    system["wip_moment"] = system["wip"] * now
    system["stay_min"] = np.inf


def raise_to(sim: Simulation, plant: Plant, lowered: Lowered) -> None:
    """Hand the figures over, where `observe` reads them."""
    table = plant["nodes"]
    counts = sim.counts = np.zeros(len(table), COUNTS)
    for name in (*COUNTED, "state_times"):
        counts[name] = table[name]
    counts["busy"][table["stops"] > 0] = 0
    counts["places"] = lowered.places
    system = plant.system[0]
    for name in ("created", "finished", "wip", "wip_min", "wip_max"):
        setattr(sim, name, int(system[name]))
    for name in ("wip_moment", "stay_sum", "stay_min", "stay_max"):
        setattr(sim, name, float(system[name]))
    if lowered.guides is not None:
        lowered.guides.parked(plant.tables)
    for text in lowered.laws.clamped(plant["laws"]):
        sim.warn(text)
