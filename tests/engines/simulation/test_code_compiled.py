"""User code in the compiled kernel: the reference's numbers, bit for bit."""

from math import inf
from random import Random

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, SimulationError, simulate
from apps.engines.simulation.compiled import engine
from apps.engines.simulation.compiled.lower import why_not
from apps.engines.simulation.compiled.program import NotLowered
from apps.engines.simulation.kernel.build import build
from apps.engines.simulation.kernel.clock import Clock
from apps.engines.simulation.kernel.simulation import Simulation
from apps.engines.simulation.streams import Streams

from .plant import Plant, law, value_of


def shop(**code):
    """A source, a queue before two processors, a sink; code by "Object.Property"."""
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 5))
    queue = plant.add("Queue", MaxContent=7)
    left = plant.add("Processor", "Left", ProcessTime=law("uniform", 3, 9))
    right = plant.add("Processor", "Right", ProcessTime=law("normal", 8, 3), MaxContent=2)
    sink = plant.add("Sink")
    plant.link(source, queue, left, sink)
    plant.link(queue, right, sink)
    for place, text in code.items():
        name, prop = place.split("_")
        key = f"Triggers.{prop}" if prop.startswith("On") else prop
        next(obj for obj in plant.model if obj.name == name).properties[key] = value_of(text)
    return plant


def result_of(plant, kernel, **config):
    settings = {"warmup": 50.0, "replications": 2, "trace": True} | config
    return simulate(plant.model, RunConfig(3000.0, kernel=kernel, **settings), runner=code_runner())


@pytest.fixture(autouse=True, params=[0, inf], ids=["machine code", "interpreted"])
def way(request, monkeypatch):
    """The two ways in which the compiled kernel runs code; each test goes both."""
    monkeypatch.setattr(engine, "LONG", request.param)


@pytest.fixture
def gave_up(monkeypatch):
    """The runs that the compiled kernel has left to the reference."""
    seen, run = [], engine.run

    def watched(*args):
        try:
            run(*args)
        except NotLowered as reason:
            seen.append(reason)
            raise

    monkeypatch.setattr(engine, "run", watched)
    return seen


def agree(plant, **config):
    compiled, reference = (result_of(plant, k, **config) for k in ("compiled", "reference"))
    one, two = compiled.to_json(), reference.to_json()
    for data in (one, two):
        del data["seconds"], data["config"]
    assert one == two
    assert compiled.trace.items == reference.trace.items
    assert compiled.trace.states == reference.trace.states
    assert compiled.events > 500


def obstacle(plant):
    sim = Simulation(plant.model, Clock(10**6, 10**9), Streams(1, 0))
    build(plant.model, sim, code_runner())
    return why_not(sim)


TYPED = {"Source_OnCreation": "item.Type = duniform(1, 3, getstream(current));"}
SHOPS = [
    {"Queue_SendToPort": "return item.Type == 3 ? 2 : item.Type;", **TYPED},
    {
        "Queue_SendToPort": """
            Object current = ownerobject(c);
            Object item = param(1);
            switch (getlabel(item, "Type")) {
                case 1: return 1;
                case 2: return 2;
                default: return 0;
            }
        """,
        **TYPED,
    },
    {
        "Queue_OnReset": "current.turn = 2;",
        "Queue_SendToPort": "current.turn = 3 - current.turn; return current.turn;",
    },
    {
        "Queue_SendToPort": """
            int best = 1;
            for (int i = 2; i <= current.outObjects.length; i++) {
                if (i > 9) break;
                if (current.outObjects[i].stats.content.value >= content(current.outObjects[best]))
                    continue;
                best = i;
            }
            return best;""",
    },
    {"Left_ProcessTime": "item.Type * 2.5 + duniform(0, item.Type) / 2.0", **TYPED},
    {
        "Left_ProcessTime": "return bernoulli(40, 3, 12);",
        "Right_SetupTime": "Math.max(1, 2 * time() % 7)",
    },
    {
        "Left_OnReset": "current.recent = 0;",
        "Left_SetupTime": """
            if (current.recent == item.Type) return 0;
            current.recent = item.Type;
            return 4;""",
        "Left_OnSetupFinish": "item.Type += 0.5;",
        "Left_OnProcessFinish": 'item.labels["Type"].value -= 0.5;',
        **TYPED,
    },
    {"Source_InterArrivalTime": "Model.time < 1000 ? exponential(0, 4) : uniform(2, 9)"},
    {
        "Sink_OnReset": "current.sum = 0; current.n = 0;",
        "Sink_OnEntry": "current.sum += port; current.n++; int k = 7; k /= 2; current.k = k;",
        "Left_OnEntry": "item.from = port;",
        "Left_OnExit": "item.from = item.from + port * 10;",
        "Right_ProcessTime": 'Model.find("Sink").sum / 4.0 % 11 + Model.find("Sink").n % 3',
    },
    {
        "Right_ProcessTime": """
            double x = 3.7; int y = x; Variant z = y; z = z + 0.5;
            while (1) { y++; if (y > 5 || !z) break; z += -1; }
            return Math.floor(x) + y + z + fabs(-2) - 1 % 2;""",
    },
    {"Left_ProcessTime": "Object o = NULL; if (!o) o = current; return o == current ? 5 : 6;"},
    {"Left_ProcessTime": "return normal(item.Type, 3);", **TYPED},  # clamped, with its warning
]  # fmt: skip


@pytest.mark.parametrize("code", SHOPS)
def test_common_code_is_compiled_and_agrees(code, gave_up):
    plant = shop(**code)

    assert obstacle(plant) is None
    agree(plant)
    assert gave_up == []


ATOMS = ["item.a", "item.b", "current.c", "2", "3.5", "0", "time()", "7", "x", "y"]


def expression(rng, depth):
    """A random arithmetic expression of labels, numbers, draws and conditions."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(ATOMS)
    one, two, three = (expression(rng, depth - 1) for _ in range(3))
    return rng.choice([
        f"({one} {rng.choice(['+', '-', '*'])} {two})",
        f"({one} {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {two})",
        f"({one} ? {two} : {three})",
        f"({one} {rng.choice(['&&', '||'])} {two})",
        f"({rng.choice('-!')}{one})",
        f"{rng.choice(['Math.abs', 'floor', 'Math.ceil'])}({one})",
        f"{rng.choice(['minof', 'Math.max'])}({one}, {two})",
        f"({one} {rng.choice(['% 5', '/ 2.5', '% 3.5'])})",
        f"bernoulli(30, {one}, {two})",
        rng.choice([f"(uniform(0, 2) + {one})", "duniform(1, 4)", "uniform(item.b, item.b + 2)"]),
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_random_code_agrees(seed, gave_up):
    rng = Random(seed)
    head = "int x = 4; double y = 1;"
    bodies = [f"{head} x = {expression(rng, 3)}; y = {expression(rng, 3)};" for _ in range(4)]
    plant = shop(
        Source_OnCreation="item.a = rownumber; item.b = 0.5;",
        Queue_OnReset="current.c = 1;",
        Left_OnReset="current.c = 2;",
        Right_OnReset="current.c = 3;",
        Queue_OnEntry=f"{bodies[0]} item.a = (x + y) % 50; current.c = y % 20;",
        Queue_SendToPort=f"{bodies[1]} return x > y ? 1 : 2;",
        Left_ProcessTime=f"{bodies[2]} return Math.abs(x + y) % 9;",
        Right_OnExit=f"{bodies[3]} current.c = (x - y) % 30; item.b = y % 40;",
    )

    assert obstacle(plant) is None
    agree(plant, seed=seed)
    assert gave_up == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ({"Left_OnExit": "Map m; m.a = 1;"}, "Left: OnExit declares Map m"),
        ({"Left_OnExit": 'string s = "x" + item.a;'}, "Left: OnExit keeps a text that is put"),
        ({"Left_OnExit": "Array a = Array(item.a);"}, "declares Array a"),
        ({"Queue_OnExit": 'stopobject(Model.find("Left"), 12);'}, "calls stopobject"),
        ({"Queue_OnReset": "current.x = uniform(0, 1);"}, "OnReset draws"),
    ],
)  # fmt: skip
def test_code_beyond_programs_runs_in_the_reference(code, reason):
    plant = shop(Source_OnCreation="item.a = 3;", **code)

    with pytest.raises(SimulationError, match=reason):
        result_of(plant, "compiled")
    assert result_of(plant, "auto").kpis["items_out"].mean > 0


@pytest.mark.parametrize(
    "text",
    [
        "return item.missing;",
        "int zero = 0; return 1 / zero;",
        "while (1) { }",
        "return normal(1, 0 - item.a);",
        "return Math.sqrt(0 - item.a);",
        "return current.outObjects[item.a].stats.content.value;",
    ],
)
def test_an_error_is_the_reference_s_with_its_place(text):
    plant = shop(Source_OnCreation="item.a = 3;", Left_ProcessTime=text)
    assert obstacle(plant) is None

    messages = []
    for kernel in ("compiled", "reference"):
        with pytest.raises(SimulationError) as caught:
            result_of(plant, kernel)
        messages.append(str(caught.value))

    assert messages[0] == messages[1]
    assert messages[0].startswith("Left: ProcessTime, line 1, column ")


def test_whole_numbers_beyond_a_double_s_are_exact(gave_up):
    """A generator of 61-bit products: a double would lose their last bits."""
    step = "current.s = (current.s * 1103515245 + 12345) % 2147483648; return current.s % 11;"
    plant = shop(Left_OnReset="current.s = 2147483647;", Left_ProcessTime=step)

    assert obstacle(plant) is None
    agree(plant)
    assert len(gave_up) == 1


def test_a_port_that_is_not_there_is_warned_of_by_both():
    plant = shop(Queue_SendToPort="int port = 5; return port;")

    results = [result_of(plant, kernel).to_json() for kernel in ("compiled", "reference")]

    assert results[0]["warnings"] == results[1]["warnings"]
    assert "SendToPort gave port 5" in results[0]["warnings"][0]


def test_labels_survive_the_growth_of_the_item_pool():
    plant = shop(
        Source_OnCreation="item.a = rownumber % 7;",
        Source_InterArrivalTime="return 1;",
        Left_ProcessTime="3 + item.a",
        Right_ProcessTime="9 - item.a",
    )
    plant.model.objects[1].properties.clear()
    plant.model.objects[1].properties["MaxContent"] = value_of(100_000)

    agree(plant)
