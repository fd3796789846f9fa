"""Loose ends: objects that a decoded script leaves without input or output, or out of the way.

Items could not reach or leave such objects. The model has scored every pair of objects
(`Memory.links`); its most likely pair closes the end, and the user is told. A pair that the model
thinks next to impossible is not taken: the checker then reports the open end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import networkx as nx

from ..factories.roles import is_resource
from ..simulation.model import Model, ModelObject
from .api import Assumption
from .wording import said

LEAST = 0.001
"""Probability from which a pair may close an end."""


def close_loose_ends(
    model: Model, made: dict[int, ModelObject], links: Sequence[Sequence[float]]
) -> Iterator[Assumption]:
    """Connect what lacks an input or output; `links[a][b]` is the probability that a feeds b.

    An open output and an open input are each other's likeliest: one line was overlooked. They are
    joined before either end looks for an object that is connected already.
    """
    made = {i: item for i, item in made.items() if not is_resource(item.class_name)}
    outputs = [i for i, item in made.items() if item.class_name != "Sink" and not item.out_ports]
    inputs = [i for i, item in made.items() if item.class_name != "Source" and not item.in_ports]
    for a, b in _matched(outputs, inputs, links):
        yield from _close(model, made, [(links[a][b], a, b)], "no_ends", least=0.0)
    for index, item in made.items():
        if item.class_name != "Source" and not item.in_ports:
            pairs = [(links[other][index], other, index) for other in made]
            yield from _close(model, made, pairs, "no_input")
    for index, item in made.items():
        if item.class_name != "Sink" and not item.out_ports:
            pairs = [(links[index][other], index, other) for other in made]
            yield from _close(model, made, pairs, "no_output")
    yield from _lead_through(model, made, links)


def _lead_through(
    model: Model, made: dict[int, ModelObject], links: Sequence[Sequence[float]]
) -> Iterator[Assumption]:
    """Join islands, such as a ring with no way in or out, to the way from a Source to a Sink."""
    for end, why in (("Source", "no_way_in"), ("Sink", "no_way_out")):
        while True:
            on_way = _on_way(made, end)
            island = made.keys() - on_way
            ways = (on_way, island) if end == "Source" else (island, on_way)
            pairs = [(links[a][b], a, b) for a in ways[0] for b in ways[1]]
            told = list(_close(model, made, pairs, why)) if on_way else []
            if not told:
                break
            yield from told


def _on_way(made: dict[int, ModelObject], end: str) -> set[int]:
    """What items from a Source reach, or from where they reach a Sink."""
    flow: nx.DiGraph[int] = nx.DiGraph()
    flow.add_nodes_from(made)
    place = {id(item): index for index, item in made.items()}
    for index, item in made.items():
        flow.add_edges_from((index, place[id(to)]) for to in item.out_ports if id(to) in place)
    flow = flow if end == "Source" else flow.reverse(copy=False)
    ends = [index for index, item in made.items() if item.class_name == end]
    return set(ends).union(*(nx.descendants(flow, index) for index in ends))


def _matched(
    outputs: list[int], inputs: list[int], links: Sequence[Sequence[float]]
) -> Iterator[tuple[int, int]]:
    """Pairs of open ends, the likeliest first; each end once."""
    pairs = sorted(((links[a][b], a, b) for a in outputs for b in inputs if a != b), reverse=True)
    used: set[tuple[str, int]] = set()
    for _, a, b in pairs:
        if ("out", a) not in used and ("in", b) not in used:
            used |= {("out", a), ("in", b)}
            yield a, b


def _close(
    model: Model,
    made: dict[int, ModelObject],
    pairs: Sequence[tuple[float, int, int]],
    why: str,
    least: float = LEAST,
) -> Iterator[Assumption]:
    for probability, a, b in sorted(pairs, reverse=True):
        source, target = made[a], made[b]
        if probability < least:
            return
        if a == b or source.class_name == "Sink" or target.class_name == "Source":
            continue
        if source in target.out_ports:  # Two objects that feed each other alone lead nowhere.
            continue
        model.connect(source, target)
        text = said(why, name=source.name, other=target.name)
        yield Assumption("connection", text, source.name, round(probability, 3))
        return
