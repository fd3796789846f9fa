// The way scripts were written before there was Object.create.
treenode lib = library();
treenode src = createinstance(library().find("?Source"), model());
setname(src, "Source1"); setloc(src, 0, 0, 0);
treenode q = createinstance(library().find("?Queue"), model());
setname(q, "Queue1"); setloc(q, 5, 0, 0); setsize(q, 3, 2, 1);
setvarnum(q, "maxcontent", 12);
treenode proc = createinstance(library().find("?Processor"), model());
setname(proc, "Press"); setloc(proc, 10, 0, 0); setrot(proc, 0, 0, 90);
setnodestr(getvarnode(proc, "cycletime"), "return normal(20, 2, getstream(current));");
treenode copied = createcopy(proc, model());
setname(copied, "Press 2"); setloc(copied, xloc(proc), yloc(proc) - 5, zloc(proc));
treenode out = createinstance(library().find("?Sink"), model());
setname(out, "Sink1"); setloc(out, 15, 0, 0);
treenode op = createinstance(library().find("?Operator"), model());
setname(op, "Team");

contextdragconnection(src, q, "A");
contextdragconnection(q, proc, "A"); contextdragconnection(q, copied, "A");
contextdragconnection(proc, out, "A"); contextdragconnection(copied, out, "A");
contextdragconnection(proc, op, "S");
contextdragconnection(q, out, "A");
contextdragconnection(q, out, "Q");  // and taken away again

setnodenum(node("MODEL:/Press>variables/useprocessoperators"), 1);
addlabel(proc, "shift", 2);
if (getlabelnum(proc, "shift") == 2 && objectexists(node("Press", model())))
    pt("two shifts");
print(content(model()), getname(rank(model(), 2)), nrop(q), getname(outobject(q, 2)));
print(getvarnum(q, "maxcontent"), numtostring(3.14159, 0, 2), concat("a", "b"));
