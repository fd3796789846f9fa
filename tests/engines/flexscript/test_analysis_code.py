"""Findings in code that stands in strings, of values of the wrong type and of invented names."""

import pytest

from apps.engines.flexscript import check
from apps.engines.flexscript.analysis import analyse
from apps.engines.flexscript.commands import QUIET, why_not
from apps.engines.flexscript.names import INVENTED, commands
from apps.engines.flexscript.parser import parse

OBJECTS = (
    'Object s = Object.create("Source"); Object q = Object.create("Queue");'
    'Object p = Object.create("Processor");\n'
)


def findings(source):
    return analyse(parse(OBJECTS + source).tree)


CODE = [
    ("createObject(1);", "“createObject” does not exist", "Object.create"),
    ("return simtime() > 5;", "“simtime” does not exist", "Model.time"),
    ('item.getLabel(\\"a\\");', "Objects have no method “getLabel”", "the label itself"),
    ('item.setLabel(\\"a\\", 1);', "Objects have no method “setLabel”", "the label itself"),
    ('current.setProperty(\\"MaxContnt\\", 3);', "Queue has no property", "MaxContent"),
    ("uniform(1);", "uniform() takes 2 to 3 arguments, 1 given", "uniform("),
    ("return undeclared + 1;", "“undeclared” is not declared", None),
    ("int n = 1; return nn;", "“nn” is not declared", "“n”"),
    ('Object.create(\\"Quue\\");', "There is no class “Quue”", "Queue"),
    ('setloc(item, \\"a\\", 1, 2);', "A number is needed here", None),
    ('int n = \\"abc\\";', "A number is needed here, not the string “abc”", None),
    ("int f(int a) { return a; } return f();", "f() takes 1 argument, 0 given", None),
    ('contextdragconnection(current, current, \\"A\\");', "cannot call while the model runs", None),
    ('fileopen(\\"a\\", \\"w\\");', "fileopen() is refused", None),
    ("item.Name = 1;", "“.Name” is a label", "“name”"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "message", "hint"), CODE)
@pytest.mark.parametrize(
    "given",
    ['q.setProperty("Triggers.OnEntry", "{}");', 'q.setProperty("SendToPort", "{}");',
     'setnodestr(getvarnode(q, "sendtoport"), "{}");', 'setvarstr(q, "sendtoport", "{}");'],
)  # fmt: skip
def test_code_in_a_string_is_looked_through(code, message, hint, given):
    (found,) = findings(given.format(code))

    assert (found.severity, found.code, found.span.line) == ("warning", "code", 2)
    assert found.message.startswith("In the code of “")
    assert message in found.message
    assert (hint or "") in (found.hint or "")


GOOD_CODE = [
    "Object item = param(1); Object current = ownerobject(c); int port = param(2); return port;",
    "treenode item = param(1); item.Type = 2; return item.Type == 2 ? 1 : 0;",
    "/***popup:X*/ return /**/exponential/**/(0, 10, getstream(current));",
    "#define N 3\\nfor (int i = 1; i <= N; i++) current.sum += i;",
    'if (item.labels[\\"a\\"]) closeinput(current); senddelayedmessage(current, 5, current);',
    "print(rownumber, batchsize, STATE_IDLE, NULL, true, Math.pi, Model.time); return 0;",
    'current.outObjects[1].stats.content.value; Array a = [1]; a.push(2); Map m; m[\\"x\\"] = a;',
]


@pytest.mark.parametrize("code", GOOD_CODE)
def test_good_code_has_no_findings(code):
    text = code.replace('\\"', '"').replace('"', '\\"')
    assert findings(f'q.setProperty("Triggers.OnEntry", "{text}");') == []


@pytest.mark.parametrize(
    ("source", "message", "code"),
    [
        ('int n = "abc";', "A number is needed here, not the string “abc”.", "type"),
        ("double d = [1];", "A number is needed here, not an Array.", "type"),
        ("Object o = 5;", "An Object cannot be the number 5.", "type"),
        ('setname("Queue", "x");', "An Object cannot be the string “Queue”.", "type"),
        ('q.setProperty("MaxContent", "abc");', "“MaxContent” needs a number", "value"),
        ('q.setProperty("LIFO", 7);', "“LIFO” is 0 or 1, not 7.", "value"),
        ('q.setProperty("MaxContent", [1, 2, 3]);', "needs a number, not an Array", "value"),
        ('q.setProperty("Triggers.OnProcessFinish", "1;");', "never happens to a Queue", "trigger"),
        ('Object o = Object.create("AGV::ControlPiont");', "There is no class", "class"),
        ("q.Name = 5;", "“.Name” is a label", "label"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told(source, message, code):
    (found,) = findings(f"if (0) {{ {source} }}")

    assert message in found.message
    assert found.code == code


def test_all_of_them_are_told_at_once():
    found = check(OBJECTS + 'int n = "a";\nObject o = 5;\nq.setProperty("MaxContent", "many");\n')

    told = [(item.span.line, item.code) for item in found if item.code in ("type", "value")]
    assert told == [(2, "type"), (3, "type"), (4, "value")]


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("createobject(1);", "Object.create"), ("connectports(q, p);", "contextdragconnection"),
        ('setProperty(q, "MaxContent", 1);', "obj.setProperty"), ("rand();", "uniform"),
        ("q.connectTo(p);", "contextdragconnection"), ("q.setMaxContent(3);", '"MaxContent"'),
        ('q.setProperty("Capacity", 3);', "MaxContent"), ("Math.random();", "uniform"),
        ('p.setProperty("CycleTime", 3);', "ProcessTime"), ('q.setName("a");', "obj.name"),
        ('q.setProperty("OnEntry", "1;");', "Triggers.OnEntry"),
        ('s.setProperty("ArrivalRate", 3);', "InterArrivalTime"),
    ],
)  # fmt: skip
def test_what_is_often_invented_has_its_real_name(source, hint):
    (found,) = findings(f"if (0) {source}")

    assert hint in found.hint


def test_every_invented_name_of_the_list_has_its_own_hint():
    listed = {
        "createObject", "createInstance", "connectPorts", "simtime", "getmodeltime", "setstoptime",
        "setrunspeed", "getLabel", "setLabel", "setprocesstime", "setcapacity", "outputConnect",
    }  # fmt: skip
    assert listed == set(INVENTED)
    for name in listed:
        source = f'q.{name}("a", 1);' if name in ("getLabel", "setLabel") else f"{name}(1);"
        (found,) = findings(f"if (0) {source}")
        assert found.severity == "error"
        assert INVENTED[name] in found.hint


def test_no_command_of_flexsim_is_called_unknown():
    assert len(commands()) == 1215
    for name in commands():
        reason = why_not(name)
        assert reason is None or reason[2] in ("unsupported", "refused"), name
        for source in (f"{name}();", f'q.setProperty("Triggers.OnEntry", "{name}();");'):
            told = " ".join(item.message for item in check(f"{OBJECTS}if (0) {source}"))
            assert "does not exist" not in told, name


def test_switches_of_the_view_are_accepted():
    listed = [name for name in commands() if name.startswith("switch_")]
    assert len(listed) > 15
    assert set(listed) - QUIET == {"switch_dllfunc"}


LINE = """Object s = Object.create("Source"); Object p = Object.create("Processor");
Object k = Object.create("Sink");
contextdragconnection(s, p, "A"); contextdragconnection(p, k, "A");
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('Object.create("Operator");', "“Operator” is not used"),
        ('Object.create("Dispatcher");', "“Dispatcher” is not used"),
        ('Object.create("NetworkNode");', "“NetworkNode” is not used"),
        ('Object.create("Conveyor::StraightConveyor");', "is not connected to anything"),
        ('Object t = Object.create("Crane"); contextdragconnection(p, t, "S");', None),
        ('Object t = Object.create("Crane"); p.setProperty("TransportRef", t);', None),
        ('Object.create("Crane"); p.setProperty("OperatorRef", "Model.find(\\"Crane\\")");', None),
        ('Object t = Object.create("Operator"); Group("Team").addMember(t);', None),
        ('Object d = Object.create("Conveyor::DecisionPoint");', None),
    ],
)  # fmt: skip
def test_what_is_not_used_is_told(source, told):
    found = [item for item in check(LINE + source) if item.code != "source"]

    assert [item.span.line for item in found] == ([4] if told else [])
    assert all(told in item.message for item in found)
