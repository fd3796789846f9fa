"""Reads of drafts, versions and jobs. Every query starts from the user."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.common.errors import NotFound
from apps.common.models import JobStatus
from apps.generation.models import Draft, DraftVersion, GenerationJob
from apps.projects.models import Membership, Project

User = Any  # User | AnonymousUser
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


def as_key(value: UUID | str) -> UUID:
    """Raises NotFound for what is no id."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise NotFound from error


def my_projects(user: User) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(user_id=user.pk).values("project")


def drafts_for(user: User) -> QuerySet[Draft]:
    """Drafts of all projects of the user, archived ones included."""
    if not user.is_authenticated:
        return Draft.objects.none()
    rows = Draft.objects.filter(project__in=my_projects(user))
    return rows.select_related("project", "sketch", "created_by")


def drafts_of(user: User, project: Project) -> QuerySet[Draft]:
    """The project's drafts, the latest changed first."""
    return drafts_for(user).filter(project=project, archived_at=None).order_by("-updated_at")


def drafts_archived(user: User, project: Project) -> QuerySet[Draft]:
    """The project's archived drafts, the latest archived first."""
    rows = drafts_for(user).filter(project=project, archived_at__isnull=False)
    return rows.order_by("-archived_at")


def draft_get(user: User, pk: UUID | str, *, project: UUID | str | None = None) -> Draft:
    """A draft of one of the user's projects. Raises NotFound."""
    rows = drafts_for(user).filter(pk=as_key(pk))
    if project is not None:
        rows = rows.filter(project_id=as_key(project))
    draft = rows.first()
    if draft is None:
        raise NotFound
    return draft


def versions_of(draft: Draft) -> QuerySet[DraftVersion]:
    """Oldest first. The draft must come from a selector of the user's."""
    return draft.versions.select_related("author").order_by("number")


def version_latest(draft: Draft) -> DraftVersion | None:
    return versions_of(draft).last()


def version_get(user: User, pk: UUID | str) -> DraftVersion:
    """Raises NotFound."""
    rows = DraftVersion.objects.filter(draft__project__in=my_projects(user), pk=as_key(pk))
    found = rows.select_related("draft__project", "author").first()
    if found is None:
        raise NotFound
    return found


def version_by_number(draft: Draft, number: int) -> DraftVersion:
    """Raises NotFound."""
    found = versions_of(draft).filter(number=number).select_related("draft__project").first()
    if found is None:
        raise NotFound
    return found


def job_get(user: User, pk: UUID | str) -> GenerationJob:
    """Raises NotFound."""
    rows = GenerationJob.objects.filter(draft__project__in=my_projects(user), pk=as_key(pk))
    found = rows.select_related("draft__project").first()
    if found is None:
        raise NotFound
    return found


def jobs_open(draft: Draft) -> QuerySet[GenerationJob]:
    """Jobs that wait or run, the oldest first."""
    return draft.jobs.filter(status__in=OPEN).order_by("created_at", "id")
