"""What the example projects hold: a sketch, what was said about it, and how it was run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawnObject:
    """One object of a sketch; metres, x to the right and y up, as in the model."""

    class_name: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Example:
    """One project. `links` are pairs of indices into `objects`; times in seconds."""

    name: str
    description: str
    model_title: str
    objects: tuple[DrawnObject, ...]
    links: tuple[tuple[int, int], ...]
    prompt: str
    refinement: str
    note: str
    style_seed: int
    until: float = 28_800
    warmup: float = 1_800
    replications: int = 10
    seed: int = 1


ORE = Example(
    name="Ore processing",
    description="A crusher and a mill in a line, connected as in the sketch.",
    model_title="Crushing and milling",
    objects=(
        DrawnObject("Source", "Ore Bin", 0, 0),
        DrawnObject("Queue", "Feed Queue", 6, 0),
        DrawnObject("Processor", "Crusher", 12, 0),
        DrawnObject("Queue", "Mill Queue", 18, 0),
        DrawnObject("Processor", "Mill", 24, 0),
        DrawnObject("Sink", "Concentrate", 30, 0),
    ),
    links=((0, 1), (1, 2), (2, 3), (3, 4), (4, 5)),
    prompt=(
        "Use the sketch to infer all connections. The Source “Ore Bin” releases items with "
        "exponentially distributed interarrival times, mean 10 seconds. “Feed Queue” and "
        "“Mill Queue” are Queues stacking vertically, each allowing up to 20 items with a base "
        "height of 0.2. “Crusher” and “Mill” are Processors with a fixed processing time of "
        "50 seconds, a setup time of 15 seconds, and a capacity of 10. “Concentrate” is the Sink."
    ),
    refinement="Set the processing time of Mill to 40 seconds.",
    note="The mill was re-lined, so 40 seconds from now on.",
    style_seed=45,
)

BAKERY = Example(
    name="Bakery line",
    description="Two ovens in parallel between kneading and packing.",
    model_title="Bread line with two ovens",
    objects=(
        DrawnObject("Source", "Dough", 0, 4),
        DrawnObject("Queue", "Proofing", 6, 4),
        DrawnObject("Processor", "Oven 1", 14, 8),
        DrawnObject("Processor", "Oven 2", 14, 0),
        DrawnObject("Queue", "Cooling", 22, 4),
        DrawnObject("Processor", "Packing", 28, 4),
        DrawnObject("Sink", "Dispatch", 34, 4),
    ),
    links=((0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 6)),
    prompt=(
        "Dough is a source with an inter-arrival time of exponential with mean 60 seconds. "
        "Proofing is a queue with a capacity of 30. Oven 1 and Oven 2 are processors with a "
        "process time uniform between 80 and 120 seconds. Cooling is a queue with a capacity "
        "of 50. Packing is a processor with a process time of 35 seconds. Dispatch is a sink. "
        "Follow the arrows in the picture."
    ),
    refinement="Set the process time of Oven 1 to 90 seconds.",
    note="Oven 1 got the new burner: 90 seconds flat.",
    style_seed=37,
)

INSPECTION = Example(
    name="Assembly and inspection",
    description="Parts are assembled, queue for one inspector and leave.",
    model_title="Assembly with inspection",
    objects=(
        DrawnObject("Source", "Parts", 0, 0),
        DrawnObject("Queue", "Kitting", 6, 0),
        DrawnObject("Processor", "Assembly", 12, 0),
        DrawnObject("Queue", "Inspection Queue", 18, 0),
        DrawnObject("Processor", "Inspection", 24, 0),
        DrawnObject("Sink", "Shipping", 30, 0),
    ),
    links=((0, 1), (1, 2), (2, 3), (3, 4), (4, 5)),
    prompt=(
        "Parts is a source with an inter-arrival time of exponential with mean 45 seconds. Kitting "
        "is a queue with a capacity of 25. Assembly is a processor with a process time triangular "
        "with min 20, mode 30 and max 45 seconds and a setup time of 5 seconds. Inspection Queue "
        "is a queue with a capacity of 10. Inspection is a processor with a process time normal "
        "with mean 38 and standard deviation 4 seconds. Shipping is a sink. Parts flows into "
        "Kitting, Kitting into Assembly, Assembly into Inspection Queue, Inspection Queue into "
        "Inspection and Inspection into Shipping."
    ),
    refinement="Add a second inspection in parallel.",
    note="One inspector keeps up only just; what would a second one bring?",
    style_seed=10,
)

EXAMPLES = (ORE, BAKERY, INSPECTION)
