"""FlexScript while a model runs: values, control flow, limits, and where errors are."""

import re
import time

import pytest

from apps.engines.flexscript import Limits, code_runner, execute
from apps.engines.flexscript.values import FlexArray
from apps.engines.simulation import RunConfig, SimulationCancelled, SimulationError, simulate

from .plant import Plant, value_of

QUICK = Limits(steps=20_000)


def printed(body, limits=QUICK, **labels):
    """What the body prints as OnEntry of a sink, for one item with these labels."""
    plant = Plant()
    source, sink = plant.arrivals(2), plant.add("Sink")
    plant.link(source, sink)
    sink.properties["Triggers.OnEntry"] = value_of(body)
    assignments = "".join(f"item.{name} = {text};" for name, text in labels.items())
    source.properties["Triggers.OnCreation"] = value_of(assignments or "0;")
    return list(plant.run(10, runner=code_runner(limits)).output)


def failure(body, limits=QUICK, **labels):
    with pytest.raises(SimulationError) as caught:
        printed(body, limits, **labels)
    assert caught.value.object == "Sink"
    return caught.value


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("7 / 2", "3"),
        ("-7 / 2", "-3"),
        ("7.0 / 2", "3.5"),
        ("-7 % 3", "-1"),
        ("2 + 3 * 4 - -1", "15"),
        ('"a" + 1 + 2', "a12"),
        ('1 + 2 + "a"', "3a"),
        ('"x" == "x" && 1 < 2', "1"),
        ('NULL == Model.find("Nobody")', "1"),
        ('Model.find("Sink") == current', "1"),
        ("!0 + !5", "1"),
        ("1 || 1 / 0", "1"),
        ('3 > 2 ? "yes" : "no"', "yes"),
        ("Math.max(2, Math.sqrt(9))", "3"),
        ("Math.floor(-1.5)", "-2"),
        ("round(2.5)", "3"),
        ("fmod(7.5, 2)", "1.5"),
        ("minutes(2) + hours(1)", "3720"),
        ('[3, 1, 2].sort().join("-")', "1-2-3"),
        ("getstream(current)", "102"),
        ("current.inObjects[1].name + nrip(current)", "Source1"),
        ("item.subnodes.length", "0"),
        ("item.up == current", "1"),
        ('concat("a", "b")', "ab"),
        ("time()", "2"),
        ("objectexists(NULL)", "0"),
        ("current.as(Object).is(Object)", "1"),
        ("current.rank", "2"),
        ("Array(3).length", "3"),
    ],
)  # fmt: skip
def test_expressions(expression, shown):
    assert printed(f"print({expression});") == [shown]


def test_loops_and_jumps():
    body = """
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            if (i == 2) continue;
            if (i > 5) break;
            switch (i) { case 3: continue; default: sum += 100; }
            sum += i;
        }
        while (1) { sum++; if (sum > 410) break; }
        print(sum);"""

    # i = 0, 1, 4, 5: 400 + 10, and one round of the other loop
    assert printed(body) == ["411"]


def test_cases_fall_through_to_the_default():
    body = """
        string s = "";
        for (int i = 1; i <= 4; i++)
            switch (i) {
                case 1: s += "a"; break;
                case 2: s += "b";
                default: s += "d";
                case 3: s += "c";
            }
        print(s);"""

    assert printed(body) == ["abdccdc"]


def test_functions_see_outer_variables_and_recurse():
    body = """
        #define START 5
        int calls = 0;
        int factorial(int n) {
            calls++;
            if (n <= 1) return 1;
            return n * factorial(n - 1);
        }
        double half(int n) { return n / 2.0; }
        print(factorial(START), calls, half(3.9));"""

    assert printed(body) == ["120 5 1.5"]


def test_blocks_have_variables_of_their_own():
    assert printed("int x = 1; { int x = 2; x++; } print(x);") == ["1"]


def test_variables_keep_their_type():
    assert printed("int x = 2.9; x += 1.8; double y = 1; print(x, y / 2);") == ["3 0.5"]


def test_steps_before_and_after():
    assert printed('int x = 1; int a[] = {x++, x, ++x, x--}; print(a.join(" "), x);') == [
        "1 2 3 3 2"
    ]


def test_chained_and_compound_assignment_of_labels():
    body = "item.a = item.b = 4; item.a *= 2; item.list = [1, 2]; item.list[2] -= 5;"

    assert printed(body + "print(item.a, item.b, item.list[2]);") == ["8 4 -3"]


def test_labels_by_name_with_a_default():
    body = 'item.labels.assert("n", 3).value += 1; print(item.labels["n"].value, item.n);'

    assert printed(body) == ["4 4"]


def test_global_tables():
    plant = Plant()
    sink = plant.add(
        "Sink",
        **{
            "Triggers.OnEntry": """
        Table t = Table("Mix");
        t[1][2] += 1;
        print(t.numRows, t[1][2], t[2][1], dempirical("Mix"));"""
        },
    )
    plant.link(plant.arrivals(2, 3), sink)
    plant.model.tables["Mix"] = [[100, 7], [0, 9]]

    result = plant.run(10, runner=code_runner(), replications=2)

    assert result.output == ("2 8 0 8", "2 9 0 9")  # the second replication starts afresh
    assert plant.model.tables["Mix"] == [[100, 7], [0, 9]]


def test_maps():
    body = 'Map m; m["k"] = 2; m.j = 3; print(m.k + m["j"], m.keys.length);'

    assert printed(body) == ["5 2"]


def test_comments_of_pick_lists_are_read_over():
    body = "print(/***tag:x*//**/item.Type/**/ + /***popup:Y*/ 1)/**/;"

    assert printed(body, Type=4) == ["5"]


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("return item.Type;", "line 1, column 8", "no member or label “Type”"),
        ("int x = 1;\n  x = x / 0;", "line 2, column 7", "Division by zero"),
        ("int f() {\n  return 5 % 0;\n}\nf();", "line 2, column 10", "Division by zero"),
        ("return 1 +;", "line 1, column 11", "Unexpected “;”"),
        ("if (1) {\n  print(y);\n}", "line 2, column 9", "“y” is not declared"),
        ("x = 3;", "line 1, column 1", "“x” is not declared"),
        ("print(1);\nsimtime();", "line 2, column 1", "does not exist"),
        ('runprogram("sh");', "line 1, column 1", "refused"),
        ("current.outObjects[3].name;", "line 1, column 1", "no item 3"),
        ('Object o = Model.find("No");\nprint(o.name);', "line 2, column 7", "asked of NULL"),
        ("item.name - 1;", "line 1, column 1", "number is needed"),
        ("duniform(1);", "line 1, column 1", "duniform() cannot take"),
        ("normal(1, -5);", "line 1, column 1", "negative spread"),
        ("Math.sqrt(-1);", "line 1, column 1", "Math.sqrt"),
        ("break;", "line 1, column 1", "nothing to break"),
        ('Object.create("Queue");', "line 1, column 1", "cannot be created"),
        ("current.setLocation(1, 2, 3);", "line 1, column 1", "not possible while"),
        ('current.setProperty("Pull", 1);', "line 1, column 1", "cannot change"),
        ("int f(int a) { return a; }\nf(1, 2);", "line 2, column 1", "takes 1 arguments"),
    ],
)  # fmt: skip
def test_errors_say_where_and_what(body, place, message):
    error = failure(body)

    assert error.message.startswith(f"OnEntry, {place}: ")
    assert message in error.message


def test_an_expression_alone_counts_its_columns_from_its_own_start():
    plant = Plant()
    mill = plant.add("Processor", "Mill", ProcessTime="1 + item.Nothing")
    plant.link(plant.arrivals(0), mill, plant.add("Sink"))

    with pytest.raises(SimulationError, match=r"Mill: ProcessTime, line 1, column 5: .*Nothing"):
        plant.run(10, runner=code_runner())


def test_a_mistyped_member_gets_a_suggestion():
    assert failure("print(current.outObject[1]);").hint == "Did you mean “outObjects”?"


def test_a_port_that_is_no_number_is_an_error():
    plant = Plant()
    queue = plant.add("Queue", SendToPort='return "left";')
    plant.link(plant.arrivals(0), queue, plant.add("Sink"))

    with pytest.raises(SimulationError, match="SendToPort gave no number"):
        plant.run(10, runner=code_runner())


# Limits


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("while (1) { }", "stopped after 20,000 rounds"),
        ("for (;;) { continue; }", "stopped after 20,000 rounds"),
        ("int f() { return f(); } f();", "too deeply"),
        ('string s = "ab"; while (1) s += s;', "string grew too long"),
        ("double x = 10; while (1) x = x * x;", "stopped after"),
        ("int x = 10; while (1) x = x * x;", "too large|not finite"),
        ("Array a = Array(200000);", "is not possible"),
        ('while (1) executestring("int a = 1;");', "stopped after"),
        ('int i; while (1) { i++; executestring("int a = " + i + ";"); }', "stopped after"),
        ('executestring("while (1) { }");', "stopped after 20,000 rounds"),
        ('while (1) executestring("for (int i = 0; i < 100; i++) { }");', "stopped after"),
        ('current.t = "executestring(current.t);"; executestring(current.t);', "depth|deeply"),
        ("while (1) { setrank(item, 1); item.rank = 2; }", "stopped after 20,000 rounds"),
    ],
)  # fmt: skip
def test_what_never_ends_is_stopped(body, message):
    assert re.search(message, failure(body).message)


def test_an_array_cannot_grow_without_bound():
    error = failure("Array a; while (1) a.push(1);", Limits(seconds=60))

    assert "array grew too large" in error.message


def test_an_endless_loop_ends_the_run_in_time():
    started = time.process_time()

    error = failure("while (1) { }", Limits(steps=10**12, seconds=0.3))

    assert "stopped after 0.3 s" in error.message
    assert "Does a loop never end?" in error.hint
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "body",
    [
        "Array a; while (1) a.push(Array(100000));",
        'string s = "0123456789"; for (int i = 0; i < 15; i++) s += s; while (1) [s + 1];',
        "Array a = Array(50000); Array b; while (1) b.push(a.clone());",
        'int i; while (1) { i++; setlabel(item, "x" + i, 1); }',
        "while (1) senddelayedmessage(current, 5, current);",
    ],
)
def test_memory_is_bounded(body):
    found = failure(body, Limits()).message

    assert re.search("stopped after|too many labels|messages wait", found)


def test_a_slow_trigger_ends_with_the_run_s_time():
    plant = Plant()
    sink = plant.add("Sink", **{"Triggers.OnEntry": "while (1) { }"})
    plant.link(plant.arrivals(2), sink)
    started = time.process_time()

    with pytest.raises(SimulationError, match="the run took too long"):
        plant.run(10, runner=code_runner(Limits(steps=10**12, seconds=60)), max_seconds=0.3)

    assert time.process_time() - started < 5


def test_a_run_can_be_cancelled_inside_a_trigger():
    plant = Plant()
    sink = plant.add("Sink", **{"Triggers.OnEntry": "while (1) { }"})
    plant.link(plant.arrivals(2), sink)
    answers = iter([False, False, True])

    with pytest.raises(SimulationCancelled):
        simulate(
            plant.model,
            RunConfig(10),
            runner=code_runner(Limits(steps=10**12)),
            should_stop=lambda: next(answers),
        )


def test_an_array_that_holds_itself_can_be_a_label():
    plant = Plant()
    sink = plant.add("Sink", **{"Triggers.OnEntry": "print(current.loop[1][1].length);"})
    plant.link(plant.arrivals(2), sink)
    sink.labels["loop"] = loop = FlexArray([])
    loop.items.append(loop)

    assert plant.run(10, runner=code_runner()).output == ("1",)


def test_printing_is_bounded():
    lines = printed('for (int i = 0; i < 3000; i++) mpt("x" + i);')

    assert len(lines) == 1000
    assert lines[-1] == "x999"


def test_deep_nesting_is_refused_not_crashed_on():
    error = failure("return " + "1 + " * 20_000 + "1;")

    assert "nested too deeply" in error.message


@pytest.mark.parametrize(
    "body",
    [
        "return __import__;",
        "return current.__class__;",
        "return current.sim.clock;",
        "return item.station;",
        "current.labels.owner;",
        "Math.__init__();",
        "[1].__len__();",
        'exec("1");',
    ],
)  # fmt: skip
def test_code_reaches_nothing_of_the_program_below(body):
    assert failure(body).message


def test_a_label_s_node_is_null_where_there_is_no_such_label():
    body = """
        if (item.labels["x"]) print("there"); else print("missing");
        item.labels["x"].value = 3;
        print(item.labels["x"] ? 1 : 2, NULL == item.labels["x"] ? 1 : 2, item.x);"""

    assert printed(body) == ["missing", "1 2 3"]


def test_a_request_to_the_network_is_refused_in_a_run():
    assert "Http.Request is refused" in failure('Http.Request r; r.host = "a";').message


def test_ports_at_the_other_end():
    body = "print(opipno(current.inObjects[1], 1), ipopno(current, port), ipopno(current, 2));"

    assert printed(body) == ["1 1 0"]


def test_the_date_counts_from_the_start_of_the_model():
    executed = execute("""
        Object source = Object.create("Source"); Object sink = Object.create("Sink");
        contextdragconnection(source, sink, "A"); source.setProperty("InterArrivalTime", 4);
        DateTime start = DateTime("1/1/2024 08:00:00", "%m/%d/%Y %H:%M:%S");
        function_s(getmodelunit(START_TIME_NODE), "setDateTime", start);
        sink.setProperty("Triggers.OnEntry", "print(Model.dateTime.toString());");
    """)

    result = simulate(executed.model, RunConfig(5), runner=code_runner())

    assert list(result.output) == ["01/01/2024 08:00:04"]
