Object source = Object.create("Source");
source.setLocation(0, 0, 0);
source.setProperty("ArrivalStyle", "Inter-Arrival Time");
source.setProperty("TimeZeroArrival", 1);
source.setProperty("Triggers.OnExit",
    "Object current = ownerobject(c);\nObject item = param(1);\n\
int port = param(2);\nitem.Type = duniform(1, 2, getstream(current));\n\
if (item.Type == 2) { item.color = Color(1, 0, 0); }");
Object sorter = Object.create("Queue");
sorter.name = "Sorter";
sorter.setLocation(5, 0, 0);
sorter.setProperty("SendToPort", "return item.Type;");
Object a = Object.create("Processor"), b = Object.create("Processor");
a.name = "A"; b.name = "B";
a.location = Vec3(10, 3, 0);
b.location = a.location + Vec3(0, -6, 0);
a.setProperty("ProcessTime", "return /***tag:distribution*//**/exponential/**//**/(/**/0, 10, getstream(current)/**/)/**/;");
b.setProperty("ProcessTime", [1.5, "min"]);
b.setProperty("Location.Y", -4);
Object sink = Object.create("Sink");
sink.setLocation(16, 0, 0);
contextdragconnection(source, sorter, "A");
contextdragconnection(sorter, a, "A");
contextdragconnection(sorter, b, "A");
contextdragconnection(a, sink, "A");
contextdragconnection(b, sink, "A");
resetmodel();
go();
