"""The life of a job, on a model that exists for these tests alone."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.utils import timezone

from apps.common import jobs
from apps.common.errors import ApplicationError
from apps.common.models import Job, JobStatus


class Errand(Job):
    """A job that does nothing; its table lives as long as a test."""

    note = models.CharField(max_length=20, default="")

    class Meta:
        app_label = "tests"


@pytest.fixture
def errand(db):
    # Not through the schema editor, which SQLite refuses inside the test's transaction.
    editor = connection.schema_editor()
    editor.deferred_sql = []
    with connection.cursor() as cursor:
        cursor.execute(*editor.table_sql(Errand))
    return Errand.objects.create()


def test_a_job_is_claimed_once(errand):
    other = Errand.objects.get(pk=errand.pk)

    assert jobs.job_start(errand) is True
    assert jobs.job_start(other) is False
    assert errand.status == other.status == JobStatus.RUNNING
    assert errand.started_at is not None


def test_progress_is_bounded_and_a_sign_of_life(errand):
    jobs.job_start(errand)
    before = errand.heartbeat_at

    jobs.job_progress(errand, 1.7, "reading")

    errand.refresh_from_db()
    assert (errand.progress, errand.stage) == (1.0, "reading")
    assert errand.heartbeat_at >= before


def test_finishing_writes_the_result_with_it(errand):
    jobs.job_start(errand)

    assert jobs.job_finish(errand, note="done") is True
    assert jobs.job_finish(errand, JobStatus.FAILED) is False
    errand.refresh_from_db()
    assert (errand.status, errand.note, errand.progress) == ("succeeded", "done", 1.0)


def test_a_refusal_is_told_an_accident_is_not(errand, caplog):
    jobs.job_start(errand)
    jobs.job_fail(errand, ApplicationError("No sketch.", "no_sketch", "Add one."))
    other = Errand.objects.create()
    jobs.job_fail(other, ValueError("secret path"))

    assert errand.error == {"code": "no_sketch", "message": "No sketch.", "hint": "Add one."}
    assert other.error["code"] == "internal"
    assert "secret" not in str(other.error)
    assert "secret path" in caplog.text


def test_a_waiting_job_is_cancelled_at_once(errand):
    assert jobs.job_cancel_request(errand) is True
    assert errand.status == JobStatus.CANCELLED
    assert jobs.job_start(errand) is False


def test_a_running_job_is_told_to_stop(errand):
    jobs.job_start(errand)
    jobs.job_cancel_request(Errand.objects.get(pk=errand.pk))

    with pytest.raises(jobs.JobStopped):
        jobs.job_progress(errand, 0.5)
    assert jobs.job_should_stop(errand)
    assert jobs.job_finish(errand, JobStatus.CANCELLED)


def test_what_has_ended_cannot_be_cancelled(errand):
    jobs.job_start(errand)
    jobs.job_finish(errand)

    assert jobs.job_cancel_request(errand) is False
    assert errand.status == JobStatus.SUCCEEDED


def test_a_cancel_that_came_before_the_worker(errand):
    Errand.objects.update(cancel_requested_at=timezone.now())
    errand.refresh_from_db()

    assert jobs.job_start(errand) is False
    assert errand.status == JobStatus.CANCELLED


def test_quiet_jobs_are_failed_lively_ones_are_not(errand):
    lively = Errand.objects.create()
    for job in (errand, lively):
        jobs.job_start(job)
    old = timezone.now() - timedelta(minutes=5)
    Errand.objects.filter(pk=errand.pk).update(heartbeat_at=old)

    failed = jobs.recover_stale_jobs(Errand)

    assert failed == [errand]
    errand.refresh_from_db()
    lively.refresh_from_db()
    assert (errand.status, errand.error["code"]) == ("failed", "interrupted")
    assert lively.status == "running"


def test_recovery_sends_waiting_jobs_again_and_tells_of_lost_ones(errand, monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", {})
    waiting = Errand.objects.create()
    jobs.job_start(errand)
    sent, told = [], []
    jobs.register_jobs(Errand, enqueue=sent.append, interrupted=told.append)

    later = jobs.recover_jobs()
    first = jobs.recover_jobs(starting=True, alone=True)

    assert later == 0
    assert first == 2
    assert (sent, told) == ([waiting], [errand])
