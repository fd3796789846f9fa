"""How a model is run."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from .errors import SimulationError
from .start import Start

Kernel = Literal["auto", "reference", "compiled"]
MAX_REPLICATIONS = 10_000


@dataclass(frozen=True)
class RunConfig:
    """Times in model units (seconds); `until` includes the warm-up.

    `trace` records the first replication. `max_events` counts over all replications,
    `max_seconds` is wall-clock time for the whole call but the kernel's compilation, once after
    installation. The kernels give the same numbers:
    "auto" takes the compiled one where the model allows it and it saves time. `start`: items
    that are there at time 0 (`start.py`); the reference kernel runs those.
    """

    until: float
    warmup: float = 0.0
    replications: int = 1
    seed: int = 1
    trace: bool = True
    max_events: int = 50_000_000
    max_seconds: float = 300.0
    kernel: Kernel = "auto"
    start: Start = ()

    def check(self) -> None:
        """Raise SimulationError on values that make no run."""
        if not (isfinite(self.until) and self.until > 0):
            raise SimulationError("the run must end at a positive time")
        if not 0 <= self.warmup < self.until:
            raise SimulationError("the warm-up must be shorter than the run")
        if not 1 <= self.replications <= MAX_REPLICATIONS:
            raise SimulationError(f"replications must be between 1 and {MAX_REPLICATIONS}")

    def to_json(self) -> dict[str, Any]:
        return {
            "until": self.until,
            "warmup": self.warmup,
            "replications": self.replications,
            "seed": self.seed,
            "trace": self.trace,
            **({"start": [items.to_json() for items in self.start]} if self.start else {}),
        }
