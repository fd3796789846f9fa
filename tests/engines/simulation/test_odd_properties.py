"""Properties with values that make no sense are refused in words, whatever the class."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import SimulationError
from apps.engines.simulation.library import CLASSES, ON_CONVEYORS
from apps.engines.simulation.model import WAYS
from apps.engines.simulation.properties import OBJECT

from .plant import Plant

ODD = (-1.0, 2.5, 1e18, "abc", [["a", "b"]], [["x", [5, "min"]]], [[]])
PLAIN = {prop.name for prop in OBJECT} | {"InObjects", "OutObjects", "CenterObjects"}
NEEDED = {
    "ArrivalSchedule": {"ArrivalStyle": 2},
    "ArrivalSequence": {"ArrivalStyle": 3},
    "BatchSize": {"DoBatching": 1},
    "MaxBatchTime": {"DoBatching": 1},
    "NumProcessOperators": {"UseProcessOperators": 1},
    "OperatorRef": {"UseProcessOperators": 1},
    "OperatorPriority": {"UseProcessOperators": 1},
    "PullStrategy": {"Pull": 1},
    "PullRequirement": {"Pull": 1},
    "TransportRef": {"UseTransport": 1},
    "TransportPriority": {"UseTransport": 1},
    "SeparateQty": {"SeparateMode": 0},
    "JointSpeeds": {"MotionMode": 3},
}


def plant_with(class_name, properties):
    """The object where its class has its place, with two items that come to it."""
    plant = Plant()
    role = CLASSES[class_name].role
    if class_name in ON_CONVEYORS:
        belt = plant.add("StraightConveyor", at=(0, 0.5), size=(10.0, 1.0, 1.0))
        plant.add(class_name, "It", at=(5, 0.5), **properties)
        plant.link(plant.arrivals(0, 1), belt, plant.add("Sink"))
        return plant
    obj = plant.add(class_name, "It", **properties)
    if class_name in WAYS:
        plant.link(plant.arrivals(0), plant.add("Sink"))
    elif role in ("executer", "dispatcher"):
        queue = plant.add("Queue", UseTransport=1)
        plant.link(plant.arrivals(0, 1), queue, plant.add("Sink"))
        plant.centre(queue, obj)
    else:
        plant.link(obj, plant.add("Sink")) if class_name != "Sink" else None
        plant.link(plant.arrivals(0, 1, name="Items"), obj) if class_name != "Source" else None
        plant.centre(obj, plant.add("Operator"))
    return plant


@pytest.mark.parametrize("class_name", sorted(set(CLASSES) - {"MergeSort", "BasicConveyor"}))
def test_odd_values_run_or_are_refused(class_name):
    for name in set(CLASSES[class_name].properties) - PLAIN:
        for value in ODD:
            plant = plant_with(class_name, {**NEEDED.get(name, {}), name: value})
            try:
                plant.run(20, runner=code_runner(), max_events=20_000)
            except SimulationError as error:
                assert error.message  # noqa: PT017 - it may run as well


def test_a_huge_quantity_ends_at_the_limit_of_events():
    plant = Plant()
    source = plant.add("Source", ArrivalStyle=2, ArrivalSchedule=[[0, "Box", 1_000_000_000]])
    plant.link(source, plant.add("Queue"), plant.add("Sink"))

    with pytest.raises(SimulationError, match="more than 50,000 events"):
        plant.run(10, max_events=50_000, trace=False)


def test_a_huge_split_is_refused():
    plant = Plant()
    separator = plant.add("Separator", SeparateMode=0, SeparateQty=1e9, ProcessTime=1)
    plant.link(plant.arrivals(0), separator, plant.add("Sink"))

    with pytest.raises(SimulationError, match="SeparateQty asks for 1,000,000,000 items"):
        plant.run(10)


@pytest.mark.parametrize(
    ("class_name", "properties", "words"),
    [
        ("Combiner", {"CombineMode": 7}, "CombineMode cannot be 7"),
        ("Combiner", {"ComponentsList": ["two"]}, "ComponentsList needs numbers, not two"),
        ("Processor", {"TimeTables": [[]]}, "TimeTables has an empty row"),
        ("Crane", {"CraneSpeeds": [["fast", 1, 1]] * 3}, "CraneSpeeds needs numbers, not fast"),
    ],
)
def test_tables_name_what_is_wrong(class_name, properties, words):
    plant = plant_with(class_name, properties)
    if class_name == "Combiner":
        plant.link(plant.arrivals(0, name="Parts"), plant.model.find("It"))

    with pytest.raises(SimulationError, match=words) as caught:
        plant.run(10, runner=code_runner())
    assert caught.value.object == "It"


@pytest.mark.parametrize("class_name", ["StraightPath", "StraightConveyor"])
@pytest.mark.parametrize("start", [["a", "b", "c"], [1], [1, 2, 3, 4]])
def test_ends_are_points(class_name, start):
    plant = Plant()
    plant.add(class_name, "It", StartLocation=start, EndLocation=[1, 2, 3])
    plant.add("TaskExecuter")  # for which guide paths are read
    plant.link(plant.arrivals(0), plant.add("Sink"))

    with pytest.raises(SimulationError, match="StartLocation must be two or three numbers"):
        plant.run(5)
