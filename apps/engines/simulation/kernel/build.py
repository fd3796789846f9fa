"""From the model tree to a running simulation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from ..code import CodeRunner, plain_value
from ..errors import SimulationError
from ..library import TRIGGERS
from ..model import ArrayValue, CodeValue, Model, ModelObject, NumberValue, OptionValue, Value
from ..states import State
from .assembly import CombineMode, Combiner, Separator
from .basic import Queue, Row, Sink, Source, Storage, TableSource
from .conveyor import Conveyor, configure_conveyor
from .downtime import Breakdowns, Shift
from .executer import Dispatcher, TaskExecuter
from .node import Node, Trigger
from .operators import CrewRule
from .processor import Phase, Processor
from .simulation import Simulation
from .station import Link, PullRule, Station
from .transport import TransportRule
from .travel import Network, Travel, centre
from .values import Values

NETWORK_ONLY = frozenset({"NetworkNode"})
SUPPORTED: dict[str, type[Node]] = {
    "Source": Source,
    "Queue": Queue,
    "Processor": Processor,
    "MultiProcessor": Processor,
    "Sink": Sink,
    "Combiner": Combiner,
    "Separator": Separator,
    "Rack": Storage,
    "FloorStorage": Storage,
    "StraightConveyor": Conveyor,
    "CurvedConveyor": Conveyor,
    "Dispatcher": Dispatcher,
    "TaskExecuter": TaskExecuter,
    "Operator": TaskExecuter,
    "Transporter": TaskExecuter,
    "Robot": TaskExecuter,
}
TRIGGERS_RUN = frozenset(TRIGGERS) - {"OnDown", "OnUp"}


class Builder:
    """Makes the running objects of one replication."""

    def __init__(self, model: Model, sim: Simulation, runner: CodeRunner | None) -> None:
        self.model, self.sim, self.runner = model, sim, runner
        sim.runner = runner
        self.running: dict[ModelObject, Node] = {}
        self.starters: list[Breakdowns | Shift] = []
        self.network: Network | None = None
        self.resets: list[tuple[Trigger, Node]] = []

    def build(self) -> None:
        for obj in self.model:
            if obj.class_name not in NETWORK_ONLY:
                self._create(obj)
        self._connect()
        for node in self.sim.nodes:
            self._configure(node, Values(self.sim, node, self.runner))
        for on_reset, node in self.resets:
            on_reset(node, ())
        for starter in self.starters:
            starter.start()

    def runtime(self, obj: ModelObject) -> Node:
        """The running counterpart of an object."""
        node = self.running.get(obj)
        if node is None:
            raise SimulationError(f"a {obj.class_name} has no part in the run here", obj.name)
        return node

    def _create(self, obj: ModelObject) -> None:
        kind = SUPPORTED.get(obj.class_name)
        if kind is None:
            raise SimulationError(
                f"the class {obj.class_name} is not simulated yet",
                obj.name,
                "use " + ", ".join(SUPPORTED),
            )
        if kind is Source and _style(obj) != 1:
            kind = TableSource
        node = kind(self.sim, obj, len(self.sim.nodes))
        self.running[obj] = node
        self.sim.nodes.append(node)

    # Connections

    def _connect(self) -> None:
        for obj in self.model:
            node = self.running.get(obj)
            if isinstance(node, Station):
                self._connect_station(node)
            elif isinstance(node, Dispatcher):
                self._connect_team(node)
        for node in self.sim.nodes:
            if isinstance(node, Station):
                node.inputs.sort(key=lambda link: link.in_port)

    def _connect_station(self, station: Station) -> None:
        seen: Counter[ModelObject] = Counter()
        for number, target in enumerate(station.source.out_ports, 1):
            node = self.runtime(target)
            if not isinstance(node, Station):
                raise SimulationError(
                    f"output port {number} leads to {target.name}, which takes no items",
                    station.name,
                    'connect task executers by "S"',
                )
            in_port = _nth(target.in_ports, station.source, seen[target])
            seen[target] += 1
            link = Link(station, number, node, in_port)
            station.outputs.append(link)
            node.inputs.append(link)

    def _connect_team(self, dispatcher: Dispatcher) -> None:
        for target in dispatcher.source.out_ports:
            member = self.running.get(target)
            if isinstance(member, Dispatcher):
                dispatcher.members.append(member)
                member.teams.append(dispatcher)

    # Properties

    def _configure(self, node: Node, values: Values) -> None:
        self._configure_triggers(node, values)
        if isinstance(node, Conveyor):
            configure_conveyor(node, values)
        elif isinstance(node, Station):
            self._configure_station(node, values)
        elif isinstance(node, TaskExecuter):
            self._configure_executer(node, values)
        if isinstance(node, Dispatcher):
            _queue_rules(node, values)
        self._configure_downtime(node, values)

    def _configure_triggers(self, node: Node, values: Values) -> None:
        """OnEntry, OnExit and OnMessage of every object; OnReset happens when all are built."""
        for name in node.source.properties:
            trigger = name.removeprefix("Triggers.")
            if name != trigger and trigger not in TRIGGERS_RUN:
                raise values.fail(name, "is not simulated yet")
        node.on_entry, node.on_exit = values.trigger("OnEntry"), values.trigger("OnExit")
        node.on_message = values.trigger("OnMessage")
        on_reset = values.trigger("OnReset")
        if on_reset is not None:
            self.resets.append((on_reset, node))

    def _configure_station(self, node: Station, values: Values) -> None:
        constant, rule = values.rule("SendToPort")
        node.send_to = None if constant == 0 else rule
        node.pull = _pull_rule(values)
        values.refuse("TransportPreempt")
        if values.flag("UseTransport"):
            node.transport = TransportRule(
                values.dispatcher("TransportRef", self.runtime),
                values.rule("TransportPriority")[1],
            )
        if isinstance(node, Source):
            _configure_source(node, values)
        elif isinstance(node, Storage):
            node.capacity = values.whole("MaxContent", 1)
            node.dwell = values.duration("MinimumDwellTime")[1]
        elif isinstance(node, Queue):
            _configure_queue(node, values)
        elif isinstance(node, Processor):
            self._configure_processor(node, values)

    def _configure_processor(self, node: Processor, values: Values) -> None:
        if node.source.class_name == "MultiProcessor":
            node.phases = _process_list(values)
        else:
            node.phases = self._phases(values)
        for number, phase in enumerate(node.phases):
            phase.number = number
        if isinstance(node, Combiner):
            _configure_combiner(node, values)
        elif isinstance(node, Separator):
            node.split = values.number("SeparateMode") == 0
            node.quantity = values.quantity("SeparateQty")
            node.default_routing = "SendToPort" not in node.source.properties
        elif node.source.class_name == "Processor":
            node.capacity = values.whole("MaxContent", 1)

    def _phases(self, values: Values) -> list[Phase]:
        """Setup (left out when it takes no time and no operators) and process."""
        values.refuse("OperatorPreempt")
        setup_crew, process_crew = (
            values.flag("UseSetupOperators"),
            values.flag("UseProcessOperators"),
        )
        setup_time, setup = values.duration("SetupTime")
        _, process = values.duration("ProcessTime")
        phases = []
        if setup_time != 0 or setup_crew:
            crew = self._crew(values, "NumSetupOperators", 1) if setup_crew else None
            kept = setup_crew and process_crew and values.flag("UseSameNumOperators")
            on_finish = values.trigger("OnSetupFinish")
            phases.append(Phase(setup, State.SETUP, crew, kept, on_finish))
        crew = self._crew(values, "NumProcessOperators", 2) if process_crew else None
        on_finish = values.trigger("OnProcessFinish")
        phases.append(Phase(process, State.PROCESSING, crew, False, on_finish))
        return phases

    def _crew(self, values: Values, count: str, phase: int) -> CrewRule:
        dispatcher = values.dispatcher("OperatorRef", self.runtime)
        return CrewRule(
            values.rule(count)[1],
            lambda item: dispatcher(item, phase),
            values.rule("OperatorPriority")[1],
        )

    def _configure_executer(self, node: TaskExecuter, values: Values) -> None:
        node.capacity = values.whole("Capacity", 1)
        speed = values.number("MaxSpeed")
        if not speed > 0:
            raise values.fail("MaxSpeed", "must be above 0")
        node.travel = Travel(speed, values.number("Acceleration"), values.number("Deceleration"))
        node.place = centre(node.source)
        self._join_network(node)
        node.load_time, node.unload_time = (
            values.duration("LoadTime")[1],
            values.duration("UnloadTime")[1],
        )
        node.on_load, node.on_unload = values.trigger("OnLoad"), values.trigger("OnUnload")
        if node.source.class_name == "Robot":
            if values.number("MotionMode") not in (1, 2):
                raise values.fail("MotionMode", "is simulated as Move Time only")
            node.move_time = values.duration("MoveTime")[1]

    def _join_network(self, node: TaskExecuter) -> None:
        self.network = self.network or Network.of(self.model)
        gates = self.network.gates.get(node.source)
        if gates:
            node.travel.network, node.travel.node = self.network, gates[0]

    def _configure_downtime(self, node: Node, values: Values) -> None:
        if isinstance(node, Dispatcher) and not isinstance(node, TaskExecuter):
            return
        for row in values.rows("MTBFMTTRs"):
            if len(row) != 3:
                raise values.fail("MTBFMTTRs", "needs rows of first failure, MTBF and MTTR")
            first, up, down = (values.duration("MTBFMTTRs", _value(cell))[1] for cell in row)
            self.starters.append(Breakdowns(node, first, up, down))
        for row in values.rows("TimeTables"):
            if len(row) not in (2, 3):
                raise values.fail("TimeTables", "needs rows of start, duration and repeat")
            self.starters.append(Shift(node, *(float(cell) for cell in row)))


def build(model: Model, sim: Simulation, runner: CodeRunner | None) -> None:
    """Fill `sim` with running objects; raise SimulationError on what cannot run."""
    Builder(model, sim, runner).build()


def _style(obj: ModelObject) -> int:
    value = obj.properties.get("ArrivalStyle")
    return int(value.value) if isinstance(value, NumberValue | OptionValue) else 1


def _nth(ports: Iterable[ModelObject], wanted: ModelObject, number: int) -> int:
    """The 1-based port of the `number`-th (from 0) occurrence of an object."""
    places = [index for index, obj in enumerate(ports, 1) if obj is wanted]
    return places[number]


def _value(cell: Any) -> Value:
    """A table cell as a property value."""
    if isinstance(cell, int | float):
        return NumberValue(float(cell))
    if isinstance(cell, tuple):
        return ArrayValue(cell)
    return plain_value(str(cell)) or CodeValue(str(cell))


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
    """Rows (time, name, quantity, labels) of either table; a header row names the labels."""
    rows = [row if timed else (0.0, *row) for row in values.rows(table)]
    if not rows:
        raise values.fail(table, "has no rows")
    header: tuple[Any, ...] = ()
    if not isinstance(rows[0][2 if len(rows[0]) > 2 else 0], int | float):
        header, rows = rows[0], rows[1:]
    try:
        arrivals = [_arrival(row, header) for row in rows]
    except (TypeError, ValueError, IndexError):
        raise values.fail(table, "needs rows of time, item name and quantity") from None
    if any(later[0] < earlier[0] for earlier, later in pairwise(arrivals)):
        raise values.fail(table, "must have its times in order")
    return arrivals


def _arrival(row: tuple[Any, ...], header: tuple[Any, ...]) -> Row:
    names = [str(cell) for cell in header[3:]]
    labels = dict(zip(names, row[3:], strict=False))
    return float(row[0]), str(row[1]), int(row[2]), labels


def _configure_queue(node: Queue, values: Values) -> None:
    node.capacity = values.whole("MaxContent", 1)
    node.lifo = values.flag("LIFO")
    if values.flag("DoBatching"):
        node.batch_size = values.whole("BatchSize", 1)
        node.max_wait = values.duration("MaxBatchTime")[1](None)
        node.flush = values.flag("FlushContent")
        if node.batch_size > node.capacity:
            raise values.fail("BatchSize", "is larger than MaxContent: no batch would ever leave")


def _configure_combiner(node: Combiner, values: Values) -> None:
    node.mode = CombineMode(int(values.number("CombineMode")))
    node.on_end_collecting = values.trigger("OnEndCollecting")
    ports = max(0, len(node.inputs) - 1)
    rows = values.rows("ComponentsList")
    wanted = [int(row[-1]) for row in rows[:ports]]
    node.wanted = wanted + [1] * (ports - len(wanted))


def _process_list(values: Values) -> list[Phase]:
    """Rows (name, time) of a MultiProcessor; one process of 10 s when there are none."""
    rows: list[tuple[Any, ...]] = values.rows("Processes") or [("Process1", 10)]
    phases = []
    for row in rows:
        if len(row) < 2:
            raise values.fail("Processes", "needs rows of name and time")
        _, duration = values.duration("Processes", _value(row[1]))
        phases.append(Phase(duration, State.PROCESSING))
    return phases


def _queue_rules(node: Dispatcher, values: Values) -> None:
    """PassTo; QueueStrategy is simulated as the task sequence's priority only."""
    value = values.get("QueueStrategy")
    if isinstance(value, CodeValue) and "taskSequence.priority" not in value.text:
        raise values.fail("QueueStrategy", "is simulated by priority only")
    constant, rule = values.rule("PassTo")
    node.pass_to = None if constant == 0 else rule
