Object source = Object.create("Sorce");
Object queue = Object.create("Queue");
Object mill = Object.create("Processor");
Object belt = Object.create("Conveyor::StraightConveyer");
if (queue) {
    queue.setProperty("MaxContnet", 10);
    queue.setProperty("ItemPlacement", "Stack Verticaly");
    queue.setProperty("LIFO", 2);
    queue.setProperty("MaxContent", "many");
    queue.setProperty("Triggers.OnProcessFinish", "current.done = 1;");
    mill.setProperty("CycleTime", 5);
    mill.setProperty("ProcesTime", 5);
    mill.setPropety("SetupTime", 1);
    contextdragconection(queue, mill, "A");
    contextdragconnection(queue);
    mill.stats.state(1, 2, 3);
    Array parts = ["a"];
    parts.add("b");
    int count = "three";
    Object other = 7;
    setname("Queue", "Buffer");
    print(cuont, Model.tiem, Math.sqroot(2));
}
