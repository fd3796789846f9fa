"""Which triggers happen to which class; those that never do are told."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation.library import TRIGGERS, triggers_of
from apps.engines.simulation.model import CodeValue

from .plant import Plant, law

PROPERTIES = {
    "Source": {"InterArrivalTime": 30},
    "Queue": {"DoBatching": 1},
    "Processor": {"SetupTime": 1},
    "Combiner": {"SetupTime": 1, "ComponentsList": [0]},
    "Separator": {"SetupTime": 1},
}
STATIONS = ("Source", "Queue", "Processor", "Sink", "Combiner", "Separator", "MultiProcessor",
            "BasicFR", "Rack", "FloorStorage", "StraightConveyor", "CurvedConveyor")  # fmt: skip


def told_by(plant, obj):
    """The triggers of an object that happened, the warnings that name one."""
    for name in TRIGGERS:
        obj.properties[f"Triggers.{name}"] = CodeValue(f'print("{name}");')
    result = plant.run(200, runner=code_runner())
    never = {text.split()[1] for text in result.warnings if "never happens" in text}
    return set(result.output), never


def check(plant, obj):
    happened, never = told_by(plant, obj)
    assert happened == triggers_of(obj.class_name) - {"OnMessage"}
    assert never == set(TRIGGERS) - triggers_of(obj.class_name)


@pytest.mark.parametrize("class_name", STATIONS)
def test_triggers_of_stations(class_name):
    plant = Plant()
    obj = plant.add(class_name, "It", TimeTables=[[100, 1]], **PROPERTIES.get(class_name, {}))
    before = [] if class_name == "Source" else [plant.arrivals(0, 0)]
    after = [] if class_name == "Sink" else [plant.add("Sink")]
    plant.link(*before, obj, *after)

    check(plant, obj)


@pytest.mark.parametrize(
    "class_name",
    ["TaskExecuter", "Operator", "Transporter", "Robot", "Crane", "Elevator", "ASRSvehicle"],
)
def test_triggers_of_executers(class_name):
    plant = Plant()
    queue = plant.add("Queue", UseTransport=1)
    obj = plant.add(class_name, "It", TimeTables=[[100, 1]])
    plant.link(plant.arrivals(0), queue, plant.add("Sink"))
    plant.centre(queue, obj)

    check(plant, obj)


@pytest.mark.parametrize("class_name", ["DecisionPoint", "Station", "PhotoEye"])
def test_triggers_of_what_stands_on_conveyors(class_name):
    plant = Plant()
    belt = plant.add("StraightConveyor", at=(0, 0.5), size=(10.0, 1.0, 1.0))
    obj = plant.add(class_name, "It", at=(5, 0.5), TimeTables=[[100, 1]])
    plant.link(plant.arrivals(0), belt, plant.add("Sink"))

    check(plant, obj)


def test_triggers_of_a_dispatcher():
    plant = Plant()
    plant.link(plant.arrivals(0), plant.add("Sink"))

    check(plant, plant.add("Dispatcher", "It"))


def test_each_process_of_a_multi_processor_ends_with_its_trigger():
    plant = Plant()
    machine = plant.add("MultiProcessor", Processes=[["Wash", 2], ["Dry", 3]])
    machine.properties["Triggers.OnProcessFinish"] = CodeValue("print(Model.time);")
    plant.link(plant.arrivals(0), machine, plant.add("Sink"))

    assert list(plant.run(20, runner=code_runner()).output) == ["2", "5"]


def test_a_batch_s_waiting_time_is_drawn_for_each():
    plant = Plant()
    queue = plant.add("Queue", DoBatching=1, BatchSize=9, MaxBatchTime=law("duniform", 1, 99))
    plant.link(plant.arrivals(*range(0, 1000, 100)), queue, plant.add("Sink"))

    stays = [leave - enter for _, name, enter, leave in plant.run(2000).trace.items
             if name == "Queue"]  # fmt: skip
    assert len(stays) == 10
    assert len(set(stays)) > 5


# Parameters of rules


def moved(plant, **properties):
    """A queue whose second output leads to a sink, by a truck that takes no time."""
    queue = plant.add("Queue", SendToPort=2, UseTransport=1, **properties)
    truck = plant.add("TaskExecuter", "Truck")
    plant.link(plant.arrivals(0), queue, plant.add("Sink", "First"))
    plant.link(queue, plant.add("Sink", "Second"))
    plant.centre(queue, truck)
    return truck


def test_a_transport_reference_gets_item_port_destination_priority_and_preemption():
    plant = Plant()
    told = "print(param(1).name, param(2), param(3).name, param(4), param(5));"
    moved(plant, TransportRef=told + "return current.centerObjects[1];", TransportPriority=7,
          TransportPreempt=1)  # fmt: skip

    assert list(plant.run(50, runner=code_runner()).output) == ["Box 2 Second 7 1"]


def test_loading_and_unloading_get_item_and_station():
    plant = Plant()
    truck = moved(plant)
    for name in ("OnLoad", "OnUnload"):
        text = f'print("{name}", param(1).name, param(2).name, current.name);'
        truck.properties[f"Triggers.{name}"] = CodeValue(text)

    assert list(plant.run(50, runner=code_runner()).output) == [
        "OnLoad Box Queue Truck",
        "OnUnload Box Second Truck",
    ]


def test_an_operator_reference_gets_item_and_phase():
    plant = Plant()
    told = "print(param(1).name, param(2)); return current.centerObjects[1];"
    mill = plant.add("Processor", "Mill", SetupTime=1, UseSetupOperators=1, UseProcessOperators=1,
                     UseSameNumOperators=0, OperatorRef=told)  # fmt: skip
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))
    plant.centre(mill, plant.add("Operator"))

    # 1 for the setup, 2 for the process.
    assert list(plant.run(50, runner=code_runner()).output) == ["Box 1", "Box 2"]


def test_a_pull_requirement_gets_item_and_port():
    plant = Plant()
    told = "print(param(1).name, param(2)); return 1;"
    mill = plant.add("Processor", "Mill", Pull=1, PullRequirement=told)
    plant.link(plant.arrivals(50, name="Late"), mill, plant.add("Sink"))
    plant.link(plant.arrivals(0), mill)

    assert list(plant.run(20, runner=code_runner()).output) == ["Box 2"]


def test_the_end_of_collecting_tells_the_size_of_a_batch():
    plant = Plant()
    queue = plant.add("Queue", DoBatching=1, BatchSize=3)
    queue.properties["Triggers.OnEndCollecting"] = CodeValue("print(item.name, param(2));")
    plant.link(plant.arrivals(0, 1, 2), queue, plant.add("Sink"))

    assert list(plant.run(20, runner=code_runner()).output) == ["Box 3"]
