"""The class table: spot checks against FlexSim's documentation."""

import pytest

from apps.engines.simulation.library import CLASSES, alias_of, class_of, variable_property
from apps.engines.simulation.model import CodeValue, DistributionValue, NumberValue, OptionValue
from apps.engines.simulation.states import STATE_NAMES, State

DEFAULTS = [
    ("Source", "InterArrivalTime", DistributionValue("exponential", (0.0, 10.0))),
    ("Source", "ArrivalStyle", OptionValue(1, "Inter-Arrival Time")),
    ("Queue", "MaxContent", NumberValue(1000)),
    ("Queue", "ItemPlacement", OptionValue(3, "Stack Inside Queue")),
    ("Processor", "ProcessTime", NumberValue(10)),
    ("Processor", "MaxContent", NumberValue(1)),
    ("Processor", "OperatorRef", CodeValue("current.centerObjects[1]")),
    ("Combiner", "CombineMode", OptionValue(1, "Pack")),
    ("Combiner", "ProcessTime", NumberValue(10)),
    ("Separator", "SeparateMode", OptionValue(1, "Unpack")),
    ("Separator", "SeparateQty", CodeValue("item.subnodes.length")),
    ("Operator", "MaxSpeed", NumberValue(2)),
    ("Robot", "MotionMode", OptionValue(2, "Move Time")),
    ("Rack", "Pull", NumberValue(1)),
    ("Queue", "Pull", NumberValue(0)),
    ("NetworkNode", "MaxTravelers", NumberValue(1000)),
    ("StraightConveyor", "Speed", NumberValue(1)),
]


@pytest.mark.parametrize(("class_name", "name", "value"), DEFAULTS)
def test_defaults(class_name, name, value):
    assert CLASSES[class_name].default(name) == value


def test_sizes():
    assert CLASSES["Processor"].size == (4.0, 3.0, 2.0)
    assert CLASSES["Operator"].size == (0.4, 0.58, 1.78)


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


def test_state_numbers_are_flexsims():
    assert (State.IDLE, State.BLOCKED, State.SETUP) == (1, 4, 21)
    assert STATE_NAMES[10] == "waiting for transport"
