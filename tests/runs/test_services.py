"""What a run may ask for, and who may ask."""

import pytest

from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.common.jobs import recover_jobs
from apps.common.models import JobStatus
from apps.generation.services import version_create_edited
from apps.realtime.models import Event
from apps.runs.models import Run
from apps.runs.services import MOST_OPEN_RUNS, run_cancel, run_start

pytestmark = pytest.mark.usefixtures("no_queue")


def start(version, actor, **wishes):
    return run_start(version=version, actor=actor, **{"until": 3600.0, **wishes})


@pytest.mark.parametrize("persona", ["owner", "editor"])
def test_editors_start_runs(version, team, persona):
    run = start(version, team[persona], warmup=600.0, replications=5, seed=7)

    assert (run.status, run.project, run.requested_by) == (
        JobStatus.QUEUED,
        team.project,
        team[persona],
    )
    payload = Event.objects.get(type="run.created").payload["run"]
    assert (payload["number"], payload["seed"], payload["replications"]) == (1, 7, 5)
    assert payload["url"] == f"/projects/{team.project.pk}/runs/{run.pk}/"


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_readers_do_not(version, team, persona):
    with pytest.raises(PermissionDenied):
        start(version, team[persona])


def test_strangers_find_nothing(version, team):
    with pytest.raises(NotFound):
        start(version, team.stranger)


@pytest.mark.parametrize(
    ("field", "wishes"),
    [
        ("until", {"until": 0.0}),
        ("until", {"until": -5.0}),
        ("until", {"until": float("nan")}),
        ("until", {"until": float("inf")}),
        ("until", {"until": 1e10}),
        ("warmup", {"warmup": -1.0}),
        ("warmup", {"warmup": float("nan")}),
        ("warmup", {"warmup": 3600.0}),
        ("replications", {"replications": 0}),
        ("replications", {"replications": 1001}),
        ("seed", {"seed": -1}),
        ("seed", {"seed": 2**31}),
    ],
)
def test_settings_that_make_no_run_are_refused(version, team, field, wishes):
    with pytest.raises(ApplicationError) as refused:
        start(version, team.editor, **wishes)
    assert refused.value.field == field
    assert not Run.objects.exists()


def test_a_script_with_errors_is_not_run(draft, team):
    wrong = version_create_edited(draft=draft, actor=team.editor, source="Object x = ;")
    with pytest.raises(ApplicationError) as refused:
        start(wrong, team.editor)
    assert refused.value.code == "has_errors"
    assert "Line 1" in str(refused.value)


def test_runs_do_not_pile_up_without_end(version, team):
    for _number in range(MOST_OPEN_RUNS):
        start(version, team.editor)
    with pytest.raises(Conflict):
        start(version, team.editor)


def test_a_waiting_run_is_cancelled_at_once(version, team):
    run = start(version, team.editor)

    run_cancel(run=run, actor=team.owner)

    run.refresh_from_db()
    assert run.status == JobStatus.CANCELLED
    with pytest.raises(Conflict):
        run_cancel(run=run, actor=team.owner)


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_readers_cancel_nothing(version, team, persona):
    run = start(version, team.editor)
    with pytest.raises(PermissionDenied):
        run_cancel(run=run, actor=team[persona])


def test_runs_of_a_dead_worker_fail_and_say_so(version, team):
    run = start(version, team.editor)
    Run.objects.filter(pk=run.pk).update(status=JobStatus.RUNNING)

    recover_jobs(starting=True, alone=True)

    run.refresh_from_db()
    assert (run.status, run.error["code"]) == (JobStatus.FAILED, "interrupted")
    assert Event.objects.filter(type="run.failed").count() == 1
