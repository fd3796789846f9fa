"""From a built simulation to the compiled kernel's arrays, and its figures back."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..kernel.basic import Queue, Sink, Source
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Link, Station
from ..kernel.values import Values, may_be_negative
from ..model import CodeValue, DistributionValue, ModelObject, NumberValue, Value
from ..streams import FIRST_NUMBER
from ..trace import Trace
from . import layout
from .layout import Kind, Law, Plant
from .program import MAX_LOCALS, MAX_STACK, NotLowered
from .programs import Programs, rules

_KINDS: dict[type[Node], Kind] = {
    Source: Kind.SOURCE,
    Queue: Kind.QUEUE,
    Processor: Kind.PROCESSOR,
    Sink: Kind.SINK,
}
_LAWS = {law.name.lower(): law for law in Law if Law.CONSTANT < law < Law.CODE}
_FIRST_ITEMS = 1024
_COUNTS = ("input", "output", "content", "content_min", "content_max", "stays", "state")
_SUMS = ("moment", "stay_sum", "stay_min", "stay_max", "state_since")


def why_not(sim: Simulation) -> str | None:
    """Why the compiled kernel cannot run this model, or None when it can."""
    for node in sim.nodes:
        reason = _obstacle(node, Values(sim, node, None))
        if reason:
            return f"{node.name} {reason}"
    try:
        Programs(sim).own_labels()
    except NotLowered as obstacle:
        return str(obstacle)
    return None


def _obstacle(node: Node, values: Values) -> str | None:
    if not isinstance(node, Station) or type(node) not in _KINDS or _is_list(node):
        return "is of another class"
    checks = {
        "pulls, uses transport or stops": (
            node.pull is not None or node.transport is not None or _has_extras(node.source)
        ),
        "makes batches": isinstance(node, Queue) and node.batch_size > 0,
        "needs operators": isinstance(node, Processor) and any(p.crew for p in node.phases),
        "has times that are not drawn here": not all(
            _computable(values.get(name)) for name in _times(node)
        ),
        "routes by code": not _routable(node, values.get("SendToPort")),
    }
    return next((reason for reason, holds in checks.items() if holds), None)


def _is_list(node: Node) -> bool:
    return node.source.class_name == "MultiProcessor"


def _has_extras(obj: ModelObject) -> bool:
    return any(name in {"MTBFMTTRs", "TimeTables"} for name in obj.properties)


def _times(node: Node) -> tuple[str, ...]:
    if isinstance(node, Source):
        return ("InterArrivalTime",)
    return ("ProcessTime", "SetupTime") if isinstance(node, Processor) else ()


def _computable(value: Value | None) -> bool:
    if isinstance(value, CodeValue):
        return True  # if it can be a program
    if isinstance(value, DistributionValue):
        return value.function in _LAWS
    return isinstance(value, NumberValue)


def _routable(node: Station, value: Value | None) -> bool:
    """Code, constants, and laws of whole numbers that stay within the ports."""
    if isinstance(value, CodeValue):
        return True
    if isinstance(value, NumberValue):
        return value.value <= len(node.outputs)
    if not isinstance(value, DistributionValue):
        return False
    ends = {"duniform": value.args, "bernoulli": value.args[1:]}.get(value.function, ())
    return bool(ends) and all(0 < end <= len(node.outputs) for end in ends)


# To arrays


def lower(sim: Simulation, seed: int, replication: int) -> Plant:
    """The arrays of one replication, ready for `kernel.start`."""
    nodes, programs = np.zeros(len(sim.nodes), layout.node_type), Programs(sim)
    outs: list[Link] = []
    ins: list[Link] = []
    for index, node in enumerate(sim.nodes):
        record = nodes[index]
        _fill(record, node, Values(sim, node, None), programs)
        if isinstance(node, Station):
            record["first_link"], record["links"] = len(outs), len(node.outputs)
            record["first_in"], record["ins"] = len(ins), len(node.inputs)
            outs += node.outputs
            ins += node.inputs
    plant = Plant(
        nodes,
        _links(outs),
        _links(ins),
        np.zeros(0, layout.item_type),
        np.zeros(0, layout.event_type),
        np.zeros(0, layout.task_type),
        _streams(len(nodes), seed, replication),
        np.zeros(1, layout.system_type),
        programs.code(),
        np.zeros((0, len(programs.labels))),
        programs.own_labels(),
        np.zeros(MAX_STACK),
        np.zeros(MAX_LOCALS),
        np.zeros(1, layout.law_type),
        **{name: np.zeros(0, kind) for name, kind in layout.TRACE_TYPES.items()},
    )
    plant.system["tracing"] = sim.trace is not None
    plant.system["free"] = -1
    plant.system["stay_min"] = np.inf
    return grown(plant)


def _fill(record: layout.Records, node: Node, values: Values, programs: Programs) -> None:
    record["kind"] = _KINDS[type(node)]
    record["head"] = record["tail"] = -1
    record["stay_min"], record["state"] = np.inf, node.state
    programs.fill(record, node)
    slots = {"InterArrivalTime": "time", "ProcessTime": "time", "SetupTime": "setup"}
    for name in rules(node):
        value = values.get(name)
        if name == "SendToPort":
            if not (isinstance(value, NumberValue) and value.value == 0):
                _fill_rule(record["route"], value, programs, (node, name), clamp=False)
        elif name != "SetupTime" or (isinstance(node, Processor) and len(node.phases) > 1):
            _fill_rule(record[slots[name]], value, programs, (node, name))
    if isinstance(node, Station):
        record["capacity"] = node.capacity
    if isinstance(node, Source):
        record["time_zero"] = node.time_zero
    elif isinstance(node, Queue):
        record["lifo"] = node.lifo


def _fill_rule(
    record: layout.Records,
    value: Value | None,
    programs: Programs,
    place: tuple[Node, str],
    *,
    clamp: bool = True,
) -> None:
    if isinstance(value, DistributionValue):
        record["law"] = _LAWS[value.function]
        record["args"][: len(value.args)] = value.args
        record["clamp"] = clamp and may_be_negative(value)
    elif isinstance(value, NumberValue):
        record["law"], record["args"][0] = Law.CONSTANT, value.value
    elif isinstance(value, CodeValue):
        record["law"], record["args"][0] = Law.CODE, programs.start(*place)
        record["clamp"] = clamp


def _links(links: Iterable[Link]) -> layout.Records:
    rows = [(link.origin.index, link.out_port, link.target.index, link.in_port) for link in links]
    return np.array(rows, layout.link_type)


def _streams(count: int, seed: int, replication: int) -> layout.Records:
    streams = np.zeros(count, layout.stream_type)
    streams["key"][:, 0] = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    streams["key"][:, 1] = np.arange(count, dtype=np.uint64) + np.uint64(
        (replication << 32) + FIRST_NUMBER
    )
    streams["used"] = 4
    return streams


def grown(plant: Plant) -> Plant:
    """Twice the room for items, and calendar and work list to go with it."""
    system, old = plant.system[0], len(plant.items)
    size = max(_FIRST_ITEMS, 2 * old)
    items = np.zeros(size, layout.item_type)
    items[:old] = plant.items
    items["next"][old:] = np.arange(old + 1, size + 1)
    items["next"][-1] = system["free"]
    labels = np.full((size, plant.labels.shape[1]), np.nan)
    labels[:old] = plant.labels
    system["free"] = old
    heap = np.zeros(size + len(plant.nodes), layout.event_type)
    heap[: len(plant.heap)] = plant.heap
    tasks = np.zeros(size + len(plant.nodes), layout.task_type)
    order = np.arange(system["first_task"], system["first_task"] + system["tasks"])
    if len(order):
        tasks[: len(order)] = plant.tasks[order % len(plant.tasks)]
    system["first_task"] = 0
    return plant._replace(items=items, labels=labels, heap=heap, tasks=tasks)


def with_room(plant: Plant) -> Plant:
    """Twice the room for the trace, at least for several steps."""
    least = 16 * (len(plant.items) + 1)
    tables = {}
    for name, kind in layout.TRACE_TYPES.items():
        old = getattr(plant, name)
        tables[name] = np.zeros(max(least, 2 * len(old)), kind)
        tables[name][: len(old)] = old
    return plant._replace(**tables)


def rows(plant: Plant) -> int:
    """Rows of the trace so far."""
    return sum(int(plant.system[0][f"{name}_rows"]) for name in layout.TRACE_TYPES)


def reset_statistics(plant: Plant, now: float) -> None:
    """The warm-up is over: as `Node.reset_statistics` and `Simulation.reset_statistics`."""
    nodes, system = plant.nodes, plant.system
    for name in ("input", "output", "stays", "stay_sum", "stay_max", "state_times"):
        nodes[name] = 0
    nodes["content_min"] = nodes["content_max"] = nodes["content"]
    nodes["moment"] = nodes["content"] * now
    nodes["busy_moment"] = nodes["busy"] * now
    nodes["stay_min"], nodes["state_since"] = np.inf, now
    for name in ("created", "finished", "stay_sum", "stay_max"):
        system[name] = 0
    system["wip_min"] = system["wip_max"] = system["wip"]
    system["wip_moment"] = system["wip"] * now
    system["stay_min"] = np.inf


# And back


def raise_to(sim: Simulation, plant: Plant) -> None:
    """Write the figures into the running objects, where `observe` reads them."""
    for node, record in zip(sim.nodes, plant.nodes, strict=True):
        for name in _COUNTS:
            setattr(node, name, int(record[name]))
        for name in _SUMS:
            setattr(node, name, float(record[name]))
        node.state_times = [float(time) for time in record["state_times"]]
        if isinstance(node, Processor):
            node.busy, node.busy_moment = int(record["busy"]), float(record["busy_moment"])
        _warn(sim, node, record)
    system = plant.system[0]
    for name in ("created", "finished", "wip", "wip_min", "wip_max"):
        setattr(sim, name, int(system[name]))
    for name in ("wip_moment", "stay_sum", "stay_min", "stay_max"):
        setattr(sim, name, float(system[name]))


def raise_trace(trace: Trace, plant: Plant) -> None:
    """Hand the rows over to the trace."""
    for name, kind in layout.TRACE_TYPES.items():
        table = getattr(plant, name)[: plant.system[0][f"{name}_rows"]]
        trace.load(name, [table[column].tobytes() for column in kind.names or ()])
    trace.resume([(int(node["state"]), float(node["shown_since"])) for node in plant.nodes])


def _warn(sim: Simulation, node: Node, record: layout.Records) -> None:
    slots = {"time": _times(node)[:1], "setup": _times(node)[1:]}
    for slot, names in slots.items():
        for name in names:
            if record[slot]["clamped"]:
                sim.warn(f"{node.name}: {name} gave negative times, taken as 0")
