"""Writes to sketches."""

import json
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.errors import ApplicationError
from apps.projects.enums import Verb
from apps.projects.models import Project
from apps.projects.rules import require_edit
from apps.projects.services import activity_record
from apps.realtime.events import publish
from apps.sketches.images import Prepared, prepare
from apps.sketches.models import Origin, Sketch
from apps.sketches.payloads import sketch_payload

MOST_STROKE_BYTES = 1024 * 1024
LONGEST_TITLE = 120


def sketch_create(
    *,
    project: Project,
    actor: User,
    file: IO[bytes],
    title: str,
    origin: str = Origin.UPLOADED,
    strokes: dict[str, Any] | None = None,
) -> Sketch:
    """Check, re-encode and store a picture. Raises ImageRefused and the refusals of the rules."""
    require_edit(actor, project)
    require_origin(origin, strokes)
    # Decoding takes seconds for a large picture: not inside a transaction.
    prepared = prepare(file, str(getattr(file, "name", "") or ""))
    sketch = Sketch(
        project=project,
        title=title.strip()[:LONGEST_TITLE] or _("Sketch"),
        width=prepared.width,
        height=prepared.height,
        origin=origin,
        strokes=strokes,
        uploaded_by=actor,
        sha256=prepared.sha256,
    )
    store(sketch, prepared)
    return sketch


def store(sketch: Sketch, prepared: Prepared) -> None:
    """Files first; they go again where the row cannot be written."""
    sketch.image.save(f"image{prepared.extension}", ContentFile(prepared.image), save=False)
    sketch.thumbnail.save("thumbnail.jpg", ContentFile(prepared.thumbnail), save=False)
    try:
        with transaction.atomic():
            sketch.save()
            record(sketch, sketch.uploaded_by, Verb.SKETCH_CREATED)
            publish(sketch.project.topic, "sketch.created", {"sketch": sketch_payload(sketch)})
            transaction.on_commit(lambda: enqueue_reading(sketch))
    except BaseException:
        sketch.image.delete(save=False)
        sketch.thumbnail.delete(save=False)
        raise


def enqueue_reading(sketch: Sketch) -> None:
    """Let a worker read the picture; a prompt that comes sooner reads it by itself."""
    from apps.sketches.tasks import read_sketch

    read_sketch.delay(str(sketch.pk))


def require_origin(origin: str, strokes: dict[str, Any] | None) -> None:
    """Strokes belong to drawn sketches, and are an object with a list of elements."""
    if origin not in Origin.values:
        raise ApplicationError(_("There is no such origin."), field="origin")
    if strokes is None:
        return
    elements = strokes.get("elements") if isinstance(strokes, dict) else None
    if origin != Origin.DRAWN or not isinstance(elements, list):
        raise ApplicationError(_("The strokes cannot be read."), field="strokes")
    if len(json.dumps(strokes)) > MOST_STROKE_BYTES:
        raise ApplicationError(_("The drawing has too many strokes."), "too_large", field="strokes")


@transaction.atomic
def sketch_rename(*, sketch: Sketch, actor: User, title: str) -> Sketch:
    require_edit(actor, sketch.project)
    sketch.title = title.strip()
    sketch.full_clean(exclude=["image", "thumbnail"])
    sketch.save(update_fields=["title", "updated_at"])
    record(sketch, actor, Verb.SKETCH_RENAMED)
    return sketch


@transaction.atomic
def sketch_delete(*, sketch: Sketch, actor: User) -> Sketch:
    """Take it off the lists; versions that used it keep pointing at it."""
    require_edit(actor, sketch.project)
    if sketch.deleted_at is None:
        sketch.deleted_at = timezone.now()
        sketch.save(update_fields=["deleted_at", "updated_at"])
        record(sketch, actor, Verb.SKETCH_DELETED)
        publish(sketch.project.topic, "sketch.deleted", {"sketch": {"id": str(sketch.pk)}})
    return sketch


@transaction.atomic
def sketch_restore(*, sketch: Sketch, actor: User) -> Sketch:
    """Undo deleting."""
    require_edit(actor, sketch.project)
    if sketch.deleted_at is not None:
        sketch.deleted_at = None
        sketch.save(update_fields=["deleted_at", "updated_at"])
        record(sketch, actor, Verb.SKETCH_RESTORED)
        publish(sketch.project.topic, "sketch.created", {"sketch": sketch_payload(sketch)})
    return sketch


def record(sketch: Sketch, actor: User | None, verb: Verb) -> None:
    payload = sketch_payload(sketch)
    activity_record(
        project=sketch.project,
        actor=actor,
        verb=verb,
        target_label=sketch.title,
        url="" if verb == Verb.SKETCH_DELETED else payload["page_url"],
        payload={"sketch": payload["id"]},
    )
