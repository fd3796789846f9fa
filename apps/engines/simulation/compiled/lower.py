"""From a built simulation to the compiled kernel's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..kernel.assembly import Combiner, Separator
from ..kernel.basic import Queue, Sink, Source, TableSource
from ..kernel.belt_points import BeltPoint, BeltStation
from ..kernel.conveyor import Conveyor
from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.node import Node
from ..kernel.processor import Processor
from ..kernel.simulation import MAX_LINES, Simulation
from ..kernel.station import Link, Station
from ..kernel.values import Values
from ..observe import places_of
from ..start import Start
from ..start import places as places_at_start
from ..states import State
from ..streams import FIRST_NUMBER
from . import layout, starts
from .extent import Extent, extent_of
from .guides import Guides
from .laws import NONE, Laws
from .layout import Law, Plant
from .more import More
from .native import Code
from .obstacles import kind_of, needs_all, obstacle
from .program import MAX_LOCALS, MAX_STACK, NotLowered
from .programs import Programs
from .routes import Routes

_EVERYTHING = 2**31 - 1  # a sink's room, and a combiner's, which counts by port
_LARGEST_SPLIT = 4096
_NOBODY = -1
_EMPTY = (
    "head", "tail", "on_creation", "on_entry", "on_exit", "on_setup", "on_process", "on_collected",
    "container", "first_part", "last_part", "active", "first_request", "last_request",
    "next_in_crew", "time", "setup", "route", "setup_crew", "process_crew", "priority",
    "crew_from", "quantity",
)  # fmt: skip


def why_not(sim: Simulation) -> str | None:
    """Why the compiled kernel cannot run this model, or None when it can."""
    try:
        Lowered(sim)
    except NotLowered as reason:
        return str(reason)
    return None


class Lowered:
    """A model as tables that do not depend on the replication; raises NotLowered.

    One replication at a time: they share the memory.
    """

    def __init__(self, sim: Simulation, start: Start = ()) -> None:
        reason = obstacle(sim)
        if reason:
            raise NotLowered(reason)
        self.sim = sim
        self.extent = extent_of(sim.model)
        if needs_all(sim):
            self.extent = Extent.ALL
        self.start = places_at_start(sim, start)
        if start:
            self.extent = max(self.extent, Extent.MORE)  # narrower ones begin without items
        self.programs = Programs(sim, self.extent, start)
        self.laws = Laws(self.programs)
        self.routes = Routes(sim, by_legs=self.extent == Extent.ALL)
        self.more = More(self.laws, self.routes)
        self.rows: list[dict[str, Any]] = []
        self.stops: list[tuple[int, ...]] = []
        self.reserve = 1  # items that a step may make
        self.works: list[tuple[int, int]] = []  # of crewed stations: places, operators for each
        outs: list[Link] = []
        ins: list[Link] = []
        for node in sim.nodes:
            self._object(node, outs, ins)
        for node in sorted(sim.nodes, key=lambda node: isinstance(node, BeltPoint)):
            self._stops(node, Values(sim, node, None))  # in the order in which they were planned
        self.guides = self._guides() if self.extent == Extent.ALL else None
        self.tables = {
            "nodes": _records(self.rows),
            "outs": _links(outs),
            "ins": _links(ins),
            "laws": self.laws.table(),
            "stops": np.array(self.stops, layout.stop_type),
            "code": self.programs.code(),
            "known": self.programs.known_laws(),
            **self.programs.tables(),
            "own_labels": self.programs.own_labels().ravel().view(layout.real_type),
            **self.more.tables(),
            **(self.guides.tables() if self.guides else {}),
            **self.routes.tables(),
            **starts.tables(self.start, self.programs),
            "streams": np.zeros(
                len(self.rows) + len(self.programs.commons.streams), layout.stream_type
            ),
        }
        self.setting = self.programs.setting(self.tables["grids"])
        self.code: Code | None = None  # machine code, once the run has lasted long enough
        self.steps = 0  # of the kernel
        self.places = places_of(sim.nodes)
        self._plant: Plant | None = None

    def _guides(self) -> Guides:
        """How executers move and who passes task sequences on, in the widest extent."""
        guides = Guides(self.sim, self.routes.served)
        for node in self.sim.nodes:
            if isinstance(node, Dispatcher):
                values = Values(self.sim, node, None)
                guides.rules(
                    node,
                    NONE if node.pass_to is None else self.laws.rule(values, "PassTo"),
                    NONE if node.strategy is None else self.laws.rule(values, "QueueStrategy"),
                )
        return guides

    # Objects

    def _object(self, node: Node, outs: list[Link], ins: list[Link]) -> None:
        values = Values(self.sim, node, None)
        row: dict[str, Any] = {"kind": kind_of(node), "state": node.state}
        row |= self.programs.triggers(node)
        if isinstance(node, Station):
            row |= {
                "first_link": len(outs),
                "links": len(node.outputs),
                "capacity": min(node.capacity, _EVERYTHING),
            }
            row |= {"first_in": len(ins), "ins": len(node.inputs), "place": self.routes.goal(node)}
            outs += node.outputs
            ins += node.inputs
            row |= self._station(node, values)
        elif isinstance(node, BeltStation):
            row |= self._belt_station(node, values)
        elif isinstance(node, Dispatcher):
            row |= self.routes.of(node)
            row["capacity"] = node.capacity if isinstance(node, TaskExecuter) else 0
        if self.extent >= Extent.MORE:
            self.more.add(node, values)
        if self.extent >= Extent.BELTS:
            self.more.add_belt(node)
        if self.extent == Extent.ALL:
            self.more.add_spot(node, values)
        self.rows.append(row)

    def _station(self, node: Station, values: Values) -> dict[str, Any]:
        row: dict[str, Any] = {}
        if node.send_to is not None and not isinstance(node, Conveyor):
            row["route"] = self.laws.rule(values, "SendToPort")
        if isinstance(node, TableSource):
            self._table(node)
        elif isinstance(node, Source):
            row |= {"time": self.laws.time(values, "InterArrivalTime")}
            row |= {"time_zero": node.time_zero}
        elif isinstance(node, Queue):
            row["lifo"] = node.lifo
        elif isinstance(node, Processor) and node.source.class_name == "MultiProcessor":
            row |= self._processes(node, values)
        elif isinstance(node, Processor):
            row |= self._processor(node, values)
        if isinstance(node, Sink | Combiner):
            row["capacity"] = _EVERYTHING
        return row

    def _belt_station(self, node: BeltStation, values: Values) -> dict[str, Any]:
        row: dict[str, Any] = {"time": self.laws.time(values, "ProcessTime")}
        row["place"] = self.routes.goal(node)
        crew = node.phase.crew
        if crew is not None:
            row["process_crew"] = self.laws.rule(values, "NumOperators")
            row["priority"] = self.laws.rule(values, "StationOperatorPriority")
            dispatcher = crew.dispatcher(None)  # type: ignore[arg-type]
            row["crew_from"] = dispatcher.index
            self.works.append((_EVERYTHING, len(dispatcher.executers())))
        return row

    def _table(self, node: TableSource) -> None:
        largest = max(quantity for _, _, _, quantity, _ in node.rows)
        if largest > _LARGEST_SPLIT:
            raise NotLowered(f"{node.name} makes too many items at once")
        self.reserve = max(self.reserve, largest)

    def _processes(self, node: Processor, values: Values) -> dict[str, Any]:
        """The laws of a list of processes, one after the other."""
        rows: list[tuple[Any, ...]] = values.rows("Processes") or [("", 10)]
        counts = [cells[2] if len(cells) > 2 and cells[2] else 0 for cells in rows]
        times = [self.laws.cell(values, "Processes", cells[1]) for cells in rows]
        crews = [self.laws.cell(values, "Processes", count) for count in counts]
        row = {"time": times[0], "process_crew": crews[0]}
        row["priority"] = self.laws.cell(values, "Processes", 0)
        for phase in node.phases:
            if phase.crew is not None:
                dispatcher = phase.crew.dispatcher(None)  # type: ignore[arg-type]
                row["crew_from"] = dispatcher.index
                self.works.append((node.capacity, len(dispatcher.executers())))
        return row

    def _processor(self, node: Processor, values: Values) -> dict[str, Any]:
        row: dict[str, Any] = {"time": self.laws.time(values, "ProcessTime")}
        setup = node.phases[0] if len(node.phases) > 1 else None
        if setup is not None:
            row["setup"] = self.laws.time(values, "SetupTime")
        process = node.phases[-1]
        for crew, place, count in (
            (setup.crew if setup else None, "setup_crew", "NumSetupOperators"),
            (process.crew, "process_crew", "NumProcessOperators"),
        ):
            if crew is not None:
                row[place] = self.laws.rule(values, count)
                row["priority"] = self.laws.rule(values, "OperatorPriority")
                dispatcher = crew.dispatcher(None)  # type: ignore[arg-type]
                row["crew_from"] = dispatcher.index
                self.works.append((node.capacity, len(dispatcher.executers())))
        row["keeps_crew"] = setup is not None and setup.keeps_crew
        if isinstance(node, Combiner):
            row |= {"mode": node.mode, "wanted": sum(node.wanted)}
        elif isinstance(node, Separator):
            row |= self._separator(node, values)
        return row

    def _separator(self, node: Separator, values: Values) -> dict[str, Any]:
        row: dict[str, Any] = {"split": node.split}
        row["to_ports"] = node.default_routing and not node.split and len(node.outputs) > 1
        if node.quantity is not None:
            law = row["quantity"] = self.laws.rule(values, "SeparateQty")
            kind, _, _, args = self.laws.rows[law]
            largest = args[0] if kind == Law.CONSTANT else max(args)
            if node.split and kind in (Law.CONSTANT, Law.UNIFORM, Law.DUNIFORM):
                self.reserve = max(self.reserve, int(min(largest, _LARGEST_SPLIT)))
        return row

    def _stops(self, node: Node, values: Values) -> None:
        if "MTBFMTTRs" in node.source.properties:
            for first, up, down in values.rows("MTBFMTTRs"):
                laws = [self.laws.cell(values, "MTBFMTTRs", cell) for cell in (first, up, down)]
                self.stops.append((node.index, State.BREAKDOWN, *laws, 1))
        if "TimeTables" in node.source.properties:
            for begin, lasts, *again in values.rows("TimeTables"):
                cells = (float(begin), float(again[0]) if again else 0.0, float(lasts))
                laws = [self.laws.cell(values, "TimeTables", cell) for cell in cells]
                if cells[1] <= 0:
                    laws[1] = NONE
                elif cells[2] > layout.MAX_STOPS * cells[1]:
                    raise NotLowered(f"{node.name}: TimeTables overlap")
                self.stops.append((node.index, State.SCHEDULED_DOWN, *laws, 0))

    # A replication

    def plant(self, seed: int, replication: int, *, tracing: bool) -> Plant:
        """The tables of one replication at its beginning, in the memory of the last one."""
        plant, tables = self._plant, self.tables
        numbers = tuple(self.programs.commons.streams)
        _set_streams(tables["streams"], numbers, seed, replication)
        if plant is None:
            copies = {name: _in_line(table) for name, table in tables.items()}
            plant = self._plant = Plant(copies, self.extent)
            plant.put("stack", np.zeros(MAX_STACK, layout.real_type))
            plant.put("local", np.zeros(MAX_LOCALS, layout.real_type))
            plant.put("draw", np.zeros(1, layout.law_type))
            said = MAX_LINES if self.programs.commons.lines else 0
            plant.put("said", np.zeros(said, layout.said_type))
        else:
            plant.reset(tables)
        system = plant.system
        system["tracing"] = tracing
        system["stay_min"] = np.inf
        system["node_count"], system["stop_count"] = len(self.rows), len(self.stops)
        system["starts"] = len(self.start)
        system["reserve"], system["goals"] = self.reserve, self.routes.goals
        system["label_count"] = len(self.programs.labels)
        system["claims"] = len(plant.tables.get("claims", ()))
        system["said_room"] = len(plant["said"])
        return plant

    def requests(self, items: int) -> int:
        """How many executers can be asked for at once with so many items."""
        crews = sum(min(places, items) * each for places, each in self.works)
        if self.extent < Extent.MORE:
            return crews
        return crews + items  # each is fetched by one transport at a time

    def bodies(self) -> layout.Records:
        """The belts as they move at the beginning, a row for each object."""
        bodies = np.zeros(len(self.rows), layout.rider_type)
        bodies["on"], bodies["speed"] = np.arange(len(bodies)), self.tables["belts"]["speed"]
        bodies["final"], bodies["braking"] = bodies["speed"], _NOBODY
        return bodies


def _blank() -> layout.Records:
    """An object of which nothing is said."""
    node = np.zeros(1, layout.node_type)
    for name in _EMPTY:
        node[name] = _NOBODY
    node["stay_min"] = np.inf
    return node


_BLANK = _blank()


def _records(rows: list[dict[str, Any]]) -> layout.Records:
    """Rows of what differs from a blank object."""
    nodes = np.repeat(_BLANK, len(rows))
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)  # those that say the same fields
    for index, row in enumerate(rows):
        alike[tuple(row)].append(index)
    for names, places in alike.items():
        columns = zip(*(rows[place].values() for place in places), strict=True)
        for name, column in zip(names, columns, strict=True):
            nodes[name][places] = column
    return nodes


def _in_line(table: layout.Records) -> layout.Records:
    """A copy of a table, aligned."""
    if not len(table):
        return table
    copy = layout.aligned(len(table), table.dtype)
    copy[...] = table
    return copy


def _links(links: Iterable[Link]) -> layout.Records:
    return np.array([_link(link) for link in links], layout.link_type)


def _link(link: Link) -> tuple[int, ...]:
    target, wanted = link.target, 0
    if isinstance(target, Combiner) and link.in_port > 1:
        wanted = target.wanted[link.in_port - 2]
    return link.origin.index, link.out_port, target.index, link.in_port, wanted, 0


def _set_streams(
    streams: layout.Records, numbers: tuple[int, ...], seed: int, replication: int
) -> None:
    """The streams of all objects, then those that code names, before their first variate."""
    count = len(streams)
    streams["key"][:, 0] = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    streams["key"][:, 1] = np.arange(FIRST_NUMBER, FIRST_NUMBER + count, dtype=np.uint64)
    for place, number in enumerate(numbers, count - len(numbers)):
        streams["key"][place, 1] = number
    streams["key"][:, 1] += np.uint64(replication << 32)
    streams["used"] = layout.BATCH
