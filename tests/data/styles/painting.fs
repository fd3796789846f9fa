#define COLOURS 2
Object source = Object.create("Source");
source.setProperty("InterArrivalTime", 10);
source.setProperty("TimeZeroArrival", 1);
source.setProperty("Triggers.OnCreation", "item.Colour = rownumber % " + COLOURS + ";");
Object collect = Object.create("Queue");
collect.name = "Collect";
collect.setProperty("DoBatching", 1);
collect.setProperty("BatchSize", 3);
collect.setProperty("FlushContent", 1);
Object rail = Object.create("Queue");
rail.name = "Rail";
Object booth = Object.create("Processor");
booth.name = "Booth";
booth.labels.assert("last", -1);
booth.setProperty("SetupTime", "/***popup:SetupTime*/\
if (item.Colour == current.last) return 0;\
current.last = item.Colour;\
return /**/5/**/;");
booth.setProperty("ProcessTime", 4);
booth.setProperty("TimeTables", [[40, 20]]);
Object sink = Object.create("Sink");
Array line = [source, collect, rail, booth, sink];
for (int i = 1; i < line.length; i++)
	contextdragconnection(line[i], line[i + 1], "A");
