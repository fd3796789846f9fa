"""Experiments as JSON, the same in REST answers, page data and events."""

from typing import Any

from django.urls import reverse

from apps.accounts.payloads import person
from apps.experiments.models import Experiment


def experiment_payload(experiment: Experiment) -> dict[str, Any]:
    """`number` is that of the version, `scenarios` how many there are."""
    keys = {"project_id": experiment.project_id, "experiment_id": experiment.pk}
    return {
        "id": str(experiment.pk),
        "name": experiment.name,
        "version": str(experiment.version_id),
        "draft": str(experiment.version.draft_id),
        "number": experiment.version.number,
        "status": str(experiment.status),
        "progress": experiment.progress,
        "error": experiment.error,
        "parameters": experiment.parameters,
        "arrangement": str(experiment.arrangement),
        "with_base": experiment.with_base,
        "scenarios": len(experiment.scenarios),
        "replications": experiment.replications,
        "until": experiment.until,
        "warmup": experiment.warmup,
        "seed": experiment.seed,
        "url": reverse("experiments:detail", kwargs=keys),
        "created_at": experiment.created_at.isoformat(),
        "author": person(experiment.requested_by),
    }
