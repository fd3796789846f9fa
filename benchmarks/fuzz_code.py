"""Random user code in all the ways in which it can run, which must give the same.

`code`: through the compiled kernel, interpreted and as machine code, and through the reference:
figures, trace, printed lines or error. Where the machine gives up, machine code must give up too.
`plain`: what looks at no object prints the same in a script and in a running model.
"""

from __future__ import annotations

import traceback
from collections import Counter
from random import Random
from typing import Any

from apps.engines.flexscript import code_runner, execute
from apps.engines.simulation import RunConfig, SimulationError, simulate
from apps.engines.simulation.compiled import engine
from apps.engines.simulation.compiled.program import NotLowered
from apps.engines.simulation.model import CodeValue, Model
from benchmarks.flexscript_code import PLACES, SHOP, Code
from benchmarks.flexscript_plain import ENDING, PLAIN

UNTIL, WARM_UP = 400.0, 50.0
NEVER, SOON = float("inf"), 300  # steps after which code becomes machine code
ONE_ITEM = """Object s = Object.create("Source"); Object k = Object.create("Sink");
contextdragconnection(s, k, "A"); s.setProperty("InterArrivalTime", 5);"""
TABLES = ("state", "content", "wip", "item", "finished")
_BEYOND = "the compiled kernel cannot run this"
_gave_up: list[str] = []


def code_attempt(seed: int, number: int, tally: Counter[str]) -> str | None:
    """Run one shop in all ways; what differs, or None."""
    shop = Code(Random(f"{seed}/{number}")).shop()
    tally["inputs"] += 1
    tally["programs"] += len(PLACES)
    try:
        problem = _compared(_model(shop), number, tally)
    except Exception:  # noqa: BLE001 - every exception is a finding here
        tally["crashes"] += 1
        problem = traceback.format_exc(limit=-4)
    if problem is None:
        return None
    code = "\n".join(f"--- {name} {prop}\n{text}" for (name, prop), text in shop.items())
    return f"{problem}\n{code}"


def _model(shop: dict[tuple[str, str], str]) -> Model:
    model = execute(SHOP).model
    assert model is not None
    for (name, prop), text in shop.items():
        found = model.find(name)
        assert found is not None
        found.properties[prop] = CodeValue(text)
    return model


def _compared(model: Model, number: int, tally: Counter[str]) -> str | None:
    interpreted, gave_up = _result(model, number, "compiled", NEVER)
    if str(interpreted).startswith(_BEYOND):
        tally["beyond programs"] += 1
        tally[str(interpreted)[len(_BEYOND) + 2 :][:40]] += 1
        return None
    native, native_gave_up = _result(model, number, "compiled", SOON if number % 5 == 0 else 0)
    if gave_up != native_gave_up:
        return f"interpreted: {gave_up or 'to its end'}; as machine code: {native_gave_up or 'too'}"
    failed = isinstance(interpreted, str)
    tally["stopped by an error" if failed else "gave up" if gave_up else "to the end"] += 1
    reference, _ = _result(model, number, "reference", NEVER)
    for name, other in (("interpreted", interpreted), ("machine code", native)):
        if other != reference:
            return f"{name} differs from the reference: {_difference(other, reference)}"
    return None


def _result(model: Model, seed: int, kernel: str, long: float) -> tuple[Any, str]:
    """Figures, trace and output, or the words of the error; and why the kernel gave up."""
    _gave_up.clear()
    engine.LONG, engine.BUDGET = long, 100 if long == SOON else 100_000  # type: ignore[assignment]
    config = RunConfig(UNTIL, warmup=WARM_UP, seed=seed, trace=True, kernel=kernel)  # type: ignore[arg-type]
    try:
        result = simulate(model, config, runner=code_runner())
    except SimulationError as error:
        return str(error), "".join(_gave_up)
    told = result.to_json()
    del told["seconds"], told["config"]
    assert result.trace is not None
    traced = [repr(result.trace.columns(name)) for name in TABLES]
    return [repr(told), *traced, repr(result.output)], "".join(_gave_up)


def plain_attempt(seed: int, number: int, tally: Counter[str]) -> str | None:
    """Run one program as a script and as the trigger of an item; what differs, or None."""
    source = Code(Random(f"{seed}/{number}"), PLAIN).body(ENDING)
    tally["inputs"] += 1
    try:
        script = execute(source)
        run = _in_a_run(source)
    except Exception:  # noqa: BLE001 - every exception is a finding here
        tally["crashes"] += 1
        return f"{traceback.format_exc(limit=-4)}\n{source}"
    failed = script.model is None
    tally["stopped by an error" if failed else "to the end"] += 1
    if isinstance(run, str) and "cannot be assigned to" in run:
        return None  # which a run says before it begins
    if failed != isinstance(run, str):
        return f"script: {script.diagnostics[-1:]}, run: {run}\n{source}"
    if not failed and list(run) != script.output:
        return f"{_difference(run, script.output)}\n{source}"
    return None


def _in_a_run(source: str) -> tuple[str, ...] | str:
    """What the code prints as a model runs, or the words of its error."""
    model = execute(ONE_ITEM).model
    assert model is not None
    model.objects[1].properties["Triggers.OnEntry"] = CodeValue(source)
    try:
        config = RunConfig(6.0, trace=False, kernel="reference")
        return simulate(model, config, runner=code_runner()).output
    except SimulationError as error:
        return str(error)


def _difference(one: Any, other: Any) -> str:
    """The first place at which two results are not the same."""
    if isinstance(one, str) or isinstance(other, str):
        return f"{str(one)[:300]} | {str(other)[:300]}"
    for mine, theirs in zip(one, other, strict=False):
        for place, (a, b) in enumerate(zip(mine, theirs, strict=False)):
            if a != b:
                start = max(0, place - 60)
                return f"…{mine[start : place + 40]} | …{theirs[start : place + 40]}"
    return "one is longer"


_run = engine.run


def _watched(*given: Any) -> None:
    try:
        _run(*given)
    except NotLowered as reason:
        _gave_up.append(str(reason))
        raise


engine.run = _watched
