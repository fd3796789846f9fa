"""Findings without running: all at once, each at its place, and none on scripts that are right."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engines.flexscript import check, execute, print_model
from apps.engines.flexscript.analysis import MOST_FINDINGS, analyse
from apps.engines.flexscript.commands import COMMANDS, QUIET, REFUSED
from apps.engines.flexscript.names import INVENTED, commands
from apps.engines.flexscript.parser import parse
from apps.engines.flexscript.signatures import Arity, from_list, of_command
from apps.engines.simulation.distributions import NAMES
from apps.engines.simulation.library import ALIASES, CLASSES
from apps.engines.simulation.model import Model, ModelObject

from .test_scripts import SCRIPTS

Q = 'Object q = Object.create("Queue");\n'


def findings(source):
    return analyse(parse(source).tree)


def errors(source):
    return [item for item in check(source) if item.severity == "error"]


ONE = [
    ("createObject();", 1, 1, "“createObject” does not exist in FlexScript.", "Object.create"),
    ("if (0) createInstance(1);", 1, 8, "“createInstance” does not exist", "Object.create"),
    ("connectPorts(1, 2);", 1, 1, "“connectPorts” does not exist", "contextdragconnection"),
    ("double d = simtime();", 1, 12, "“simtime” does not exist", "Model.time"),
    ("setstoptime(5);", 1, 1, "“setstoptime” does not exist", "stoptime"),
    ("contextdragconection(1, 2);", 1, 1, "does not exist", "contextdragconnection"),
    (Q + "if (0) q.setLabel(1, 2);", 2, 8, "Objects have no method “setLabel”.", "label"),
    (Q + "if (0) q.setLocaton(1, 2);", 2, 8, "Objects have no method", "setLocation"),
    ("if (0) Object.crate(1);", 1, 8, "Object has no method “crate”.", "create"),
    ("if (0) Math.sqroot(1);", 1, 8, "Math has no method “sqroot”.", "sqr"),
    ("if (0) print(Model.tiem);", 1, 14, "Model has no member “tiem”.", "time"),
    ("Array a = [1]; if (0) a.pussh(1);", 1, 23, "Arrays have no method “pussh”.", "push"),
    ('if (0) "a".spilt(1);', 1, 8, "Strings have no method “spilt”.", "split"),
    ('if (0) Object.create("Quue");', 1, 8, "There is no class “Quue”.", "Queue"),
    ('if (0) createinstance(library().find("?Sorce"), 1);', 1, 8, "no class", "Source"),
    (Q + 'if (0) q.setProperty("MaxContnt", 1);', 2, 8, "Queue has no property", "MaxContent"),
    (Q + 'if (0) q.getProperty("MaxContnt");', 2, 8, "Queue has no property", "MaxContent"),
    (Q + 'if (0) q.setProperty("ProcessTime", 1);', 2, 8, "Queue has no property", None),
    ('void f(Object o) { o.setProperty("ProcesTime", 1); }', 1, 20, "No class", "ProcessTime"),
    (Q + 'q.setProperty("ItemPlacement", "Stack Verticaly");', 2, 1, "no choice", "Vertically"),
    (Q + 'q.setProperty("ItemPlacement", 9);', 2, 1, "no choice 9", "1 Stack Vertically"),
    (Q + 'q.setProperty("Triggers.OnExti", "x");', 2, 1, "no trigger “OnExti”", "OnExit"),
    (Q + 'q.setProperty("Triggers.OnExit", "int a = ;");', 2, 34, "does not parse", None),
    (Q + 'q.setProperty("Triggers.OnExit", "simtime();");', 2, 34, "In the code of", "Model.time"),
    (Q + 'if (0) setvarnum(q, "maxcontnt", 1);', 2, 8, "Queue has no variable", "maxcontent"),
    ("if (0) x = 1;", 1, 8, "“x” is not declared.", "Variant x"),
    ("int count = 1; if (0) print(coutn);", 1, 29, "“coutn” is not declared.", "count"),
    ("{ int a = 1; } if (0) print(a);", 1, 29, "“a” is not declared.", None),
    ("void f() { int a = 1; } void g() { print(a); }", 1, 42, "“a” is not declared.", None),
    ("void f(int a) {} if (0) f();", 1, 25, "f() takes 1 argument, 0 given.", None),
    ("if (0) exponential(1);", 1, 8, "takes 2 to 3 arguments, 1 given.", "exponential("),
    ("if (0) setname(1);", 1, 8, "setname() takes 2 arguments, 1 given.", "setname("),
    ("if (0) hours(1, 2);", 1, 8, "hours() takes 1 argument, 2 given.", "hours("),
    (Q + 'if (0) q.setProperty("MaxContent");', 2, 8, "takes 2 arguments, 1 given.", None),
    ("if (0) 3 = 4;", 1, 8, "This cannot be assigned to.", None),
    ("if (0) break;", 1, 8, "There is no loop around this break.", None),
    ("switch (1) { default: continue; }", 1, 23, "There is no loop around this continue.", None),
    ("int f() { return 1; } int f() { return 2; }", 1, 23, "There are two functions “f”.", None),
    ('treenode n = Model.find("x"); n.setLocation(1, 2, 3);', 1, 31, "on a treenode", "Object n"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), ONE)
def test_one_thing_wrong(source, line, column, message, hint):
    (found,) = findings(source)

    assert (found.span.line, found.span.column) == (line, column)
    assert message in found.message
    assert (hint or "") in (found.hint or "")


def test_everything_is_found_at_once():
    source = """Object q = Object.create("Quueue");
createObject("Queue");
q.setProperty("MaxContnt", 5);
print(nothing, q.nme);
contextdragconnection(q);
"""
    found = check(source)

    assert [(item.span.line, item.code) for item in found] == [
        (1, "class"), (2, "unknown"), (3, "property"), (4, "name"), (5, "arguments"),
    ]  # fmt: skip


def test_what_running_finds_as_well_is_told_once():
    source = Q + 'q.setProperty("MaxContnt", 5);'

    (found,) = check(source)

    assert found == execute(source).diagnostics[0]


def test_a_loop_tells_a_warning_once():
    source = (
        'for (int i = 1; i <= 9; i++) {\n  Object s = Object.create("Separator");\n'
        '  s.setProperty("SplitQuantity", 2);\n}'
    )
    assert [item.code for item in check(source)].count("alias") == 1


SUPPORTED = {*COMMANDS, *NAMES, *QUIET, "executestring"}
KNOWN = sorted(set(commands()) - SUPPORTED - REFUSED)


def test_every_known_command_is_called_known():
    """None of FlexSim's commands is called unknown, whether it is supported or not."""
    source = "\n".join(f"if (0) {name}();" for name in KNOWN if name not in INVENTED)
    wrong = []
    for line in source.splitlines():
        tree = parse(line).tree
        if tree is None:  # `$iter` and the like are operators rather than names
            continue
        wrong += [x for x in analyse(tree) if x.code != "unsupported" or x.severity != "warning"]

    assert len(KNOWN) > 800
    assert wrong == []


def test_supported_commands_have_signatures():
    without = {name for name in COMMANDS if of_command(name) is None}

    assert without <= {"iff"}


@pytest.mark.parametrize(
    ("text", "arity"),
    [
        ("", Arity(0, 0)), ("num a", Arity(1, 1)), ("num a, num b[, num c]", Arity(2, 3)),
        ("[num a]", Arity(0, 1)), ("str a [, str b, ...]", Arity(1, 10_000)),
        ("obj a [, obj b , num c] ", Arity(1, 3)),
    ],
)  # fmt: skip
def test_signatures_are_read(text, arity):
    assert from_list(text) == arity


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_false_alarm_on_scripts(path):
    source = path.read_text(encoding="utf-8")

    assert findings(source) == []
    assert findings(print_model(execute(source).model)) == []


@pytest.mark.parametrize(
    "source",
    [
        "void f() { total += 1; } int total = 0; f();",
        "int i; for (int i = 0; i < 3; i++) ; i = 2;",
        "int i = 1; while (i) { switch (i) { case 1: i = 0; continue; } }",
        "if (1) int a = 2; print(a);",
        Q + 'q = Object.create("Source"); q.setProperty("InterArrivalTime", 1);',
        'Variant v = "a"; v = [1]; v.push(2);',
        'Object Queue = Object.create("Queue"); Queue.anything = 1; Queue.setProperty("LIFO", 1);',
        Q + 'q.setProperty("ItemPlacement", "do nothing"); q.setProperty("ItemPlacement", "2");',
        Q + 'q.setProperty("Triggers.OnResourceAvailable", "return 1;");',
        Q + 'q.setProperty("SendToPort", "item.Type"); q.setProperty("Location.X", 2);',
        'Object s = Object.create("Separator"); s.setProperty("SplitQuantity", 2);',
        "Map m; m.anything = 1; print(m.other == NULL);",
        "int open(int a) { return a; } print(open(1));",
        "#define N 3\nint a[N]; print(a[N]);",
        'treenode n = Model.find("x"); Object o = n; if (o) o.setLocation(1, 2, 3);',
        "Conveyor.Item item; if (item) print(item.position);",
        'Object f(string kind) { return Object.create(kind); } f("Queue").setLocation(1, 2, 3);',
        "print(current == NULL, STATE_IDLE, PI);",
    ],
)  # fmt: skip
def test_no_false_alarm_on(source):
    assert findings(source) == []
    assert errors(source) == []


@pytest.mark.parametrize("name", CLASSES)
def test_no_false_alarm_on_any_class_with_all_its_defaults(name):
    item = ModelObject("It", name)
    known = CLASSES[name].properties.items()
    item.properties = {prop: value.default for prop, value in known if value.default is not None}

    assert findings(print_model(Model(objects=[item]))) == []


def test_aliases_are_no_errors():
    for owner, alias in ALIASES:
        for name, known in CLASSES.items():
            if owner in (name, known.role):
                source = f'Object o = Object.create("{name}"); o.setProperty("{alias}", 1);'
                assert findings(source) == [], source


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_stops_the_execution_for_its_names_was_foreseen(random):
    """A script that is stopped for an unknown name is one that the analysis complains of."""
    from benchmarks.flexscript_programs import Programs

    source = Programs(random).source()
    result = execute(source)
    stopped = [item for item in result.diagnostics if item.severity == "error"]

    found = {(item.span.line, item.span.column, item.code) for item in findings(source)}

    for item in stopped:
        if item.code in ("name", "unknown", "refused", "unsupported"):
            inside = "executestring" in source or "#define" in source
            assert inside or (item.span.line, item.span.column, item.code) in found, source


def test_a_long_list_of_mistakes_does_not_take_long():
    source = "\n".join(f"unknown{i}(missing{i});" for i in range(20_000))
    started = time.process_time()

    found = findings(source)

    assert len(found) == MOST_FINDINGS
    assert time.process_time() - started < 10
