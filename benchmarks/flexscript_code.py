"""Random user code that the compiled kernel takes: a shop with a program in every trigger.

Takes a `random.Random`, so that a seed names its code. Expressions are made by the kind of their
value, since what mixes kinds is left to the reference kernel and would compare it with itself.

Templates have holes: <w> a whole number, <x> a number, <t> a condition, <s> a text, <o> an
object, <2> <3> a place of so many, <r> a stream or none, <c> a statement, <d> declarations or none,
<i> a new counter, the same one in the whole template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SHOP = """
Object source = Object.create("Source"); Object queue = Object.create("Queue");
Object left = Object.create("Processor"); Object right = Object.create("Processor");
Object sink = Object.create("Sink"); left.name = "Left"; right.name = "Right";
source.setProperty("InterArrivalTime", exponential(0, 5));
queue.setProperty("MaxContent", 7); right.setProperty("MaxContent", 2);
contextdragconnection(source, queue, "A"); contextdragconnection(queue, left, "A");
contextdragconnection(queue, right, "A"); contextdragconnection(left, sink, "A");
contextdragconnection(right, sink, "A");
Table t = Table("T"); t.setSize(3, 3);
for (int i = 1; i <= 3; i++) { t[i][1] = i; t[i][2] = i + 0.5; t[i][3] = "r" + i; }
Model.parameters.P = 3;
"""
CREATED = 'item.a = rownumber % 7; item.b = rownumber * 0.5; item.k = "red";'
RESET = "current.c = 2; current.d = 1.5;"
PLACES = (
    ("Queue", "Triggers.OnEntry"), ("Queue", "SendToPort"), ("Left", "ProcessTime"),
    ("Left", "SetupTime"), ("Left", "Triggers.OnExit"), ("Right", "ProcessTime"),
    ("Right", "Triggers.OnProcessFinish"), ("Sink", "Triggers.OnEntry"),
)  # fmt: skip
_HEAD = """int whole(double given) { int made = given; return made; }
double mixed(int n, double y) { if (n > 3) return y * 2; n++; y += n; return y; }
int counted(int many) { int sum = 0; while (many > 0) { sum += many; many -= 2; if (sum > 9)
return sum; } return sum; }
void noted(Object where, int what) { where.c = what % 60; }
int n = 4; int m = 0; double x = 1; double y = 0.25; string w = "blue"; Object o = current;
int marks[3]; double sizes[2]; Array seen = [1, 2.5, 3];
"""
_PLAIN_WHOLE = [
    "n", "m", "n", "m", "item.a", "current.c", "0", "1", "3", "-2", "7", "0x1F", "marks[1]",
    "marks.length", "getinput(current)", "current.stats.content.value", "2000000",
    "current.outObjects.length", 'Table("T")[2][1]', "Model.parameters.P", "nrop(current)",
    'Model.find("Left").stats.output.value', 'gettablerows("T")', "getstatenum(current)",
]  # fmt: skip
_WHOLE = [
    "(<w> + <w>)", "(<w> - <w>)", "(<w> * <w>)", "(<w> + <w>)", "(<w> * 3 - <w>)",
    "(<w> / 2)", "(<w> / -4)", "(<w> / (1 + n * n))", "(<w> % 5)", "(<w> % -3)",
    "(<w> % (1 + m * m))", "(<w> & <w>)", "(<w> | <w>)", "(<w> ^ <w>)", "(<w> << 2)",
    "(<w> >> 1)", "(<w> >> (n & 3))", "(1 << (<w> & 7))", "(~<w>)", "(-<w>)", "(+<w>)", "(!<w>)",
    "whole(<x> % 1000)", "counted(<w> % 20)", "counted(<w>) % 9", "Math.floor(<x>)",
    "Math.ceil(<x>)", "trunc(<x>)", "floor(<x>)", "minof(<w>, <w>)", "maxof(<w>, <w>)",
    "Math.min(<w>, <w>)", "Math.max(<w>, 3)", "(<t> ? <w> : <w>)", "iff(<t>, <w>, <w>)", "n++",
    "--m", "m++", "(n = <w> % 40)", "(m = n = <w> % 30)", "duniform(1, 4<r>)",
    "duniform(0, (1 + n * n)<r>)", "marks[<3>]", 'gettablenum("T", <3>, 1)', "(<s> == <s>)",
    "(<s> != <s>)", "(<o> == <o>)", "<t>", "(item.maybe? == NULL)", "item.a++", "++current.c",
    "objectexists(outobject(current, <w>))", "<o>.c", "Math.abs(<w>)", "(<w> == <x>)",
]  # fmt: skip
_PLAIN_NUMBER = [
    "x", "y", "x", "y", "item.b", "current.d", "2.5", "0.0", "-0.5", "1e3", "time()", "Model.time",
    "Math.pi", "sizes[2]", "seen[2]", 'Table("T")[1][2]', "minutes(0.1)", "1e-3",
    "getcreationtime(item)", "1e15",
]  # fmt: skip
_NUMBER = [
    "(<x> + <x>)", "(<x> - <x>)", "(<x> * <x>)", "(<x> + <w>)", "(<w> - <x>)", "(<w> * <x>)",
    "(<x> / 2.5)", "(<x> / -4)", "(<w> / 2.0)", "(<x> / (0.5 + x * x))", "(<x> % 3.5)",
    "(<x> % 5)", "(<x> % -2.5)", "mixed(<w>, <x>)", "Math.abs(<x>)", "fabs(<x>)", "sin(<x>)",
    "cos(<x>)", "Math.atan(<x>)", "round(<x>)", "Math.sqrt(Math.abs(<x>))", "sqrt(fabs(<x>))",
    "Math.log(1 + Math.abs(<x>))", "Math.log10(2 + fabs(<x>))", "exp(<x> % 4)", "tan(<x> % 1)",
    "Math.pow(Math.abs(<x>) + 0.1, 2)", "pow(Math.abs(<x>) + 0.1, -0.5)", "round(<x>, 1)",
    "fmod(<x>, 2.5)", "minof(<x>, <x>)", "Math.max(<x>, <w>)", "(<t> ? <x> : <x>)",
    "uniform(0, 2<r>)", "uniform(0, (1 + x * x)<r>)", "exponential(0, 2<r>)", "normal(4, 2<r>)",
    "weibull(0, 2, 1.5<r>)", "bernoulli(30, <x>, <x>)", "triangular(1, 4, 2<r>)",
    "lognormal(0, 1, 0.5<r>)", "(x = <x> % 40)", "seen[<3>]", "sizes[<2>]", "(-<x>)",
    "seconds(<x>)", "(0.5 * <w>)", 'gettablenum("T", <3>, 2)', "hours(<x> % 2)", "(x += <w> % 9)",
]  # fmt: skip
_TRUTH = [
    "(<w> < <w>)", "(<w> >= <x>)", "(<x> > <x>)", "(<x> <= <w>)", "(<w> == <w>)", "(<x> != <x>)",
    "(<w> && <x>)", "(<x> || <w>)", "(<t> && <t>)", "(<t> || <t>)", "(<s> == <s>)",
    "(<o> != NULL)", "(!<w>)", "(!<x>)", "(item.maybe? && n)", '(!item.labels["maybe"])',
    "(o == current)", "(!o)", "(<w> > <w> == <t>)",
]  # fmt: skip
_TEXTS = ["w", '"red"', '"blue"', '""', "item.k", "current.name", 'Table("T")[2][3]']
_OBJECTS = ["current", "current", 'Model.find("Left")', 'Model.find("Queue")', "o"]
_SIMPLE = [
    "n = <w> % 40;", "m += <w> % 40;", "n -= <w> % 9;", "x = <x> % 40;", "y += <x> % 9;",
    "x *= <x> % 3;", "n = <x> % 50;", "x = <w>;", "w = <s>;", "o = <o>;", "n++;", "--m;", "x++;",
    "item.k = <s>;", 'setlabel(item, "a", <w> % 60);', 'setlabel(current, "c", <w> % 60);',
    'item.labels["b"].value = <x> % 60;', 'current.labels.assert("v", <w> % 60).value++;',
    "if (<t>) item.maybe = <w> % 60;", "<o>.c = <w> % 60;", "item.a = <w> % 60;",
    "item.b = <x> % 60;", "current.c = <w> % 60;", "current.d = <x> % 60;", "item.a++;",
    "current.c--;", "current.c += <w> % 20;", 'Table("T")[<3>][1] = <w> % 60;',
    'settablenum("T", <3>, 2, <x> % 60);', "marks[<3>] = <w> % 60;", "marks[<3>] += <w> % 9;",
    "sizes[<2>] = <x> % 60;", "seen[<3>] = <x> % 60;", "marks[<3>]++;", "noted(<o>, <w>);",
    'print(<w>, "at " + <x>, <s>);', "Variant v = <x>; v = v + 1; x = v % 30;",
    "marks[1 + Math.abs(n++) % 3] += <w> % 9;", "marks[1 + Math.abs(--m) % 3]++;",
    'Table("T")[duniform(1, 3)][1] += 1;', "seen[duniform(1, 3)] += <x> % 9;",
    "n -= (n = <w> % 9);",
    "marks[<3>] += m++;", "x += (x = <x> % 9);", "item.a += item.a++ % 5;", "<o>.c += n++ % 9;",
    "item.color = Color.red; n = (m = <w> % 30);", "double before = x; x = y; y = before;",
]  # fmt: skip
_NESTED = [
    "if (<t>) { <c> }", "if (<t>) { <c> } else { <c> }", "if (<t>) { <c> } else if (<t>) { <c> }",
    "int <i> = 3; while (<i>-- > 0) { <c> <d> }",
    "int <i> = n % 6; while (<i> > 0) { <i>--; if (<t>) continue; <d> <c> }",
    "int <i> = 5; while (1) { if (--<i> < 0 || <t>) break; <c> }",
    "for (int <i> = 1; <i> <= 4; <i>++) { <d> if (<t>) break; m = (m + <i>) % 90; <c> }",
    "for (int <i> = 1; <i> <= 3; <i>++) { if (<t>) continue; <c> <d> }",
    "for (int <i> = 1, k<i> = 5; <i> < k<i>; <i>++, k<i>--) { <c> }",
    "switch (<w> % 4) { case 0: { <d> <c> } break; case 1: <c> case m: { <d> <c> } default: <c> }",
    "switch (<w> % 3) { default: <c> break; case 2: { <d> <c> } case 1: <c> }",
    'switch (<s>) { case "red": <c> break; case w: <c> case "blue": <d> <c> break; }',
    "{ <d> <c> <c> }", "{ <d> <c> <d> <c> }",
]  # fmt: skip
_DECLARED = [
    "", "", "int n = <w> % 30;", "double z; z += 1; x = z;", "int u; u++; m = u;",
    "int fresh[2]; fresh[1] += <w> % 9; m = fresh[1];", "string w = <s>;", "double y = <x> % 20;",
]  # fmt: skip
_STREAMS = ["", "", ", getstream(current)", ', getstream(Model.find("Left"))', ", 7"]
_ODD_PLACES = ["0", "9", "n", "-1", "x", "2.5"]
_HOLE = re.compile(r"<(\w)>")


@dataclass(frozen=True)
class Words:
    """What holes are filled with, by their letter; those of depth 0 are in capitals."""

    head: str
    given: dict[str, Sequence[str]]


IN_RUNS = Words(_HEAD, {
    "w": _WHOLE, "W": _PLAIN_WHOLE, "x": _NUMBER, "X": _PLAIN_NUMBER, "t": _TRUTH, "s": _TEXTS,
    "o": _OBJECTS, "r": _STREAMS, "d": _DECLARED, "c": _NESTED, "C": _SIMPLE,
})  # fmt: skip


class Code:
    """Writes code."""

    def __init__(self, random: Random, words: Words = IN_RUNS) -> None:
        self.random, self.words = random, words
        self.counters = 0

    def shop(self) -> dict[tuple[str, str], str]:
        """Code by (object, property)."""
        made = {(name, "Triggers.OnReset"): RESET for name in ("Queue", "Left", "Right", "Sink")}
        made["Source", "Triggers.OnCreation"] = CREATED
        return made | {place: self.body(self._ending(place[1])) for place in PLACES}

    def body(self, ending: str) -> str:
        statements = "\n".join(self.statement(3) for _ in range(self.random.randint(1, 5)))
        return f"{self.words.head}{statements}\n{self.filled(ending, 2)}"

    def _ending(self, place: str) -> str:
        if place == "SendToPort":
            return self.random.choice(["return <w> % 2 ? 1 : 2;", "return <t>;"])
        if place.endswith("Time"):
            return "return Math.abs(<x>) % 9;"
        return self.random.choice(["", "print(n, m, x, y, w, marks[2]);", "print(item.a, item.b);"])

    def filled(self, template: str, depth: int) -> str:
        """A template without its holes."""
        if "<i>" in template:
            self.counters += 1
            template = template.replace("<i>", f"i{self.counters}")
        return _HOLE.sub(lambda hole: self._hole(hole[1], depth), template)

    def _hole(self, kind: str, depth: int) -> str:
        if kind.isdigit():
            return self.place(int(kind))
        if kind == "c":
            return self.statement(depth - 1)
        if kind == "t" and depth <= 0:
            return "(n > 2)"
        if kind in "wx":
            return self.number(kind, depth - 1)
        deeper = depth - 1 if kind == "t" else 1
        return self.filled(self.random.choice(self.words.given[kind]), deeper)

    def statement(self, depth: int) -> str:
        simple = depth <= 0 or self.random.random() < 0.55
        return self.filled(
            self.random.choice(self.words.given["C" if simple else "c"]), min(depth, 2)
        )

    def number(self, kind: str, depth: int) -> str:
        if depth < 0 or self.random.random() < 0.2:
            return self.random.choice(self.words.given[kind.upper()])
        return self.filled(self.random.choice(self.words.given[kind]), depth)

    def place(self, size: int) -> str:
        """A place in a table or array, seldom outside of it."""
        if self.random.random() < 0.005:
            return self.random.choice(_ODD_PLACES)
        inside = ["1", "2", f"(1 + whole(fabs(x)) % {size})", f"(1 + Math.abs(m) % {size})"]
        return self.random.choice(inside)
