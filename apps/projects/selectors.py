"""Reads of projects. Every query starts from the user."""

import hashlib
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from apps.common.errors import NotFound
from apps.projects.models import Activity, Invitation, Membership, Project

User = Any  # User | AnonymousUser


def projects_for(user: User, *, archived: bool | None = False) -> QuerySet[Project]:
    """Projects of the user with `my_role` and `member_count`, the latest changed first.

    `archived`: only those not archived (False), only archived (True) or all (None).
    """
    if not user.is_authenticated:
        return Project.objects.none()
    mine = Membership.objects.filter(user_id=user.pk)
    role = mine.filter(project=OuterRef("pk")).values("role")[:1]
    members = Count("memberships", distinct=True)
    found = Project.objects.filter(pk__in=mine.values("project")).annotate(
        my_role=Subquery(role), member_count=members
    )
    if archived is not None:
        found = found.filter(archived_at__isnull=not archived)
    return found.order_by("-updated_at", "name")


def projects_search(user: User, text: str, *, archived: bool = False) -> QuerySet[Project]:
    found = projects_for(user, archived=archived)
    words = text.split()[:8]
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return found


def project_get(user: User, pk: UUID | str) -> Project:
    """The project with `my_role`, if the user is a member. Raises NotFound."""
    try:
        key = UUID(str(pk))
    except ValueError as error:
        raise NotFound from error
    project = projects_for(user, archived=None).filter(pk=key).first()
    if project is None:
        raise NotFound
    return project


def memberships_of(project: Project) -> QuerySet[Membership]:
    return project.memberships.select_related("user").order_by("created_at", "id")


def membership_get(project: Project, pk: UUID | str) -> Membership:
    """Raises NotFound."""
    try:
        found = memberships_of(project).filter(pk=UUID(str(pk))).first()
    except ValueError as error:
        raise NotFound from error
    if found is None:
        raise NotFound
    return found


def invitations_open(project: Project) -> QuerySet[Invitation]:
    rows = project.invitations.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    return rows.select_related("created_by")


def invitation_get(project: Project, pk: UUID | str) -> Invitation:
    """Raises NotFound."""
    found = project.invitations.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def invitation_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_find(token: str) -> Invitation:
    """The open invitation of a link. Raises NotFound: used, revoked and expired look the same."""
    rows = Invitation.objects.select_related("project", "created_by")
    found = rows.filter(token_digest=invitation_digest(token)).first()
    if found is None or not found.is_open or found.project.is_archived:
        raise NotFound
    return found


def activities_of(project: Project) -> QuerySet[Activity]:
    return project.activities.select_related("actor")
