/* Stations as rows of a table: class, name, x, y, time. Then connections as pairs. */
Array rows = [
	["Source", "In", 0, 0, 0],
	["Queue", "Store", 5, 0, 0],
	["Processor", "Press", 10, 3, 12],
	["Processor", "Lathe", 10, -3, 20],
	["Sink", "Done", 16, 0, 0]
];
Array links = [["In", "Store"], ["Store", "Press"], ["Store", "Lathe"], ["Press", "Done"], ["Lathe", "Done"]];
int build(Array row) {
	Object obj = Object.create(row[1]);
	obj.name = row[2];
	obj.setLocation(row[3], row[4], 0);
	if (row[1] == "Processor")
		obj.setProperty("ProcessTime", row[5]);
	return obj.is(Object) ? 1 : 0;
}
int made = 0;
for (int i = 1; i <= rows.length; i++)
	made += build(rows[i]);
for (int i = 1; i <= links.length; i++) {
	Array pair = links[i];
	contextdragconnection(Model.find(pair[1]), Model.find(pair[2]), "A");
}
Object source = Model.find("In");
source.setProperty("ArrivalStyle", 2);
source.setProperty("ArrivalSchedule", [[0, "Part", 4]]);
