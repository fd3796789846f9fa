"""Plotly figures of a run as plain dictionaries; colours and fonts are the page's.

Sources: the stored trace (`record.drawing_of`) and the result (`RunResult.to_json`).
"""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from apps.engines.simulation.states import STATE_NAMES

JSON = dict[str, Any]
WITHOUT_WORK = frozenset({
    "Source", "Queue", "Sink", "Rack", "FloorStorage", "BasicFR", "Dispatcher",
    "StraightConveyor", "CurvedConveyor", "DecisionPoint", "PhotoEye",
})  # fmt: skip


def figures_of(result: JSON, trace: JSON | None) -> dict[str, JSON]:
    """{"timeline", "wip", "throughput", "queues", "stay", "states", "utilisation"}."""
    trace = trace or {}
    objects = result["objects"]
    queues = [item["name"] for item in objects if item["class"] == "Queue"]
    config = result["config"]
    warmup, end = float(config.get("warmup") or 0), float(config["until"])
    over_time = partial(steps_figure, warmup=warmup, end=end)
    content = {name: trace.get("content", {}).get(name, []) for name in queues}
    return {
        "timeline": timeline_figure(trace.get("timeline", []), trace.get("objects", []), end),
        "wip": over_time({_("Work in process"): trace.get("wip", [])}, _("items")),
        "throughput": over_time({_("Finished items"): trace.get("throughput", [])}, _("items")),
        "queues": over_time(content, _("items")),
        "stay": over_time(trace.get("stay", {}), _("stay (s)")),
        "states": states_figure(objects),
        "utilisation": utilisation_figure(objects),
    }


def timeline_figure(rows: list[list[Any]], names: list[str], end: float) -> JSON:
    """A Gantt of states: one trace of horizontal bars for each state, a row for each object."""
    bars: dict[int, list[list[Any]]] = {}
    for row in rows:
        bars.setdefault(int(row[1]), []).append(row)
    data = [gantt_bars(state, bars[state]) for state in sorted(bars)]
    axes = gantt_axes(names)
    axes["xaxis"] = {"title": {"text": _("time (s)")}, "range": [0, end]}
    return {"data": data, "layout": {"barmode": "overlay", **axes}}


def gantt_bars(state: int, rows: list[list[Any]]) -> JSON:
    name = STATE_NAMES[state]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "meta": {"state": name},
        "y": [row[0] for row in rows],
        "base": [row[2] for row in rows],
        "x": [row[3] - row[2] for row in rows],
        "customdata": [row[3] for row in rows],
        "hovertemplate": f"%{{y}}: {name}<br>%{{base:.1f}}–%{{customdata:.1f}} s<extra></extra>",
    }


def gantt_axes(names: list[str]) -> JSON:
    order = list(dict.fromkeys(names))
    return {
        "xaxis": {"title": {"text": _("time (s)")}, "rangemode": "tozero"},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": order,
            "autorange": "reversed",
        },
        "bargap": 0.25,
        "showlegend": True,
    }


def steps_figure(
    series: dict[str, list[list[float]]], unit: str, warmup: float, end: float
) -> JSON:
    """Step lines over time; a dotted line marks the end of the warm-up."""
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "meta": {"object": name},
            "line": {"shape": "hv"},
            "x": [point[0] for point in points],
            "y": [point[1] for point in points],
        }
        for name, points in series.items()
        if points
    ]
    layout: JSON = {
        "xaxis": {"title": {"text": _("time (s)")}, "range": [0, end]},
        "yaxis": {"title": {"text": unit}, "rangemode": "tozero"},
        "showlegend": len(data) > 1,
    }
    if warmup > 0:
        layout["shapes"] = [warmup_line(warmup)]
    return {"data": data, "layout": layout}


def warmup_line(at: float) -> JSON:
    line = {"dash": "dot", "width": 1}
    return {
        "type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line
    }  # fmt: skip


def states_figure(objects: list[JSON]) -> JSON:
    """Shares of time in each state, stacked to 1 for each object."""
    states = dict.fromkeys(name for item in objects for name in item["states"])
    data = []
    for state in states:
        rows = [item for item in objects if share(item, state) > 0]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": state,
                "meta": {"state": state},
                "y": [item["name"] for item in rows],
                "x": [share(item, state) for item in rows],
                "hovertemplate": f"%{{y}}: {state} %{{x:.1%}}<extra></extra>",
            }
        )
    axes = gantt_axes([item["name"] for item in objects])
    axes["xaxis"] = {"range": [0, 1], "tickformat": ".0%"}
    return {"data": [bar for bar in data if bar["x"]], "layout": {"barmode": "stack", **axes}}


def share(item: JSON, state: str) -> float:
    estimate = item["states"].get(state)
    return float(estimate["mean"] or 0.0) if estimate else 0.0


def utilisation_figure(objects: list[JSON]) -> JSON:
    """Utilisation with its 95 % interval, for objects that work."""
    rows = [item for item in objects if item["class"] not in WITHOUT_WORK]
    errors = [item["utilisation"]["half_width"] or 0.0 for item in rows]
    bar = {
        "type": "bar",
        "orientation": "h",
        "name": _("Utilisation"),
        "y": [item["name"] for item in rows],
        "x": [item["utilisation"]["mean"] for item in rows],
        "error_x": {"type": "data", "array": errors, "visible": any(errors)},
    }
    axes = gantt_axes([item["name"] for item in rows])
    axes["xaxis"] = {"range": [0, 1], "tickformat": ".0%"}
    return {"data": [bar] if rows else [], "layout": {**axes, "showlegend": False}}
