"""What is found wrong, where, and how to mend it."""

import pytest

from apps.engines.flexscript import check, execute, inspect, parse

from .helpers import error

NEW = 'Object q = Object.create("Queue");\n'

SYNTAX = [
    ("int a = 1\nint b = 2;", 2, 1, "Unexpected “int”.", "semicolon"),
    ("Object x = ;", 1, 12, "Unexpected “;”.", None),
    ("f(1, 2;", 1, 7, "Unexpected “;”.", "parenthesis"),
    ("if (1) {\n  f();\n", 2, 7, "The script ends too early.", "}"),
    ('print("open);\n', 1, 7, "Unexpected character '\"'.", "Close the string"),
    ("int a = 3 @ 4;", 1, 11, "Unexpected character '@'.", None),
    ("#define\nint a;", 1, 1, "#define needs a plain name.", "#define NAME value"),
    ("double d = 1e999;", 1, 12, "This number is too large.", None),
    ("x = {1, 2};", 1, 5, "Unexpected “{”.", None),
    ("/* never closed", 1, 1, "Unexpected “/”.", "*/"),
    ("for (int i = 0; i < 3; i++ {}", 1, 28, "Unexpected “{”.", "parenthesis"),
    ("Objct q = 1;", 1, 1, "There is no type “Objct”.", "Object"),
    ("float f = 1;", 1, 1, "There is no type “float”.", "double"),
    ("first\nsecond = 2;", 2, 1, "Unexpected “second”.", "semicolon"),
    ("let y = 6;", 1, 1, "There is no type “let”.", "Variant"),
    ("for i in range(3)", 1, 5, "Unexpected “i”.", "opening parenthesis"),
    ("if x { }", 1, 4, "Unexpected “x”.", "opening parenthesis"),
    ("int while = 2;", 1, 5, "Unexpected “while”.", "word of the language"),
    ("else x = 1;", 1, 1, "Unexpected “else”.", None),
]


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), SYNTAX)
def test_syntax_errors(source, line, column, message, hint):
    parsed = parse(source)

    assert parsed.tree is None
    (found,) = parsed.diagnostics
    assert (found.span.line, found.span.column) == (line, column)
    assert (found.severity, found.code, found.message) == ("error", "syntax", message)
    assert (hint or "") in (found.hint or "")


RUNTIME = [
    ("x = 1;", 1, 1, "“x” is not declared.", "Declare it"),
    ("int a = b;", 1, 9, "“b” is not declared.", None),
    ("int a = 1 / 0;", 1, 9, "Division by zero.", None),
    ('int a = "x" - 1;', 1, 9, "A number is needed here, not the string “x”.", None),
    ("Array a = [1];\nprint(a[2]);", 2, 7, "There is no item 2; there is 1.", "counts from 1"),
    ("Object o;\no.name = 1;", 2, 1, "“.name” is asked of NULL.", "Model.find()"),
    ("Object o;\no.setLocation(1, 2, 3);", 2, 1, "“.setLocation()” is asked of NULL.", "NULL"),
    ('Object o = "Queue";', 1, 8, "An Object cannot be the string “Queue”.", "Object.create"),
    ('Object.create("Quueue");', 1, 1, "There is no class “Quueue”.", "“Queue”"),
    (NEW + 'q.setProperty("MaxContnt", 1);', 2, 1, "Queue has no property", "MaxContent"),
    (NEW + "print(q.nme);", 2, 7, "“Queue” has no member or label “nme”.", "name"),
    (NEW + "q.setLocaton(1, 2);", 2, 1, "Objects have no method “setLocaton”.", "setLocation"),
    (NEW + 'contextdragconnection(q, NULL, "A");', 2, 1, "An object is needed here", "NULL"),
    (NEW + 'contextdragconnection(q, q, "X");', 2, 1, "“X” is no connection.", "ports"),
    (NEW + "q.location = 5;", 2, 1, "“location” needs a Vec3.", "Vec3(0, 0, 0)"),
    (NEW + 'setvarnum(q, "maxcontnt", 1);', 2, 1, "Queue has no variable", "maxcontent"),
    ("createObject();", 1, 1, "“createObject” does not exist in FlexScript.", "Object.create"),
    ('Source("x");', 1, 1, "“Source” does not exist in FlexScript.", 'Object.create("Source")'),
    ("simtime();", 1, 1, "“simtime” does not exist in FlexScript.", "Model.time"),
    ("contextdragconection(1, 2);", 1, 1, "does not exist", "contextdragconnection"),
    ("kinematics();", 1, 1, None, None),
    ("exponential(1);", 1, 1, "exponential() takes 2 numbers", "exponential("),
    ("hours();", 1, 1, "hours() cannot take these arguments.", "It is called as hours("),
    ("int f(int a) { return a; }\nf();", 2, 1, "f() takes 1 argument, 0 given.", None),
    ("Table t = Table(1, 1);\nt[1][2] = 3;", 2, 1, "The table has no column 2", "addCol"),
    ("Array a;\na.pussh(1);", 2, 1, "Arrays have no method “pussh”.", "push"),
    ('"a".nothing();', 1, 1, "Strings have no method “nothing”.", None),
    ("Math.sqroot(4);", 1, 1, "Math has no function “sqroot”.", "sqr"),
    ("3 = 4;", 1, 1, "This cannot be assigned to.", None),
    ("int i = [1, 2];", 1, 5, "A number is needed here, not an Array.", None),
    ('stringtonum("x");', 1, 1, "“x” is not a number.", None),
    ("Vec3 v = Vec3(1, 2, 3);\nv.w = 1;", 2, 1, "A vector has no member “w”.", "x, y, z"),
    ("Map m; Array a; m[a] = 1;", 1, 17, "A Map's key is a number", None),
    ('executestring("int a = ;");', 1, 1, "line 1, column 9 of the string", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), RUNTIME)
def test_run_time_errors(source, line, column, message, hint):
    found = error(source)

    assert (found.span.line, found.span.column) == (line, column)
    assert (message or "") in found.message
    assert (hint or "") in (found.hint or "")
    assert found.code not in ("", "internal")


def test_warnings_do_not_end_a_script():
    result = execute('Object s = Object.create("Separator");\ns.setProperty("SplitQuantity", 3);')

    (found,) = result.diagnostics
    assert (found.severity, found.code, found.span.line) == ("warning", "alias", 2)
    assert result.model.objects[0].properties["SeparateQty"].value == 3


REFUSED = [
    "runprogram", "rundocument", "fileopen", "filereadline", "fileexists", "getfilesindirectory",
    "socketinit", "dbopen", "dbsqlquery", "excelopen", "exporttable", "importtable", "savetree",
    "cmdsaveas", "executefsfile", "system_cls", "filewrite", "winexec", "http", "loadimage",
]  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_files_programs_and_networks_are_refused(name):
    found = error(f'{name}("x", 1);')

    assert found.code == "refused"
    assert "may not use files" in found.message


@pytest.mark.parametrize(
    "source",
    [
        "q.__class__", "q.name.__class__", "Math.__dict__", "Model.__init__", "Object.mro()",
        "queue.class_name", "Math.factorial.__globals__", '"a".format(q)', "[].items",
        "Math.nan()", "print.__self__", "Http.Request.get()", "m.items",
    ],
)  # fmt: skip
def test_nothing_of_the_host_language_can_be_reached(source):
    result = execute(f"{NEW}Map m; print({source});")

    assert result.model is None or result.output == [""]


def test_labels_named_like_internals_are_labels():
    result = execute(f"{NEW}q.class_name = 1; q.properties = 2; print(q.class_name);")

    assert result.output == ["1"]
    assert result.model.objects[0].class_name == "Queue"
    assert result.model.objects[0].labels == {"class_name": 1, "properties": 2}


def test_check_and_inspect_agree():
    source = NEW + 'q.setProperty("MaxContnt", 1);'

    found = inspect(source)["diagnostics"]

    assert found == [item.to_json() for item in check(source)]
    assert (found[0]["line"], found[0]["code"]) == (2, "property")


@pytest.mark.parametrize("source", ["", ";", "// only a comment", "\n\n", "return;", "{}"])
def test_a_script_that_does_nothing_is_no_error(source):
    assert not [item for item in check(source) if item.severity == "error"]


def test_findings_about_objects_name_the_place_of_their_creation():
    source = """Object s = Object.create("Source");
Object q = Object.create("Queue");
Object lost = Object.create("Queue");
contextdragconnection(s, q, "A");
"""
    found = check(source)

    assert [(item.span.line, item.span.column, item.code) for item in found] == [
        (2, 12, "output"), (3, 15, "unconnected"), (3, 15, "duplicate"),
    ]  # fmt: skip
    assert "contextdragconnection" in found[0].hint


def test_findings_about_the_model_come_last():
    found = check('Object q = Object.create("Queue"); Object s = Object.create("Sink");')

    assert [item.code for item in found] == ["unconnected", "unconnected", "source"]


def test_objects_made_in_one_place_are_told_of_one_by_one():
    found = check(
        'for (int i = 1; i <= 3; i++) { Object q = Object.create("Queue"); q.name = "Q" + i; }'
    )

    told = [item.message for item in found if item.code == "unconnected"]
    assert told == [f"“Q{i}” is not connected to anything." for i in (1, 2, 3)]


@pytest.mark.parametrize("use", ['r.host = "a";', "print(r.host);", "r.sendAndBlock();"])
def test_a_request_to_the_network_is_refused_where_it_is_used(use):
    found = error(f"Http.Request r;\n{use}")

    assert (found.code, found.span.line) == ("refused", 2)


def test_an_error_in_an_executed_string_is_told_where_it_is_executed():
    found = error(f'{NEW}\nint x = executestring("return\\n3 + nothing;");')

    assert (found.message, found.span.line) == ("“nothing” is not declared.", 3)


def test_a_property_taken_for_a_label_leads_to_the_right_call():
    written, read = check(f"{NEW}q.MaxContent = 3;\nprint(q.LIFO);")

    assert (written.severity, written.span.line, written.hint) == (
        "warning", 2, 'Write x.setProperty("MaxContent", …).',
    )  # fmt: skip
    assert (read.severity, read.span.line, read.hint) == (
        "error", 3, 'Write x.getProperty("LIFO").',
    )  # fmt: skip


def test_an_unknown_unit_is_told_with_those_there_are():
    script = 'Object b = Object.create("StraightConveyor"); b.setProperty("Speed", [9, "{}"]);'
    (found,) = [item for item in check(script.format("furlong/h")) if item.code == "type"]

    assert found.message == "“Speed” needs a number, or one with its unit."
    assert "km/h" in (found.hint or "")
    assert inspect(script.format("km/h"))["objects"][0]["properties"]["Speed"]["value"] == 2.5
