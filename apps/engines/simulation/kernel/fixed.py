"""The properties of fixed resources: from the model tree to `Station` and its kinds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from sys import maxsize
from typing import Any

from ..model import ModelObject
from ..states import State
from .assembly import CombineMode, Combiner, Separator
from .basic import Queue, Row, Source, Storage, TableSource
from .node import Node
from .operators import CrewRule
from .processor import Phase, Processor
from .station import PullRule, Station
from .transport import TransportRule
from .values import Values

Runtime = Callable[[ModelObject], Node]


def configure_station(node: Station, values: Values, runtime: Runtime) -> None:
    """Routing, pulling, transport and what is the class's own; raises SimulationError."""
    constant, rule = values.rule("SendToPort")
    node.send_to = None if constant == 0 else rule
    node.pull = _pull_rule(values)
    if values.flag("UseTransport"):
        node.transport = TransportRule(
            values.dispatcher("TransportRef", runtime, optional=True),
            values.rule("TransportPriority")[1],
            values.whole("TransportPreempt"),
        )
    if isinstance(node, Source):
        _configure_source(node, values)
    elif isinstance(node, Storage):
        node.capacity = min(values.whole("MaxContent", 1), _slots(values))
        node.dwell = values.duration("MinimumDwellTime")[1]
    elif isinstance(node, Queue):
        _configure_queue(node, values)
    elif isinstance(node, Processor):
        _configure_processor(node, values, runtime)


def _pull_rule(values: Values) -> PullRule | None:
    """The pull rule, or None when it takes whatever comes."""
    if not values.flag("Pull"):
        return None
    strategy_constant, strategy = values.rule("PullStrategy")
    requirement_constant, requirement = values.rule("PullRequirement")
    open_to_all = requirement_constant is not None and requirement_constant != 0
    if strategy_constant == 0 and open_to_all:
        return None
    return PullRule(strategy, None if open_to_all else requirement)


# Source and Queue


def _configure_source(node: Source, values: Values) -> None:
    node.item_name = values.text("FlowItemClass", "Box")
    node.on_creation = values.trigger("OnCreation")
    if not isinstance(node, TableSource):
        node.interval = values.duration("InterArrivalTime")[1]
        node.time_zero = values.flag("TimeZeroArrival")
        return
    node.timed = values.number("ArrivalStyle") == 2
    node.repeat = values.flag("RepeatTable")
    table = "ArrivalSchedule" if node.timed else "ArrivalSequence"
    node.rows = _arrivals(values, table, timed=node.timed)


def _arrivals(values: Values, table: str, *, timed: bool) -> list[Row]:
    """The arrivals of either table, in order of time; a header row names the labels."""
    rows = [row if timed else (0.0, *row) for row in values.rows(table)]
    if not rows:
        raise values.fail(table, "has no rows")
    header: tuple[Any, ...] = ()
    if not isinstance(rows[0][2 if len(rows[0]) > 2 else 0], int | float):
        header, rows = rows[0], rows[1:]
    try:
        arrivals = [_arrival(number, row, header) for number, row in enumerate(rows, 1)]
    except (TypeError, ValueError, IndexError):
        raise values.fail(table, "needs rows of time, item name and quantity") from None
    if any(later[1] < earlier[1] for earlier, later in pairwise(arrivals)):
        raise values.fail(table, "must have its times in order")
    return arrivals


def _arrival(number: int, row: tuple[Any, ...], header: tuple[Any, ...]) -> Row:
    names = [str(cell) for cell in header[3:]]
    labels = dict(zip(names, row[3:], strict=False))
    return number, float(row[0]), str(row[1]), int(row[2]), labels


def _configure_queue(node: Queue, values: Values) -> None:
    node.capacity = values.whole("MaxContent", 1)
    node.lifo = values.flag("LIFO")
    if values.flag("DoBatching"):
        node.batch_size = values.whole("BatchSize", 1)
        node.max_wait = values.duration("MaxBatchTime")[1]
        node.flush = values.flag("FlushContent")
        node.on_end_collecting = values.trigger("OnEndCollecting")
        if node.batch_size > node.capacity:
            raise values.fail("BatchSize", "is larger than MaxContent: no batch would ever leave")


def _slots(values: Values) -> int:
    """Bays × levels × slots of a rack, one item a slot; no limit where none are told [?]."""
    rows = values.rows("Dimensions")
    told = {str(row[0]): row[1] for row in rows if len(row) == 2}
    count, limited = 1, False
    for name in ("NumBays", "NumLevels", "SlotsPerBay"):
        number = told.get(name, values.number(name) if values.get(name) else None)
        if number is None:
            continue
        if not isinstance(number, int | float) or number < 1:
            raise values.fail(name, "must be a number of 1 or more")
        count, limited = count * int(number), True
    return count if limited else maxsize


# Processor and its kinds


def _configure_processor(node: Processor, values: Values, runtime: Runtime) -> None:
    if node.source.class_name == "MultiProcessor":
        node.phases = _process_list(values, runtime)
    else:
        node.phases = _phases(values, runtime)
    for number, phase in enumerate(node.phases):
        phase.number = number
    if isinstance(node, Combiner):
        _configure_combiner(node, values)
    elif isinstance(node, Separator):
        node.split = values.number("SeparateMode") == 0
        node.quantity = values.quantity("SeparateQty")
        node.default_routing = "SendToPort" not in node.source.properties
        if node.split and node.quantity is None:
            node.sim.warn(f"{node.name} splits, but SeparateQty does not say into how many")
    elif node.source.class_name == "Processor":
        node.capacity = values.whole("MaxContent", 1)


def _phases(values: Values, runtime: Runtime) -> list[Phase]:
    """Setup (left out when it takes no time and no operators) and process."""
    setup_crew, process_crew = (
        values.flag("UseSetupOperators"),
        values.flag("UseProcessOperators"),
    )
    setup_time, setup = values.duration("SetupTime")
    _, process = values.duration("ProcessTime")
    phases = []
    if setup_time != 0 or setup_crew:
        crew = _crew(values, runtime, "NumSetupOperators", 1) if setup_crew else None
        kept = setup_crew and process_crew and values.flag("UseSameNumOperators")
        on_finish = values.trigger("OnSetupFinish")
        phases.append(Phase(setup, State.SETUP, crew, kept, on_finish))
    crew = _crew(values, runtime, "NumProcessOperators", 2) if process_crew else None
    on_finish = values.trigger("OnProcessFinish")
    phases.append(Phase(process, State.PROCESSING, crew, False, on_finish))
    return phases


def _crew(values: Values, runtime: Runtime, count: str, phase: int) -> CrewRule:
    dispatcher = values.dispatcher("OperatorRef", runtime)
    return CrewRule(
        values.rule(count)[1],
        lambda item: dispatcher(item, phase),
        values.rule("OperatorPriority")[1],
        values.whole("OperatorPreempt"),
    )


def _configure_combiner(node: Combiner, values: Values) -> None:
    mode = values.number("CombineMode")
    if mode not in set(CombineMode):
        raise values.fail("CombineMode", f"cannot be {mode:g}", "1 Pack, 2 Join or 3 Batch")
    node.mode = CombineMode(int(mode))
    node.on_end_collecting = values.trigger("OnEndCollecting")
    ports = max(0, len(node.inputs) - 1)
    rows = values.rows("ComponentsList")
    if len(rows) > ports:
        node.sim.warn(
            f"{node.name}: ComponentsList has {len(rows)} rows, but components come by {ports} "
            "input ports (those from port 2 on)"
        )
    wanted = [int(values.cell_number("ComponentsList", row[-1])) for row in rows[:ports]]
    node.wanted = wanted + [1] * (ports - len(wanted))


def _process_list(values: Values, runtime: Runtime) -> list[Phase]:
    """Rows (name, time[, operators]) of a MultiProcessor; one process of 10 s without any.

    The operators come from the first centre port and are freed after each process, which
    OnProcessFinish follows.
    """
    rows: list[tuple[Any, ...]] = values.rows("Processes") or [("Process1", 10)]
    phases = []
    on_finish = values.trigger("OnProcessFinish")
    for row in rows:
        if len(row) < 2:
            raise values.fail("Processes", "needs rows of name, time and number of operators")
        _, duration = values.cell_duration("Processes", row[1])
        crew = _row_crew(values, runtime, row[2]) if len(row) > 2 and row[2] else None
        phases.append(Phase(duration, State.PROCESSING, crew, False, on_finish))
    return phases


def _row_crew(values: Values, runtime: Runtime, count: Any) -> CrewRule:
    if not isinstance(count, int | float) or count < 0:
        raise values.fail("Processes", "needs a number of operators in its third column")
    dispatcher = values.centre("Processes", 1, runtime)
    return CrewRule(lambda _: count, lambda _: dispatcher, lambda _: 0.0)
