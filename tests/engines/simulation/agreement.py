"""That both kernels give the same figures and the same trace, row by row."""

from unittest.mock import patch

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, simulate
from apps.engines.simulation.compiled import engine
from apps.engines.simulation.compiled.program import NotLowered

TABLES = ("state", "content", "wip", "item", "finished")


def run(plant, kernel, **config):
    settings = {"warmup": 113.0, "replications": 2, "seed": 3} | config
    return simulate(plant.model, RunConfig(2500.0, kernel=kernel, **settings), runner=code_runner())


def agree(plant, at_least=300, **config):
    with patch.object(engine, "run", _to_the_end):
        compiled = run(plant, "compiled", **config)
    reference = run(plant, "reference", **config)
    one, two = compiled.to_json(), reference.to_json()
    for data in (one, two):
        del data["seconds"], data["config"]
    for table in TABLES:
        assert compiled.trace.columns(table) == reference.trace.columns(table), table
    assert one == two
    assert compiled.events >= at_least


_run = engine.run


def _to_the_end(lowered, config, number):
    """The compiled kernel's run; giving up, which the reference would hide, fails the test."""
    try:
        _run(lowered, config, number)
    except NotLowered as reason:
        raise AssertionError(reason) from None
