"""User code as machine code: when it is made, and when it gives up."""

import pytest

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.compiled import engine, native
from apps.engines.simulation.compiled.program import Op, Setting

from .test_code_compiled import agree, gave_up, shop  # noqa: F401

COUNTING = {"Queue_SendToPort": "current.n = current.n % 2 + 1; return current.n;"}


@pytest.fixture
def made(monkeypatch):
    """The programs that have become machine code, none being kept from before."""
    seen, code = [], native.Code

    def watched(setting, extent):
        seen.append(setting)
        return code(setting, extent)

    monkeypatch.setattr(native, "Code", watched)
    monkeypatch.setattr(native, "_codes", {})
    return seen


def counting():
    plant = shop(**COUNTING)
    plant.model.find("Queue").labels["n"] = 0
    return plant


def test_short_runs_are_interpreted(made):
    agree(counting())
    assert not made


def test_code_becomes_machine_code_in_mid_run_and_gives_the_same_numbers(made, monkeypatch):
    monkeypatch.setattr(engine, "BUDGET", 300)
    monkeypatch.setattr(engine, "LONG", 600)
    agree(counting())
    agree(counting())
    assert len(made) == 1, "the same code is compiled once"


def test_an_endless_loop_gives_up(monkeypatch, gave_up):  # noqa: F811 - a fixture
    monkeypatch.setattr(engine, "LONG", 0)
    rounds = "double sum = 0; for (int i = 0; i < 40000; i++) { sum += 1; } return sum / 10000;"
    plant = shop(Left_ProcessTime=rounds)
    one, two = (
        simulate(plant.model, RunConfig(40.0, kernel=kernel), runner=code_runner()).to_json()
        for kernel in ("compiled", "reference")
    )
    assert gave_up
    assert one["objects"] == two["objects"]


def test_only_so_many_models_keep_their_code(made, monkeypatch):
    monkeypatch.setattr(native, "KEPT_CODES", 2)
    native.kernel(native.Extent.PLAIN)
    for value in range(4):
        steps = ((int(Op.BEGIN), 0, 0.0), (int(Op.RETURN), 1, float(value)))
        setting = Setting(steps, (0,), (), 0)
        assert native.code(setting, native.Extent.PLAIN, compile_it=True).addresses[0]
    assert len(made) == 4
    assert len(native._codes) == 2
    assert native.code(setting, native.Extent.PLAIN, compile_it=False) is not None
