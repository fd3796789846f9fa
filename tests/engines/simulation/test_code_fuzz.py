"""Random code: it runs or is refused in words, and never fails in any other way."""

import re
from random import Random

import pytest

from apps.engines.flexscript import Limits, code_runner
from apps.engines.flexscript.code_runner_commands import COMMANDS
from apps.engines.simulation import SimulationError

from .plant import Plant, value_of

ATOMS = [
    "item", "current", "port", "NULL", "1", "2.5", '"s"', "x", "a", "m", "Model", "Math", "c",
    "Model.time", "item.lab", "current.stats", "true", "-3", "current.outObjects", "1e308",
    "current.labels", "item.subnodes", "[1,2]", "Vec3(1,2,3)", 'Table("T")', "Color.red", "Map()",
    "current.inObjects[1]", "getstream(current)", "string", "Object", "DateTime", "Array(3)",
]  # fmt: skip
MEMBERS = [
    "name", "labels", "stats", "content", "value", "length", "x", "lab", "up", "keys", "rank",
    "subnodes", "inObjects", "location", "time", "parameters", "numRows", "first", "average",
]  # fmt: skip
METHODS = [
    "push", "pop", "as", "is", "find", "assert", "setProperty", "getProperty", "message", "stop",
    "resume", "join", "sort", "clone", "substr", "toNum", "state", "setLocation", "concat",
    "splice", "fill", "indexOf", "fromNum", "sqrt", "max", "round", "floor", "create", "addRow",
]  # fmt: skip
OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]
TARGETS = ["x", "a[1]", "m.k", "item.lab", "current.lab", "item.lab2", "m[1]"]


def expression(rng, depth):
    if depth <= 0 or rng.random() < 0.1:
        return rng.choice(ATOMS)

    def inner(less=1):
        return expression(rng, depth - less)

    arguments = ", ".join(inner(2) for _ in range(rng.randrange(4)))
    return rng.choice([
        f"({inner()} {rng.choice(OPERATORS)} {inner()})",
        f"{inner()}.{rng.choice(MEMBERS)}",
        f"{inner()}[{inner()}]",
        f"{inner()}.{rng.choice(METHODS)}({arguments})",
        f"{rng.choice(list(COMMANDS))}({arguments})",
        f"({inner()} ? {inner()} : {inner()})",
        f"(!{inner()})",
        f"({rng.choice(TARGETS)} {rng.choice(['=', '+=', '*='])} {inner()})",
    ])  # fmt: skip


def statement(rng, depth):
    if depth <= 0 or rng.random() < 0.5:
        return expression(rng, 3) + ";"

    def inner():
        return statement(rng, depth - 1)

    return rng.choice([
        f"if ({expression(rng, 2)}) {{ {inner()} }} else {{ {inner()} }}",
        f"for (int i = 0; i < 3; i++) {{ {inner()} {rng.choice(['break;', 'continue;', ''])} }}",
        f'switch ({expression(rng, 1)}) {{ case 1: {inner()} case "s": default: {inner()} }}',
        f"return {expression(rng, 2)};",
    ])  # fmt: skip


@pytest.mark.parametrize("block", range(4))
def test_random_code_runs_or_is_refused_in_words(block):
    ran, odd = 0, []
    for seed in range(block * 80, block * 80 + 80):
        rng = Random(seed)
        body = " ".join(statement(rng, 2) for _ in range(rng.randrange(1, 4)))
        try:
            run(body, rng.choice(["Triggers.OnEntry", "SendToPort", "Triggers.OnExit"]))
            ran += 1
        except SimulationError as error:
            if error.object != "Queue" or re.search("failed:|positional", str(error)):
                odd.append((body, str(error)))

    assert odd == []
    assert ran


def run(body, where):
    plant = Plant()
    source = plant.arrivals(1, 2)
    queue = plant.add("Queue", **{where: f"Variant x = 1; Array a = [1]; Map m; {body}"})
    plant.link(source, queue, plant.add("Sink"))
    source.properties["Triggers.OnCreation"] = value_of("item.lab = rownumber;")
    queue.labels["lab"] = 3
    plant.run(10, runner=code_runner(Limits(steps=20_000)), kernel="reference")
