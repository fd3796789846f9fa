"""Who may do what in a project. Nobody but members sees it at all."""

from typing import Any

from django.utils.translation import gettext as _

from apps.common.errors import NotFound, PermissionDenied
from apps.projects.enums import COMMENTING, EDITING, Role
from apps.projects.models import Membership, Project

__all__ = [
    "COMMENTING",
    "EDITING",
    "Role",
    "can_comment",
    "can_edit",
    "can_manage",
    "can_view",
    "require_comment",
    "require_edit",
    "require_manage",
    "require_view",
    "role_of",
]

User = Any  # User | AnonymousUser


def role_of(user: User, project: Project) -> str | None:
    """The user's role, or None for strangers."""
    if not user.is_authenticated or not user.is_active:
        return None
    rows = Membership.objects.filter(project=project, user_id=user.pk)
    return rows.values_list("role", flat=True).first()


def can_view(user: User, project: Project) -> bool:
    return role_of(user, project) is not None


def can_comment(user: User, project: Project) -> bool:
    return not project.is_archived and role_of(user, project) in COMMENTING


def can_edit(user: User, project: Project) -> bool:
    return not project.is_archived and role_of(user, project) in EDITING


def can_manage(user: User, project: Project) -> bool:
    """Members, invitations, name, archiving; the last also while it is archived."""
    return role_of(user, project) == Role.OWNER


def require_view(user: User, project: Project) -> None:
    """Raises NotFound."""
    if not can_view(user, project):
        raise NotFound


def require_comment(user: User, project: Project) -> None:
    """Raises NotFound for strangers, PermissionDenied for members without the right."""
    if not can_comment(user, project):
        raise refusal(user, project)


def require_edit(user: User, project: Project) -> None:
    """Raises NotFound for strangers, PermissionDenied for members without the right."""
    if not can_edit(user, project):
        raise refusal(user, project)


def require_manage(user: User, project: Project) -> None:
    """Raises NotFound for strangers, PermissionDenied for members without the right."""
    if not can_manage(user, project):
        raise refusal(user, project)


def refusal(user: User, project: Project) -> NotFound | PermissionDenied:
    if not can_view(user, project):
        return NotFound()
    if project.is_archived:
        message = _("The project is archived.")
        return PermissionDenied(message, "archived", _("An owner can bring it back."))
    return PermissionDenied()
