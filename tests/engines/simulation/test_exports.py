"""Traces as CSV, Parquet and XES, made from one table."""

import csv
import io
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from pyarrow import parquet

from apps.engines.simulation import SimulationError
from apps.engines.simulation.exports import (
    COLUMNS,
    csv_chunks,
    record_table,
    write_trace,
    xes_chunks,
)
from apps.engines.simulation.xes import EPOCH, Visit, xes_log

from .plant import Plant, law

XES = "{http://www.xes-standard.org/}"


def line(mill="Mill"):
    """Items at 1 and 2, worked on for 3 s each: 1-4 and 4-7."""
    plant = Plant()
    queue = plant.add("Queue")
    plant.link(plant.arrivals(1, 2), queue, plant.add("Processor", mill, ProcessTime=3),
               plant.add("Sink"))  # fmt: skip
    return plant


@pytest.fixture
def trace():
    return line().run(100).trace


def rows_of(trace):
    return list(csv.DictReader(io.StringIO("".join(csv_chunks(record_table(trace))))))


def log_of(trace):
    return parsed("".join(xes_chunks(record_table(trace))))


def parsed(text):
    return ET.fromstring(text.encode())  # noqa: S314 – our own


def test_csv_has_every_row(trace):
    rows = rows_of(trace)

    assert tuple(rows[0]) == COLUMNS
    kinds = [row["record"] for row in rows]
    assert kinds.count("item") == len(trace.items)
    assert kinds.count("state") == len(trace.states)
    spell = {"record": "state", "object": "Mill", "item": "", "state": "processing",
             "start": "1.0", "end": "4.0", "value": ""}  # fmt: skip
    assert spell in rows


def test_parquet_says_the_same_as_csv(trace, tmp_path):
    path = tmp_path / "trace.parquet"
    write_trace(trace, path)

    table = parquet.read_table(path)

    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in table.to_pylist()
    ]
    assert as_text == rows_of(trace)


def test_parquet_is_small(tmp_path):
    plant = Plant()
    source = plant.add("Source", InterArrivalTime=law("exponential", 0, 10))
    plant.link(source, plant.add("Queue"), plant.add("Processor", ProcessTime=8), plant.add("Sink"))
    trace = plant.run(60_000).trace

    write_trace(trace, tmp_path / "t.parquet")
    write_trace(trace, tmp_path / "t.csv")

    small, large = (tmp_path / f"t.{name}" for name in ("parquet", "csv"))
    assert small.stat().st_size < large.stat().st_size / 3


def test_the_event_log_tells_each_items_way(trace):
    log = log_of(trace)

    assert log.tag == f"{XES}log"
    assert log.get("xes.version") == "1849-2016"
    assert [journey(trace) for trace in log.findall(f"{XES}trace")] == [
        [
            ("Source", "complete", 1),
            ("Queue", "complete", 1),
            ("Mill", "start", 1),
            ("Mill", "complete", 4),
            ("Sink", "complete", 4),
        ],
        [
            ("Source", "complete", 2),
            ("Queue", "start", 2),
            ("Queue", "complete", 4),
            ("Mill", "start", 4),
            ("Mill", "complete", 7),
            ("Sink", "complete", 7),
        ],
    ]


def journey(trace):
    """(concept:name, lifecycle:transition, seconds after EPOCH) of each event."""
    events = []
    for event in trace.findall(f"{XES}event"):
        found = {item.get("key"): item.get("value") for item in event}
        assert found["org:resource"] == found["concept:name"]
        at = datetime.fromisoformat(found["time:timestamp"]) - EPOCH
        events.append((found["concept:name"], found["lifecycle:transition"], at.total_seconds()))
    return events


def test_an_event_log_has_its_extensions_and_globals(trace):
    log = log_of(trace)

    prefixes = [found.get("prefix") for found in log.findall(f"{XES}extension")]
    scopes = [found.get("scope") for found in log.findall(f"{XES}global")]
    assert prefixes == ["concept", "time", "lifecycle", "org"]
    assert scopes == ["trace", "event"]


@pytest.mark.parametrize("name", ['<a> & "b"', "tab\tand\nline", "nul\x00and\x1bescape", "铣床"])
def test_any_name_makes_a_well_formed_log(name):
    text = "".join(xes_log([(1, [Visit(name, 0.0, 1.5)])]))

    (event, _) = parsed(text).iter(f"{XES}event")

    (found,) = [item.get("value") for item in event if item.get("key") == "concept:name"]
    assert found == name.replace("\x00", "�").replace("\x1b", "�")


def test_times_beyond_the_calendar_are_refused():
    days = (datetime.max.replace(tzinfo=EPOCH.tzinfo) - EPOCH) + timedelta(days=1)

    with pytest.raises(SimulationError, match="calendar"):
        "".join(xes_log([(1, [Visit("Mill", 0.0, days.total_seconds())])]))


def test_an_unknown_format_is_refused_by_name(trace, tmp_path):
    with pytest.raises(SimulationError, match=r"trace\.xlsx") as refused:
        write_trace(trace, tmp_path / "trace.xlsx")

    assert refused.value.hint == "end it in .csv, .parquet, .xes"
