"""Writes to drafts, versions and jobs."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.common.jobs import job_cancel_request
from apps.common.models import JobStatus
from apps.generation import hooks
from apps.generation.enums import Origin
from apps.generation.models import Draft, DraftVersion, GenerationJob
from apps.generation.payloads import job_payload, version_payload
from apps.generation.prompts import require_prompt
from apps.generation.scripts import diagnostics_of, require_size
from apps.projects.enums import Verb
from apps.projects.models import Project
from apps.projects.rules import require_edit
from apps.projects.services import activity_record
from apps.realtime.events import publish
from apps.sketches.models import Sketch

MOST_OPEN_JOBS = 10
VERBS = {
    Origin.GENERATED: Verb.VERSION_GENERATED,
    Origin.EDITED: Verb.VERSION_EDITED,
    Origin.IMPORTED: Verb.VERSION_EDITED,
    Origin.RESTORED: Verb.VERSION_RESTORED,
}


@transaction.atomic
def draft_create(
    *, project: Project, actor: User, title: str, sketch: Sketch | None = None
) -> Draft:
    """An empty model."""
    require_edit(actor, project)
    require_same_project(sketch, project)
    draft = Draft(project=project, title=title.strip(), sketch=sketch, created_by=actor)
    draft.full_clean()
    draft.save()
    hooks.draft_created.call(draft)
    record(draft, actor, Verb.MODEL_CREATED)
    return draft


@transaction.atomic
def draft_update(
    *, draft: Draft, actor: User, title: str | None = None, archived: bool | None = None
) -> Draft:
    """Rename, archive, or bring back."""
    require_edit(actor, draft.project)
    if title is not None:
        draft.title = title.strip()
    if archived is not None and archived != draft.is_archived:
        draft.archived_at = timezone.now() if archived else None
        record(draft, actor, Verb.MODEL_ARCHIVED if archived else Verb.MODEL_RESTORED)
    draft.full_clean()
    draft.save(update_fields=["title", "archived_at", "updated_at"])
    return draft


def version_create_edited(
    *,
    draft: Draft,
    actor: User,
    source: str,
    parent: DraftVersion | None = None,
    origin: str = Origin.EDITED,
) -> DraftVersion:
    """A script that somebody wrote. One with errors is kept too: its findings say so."""
    require_edit(actor, draft.project)
    require_open(draft)
    if not source.strip():
        raise ApplicationError(_("The script is empty."), "empty", field="source")
    require_size(source)
    if parent is not None and parent.draft_id != draft.pk:
        raise NotFound
    return version_add(
        draft=draft,
        source=source,
        origin=origin,
        parent=parent,
        author=actor,
        sketch_id=parent.sketch_id if parent else draft.sketch_id,
    )


def version_restore(*, version: DraftVersion, actor: User, prompt: str = "") -> DraftVersion:
    """An older version's script becomes the newest version; `prompt` is the message that asked for
    it, if one did."""
    draft = version.draft
    require_edit(actor, draft.project)
    require_open(draft)
    return version_add(
        draft=draft,
        source=version.source,
        origin=Origin.RESTORED,
        parent=version,
        prompt=prompt,
        author=actor,
        diagnostics=version.diagnostics,
        assumptions=version.assumptions,
        sketch_id=version.sketch_id,
    )


def version_add(
    *, draft: Draft, source: str, diagnostics: list[Any] | None = None, **fields: Any
) -> DraftVersion:
    """Append a version and tell the members. Rights are the caller's business."""
    # Checking takes up to seconds: before the transaction, which locks the draft.
    found = diagnostics_of(source) if diagnostics is None else diagnostics
    with transaction.atomic():
        number = next_number(draft)
        version = DraftVersion.objects.create(
            draft=draft, number=number, source=source, diagnostics=found, **fields
        )
        record(draft, version.author, VERBS[Origin(version.origin)], number)
        publish(draft.project.topic, "version.created", {"version": version_payload(version)})
    return version


def next_number(draft: Draft) -> int:
    """Take the next number; the draft's row stays locked until the commit."""
    rows = Draft.objects.filter(pk=draft.pk)
    rows.update(version_count=F("version_count") + 1, updated_at=timezone.now())
    draft.version_count = rows.values_list("version_count", flat=True).get()
    return draft.version_count


def generation_start(
    *,
    draft: Draft,
    actor: User,
    prompt: str,
    sketch: Sketch | None = None,
    base_version: DraftVersion | None = None,
) -> GenerationJob:
    """Queue a prompt. While another of the draft runs, it waits its turn."""
    require_edit(actor, draft.project)
    require_open(draft)
    require_prompt(prompt, has_sketch=sketch is not None)
    require_same_project(sketch, draft.project)
    if base_version is not None and base_version.draft_id != draft.pk:
        raise NotFound
    with transaction.atomic():
        lock_draft(draft)
        require_room(draft)
        job = GenerationJob.objects.create(
            draft=draft,
            requested_by=actor,
            prompt=prompt.strip(),
            sketch=sketch,
            base_version=base_version,
        )
        if sketch is not None and draft.sketch_id != sketch.pk:
            draft.sketch = sketch
            draft.save(update_fields=["sketch", "updated_at"])
        hooks.job_queued.call(job)
        publish(draft.project.topic, "generation.started", {"job": job_payload(job)})
        transaction.on_commit(lambda: enqueue(job))
    return job


def enqueue(job: GenerationJob) -> None:
    """Send a queued job to the workers; sending it twice does no harm."""
    from apps.generation.tasks import run_generation

    run_generation.delay(str(job.pk))


@transaction.atomic
def generation_cancel(*, job: GenerationJob, actor: User) -> GenerationJob:
    """Ask a job to end; one that waits ends at once. Raises Conflict where it had ended."""
    require_edit(actor, job.draft.project)
    if not job_cancel_request(job):
        raise Conflict(_("This is finished already."), "finished")
    if job.status == JobStatus.CANCELLED:
        announce_end(job)
    return job


def announce_end(job: GenerationJob) -> None:
    """Tell listeners and members how a job ended, and let the next one start."""
    hooks.job_ended.call(job)
    payload: dict[str, Any] = {"job": job_payload(job)}
    name = "generation.failed"
    if job.status == JobStatus.SUCCEEDED and job.version is not None:
        payload["version"] = version_payload(job.version)
        name = "generation.finished"
    publish(job.draft.project.topic, name, payload)
    waiting = job.draft.jobs.filter(status=JobStatus.QUEUED).order_by("created_at", "id").first()
    if waiting is not None:
        transaction.on_commit(lambda: enqueue(waiting))


def lock_draft(draft: Draft) -> None:
    """Keep others from starting or claiming jobs of the draft until the commit."""
    Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now())


def require_room(draft: Draft) -> None:
    waiting = draft.jobs.filter(status__in=(JobStatus.QUEUED, JobStatus.RUNNING)).count()
    if waiting >= MOST_OPEN_JOBS:
        raise Conflict(
            _("Too many prompts wait for this model."), "busy", _("Wait for some of them.")
        )


def require_open(draft: Draft) -> None:
    if draft.is_archived:
        raise PermissionDenied(_("The model is archived."), "archived", _("Bring it back first."))


def require_same_project(sketch: Sketch | None, project: Project) -> None:
    if sketch is not None and (sketch.project_id != project.pk or sketch.deleted_at is not None):
        raise NotFound


def record(draft: Draft, actor: User | None, verb: Verb, number: int | None = None) -> None:
    label = draft.title if number is None else f"{draft.title} · {number}"
    activity_record(
        project=draft.project,
        actor=actor,
        verb=verb,
        target_label=label,
        url=reverse(
            "workspace:studio", kwargs={"project_id": draft.project_id, "draft_id": draft.pk}
        ),
        payload={"draft": str(draft.pk), "number": number},
    )
