// Rows as they come out of a spreadsheet: class, name, x, y, property, value.
string csv = "Source;Bin;0;0;;\n\
Queue;Buffer;5;0;MaxContent;20\n\
Processor;Mill A;10;3;ProcessTime;8\n\
Processor;Mill B;10;-3;ProcessTime;uniform(5, 9, getstream(current))\n\
Sink;Silo;15;0;;";
Map byName;
Array lines = csv.split("\n");
for (int i = 1; i <= lines.length; i++) {
    Array cells = lines[i].split(";");
    if (cells.length < 4)
        continue;
    Object item = Object.create(cells[1]);
    item.name = cells[2];
    item.setLocation(stringtonum(cells[3]), stringtonum(cells[4]), 0);
    if (cells[5] != "")
        item.setProperty(cells[5], cells[6]);
    byName[cells[2]] = item;
}

Array links = [["Bin", "Buffer"], ["Buffer", "Mill A"], ["Buffer", "Mill B"],
    ["Mill A", "Silo"], ["Mill B", "Silo"]];
int n = 1;
while (n <= links.length) {
    contextdragconnection(byName[links[n][1]], byName[links[n][2]], "A");
    n++;
}

Table plan = Table(2, 2);
plan[1][1] = 10;
plan[2][2] = plan[1][1] * 2;
plan.addRow();
print(plan.numRows, plan.numCols, plan[2][2], byName.keys.length);
