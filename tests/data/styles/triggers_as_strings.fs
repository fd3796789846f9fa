#define KINDS 2
Object source = Object.create("Source");
source.setProperty("InterArrivalTime", 10);
source.setProperty("Triggers.OnCreation", "Object current = ownerobject(c);\n\
Object item = param(1);\nint rownumber = param(2);\n\
{ // ************* PickOption Start ************* //\n/***popup:SetLabel*/\n\
item.Type = rownumber % 2 + 1;\n} // ******* PickOption End ******* //\n");
Object mill = Object.create("Processor");
mill.name = "Mill";
mill.labels.assert("made", 0);
mill.setProperty("ProcessTime", "Object item = param(1);\n\
switch (item.Type) {\n  case 1: return 4;\n  case 2: return 6;\n  default: return 1;\n}");
mill.setProperty("Triggers.OnProcessFinish", "current.made++; print(\"made\", current.made);");
mill.setProperty("SendToPort", "Object item = param(1); return item.Type == 1 ? 1 : 2;");
contextdragconnection(source, mill, "A");
for (int k = 1; k <= KINDS; k++) {
	Object sink = Object.create("Sink");
	sink.name = "Kind" + string.fromNum(k);
	contextdragconnection(mill, sink, "A");
}
