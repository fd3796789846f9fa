// As language models write it: most of these names do not exist.
Object source = Object.create("Source");
Object queue = createObject("Queue");
Object mill = createInstance("Processor", 5, 0, 0);
Object sink = Object.create("Sink");
connectPorts(source, sink);
source.outputConnect(sink);
outputConnect(source, sink);
setcapacity(queue, 10);
setprocesstime(mill, 12);
sink.setLabel("kind", 3);
print(sink.getLabel("kind"));
if (simtime() > 10) print(getmodeltime());
setstoptime(3600);
setrunspeed(4);
println("done");
sink.setMaxContent(5);
Model.create("Queue");
