"""The language and the core of its library, statement by statement of their description."""

import pytest

from apps.engines.flexscript import check, execute, parse

from .helpers import error, printed

NEW = (
    'Object q = Object.create("Queue"); Object s = Object.create("Source");\n'
    'Object p = Object.create("Processor");\n'
)

LANGUAGE = [
    ("/*a*/int/*b*/x/*c*/=/*d*/1/*e*/+/*f*/2/*g*/;/*h*/print/*i*/(/*j*/x/*k*/)/*l*/;", "3"),
    ('print("a\\nb\\t\\"c\\"\\\\");', 'a\nb\t"c"\\'),
    ('print("one \\\ntwo");', "one two"),
    ('print("n" + 5, 1 + 2 + "a", "a" + 1.5);', "n5 3a a1.5"),
    ("print(string.fromNum(5), string.fromNum(5.126, 2));", "5 5.13"),
    ("Object x; print(x == NULL); if (x) print(1); else print(0);", "1|0"),
    ('Array a = [1, "a", [2]]; print(a[3][1], Array(5).length);', "2 5"),
    ('Array a = [3, 1, 2]; a.sort(); print(a.join(","), a.indexOf(2));', "1,2,3 2"),
    ("Array a = [1]; a.push(2, 3); print(a.length, a.pop(), a.shift(), a.length);", "3 3 1 1"),
    ("Array a = [1]; a.append([2, 3]); print(a.concat([4]).length, a.length);", "4 3"),
    ('Array a = [1, 2, 3, 4]; a.splice(2, 2); print(a.join("-"));', "1-4"),
    ("Array a = [1]; Array b = a; b.push(2); a.clone().push(9); print(a.length);", "2"),
    ("Array a = Array(3).fill(7); print(a[2]);", "7"),
    ('string a[] = {"x", "y"}; int n[3]; print(a[2], n[1]);', "y 0"),
    ('Map m; m["k"] = 1; m.k += 2; print(m.k, m["k"], m.find("k"));', "3 3 3"),
    ('Map m; m.a = 1; m.b = 2; print(m.values[2]); m.remove("a"); print(m.keys[1]);', "2|b"),
    ("print(7 / 2, 7.0 / 2, 7 % 4, 2 * 3, 7 - 10, -7 / 2);", "3 3.5 3 6 -3 -3"),
    ('print("a" == "a", "a" != "b", 1 && 0, 1 || 0, !1, 2 >= 2);', "1 1 0 1 0 1"),
    ("int a = 5; a += 2; a -= 1; a *= 3; a /= 2; print(a);", "9"),
    ("int a; int b; a = b = 4; print(a, b, a++, ++b, a--, --b);", "4 4 4 5 5 4"),
    ("print(1 ? 2 ? 3 : 4 : 5); Object x; print(x?.name == NULL);", "3|1"),
    (NEW + "print(q.Foo? == NULL); q.Foo = 3; print(q.Foo, q.Foo?);", "1|3 3"),
    (("int t; for (int i = 1; i <= 10; i++) { if (i == 3) continue; if (i == 6) break; t += i; }"
     "print(t);"), "12"),
    ("int i = 0; while (i < 5) i++; print(i);", "5"),
    ("switch (2) { case 1: print(1); case 2: print(2); case 3: print(3); break; default: ; }",
     "2|3"),
    ('switch ("b") { case "a": print(1); break; case "b": print(2); }', "2"),
    ('#define N 5\n#define NAME "abc"\nprint(N * 2, NAME);', "10 abc"),
    ("int f(int n) { return n < 2 ? 1 : n * f(n - 1); } void g() { print(f(5)); } g();", "120"),
    ('Object Queue = Model.find("Queue"); int abc = 1; int ABC = 2; print(Queue, abc, ABC);',
     " 1 2"),
    (NEW + "treenode n = q; Object o = n; print(o.name, n.as(Object).is(Object));", "Queue 1"),
    ("Conveyor.Item i; Storage.Object o; AGV.ControlPoint c; Http.Request r; print(1);", "1"),
    ('executestring("print(5);");', "5"),
    ("Vec3 v = Vec3(1, 2, 2); Vec3 w = v + Vec3(1, 1, 1); print(w.x, (v * 2).y, v.magnitude);",
     "2 4 3"),
    (('Table t = Table(2, 2); t.setColHeader(1, "A"); t[1]["A"] = 4; t.addRow();'
     "print(t[1][1], t.numRows, t.numCols);"), "4 3 2"),
    (('DateTime d = DateTime("1/2/2024 08:30:05", "%m/%d/%Y %H:%M:%S");'
     "print(d.year, d.month, d.day, d.hour, d.minute, d.second, d.dayOfWeek);"),
     "2024 1 2 8 30 5 2"),
    ('DateTime d = DateTime(2024, 1, 31, 23, 59) + 60; print(d.toString("%Y-%m-%d"));',
     "2024-02-01"),
    ("print(DateTime(2024, 1, 2) - DateTime(2024, 1, 1), DateTime(5) > DateTime(4));", "86400 1"),
]  # fmt: skip

OBJECTS = [
    ("q.location.x = 5; print(q.location.x, q.size.x);", "5 2"),
    ("q.setLocation(1, 2, 3, 0.5, 0.5, 0); print(q.location.y, q.getLocation(0.5, 0.5, 0).x);",
     "3 1"),
    ("q.setSize(1, 2, 3); q.setRotation(0, 0, 90); print(q.size.y, q.rotation.z);", "2 90"),
    (('contextdragconnection(s, q, "A"); contextdragconnection(q, p, \'S\');'
     "print(q.inObjects[1].name, s.outObjects.length, p.centerObjects.toArray().length);"),
     "Source 1 1"),
    ('contextdragconnection(s, q, "A"); contextdragconnection(s, q, "Q"); print(nrop(s));', "0"),
    ('q.labels.assert("x", 4); print(q.labels["x"].value, q.x);', "4 4"),
    ("print(q.rank, model().subnodes[1].name, model().last.name, q.next.name, s.prev.name);",
     "1 Queue Processor Source Queue"),
    ('print(q.find("../Source").name, Model.find("MODEL:/Source").name, Model.find("2").name);',
     "Source Source Source"),
    (('print(node("MAIN:/project/model/Source") == s, node("/Source", model()) == s,'
     'Model.find("Source1").name, Model.find("?Queue").name);'), "1 1 Source Queue"),
    ('p.setProperty("ProcessTime", [5, "min"]); print(p.getProperty("ProcessTime"));', "300"),
    (('p.setProperty("Location.X", 3); p.setProperty("Color.Red", 0.5);'
     "print(p.location.x, p.color.r);"), "3 0.5"),
    ("q.rank = 1e18 * 100; print(q.rank); q.rank = -5; print(q.rank);", "3|1"),
    ("Model.parameters.P = 5; print(Model.parameters.P, Model.time);", "5 0"),
    ("setrot(q, 0, 0, 90); print(xrot(q), zrot(q), prev(s).name, trunc(1.5));", "0 90 Queue 1"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "lines"), LANGUAGE)
def test_language(source, lines):
    assert "|".join(printed(source)) == lines


@pytest.mark.parametrize(("source", "lines"), OBJECTS)
def test_objects(source, lines):
    assert "|".join(printed(NEW + source)) == lines


def test_pick_list_comments_between_any_two_tokens():
    tagged = "/***tag:distribution*//**/exponential/**//**/"
    source = f"return {tagged}(/**/0, 10, getstream(current)/**/)/**/;"
    assert parse(source).tree is not None
    spaced = " ".join(f"/**/{token.text}//x\n" for token in parse(NEW).tokens)
    assert execute(spaced).model.to_json() == execute(NEW).model.to_json()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("DateTime(1, 2);", "arguments"), ('DateTime("never");', "arguments"),
        ("DateTime(2024, 1, 1) * 2;", "type"), ("print(DateTime(1e300).year);", "limit"),
        ("print(DateTime(1).yaer);", "member"), ('DateTime(1).toString("x", 2, 3);', None),
    ],
)  # fmt: skip
def test_dates_that_there_are_not(source, code):
    if code:
        assert error(source).code == code
    else:
        assert "arguments" in {item.code for item in check(source)} or execute(source).model


LINE = """Object a = Object.create("Source"); a.name = "A";
Object b = Object.create("Processor"); b.name = "B";
Object c = Object.create("Sink"); c.name = "C";
contextdragconnection(a, b, "A"); contextdragconnection(b, c, "A");
"""


def test_a_whole_line_has_no_findings():
    assert check(LINE) == []


def test_a_sink_out_of_reach():
    found = check(
        LINE + 'Object d = Object.create("Queue"); Object e = Object.create("Sink"); '
        'contextdragconnection(d, e, "A");'
    )

    assert {(item.code, item.span.line) for item in found} == {("input", 5), ("unreachable", 5)}


@pytest.mark.parametrize("name", ["UseTransport", "UseProcessOperators", "UseSetupOperators"])
def test_operators_and_transports_need_a_centre_port(name):
    (found,) = check(f'{LINE}b.setProperty("{name}", 1);')

    assert (found.code, found.severity, found.span.line) == ("centre", "warning", 2)
    team = 'Object d = Object.create("Operator"); contextdragconnection(b, d, "S");'
    assert check(f'{LINE}b.setProperty("{name}", 1);{team}') == []
    assert check(f'{LINE}b.setProperty("{name}", 0);') == []


def test_a_reference_of_its_own_needs_no_centre_port():
    team = 'b.setProperty("OperatorRef", "Model.find(\\"Operator\\")");'

    assert "centre" not in {
        item.code for item in check(f'{LINE}b.setProperty("UseProcessOperators", 1);{team}')
    }


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("setloc(q);", "arguments"), ("hours();", "arguments"),
        ("Vec3(1, 2, 3, 4);", "arguments"),
        ('contextdragconnection(1, 2, "A");', "type"), ('q.setLocation("a");', "type"),
        ('q.setProperty("MaxContent");', "arguments"), ("Object o = 5;", "type"),
        ("int i = [1];", "type"), ('print("a" - 1);', "type"), ("q.push(1);", "method"),
        ('q.setProperty("LIFO", "sideways");', None), ("break;", "syntax"),
    ],
)  # fmt: skip
def test_wrong_arguments_and_types(source, code):
    found = {item.code for item in check(NEW + source) if item.severity == "error"}

    assert code is None or found == {code}
