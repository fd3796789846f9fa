Object source = Object.create("Source");
source.setProperty("InterArrivalTime", 2);
Object queue = Object.create("Queue");
queue.name = "Splitter";
queue.labels.assert("next", 0);
queue.setProperty("SendToPort", "/**Round Robin*/\
Object current = ownerobject(c);\
Object item = param(1);\
current.next = current.next % current.outObjects.length + 1;\
return current.next;");
contextdragconnection(source, queue, "A");
Object sink = Object.create("Sink");
for (int i = 1; i <= 3; i++) {
	Object bench = Object.create("Processor");
	bench.name = "Bench" + i;
	bench.setProperty("ProcessTime", 3 + i);
	contextdragconnection(queue, bench, "A");
	contextdragconnection(bench, sink, "A");
}
