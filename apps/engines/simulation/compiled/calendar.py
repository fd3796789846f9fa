"""The calendar and the work list of the compiled kernel."""

from __future__ import annotations

from typing import Any

from .jit import compiled


@compiled
def before(a: Any, b: Any) -> bool:
    return a.time < b.time or (a.time == b.time and a.order < b.order)  # type: ignore[no-any-return]


@compiled
def plan(plant: Any, delay: float, node: int, item: int) -> None:
    """Put an event on the calendar (a binary heap)."""
    system, heap = plant.system[0], plant.heap
    time, order = system.now + delay, system.order
    place = system.heap
    system.order += 1
    system.heap += 1
    while place > 0:
        parent = (place - 1) >> 1
        if heap[parent].time <= time:  # later orders go below
            break
        heap[place] = heap[parent]
        place = parent
    heap[place].time, heap[place].order = time, order
    heap[place].node, heap[place].item = node, item


@compiled
def drop_first(plant: Any) -> None:
    """Take the first event off the calendar."""
    system, heap = plant.system[0], plant.heap
    system.heap -= 1
    size = system.heap
    place, child = 0, 1
    while child < size:
        if child + 1 < size and before(heap[child + 1], heap[child]):
            child += 1
        if not before(heap[child], heap[size]):
            break
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = heap[size]


@compiled
def later(plant: Any, node: int, item: int) -> None:
    """Append to the work list: release of an item, or (item -1) asking upstream."""
    system, tasks = plant.system[0], plant.tasks
    place = system.first_task + system.tasks
    if place >= tasks.shape[0]:
        place -= tasks.shape[0]
    tasks[place].node, tasks[place].item = node, item
    system.tasks += 1
