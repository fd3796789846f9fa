"""Reads of experiments. Every query starts from the user."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.common.errors import NotFound
from apps.experiments.models import Experiment
from apps.generation.models import DraftVersion
from apps.generation.selectors import as_key, my_projects
from apps.projects.models import Project

User = Any  # User | AnonymousUser
MOST_VERSIONS = 100


def experiments_for(user: User) -> QuerySet[Experiment]:
    """Experiments of all projects of the user, the newest first."""
    if not user.is_authenticated:
        return Experiment.objects.none()
    related = ("project", "version__draft", "requested_by")
    rows = Experiment.objects.filter(project__in=my_projects(user)).defer("version__source")
    return rows.select_related(*related).order_by("-created_at")


def experiments_of(user: User, project: Project) -> QuerySet[Experiment]:
    return experiments_for(user).filter(project=project)


def experiment_get(user: User, pk: UUID | str, *, project: UUID | str | None = None) -> Experiment:
    """Raises NotFound."""
    rows = experiments_for(user).filter(pk=as_key(pk))
    if project is not None:
        rows = rows.filter(project_id=as_key(project))
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def versions_to_try(user: User, project: Project) -> QuerySet[DraftVersion]:
    """Versions of the project's models that are not archived, the newest first."""
    rows = DraftVersion.objects.filter(
        draft__project=project, draft__project__in=my_projects(user), draft__archived_at=None
    )
    return rows.select_related("draft").defer("source").order_by("-created_at")
