"""The graph interpreter: calendar, work list and stations as in the reference kernel.

Every function mirrors a method of `simulation.kernel` and keeps its order of operations,
so that sums round alike. `plant` is a `layout.Plant`, nodes and items are indices.
"""

# ruff: noqa: PLR1730 - written as in the reference kernel

from __future__ import annotations

from math import isfinite
from typing import Any

from ..states import State
from .calendar import drop_first, later, plan
from .jit import compiled
from .layout import Kind, Law, Status
from .machine import execute
from .tracing import content_row, finished_row, item_row, needs_room, state_row, wip_row
from .variates import draw

_SOURCE, _QUEUE, _PROCESSOR, _SINK = (int(kind) for kind in Kind)
_NONE, _CODE = int(Law.NONE), int(Law.CODE)
_GAVE_UP = int(Status.CODE)
_DONE, _BUDGET = int(Status.DONE), int(Status.BUDGET)
_ITEMS, _TRACE = int(Status.ITEMS), int(Status.TRACE)
_IDLE, _PROCESSING, _SETUP = int(State.IDLE), int(State.PROCESSING), int(State.SETUP)
_BLOCKED, _GENERATING = int(State.BLOCKED), int(State.GENERATING)
_EMPTY, _RELEASING = int(State.EMPTY), int(State.RELEASING)
_NOBODY = -1
_MISSING = float("nan")  # a label that the item does not have
ROWS_A_MOVE = 4  # rows of one table that one item's move may add; one step moves each item once


@compiled
def run_code(plant: Any, start: int, node: int, item: int, port: int) -> float:
    """The value of a program; where it gives up the run will be left."""
    value = execute(plant, start, node, item, port)
    if isfinite(value):
        return value
    plant.system[0].gave_up = 1
    return 0.0


@compiled
def trigger(plant: Any, start: int, node: int, item: int, port: int) -> None:
    if start >= 0:
        run_code(plant, start, node, item, port)


@compiled
def evaluate(plant: Any, spec: Any, node: int, item: int) -> float:
    """The next variate of a law, or what code says."""
    if spec.law != _CODE:
        return draw(spec, plant.streams[node])
    value = run_code(plant, int(spec.args[0]), node, item, 0)
    if value < 0.0 and spec.clamp:
        spec.clamped = 1
        return 0.0
    return value


@compiled
def set_state(plant: Any, node: int, state: int) -> None:
    n = plant.nodes[node]
    if n.state != state:
        now = plant.system[0].now
        if now > n.state_since:
            n.state_times[n.state] += now - n.state_since
        if plant.system[0].tracing:
            if now > n.shown_since:
                state_row(plant, node, n.state, n.shown_since, now)
            n.shown_since = now
        n.state = state
        n.state_since = now


@compiled
def refresh(plant: Any, node: int) -> None:
    n = plant.nodes[node]
    if n.kind == _PROCESSOR:
        if n.busy > 0:
            state = _PROCESSING if n.busy > n.setting_up else _SETUP
        else:
            state = _BLOCKED if n.head >= 0 else _IDLE
    elif n.kind == _QUEUE:
        state = _RELEASING if n.content > 0 else _EMPTY
    else:
        state = _BLOCKED if n.head >= 0 else _GENERATING
    set_state(plant, node, state)


@compiled
def count_in(plant: Any, node: int, item: int, port: int) -> None:
    n, now = plant.nodes[node], plant.system[0].now
    n.input += 1
    plant.items[item].entered = now
    n.content += 1
    n.moment += now
    if n.content > n.content_max:
        n.content_max = n.content
    if plant.system[0].tracing:
        content_row(plant, node, now, n.content)
    trigger(plant, n.on_entry, node, item, port)


@compiled
def count_out(plant: Any, node: int, item: int, port: int) -> None:
    n, now = plant.nodes[node], plant.system[0].now
    trigger(plant, n.on_exit, node, item, port)
    n.output += 1
    n.content -= 1
    n.moment -= now
    if n.content < n.content_min:
        n.content_min = n.content
    stay = now - plant.items[item].entered
    n.stays += 1
    n.stay_sum += stay
    if stay > n.stay_max:
        n.stay_max = stay
    if stay < n.stay_min:
        n.stay_min = stay
    if plant.system[0].tracing:
        content_row(plant, node, now, n.content)
        item_row(plant, plant.items[item].ident, node, plant.items[item].entered, now)


@compiled
def count_wip(plant: Any, change: int) -> None:
    system = plant.system[0]
    system.wip += change
    system.wip_moment += change * system.now
    if system.wip > system.wip_max:
        system.wip_max = system.wip
    elif system.wip < system.wip_min:
        system.wip_min = system.wip
    if system.tracing:
        wip_row(plant, system.now, system.wip)


@compiled
def accepts(plant: Any, node: int) -> bool:
    n = plant.nodes[node]
    return n.kind == _SINK or n.content < n.capacity  # type: ignore[no-any-return]


@compiled
def leave(plant: Any, node: int, item: int, port: int) -> None:
    n = plant.nodes[node]
    count_out(plant, node, item, port)
    if n.kind == _SOURCE:
        refresh(plant, node)
        plan(plant, evaluate(plant, n.time, node, _NOBODY), node, _NOBODY)
        return
    if not n.asking:
        n.asking = 1
        later(plant, node, _NOBODY)
    refresh(plant, node)


@compiled
def begin(plant: Any, node: int, item: int, phase: int) -> None:
    """Start setup (0) or process (1)."""
    n, now = plant.nodes[node], plant.system[0].now
    n.busy += 1
    n.busy_moment += now
    if phase == 0:
        n.setting_up += 1
    plant.items[item].phase = phase
    refresh(plant, node)
    spec = n.setup if phase == 0 else n.time
    plan(plant, evaluate(plant, spec, node, item), node, item)


@compiled
def to_sink(plant: Any, node: int, item: int, port: int) -> None:
    n, system = plant.nodes[node], plant.system[0]
    n.input += 1
    trigger(plant, n.on_entry, node, item, port)
    system.finished += 1
    stay = system.now - plant.items[item].born
    system.stay_sum += stay
    if stay > system.stay_max:
        system.stay_max = stay
    if stay < system.stay_min:
        system.stay_min = stay
    count_wip(plant, -1)
    if system.tracing:
        finished_row(plant, system.now)
        item_row(plant, plant.items[item].ident, node, system.now, system.now)
    plant.items[item].next = system.free
    system.free = item
    system.in_use -= 1


@compiled
def transfer(plant: Any, node: int, item: int, link: Any) -> None:
    """Pass the item on by a row of a link table."""
    target, in_port = link.target, link.in_port
    leave(plant, node, item, link.port)
    kind = plant.nodes[target].kind
    if kind == _SINK:
        to_sink(plant, target, item, in_port)
        return
    count_in(plant, target, item, in_port)
    if kind == _QUEUE:
        later(plant, target, item)
    else:
        begin(plant, target, item, 1 if plant.nodes[target].setup.law == _NONE else 0)


@compiled
def keep(plant: Any, node: int, item: int) -> None:
    n, items = plant.nodes[node], plant.items
    items[item].next = _NOBODY
    if n.head < 0:
        n.head = n.tail = item
    elif n.lifo:
        items[item].next = n.head
        n.head = item
    else:
        items[n.tail].next = item
        n.tail = item
    refresh(plant, node)


@compiled
def release(plant: Any, node: int, item: int) -> None:
    """Open the ports that SendToPort names; send the item on or let it wait."""
    n = plant.nodes[node]
    port = 0
    if n.route.law != _NONE:
        port = int(evaluate(plant, n.route, node, item))
        if port > n.links and n.route.law == _CODE:
            plant.system[0].gave_up = 1  # the reference kernel tells the user
    plant.items[item].port = port
    first, last = n.first_link, n.first_link + n.links
    if port != 0:
        first = first + port - 1 if port > 0 else last
        last = min(last, first + 1)
    for link in range(first, last):
        if accepts(plant, plant.outs[link].target):
            transfer(plant, node, item, plant.outs[link])
            return
    keep(plant, node, item)


@compiled
def hand_over(plant: Any, link: Any) -> bool:
    """Give the first waiting item that may go this way to the asking station."""
    origin, port = link.origin, link.port
    n, items = plant.nodes[origin], plant.items
    earlier, item = _NOBODY, n.head
    while item >= 0:
        if items[item].port == 0 or items[item].port == port:
            if earlier < 0:
                n.head = items[item].next
            else:
                items[earlier].next = items[item].next
            if n.tail == item:
                n.tail = earlier
            transfer(plant, origin, item, link)
            return True
        earlier, item = item, items[item].next
    return False


@compiled
def receive(plant: Any, node: int) -> None:
    """Take what waits upstream: the first available, inputs in port order."""
    n = plant.nodes[node]
    while n.content < n.capacity:
        found = False
        for link in range(n.first_in, n.first_in + n.ins):
            row = plant.ins[link]
            if plant.nodes[row.origin].head >= 0 and hand_over(plant, row):
                found = True
                break
        if not found:
            return


@compiled
def create(plant: Any, node: int) -> None:
    """A source makes an item and releases it."""
    system = plant.system[0]
    item = system.free
    system.free = plant.items[item].next
    system.in_use += 1
    system.created += 1
    system.items += 1
    plant.items[item].ident = system.items
    count_wip(plant, 1)
    plant.items[item].born = system.now
    for label in range(plant.labels.shape[1]):
        plant.labels[item, label] = _MISSING
    n = plant.nodes[node]
    n.made += 1
    trigger(plant, n.on_creation, node, item, n.made)
    count_in(plant, node, item, 0)
    release(plant, node, item)


@compiled
def finish(plant: Any, node: int, item: int) -> None:
    """A phase of work is over."""
    n = plant.nodes[node]
    n.busy -= 1
    n.busy_moment -= plant.system[0].now
    if plant.items[item].phase == 0:
        n.setting_up -= 1
        trigger(plant, n.on_setup, node, item, 0)
        begin(plant, node, item, 1)
    else:
        trigger(plant, n.on_process, node, item, 0)
        release(plant, node, item)


@compiled
def do_task(plant: Any) -> None:
    """Perform the first entry of the work list."""
    system, tasks = plant.system[0], plant.tasks
    task = tasks[system.first_task]
    node, item = task.node, task.item
    system.first_task += 1
    if system.first_task == tasks.shape[0]:
        system.first_task = 0
    system.tasks -= 1
    if item >= 0:
        release(plant, node, item)
    else:
        plant.nodes[node].asking = 0
        receive(plant, node)


@compiled
def run(plant: Any, until: float, strictly: bool, budget: int) -> int:
    """Perform events up to `until` (before it when `strictly`) or for `budget` steps."""
    system, heap = plant.system[0], plant.heap
    margin = ROWS_A_MOVE * (plant.items.shape[0] + 1)
    for _ in range(budget):
        if system.gave_up:
            return _GAVE_UP
        if system.tracing and needs_room(plant, margin):
            return _TRACE
        if system.tasks > 0:
            do_task(plant)
            continue
        if system.heap == 0 or heap[0].time > until or (strictly and heap[0].time == until):
            return _DONE
        node, item = heap[0].node, heap[0].item
        if item < 0 and system.in_use == plant.items.shape[0]:
            return _ITEMS
        system.now = heap[0].time
        drop_first(plant)
        system.events += 1
        if item < 0:
            create(plant, node)
        else:
            finish(plant, node, item)
    return _BUDGET


@compiled
def start(plant: Any) -> None:
    """Plan the first arrival of every source, in the order of the objects."""
    for node in range(plant.nodes.shape[0]):
        n = plant.nodes[node]
        if n.kind == _SOURCE:
            delay = 0.0 if n.time_zero else evaluate(plant, n.time, node, _NOBODY)
            plan(plant, delay, node, _NOBODY)
