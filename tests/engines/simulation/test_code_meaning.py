"""What a piece of code means: the same in a script that builds a model and in one that runs."""

import pytest

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.model import CodeValue

from .test_code_compiled import agree, gave_up, obstacle, shop, way  # noqa: F401

MODEL = """Object s = Object.create("Source"); Object k = Object.create("Sink");
contextdragconnection(s, k, "A"); s.setProperty("InterArrivalTime", 5);"""

SAME = [
    # vectors
    ("Vec3 v = Vec3(1, 2, 3); print(v + Vec3(1, 0, 1), v - v, v * 2, 2 * v, v / 2, -v);",
     "Vec3(2, 2, 4) Vec3(0, 0, 0) Vec3(2, 4, 6) Vec3(2, 4, 6) Vec3(0.5, 1, 1.5) Vec3(-1, -2, -3)"),
    ("Vec3 v = Vec3(1, 2, 3); Vec3 w = v; w.x = 9; print(v.x, w.x, v == w, v == Vec3(1, 2, 3));",
     "1 9 0 1"),
    ("Vec3 v = Vec3(1, 2, 3); Variant u = v; u.x = 5; print(v.x, u.x);", "1 5"),
    ("Vec3 f(Vec3 v) { v.x += 1; return v; } Vec3 v = Vec3(1, 2, 3); print(f(v).x, v.x);", "2 1"),
    ("print((Vec3(1, 2, 2) * 2).x - Vec3(1, 1, 1).y, Vec3(1, 2, 2).magnitude);", "1 3"),
    ("print(Color.red.r, Color(0.5, 0, 0) == Color(0.5, 0, 0));", "1 1"),
    # texts and points in time
    ('print("abc" < "abd", "b" <= "a", "a" >= "a", "b" > "a");', "1 0 1 1"),
    ("string s = 5; print(s + 1); s = 2.5; print(s + 1);", "51|2.51"),
    ("string f(int n) { return n; } print(f(2) + 1);", "21"),
    ("DateTime d = DateTime(2024, 1, 1); print((d + 60).minute, d - DateTime(2023, 12, 31));",
     "1 86400"),
    ("DateTime d = DateTime(2024, 1, 1); print(d < d + 1, d >= d + 1);", "1 0"),
    # what a function returns
    ("int f() { return 2.9; } double g() { return 3; } print(f(), f() / 2, g() / 2);", "2 1 1.5"),
    ("int f(int n) { n = n / 2.0; return n * 2.9; } print(f(3));", "2"),
    # numbers
    ("print(round(5.4) / 2, round(2.567, 2), Math.round(5.4) / 2, floor(5.4) / 2, fabs(-3) / 2);",
     "2.5 2.57 2.5 2 1.5"),
    ("print(exp(0), log(1), sin(0), cos(0), Math.sqr(3), max(1, 2), min(1, 2));", "1 0 0 1 9 2 1"),
    # targets of assignments are worked out once, from the left
    ("Array a = [0, 0]; int i = 1; a[i++] += 5; a[i++]++; print(a[1], a[2], i);", "5 1 3"),
    ("int n = 4; n -= (n = 3); print(n); int m = 1; m += m++ + m; print(m);", "1|4"),
    ("int m[3]; int k = 2; m[k] += --k; m[k] = k++; print(m[1], m[2], k);", "1 1 2"),
    ('Map p; int n; p["a" + n++] = n; p["b" + n++] = n; print(p.a0, p.b1, n);', "1 2 2"),
    ("int c; int f() { c++; return 1; } Array a = [1]; a[f()] += f(); a[f()]++; print(a[1], c);",
     "3 3"),
    ("Vec3 v = Vec3(1, 2, 3); v.x += v.x++; print(v.x);", "2"),
    # a jump over a declaration
    ("int n = 7; switch (2) { case 1: int n = 3; case 2: print(n); n = 5; } print(n);", "0|7"),
    ('string s = "x"; switch (2) { case 1: string s; int m[2]; case 2: m[1]++; print(s + m[1]); }',
     "1"),
    ("int n = 7; switch (1) { case 1: print(n); int n = 3; print(n); break; }", "7|3"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), SAME)
def test_a_script_and_a_run_mean_the_same(source, expected):
    script = execute(source)
    assert [item.message for item in script.diagnostics if item.severity == "error"] == []
    assert "|".join(script.output) == expected

    model = execute(MODEL).model
    model.find("Sink").properties["Triggers.OnEntry"] = CodeValue(source)
    run = simulate(model, RunConfig(6.0, kernel="reference"), runner=code_runner())
    assert "|".join(run.output) == expected


ONCE = [
    """int marks[3]; int n = item.Type; marks[1 + n++ % 3] += 4; marks[1 + n++ % 3]++;
       return marks[1] + 2 * marks[2] + 3 * marks[3] + n;""",
    """Table("T")[duniform(1, 3)][1] += 2; Table("T")[duniform(1, 3)][1]++;
       return (Table("T")[1][1] + Table("T")[2][1] * 2) % 9 + 1;""",
    "int n = 4; n -= (n = item.Type); int m = 1; m += m++ + m; return n + m + 4;",
    """int m[3]; int k = 2; m[k] += --k; m[k] = k++; current.sum += k++ + m[1];
       return m[1] + k + current.sum % 3;""",
    """int n() { current.sum++; return current.sum % 2; }
       current.labels.assert("v", duniform(1, 3)).value++; item.labels["Type"].value += n();
       return 1 + current.v % 3 + item.Type % 2;""",
    """int f(double x) { return x * 1.5; } double g(int n) { return n; }
       return f(item.Type) / 2 + g(item.Type) / 2;""",
]


@pytest.mark.parametrize("text", ONCE)
def test_the_compiled_kernel_works_targets_out_once(text, gave_up):  # noqa: F811 - a fixture
    plant = shop(
        Source_OnCreation="item.Type = duniform(1, 3);",
        Left_OnReset="current.sum = 0;",
        Left_ProcessTime=text,
        Left_OnExit='print(item.Type, Table("T")[1][1], current.sum, getstatenum(current));',
    )
    plant.model.tables = {"T": [[1], [2], [3]]}

    assert obstacle(plant) is None
    agree(plant)
    assert gave_up == []


def test_a_switch_that_jumps_over_a_variable_is_left_to_the_reference():
    over = "switch (port) { case 9: int n = 3; case 1: n++; current.n = n; }"
    assert "jumps over a variable" in obstacle(shop(Left_OnEntry=over))

    beside = "switch (port) { case 1: int n = 3; return n; case 2: int n = 4; return n; } return 1;"
    assert obstacle(shop(Left_OnExit=beside)) is None


def test_names_of_states_are_numbers_where_they_are_printed():
    plant = shop(Queue_OnEntry="print(getstatenum(current), current.stats.state().value);")
    agree(plant)
    shown = simulate(plant.model, RunConfig(50.0, kernel="reference"), runner=code_runner()).output
    assert shown
    assert all(line.replace(" ", "").isdigit() for line in shown)
