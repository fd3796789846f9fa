"""Observed times and the laws fitted to them, as a figure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

if TYPE_CHECKING:
    from apps.engines.simulation.fitting import Fit

SHOWN = 3
"""How many of the best laws are drawn."""


def fit_figure(times: Sequence[float], fits: "Sequence[Fit]") -> go.Figure:
    """A histogram of the times with the densities of the best laws."""
    figure = go.Figure(
        go.Histogram(x=list(times), histnorm="probability density", name="observed", opacity=0.5)
    )
    points = np.linspace(min(times), max(times), 200)
    for fit in fits[:SHOWN]:
        density = fit.density(points)
        if density is not None:
            label = f"{fit.flexscript.split(', getstream')[0]} · p {fit.p_value:.2f}"
            figure.add_scatter(x=points, y=density, mode="lines", name=label)
    figure.update_layout(
        title="Observed times and fitted laws",
        xaxis_title="time",
        yaxis_title="density",
        bargap=0.02,
        legend={"orientation": "h", "y": -0.2},
    )
    return figure
