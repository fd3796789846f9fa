"""What replications have shown: what each object has counted, and the figures made of it.

A replication leaves a table, one row an object; the figures of all replications are made of their
tables at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from .kernel.node import Node
from .kernel.processor import Processor
from .kernel.simulation import Simulation
from .kernel.station import Station
from .states import WORKING, State

Reals = npt.NDArray[np.float64]

_EVERY = (
    "input", "output", "content", "content_min", "content_max", "moment", "stays", "stay_sum",
    "stay_min", "stay_max", "state", "state_since",
)  # fmt: skip
_WORKED = ("busy", "busy_moment")  # of processors
COUNTED = (*_EVERY, *_WORKED)
# `places`: of how many the use is told; 1 where the states tell it, 0 where there is no use of it.
# A processor that is stopped has nothing `busy`.
COUNTS = np.dtype(
    [*((name, "f8") for name in (*COUNTED, "places")), ("state_times", "f8", len(State) + 1)]
)
_WORKING = [int(state) for state in sorted(WORKING)]


@dataclass(frozen=True)
class ObjectObservation:
    """One object up to now; stay times are None when nothing has left."""

    input: float
    output: float
    content: float
    content_min: float
    content_max: float
    staytime: float | None
    staytime_min: float | None
    staytime_max: float | None


@dataclass(frozen=True)
class Observation:
    """The whole model over the observed time (from the end of the warm-up).

    `counts` has a row of COUNTS for each object; `now` is the end, `span` the observed time.
    """

    throughput_per_hour: float
    items_out: float
    items_in: float
    wip: float
    wip_max: float
    time_in_system: float | None
    now: float
    span: float
    counts: npt.NDArray[Any] = field(repr=False, compare=False)


def observe(sim: Simulation) -> Observation:
    """Read all statistics; time integrals are closed at the present time."""
    now = sim.clock.now
    span = now - sim.began
    return Observation(
        throughput_per_hour=sim.finished / span * 3600.0,
        items_out=float(sim.finished),
        items_in=float(sim.created),
        wip=(sim.wip * now - sim.wip_moment) / span,
        wip_max=float(sim.wip_max),
        time_in_system=sim.stay_sum / sim.finished if sim.finished else None,
        now=now,
        span=span,
        counts=sim.counts if sim.counts is not None else _counts(sim.nodes),
    )


def _counts(nodes: Sequence[Node]) -> npt.NDArray[Any]:
    """What running objects have counted."""
    table = np.zeros(len(nodes), COUNTS)
    for name in (*_EVERY, "state_times"):
        table[name] = [getattr(node, name) for node in nodes]
    table["places"] = places_of(nodes)
    for row, node in enumerate(nodes):
        if isinstance(node, Processor) and not node.stops:
            table[row]["busy"] = node.busy
        if isinstance(node, Processor):
            table[row]["busy_moment"] = node.busy_moment
    return table


def places_of(nodes: Sequence[Node]) -> list[int]:
    return [_places(node) for node in nodes]


def _places(node: Node) -> int:
    if isinstance(node, Processor):
        return max(1, node.capacity)
    return 0 if isinstance(node, Station) else 1


@dataclass(frozen=True)
class Seen:
    """Figures of all objects: a row for each replication, a column for each object.

    `measures` by name, not a number where nothing was seen; `shares` of the time in each state.
    """

    measures: dict[str, Reals]
    shares: Reals


def see(observations: Sequence[Observation]) -> Seen:
    """The figures that follow from what was counted."""
    counts = np.empty((len(observations), len(observations[0].counts)), COUNTS)
    for row, found in zip(counts, observations, strict=True):
        row[:] = found.counts
    now, span = (
        np.array([getattr(found, name) for found in observations])[:, None]
        for name in ("now", "span")
    )
    times = _times(counts, now)
    stays = counts["stays"]
    left = stays > 0
    return Seen(
        {
            "input": counts["input"],
            "output": counts["output"],
            "content": (counts["content"] * now - counts["moment"]) / span,
            "content_min": counts["content_min"],
            "content_max": counts["content_max"],
            "staytime": np.where(left, counts["stay_sum"] / np.where(left, stays, 1.0), np.nan),
            "staytime_min": np.where(left, counts["stay_min"], np.nan),
            "staytime_max": np.where(left, counts["stay_max"], np.nan),
            "utilisation": _use(counts, times, now, span),
        },
        times / span[..., None],
    )


def _times(counts: npt.NDArray[Any], now: Reals) -> Reals:
    """Times in each state, the present one included."""
    times: Reals = counts["state_times"].copy()
    present = counts["state"].astype(np.intp)[..., None]
    since = np.take_along_axis(times, present, -1) + (now - counts["state_since"])[..., None]
    np.put_along_axis(times, present, since, -1)
    return times


def _use(counts: npt.NDArray[Any], times: Reals, now: Reals, span: Reals) -> Reals:
    """The share of time in a working state; with capacity for several items, of places."""
    places = counts["places"]
    working: Reals = times[..., _WORKING].sum(axis=-1) / span
    of_places = (counts["busy"] * now - counts["busy_moment"]) / (span * np.maximum(places, 1.0))
    found: Reals = np.where(places > 1, of_places, np.where(places == 1, working, 0.0))
    return found


def observe_node(node: Node) -> ObjectObservation:
    """One object as seen up to now; over no time at all, averages are 0."""
    now = node.sim.clock.now
    span = now - node.sim.began or 1.0
    left = node.stays > 0
    return ObjectObservation(
        input=float(node.input),
        output=float(node.output),
        content=(node.content * now - node.moment) / span,
        content_min=float(node.content_min),
        content_max=float(node.content_max),
        staytime=node.stay_sum / node.stays if left else None,
        staytime_min=node.stay_min if left else None,
        staytime_max=node.stay_max if left else None,
    )
