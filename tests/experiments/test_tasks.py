"""Parts in workers: results, failure, cancelling, workers that die."""

import threading

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.common.jobs import STALE_AFTER, job_start, recover_jobs
from apps.common.models import JobStatus
from apps.engines.flexscript import execute
from apps.engines.simulation import RunConfig
from apps.engines.simulation.experiments import Options, Parameter, grid, run_experiment
from apps.experiments import services, tasks
from apps.experiments.models import Experiment, Part
from apps.experiments.results import result_of
from apps.experiments.sandbox import blocks
from apps.generation.services import version_create_edited
from apps.realtime.models import Event
from apps.runs import process
from tests.generation.fakes import LINE

MILL = "Mill.ProcessTime = 4, 8"


def test_parts_together_give_what_one_process_gives(begin, perform):
    found = perform(begin(parameters=MILL, replications=8, warmup=60.0, with_base=False))

    assert found.status == JobStatus.SUCCEEDED
    model = execute(LINE).model
    config = RunConfig(900.0, 60.0, 8, 3, trace=False)
    whole = run_experiment(model, grid([Parameter.parse(MILL)]), config, Options(workers=1))
    assert found.scenarios == [[["Mill", "ProcessTime", 4.0]], [["Mill", "ProcessTime", 8.0]]]
    assert result_of(found).scenarios == whole.scenarios
    assert not Part.objects.exists()
    kinds = Event.objects.order_by("seq").values_list("type", flat=True)
    assert [kind for kind in kinds if kind.startswith("experiment.")] == [
        "experiment.created",
        "experiment.finished",
    ]


def test_an_experiment_in_processes_of_their_own(begin, no_queue):
    """Parts in any order, each delivered twice."""
    found = begin(parameters="Mill.ProcessTime = 5, 8", replications=4)
    parts = list(found.parts.values_list("pk", flat=True))
    assert len(parts) == 2

    for pk in reversed(parts):
        tasks.run_part(str(pk))
        tasks.run_part(str(pk))

    result = result_of(Experiment.objects.get(pk=found.pk))
    base, same, slower = (scenario.values["items_in"] for scenario in result.scenarios)
    assert base == same != slower  # 5 is what the model has, and the numbers are common
    assert len(set(base)) > 1


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        (0, 4, [(0, range(4))]),
        (2, 5, [(0, range(2, 4)), (1, range(3))]),
        (4, 9, [(1, range(4)), (2, range(4)), (3, range(1))]),
    ],
)
def test_parts_know_their_runs(first, count, expected):
    assert list(blocks(first, count, replications=4)) == expected


def test_one_part_that_fails_ends_the_experiment(draft, team, no_queue):
    source = LINE.replace('"ProcessTime", 5', '"ProcessTime", "item.Weight.nothing()"')
    version = version_create_edited(draft=draft, actor=team.editor, source=source)
    found = services.experiment_start(
        version=version, actor=team.editor, until=900.0, replications=30
    )

    tasks.run_part(str(found.parts.first().pk))

    found.refresh_from_db()
    assert found.status == JobStatus.FAILED
    assert "Mill" in found.error["message"]
    states = list(found.parts.values_list("status", flat=True))
    assert states == [JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.CANCELLED]
    assert Event.objects.filter(type="experiment.failed").count() == 1


def test_a_running_part_stops_when_the_experiment_is_cancelled(begin, team, no_queue, monkeypatch):
    found = begin(until=300_000_000.0, replications=1000)
    pids, launch = [], process.launch

    def noted(*given):
        child = launch(*given)
        pids.append(child.pid)
        services.experiment_cancel(experiment=Experiment.objects.get(pk=found.pk), actor=team.owner)
        return child

    monkeypatch.setattr(process, "launch", noted)
    part = found.parts.first()

    tasks.run_part(str(part.pk))

    part.refresh_from_db()
    found.refresh_from_db()
    assert (part.status, found.status) == (JobStatus.CANCELLED, JobStatus.CANCELLED)
    assert len(pids) == 1
    assert not found.table


def test_nothing_is_left_where_it_is_cancelled_while_the_last_part_gathers(
    begin, team, no_queue, monkeypatch
):
    found = begin()
    gather = tasks.gathered

    def late(experiment):
        services.experiment_cancel(experiment=Experiment.objects.get(pk=found.pk), actor=team.owner)
        return gather(experiment)

    monkeypatch.setattr(tasks, "gathered", late)
    tasks.run_part(str(found.parts.get().pk))

    found.refresh_from_db()
    assert found.status == JobStatus.CANCELLED
    folder = f"experiments/{found.project_id}"
    assert not default_storage.exists(f"{folder}/{found.pk}.parquet")


def test_a_part_whose_worker_died_fails_the_experiment(begin, no_queue):
    found = begin(replications=30)
    part = found.parts.first()
    job_start(part)
    job_start(found)
    Part.objects.filter(pk=part.pk).update(heartbeat_at=timezone.now() - 2 * STALE_AFTER)

    recover_jobs()

    found.refresh_from_db()
    assert found.status == JobStatus.FAILED
    assert found.error["code"] == "interrupted"
    assert set(found.parts.values_list("status", flat=True)) == {
        JobStatus.FAILED,
        JobStatus.CANCELLED,
    }


def test_waiting_behind_others_is_no_sign_of_death(begin, no_queue):
    found = begin(replications=30)
    tasks.run_part(str(found.parts.first().pk))
    Experiment.objects.update(heartbeat_at=timezone.now() - 2 * STALE_AFTER)

    recover_jobs()

    found.refresh_from_db()
    assert found.status == JobStatus.RUNNING


def test_waiting_parts_are_sent_again_when_a_worker_starts(begin, monkeypatch, no_queue):
    from apps.common import jobs

    found = begin(replications=30)
    sent = []
    kind = jobs._kinds["experiments.Part"]
    monkeypatch.setitem(
        jobs._kinds, "experiments.Part", jobs.JobKind(kind.model, sent.append, kind.interrupted)
    )

    recover_jobs(starting=True)

    assert {part.pk for part in sent} == set(found.parts.values_list("pk", flat=True))


def test_progress_is_that_of_all_parts(begin, no_queue):
    found = begin(replications=30)
    first, second, _ = found.parts.all()
    job_start(found)
    Part.objects.filter(pk=first.pk).update(progress=1.0)
    Part.objects.filter(pk=second.pk).update(progress=0.5)

    tasks.show_progress(found)

    found.refresh_from_db()
    assert found.progress == pytest.approx(0.5)


@pytest.mark.django_db(transaction=True)
def test_the_embedded_worker_does_all_parts(embedded_worker, begin):
    found = begin(parameters=MILL, replications=5, until=300.0)

    ended = threading.Event()
    for _ in range(240):
        found.refresh_from_db()
        if found.is_final or ended.wait(0.25):
            break

    assert found.status == JobStatus.SUCCEEDED
    assert len(result_of(found).scenarios) == 3
