"""Guided vehicles, a network and belts with stations: models for which SimPy has no parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apps.engines.flexscript import execute
from apps.engines.simulation.model import Model

GUIDED = """
Array xs = [0, 20, 20, 0], ys = [0, 0, -10, -10];
for (int i = 1; i <= 4; i++) {
	int next = i % 4 + 1;
	Object path = Object.create("AGV::StraightPath");
	path.setProperty("StartLocation", Vec3(xs[i], ys[i], 0));
	path.setProperty("EndLocation", Vec3(xs[next], ys[next], 0));
}
Object point(string name, double x, double y) {
	AGV.ControlPoint made = Object.create("AGV::ControlPoint");
	made.name = name;
	made.setLocation(x - 0.25, y + 0.25, 0);
	return made;
}
Object source = Object.create("Source"), store = Object.create("Queue");
Object sink = Object.create("Sink"), team = Object.create("Dispatcher");
source.setProperty("InterArrivalTime", "exponential(0, 40, getstream(current))");
store.setProperty("UseTransport", 1);
contextdragconnection(source, store, "A");
contextdragconnection(store, sink, "A");
contextdragconnection(store, team, "S");
Array parks = [point("Park1", 14, -10), point("Park2", 9, -10), point("Park3", 4, -10)];
for (int i = 1; i <= 3; i++) {
	Object agv = Object.create("TaskExecuter");
	agv.name = "AGV" + string.fromNum(i);
	agv.setProperty("MaxSpeed", 1.2);
	agv.setProperty("LoadTime", 2); agv.setProperty("UnloadTime", 3);
	contextdragconnection(team, agv, "A");
	contextdragconnection(agv, parks[i], "A");
}
contextdragconnection(store, point("Pick", 5, 0), "A");
contextdragconnection(sink, point("Drop", 15, 0), "A");
"""

NETWORK = """
Object source = Object.create("Source"), dock = Object.create("Queue");
Object sink = Object.create("Sink"), team = Object.create("Dispatcher");
source.setProperty("InterArrivalTime", "exponential(0, 14, getstream(current))");
dock.setProperty("UseTransport", 1);
contextdragconnection(source, dock, "A");
contextdragconnection(dock, sink, "A");
contextdragconnection(dock, team, "S");
Array nodes = Array(8);
for (int i = 1; i <= 8; i++) {
	nodes[i] = Object.create("NetworkNode");
	Object made = nodes[i];
	made.setLocation(i <= 4 ? i * 8 : (9 - i) * 8, i <= 4 ? 0 : -8, 0);
	if (i > 1)
		contextdragconnection(nodes[i - 1], made, "A");
}
contextdragconnection(nodes[8], nodes[1], "A");
for (int i = 1; i <= 4; i++) {
	Object truck = Object.create("Transporter");
	truck.name = "Truck" + string.fromNum(i);
	contextdragconnection(team, truck, "A");
	contextdragconnection(truck, nodes[i], "A");
}
contextdragconnection(dock, nodes[1], "A");
contextdragconnection(sink, nodes[5], "A");
"""

BELTS = """
Object source = Object.create("Source"), sink = Object.create("Sink");
Object pack = Object.create("Processor");
source.setProperty("InterArrivalTime", "uniform(3, 6, getstream(current))");
pack.setProperty("ProcessTime", "triangular(2, 6, 3.5, getstream(current))");
Object before = source;
for (int i = 1; i <= 3; i++) {
	Object belt = Object.create("Conveyor::StraightConveyor");
	belt.name = "Belt" + string.fromNum(i);
	belt.setSize(10, 1, 1);
	belt.setProperty("Speed", 0.8); belt.setProperty("Acceleration", 0.5);
	belt.setProperty("Deceleration", 0.8);
	Object station = Object.create("Conveyor::Station");
	station.name = "Station" + string.fromNum(i);
	station.setProperty("DistAlongConveyor", 6);
	station.setProperty("ProcessTime", "uniform(1, 3, getstream(current))");
	contextdragconnection(belt, station, "S");
	contextdragconnection(before, belt, "A");
	before = belt;
}
contextdragconnection(before, pack, "A");
contextdragconnection(pack, sink, "A");
"""


@dataclass
class Ways:
    """A model in FlexScript, run by our two kernels alone."""

    name: str
    source: str
    until: float
    replications: int = 1
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        found: Any = execute(self.source, self.name)
        if found.model is None:
            raise SystemExit(f"{self.name}: {found.diagnostics}")
        self.model = found.model
