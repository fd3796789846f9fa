"""What workers do for this app."""

from typing import Any

from celery import shared_task
from django.utils import translation

from apps.generation.claims import claim
from apps.generation.models import GenerationJob
from apps.generation.speech import answer_language
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
    language = answer_language(job.prompt, job.requested_by.language if job.requested_by else "")
    with translation.override(language or None):
        if claim(job):
            work(job)


@shared_task(name="generation.make_triplet_shard", acks_late=True)  # type: ignore[untyped-decorator]
def make_triplet_shard(order: dict[str, Any], index: int) -> int:
    """Write one shard of an order of triplets. Harmless when delivered more than once."""
    from apps.engines.vlsm.triplets import Order, make_shard

    wanted = Order(**order)
    return 0 if wanted.path(index).exists() else make_shard(wanted, index)
