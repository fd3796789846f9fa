"""Reads of sketches. Every query starts from the user."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.common.errors import NotFound
from apps.projects.models import Membership, Project
from apps.sketches.models import Sketch

User = Any  # User | AnonymousUser


def sketches_for(user: User) -> QuerySet[Sketch]:
    """Sketches of all projects of the user, deleted ones included."""
    if not user.is_authenticated:
        return Sketch.objects.none()
    mine = Membership.objects.filter(user_id=user.pk).values("project")
    return Sketch.objects.filter(project__in=mine).select_related("project", "uploaded_by")


def sketches_of(user: User, project: Project) -> QuerySet[Sketch]:
    """The project's sketches, the newest first."""
    return sketches_for(user).filter(project=project, deleted_at=None).order_by("-created_at")


def sketches_deleted(user: User, project: Project) -> QuerySet[Sketch]:
    """What can be brought back."""
    rows = sketches_for(user).filter(project=project, deleted_at__isnull=False)
    return rows.order_by("-deleted_at")


def sketch_get(
    user: User, pk: UUID | str, *, project: UUID | str | None = None, deleted: bool = False
) -> Sketch:
    """A sketch of one of the user's projects. Raises NotFound."""
    rows = sketches_for(user) if deleted else sketches_for(user).filter(deleted_at=None)
    try:
        rows = rows.filter(pk=UUID(str(pk)))
        rows = rows if project is None else rows.filter(project_id=UUID(str(project)))
    except ValueError as error:
        raise NotFound from error
    sketch = rows.first()
    if sketch is None:
        raise NotFound
    return sketch
