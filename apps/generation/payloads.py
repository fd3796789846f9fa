"""Drafts, versions and jobs as JSON, the same in REST answers, page data and events."""

from typing import Any

from django.urls import reverse

from apps.accounts.payloads import person
from apps.generation.models import Draft, DraftVersion, GenerationJob

JSON = dict[str, Any]
PLACE = ("line", "column", "end_line", "end_column")


def key(value: Any) -> str | None:
    return None if value is None else str(value)


def diagnostic_payload(found: JSON) -> JSON:
    """A finding with its place under "span"; lines and columns count from 1."""
    span = found.get("span") or {name: found.get(name, 1) for name in PLACE}
    rest = {name: value for name, value in found.items() if name not in PLACE}
    return {**rest, "span": span}


def draft_payload(draft: Draft) -> JSON:
    keys = {"project_id": draft.project_id, "draft_id": draft.pk}
    return {
        "id": str(draft.pk),
        "project": str(draft.project_id),
        "title": draft.title,
        "sketch": key(draft.sketch_id),
        "version_count": draft.version_count,
        "archived": draft.is_archived,
        "url": reverse("workspace:studio", kwargs=keys),
        "created_at": draft.created_at.isoformat(),
        "updated_at": draft.updated_at.isoformat(),
        "author": person(draft.created_by),
    }


def version_payload(version: DraftVersion, *, source: bool = True) -> JSON:
    """`source` False leaves the script out, as lists do."""
    payload = {
        "id": str(version.pk),
        "draft": str(version.draft_id),
        "number": version.number,
        "origin": version.origin,
        "parent": key(version.parent_id),
        "prompt": version.prompt,
        "author": person(version.author),
        "model_name": version.model_name,
        "assumptions": version.assumptions,
        "diagnostics": version.diagnostics,
        "sketch": key(version.sketch_id),
        "created_at": version.created_at.isoformat(),
    }
    return {**payload, "source": version.source} if source else payload


def job_payload(job: GenerationJob, *, partial: bool = False) -> JSON:
    """`partial` adds the text written so far."""
    payload = {
        "id": str(job.pk),
        "draft": str(job.draft_id),
        "status": str(job.status),
        "progress": job.progress,
        "stage": job.stage,
        "error": job.error,
        "version": key(job.version_id),
        "prompt": job.prompt,
        "created_at": job.created_at.isoformat(),
    }
    return {**payload, "partial": job.partial} if partial else payload
