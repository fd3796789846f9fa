"""That both kernels give the same figures and the same trace, row by row."""

from apps.engines.flexscript import code_runner
from apps.engines.simulation import RunConfig, simulate

TABLES = ("state", "content", "wip", "item", "finished")


def run(plant, kernel, **config):
    settings = {"warmup": 113.0, "replications": 2, "seed": 3} | config
    return simulate(plant.model, RunConfig(2500.0, kernel=kernel, **settings), runner=code_runner())


def agree(plant, at_least=300, **config):
    compiled, reference = run(plant, "compiled", **config), run(plant, "reference", **config)
    one, two = compiled.to_json(), reference.to_json()
    for data in (one, two):
        del data["seconds"], data["config"]
    for table in TABLES:
        assert compiled.trace.columns(table) == reference.trace.columns(table), table
    assert one == two
    assert compiled.events >= at_least
