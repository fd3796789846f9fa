"""The language piece by piece: an expression or a few statements, and what they print."""

import re

import pytest

from apps.engines.flexscript import execute, parse, print_model

from .helpers import error, printed, value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("7 / 2", "3"), ("-7 / 2", "-3"), ("7.0 / 2", "3.5"), ("-7 % 3", "-1"), ("7.5 % 2", "1.5"),
        ("1 + 2 * 3 - 4 / 2", "5"), ("(1 + 2) * 3", "9"), ("2 - 3 - 4", "-5"), ("0x1F", "31"),
        ("1e3", "1000"), (".5 + 1.", "1.5"), ("9223372036854775807 * 2", "1.8446744073709552e+19"),
        ('1 + 2 + "3"', "33"), ('"3" + 1 + 2', "312"), ('"a" + NULL', "a"), ('"x" + 2.50', "x2.5"),
        ('"b" == "b"', "1"), ('"b" == "B"', "0"), ('"abc" < "abd"', "1"), ("1 == 1.0", "1"),
        ("!0", "1"), ("!5", "0"), ("- -3", "3"), ("+4", "4"), ("1 && 0", "0"), ("0 || 2", "1"),
        ("1 < 2 == 1", "1"), ("1 ? 2 : 3", "2"), ("0 ? 1 : 0 ? 2 : 3", "3"),
        ("NULL == nothing", "1"), ("nothing ? 1 : 2", "2"), ("queue ? 1 : 2", "1"),
        ("queue == queue", "1"), ("queue == source", "0"), ("queue != NULL", "1"),
        ("true + true", "2"), ("string.fromNum(2.345, 1)", "2.3"), ("string.fromNum(7)", "7"),
        ("Math.max(3, 9)", "9"), ("Math.round(2.5)", "3"), ("Math.sqrt(16)", "4"),
        ("maxof(2, 5)", "5"), ("fmod(7, 4)", "3"), ("hours(2)", "7200"), ("minutes(1.5)", "90"),
        ("Math.pi > 3.14 && Math.pi < 3.15", "1"), ("1 /* x */ + // y\n 2", "3"),
    ],
)  # fmt: skip
def test_expressions(expression, expected):
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a.length", "4"), ("a[1]", "3"), ("a[a.length]", "4"), ("a.push(9)", "5"),
        ("a.pop()", "4"), ("a.shift()", "3"), ('a.join("-")', "3-1-2-4"), ("a.indexOf(2)", "3"),
        ("a.indexOf(7)", "-1"), ("a.sort()[1]", "1"), ("a.concat([8, 9]).length", "6"),
        ('a.splice(2, 2).join(",")', "1,2"), ("a.append([5, 6]).length", "6"),
        ('a.clone().fill(0).join("")', "0000"), ('a.reverse().join("")', "4213"),
        ("Array(3).length", "3"), ("Array(2)[1] == NULL", "1"), ("[1, [2, 3]][2][1]", "2"),
        ("[].pop() == NULL", "1"), ("a.unshift(7)", "5"),
    ],
)  # fmt: skip
def test_arrays(expression, expected):
    assert value(expression, "Array a = [3, 1, 2, 4];") == expected


def test_arrays_are_shared_and_vectors_are_not():
    assert printed(
        "Array a = [1]; Array b = a; b[1] = 5; print(a[1]);"
        "Vec3 v = Vec3(1, 2, 3); Vec3 w = v; w.x = 9; print(v.x, w.x);"
    ) == ["5", "1 9"]


def test_arrays_of_declared_kinds_begin_with_their_zero():
    assert printed(
        'int n[2]; string s[2]; Object o[1]; print(n[2], s[1] == "", o[1] == NULL);'
    ) == ["0 1 1"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('m["a"]', "1"), ("m.a", "1"), ('m["none"] == NULL', "1"), ("m.keys.length", "2"),
        ("m.values[2]", "2"), ('m.find("b")', "2"), ('m.remove("a") + m.keys.length', "2"),
        ("m.length", "2"), ("(m.c = 7) + m.c", "14"), ("(m[3] = 4) + m[3]", "8"),
    ],
)  # fmt: skip
def test_maps(expression, expected):
    assert value(expression, 'Map m; m["a"] = 1; m.b = 2;') == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("t.numRows", "2"), ("t.numCols", "3"), ("t[2][3]", "6"), ('t[2]["qty"]', "6"),
        ("t.addRow().numRows", "3"), ("t.addCol().numCols", "4"), ("t.clear().numRows", "0"),
        ("t.deleteRow(1)[1][1] == NULL", "1"), ('Table("Plan").numRows', "2"),
        ('gettablenum("Plan", 2, 3)', "6"), ("t.setSize(5, 1).numRows", "5"),
    ],
)  # fmt: skip
def test_tables(expression, expected):
    before = 'Table t = Table("Plan"); t.setSize(2, 3); t.setColHeader(3, "qty"); t[2][3] = 6;'
    assert value(expression, before) == expected


def test_a_schedule_is_written_through_a_table():
    model = execute(
        'Object s = Object.create("Source"); Table t = s.getProperty("ArrivalSchedule");'
        't.setSize(1, 3); t[1][1] = 5; t[1][2] = "Box"; t[1][3] = 2;'
    ).model
    assert model.objects[0].properties["ArrivalSchedule"].value == ((5, "Box", 2),)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("v.x + v.y * v.z", "7"), ("(v + Vec3(1, 1, 1)).z", "4"), ("(v * 2).y", "4"),
        ("(2 * v).y", "4"), ("(-v).x", "-1"), ("v == Vec3(1, 2, 3)", "1"), ("v", "Vec3(1, 2, 3)"),
        ("Vec2(3, 4).magnitude()", "5"), ("Color(1, 0, 0).r", "1"), ("Color.red.r", "1"),
        ("(queue.location = v).z", "3"), ("queue.size.x", "2"),
    ],
)  # fmt: skip
def test_vectors(expression, expected):
    assert value(expression, "Vec3 v = Vec3(1, 2, 3);") == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"abcd".length', "4"), ('"abcd".substr(2, 2)', "bc"), ('" 4 ".toNum() + 1', "5"),
        ('"a,b".split(",")[2]', "b"), ('"aXa".replace("X", "-")', "a-a"),
        ('"abc".toUpperCase()', "ABC"),
        ('stringlen("abc")', "3"), ('stringtonum("2.5")', "2.5"), ('concat("a", 1)', "a1"),
        (r'"tab\tq\"b\\"', 'tab\tq"b\\'), ('"one \\\ntwo"', "one two"), ("'A'", "A"),
        ('"abc"[2]', "b"),
    ],
)  # fmt: skip
def test_strings(expression, expected):
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("int a = 1, b = 2; a = b = 5; print(a, b);", "5 5"),
        ("int i = 1; print(i++, i, ++i, i--, --i);", "1 2 3 3 1"),
        ("int i = 7.9; i += 1.5; i /= 2; print(i);", "4"),
        ("double d = 1; d -= 3; d *= 2; print(d / 4);", "-1"),
        ('string s = "a"; s += 1; s += "b"; print(s);', "a1b"),
        ("int n = 0; for (;;) { if (++n == 4) break; } print(n);", "4"),
        ("int n = 0; for (int i = 1; i <= 5; i++) { if (i % 2) continue; n += i; } print(n);", "6"),
        ("int n = 3; while (n) n--; print(n);", "0"),
        ("int i = 9; { int i = 1; i++; } print(i);", "9"),
        (('switch ("b") { case "a": print(1); case "b": print(2); case "c": print(3); break; '
         "default: print(4); }"), "2 3"),
        ("switch (9) { case 1: print(1); break; default: print(0); }", "0"),
        ("if (0) print(1); else if (0) print(2); else print(3);", "3"),
        ("int f(int a, int b) { return a * b; } print(f(2.9, 3));", "6"),
        ("print(g()); int g() { return 4; }", "4"),
        ("int total = 0; void add(int n) { total += n; } add(2); add(3); print(total);", "5"),
        ('#define N 3 // three\n#define TEXT "a // b"\nprint(N * 2, TEXT);', "6 a // b"),
        ("int x = 0; if (0 && (x = 1)) {} if (1 || (x = 2)) {} print(x);", "0"),
        ('executestring("print(6 * 7);");', "42"),
        ('Variant v = 1; v = "text"; v = [1, 2]; print(v.length);', "2"),
        ("int Queue = 1; int queue = 2; print(Queue, queue);", "1 2"),
        ("Array x = [1, 2,\n  3]; print(x.length); ;;", "3"),
        ('print("before"); return "done"; print("after");', "before"),
    ],
)  # fmt: skip
def test_statements(script, expected):
    assert " ".join(printed(script)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("nothing?.name == NULL", "1"), ("queue?.name", "Queue"), ("queue.colour? == NULL", "1"),
        ("queue.kind?", "7"), ("queue.kind ? 1 : 2", "1"), ("queue.none? ? 1 : 2", "2"),
        ('nothing?.getProperty("MaxContent") == NULL', "1"), ("0?.5:1", "1"),
        ("queue.as(Object).name", "Queue"), ("queue.is(Object)", "1"), ("(5).is(Object)", "0"),
        ("queue.is(Conveyor.Item)", "0"), ('queue.labels["kind"].value', "7"),
        ('queue.labels["no"] == NULL', "1"), ('queue.labels.assert("n", 3).value', "3"),
        ('queue.labels.assert("kind", 3).value', "7"), ('getlabel(queue, "kind")', "7"),
    ],
)  # fmt: skip
def test_null_labels_and_casts(expression, expected):
    assert value(expression, "queue.kind = 7;") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Queue", "1"), ("/Queue", "1"), ("MODEL:/Queue", "1"), ("MODEL:Queue", "1"),
        ("?Queue", "1"),
        ("Queue~1", "1"), ("Queue~2", "0"), ("2", "1"), ("7", "0"), ('\\"Queue\\"', "1"),
        ("Queue1", "1"), ("Tools/Queue", "1"), ("queue", "0"), ("VIEW:/Queue", "0"), ("", "0"),
        ("Source/../Queue", "1"),
    ],
)  # fmt: skip
def test_paths(path, expected):
    assert value(f'Model.find("{path}") == queue') == expected


def test_attribute_paths_reach_tree_variables_and_labels():
    script = (
        'Object p = Object.create("Processor"); p.kind = 3;'
        'setnodenum(node(">variables/cycletime", p), 12);'
        'print(p.getProperty("ProcessTime"), p.find(">labels/kind").value);'
    )
    assert printed(script) == ["12 3"]


COMMENTED = [
    'Object q = Object.create("Queue"); q.setLocation(1, -2, 3.5); print(q.location.y, q.name);',
    "int a[] = {1, 2}; for (int i = 1; i <= a.length; i++) { a[i] *= 2; } print(a[1] + a[2]);",
    ("Conveyor.Item x; int y = x ? 1 : 2;"
    "switch (y) { case 2: print(y--, -y, !y); break; default: ; }"),
    'Map m; m["k"] = [1, 2]; print(m?.k[2], m.z? == NULL);',
    "int f(int n) { if (n < 2) return 1; else return n * f(n - 1); } print(f(5));",
]  # fmt: skip
TOKEN = re.compile(r'"[^"]*"|[A-Za-z_]\w*|\d+\.?\d*|\?\.|[-+*/%<>=!]=|\+\+|--|&&|\|\||\S')


@pytest.mark.parametrize("comment", ["/**/", "/***popup:X*/ ", " // to the end\n", '/* ( " */'])
@pytest.mark.parametrize("script", COMMENTED)
def test_comments_may_stand_between_any_two_tokens(script, comment):
    commented = comment + comment.join(TOKEN.findall(script)) + comment

    assert printed(commented) == printed(script)


def test_pick_list_code_parses():
    code = (
        "return /***tag:distribution*//**/exponential/**//**/(/**/0, 10, getstream(current)"
        "/**/)/**/;"
    )
    assert parse(code).diagnostics == []


def test_a_long_chain_is_not_a_deep_one():
    terms = " + ".join(["1"] * 3000)
    chain = " else ".join(f"if (x == {i}) x = {i + 1};" for i in range(1, 400))
    assert printed(f"print({terms}); int x = 399; {chain} print(x);") == ["3000", "400"]


def test_break_outside_of_a_loop_is_an_error():
    assert "no loop" in error("if (1) break;").message
    assert "no loop" in error("void f() { continue; } while (1) f();").message


def test_factors_of_a_location_say_which_point_is_meant():
    """A queue is 2 x 2 m: its centre at (10, 5) puts the upper left corner at (9, 6)."""
    assert printed(
        'Object q = Object.create("Queue"); q.setLocation(10, 5, 0, 0.5, 0.5, 0);'
        "print(q.location); print(q.getLocation(0.5, 0.5, 0)); print(q.getLocation(1, 1, 0));"
    ) == ["Vec3(9, 6, 0)", "Vec3(10, 5, 0)", "Vec3(11, 4, 0)"]


def test_dimensions_of_a_rack_are_a_map():
    source = (
        'Object r = Object.create("Rack"); Map d = r.getProperty("Dimensions");'
        'd.NumBays = 5; d["NumLevels"] = 3; r.setProperty("Dimensions", d);'
        'print(r.getProperty("Dimensions").NumBays, r.getProperty("Dimensions").keys.length);'
    )
    assert printed(source) == ["5 2"]
    again = execute(print_model(execute(source).model)).model
    assert again.to_json() == execute(source).model.to_json()
