"""What a layout is called: the shape that items' ways draw on the floor."""

from __future__ import annotations

import networkx as nx

from .plan import Factory

LAYOUTS = (
    "linear",
    "u-shaped",
    "conveyor line",
    "conveyor loop",
    "parallel lines",
    "converging",
    "diverging",
    "hub",
    "job shop",
    "re-entrant",
    "mixed",
)


def layout_of(factory: Factory) -> str:
    """One of LAYOUTS, the most special that fits."""
    graph = nx.DiGraph(factory.flow())
    belts = sum(station.class_name == "StraightConveyor" for station in factory.stations)
    merges = sum(degree > 1 for _, degree in graph.in_degree())
    splits = sum(degree > 1 for _, degree in graph.out_degree())
    if not nx.is_directed_acyclic_graph(graph):
        return _with_loop(graph, factory)
    if nx.number_weakly_connected_components(graph) > 1:
        return "parallel lines"
    if not merges and not splits:
        if 2 * belts >= graph.number_of_nodes() - 2 > 0:
            return "conveyor line"
        return "u-shaped" if _folded(factory) else "linear"
    if not splits:
        return "converging"
    if not merges:
        return "diverging"
    return _woven(graph)


def _with_loop(graph: nx.DiGraph[int], factory: Factory) -> str:
    """Layouts in which items come back: to a hub, round a belt, or once more."""
    loops = [set(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    back = [n for n in graph if sum(graph.has_edge(m, n) for m in graph.successors(n)) > 1]
    if back:
        return "hub"
    names = [[factory.class_of(n) for n in loop] for loop in loops]
    if any(2 * loop.count("StraightConveyor") >= len(loop) for loop in names):
        return "conveyor loop"
    return "re-entrant"


def _woven(graph: nx.DiGraph[int]) -> str:
    """Layouts with splits and merges: whole lines side by side, or ways that cross."""
    crossing = sum(graph.out_degree(a) > 1 and graph.in_degree(b) > 1 for a, b in graph.edges)
    if not crossing:
        return "parallel lines"
    return "job shop" if crossing >= 3 else "mixed"


def _folded(factory: Factory) -> bool:
    """Whether a line turns back: some item travels to the left as well as to the right."""
    steps = [factory.stations[b].x - factory.stations[a].x for a, b in factory.flow()]
    return any(step > 0 for step in steps) and any(step < 0 for step in steps)
