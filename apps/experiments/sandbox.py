"""The process that simulates a part: `python -m apps.experiments.sandbox FOLDER`, without Django.

Reads one line of JSON from its input: {"source", "scenarios", "first", "count", "until", "warmup",
"replications", "seed", "max_seconds", "max_bytes"}; writes what `apps.runs.sandbox` writes, and
FOLDER/outcome.json: {"measures": [names], "rows": [[value, …] for each run in its order],
"warnings": {scenario: [texts]}}.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.runs.sandbox import failure, progress_teller, serve, write

if TYPE_CHECKING:
    from apps.engines.simulation import RunConfig
    from apps.engines.simulation.experiment_runs import Flat

JSON = dict[str, Any]


def simulate(order: JSON, folder: Path) -> JSON:
    from apps.engines.flexscript import execute
    from apps.engines.simulation import SimulationError
    from apps.engines.simulation.experiment_runs import flatten

    model = execute(order["source"], "script.fs").model
    if model is None:
        return failure("has_errors", "The script has errors, so it cannot run.")
    try:
        outcome = Runs(order, flatten(model)).perform()
    except SimulationError as error:
        where = f"{error.object}: " if error.object else ""
        return failure("simulation", f"{where}{error.message}", error.hint)
    write(folder / "outcome.json", json.dumps(outcome))
    return {"done": True}


class Runs:
    """The runs of one part, scenario by scenario."""

    def __init__(self, order: JSON, flat: "Flat") -> None:
        self.order, self.flat = order, flat
        self.deadline = time.monotonic() + order["max_seconds"]
        self.done = 0
        self.tell = progress_teller()

    def perform(self) -> JSON:
        measures: list[str] = []
        rows: list[list[float | None]] = []
        warnings: dict[str, list[str]] = {}
        for scenario, numbers in blocks(
            self.order["first"], self.order["count"], self.order["replications"]
        ):
            columns, texts = self.scenario(self.order["scenarios"][scenario], numbers)
            measures = list(columns)
            rows += [list(row) for row in zip(*columns.values(), strict=True)]
            warnings[str(scenario)] = list(texts)
            self.done += len(numbers)
        return {"measures": measures, "rows": rows, "warnings": warnings}

    def scenario(
        self, settings: list[Any], numbers: range
    ) -> "tuple[dict[str, tuple[float | None, ...]], tuple[str, ...]]":
        """Values by measure of some replications, and what was warned of."""
        from apps.engines.flexscript import code_runner
        from apps.engines.simulation.experiment_runs import apply, unflatten
        from apps.engines.simulation.experiments import measures_of
        from apps.engines.simulation.run import replicate

        model = unflatten(self.flat)
        apply(model, [(owner, name, value) for owner, name, value in settings])
        config = self.config()

        def progress(share: float) -> None:
            here = share * config.replications - numbers.start
            self.tell(min(1.0, max(0.0, (self.done + here) / self.order["count"])))

        observations, warnings = replicate(
            model, config, numbers, progress=progress, runner=code_runner()
        )
        return measures_of(model, observations), warnings

    def config(self) -> "RunConfig":
        from apps.engines.simulation import RunConfig

        names = ("until", "warmup", "replications", "seed")
        left = max(0.0, self.deadline - time.monotonic())
        return RunConfig(
            **{name: self.order[name] for name in names}, trace=False, max_seconds=left
        )


def blocks(first: int, count: int, replications: int) -> Iterator[tuple[int, range]]:
    """(scenario, its replications) of the runs `first` to `first + count - 1`."""
    last = first + count
    while first < last:
        scenario, number = divmod(first, replications)
        size = min(replications - number, last - first)
        yield scenario, range(number, number + size)
        first += size


if __name__ == "__main__":
    sys.exit(serve(simulate))
