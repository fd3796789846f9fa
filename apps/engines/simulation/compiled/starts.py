"""Items that are there at time 0, as `start.put_items` places them: their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..kernel.processor import Processor
from . import layout
from .programs import Programs, label_rows

if TYPE_CHECKING:
    from ..kernel.station import Station
    from ..start import StartItems

ANEW = -1.0  # as what is left of the work: all of it
_PROCESS = 1  # the phase after setup


def tables(
    start: list[tuple[StartItems, Station]], programs: Programs
) -> dict[str, layout.Records]:
    rows = [_row(items, station) for items, station in start]
    return {
        "starts": np.array(rows, layout.start_type),
        "start_labels": label_rows(programs, [(items.name, items.labels) for items, _ in start]),
    }


def _row(items: StartItems, station: Station) -> tuple[int, int, int, float, float]:
    last = _PROCESS
    if isinstance(station, Processor) and station.source.class_name == "MultiProcessor":
        last = len(station.phases)
    remaining = ANEW if items.remaining is None else items.remaining
    return station.index, items.count, last, items.age, remaining
