// One AGV on a one-way loop of 60 m: corners and control points from arrays.
Array xs = [0, 20, 20, 0], ys = [0, 0, -10, -10];
for (int i = 1; i <= 4; i++) {
	int next = i % 4 + 1;
	Object path = Object.create("AGV::StraightPath");
	path.name = "Path" + string.fromNum(i);
	path.setProperty("StartLocation", Vec3(xs[i], ys[i], 0));
	path.setProperty("EndLocation", Vec3(xs[next], ys[next], 0));
}
Object point(string name, double x, double y) {
	AGV.ControlPoint made = Object.create("AGV::ControlPoint");
	made.name = name;
	made.setLocation(x - 0.25, y + 0.25, 0);
	return made;
}
Object source = Object.create("Source"), store = Object.create("Queue"), sink = Object.create("Sink");
source.setProperty("InterArrivalTime", 30);
source.setProperty("TimeZeroArrival", 1);
store.setProperty("UseTransport", 1);
contextdragconnection(source, store, "A");
contextdragconnection(store, sink, "A");
Object agv = Object.create("TaskExecuter");
agv.name = "AGV";
agv.setProperty("Acceleration", 0); agv.setProperty("Deceleration", 0); agv.setProperty("MaxSpeed", 1);
agv.setProperty("LoadTime", 2); agv.setProperty("UnloadTime", 3);
contextdragconnection(store, agv, "S");
contextdragconnection(store, point("Pick", 5, 0), "A");
contextdragconnection(sink, point("Drop", 15, 0), "A");
contextdragconnection(agv, point("Park", 10, -10), "A");
