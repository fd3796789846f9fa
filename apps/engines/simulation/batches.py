"""Batch means: an interval from one long run instead of many replications.

The observed time is cut into k batches whose means are taken as independent and normal (Law,
Simulation Modeling and Analysis, 9.5.3). Whether they are long enough for that is told by the
correlation of neighbouring means.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt
from typing import TYPE_CHECKING

from .config import RunConfig
from .errors import SimulationError
from .estimates import CONFIDENCE, Estimate, estimate
from .trace import Trace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCHES = 20
FEWEST = 2
Z = 1.96  # the normal quantile of a 5 % test


@dataclass(frozen=True)
class BatchMeans:
    """`estimate` over the batches; `correlation` of neighbouring batch means at lag 1."""

    estimate: Estimate
    correlation: float

    @property
    def independent(self) -> bool:
        """Whether the correlation could be chance: if not, the batches are too short."""
        return abs(self.correlation) <= Z / sqrt(self.estimate.n)


def batch_means(
    values: Sequence[float], batches: int = BATCHES, confidence: float = CONFIDENCE
) -> BatchMeans:
    """Of observations in order of time, an equal number a batch; the first few may be left out.

    Raises SimulationError where there are fewer than two observations a batch.
    """
    _check(batches)
    size = len(values) // batches
    if size < 2:
        raise SimulationError(
            f"{len(values):,} observations are too few for {batches} batches",
            hint="make the run longer or the batches fewer",
        )
    first = len(values) - size * batches
    means = [fsum(values[start : start + size]) / size for start in range(first, len(values), size)]
    return _of(means, confidence)


def time_batch_means(
    series: Sequence[tuple[float, float]],
    since: float,
    until: float,
    batches: int = BATCHES,
    confidence: float = CONFIDENCE,
) -> BatchMeans:
    """Of the time average of a step series [(time, value from then on), …] over [since, until]."""
    import numpy as np

    _check(batches)
    times, levels = np.array(series, dtype=float).T
    integral = np.concatenate(([0.0], np.cumsum(levels[:-1] * np.diff(times))))
    edges = np.linspace(since, until, batches + 1)
    # The integral goes on at the last level after the last point.
    times = np.append(times, max(until, times[-1]))
    integral = np.append(integral, integral[-1] + levels[-1] * (times[-1] - times[-2]))
    parts = np.diff(np.interp(edges, times, integral)) / np.diff(edges)
    return _of(parts.tolist(), confidence)


def run_batches(
    trace: Trace, config: RunConfig, sinks: Collection[str], batches: int = BATCHES
) -> dict[str, BatchMeans]:
    """Throughput, items in the model and time in system of a traced run, after its warm-up.

    A trace knows items from their first entry on: copies count from when they were made, and the
    age of what was there at the start is left out.

    Raises SimulationError where a trace was cut off or too little was seen.
    """
    if trace.truncated:
        raise SimulationError("the trace does not reach the run's end", hint="shorten the run")
    import numpy as np

    moments, stays = finished_items(trace, sinks)
    seen = moments >= config.warmup
    edges = np.linspace(config.warmup, config.until, batches + 1)
    counts = np.histogram(moments[seen], edges)[0] / np.diff(edges) * 3600.0
    return {
        "throughput_per_hour": _of(counts.tolist(), CONFIDENCE),
        "wip": time_batch_means(trace.wip, config.warmup, config.until, batches),
        "time_in_system": batch_means(stays[seen].tolist(), batches),
    }


def finished_items(
    trace: Trace, sinks: Collection[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(times of reaching a sink, times in system) of the items, in order of finishing."""
    import numpy as np

    items, places, enters, leaves = (np.asarray(column) for column in trace.columns("item"))
    ends = [index for index, name in enumerate(trace.names) if name in sinks]
    born = np.full(int(items.max(initial=0)) + 1, np.inf)
    np.minimum.at(born, items, enters)
    done = np.isin(places, ends)
    return leaves[done], leaves[done] - born[items[done]]


def _check(batches: int) -> None:
    if batches < FEWEST:
        raise SimulationError(f"there must be at least {FEWEST} batches, for example {BATCHES}")


def _of(means: list[float], confidence: float) -> BatchMeans:
    found = estimate(means, confidence)
    assert found is not None
    deviations = [mean - found.mean for mean in means]
    total = fsum(value**2 for value in deviations)
    lagged = fsum(a * b for a, b in pairwise(deviations))
    return BatchMeans(found, lagged / total if total else 0.0)
