/* Two saws that call operators from a team; a while loop, continue, chained assignment. */
Object source = Object.create("Source");
source.setProperty("ArrivalStyle", "Arrival Schedule");
source.setProperty("ArrivalSchedule", [[0, "Board", 3]]);
Object queue = Object.create("Queue"), sink = Object.create("Sink"), team = Object.create("Dispatcher");
contextdragconnection(source, queue, "A");
Array saws;
int n = 0;
while (true) {
	n++;
	if (n > 2) break;
	Object saw = Object.create("Processor");
	saw.name = "Saw" + n;
	saw.setLocation(10, n == 1 ? 0 : 8, 0);
	saw.setProperty("UseProcessOperators", 1);
	saw.setProperty("ProcessTime", 6 * n);
	contextdragconnection(queue, saw, "A");
	contextdragconnection(saw, sink, "A");
	contextdragconnection(saw, team, "S");
	saws.push(saw);
}
double y1, y2;
y1 = y2 = -5.21;
y2 += 16;
for (int i = 0; i < 3; i++) {
	if (i == 0)
		continue;
	Object worker = Object.create("Operator");
	worker.name = concat("Worker", numtostring(i));
	worker.location = Vec3(11.8, i == 1 ? y1 : y2, 0);
	contextdragconnection(team, worker, "A");
}
