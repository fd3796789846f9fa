"""The life of a job: queued → running → succeeded, failed or cancelled.

Each step is one UPDATE that names the states it may start from, so two workers, or a worker
and a person who cancels, cannot both have their way.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError
from apps.common.models import Job, JobStatus

logger = logging.getLogger(__name__)
J = TypeVar("J", bound=Job)

STALE_AFTER = timedelta(seconds=60)
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


class JobStopped(Exception):
    """Raised by `job_progress` in a worker whose job was cancelled or taken away."""


def job_start(job: J) -> bool:
    """Claim a queued job. False where it is not queued any more: then leave it alone."""
    now = timezone.now()
    if job.cancel_requested_at is not None:
        job_finish(job, JobStatus.CANCELLED)
        return False
    return _change(
        job, (JobStatus.QUEUED,), status=JobStatus.RUNNING, started_at=now, heartbeat_at=now
    )


def job_progress(job: Job, progress: float, stage: str | None = None) -> None:
    """Write progress (0 to 1) and a sign of life. Raises JobStopped when the job should end."""
    values: dict[str, Any] = {"progress": min(1.0, max(0.0, progress))}
    values["heartbeat_at"] = timezone.now()
    if stage is not None:
        values["stage"] = stage
    if not _change(job, (JobStatus.RUNNING,), **values) or job_should_stop(job):
        raise JobStopped


def job_ticker(job: Job, seconds: float, show: Callable[[], None]) -> Callable[[float], None]:
    """For an engine's callback of progress: writes and shows it at most every `seconds`. It raises
    JobStopped where the job should end."""
    last = 0.0

    def tick(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < seconds:
            return
        last = now
        job_progress(job, share, "simulating")
        show()

    return tick


def job_should_stop(job: Job) -> bool:
    """Whether a cancel was asked for, or the job is no longer this worker's."""
    current = type(job)._default_manager.filter(pk=job.pk)  # noqa: SLF001 – public by habit
    return not current.filter(status=JobStatus.RUNNING, cancel_requested_at=None).exists()


def job_finish(job: Job, status: JobStatus = JobStatus.SUCCEEDED, **fields: Any) -> bool:
    """End an open job, writing further fields with it. False where it had ended before."""
    if status == JobStatus.SUCCEEDED:
        fields.setdefault("progress", 1.0)
    return _change(job, OPEN, status=status, finished_at=timezone.now(), **fields)


def job_fail(job: Job, error: ApplicationError | Exception) -> bool:
    """End an open job with a reason. What is not an ApplicationError is logged, not shown."""
    if isinstance(error, ApplicationError):
        reason = error.to_json()
    else:
        logger.error("%s %s failed", type(job).__name__, job.pk, exc_info=error)
        reason = ApplicationError(
            _("Something went wrong on our side."), "internal", _("Try again.")
        ).to_json()
    reason.pop("fields", None)
    return job_finish(job, JobStatus.FAILED, error=reason)


def job_cancel_request(job: Job) -> bool:
    """Ask a job to end; one that waits ends at once. False where it had ended before."""
    now = timezone.now()
    if _change(
        job,
        (JobStatus.QUEUED,),
        status=JobStatus.CANCELLED,
        cancel_requested_at=now,
        finished_at=now,
    ):
        return True
    return _change(job, (JobStatus.RUNNING,), cancel_requested_at=now)


def recover_stale_jobs(model: type[J], older_than: timedelta = STALE_AFTER) -> list[J]:
    """Fail running jobs without a recent sign of life; returns those that this call failed."""
    line = timezone.now() - older_than
    quiet = Q(heartbeat_at__lt=line) | Q(heartbeat_at=None, updated_at__lt=line)
    stale = model._default_manager.filter(quiet, status=JobStatus.RUNNING)  # noqa: SLF001
    error = {
        "code": "interrupted",
        "message": _("The worker stopped in the middle of this job."),
        "hint": _("Start it again."),
    }
    return [job for job in stale if job_finish(job, JobStatus.FAILED, error=error)]


def _change(job: Job, allowed: tuple[JobStatus, ...], **values: Any) -> bool:
    """Update the row if its status is allowed; on success the instance follows."""
    values["updated_at"] = timezone.now()
    rows = type(job)._default_manager.filter(pk=job.pk, status__in=allowed)  # noqa: SLF001
    if not rows.update(**values):
        job.refresh_from_db()
        return False
    for name, value in values.items():
        setattr(job, name, value)
    return True


@dataclass(frozen=True)
class JobKind:
    """How to go on with jobs of one model after a worker or a broker was lost.

    `enqueue` sends a queued job to the workers (once more is harmless: `job_start` claims it);
    `interrupted` tells the members of a job that was failed because its worker died.
    """

    model: type[Job]
    enqueue: Callable[[Any], None]
    interrupted: Callable[[Any], None]


_kinds: dict[str, JobKind] = {}


def register_jobs(
    model: type[J], *, enqueue: Callable[[J], None], interrupted: Callable[[J], None]
) -> None:
    """To be called in AppConfig.ready by each app that has jobs."""
    _kinds[model._meta.label] = JobKind(model, enqueue, interrupted)  # noqa: SLF001


def recover_jobs(*, starting: bool = False, alone: bool = False) -> int:
    """Fail jobs whose worker is gone and, when a worker starts, send waiting ones again.

    `alone`: no other process can be running a job, so all that run are interrupted. Returns how
    many jobs were touched.
    """
    touched = 0
    for kind in list(_kinds.values()):
        for job in recover_stale_jobs(kind.model, timedelta(0) if alone else STALE_AFTER):
            kind.interrupted(job)
            touched += 1
        if not starting:
            continue
        for job in kind.model._default_manager.filter(status=JobStatus.QUEUED):  # noqa: SLF001
            kind.enqueue(job)
            touched += 1
    return touched
