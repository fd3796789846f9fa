"""Writes to projects: members, roles, invitations, archiving."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.projects import rules, selectors, services
from apps.projects.models import Activity, Invitation, Membership, Project
from apps.realtime.models import Event
from tests.conftest import PERSONAS
from tests.factories import InvitationFactory, MembershipFactory, ProjectFactory, UserFactory

BELOW = [
    ("editor", PermissionDenied),
    ("commenter", PermissionDenied),
    ("viewer", PermissionDenied),
    ("stranger", NotFound),
]


def membership(team, persona):
    return Membership.objects.get(project=team.project, user=team[persona])


def test_who_makes_a_project_owns_it(db):
    user = UserFactory()

    project = services.project_create(actor=user, name="  Hall  ", description="")

    assert project.name == "Hall"
    assert rules.role_of(user, project) == "owner"
    assert Activity.objects.get().verb == "project.created"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_project_needs_a_name(db, name):
    with pytest.raises(ValidationError):
        services.project_create(actor=UserFactory(), name=name)

    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        ("owner", (True, True, True, True)),
        ("editor", (True, True, True, False)),
        ("commenter", (True, True, False, False)),
        ("viewer", (True, False, False, False)),
        ("stranger", (False, False, False, False)),
    ],
)
def test_what_each_role_includes(team, persona, expected):
    user, project = team[persona], team.project
    predicates = (rules.can_view, rules.can_comment, rules.can_edit, rules.can_manage)

    assert tuple(ask(user, project) for ask in predicates) == expected


def test_an_inactive_member_may_nothing(team):
    team.owner.is_active = False

    assert not rules.can_view(team.owner, team.project)


def test_archiving_makes_it_read_only_and_can_be_undone(team):
    services.project_archive(project=team.project, actor=team.owner)

    assert rules.can_view(team.viewer, team.project)
    assert not rules.can_edit(team.owner, team.project)
    assert not rules.can_comment(team.commenter, team.project)
    assert team.project not in selectors.projects_for(team.viewer)
    assert team.project in selectors.projects_for(team.viewer, archived=True)
    services.project_restore(project=team.project, actor=team.owner)
    assert rules.can_edit(team.editor, team.project)


@pytest.mark.parametrize(("persona", "error"), BELOW)
def test_only_owners_manage(team, persona, error):
    actor, project = team[persona], team.project
    invitation = InvitationFactory(project=project)
    calls = [
        lambda: services.project_update(project=project, actor=actor, name="x", description=""),
        lambda: services.project_archive(project=project, actor=actor),
        lambda: services.project_restore(project=project, actor=actor),
        lambda: services.invitation_create(project=project, actor=actor, role="viewer"),
        lambda: services.invitation_revoke(invitation=invitation, actor=actor),
        lambda: services.member_set_role(
            membership=membership(team, "owner"), actor=actor, role="viewer"
        ),
        lambda: services.member_remove(membership=membership(team, "owner"), actor=actor),
    ]

    for call in calls:
        with pytest.raises(error):
            call()


def test_roles_change_and_everybody_is_told(team):
    services.member_set_role(membership=membership(team, "viewer"), actor=team.owner, role="editor")

    assert rules.can_edit(team.viewer, team.project)
    assert Event.objects.filter(topic=team.project.topic, type="member.changed").count() == 1


def test_there_is_no_such_role(team):
    with pytest.raises(ApplicationError):
        services.member_set_role(
            membership=membership(team, "viewer"), actor=team.owner, role="emperor"
        )


def test_the_last_owner_stays(team):
    own = membership(team, "owner")

    with pytest.raises(Conflict) as leaving:
        services.member_leave(project=team.project, actor=team.owner)
    with pytest.raises(Conflict):
        services.member_set_role(membership=own, actor=team.owner, role="editor")

    assert leaving.value.code == "last_owner"
    assert leaving.value.hint


def test_with_a_second_owner_the_first_may_leave(team):
    services.member_set_role(membership=membership(team, "editor"), actor=team.owner, role="owner")

    services.member_leave(project=team.project, actor=team.owner)

    assert not rules.can_view(team.owner, team.project)


@pytest.mark.parametrize("persona", ["editor", "commenter", "viewer"])
def test_anybody_may_leave(team, persona):
    services.member_leave(project=team.project, actor=team[persona])

    assert not rules.can_view(team[persona], team.project)
    assert Activity.objects.filter(verb="member.left", actor=team[persona]).exists()


def test_strangers_cannot_leave(team):
    with pytest.raises(PermissionDenied):
        services.member_leave(project=team.project, actor=team.stranger)


def test_a_member_who_is_gone_cannot_be_removed_twice(team):
    found = membership(team, "viewer")
    services.member_remove(membership=found, actor=team.owner)
    gone = Membership(pk=found.pk or 0, project=team.project, user=team.viewer, role="viewer")

    with pytest.raises(Conflict):
        services.member_remove(membership=gone, actor=team.owner)


def test_an_invitation_works_once(team):
    invitation, token = services.invitation_create(
        project=team.project, actor=team.owner, role="commenter"
    )

    joined = services.invitation_accept(token=token, user=team.stranger)

    assert joined.role == "commenter"
    invitation.refresh_from_db()
    assert invitation.accepted_by == team.stranger
    with pytest.raises(NotFound):
        services.invitation_accept(token=token, user=UserFactory())


def test_the_token_is_not_stored(team):
    _invitation, token = services.invitation_create(
        project=team.project, actor=team.owner, role="viewer"
    )

    assert token not in str(Invitation.objects.values().get())


def test_members_do_not_use_up_an_invitation(team):
    invitation = InvitationFactory(project=team.project, role="owner", token="abc")

    kept = services.invitation_accept(token="abc", user=team.viewer)

    assert kept.role == "viewer"
    invitation.refresh_from_db()
    assert invitation.is_open


@pytest.mark.parametrize(
    "state",
    [
        {"expires_at": timezone.now() - timedelta(minutes=1)},
        {"revoked_at": timezone.now()},
        {"accepted_at": timezone.now()},
    ],
)
def test_a_closed_invitation_does_not_exist(team, state):
    InvitationFactory(project=team.project, token="abc", **state)

    with pytest.raises(NotFound):
        services.invitation_accept(token="abc", user=team.stranger)


def test_a_revoked_invitation_is_closed(team):
    invitation, token = services.invitation_create(
        project=team.project, actor=team.owner, role="viewer"
    )

    services.invitation_revoke(invitation=invitation, actor=team.owner)

    with pytest.raises(NotFound):
        services.invitation_accept(token=token, user=team.stranger)


@pytest.mark.parametrize(("role", "days"), [("emperor", 7), ("viewer", 0), ("viewer", 31)])
def test_strange_invitations_are_refused(team, role, days):
    with pytest.raises(ApplicationError):
        services.invitation_create(project=team.project, actor=team.owner, role=role, days=days)


@pytest.mark.parametrize("persona", PERSONAS)
def test_getting_a_project_starts_from_the_user(team, persona):
    if persona == "stranger":
        with pytest.raises(NotFound):
            selectors.project_get(team.stranger, team.project.pk)
    else:
        assert selectors.project_get(team[persona], team.project.pk).my_role == persona


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_unknown_projects(team, key):
    with pytest.raises(NotFound):
        selectors.project_get(team.owner, key)


def test_search_finds_words_in_name_and_description(db):
    user = UserFactory()
    hall = ProjectFactory(owner=user, name="Ore hall", description="crusher and mill")
    ProjectFactory(owner=user, name="Bakery")
    ProjectFactory(owner=UserFactory(), name="Ore elsewhere")

    assert list(selectors.projects_search(user, "mill ore")) == [hall]


def test_member_counts_are_right_with_many_members(team):
    MembershipFactory.create_batch(3, project=team.project)

    assert selectors.projects_for(team.viewer).get().member_count == 7


def test_activity_moves_the_project_up(team):
    newer = ProjectFactory(owner=team.owner)
    services.activity_record(project=team.project, actor=None, verb="run.finished")

    assert list(selectors.projects_for(team.owner)) == [team.project, newer]
