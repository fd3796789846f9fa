"""Random code of the plain language, which means the same in a script and in a running model.

Numbers, texts, arrays, maps, vectors, functions: nothing of it looks at an object. The holes of
the templates are those of `flexscript_code`; <a> is an array, <m> a map, <v> a vector.
"""

from __future__ import annotations

from benchmarks.flexscript_code import Words

_HEAD = """int whole(double given) { return given; }
double mixed(int n, double y) { if (n > 3) return y * 2; n++; y += n; return y; }
string told(int n, string s) { n += 2; return s + n; }
Array grown(Array a, int n) { if (a.length < 6) a.push(n % 50); return a; }
Vec3 moved(Vec3 v) { v.x += 1; return v; }
int fact(int n) { return n < 2 ? 1 : n * fact(n - 1); }
int n = 4; int m = 0; double x = 1; double y = 0.25; string s = "ab"; Variant any = 2;
Array a = [3, 1, 2]; Array b = ["x", "y"]; Map p; p.k = 1; p["z"] = 2.5; Vec3 v = Vec3(1, 2, 3);
int marks[3]; double sizes[2]; string names[2];
#define LIMIT 7
"""
_PLAIN_WHOLE = [
    "n", "m", "n", "m", "0", "1", "3", "-2", "7", "0x1F", "marks[1]", "a.length", "b.length",
    "s.length", "LIMIT", "2000000", "p.k", 'p["k"]', "p.keys.length", "true", "stringlen(s)",
]  # fmt: skip
_WHOLE = [
    "(<w> + <w>)", "(<w> - <w>)", "(<w> * <w>)", "(<w> / 2)", "(<w> / -4)", "(<w> / (1 + n * n))",
    "(<w> % 5)", "(<w> % -3)", "(<w> & <w>)", "(<w> | <w>)", "(<w> ^ <w>)", "(<w> << 2)",
    "(<w> >> 1)", "(~<w>)", "(-<w>)", "(+<w>)", "(!<w>)", "whole(<x> % 1000)", "fact(<w> % 9)",
    "Math.floor(<x>)", "Math.ceil(<x>)", "trunc(<x>)", "minof(<w>, <w>)", "Math.max(<w>, <w>)",
    "(<t> ? <w> : <w>)", "n++", "--m", "(n = <w> % 40)", "(m = n = <w> % 30)", "marks[<3>]",
    "(<s> == <s>)", "(<s> != <s>)", "<t>", "grown(<a>, <w>).length", "a.indexOf(<w>)",
    "(<v> == <v>)", "(p.none == NULL)", "iff(<t>, <w>, <w>)", "<a>.clone().length",
    "any.is(Object)", 'stringsearch(<s>, "b")', "(<w> == <x>)",
]  # fmt: skip
_PLAIN_NUMBER = [
    "x", "y", "x", "y", "2.5", "0.0", "-0.5", "1e3", "Math.pi", "sizes[2]", "minutes(0.1)", "1e-3",
    "v.x", "v.z", "a[1]", "p.z", "1e15",
]  # fmt: skip
_NUMBER = [
    "(<x> + <x>)", "(<x> - <x>)", "(<x> * <x>)", "(<x> + <w>)", "(<w> - <x>)", "(<w> * <x>)",
    "(<x> / 2.5)", "(<w> / 2.0)", "(<x> / (0.5 + x * x))", "(<x> % 3.5)", "mixed(<w>, <x>)",
    "Math.abs(<x>)", "fabs(<x>)", "round(<x>)", "Math.sqrt(Math.abs(<x>))", "fmod(<x>, 2.5)",
    "Math.pow(Math.abs(<x>) + 0.1, 2)", "minof(<x>, <x>)", "Math.max(<x>, <w>)", "hours(<x> % 2)",
    "(<t> ? <x> : <x>)", "(x = <x> % 40)", "sizes[<2>]", "(-<x>)", "<v>.x", "<v>.magnitude",
    "moved(<v>).x", 'stringtonum("2.5")', "(v.x = <x> % 9)", "(x += <w> % 9)", "a[<3>]",
]  # fmt: skip
_TRUTH = [
    "(<w> < <w>)", "(<w> >= <x>)", "(<x> > <x>)", "(<x> <= <w>)", "(<w> == <w>)", "(<x> != <x>)",
    "(<w> && <x>)", "(<x> || <w>)", "(<t> && <t>)", "(<s> == <s>)", "(<s> < <s>)", "(<s> >= <s>)",
    "(!<w>)", "(<v> != <v>)", "(a[1] < a[2])", "(any == <w>)", "(a == b)",
]  # fmt: skip
_TEXTS = [
    "s", "s", '"b"', '""', "b[<2>]", "names[<2>]", "told(n, s)", "(s + <w>)", '(<w> + "c")',
    "(s + <x>)", 'concat(s, "d")', "s.substr(1, 2)", "s.toUpper()", 'b.join("-")', "a.join(<s>)",
    "string.fromNum(<x>)", "string.fromNum(<x>, 2)", 's.replace("a", "e")', '"p,q".split(",")[<2>]',
    "numtostring(<x>, 0, 2)", "(<t> ? <s> : <s>)", '(s = "n" + n)', '("q" + v)', '(NULL + "n")',
]  # fmt: skip
_ARRAYS = ["a", "a", "a.clone()", "[1, 2, <w>]", "a.concat([7])", "Array(3).fill(<w>)", "p.values"]
_VECTORS = [
    "v", "v", "Vec3(1, 2, 3)", "(v + Vec3(1, 0, 1))", "(v * 2)", "(v - v)", "(-v)", "(2 * v)",
    "(v / 2)", "Vec3(<x>, 2, 1)",
]  # fmt: skip
_SIMPLE = [
    "n = <w> % 40;", "m += <w> % 40;", "n -= <w> % 9;", "x = <x> % 40;", "y += <x> % 9;",
    "x *= <x> % 3;", "n = <x> % 50;", "x = <w>;", 's = <s>; if (s.length > 20) s = "ab";',
    's += n % 10; if (s.length > 20) s = "a";', "n++;", "--m;", "x++;", "marks[<3>] = <w> % 60;",
    "marks[<3>] += <w> % 9;", "sizes[<2>] = <x> % 60;", "names[<2>] = <w> % 9;",
    "a[<3>] = <x> % 60;",
    "a.sort();", "a.reverse();", "b.push(b.shift());", "a.push(a.shift());", "a = grown(a, n);",
    "if (a.length > 3) a.pop();", "a.splice(1, 1, n % 7);", "p.k = <w> % 9;", 'p["z"] = <x> % 9;',
    'p["a" + n % 3] = <w> % 9;', 'p.remove("a1");', "v.y = <x> % 9;", "v = <v>;", "v.x += 1;",
    "marks[1 + Math.abs(n++) % 3] += <w> % 9;", "a[1 + Math.abs(--m) % 3]++;",
    "n -= (n = <w> % 9);", "marks[<3>] += m++;", 'p["a" + n++ % 3] += 1;', "v.x += v.x++;",
    "Vec3 w = v; w.x = <x> % 9; print(w, v);", "Array c = a; c[1] = <w> % 9;", "any = <x> % 9;",
    "any = <w> % 9;", "any = <s>;", "print(<w>, <x>, <s>);", "print(any, a.length, p.keys.length);",
    "print(a[1], a[2], a[3], b[1]);", "print(<v>);", "print(<t>, <s>);", "print(1 + 2 + <s>);",
    "print(<s> + 1 + 2.5);", "int h = <x>; print(h);", "string g = <w> % 9; print(g + 1);",
    "double f = <w>; print(f / 2);", "print(p.k, p.values.length);", "print(names[1] + names[2]);",
    "Variant u = v; u.x = 5; print(v.x);", 'executestring("print(" + n % 9 + ");");',
]  # fmt: skip
_NESTED = [
    "if (<t>) { <c> }", "if (<t>) { <c> } else { <c> }", "if (<t>) { <c> } else if (<t>) { <c> }",
    "int <i> = 3; while (<i>-- > 0) { <c> <d> }",
    "int <i> = n % 6; while (<i> > 0) { <i>--; if (<t>) continue; <d> <c> }",
    "for (int <i> = 1; <i> <= 4; <i>++) { <d> if (<t>) break; m = (m + <i>) % 90; <c> }",
    "for (int <i> = 1; <i> <= 3; <i>++) { if (<t>) continue; <c> <d> }",
    "for (int <i> = 1; <i> <= a.length; <i>++) { x = (x + a[<i>]) % 90; <c> }",
    "switch (<w> % 4) { case 0: <d> <c> break; case 1: <c> case m: <d> <c> default: <c> }",
    "switch (<w> % 3) { default: <c> break; case 2: <d> <c> case 1: <c> }",
    'switch (<s>) { case "b": <c> break; case s: <c> case "x": <d> <c> break; }',
    "{ <d> <c> <c> }", "{ <d> <c> <d> <c> }",
]  # fmt: skip
_DECLARED = [
    "", "", "int n = <w> % 30;", "double z; z += 1; x = z;", "int u; u++; m = u;",
    "int fresh[2]; fresh[1] += <w> % 9; m = fresh[1];", "string s = <s>;", "double y = <x> % 20;",
    "Map q; q.k = <w> % 5; n = q.k;", "Array c; c.push(<w> % 9); m = c[1];",
]  # fmt: skip

PLAIN = Words(_HEAD, {
    "w": _WHOLE, "W": _PLAIN_WHOLE, "x": _NUMBER, "X": _PLAIN_NUMBER, "t": _TRUTH, "s": _TEXTS,
    "d": _DECLARED, "c": _NESTED, "C": _SIMPLE, "a": _ARRAYS, "v": _VECTORS,
})  # fmt: skip
ENDING = "print(n, m, x, y, s, a.length, p.keys.length, v, marks[1], marks[2], marks[3]);"
