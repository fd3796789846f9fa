"""Reads of runs. Every query starts from the user."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.common.errors import NotFound
from apps.generation.models import Draft
from apps.generation.selectors import as_key, my_projects
from apps.projects.models import Project
from apps.runs.models import Run

User = Any  # User | AnonymousUser


def runs_for(user: User) -> QuerySet[Run]:
    """Runs of all projects of the user, without their results, the newest first."""
    if not user.is_authenticated:
        return Run.objects.none()
    rows = Run.objects.filter(project__in=my_projects(user)).defer("result", "version__source")
    related = ("project", "version__draft", "requested_by")
    return rows.select_related(*related).order_by("-created_at")


def runs_of_project(user: User, project: Project) -> QuerySet[Run]:
    return runs_for(user).filter(project=project)


def runs_of_draft(user: User, draft: Draft) -> QuerySet[Run]:
    return runs_for(user).filter(version__draft=draft)


def run_get(user: User, pk: UUID | str, *, project: UUID | str | None = None) -> Run:
    """Raises NotFound."""
    rows = Run.objects.filter(project__in=my_projects(user), pk=as_key(pk))
    if project is not None:
        rows = rows.filter(project_id=as_key(project))
    related = ("project", "version__draft", "version__sketch", "requested_by")
    found = rows.select_related(*related).first()
    if found is None:
        raise NotFound
    return found
