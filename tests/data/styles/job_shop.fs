// Routes as lines of text into a global table; jobs go by their labels.
string lines = "1,2;2,1";
Table routes = Table("Routes");
Array kinds = lines.split(";");
routes.setSize(kinds.length, 2);
for (int row = 1; row <= kinds.length; row++) {
	Array steps = kinds[row].split(",");
	for (int col = 1; col <= steps.length; col++)
		routes[row][col] = stringtonum(steps[col]);
}
Object source = Object.create("Source");
source.setProperty("ArrivalStyle", 2);
source.setProperty("ArrivalSchedule", [["ArrivalTime", "ItemName", "Quantity", "Type"],
	[0, "Job", 1, 1], [0, "Job", 1, 2], [0, "Job", 1, 1]]);
source.setProperty("Triggers.OnCreation", "item.Step = 1;");
Object hub = Object.create("Queue");
hub.name = "Hub";
hub.setProperty("SendToPort", "if (item.Step > 2) return 3;\nreturn Table(\"Routes\")[item.Type][item.Step];");
contextdragconnection(source, hub, "A");
for (int i = 1; i <= 2; i++) {
	Object wait = Object.create("Queue"), machine = Object.create("Processor");
	wait.name = "Wait" + i;
	machine.name = "M" + i;
	machine.setProperty("ProcessTime", i == 1 ? 4 : 6);
	machine.setProperty("Triggers.OnProcessFinish", "item.Step++;");
	contextdragconnection(hub, wait, "A");
	contextdragconnection(wait, machine, "A");
	contextdragconnection(machine, hub, "A");
}
Object sink = Object.create("Sink");
contextdragconnection(hub, sink, "A");
