// The model's start time, tree paths, and what already exists is changed, not made anew.
function_s(getmodelunit(START_TIME_NODE), "setDateTime", DateTime("1/1/2024 08:00:00", "%m/%d/%Y %H:%M:%S"));
if (!objectexists(Model.find("Source"))) Object.create("Source");
if (!objectexists(Model.find("Processor"))) Object.create("Processor");
if (!objectexists(Model.find("Sink"))) Object.create("Sink");
Object source = model().find("Source"), mill = node("MODEL:/Processor"), sink = Model.find("?Sink");
mill.name = "Mill";
mill.find(">variables/cycletime").value = "3";
setnodestr(getvarnode(source, "interarrivaltime"), "minutes(0.1)");
mill.setSize(mill.getSize() * 2);
mill.color.r = 0.5;
contextdragconnection(source, mill, "A");
contextdragconnection(source, mill, "Q");
contextdragconnection(source, mill, "A");
contextdragconnection(mill, sink, "A");
if (mill.inObjects.length != 1) return "wrong";
resetmodel(); runspeed(4); stoptime(100);
