"""A trace thinned for drawing, and cells that spreadsheets can be trusted with. No Django here."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.engines.simulation import Trace

POINTS = 2000
MOST_BARS = 600
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Bar = tuple[str, int, float, float]


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def drawing_of(trace: Trace) -> dict[str, Any]:
    """The trace as JSON for the page; states as rows [object, state, start, end].

    "states" are for playback, "timeline" for the Gantt, which can show fewer. Both reach to the
    end: where there are too many, short spells are gathered. Journeys of items are cut off instead.
    """
    drawing = trace.to_json(max_points=POINTS)
    rows = sorted(trace.states, key=lambda row: (row[0], row[2]))
    drawing["states"] = gathered(rows, drawing["end"], POINTS)
    drawing["timeline"] = gathered(rows, drawing["end"], MOST_BARS)
    drawing["stay"] = stays_of(trace)
    drawing["truncated"] = trace.truncated
    return drawing


def stays_of(trace: Trace) -> dict[str, list[list[float]]]:
    """[time of leaving, stay] at each object where items stay at all."""
    from apps.engines.simulation.journeys import stay_times
    from apps.engines.simulation.trace import thin

    found = stay_times(trace).items()
    return {name: thin(stays.series, POINTS) for name, stays in found if stays.maximum > 0}


def gathered(rows: list[Bar], end: float, most: int) -> list[list[Any]]:
    """At most about `most` rows of each object."""
    bars: list[Bar] = []
    for _name, spells in groupby(rows, key=lambda row: row[0]):
        bars += coarse(list(spells), end, most)
    return [list(bar) for bar in bars]


def coarse(spells: list[Bar], end: float, most: int) -> list[Bar]:
    """At most about `most` bars of one object.

    Spells too short to be seen are gathered: a stretch shows the state that fills most of it.
    """
    if len(spells) <= most:
        return spells
    stretch = end / most
    bars: list[Bar] = []
    for _index, group in groupby(spells, key=lambda spell: int(spell[2] / stretch)):
        bars.append(dominant(list(group)))
    return joined(bars)


def dominant(spells: list[Bar]) -> Bar:
    shares: dict[int, float] = {}
    for _name, state, start, stop in spells:
        shares[state] = shares.get(state, 0.0) + stop - start
    state = max(shares, key=lambda key: shares[key])
    return spells[0][0], state, spells[0][2], spells[-1][3]


def joined(bars: list[Bar]) -> list[Bar]:
    """Neighbours of the same state become one."""
    kept: list[Bar] = []
    for name, state, start, stop in bars:
        if kept and kept[-1][1] == state:
            kept[-1] = (name, state, kept[-1][2], stop)
        else:
            kept.append((name, state, start, stop))
    return kept
