"""Every command that FlexSim has is known here, and every invented name leads to a real one."""

import csv
from pathlib import Path

import pytest

from apps.engines.flexscript import Limits, check, execute
from apps.engines.flexscript.analysis import analyse
from apps.engines.flexscript.commands import COMMANDS, QUIET, REFUSED
from apps.engines.flexscript.names import CLASSES_ELSEWHERE, commands
from apps.engines.flexscript.parser import parse
from apps.engines.flexscript.tree_builder import KEYWORDS
from apps.engines.simulation.distributions import NAMES
from apps.engines.simulation.library import CLASSES

LIST = Path(__file__).parents[3] / "apps" / "engines" / "flexscript" / "commands.tsv"
SUPPORTED = {*COMMANDS, *NAMES, *QUIET, "executestring"}
QUICK = Limits(steps=1_000, seconds=5)


def listed():
    with LIST.open(encoding="utf-8", newline="") as file:
        return [row["command"] for row in csv.DictReader(file, delimiter="\t")]


def test_the_list_is_whole():
    assert len(listed()) == len(set(listed())) == 1215


def test_no_command_of_flexsim_is_called_unknown():
    """Alone, in the analysis and in the execution; in each its kind is the same."""
    for name in sorted({*listed()} - KEYWORDS):
        source = f"{name}();"
        told = [item.code for item in analyse(parse(source).tree)]
        met = [item.code for item in execute(source, limits=QUICK).diagnostics]
        for codes in (told, met):
            assert not {"unknown", "name", "internal", "syntax"} & set(codes), (name, codes)
        if name in REFUSED:
            assert told == met == ["refused"], name
        elif name not in SUPPORTED:
            assert told == met == ["unsupported"], name


def test_what_is_supported_is_not_called_unsupported():
    for name in SUPPORTED:
        codes = {item.code for item in execute(f"{name}();", limits=QUICK).diagnostics}
        assert not codes & {"unsupported", "unknown", "refused"}, name


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("createObject", "Object.create"), ("createInstance", "Object.create"),
        ("connectPorts", "contextdragconnection"), ("simtime", "Model.time"),
        ("getmodeltime", "Model.time"), ("setstoptime", "stoptime"),
        ("setrunspeed", "runspeed"), ("setprocesstime", "ProcessTime"),
        ("setcapacity", "MaxContent"), ("outputConnect", "contextdragconnection"),
        ("contextDragConnection", "contextdragconnection"), ("setLoc", "setloc"),
        ("moveObject", "moveobject"), ("exponentiall", "exponential"), ("getstatt", "getstat"),
    ],
)  # fmt: skip
def test_invented_commands_lead_to_real_ones(name, real):
    found = check(f"{name}(1, 2);")[0]

    assert (found.severity, found.code) == ("error", "unknown")
    assert found.message == f"“{name}” does not exist in FlexScript."
    assert real in found.hint


@pytest.mark.parametrize(("name", "real"), [("getLabel", "getlabel"), ("setLabel", "setlabel")])
def test_invented_methods_lead_to_real_names(name, real):
    found = check(f'Object q = Object.create("Queue");\nq.{name}("x", 1);')[0]

    assert found.code == "method"
    assert real in found.hint


def test_no_invented_name_is_a_real_command():
    assert not {"createObject", "createInstance", "connectPorts", "simtime"} & set(commands())


@pytest.mark.parametrize("name", [*CLASSES, "Conveyor::StraightConveyor", "AGV::ControlPoint"])
def test_classes_of_the_library_can_be_created(name):
    assert execute(f'Object.create("{name}");').model is not None


@pytest.mark.parametrize("name", [*sorted(CLASSES_ELSEWHERE), "Conveyor::Motor"])
def test_other_classes_of_flexsim_are_named_as_such(name):
    found = check(f'Object q = Object.create("{name}");')

    assert [item.code for item in found] == ["unsupported"]
    assert found[0].message == f"“{name}” is a FlexSim class that this runtime does not support."


def test_an_invented_class_leads_to_a_real_one():
    (found,) = check('Object q = Object.create("Procesor");')

    assert (found.code, found.hint) == ("class", "Did you mean “Processor”?")


@pytest.mark.parametrize(
    ("name", "newer"), [("addtablerow", "Table.addRow"), ("arraysize", "Array.length")]
)
def test_what_flexsim_has_replaced_says_by_what(name, newer):
    assert newer in check(f"{name}(1);")[0].hint


def test_ports_at_the_other_end():
    script = """Object a = Object.create("Source"); Object b = Object.create("Queue");
        Object c = Object.create("Sink");
        contextdragconnection(a, b, "A"); contextdragconnection(a, c, "A");
        contextdragconnection(b, c, "A"); contextdragconnection(b, c, "A");
        print(opipno(a, 2), opipno(b, 2), ipopno(c, 1), ipopno(c, 3), ipopno(c, 4));"""

    assert execute(script).output == ["1 3 2 2 0"]
