treenode nodes = model();
Object source = createinstance(library().find("?Source"), model());
Object dock = createinstance(library().find("?Queue"), model());
Object sink = createinstance(library().find("?Sink"), model());
Object truck = createinstance(library().find("?Transporter"), model());
setvarnum(source, "timezerocreate", 1);
setnodestr(getvarnode(source, "interarrivaltime"), "10");
setvarnum(dock, "usetransport", 1);
setname(dock, "Dock"); setname(truck, "Truck");
contextdragconnection(source, dock, "A");
contextdragconnection(dock, sink, "A");
contextdragconnection(dock, truck, "S");
Object before = NULL;
for (int i = 0; i <= 3; i++) {
	Object stop = createinstance(library().find("?NetworkNode"), model());
	setname(stop, concat("NN", numtostring(i + 1, 0, 0)));
	setloc(stop, i * 10, 0, 0);
	if (before)
		contextdragconnection(before, stop, "A");
	before = stop;
}
contextdragconnection(truck, node("/NN1", model()), "A");
contextdragconnection(dock, Model.find("NN1"), "A");
contextdragconnection(sink, Model.find("NN4"), "A");
