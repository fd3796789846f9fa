"""Plotly figures of an experiment as plain dictionaries; colours and fonts are the page's.

`layout.meta.columns` names the columns of the table that shows the same numbers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from apps.experiments.labels import measure_label, scenario_label, shown

if TYPE_CHECKING:
    from apps.engines.simulation.experiment_runs import Setting
    from apps.engines.simulation.experiments import ExperimentResult, ScenarioResult

JSON = dict[str, Any]
PLAIN = "~g"  # an axis of numbers, not of simulated time
MOST_BOXES = 40
MOST_TICKS = 24  # letters of a label


def figures_of(result: "ExperimentResult", measure: str, confidence: float) -> dict[str, JSON]:
    """{"boxes", "intervals", "response"}."""
    return {
        "boxes": boxes_figure(result, measure),
        "intervals": intervals_figure(result, measure, confidence),
        "response": response_figure(result, measure, confidence),
    }


def boxes_figure(result: "ExperimentResult", measure: str) -> JSON:
    """Quartiles and outliers over the replications, a box for each scenario."""
    names = labels(result)
    data = []
    for name, found in list(zip(names, result.scenarios, strict=True))[:MOST_BOXES]:
        values = [value for value in found.of(measure) if value is not None]
        box = {
            "type": "box",
            "name": name,
            "x": values,
            "y": [name] * len(values),
            "orientation": "h",
            "boxpoints": "outliers",
            "boxmean": True,
        }
        data.append(box)
    return {"data": [box for box in data if box["x"]], "layout": layout(names, measure)}


def intervals_figure(result: "ExperimentResult", measure: str, confidence: float) -> JSON:
    """Mean and confidence interval of each scenario."""
    names = labels(result)
    seen = [
        (name, estimate)
        for name, found in zip(names, result.scenarios, strict=True)
        if (estimate := found.estimate(measure, confidence)) is not None
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "orientation": "h",
        "name": measure_label(measure),
        "x": [estimate.mean for _name, estimate in seen],
        "y": [name for name, _estimate in seen],
        "error_x": bars([estimate.half_width or 0.0 for _name, estimate in seen]),
        "marker": {"size": 8},
    }
    frame = layout(names, measure)
    frame["meta"]["columns"].append("±")
    return {"data": [points] if seen else [], "layout": frame}


def response_figure(result: "ExperimentResult", measure: str, confidence: float) -> JSON:
    """The mean over the first parameter with numbers, a curve for each setting of the others."""
    axis = response_axis(result)
    if axis is None:
        return {"data": [], "layout": {}}
    curves: dict[str, list[tuple[float, ScenarioResult]]] = {}
    for found in result.scenarios:
        settings = {setting[:2]: setting[2] for setting in found.scenario.settings}
        value = settings.pop(axis, None)
        if isinstance(value, int | float):
            others = [(*place, other) for place, other in settings.items()]
            rest = scenario_label(others) if others else ""
            curves.setdefault(rest, []).append((float(value), found))
    data = [curve(name, points, measure, confidence) for name, points in curves.items()]
    label = f"{axis[0] or 'Model'}.{axis[1]}"
    return {
        "data": [line for line in data if line["x"]],
        "layout": {
            "xaxis": {"title": {"text": label}, "tickformat": PLAIN},
            "yaxis": {"title": {"text": measure_label(measure)}},
            "showlegend": len(data) > 1,
            "meta": {"columns": [_("Curve"), label, measure_label(measure), "±"]},
        },
    }


def response_axis(result: "ExperimentResult") -> tuple[str, str] | None:
    """The first parameter that takes two numbers or more."""
    seen: dict[tuple[str, str], set[float]] = {}
    for found in result.scenarios:
        for owner, name, value in found.scenario.settings:
            if isinstance(value, int | float):
                seen.setdefault((owner, name), set()).add(float(value))
    return next((place for place, values in seen.items() if len(values) > 1), None)


def curve(
    name: str, points: "list[tuple[float, ScenarioResult]]", measure: str, confidence: float
) -> JSON:
    rows = [
        (value, estimate)
        for value, found in sorted(points, key=lambda point: point[0])
        if (estimate := found.estimate(measure, confidence)) is not None
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name or measure_label(measure),
        "x": [value for value, _estimate in rows],
        "y": [estimate.mean for _value, estimate in rows],
        "error_y": bars([estimate.half_width or 0.0 for _value, estimate in rows]),
        "marker": {"size": 7},
    }


def bars(widths: list[float]) -> JSON:
    return {"type": "data", "array": widths, "visible": any(widths)}


def labels(result: "ExperimentResult") -> list[str]:
    """Numbered, since two scenarios must not share a row; short enough for an axis."""
    settings = [found.scenario.settings for found in result.scenarios]
    varied = {tuple(setting[:2] for setting in found) for found in settings if found}
    return [
        f"{index} · {shortened(axis_label(found, alike=len(varied) == 1))}"
        for index, found in enumerate(settings, 1)
    ]


def axis_label(settings: "Sequence[Setting]", *, alike: bool) -> str:
    """Where all scenarios vary the same, only what differs: one property by name, or values."""
    if not settings or not alike:
        return scenario_label(settings)
    if len(settings) == 1:
        _owner, name, value = settings[0]
        return f"{name} = {shown(value)}"
    return ", ".join(shown(value) for _owner, _name, value in settings)


def shortened(text: str) -> str:
    return text if len(text) <= MOST_TICKS else f"{text[: MOST_TICKS - 1]}…"


def layout(names: list[str], measure: str) -> JSON:
    return {
        "xaxis": {"title": {"text": measure_label(measure)}, "tickformat": PLAIN},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "autorange": "reversed",
        },
        "showlegend": False,
        "meta": {"columns": [_("Scenario"), measure_label(measure)]},
    }
