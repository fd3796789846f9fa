"""Scripts are strangers' programs: whatever they ask for, they end soon and use little."""

import time
import tracemalloc

import pytest

from apps.engines.flexscript import Limits, execute, parse
from apps.engines.flexscript.parser import MAX_SOURCE

from .helpers import QUICK, error, printed

ENDLESS = {
    "while": "while (1) {}",
    "for": "for (;;) ;",
    "recursion": "int f(int n) { return f(n + 1); } f(0);",
    "two functions": "void g() { f(); } void f() { g(); } f();",
    "executestring": 'string s = "executestring(s);"; executestring(s);',
    "growing array": "Array a; while (1) a.push(a);",
    "doubling array": "Array a = [1]; while (1) a = a.concat(a);",
    "doubling string": 'string s = "x"; while (1) s += s;',
    "doubling join": 'Array a = ["xxxxxxxxxx"]; while (1) a[1] = a.concat(a).join(a[1]);',
    "replace": 'string s = "aa"; while (1) s = s.replace("a", s);',
    "objects": 'while (1) Object.create("Queue");',
    "connections": 'Object a = Object.create("Queue"); while (1) contextdragconnection(a, a, "A");',
    "map": "Map m; int i = 0; while (1) m[i++] = 1;",
    "labels": 'Object q = Object.create("Queue"); int i; while (1) q.labels.assert("l" + i++, 1);',
    "table": "Table t = Table(1, 1); while (1) t.addRow();",
    "big arrays": "Array all; while (1) all.push(Array(100000));",
    "copies": 'Object q = Object.create("Queue"); while (1) q.copy();',
    "parsing": 'while (1) executestring("int a = 1;");',
}  # fmt: skip


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS.keys())
def test_endless_scripts_are_stopped(source):
    started = time.monotonic()

    found = error(source, Limits(steps=300_000, seconds=3))

    assert found.code in ("limit", "depth")
    assert time.monotonic() - started < 30


def test_memory_stays_small():
    tracemalloc.start()
    try:
        error("Array all; while (1) all.push(Array(100000).fill(1));")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400e6


def test_steps_are_counted():
    found = error("int i = 0;\nwhile (1)\n  i++;", QUICK)

    assert "20,000 steps" in found.message
    assert found.span.line in (2, 3)
    assert "loop" in found.hint


def test_time_is_counted():
    found = error("while (1) {}", Limits(steps=10**12, seconds=0.2))

    assert "0.2 s" in found.message


def test_functions_may_call_each_other_as_deep_as_the_limit_says():
    source = (
        "int f(int n) { if (n == 0) { return 0; } else { return 1 + f(n - 1); } } print(f(%d));"
    )

    assert printed(source % 59) == ["59"]
    assert error(source % 60).code == "limit"


@pytest.mark.parametrize(
    "source",
    [
        "Array(100001);", "Array(-1);", "int a[1000000000];", "Array(1e308 * 10);",
        "Table(100000, 100000);", "Table(-1, 2);", "int i = 1e308 * 10;", "1e308 * 1e308 % 2;",
        "Math.pow(10, 400);", "pow(10, 400);", "Math.exp(1e5);",
        "numtostring(1, 2, 1e300 * 1e300);",
        "sqrt(-1);", "round(1e308 * 10);", "floor(1e308 * 10);",
        ('Object q = Object.create("Queue"); Array a; a.push(a); q.setProperty("Labels.x", a);'
        'q.setProperty("MaxContent", a);'),
        ('Object q = Object.create("Queue"); Array a = [1];'
        'for (int i = 0; i < 40; i++) a = [a, a];'
        'q.setProperty("MaxContent", a);'),
    ],
)  # fmt: skip
def test_impossible_sizes_are_errors(source):
    assert error(source).code in ("limit", "arithmetic", "arguments")


@pytest.mark.parametrize(
    "source",
    ["(" * 300 + ")" * 300, "[" * 300, "{" * 5000, "f(" * 250 + ")" * 250 + ";", "!" * 5000 + "1;",
     "- " * 3000 + "1;", "a = " * 3000 + "1;", "if (1) " * 2000 + ";", "1 ? " * 500,
     "print(" + "1 ? 2 : " * 2000 + "3);", "a.b" + ".c" * 5000 + ";", "a" + "[1]" * 5000 + ";"],
    ids=lambda source: source[:8],
)  # fmt: skip
def test_deep_nesting_is_an_error_and_not_a_crash(source):
    result = execute(source)

    assert result.model is None or not result.diagnostics
    assert all(item.severity == "error" for item in result.diagnostics)


def test_brackets_in_comments_and_strings_do_not_count():
    assert parse("/* " + "(" * 500 + " */ // " + "[" * 500 + '\nprint("' + "{" * 500 + '");').tree


def test_too_long_a_script_is_refused():
    (found,) = parse(" " * (MAX_SOURCE + 1)).diagnostics

    assert found.code == "size"


def test_output_is_bounded():
    assert len(printed("for (int i = 0; i < 5000; i++) print(i);")) == 1000
