"""Rows of the trace, written where the reference kernel calls `trace.Trace`."""

from __future__ import annotations

from typing import Any

from .jit import compiled


@compiled
def state_row(plant: Any, node: int, state: int, start: float, end: float) -> None:
    system = plant.system[0]
    row = plant.state[system.state_rows]
    row.object, row.state, row.start, row.end = node, state, start, end
    system.state_rows += 1


@compiled
def content_row(plant: Any, node: int, now: float, content: int) -> None:
    system = plant.system[0]
    row = plant.content[system.content_rows]
    row.object, row.time, row.content = node, now, content
    system.content_rows += 1


@compiled
def wip_row(plant: Any, now: float, count: int) -> None:
    system = plant.system[0]
    row = plant.wip[system.wip_rows]
    row.time, row.count = now, count
    system.wip_rows += 1


@compiled
def item_row(plant: Any, item: int, node: int, enter: float, leave: float) -> None:
    system = plant.system[0]
    row = plant.item[system.item_rows]
    row.item, row.object, row.enter, row.leave = item, node, enter, leave
    system.item_rows += 1


@compiled
def finished_row(plant: Any, now: float) -> None:
    system = plant.system[0]
    plant.finished[system.finished_rows].time = now
    system.finished_rows += 1


@compiled
def needs_room(plant: Any, margin: int) -> bool:
    """Whether one more step might overflow a table."""
    system = plant.system[0]
    return (  # type: ignore[no-any-return]
        system.state_rows + margin > plant.state.shape[0]
        or system.content_rows + margin > plant.content.shape[0]
        or system.wip_rows + margin > plant.wip.shape[0]
        or system.item_rows + margin > plant.item.shape[0]
        or system.finished_rows + margin > plant.finished.shape[0]
    )
