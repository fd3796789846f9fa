"""Richer user code in the compiled kernel: texts, tables, arrays, functions, printing."""

import re
from random import Random

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, SimulationError, simulate

from .test_code_compiled import agree, gave_up, obstacle, result_of, shop, way  # noqa: F401

NAMED = {
    "Source_OnCreation": """
        item.Type = duniform(1, 3, getstream(current));
        Array kinds = ["red", "green", "blue"];
        item.kind = kinds[item.Type];
        setname(item, "Part");""",
}
TABLE = {"Times": [["red", 4, 1.5], ["green", 6, 2.5], ["blue", 8, None]], "Seen": [[0, 0.0]] * 3}
RICH = [
    {"Queue_SendToPort": 'return item.kind == "blue" ? 2 : 1;', **NAMED},
    {
        "Queue_SendToPort": """
            string kind = getlabelstr(item, "kind");
            switch (kind) { case "red": return 1; case "green": return 2; default: return 0; }""",
        **NAMED,
    },
    {
        "Left_ProcessTime": 'return Table("Times")[item.Type][2] / 2;',
        "Right_ProcessTime": """
            Table t = Table("Times");
            for (int row = 1; row <= t.numRows; row++)
                if (t[row][1] == item.kind) return gettablenum("Times", row, 2) * 1.5;
            return 1;""",
        "Sink_OnEntry": """
            Table("Seen")[item.Type][1] += 1;
            settablenum("Seen", item.Type, 2, time());
            current.latest = Table("Seen")[item.Type][1] / 2;""",
        **NAMED,
    },
    {
        "Left_OnReset": "current.busy = 0;",
        "Left_ProcessTime": """
            int counts[3];
            Array times = [3.5, 4, 6];
            for (int i = 1, j = 3; i <= counts.length; i++, j--) counts[i] = i * j + item.Type;
            counts[2] += 1; times[1]++;
            return times[item.Type] + counts[2] % 3;""",
        **NAMED,
    },
    {
        "Left_ProcessTime": """
            double work(double a, int times) {
                double sum = 0;
                while (times > 0) { sum += a; times--; if (sum > 9) return sum / 2; }
                return sum;
            }
            int twice(int x) { return 2 * x; }
            void note(Object o) { o.calls = 1; }
            note(current);
            return work(1.5, twice(item.Type)) + twice(twice(1));""",
        **NAMED,
    },
    {
        "Left_OnEntry": 'print("in", item.name, item.Type, "at " + Model.time, port, current);',
        "Left_OnExit": 'msg("out " + current.name + ":" + item.kind, NULL, 1.0 / 3, -0.5);',
        "Sink_OnEntry": 'if (item.Type == 2) print(concat("two", item.Type, item.kind) + "!");',
        **NAMED,
    },
    {
        "Queue_OnExit": "item.from = current; item.to = current.outObjects[port];",
        "Left_OnEntry": 'if (item.from == Model.find("Queue")) item.to.entries = item.Type;',
        "Left_ProcessTime": "return item.from.as(Object).stats.content.value + item.to.entries;",
        **NAMED,
    },
    {
        "Left_OnEntry": """
            item.labels.assert("visits", 0).value++;
            item.labels.assert("since", time());""",
        "Left_ProcessTime": "return item.visits + (item.missing? == NULL ? 2 : 7);",
        "Right_OnExit": "if (item.since?) current.odd = 1; if (!item.visits?) item.visits = 0;",
        "Sink_OnEntry": """
            current.seen = item.visits;
            if (item.labels["since"] && !item.labels["kind2"]) current.seen += 1;
            if (item.labels["kind2"] == NULL && item.labels["visits"] != NULL) current.seen += 2;
            print(current.seen);""",
        **NAMED,
    },
    {
        "Left_ProcessTime": """
            return (item.Type << 2 | 1) ^ (6 & ~item.Type) + (37 >> 2) - Math.pow(1.1, item.Type)
                + exp(-1) + Math.log(3) + sin(2) + cos(0.5) + tan(0.3) + Math.log10(50)
                + trunc(2.7) + fmod(7.5, 2) + round(2.5) + Math.pi + minutes(0.01);""",
        **NAMED,
    },
    {
        "Left_ProcessTime": """
            return triangular(item.Type, 9, item.Type + 2, 3) + weibull(0, 2, item.Type);""",
        "Right_ProcessTime": """
            return exponential(0, 4, getstream(Model.find("Left"))) + uniform(1, 2, 3);""",
        "Sink_OnEntry": "current.x = lognormal(0, 1, item.Type, 101) + normal(3, 1, 0);",
        **NAMED,
    },
    {
        "Left_OnEntry": """
            item.color = Color.red; current.color = Color.random(); colorarray(item, item.Type);
            setcolor(item, 1, 0, 0); item.setLocation(1, 2, 3); repaintall();""",
        "Left_ProcessTime": """
            if (getstatenum(current) == STATE_IDLE) return 4;
            return current.stats.state().value == 9 ? 5 : getstat(current, "Input") % 5;""",
        "Right_ProcessTime": """
            Object next = outobject(current, 2);
            if (next == NULL && objectexists(outobject(current, 1))) return nrcp(current) + 3;
            return 99;""",
        **NAMED,
    },
    {
        "Source_OnCreation": """
            item.Type = duniform(1, 3);
            setname(item, "Box" + rownumber);
            item.tag = concat("T", item.Type) + "/" + exponential(0, 3);""",
        "Left_OnExit": """
            current.spent = time() - getentrytime(item) + (item.tag? == NULL);
            current.age = max(getcreationtime(item), 3);""",
        "Right_ProcessTime": """
            return Model.find("Left").age % 7 + Table("Times")[item.Type]["Col 2"];""",
        "Left_OnReset": "current.age = 1;",
    },
    {
        "Left_ProcessTime": """
            return Model.parameters.Speed * item.Type / Model.parameters.Lots.value;""",
        **NAMED,
    },
    {
        "Source_OnCreation": "item.a = rownumber; item.b = rownumber * 0.5; item.c = item.a % 2;",
        "Left_ProcessTime": "return item.a / 2 % 7 + item.b / 2 % 5 + iff(item.c, 1, 0.5);",
        "Right_OnExit": "item.c = item.c + 1; current.half = item.c / 1;",
    },
]  # fmt: skip


def rich(code):
    plant = shop(**code)
    plant.model.tables = {name: [list(row) for row in rows] for name, rows in TABLE.items()}
    plant.model.parameters = {"Speed": 3, "Lots": 2}
    return plant


@pytest.mark.parametrize("code", RICH, ids=range(len(RICH)))
def test_rich_code_is_compiled_and_agrees(code, gave_up):  # noqa: F811 - a fixture
    plant = rich(code)

    assert obstacle(plant) is None
    agree(plant)
    assert gave_up == []


def test_what_is_printed_ends_where_the_reference_ends():
    plant = rich({"Left_OnEntry": "print(item.Type, time());", **NAMED})

    outputs = [
        simulate(plant.model, RunConfig(20_000.0, kernel=kernel), runner=code_runner()).output
        for kernel in ("compiled", "reference")
    ]

    assert len(outputs[0]) == 1000
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ({"Left_OnExit": 'item.x = "a" + item.Type; print(item.x);'}, "reads x, a text that"),
        ({"Left_OnExit": 'string s = "a" + item.Type;'}, "keeps a text that is put together"),
        ({"Source_OnCreation": "item.t = getentrytime(item);"}, "has entered that is being made"),
        ({"Left_OnExit": 'item.x = 1; item.x = "a";'}, "label x, which is sometimes an integer"),
        ({"Left_OnExit": "int f(int x) { return f(x); } f(1);"}, "f, which calls itself"),
        ({"Left_OnExit": 'Table("None")[1][1] = 2;'}, "a table None that is not there"),
        ({"Left_OnExit": "Array a = [1]; a.push(2);"}, "calls push"),
        ({"Left_OnExit": "Array a = Array(item.Type);"}, "declares Array a"),
        ({"Left_OnExit": 'Array a = [1]; a[1] = "x";'}, "sometimes a text, sometimes a number"),
        ({"Left_OnExit": "Map m;"}, "declares Map m"),
        ({"Left_OnExit": 'Model.find("Team").x = 1;'}, "finds an object that has no part"),
        ({"Left_OnExit": "uniform(0, 1, item.Type);"}, "a stream that is computed"),
        ({"Left_OnExit": "if (item.kind) item.x = 1;"}, "tests a text"),
        ({"Left_OnExit": "current.name = item.kind;"}, "changes the name of an object"),
        ({"Left_OnExit": "sendmessage(current, current);"}, "calls sendmessage"),
        ({"Left_OnExit": "Model.parameters.Speed = 2;"}, "assigns|uses|keeps"),
        ({"Left_OnReset": "current.list = [1];"}, "uses an array as a value"),
    ],
)  # fmt: skip
def test_what_is_not_lowered_says_why(code, reason):
    plant = rich({**NAMED, **code})
    plant.add("NetworkNode", "Team")

    assert re.search(reason, obstacle(plant))


@pytest.mark.parametrize(
    "text",
    [
        'return Table("Times")[4][2];',
        "Array a = [1, 2]; return a[3];",
        "Array a = [1, 2]; a[0] = 1; return 1;",
        "return Math.log(0);",
        "return exp(1000);",
        "return Math.pow(0, -1);",
        "return 1 << 70;",
        "return triangular(5, 1, 3 * item.Type);",
        "return current.missing / 2;",
    ],
)
def test_an_error_is_the_reference_s(text):
    plant = rich({"Left_ProcessTime": text, **NAMED})
    assert obstacle(plant) is None

    messages = []
    for kernel in ("compiled", "reference"):
        with pytest.raises(SimulationError) as caught:
            result_of(plant, kernel)
        messages.append(str(caught.value))

    assert messages[0] == messages[1]


@pytest.mark.parametrize(
    "code",
    [
        {
            "Source_OnCreation": "item.a = rownumber % 2 ? 3 : 2.5;",
            "Left_ProcessTime": "return item.a / 2;",
        },
        {"Left_ProcessTime": 'return Table("Times")[item.Type][3];', **NAMED},
        {"Left_OnExit": "print(item.Type > 1 ? 2e6 : 7);", **NAMED},
        {"Left_OnExit": "double x = (item.Type - 2) * -3; print(x);", **NAMED},
    ],
    ids=[
        "a division of whole numbers or not",
        "an empty cell",
        "a large number that is printed",
        "a zero that comes of whole numbers",
    ],
)
def test_what_only_the_run_shows_is_left_to_the_reference(code, gave_up):  # noqa: F811
    plant = rich(code)

    assert obstacle(plant) is None
    agree(plant)
    assert len(gave_up) == 1


WHOLE = ["item.Type", "n", "3", "0", "7", "marks[2]", "whole(item.Type)", "getinput(current)"]
REAL = ["item.x", "r", "2.5", "time()", "sizes[item.Type]", 'Table("Times")[item.Type][2]', "0.0"]
TEXTS = ["item.kind", '"red"', '"green"', "current.name", "item.name", "word"]


def number(rng, depth):
    """A random expression of numbers of all kinds, texts compared, functions and tables."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(WHOLE + REAL)
    one, two = number(rng, depth - 1), number(rng, depth - 1)
    text, other = rng.choice(TEXTS), rng.choice(TEXTS)
    return rng.choice([
        f"({one} {rng.choice(['+', '-', '*', '+', '<', '>=', '=='])} {two})",
        f"({one} / {rng.choice(['2', '2.5', '3', '-4'])})",
        f"({one} % {rng.choice(['5', '3.5'])})",
        f"({text} {rng.choice(['==', '!='])} {other} ? {one} : {two})",
        f"whole({one} % 9)",
        f"(whole({one} % 50) {rng.choice(['&', '|', '^'])} 13)",
        f"iff({one} > 2, {two}, 1)",
        f"{rng.choice(['Math.min', 'maxof'])}({one}, {two})",
        f"{rng.choice(['Math.abs', 'Math.floor', 'trunc', 'round', 'sin'])}({one})",
        f"(n = {one} % 40)",
        f"(marks[1 + whole(Math.abs({one})) % 3] = {two} % 30)",
        f"(item.y? == NULL ? {one} : item.y % 50)",
        "uniform(1, 4, 5)",
        "duniform(1, 4)",
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_random_rich_code_agrees(seed):
    rng = Random(seed)
    head = """
        int whole(double x) { int y = x; return y; }
        int n = 4; double r = 1; string word = "blue";
        int marks[3]; Array sizes = [1, 2.5, 3];
    """
    bodies = [f"{head} r = {number(rng, 3)}; n = {number(rng, 2)};" for _ in range(3)]
    plant = rich({
        "Queue_OnEntry": f"""{bodies[0]}
            item.x = r % 50; if (n > 9) item.y = n;
            Table("Seen")[item.Type][1] = n % 9;""",
        "Queue_SendToPort": f"{bodies[1]} return n % 2 == 0 ? 1 : 2;",
        "Left_ProcessTime": f'{bodies[2]} return Math.abs(n + r + Table("Seen")[1][1]) % 9;',
        "Left_OnExit": 'print(item.x, item.Type, item.kind + ":" + Table("Seen")[item.Type][1]);',
        "Source_OnCreation": NAMED["Source_OnCreation"] + "item.x = 0;",
    })  # fmt: skip

    assert obstacle(plant) is None
    agree(plant, seed=seed)
