"""What one replication has shown, read off the running objects at its end."""

from __future__ import annotations

from dataclasses import dataclass

from .kernel.node import Node
from .kernel.processor import Processor
from .kernel.simulation import Simulation
from .kernel.station import Station
from .states import STATE_NAMES, WORKING


@dataclass(frozen=True)
class ObjectObservation:
    """One object over the observed time; stay times are None when nothing has left."""

    input: float
    output: float
    content: float
    content_min: float
    content_max: float
    staytime: float | None
    staytime_min: float | None
    staytime_max: float | None
    utilisation: float
    states: dict[str, float]


@dataclass(frozen=True)
class Observation:
    """The whole model over the observed time (from the end of the warm-up)."""

    throughput_per_hour: float
    items_out: float
    items_in: float
    wip: float
    wip_max: float
    time_in_system: float | None
    objects: tuple[ObjectObservation, ...]


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
        objects=tuple(_object(node, now, span) for node in sim.nodes),
    )


def observe_node(node: Node) -> ObjectObservation:
    """One object as seen up to now; over no time at all, averages are 0."""
    now = node.sim.clock.now
    return _object(node, now, now - node.sim.began or 1.0)


def _object(node: Node, now: float, span: float) -> ObjectObservation:
    times = list(node.state_times)
    times[node.state] += now - node.state_since
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
        utilisation=_utilisation(node, times, now, span),
        states={STATE_NAMES[n]: time / span for n, time in enumerate(times) if time > 0.0},
    )


def _utilisation(node: Node, times: list[float], now: float, span: float) -> float:
    """The share of time in a working state; with capacity for several items, of places."""
    if isinstance(node, Processor) and node.capacity > 1:
        busy = 0 if node.stops else node.busy
        return (busy * now - node.busy_moment) / (span * node.capacity)
    if isinstance(node, Station) and not isinstance(node, Processor):
        return 0.0
    return sum(times[state] for state in WORKING) / span
