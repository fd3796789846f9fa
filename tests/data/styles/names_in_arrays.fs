// A line from arrays of names, placed by a loop, with string building.
string names[] = {"Cutting", "Drilling", "Polishing"};
Array times = [4, 6, 3];
Object previous = Object.create("Source");
previous.name = "Raw";
previous.setProperty("InterArrivalTime", 10);
previous.setProperty("TimeZeroArrival", 1);
for (int i = 1; i <= 3; i++) {
	Object buffer = Object.create("Queue");
	buffer.name = "Q" + string.fromNum(i);
	buffer.setLocation(i * 8 - 4, 0, 0);
	Object Processor = Object.create("Processor");
	Processor.name = names[i];
	Processor.location = Vec3(i * 8, 0, 0);
	Processor.setProperty("ProcessTime", times[i]);
	contextdragconnection(previous, buffer, "A");
	contextdragconnection(buffer, Processor, "A");
	previous = Processor;
}
Object sink = Object.create("Sink");
sink.name = "Out"; sink.setLocation(32, 0, 0);
contextdragconnection(previous, sink, "A");
if (!objectexists(Model.find("Q3"))) return "Q3 is missing";
return "done";
