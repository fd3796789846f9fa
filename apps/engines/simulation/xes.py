"""Event logs in XES (IEEE Std 1849-2016, eXtensible Event Stream), for process-mining tools.

One trace for each item. A visit to an object is a `start` and a `complete` event (a visit of no
length only the latter) with the object as concept:name and org:resource. Time 0 of the model is
shown as EPOCH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape

from .errors import SimulationError

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Visit(NamedTuple):
    """An item's stay at an object, in seconds of the model."""

    place: str
    start: float
    end: float


def xes_log(journeys: Iterable[tuple[int, list[Visit]]]) -> Iterator[str]:
    """The document, a piece for each item."""
    yield _head()
    for item, visits in journeys:
        events = "".join(_events(visits))
        yield f"<trace>\n{_string('concept:name', str(item))}\n{events}</trace>\n"
    yield "</log>\n"


def _head() -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">',
    ]
    lines += [
        f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>'
        for name, prefix, uri in EXTENSIONS
    ]
    lines += [
        '<global scope="trace">', _string("concept:name", "item"), "</global>",
        '<global scope="event">', _string("concept:name", "object"), _date(0.0),
        _string("lifecycle:transition", "complete"), _string("org:resource", "object"), "</global>",
        '<classifier name="Object" keys="concept:name"/>',
        '<classifier name="Object and transition" keys="concept:name lifecycle:transition"/>',
        _string("lifecycle:model", "standard"),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _events(visits: Iterable[Visit]) -> Iterator[str]:
    for place, start, end in visits:
        if end > start:
            yield _event(place, start, "start")
        yield _event(place, end, "complete")


def _event(place: str, at: float, transition: str) -> str:
    attributes = (
        _string("concept:name", place),
        _date(at),
        _string("lifecycle:transition", transition),
        _string("org:resource", place),
    )
    return "<event>\n" + "\n".join(attributes) + "\n</event>\n"


def _string(key: str, value: str) -> str:
    text = escape(_FORBIDDEN.sub("�", value), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
    return f'<string key="{key}" value="{text}"/>'


def _date(at: float) -> str:
    try:
        moment = (EPOCH + timedelta(seconds=at)).isoformat(timespec="milliseconds")
    except OverflowError as error:
        raise SimulationError(
            f"time {at:g} is beyond the calendar of event logs", hint="write CSV or Parquet"
        ) from error
    return f'<date key="time:timestamp" value="{moment}"/>'
