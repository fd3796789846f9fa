"""The command line."""

import json

import pytest
from django.core.management import call_command

from apps.engines.simulation.__main__ import main
from apps.runs import sandbox

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


def test_findings_of_the_script_name_their_place(tmp_path, capsys):
    path = tmp_path / "wrong.fs"
    path.write_text(SCRIPT + "x = ;", encoding="utf-8")

    assert main([str(path)]) == 1
    assert f"{path}:11:5: error: " in capsys.readouterr().err


def test_the_table_tells_where_the_time_went_and_what_was_not_seen(script, capsys):
    assert main([str(script), "--until", "5"]) == 0

    rows = {line[:21].strip(): line for line in capsys.readouterr().out.splitlines()}
    assert rows["time_in_system"].split() == ["time_in_system", "–"]
    assert rows["Mill"].split()[1:5] == ["1.0", "0.0", "0.20", "–"]
    assert rows["Mill"].endswith("idle 80%, processing 20%")


CODED = (
    SCRIPT
    + """
source.setProperty("Triggers.OnCreation", "item.Type = rownumber % 2;");
mill.setProperty("ProcessTime", "item.Type == 1 ? 1 : 3");
mill.setProperty("Triggers.OnExit", "print(item.Type, Model.time);");
"""
)
PRINTED = ["1 5", "0 11", "1 13", "0 19"]


@pytest.fixture
def coded(tmp_path):
    path = tmp_path / "coded.fs"
    path.write_text(CODED, encoding="utf-8")
    return path


def test_code_in_a_script_runs(coded, capsys):
    assert main([str(coded), "--until", "20", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["output"] == PRINTED


def test_code_runs_from_the_management_command(coded, capsys):
    call_command("simulate", str(coded), until=20.0)

    assert [f"printed: {line}" for line in PRINTED] == [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("printed")
    ]


def test_a_failing_trigger_is_told_by_the_command_with_its_place(coded, capsys):
    coded.write_text(CODED.replace("item.Type, Model", "item.Kind, Model"), encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("simulate", str(coded), until=20.0)

    assert "Mill: OnExit, line 1, column 7: " in capsys.readouterr().err


def test_code_runs_in_the_process_that_the_page_starts(tmp_path):
    order = {
        "source": CODED, "until": 20.0, "warmup": 0.0, "replications": 1, "seed": 1,
        "max_seconds": 60.0,
    }  # fmt: skip

    assert sandbox.simulate(order, tmp_path) == {"done": True}

    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert result["output"] == PRINTED


def test_labels_that_the_script_drew_are_numbers_to_code(tmp_path, capsys):
    path = tmp_path / "drawn.fs"
    lines = ["mill.mean = uniform(3, 3);", 'mill.setProperty("ProcessTime", "current.mean * 2");']
    path.write_text("\n".join([SCRIPT, *lines]), encoding="utf-8")

    assert main([str(path), "--until", "20", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["kpis"]["items_out"]["mean"] == 2  # in at 4 and 10, six seconds each
