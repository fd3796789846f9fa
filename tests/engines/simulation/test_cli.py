"""The command line."""

import json

import pytest

from apps.engines.simulation.__main__ import main

pytest.importorskip("apps.engines.flexscript")

SCRIPT = """
Object source = Object.create("Source");
source.name = "Ore Bin";
source.setProperty("InterArrivalTime", 4);
Object mill = Object.create("Processor");
mill.name = "Mill";
mill.setProperty("ProcessTime", 3);
Object sink = Object.create("Sink");
contextdragconnection(source, mill, "A");
contextdragconnection(mill, sink, "A");
"""


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "line.fs"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_json_is_the_whole_result(script, capsys):
    assert main([str(script), "--until", "20", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["kpis"]["items_out"]["mean"] == 4
    assert [found["name"] for found in data["objects"]][:2] == ["Ore Bin", "Mill"]


def test_the_table_names_the_objects_and_the_trace_is_written(script, tmp_path, capsys):
    trace = tmp_path / "trace.csv"

    assert main([str(script), "--until", "20", "--trace", str(trace)]) == 0

    assert "Ore Bin" in capsys.readouterr().out
    assert "state,Mill,,processing,4.0,7.0," in trace.read_text(encoding="utf-8")


def test_errors_go_to_standard_error(tmp_path, capsys):
    path = tmp_path / "empty.fs"
    path.write_text('Object queue = Object.create("Queue");', encoding="utf-8")

    assert main([str(path)]) == 1
    assert "no Source" in capsys.readouterr().err
    assert main([str(tmp_path / "missing.fs")]) == 1
    assert main([]) == 1
