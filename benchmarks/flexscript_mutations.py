"""Damaged, spliced and absurd FlexScript, made from the scripts of the tests.

Everything takes a `random.Random`, so that a seed names its input.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from .flexscript_programs import NAMES, SOUP

SCRIPTS = Path(__file__).parents[1] / "tests" / "data" / "flexscript"
_TOKEN = re.compile(r"\s+|\w+|//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"|[^\w\s]", re.DOTALL)
_BYTES = b"\x00\t\n\r\"'\\/*#?.;{}()[]\x7f\xc3\xa9\xff\xef\xbb\x9b"
_LINES = 3  # at most, of the piece of a script that is damaged
_OPENING = [
    "(", "[", "{", "f(", "a[", "if (1) ", "while (", "for (;;) ", "!", "- ", "a = ", "1 ? ",
    "switch (1) { case 1: ", "else ", "/*", '"', "Object ", "int f(", "a ? b : ",
]  # fmt: skip
_CHAINS = [
    ".a",
    "?.a",
    "[1]",
    "()",
    "++",
    " + 1",
    " && a",
    ", a",
    ";",
    " ",
    "\n",
    "{}",
    "\\\n",
    "??",
]
_LITERALS = ['"{}"', "'{}'", "// {}", "/* {} */", "#define A {}", "{};", "x.{};", "1{}"]


@cache
def corpus() -> list[list[str]]:
    """The lines of every script of the tests."""
    return [path.read_text(encoding="utf-8").splitlines(keepends=True)
            for path in sorted(SCRIPTS.glob("*.fs"))]  # fmt: skip


def piece(random: Random) -> str:
    """Some lines of a script."""
    lines = random.choice(corpus())
    start = random.randrange(len(lines))
    return "".join(lines[start : start + random.randint(1, _LINES)])


def damaged_bytes(random: Random) -> str:
    """A piece with bytes lost, doubled, replaced or put in, read as UTF-8."""
    made = bytearray(piece(random).encode())
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(made) + 1)
        kind = random.randrange(4)
        if kind == 0:
            del made[place : place + random.randint(1, 8)]
        elif kind == 1:
            made[place:place] = made[place : place + random.randint(1, 20)]
        elif kind == 2:
            made[place : place + 1] = bytes([random.choice(_BYTES)])
        else:
            made[place:place] = bytes([random.randrange(256)])
    return made.decode("utf-8", errors="replace")


def damaged_tokens(random: Random) -> str:
    """A piece with tokens lost, swapped, doubled, replaced, or taken from another piece."""
    made = _TOKEN.findall(piece(random))
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(made) + 1)
        kind = random.randrange(5)
        if kind == 0:
            del made[place : place + random.randint(1, 3)]
        elif kind == 1:
            made[place:place] = made[place : place + random.randint(1, 5)]
        elif kind == 2:
            made[place : place + 1] = [random.choice([*SOUP, *NAMES])]
        elif kind == 3:
            other = random.randrange(len(made) + 1)
            low, high = sorted((place, other))
            made[low:high] = made[low:high][::-1]
        else:
            made[place:place] = _TOKEN.findall(piece(random))[: random.randint(1, 12)]
    return "".join(made)


def absurd(random: Random) -> str:
    """Nesting, chains and literals far beyond what anybody writes."""
    count = random.choice([10, 60, 250, 700])
    makers: list[Callable[[], str]] = [
        lambda: random.choice(_OPENING) * count,
        lambda: f"a{random.choice(_CHAINS) * count};",
        lambda: "".join(random.choice(_OPENING) for _ in range(count // 4)),
        lambda: random.choice(_LITERALS).format(
            random.choice(["x", "9", "\\", " ", "é"]) * 4 * count
        ),
        lambda: "(" * count + "1" + ")" * random.choice([count, count - 1, 3]) + ";",
        lambda: "".join(random.choice(SOUP) for _ in range(count)),
    ]
    return random.choice(makers)()
