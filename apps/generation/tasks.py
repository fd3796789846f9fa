"""What workers do for this app."""

from celery import shared_task
from django.utils import translation

from apps.generation.claims import claim
from apps.generation.models import GenerationJob
from apps.generation.work import work


@shared_task(name="generation.run_generation", acks_late=True)  # type: ignore[untyped-decorator]
def run_generation(job_id: str) -> None:
    """Write the version that a job asks for. Harmless when delivered more than once."""
    rows = GenerationJob.objects.select_related(
        "draft__project", "base_version", "sketch", "requested_by"
    )
    job = rows.filter(pk=job_id).first()
    if job is None:
        return
    language = job.requested_by.language if job.requested_by else ""
    with translation.override(language or None):
        if claim(job):
            work(job)
