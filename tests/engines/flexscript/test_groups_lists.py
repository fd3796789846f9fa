"""Groups, lists, table laws, bits and the like: what people write that is less common."""

import pytest

from apps.engines.flexscript import check, code_runner, execute, format_source, parse, print_model
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.experiment_runs import flatten, unflatten
from apps.engines.simulation.model import CodeValue

from .helpers import SETUP, error, printed, value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("6 & 3", "2"), ("6 | 3", "7"), ("6 ^ 3", "5"), ("~6", "-7"), ("1 << 4", "16"),
        ("256 >> 2", "64"), ("-8 >> 1", "-4"), ("1 | 2 ^ 3 & 5", "3"), ("5 & 4 == 4", "1"),
        ("1 + 1 << 2", "8"), ("1 << 2 < 5", "1"), ("1 << 63", "-9223372036854775808"),
        ("2.9 | 4.1", "6"), ("~~5", "5"), ("1 && 2 | 0", "1"),
    ],
)  # fmt: skip
def test_bits(expression, expected):
    assert value(expression) == expected


def test_bits_are_assigned_and_formatted():
    source = "int f = 1; f |= 6; f &= ~1; f ^= 3; f <<= 3; f >>= 1; print(f);"

    assert printed(source) == ["20"]
    assert "f &= ~1;" in format_source(source)
    assert format_source("a=~1<<2|x.l?^3;") == "a = ~1 << 2 | x.l? ^ 3;\n"


@pytest.mark.parametrize("count", ["64", "-1"])
def test_bits_move_by_less_than_a_word(count):
    found = error(f"print(1 << {count});")

    assert found.message == f"Bits cannot be moved by {count} places."
    assert found.hint == "Give a number from 0 to 63."


def test_a_for_has_several_counters():
    assert printed("int s; for (int i = 0, j = 10; i < j; i++, j--) s += j; print(s);") == ["40"]
    assert printed("int i; int j; for (i = 0, j = 3; i < j; i++, j--) print(i, j);") == [
        "0 3", "1 2",
    ]  # fmt: skip
    assert format_source("for(i=0,j=1;i<3;i++,j--){}") == "for (i = 0, j = 1; i < 3; i++, j--) {}\n"
    assert parse("a = 1, b = 2;").tree is None


GROUP = 'Group g = Group("Team"); g.addMember(queue); g.addMember(machine); g.addMember(queue);'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("g.length", "2"), ("g[2].name", "Processor"), ("g.indexOf(machine)", "2"),
        ("g.indexOf(source)", "-1"), ("g.toFlatArray().length", "2"),
        ('Group("Other").length', "0"), ('groupmember("Team", 1)', "Queue"),
        ('groupnummembers("Team")', "2"), ("g.removeMember(queue) + g.length", "2"),
        ("g.removeMember(1) + g[1].name", "1Processor"),
        ('groupaddmember("Team", source) + g.length', "4"),
    ],
)  # fmt: skip
def test_groups(expression, expected):
    assert value(expression, GROUP) == expected


def test_groups_say_what_is_wrong():
    assert error('Group("G").add(1);').hint.startswith("Groups have addMember")
    assert "An object is needed here, not NULL" in error('Group("G").addMember(NULL);').message


def test_a_group_is_printed_copied_and_left_by_what_is_destroyed():
    model = execute(f"{SETUP}{GROUP} source.destroy();").model
    again = execute(print_model(model)).model
    copied = unflatten(flatten(model))
    machine = 'Model.find("Processor").destroy();'

    for one in (model, again, copied):
        assert [member.name for member in one.groups["Team"]] == ["Queue", "Processor"]
    left = execute(f"{SETUP}{GROUP} {machine}").model
    assert [member.name for member in left.groups["Team"]] == ["Queue"]


def test_code_that_runs_sees_groups():
    model = execute(f"{SETUP}contextdragconnection(source, queue);").model
    model.groups["G"] = [model.find("Queue")]
    model.find("Queue").properties["Triggers.OnEntry"] = CodeValue("""
        Group g = Group("G");
        if (g.length == 1) g.addMember(Model.find("Processor"));
        print(g.length, g[1].name, g[1] == current, g.indexOf(current));""")
    config = RunConfig(60.0, replications=2)

    result = simulate(model, config, runner=code_runner())

    assert set(result.output) == {"2 Queue 1 1"}
    assert len(model.groups["G"]) == 1


def test_lists_while_a_model_is_built():
    assert printed(
        'List l = List("L"); l.push(3); l.push("x"); print(l.entries().length, l.pull());'
        'print(List("L").pull(), l.pull() == NULL); listpush("L", 1); print(listpull("L"));'
        'l.push(1); l.push(2); print(l.pull("", 3) == NULL, l.pull("", 2).length);'
    ) == ["2 3", "x 1", "1", "1 2"]
    assert error('List("L").pull("WHERE Type == 1");').code == "unsupported"
    assert error('List("L").put(1);').hint == "Lists have push, pull, entries."


def test_a_distribution_of_a_table_is_stored_as_code():
    model = execute(
        'Table t = Table("Mix"); Object p = Object.create("Processor");'
        'p.setProperty("ProcessTime", empirical("Mix"));'
        'p.setProperty("SetupTime", dempirical(t, 1));'
    ).model

    properties = model.find("Processor").properties
    assert properties["ProcessTime"] == CodeValue('empirical("Mix")')
    assert properties["SetupTime"] == CodeValue('dempirical("Mix")')
    assert "needs a global table" in error("print(empirical(3));").message


def test_names_of_tasks_and_sequences():
    result = execute(
        'Object o = Object.create("Operator"); print(TASKTYPE_TRAVEL, TASKTYPE_LOAD);'
        "treenode ts = createemptytasksequence(o, 0, 0); inserttask(ts, TASKTYPE_TRAVEL, o);"
        "TaskSequence s = TaskSequence.create(o, 0, 0); s.addTask(TASKTYPE_DELAY, NULL, NULL, 5);"
        "s.dispatch();"
    )

    assert result.output == ["1 2"]
    assert [item.message for item in result.diagnostics] == [
        "A task sequence that is made while the model is built is never carried out."
    ]


@pytest.mark.parametrize(
    "source",
    [
        """Object c = Object.create("Combiner"); Object s = Object.create("Source");
        contextdragconnection(s, c, "A"); contextdragconnection(s, c, "A");
        Table t = getvarnode(c, "componentlist"); t.setSize(1, 1); t[1][1] = 4;
        print(c.getProperty("ComponentsList")[1][1]);""",
        """Object c = Object.create("Combiner"); Object s = Object.create("Source");
        for (int n = 1; n <= 3; n++) contextdragconnection(s, c, "A");
        Table t = c.getProperty("ComponentsList"); t[2][1] = 4;
        settablenum(getvarnode(c, "componentlist"), 1, 1, t[1][1] - 1);
        print(gettablenum(getvarnode(c, "componentlist"), 1, 1) + t[2][1]);""",
        'Table t = Table("T"); t.setSize(2, 2); t[1]["Col 2"] = 4; print(t["Row 1"][2]);',
        "Model.parameters.P = 4; print(Model.parameters.P.value);",
    ],
)
def test_tables_and_parameters(source):
    assert printed(source) == ["4"]


def test_a_reference_may_be_a_path():
    source = """Object p = Object.create("Processor"); Object o = Object.create("Operator");
        p.setProperty("OperatorRef", "/Operator");"""

    assert execute(source).model.find("Processor").properties["OperatorRef"] == CodeValue(
        "Operator"
    )
    assert not [item for item in check(source) if "parse" in item.message]


def test_headers_move_with_their_rows_and_columns():
    script = """Table t = Table("T"); t.setSize(2, 2);
        t.setColHeader(1, "A"); t.setColHeader(2, "B"); t.setRowHeader(2, "Last");
        t["Last"]["B"] = 7; t.addCol(1); t.addRow(1); print(t["Last"]["B"], t[3][3]);
        t.deleteCol(1); t.deleteRow(1); print(t["Last"]["B"], t[2][2]);"""

    assert printed(script) == ["7 7", "7 7"]
