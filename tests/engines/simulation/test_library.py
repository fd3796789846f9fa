"""The class table against FlexSim's documentation."""

import pytest

from apps.engines.flexscript import execute
from apps.engines.simulation.library import (
    CLASSES,
    alias_of,
    class_of,
    qualified_name,
    variable_property,
)
from apps.engines.simulation.model import CodeValue, DistributionValue, OptionValue
from apps.engines.simulation.states import STATE_NAMES, State

# All defaults and sizes that FlexSim's manual lists, class by class.
FIXED = {
    "SendToPort": 0, "Pull": 0, "PullStrategy": 0, "PullRequirement": 1, "UseTransport": 0,
    "TransportRef": "current.centerObjects[1]", "TransportPriority": 0, "TransportPreempt": 0,
}  # fmt: skip
PROCESSOR = {
    "ProcessTime": 10, "SetupTime": 0, "MaxContent": 1,
    "UseProcessOperators": 0, "NumProcessOperators": 1, "UseSetupOperators": 0,
    "NumSetupOperators": 1, "UseSameNumOperators": 1,
    "OperatorRef": "current.centerObjects[1]", "OperatorPriority": 0, "OperatorPreempt": 0,
    "AnimateItems": 1,
}  # fmt: skip
EXECUTER = {
    "Capacity": 1, "MaxSpeed": 2, "Acceleration": 1, "Deceleration": 1, "LoadTime": 0,
    "UnloadTime": 0, "OffsetTravel": 1, "QueueStrategy": "taskSequence.priority", "PassTo": 0,
}  # fmt: skip
CONVEYOR = {
    "Speed": 1, "Acceleration": 0, "Deceleration": 0, "IsAccumulating": 1, "Width": 1,
    "EntrySpaceSizeFactor": 1, "MoveSpaceSizeFactor": 1, "StopSpaceSizeFactor": 1,
    "EntrySpacePadding": 0, "MoveSpacePadding": 0, "StopSpacePadding": 0,
}  # fmt: skip
LISTED = {
    "Source": FIXED | {
        "ArrivalStyle": 1, "InterArrivalTime": ("exponential", (0, 10)), "TimeZeroArrival": 0,
        "FlowItemClass": ("Box",), "RepeatTable": 0, "ArrivalSchedule": None,
        "ArrivalSequence": None,
    },
    "Queue": FIXED | {
        "MaxContent": 1000, "LIFO": 0, "DoBatching": 0, "BatchSize": 2, "MaxBatchTime": 0,
        "FlushContent": 0, "ItemPlacement": 3, "StackBaseZ": 0.1,
    },
    "Processor": FIXED | PROCESSOR,
    "Sink": FIXED,
    "Combiner": FIXED | PROCESSOR | {"CombineMode": 1, "ComponentsList": None},
    "Separator": FIXED | PROCESSOR | {"SeparateMode": 1, "SeparateQty": "item.subnodes.length"},
    "MultiProcessor": FIXED,
    "BasicFR": FIXED,
    "FloorStorage": FIXED | {"Pull": 1, "MinimumDwellTime": 0},
    "Rack": FIXED | {"Pull": 1, "MinimumDwellTime": 0, "Dimensions": None},
    "TaskExecuter": EXECUTER,
    "Operator": EXECUTER,
    "Transporter": EXECUTER | {"LiftSpeed": 1},
    "Robot": EXECUTER | {"MotionMode": 2, "MoveTime": 5},
    "Crane": EXECUTER,
    "Elevator": EXECUTER,
    "ASRSvehicle": EXECUTER,
    "Dispatcher": {"PassTo": 0, "QueueStrategy": "taskSequence.priority"},
    "NetworkNode": {"MaxTravelers": 1000, "SideOffset": 0},
    "StraightConveyor": CONVEYOR,
    "CurvedConveyor": CONVEYOR,
    "Station": {"ProcessTime": 10, "UseOperators": 0},
    "StraightPath": {"IsTwoWay": 0},
    "CurvedPath": {"IsTwoWay": 0},
    "ControlPoint": {"MaxAllocations": 1},
    "ControlArea": {"MaxAllocations": 1},
}  # fmt: skip
SIZES = {
    "Source": (1.06, 1.06, 0.52), "Queue": (2, 2, 0.2), "Processor": (4, 3, 2),
    "Sink": (1.06, 1.06, 0.53), "Combiner": (4.02, 3.01, 1.39), "Separator": (4.02, 3.01, 1.39),
    "TaskExecuter": (2, 1, 1), "Operator": (0.4, 0.58, 1.78), "Transporter": (2.38, 1.37, 2.5),
    "Dispatcher": (0.95, 1.64, 2.26),
}  # fmt: skip
OPTIONS = {
    ("Source", "ArrivalStyle"): {
        1: "Inter-Arrival Time", 2: "Arrival Schedule", 3: "Arrival Sequence",
    },
    ("Queue", "ItemPlacement"): {
        1: "Stack Vertically", 2: "Horizontal Line", 3: "Stack Inside Queue", 4: "Do Nothing",
    },
    ("Combiner", "CombineMode"): {1: "Pack", 2: "Join", 3: "Batch"},
    ("Separator", "SeparateMode"): {1: "Unpack", 0: "Split"},
}  # fmt: skip


def plain(value):
    """A default as the table writes it."""
    if isinstance(value, DistributionValue):
        return value.function, value.args
    return value.text if isinstance(value, CodeValue) else getattr(value, "value", None)


@pytest.mark.parametrize("class_name", LISTED)
def test_defaults(class_name):
    given = CLASSES[class_name]

    assert set(LISTED[class_name]) <= set(given.properties)
    assert {name: _number(given.default(name)) for name in LISTED[class_name]} == LISTED[class_name]


def _number(value):
    """Code that is a number counts as the number."""
    text = plain(value)
    return float(text) if isinstance(text, str) and text.isdigit() else text


def test_every_object_can_have_labels_triggers_and_a_place():
    common = {"Name", "Location", "Size", "Rotation", "Color", "Labels", "Triggers"}
    for entry in CLASSES.values():
        assert common <= set(entry.properties)


def test_sizes():
    assert {name: CLASSES[name].size for name in SIZES} == SIZES
    assert CLASSES["Rack"].size[:2] == (10, 1.5)
    assert CLASSES["NetworkNode"].size[0] == 0.01


def test_options():
    for (class_name, name), options in OPTIONS.items():
        assert dict(CLASSES[class_name].properties[name].options) == options


def test_qualified_names_mean_the_same_class():
    assert class_of("Conveyor::StraightConveyor") is CLASSES["StraightConveyor"]
    assert class_of("AGV::ControlPoint") is CLASSES["ControlPoint"]
    assert class_of("createObject") is None


def test_options_are_found_by_number_and_by_name():
    mode = CLASSES["Combiner"].properties["CombineMode"]

    assert mode.option(2) == mode.option("join") == OptionValue(2, "Join")
    assert mode.option("Glue") is None


def test_aliases_and_tree_variables():
    assert alias_of("Separator", "SplitQuantity") == "SeparateQty"
    assert alias_of("Combiner", "Mode") == "CombineMode"
    assert alias_of("Transporter", "Speed") == "MaxSpeed"
    assert alias_of("Queue", "Speed") is None
    assert variable_property("Queue", "maxcontent") == "MaxContent"
    assert variable_property("Operator", "maxcontent") == "Capacity"


def test_every_default_of_an_option_is_one_of_its_choices():
    for entry in CLASSES.values():
        for prop in entry.properties.values():
            if prop.kind == "option" and prop.default is not None:
                assert prop.default in [OptionValue(*pair) for pair in prop.options]


VARIABLES = {
    "Source": "interarrivaltime=InterArrivalTime arrivalmode=ArrivalStyle "
    "timezerocreate=TimeZeroArrival",
    "Queue": "maxcontent=MaxContent lifo=LIFO usebatching=DoBatching batchsize=BatchSize "
    "maxwaittime=MaxBatchTime flush=FlushContent placemode=ItemPlacement stackinitz=StackBaseZ",
    "Processor": "cycletime=ProcessTime setuptime=SetupTime maxcontent=MaxContent "
    "useprocessoperators=UseProcessOperators nrofprocessoperators=NumProcessOperators "
    "usesetupoperators=UseSetupOperators nrofsetupoperators=NumSetupOperators "
    "usesameop=UseSameNumOperators processdispatcher=OperatorRef sendtoport=SendToPort pull=Pull "
    "receivefromport=PullStrategy pullrequirement=PullRequirement usetransport=UseTransport "
    "transportdispatcher=TransportRef",
    "Combiner": "pack=CombineMode componentlist=ComponentsList",
    "Separator": "unpack=SeparateMode splitquantity=SeparateQty",
    "Operator": "maxcontent=Capacity maxspeed=MaxSpeed acceleration=Acceleration "
    "deceleration=Deceleration loadtime=LoadTime unloadtime=UnloadTime useoffsets=OffsetTravel "
    "passto=PassTo queuestrategy=QueueStrategy",
}


@pytest.mark.parametrize("class_name", VARIABLES)
def test_every_tree_variable_stands_for_its_property(class_name):
    for pair in VARIABLES[class_name].split():
        variable, name = pair.split("=")
        assert variable_property(class_name, variable) == name
        assert name in CLASSES[class_name].properties


ALIASED = [
    ("Separator", "SplitQuantity", "SeparateQty"), ("Combiner", "Mode", "CombineMode"),
    ("Separator", "Mode", "SeparateMode"), ("Processor", "UseOperators", "UseProcessOperators"),
    ("Queue", "PullFromPort", "PullStrategy"), ("Operator", "Speed", "MaxSpeed"),
    ("Transporter", "Speed", "MaxSpeed"), ("Crane", "Speed", "MaxSpeed"),
]  # fmt: skip


@pytest.mark.parametrize(("class_name", "alias", "name"), ALIASED)
def test_an_alias_is_accepted_with_a_warning(class_name, alias, name):
    made = execute(f'Object o = Object.create("{class_name}"); o.setProperty("{alias}", 1);')

    (found,) = made.diagnostics
    assert (found.severity, found.code) == ("warning", "alias")
    assert list(made.model.objects[0].properties) == [name]


@pytest.mark.parametrize("class_name", LISTED)
def test_a_new_object_answers_with_the_listed_defaults(class_name):
    """As a script sees them, by getProperty."""
    for name, value in LISTED[class_name].items():
        if isinstance(value, int | float):
            created = f'Object o = Object.create("{qualified_name(class_name)}");'
            given = execute(f'{created} print(o.getProperty("{name}"));').output
            assert given == [f"{value:g}"], name


def test_down_times_are_had_by_every_class_that_flexsim_lets_go_down():
    """After FlexSim's property reference; paths, control points and areas have none."""
    without = {"StraightPath", "CurvedPath", "ControlPoint", "ControlArea"}
    for name, entry in CLASSES.items():
        assert ({"MTBFMTTRs", "TimeTables"} <= set(entry.properties)) == (name not in without)


def test_state_numbers_are_flexsims():
    assert (State.IDLE, State.BLOCKED, State.SETUP) == (1, 4, 21)
    assert STATE_NAMES[10] == "waiting for transport"
