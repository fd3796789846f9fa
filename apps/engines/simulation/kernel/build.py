"""From the model tree to a running simulation."""

from __future__ import annotations

from collections.abc import Iterable

from ..code import CodeRunner
from ..errors import SimulationError
from ..library import ON_CONVEYORS, TRIGGERS, triggers_of
from ..model import WAYS, Model, ModelObject, NumberValue, OptionValue
from .assembly import Combiner, Separator
from .basic import PassThrough, Queue, Sink, Source, Storage, TableSource
from .belt_points import BeltPoint, BeltStation, DecisionPoint, PhotoEye
from .conveyor import Conveyor
from .conveyor_setup import configure_conveyor, configure_point
from .downtime import Breakdowns, Shift
from .executer import Dispatcher, TaskExecuter
from .fixed import configure_station
from .mobile import Ways, check_way, configure_dispatcher, configure_executer
from .node import Node, Trigger
from .processor import Processor
from .simulation import Simulation
from .station import Link, Station
from .values import Values

SUPPORTED: dict[str, type[Node]] = {
    "Source": Source,
    "Queue": Queue,
    "Processor": Processor,
    "MultiProcessor": Processor,
    "Sink": Sink,
    "Combiner": Combiner,
    "Separator": Separator,
    "BasicFR": PassThrough,
    "Rack": Storage,
    "FloorStorage": Storage,
    "StraightConveyor": Conveyor,
    "CurvedConveyor": Conveyor,
    "DecisionPoint": DecisionPoint,
    "Station": BeltStation,
    "PhotoEye": PhotoEye,
    "Dispatcher": Dispatcher,
    "TaskExecuter": TaskExecuter,
    "Operator": TaskExecuter,
    "Transporter": TaskExecuter,
    "Robot": TaskExecuter,
    "Crane": TaskExecuter,
    "Elevator": TaskExecuter,
    "ASRSvehicle": TaskExecuter,
}


class Builder:
    """Makes the running objects of one replication."""

    def __init__(self, model: Model, sim: Simulation, runner: CodeRunner | None) -> None:
        self.model, self.sim, self.runner = model, sim, runner
        sim.runner = runner
        self.running: dict[ModelObject, Node] = {}
        self.starters: list[Breakdowns | Shift] = []
        self.ways: Ways | None = None
        self.resets: list[tuple[Trigger, Node]] = []

    def build(self) -> None:
        for obj in self.model:
            if obj.class_name in WAYS:
                check_way(obj)
            else:
                self._create(obj)
        self._connect()
        for node in sorted(self.sim.nodes, key=lambda node: isinstance(node, BeltPoint)):
            self._configure(node, Values(self.sim, node, self.runner))  # points after conveyors
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
            if isinstance(node, Station) and len(node.inputs) > 1:
                node.inputs.sort(key=lambda link: link.in_port)

    def _connect_station(self, station: Station) -> None:
        seen: dict[ModelObject, int] = {}
        targets = station.source.out_ports
        if isinstance(station, Conveyor):
            targets = _flow(targets)
        for number, target in enumerate(targets, 1):
            node = self.runtime(target)
            if not isinstance(node, Station):
                raise SimulationError(
                    f"output port {number} leads to {target.name}, which takes no items",
                    station.name,
                    "connect the conveyor that it stands on"
                    if isinstance(node, BeltPoint)
                    else 'connect task executers by "S"',
                )
            before = seen.get(target, 0)
            in_port = _nth(_flow(target.in_ports), station.source, before)
            seen[target] = before + 1
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
        elif isinstance(node, BeltPoint):
            belts = [belt for belt in self.sim.nodes if isinstance(belt, Conveyor)]
            configure_point(node, values, belts, self.runtime)
        elif isinstance(node, Station):
            configure_station(node, values, self.runtime)
        elif isinstance(node, TaskExecuter):
            self.ways = self.ways or Ways(self.sim)
            configure_executer(node, values, self.ways)
        if isinstance(node, Dispatcher):
            configure_dispatcher(node, values)
        self._configure_downtime(node, values)

    def _configure_triggers(self, node: Node, values: Values) -> None:
        """OnEntry, OnExit and OnMessage of every object; OnReset happens when all are built."""
        kind = node.source.class_name
        if not any(map(_is_trigger, node.source.properties)):
            return
        for name in node.source.properties:
            trigger = name.removeprefix("Triggers.")
            if name != trigger and trigger not in TRIGGERS:
                raise values.fail(name, "is not simulated yet")
            if trigger in TRIGGERS and trigger not in triggers_of(kind):
                self.sim.warn(f"{node.name}: {trigger} never happens to a {kind}")
        node.on_entry, node.on_exit = values.trigger("OnEntry"), values.trigger("OnExit")
        node.on_message = values.trigger("OnMessage")
        node.on_down, node.on_up = values.trigger("OnDown"), values.trigger("OnUp")
        on_reset = values.trigger("OnReset")
        if on_reset is not None:
            self.resets.append((on_reset, node))

    def _configure_downtime(self, node: Node, values: Values) -> None:
        if isinstance(node, Dispatcher) and not isinstance(node, TaskExecuter):
            for name in ("MTBFMTTRs", "TimeTables"):
                if values.rows(name):
                    hint = "give it to the members: a dispatcher only passes work on"
                    raise values.fail(name, "cannot stop a Dispatcher", hint)
            return
        for row in values.rows("MTBFMTTRs"):
            if len(row) != 3:
                raise values.fail("MTBFMTTRs", "needs rows of first failure, MTBF and MTTR")
            first, up, down = (values.cell_duration("MTBFMTTRs", cell)[1] for cell in row)
            self.starters.append(Breakdowns(node, first, up, down))
        for row in values.rows("TimeTables"):
            if len(row) not in (2, 3):
                raise values.fail("TimeTables", "needs rows of start, duration and repeat")
            times = (values.cell_time("TimeTables", cell) for cell in row)
            self.starters.append(Shift(node, *times))


def build(model: Model, sim: Simulation, runner: CodeRunner | None) -> None:
    """Fill `sim` with running objects; raise SimulationError on what cannot run."""
    Builder(model, sim, runner).build()


def _style(obj: ModelObject) -> int:
    value = obj.properties.get("ArrivalStyle")
    return int(value.value) if isinstance(value, NumberValue | OptionValue) else 1


def _is_trigger(name: str) -> bool:
    return name.startswith(("On", "Triggers."))


def _flow(ports: Iterable[ModelObject]) -> list[ModelObject]:
    """Ports that items pass: a conveyor's connections to its points are none."""
    return [obj for obj in ports if obj.class_name not in ON_CONVEYORS]


def _nth(ports: Iterable[ModelObject], wanted: ModelObject, number: int) -> int:
    """The 1-based port of the `number`-th (from 0) occurrence of an object."""
    places = [index for index, obj in enumerate(ports, 1) if obj is wanted]
    return places[number]
