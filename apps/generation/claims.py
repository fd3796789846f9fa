"""Who may run now: one job of a draft at a time, in the order they came."""

from django.db import transaction

from apps.common.jobs import job_start
from apps.common.models import JobStatus
from apps.generation.models import DraftVersion, GenerationJob
from apps.generation.services import announce_end, lock_draft

OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


@transaction.atomic
def claim(job: GenerationJob) -> bool:
    """Take a queued job whose turn it is. False where it is taken, ended, or has to wait."""
    lock_draft(job.draft)
    first = job.draft.jobs.filter(status__in=OPEN).order_by("created_at", "id").first()
    if first is None or first.pk != job.pk:
        return False
    if not job_start(job):
        if job.status == JobStatus.CANCELLED and job.version_id is None and not job.is_running:
            announce_end(job)
        return False
    base = base_of(job)
    if base is not None and base.pk != job.base_version_id:
        job.base_version = base
        job.save(update_fields=["base_version"])
    return True


def base_of(job: GenerationJob) -> DraftVersion | None:
    """The version to build on.

    A prompt that waited for others begins from what they made of the version it was meant for,
    so that two quick wishes do not undo each other.
    """
    base = job.base_version
    while (made := made_meanwhile(job, base)) is not None:
        base = made
    return base


def made_meanwhile(job: GenerationJob, base: DraftVersion | None) -> DraftVersion | None:
    earlier = job.draft.jobs.filter(
        base_version=base,
        status=JobStatus.SUCCEEDED,
        created_at__lt=job.created_at,
        finished_at__gt=job.created_at,
        version__isnull=False,
    )
    if base is not None:
        earlier = earlier.filter(version__number__gt=base.number)
    found = earlier.select_related("version").order_by("finished_at").last()
    return found.version if found else None
