"""The factory that the browser tests sketch, describe, refine and run."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data" / "sketches"
SKETCH = DATA / "ore-line.png"

PROMPT = (
    "Use the sketch to infer all connections. The Source “Ore Bin” releases items with "
    "exponentially distributed interarrival times, mean 10 seconds. “Feed Queue” and “Mill Queue” "
    "are Queues stacking vertically, each allowing up to 20 items with a base height of 0.2. "
    "“Crusher” and “Mill” are Processors with a fixed processing time of 50 seconds, a setup time "
    "of 15 seconds, and a capacity of 10. “Concentrate” is the Sink."
)
REFINEMENT = "Set the process time of Mill to 90 seconds."

OBJECTS = {
    "Ore Bin": "Source",
    "Feed Queue": "Queue",
    "Crusher": "Processor",
    "Mill Queue": "Queue",
    "Mill": "Processor",
    "Concentrate": "Sink",
}
CONNECTIONS = [
    ("Ore Bin", "Feed Queue"),
    ("Feed Queue", "Crusher"),
    ("Crusher", "Mill Queue"),
    ("Mill Queue", "Mill"),
    ("Mill", "Concentrate"),
]

TOLD = (
    "Ore Bin is a source with an inter-arrival time of 10 seconds. Feed is a queue with a capacity "
    "of 20. Crusher is a processor with a process time of 5 seconds. Buffer is a queue with a "
    "capacity of 15. Mill is a processor with a process time of 8 seconds. Concentrate is a sink. "
    "Ore Bin flows into Feed, Feed into Crusher, Crusher into Buffer, Buffer into Mill and Mill "
    "into Concentrate."
)
