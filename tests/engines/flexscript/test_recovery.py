"""Every error of a script at once, and none that another has caused."""

import pytest

from apps.engines.flexscript import check, parse
from apps.engines.flexscript.recovery import MOST_ERRORS

QUEUE = 'Object q = Object.create("Queue");\n'

SCRIPTS = {
    "one in each statement": ("Object x = ;\nint y = x + 1;\nf(1, 2;\n", [(1, 12), (3, 7)]),
    "a character": ("int a = 3 @ 4;\nint b = a ? 1;\n", [(1, 11), (2, 14)]),
    "semicolons": ("int a = 1\nint b = 2\nprint(a + b);", [(2, 1), (3, 1)]),
    "a semicolon before a brace": ("{ print(1) }\nint b = ;", [(1, 12), (2, 9)]),
    "a comma": ("Array a = [1, 2\n3];\nprint(4 5);", [(2, 1), (3, 9)]),
    "brackets": ("int b = (1 + 2;\nArray a = [1;\nprint(a[1);", [(1, 15), (2, 13), (3, 10)]),
    "two brackets": ("print(max((1 + 2;\nint b = ;", [(1, 17), (2, 9)]),
    "a for": ("for (int i = 0 i < 3; i++) { print(i); }\nint q = ;", [(1, 16), (2, 9)]),
    "a for without its end": ("for (;; i++ { int a = ; }\n", [(1, 13), (1, 23)]),
    "an if and its else": ("if x { int a = ; } else { int b = ; }", [(1, 4), (1, 16), (1, 35)]),
    "inside of an if": ("if (1) f(; else g();\nint b = ;", [(1, 10), (2, 9)]),
    "an else alone": ("else print(1);\nint b = ;", [(1, 1), (2, 9)]),
    "a brace too many": ("while (1) { int a = ; }\n}\nint b = ;", [(1, 21), (2, 1), (3, 9)]),
    "in a case": ("switch (3) { case 1: f(; break; case 2: g( }\nint b = ;",
                  [(1, 24), (1, 44), (2, 9)]),
    "the label of a case": ("switch (3) { case : f(); break; case 2: g( }",
                            [(1, 19), (1, 44)]),
    "the head of a switch": ("switch x { case 1: break; }\nint b = ;", [(1, 8), (2, 9)]),
    "the head of a function": ("int f(int a, { return a; }\nprint(f(2));\nint b = ;",
                               [(1, 14), (3, 9)]),
    "a type that there is not": ("float f = 1;\nprint(f);\nlet g = f;", [(1, 1), (3, 1)]),
    "braces in an expression": ("x = {1, 2};\nint b = ;", [(1, 5), (2, 9)]),
    "an open string": ('print("open);\nint b = ;', [(1, 7), (2, 9)]),
    "an open comment": ("int a = ;\n/* never closed\nint b = ;", [(1, 9), (2, 1)]),
    "words as names": ("int while = 2;\nint if = while + 1;", [(1, 5), (2, 5), (2, 10)]),
    "numbers and macros": ("double d = 1e999;\n#define\nint b = ;", [(1, 12), (2, 1), (3, 9)]),
    "full-width punctuation": ("print（1）；", [(1, 6), (1, 8), (1, 9)]),
    "a try": ("try { int a = ; }\nint b = ;", [(1, 5), (1, 15), (2, 9)]),
    "the end": ("if (1) {\n  int a = ;\n", [(2, 11), (2, 12)]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "places"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_all_errors_at_once(source, places):
    parsed = parse(source)

    assert [item.span[:2] for item in parsed.diagnostics] == places
    assert all(item.code == "syntax" for item in parsed.diagnostics)
    assert parsed.tree is None
    assert parsed.rest is not None


def test_checks_come_with_them():
    found = check(QUEUE + 'int a = ;\nq.setProperty("MaxContnt", 1);\ncreateObject("x");\nf(1, 2;')

    assert [(item.span.line, item.code) for item in found] == [
        (2, "syntax"), (3, "property"), (4, "unknown"), (5, "unknown"), (5, "syntax"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "int a = 3 @ 4;\nprint(a);\na = 5;",
        'Objct q = Object.create("Queue");\nq.setSize(1, 2, 3);',
        "int f(int a, { return a; }\nprint(f(2, 3));",
        "for (int i = 0 i < 3; i++) { print(i); }",
        'string s = "open;\nprint(s);',
    ],
)  # fmt: skip
def test_what_may_be_declared_in_a_lost_statement_is_not_called_unknown(source):
    assert [item.code for item in check(source)] == ["syntax"]


def test_what_is_left_is_a_tree():
    rest = parse("int a = 1;\nint b = ;\nif (a) { print(a) }\nprint(3").rest

    assert [type(item).__name__ for item in rest.body] == [
        "Declaration", "Empty", "If",
    ]  # fmt: skip


def test_the_number_of_findings_is_bounded():
    assert len(parse("int a = ;\n" * 5000).diagnostics) == MOST_ERRORS


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("try { f(); }", "no try"),
        ("do { f(); } while (1);", "use while"),
        ("class A { int b; }", "Map"),
        ("function f(a) { return a; }", "int name(int a)"),
        ("print（1);", "Write the plain “(”."),
        ("print(“a”);", "plain quotes"),
        ("print('a);", "Close the string with '."),
    ],
)
def test_habits_from_elsewhere_get_a_hint(source, hint):
    assert hint in parse(source).diagnostics[0].hint


def test_code_in_a_string_is_told_of_as_fully():
    found = check(
        QUEUE + 'q.setProperty("Triggers.OnExit", "int a = ;\\nb(1;");'
        'q.setProperty("Triggers.OnEntry", "createObject(1); simtime();");'
    )

    code = [item.message for item in found if item.code == "code"]
    assert len(code) == 4
    assert "(line 2, column 4 of the code)" in code[1]
    assert any("simtime" in message for message in code)
    assert any("createObject" in message for message in code)
