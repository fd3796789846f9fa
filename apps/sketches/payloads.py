"""Sketches as JSON, the same in REST answers, page data and events."""

from typing import Any

from django.urls import reverse

from apps.accounts.payloads import person
from apps.sketches.models import Sketch


def sketch_payload(sketch: Sketch) -> dict[str, Any]:
    """{"id", "project", "title", "url", "thumbnail_url", "width", "height", …}."""
    keys = {"project_id": sketch.project_id, "sketch_id": sketch.pk}
    return {
        "id": str(sketch.pk),
        "project": str(sketch.project_id),
        "title": sketch.title,
        "origin": sketch.origin,
        "width": sketch.width,
        "height": sketch.height,
        "url": reverse("sketches:image", kwargs=keys),
        "thumbnail_url": reverse("sketches:thumbnail", kwargs=keys),
        "page_url": reverse("sketches:detail", kwargs=keys),
        "created_at": sketch.created_at.isoformat(),
        "author": person(sketch.uploaded_by),
    }
