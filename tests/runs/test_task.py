"""A run from its order to its result, in its own process."""

import json
import os

import pytest

from apps.common.models import JobStatus
from apps.generation.services import version_create_edited
from apps.realtime.models import Event
from apps.runs import process
from apps.runs.exports import read_trace, trace_file
from apps.runs.models import Run
from apps.runs.process import Bounds
from apps.runs.services import run_cancel, run_start
from apps.runs.tasks import run_simulation
from tests.generation.fakes import LINE

pytestmark = pytest.mark.usefixtures("no_queue")


def start(version, team, **wishes):
    wishes = {"until": 3600.0, "replications": 2, "seed": 3, **wishes}
    return run_start(version=version, actor=team.editor, **wishes)


def test_a_run_brings_estimates_and_a_trace(version, team):
    run = start(version, team, warmup=60.0)

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.SUCCEEDED
    throughput = run.result["kpis"]["throughput_per_hour"]
    assert throughput["n"] == 2
    assert 250 < throughput["mean"] < 460  # 360 arrivals an hour are expected
    trace = read_trace(run)
    assert {row[0] for row in trace["timeline"]} >= {"Mill"}
    assert trace["end"] == 3600
    assert "".join(trace_file(run, "csv")).startswith("record,object,item")
    kinds = Event.objects.order_by("seq").values_list("type", flat=True)
    assert [kind for kind in kinds if kind.startswith("run.")] == ["run.created", "run.finished"]


def test_the_same_seed_gives_the_same_figures(version, team):
    runs = [start(version, team), start(version, team), start(version, team, seed=4)]
    for run in runs:
        run_simulation(str(run.pk))
        run.refresh_from_db()

    assert runs[0].result["kpis"] == runs[1].result["kpis"]
    assert runs[0].result["kpis"] != runs[2].result["kpis"]


def test_a_task_delivered_twice_runs_once(version, team, monkeypatch):
    run = start(version, team)
    run_simulation(str(run.pk))
    monkeypatch.setattr(process, "launch", lambda *_: pytest.fail("simulated again"))

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.SUCCEEDED


def test_a_model_that_cannot_run_says_why(draft, team):
    source = 'Object queue = Object.create("Queue");\nqueue.name = "Alone";\n'
    version = version_create_edited(draft=draft, actor=team.editor, source=source)
    run = start(version, team)

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.FAILED
    assert "Source" in run.error["message"]
    assert run.error["code"] == "simulation"
    assert Event.objects.filter(type="run.failed").count() == 1


def endless(monkeypatch, bounds=None, on_launch=None):
    """Let runs be so long that only we end them; returns the ids of their processes."""
    pids = []
    launch, apart = process.launch, process.simulate_apart

    def noted(*given):
        child = launch(*given)
        pids.append(child.pid)
        if on_launch:
            on_launch()
        return child

    monkeypatch.setattr(process, "launch", noted)
    if bounds:
        monkeypatch.setattr(
            "apps.runs.tasks.simulate_apart",
            lambda order, folder, tick: apart(order, folder, tick, bounds),
        )
    return pids


LONG = {"until": 300_000_000.0, "replications": 1000}


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_cancelled_run_ends_its_process(version, team, monkeypatch):
    run = start(version, team, **LONG)

    def cancel():
        run_cancel(run=Run.objects.get(pk=run.pk), actor=team.editor)

    pids = endless(monkeypatch, on_launch=cancel)
    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.CANCELLED
    assert len(pids) == 1
    assert gone(pids[0])


def test_a_run_that_takes_too_long_is_stopped(version, team, monkeypatch):
    pids = endless(monkeypatch, Bounds(seconds=1.0))
    run = start(version, team, **LONG)

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.FAILED
    assert run.error["hint"]
    assert gone(pids[0])


def test_a_process_that_does_not_answer_is_killed(version, team, monkeypatch):
    monkeypatch.setattr(process, "GRACE_SECONDS", -0.9)
    pids = endless(monkeypatch, Bounds(seconds=1.0))
    run = start(version, team, **LONG)

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.error["code"] == "too_slow"
    assert gone(pids[0])


def test_a_run_out_of_memory_is_stopped(version, team, monkeypatch):
    endless(monkeypatch, Bounds(seconds=60.0, memory=120 * 1024**2))
    run = start(version, team, **LONG)

    run_simulation(str(run.pk))

    run.refresh_from_db()
    assert run.status == JobStatus.FAILED


def test_the_process_ends_with_its_worker(tmp_path):
    child = process.launch(tmp_path)
    order = {"source": LINE, "warmup": 0.0, "seed": 1, **LONG}
    line = json.dumps({**order, "max_seconds": 60, "max_bytes": 3 * 1024**3})
    child.stdin.write(line + "\n")
    child.stdin.flush()
    assert "progress" in child.stdout.readline()

    child.stdin.close()  # what the kernel does when a worker is killed

    try:
        assert child.wait(timeout=10) == 3
    finally:
        process.kill(child)
