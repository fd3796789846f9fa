"""The formatter changes nothing but blanks and line breaks, and leaves its own work alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.engines.flexscript import FlexScriptError, format_source, parse
from apps.engines.flexscript.pieces import comments_of
from apps.engines.flexscript.tree import same_tree
from benchmarks.flexscript_programs import Programs

FIXTURES = sorted(
    path
    for path in (Path(__file__).parents[2] / "data").rglob("*.fs")
    if path.name != "syntax.fs"  # which is to be told of, and has no tree
)


def formatted(source):
    """The formatted source, after the three promises have been checked."""
    result = format_source(source)
    before, after = parse(source), parse(result)
    assert after.tree is not None, (source, result, after.diagnostics)
    assert same_tree(before.tree, after.tree), (source, result)
    assert comments_of(result) == comments_of(source)
    assert format_source(result) == result
    return result


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_generated_programs_keep_tree_and_comments(random):
    source = Programs(random).source()
    assert parse(source).tree is not None, source

    formatted(source)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_scripts_keep_tree_and_comments(path):
    formatted(path.read_text(encoding="utf-8"))


MESSY = """/* head */ int a=1;int b   = - -a; // tail
   // own


if(a){b=a++ + ++b;}else if(b) b=-1; else {  /* nothing */ }
if (a) // why
{ f(a,b) ; }
// before else
else
  g(  );
for(;;);
for(int i=0;i<10;i++){ }
switch(a){ // kinds
  // first
  case 1: case a?1:2: f(); break;

  // last
  default:
    ;
}
Array t=[[1,2],
  [3,4], // row
  // none
  [5,6]
];
y = x.b? ? 1:2; z=a?.5:1; string s[]={"x","y"};
#define  A   3  // three
int h(int a,
  double b){return -a*b;}
[1,2].length; 5 .x; a/ /*c*/b; Conveyor.Item  q; obj . foo ( ) [ 1 ] ?. bar;
"multi \\
line";"""

TIDY = """/* head */ int a = 1;
int b = - -a; // tail
// own

if (a) {
    b = a++ + ++b;
} else if (b)
    b = -1;
else { /* nothing */
}
if (a) // why
{
    f(a, b);
}
// before else
else
    g();
for (;;)
    ;
for (int i = 0; i < 10; i++) {}
switch (a) { // kinds
    // first
    case 1:
    case a ? 1 : 2:
        f();
        break;

    // last
    default:
        ;
}
Array t = [[1, 2],
    [3, 4], // row
    // none
    [5, 6]
];
y = x.b? ? 1 : 2;
z = a ? .5 : 1;
string s[] = {"x", "y"};
#define  A   3  // three
int h(int a,
    double b) {
    return -a * b;
}
[1, 2].length;
5 .x;
a / /*c*/b;
Conveyor.Item q;
obj.foo()[1]?.bar;
"multi \\
line";
"""


def test_the_house_style():
    assert formatted(MESSY) == TIDY


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("\n\n ", ""),
        ("// only", "// only\n"),
        (";", ";\n"),
        ("a;\r\nb;\r\n", "a;\nb;\n"),
        ("a; /* x */ b;", "a; /* x */\nb;\n"),
        ("if (a) if (b) c; else d;", "if (a)\n    if (b)\n        c;\n    else\n        d;\n"),
        (
            "return /***tag:x*//**/exponential/**//**/(/**/0, 10/**/)/**/;",
            "return /***tag:x*//**/exponential/**//**/(/**/0, 10/**/)/**/;\n",
        ),
        ("{\n\n// a\n\n\n\nb;\n\n}", "{\n    // a\n\n    b;\n}\n"),
    ],
)
def test_small_things(source, expected):
    assert formatted(source) == expected


def test_a_script_that_does_not_parse_names_its_place():
    with pytest.raises(FlexScriptError) as caught:
        format_source("int a = 1;\nint b = ;")

    assert (caught.value.diagnostic.span.line, caught.value.diagnostic.span.column) == (2, 9)


def test_deep_nesting_is_refused():
    with pytest.raises(FlexScriptError):
        format_source("if (1) " * 3000 + ";")
