"""Random FlexScript: programs that parse, and token soup that mostly does not.

Both take a `random.Random`, so that a seed names its program. Programs use few names, so that
variables meet values of every kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def words(text: str) -> list[str]:
    """The words of a line, so that long lists stay readable."""
    return text.split()


NAMES = words("a b c item Queue x1")
TYPES = words("int double string treenode Object Variant Array Map Table Color Vec3 var")
CLASSES = words("Source Queue Processor Sink Operator Conveyor::StraightConveyor Nope")
PROPERTIES = words("MaxContent ProcessTime ArrivalStyle Triggers.OnExit Location.X Nope")
MEMBERS = words(
    "name location size x y length labels value stats input outObjects kind numRows keys rank up"
)
METHODS = words(
    "setLocation setProperty getProperty setSize push pop sort splice join concat indexOf split "
    "substr find copy destroy clone fill addRow setSize is as append remove"
)
COMMANDS = words(
    "print contextdragconnection objectexists setname setloc getname concat maxof minof round sqrt "
    "pow exponential normal hours createcopy setvarnum addlabel getlabel Vec3 Array Map Table "
    "Color fmod stringtonum numtostring node model content rank executestring fileopen "
    "createObject kinematics setrank gettablenum"
)
LITERALS = [
    *words("0 1 2 3 -1 2.5 1e308 0x1F 100000 NULL true Model Math 9223372036854775807"),
    *words('"" "a" "Queue" "1;2" \'A\' ">variables/cycletime" "print(1);"'),
    '"normal(1, 2)"',
    '"line \\\ngoes on"',
]
VALUES = [
    *words('3 -1.5 "text" NULL [1,2,3] [[1,2],[3,4]] Map() Table(2,3) Vec3(1,2,3) Color(1,0,0)'),
    *words('exponential(0,10,1) ["a","b"] Model library() model() DateTime(5) "Queue" 0'),
    *words('Object.create("Queue") Object.create("Source") Object.create("Separator")'),
    *words('getvarnode(Object.create("Processor"),"cycletime") Object.create("Queue").labels'),
    *words('Object.create("Sink").stats Object.create("Sink").outObjects'),
    *words('Object.create("Queue").labels.assert("kind",7) Object Table("Global")'),
]
BINARY = words("+ - * / % == != < > <= >= && ||")
ASSIGN = words("= += -= *= /=")
BLANKS = [" ", " ", " ", " ", "\n", "  ", "\n\n\n", "\t"]
GAPS = [*BLANKS, "/* c */", " // line\n", "\n// own\n", "/**/"]
SOUP = [
    *NAMES, *TYPES, *LITERALS, *BINARY, *ASSIGN,
    *words("( ) [ ] { } , ; . ?. ? : ! ++ -- \" ' /* */ // \\ @ é Conveyor.Item AGV."),
    *words("if else while for switch case default break continue return"),
    "#define A 1\n", "\n", "\x00",
]  # fmt: skip

Tokens = list[str]


class Programs:
    """Writes tokens of programs that parse."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def pick(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def source(self, statements: int = 6) -> str:
        """A program as text, with random gaps between its tokens."""
        tokens: Tokens = []
        for _ in range(self.random.randint(1, statements)):
            tokens += self.top()
        plain = self.random.random() < 0.3
        return "".join(word + (" " if plain else self.gap(word)) for word in tokens)

    def runnable(self) -> str:
        """A program whose variables hold values of many kinds from the start, so that it goes on
        beyond its first line.
        """
        values = self.random.sample(VALUES, len(NAMES))
        start = "".join(
            f"Variant {name} = {value};\n" for name, value in zip(NAMES, values, strict=True)
        )
        return start + self.source(self.random.choice([1, 2, 4]))

    def single_call(self, commands: Sequence[str], methods: Sequence[str]) -> str:
        """One command, method, operator, member or index with values of any kind."""
        receiver, given = self.pick(VALUES), ", ".join(self.given())
        kind = self.random.randrange(6)
        if kind <= 1:
            made = f"{self.pick(commands)}({given})"
        elif kind <= 3:
            made = f"{receiver}.{self.pick(methods)}({given})"
        elif kind == 4:
            made = f"{receiver} {self.pick(BINARY)} {self.pick(VALUES)}"
        else:
            made = (
                f"v[{self.pick(VALUES)}]{self.pick(['', f'.{self.pick(MEMBERS)}', ' = v', '++'])}"
            )
        return f"Variant v = {receiver}; Variant w = {made};\nprint(w, v); v.value = w; v[1] = w;"

    def given(self) -> list[str]:
        """Up to four arguments."""
        return [
            self.pick(VALUES if self.random.random() < 0.6 else LITERALS)
            for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 4]))
        ]

    def gap(self, word: str) -> str:
        """A blank keeps a division from becoming a comment."""
        return (" " if word == "/" else "") + self.pick(GAPS)

    def top(self) -> Tokens:
        if self.random.random() < 0.1:
            return ["\n", f"#define {self.pick(NAMES)} {self.pick(LITERALS[:8])}\n"]
        if self.random.random() < 0.1:
            head = [
                self.pick(TYPES),
                self.pick(NAMES),
                "(",
                self.pick(TYPES),
                self.pick(NAMES),
                ")",
            ]
            return [*head, *self.block(2)]
        return self.statement(3)

    def statement(self, depth: int) -> Tokens:
        simple = [self.declared, self.assigned, self.called, self.small]
        nested = [self.conditional, self.loop, self.counted, self.switched, self.block]
        if depth <= 0 or self.random.random() < 0.65:
            return self.random.choice(simple)()
        return self.random.choice(nested)(depth - 1)

    def declared(self) -> Tokens:
        kind = self.pick([*TYPES, "Conveyor.Item"])
        if self.random.random() < 0.2:
            return [kind, self.pick(NAMES), "[", "]", "=", "{", *self.listed(2), "}", ";"]
        if self.random.random() < 0.3:
            return [kind, self.pick(NAMES), ",", self.pick(NAMES), ";"]
        return [kind, self.pick(NAMES), "=", *self.value(3), ";"]

    def assigned(self) -> Tokens:
        return [*self.place(), self.pick(ASSIGN), *self.value(3), ";"]

    def place(self) -> Tokens:
        name = self.pick(NAMES)
        kind = self.random.random()
        if kind < 0.6:
            return [name]
        if kind < 0.8:
            return [name, "[", *self.value(1), "]"]
        return [name, ".", self.pick(MEMBERS)]

    def called(self) -> Tokens:
        return [*self.call(2), ";"]

    def small(self) -> Tokens:
        step = [self.pick(["++", "--"]), self.pick(NAMES)]
        return self.random.choice(
            [[";"], ["return", *self.value(1), ";"], [*step, ";"], [*step[::-1], ";"],
             ["break", ";"], ["continue", ";"], ["return", ";"]]
        )  # fmt: skip

    def conditional(self, depth: int) -> Tokens:
        made = ["if", "(", *self.value(2), ")", *self.block(depth)]
        if self.random.random() < 0.5:
            made += ["else", *self.statement(depth)]
        return made

    def loop(self, depth: int) -> Tokens:
        return ["while", "(", *self.value(1), ")", *self.statement(depth)]

    def counted(self, depth: int) -> Tokens:
        name = self.pick(NAMES)
        head = ["for", "(", "int", name, "=", "1", ";", name, "<=", self.pick(["3", "9"]), ";"]
        return [*head, name, "++", ")", *self.statement(depth)]

    def switched(self, depth: int) -> Tokens:
        made = ["switch", "(", *self.value(1), ")", "{"]
        for _ in range(self.random.randint(0, 3)):
            made += ["case", *self.value(0), ":", *self.statement(depth), "break", ";"]
        return [*made, "default", ":", *self.statement(depth), "}"]

    def block(self, depth: int) -> Tokens:
        made = ["{"]
        for _ in range(self.random.randint(0, 3)):
            made += self.statement(depth)
        return [*made, "}"]

    def listed(self, depth: int) -> Tokens:
        made: Tokens = []
        for index in range(self.random.randint(0, 3)):
            made += [*([","] if index else []), *self.value(depth - 1)]
        return made

    def value(self, depth: int) -> Tokens:  # noqa: PLR0911
        if depth <= 0 or self.random.random() < 0.3:
            return [self.pick(LITERALS if self.random.random() < 0.6 else NAMES)]
        kind = self.random.randrange(9)
        if kind <= 1:
            return [*self.operand(depth), self.pick(BINARY), *self.operand(depth)]
        if kind == 2:
            return ["[", *self.listed(depth), "]"]
        if kind <= 4:
            return self.call(depth)
        if kind == 5:
            return [self.pick(NAMES), "[", *self.value(depth - 1), "]"]
        if kind == 6:
            return [self.pick(NAMES), self.pick([".", ".", "?."]), self.pick(MEMBERS)]
        if kind == 7:
            return ["(", *self.value(depth - 1), "?", *self.value(0), ":", *self.value(0), ")"]
        return [self.pick(["-", "!", "+"]), *self.operand(depth)]

    def operand(self, depth: int) -> Tokens:
        return ["(", *self.value(depth - 1), ")"]

    def call(self, depth: int) -> Tokens:
        kind = self.random.random()
        if kind < 0.2:
            return ["Object", ".", "create", "(", f'"{self.pick(CLASSES)}"', ")"]
        if kind < 0.35:
            name = f'"{self.pick(PROPERTIES)}"'
            return [self.pick(NAMES), ".", "setProperty", "(", name, ",", *self.value(1), ")"]
        arguments = ["(", *self.listed(depth), ")"]
        if kind < 0.6:
            return [self.pick(NAMES), self.pick([".", "?."]), self.pick(METHODS), *arguments]
        return [self.pick(COMMANDS if kind < 0.9 else NAMES), *arguments]


def soup(random: Random, length: int = 40) -> str:
    """Tokens and pieces of tokens in any order."""
    return "".join(
        random.choice(SOUP) + random.choice(["", " "]) for _ in range(random.randint(0, length))
    )


def damaged(random: Random, source: str) -> str:
    """A program with some characters lost, doubled, replaced or moved."""
    letters = list(source)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(letters) + 1)
        kind = random.randrange(4)
        if kind == 0:
            del letters[place : place + random.randint(1, 6)]
        elif kind == 1:
            letters[place:place] = random.choice(SOUP)
        elif kind == 2:
            letters[place:place] = letters[place : place + random.randint(1, 20)]
        else:
            letters[place:place] = chr(random.choice([0, 9, 10, 13, 34, 39, 92, 127, 233, 0x1F600]))
    return "".join(letters)
