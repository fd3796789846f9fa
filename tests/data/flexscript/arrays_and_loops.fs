/* A line of machines from two arrays: names and times side by side. */
string names[] = {"Cutting", "Drilling", "Polishing"};
Array times = [12, "triangular(10, 20, 14, getstream(current))", [0.5, "min"]];
Array machines = Array(names.length);
double gap = 6;

Object source = Object.create("Source");
source.name = "Raw Parts";
source.setLocation(0, 0, 0);
source.setProperty("InterArrivalTime", exponential(0, 15, 1));

Object before = source;
for (int i = 1; i <= names.length; i++) {
    Object queue = Object.create("Queue");
    queue.name = "Queue " + i;
    queue.setLocation(gap * (2 * i - 1), 0, 0);
    queue.setProperty("MaxContent", 5 * i);

    Object machine = Object.create("Processor");
    machine.name = names[i];
    machine.setLocation(Vec3(gap * 2 * i, 0, 0));
    machine.setProperty("ProcessTime", times[i]);
    machines[i] = machine;

    contextdragconnection(before, queue, "A");
    contextdragconnection(queue, machine, "A");
    before = machine;
}

Object sink = Object.create("Sink");
sink.name = "Shipped";
sink.location = Vec3(gap * (2 * names.length + 1), 0, 0);
contextdragconnection(before, sink, 'A');

// The last machine twice as wide as it was.
machines[machines.length].size.x *= 2;
return "Built " + machines.length + " machines";
