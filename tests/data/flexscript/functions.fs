#define PITCH 8      // metres between machines
#define CLASS "Processor"
int made = 0;

Object place(string kind, string name, double x, double y) {
    Object item = Object.create(kind);
    item.name = name;
    item.setLocation(x, y, 0);
    made++;
    return item;
}

void chain(Array items) {
    for (int i = 1; i < items.length; i++)
        contextdragconnection(items[i], items[i + 1], "A");
}

double timeOf(int stage) {
    switch (stage) {
        case 1:
            return 10;
        case 2:
        case 3:
            return 12.5;
        default:
            return 20;
    }
}

int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

Array line = [place("Source", "In", 0, 0)];
for (int stage = 1; stage <= 4; stage++) {
    Object machine = place(CLASS, CLASS + " " + stage, stage * PITCH, 0);
    machine.setProperty("ProcessTime", timeOf(stage));
    line.push(machine);
}
line.push(place("Sink", "Out", 5 * PITCH, 0));
chain(line);
print(made, fib(12), 7 / 2, 7.0 / 2, -7 % 3, 1 + 2 + "3");
