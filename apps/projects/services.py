"""Writes to projects: the projects themselves, their members and their history."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.projects.enums import Role, Verb
from apps.projects.models import Activity, Invitation, Membership, Project
from apps.projects.rules import require_manage
from apps.projects.selectors import invitation_digest, invitation_find
from apps.realtime.events import publish, recheck

INVITATION_DAYS = 7
MOST_DAYS = 30


def activity_record(
    *,
    project: Project,
    actor: User | None,
    verb: str,
    target_label: str = "",
    url: str = "",
    payload: dict[str, Any] | None = None,
) -> Activity:
    """Add a line to the history; the project counts as changed."""
    now = timezone.now()
    Project.objects.filter(pk=project.pk).update(updated_at=now)
    return Activity.objects.create(
        project=project,
        actor=actor,
        verb=verb,
        target_label=target_label[:200],
        url=url,
        payload=payload or {},
    )


@transaction.atomic
def project_create(*, actor: User, name: str, description: str = "") -> Project:
    """A project whose owner is the actor."""
    project = Project(name=name.strip(), description=description.strip())
    project.full_clean()
    project.save()
    Membership.objects.create(project=project, user=actor, role=Role.OWNER)
    activity_record(project=project, actor=actor, verb=Verb.PROJECT_CREATED)
    return project


@transaction.atomic
def project_update(*, project: Project, actor: User, name: str, description: str) -> Project:
    require_manage(actor, project)
    project.name = name.strip()
    project.description = description.strip()
    project.full_clean()
    project.save(update_fields=["name", "description", "updated_at"])
    activity_record(project=project, actor=actor, verb=Verb.PROJECT_CHANGED)
    announce_project(project)
    return project


@transaction.atomic
def project_archive(*, project: Project, actor: User) -> Project:
    """Make it read-only and take it off the list."""
    require_manage(actor, project)
    if not project.is_archived:
        set_archived(project, actor, Verb.PROJECT_ARCHIVED)
    return project


@transaction.atomic
def project_restore(*, project: Project, actor: User) -> Project:
    """Undo archiving."""
    require_manage(actor, project)
    if project.is_archived:
        set_archived(project, actor, Verb.PROJECT_RESTORED)
    return project


def set_archived(project: Project, actor: User, verb: Verb) -> None:
    project.archived_at = timezone.now() if verb == Verb.PROJECT_ARCHIVED else None
    project.save(update_fields=["archived_at", "updated_at"])
    activity_record(project=project, actor=actor, verb=verb)
    announce_project(project)


def announce_project(project: Project) -> None:
    data = {"id": str(project.pk), "name": project.name, "archived": project.is_archived}
    publish(project.topic, "project.changed", {"project": data})


@transaction.atomic
def member_set_role(*, membership: Membership, actor: User, role: str) -> Membership:
    """Give a member another role. The last owner stays owner."""
    membership = lock(membership)
    require_manage(actor, membership.project)
    if role not in Role.values:
        raise ApplicationError(_("There is no such role."), field="role")
    if membership.role == role:
        return membership
    if membership.role == Role.OWNER:
        require_other_owner(membership)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])
    activity_record(
        project=membership.project,
        actor=actor,
        verb=Verb.MEMBER_ROLE,
        target_label=membership.user.name,
        payload={"role": role},
    )
    announce_members(membership.project)
    return membership


@transaction.atomic
def member_remove(*, membership: Membership, actor: User) -> None:
    """Remove a member; anybody may remove themselves, that is, leave."""
    membership = lock(membership)
    leaving = membership.user_id == actor.pk
    if not leaving:
        require_manage(actor, membership.project)
    if membership.role == Role.OWNER:
        require_other_owner(membership)
    project, name = membership.project, membership.user.name
    membership.delete()
    activity_record(
        project=project,
        actor=actor,
        verb=Verb.MEMBER_LEFT if leaving else Verb.MEMBER_REMOVED,
        target_label="" if leaving else name,
    )
    announce_members(project)


@transaction.atomic
def member_leave(*, project: Project, actor: User) -> None:
    """Raises Conflict for the last owner, PermissionDenied for who is no member."""
    membership = Membership.objects.filter(project=project, user=actor).first()
    if membership is None:
        raise PermissionDenied
    member_remove(membership=membership, actor=actor)


def announce_members(project: Project) -> None:
    """Tell the members, and close the topic to who is none any more."""
    publish(project.topic, "member.changed", {})
    recheck(project.topic)


def lock(membership: Membership) -> Membership:
    """The membership as it is now. The project's row is locked, so that of two owners who
    leave at once one stays."""
    Project.objects.select_for_update().get(pk=membership.project_id)
    rows = Membership.objects.select_related("project", "user")
    found = rows.filter(pk=membership.pk).first()
    if found is None:
        raise Conflict(_("This person is no member any more."), "member_gone")
    return found


def require_other_owner(membership: Membership) -> None:
    """Raises Conflict where the project would be left without an owner."""
    owners = Membership.objects.filter(project=membership.project_id, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise Conflict(
            _("A project needs an owner."),
            "last_owner",
            _("Make somebody else owner first, or archive the project."),
        )


@transaction.atomic
def invitation_create(
    *, project: Project, actor: User, role: str, days: int = INVITATION_DAYS
) -> tuple[Invitation, str]:
    """An invitation and the raw token of its link, which cannot be had again."""
    require_manage(actor, project)
    if project.is_archived:
        raise Conflict(_("The project is archived."), "archived")
    if role not in Role.values:
        raise ApplicationError(_("There is no such role."), field="role")
    if not 1 <= days <= MOST_DAYS:
        message = _("Choose between 1 and %(most)d days.") % {"most": MOST_DAYS}
        raise ApplicationError(message, field="days")
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        project=project,
        role=role,
        token_digest=invitation_digest(token),
        expires_at=timezone.now() + timedelta(days=days),
        created_by=actor,
    )
    record_invitation(invitation, actor, Verb.INVITATION_CREATED)
    return invitation, token


@transaction.atomic
def invitation_revoke(*, invitation: Invitation, actor: User) -> None:
    """Close a link that was not used yet. Does nothing where it is closed already."""
    require_manage(actor, invitation.project)
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if waiting.update(revoked_at=timezone.now()):
        record_invitation(invitation, actor, Verb.INVITATION_REVOKED)


@transaction.atomic
def invitation_accept(*, token: str, user: User) -> Membership:
    """Join by a link. Raises NotFound where it is not open; members keep role and link."""
    invitation = invitation_find(token)
    Project.objects.select_for_update().get(pk=invitation.project_id)
    member = Membership.objects.filter(project=invitation.project, user=user).first()
    if member is not None:
        return member
    claim_invitation(invitation, user)
    membership = Membership.objects.create(
        project=invitation.project, user=user, role=invitation.role
    )
    activity_record(
        project=invitation.project,
        actor=user,
        verb=Verb.MEMBER_JOINED,
        target_label=str(membership.get_role_display()),
        payload={"role": invitation.role},
    )
    announce_members(invitation.project)
    return membership


def claim_invitation(invitation: Invitation, user: User) -> None:
    """Use it up; of two people with the same link the second gets NotFound."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not waiting.update(accepted_by=user, accepted_at=timezone.now()):
        raise NotFound


def record_invitation(invitation: Invitation, actor: User, verb: Verb) -> None:
    activity_record(
        project=invitation.project,
        actor=actor,
        verb=verb,
        target_label=str(invitation.get_role_display()),
        payload={"role": invitation.role},
    )
