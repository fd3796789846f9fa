"""Runs as JSON, the same in REST answers, page data and events."""

from typing import Any

from django.urls import reverse

from apps.accounts.payloads import person
from apps.runs.models import Run


def run_payload(run: Run) -> dict[str, Any]:
    """`number` is that of the version."""
    keys = {"project_id": run.project_id, "run_id": run.pk}
    return {
        "id": str(run.pk),
        "version": str(run.version_id),
        "draft": str(run.version.draft_id),
        "number": run.version.number,
        "status": str(run.status),
        "progress": run.progress,
        "stage": run.stage,
        "error": run.error,
        "seed": run.seed,
        "until": run.until,
        "warmup": run.warmup,
        "replications": run.replications,
        "url": reverse("runs:detail", kwargs=keys),
        "created_at": run.created_at.isoformat(),
        "author": person(run.requested_by),
    }
