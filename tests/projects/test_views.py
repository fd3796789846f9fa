"""Pages of projects, members and invitations."""

import pytest
from django.urls import reverse

from apps.projects.models import Invitation, Membership, Project
from tests.conftest import PERSONAS
from tests.factories import InvitationFactory, MembershipFactory, ProjectFactory

SEE = {"owner": 200, "editor": 200, "commenter": 200, "viewer": 200, "stranger": 404}
MANAGE = {"owner": 302, "editor": 403, "commenter": 403, "viewer": 403, "stranger": 404}


def url(name, team, *more):
    return reverse(f"projects:{name}", args=[team.project.pk, *more])


def member(team, persona):
    return Membership.objects.get(project=team.project, user=team[persona])


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", ["home", "members", "settings", "activity"])
def test_members_see_strangers_do_not(team, client_of, persona, name):
    assert client_of(team[persona]).get(url(name, team)).status_code == SEE[persona]


@pytest.mark.parametrize("name", ["home", "members", "settings", "activity"])
def test_visitors_are_sent_to_the_sign_in(team, client_of, name):
    assert client_of().get(url(name, team)).status_code == 302


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_change_name_and_archive(team, client_of, persona):
    client = client_of(team[persona])

    saved = client.post(url("settings", team), {"name": "New", "description": "d"})
    archived = client.post(url("archive", team))

    assert saved.status_code == MANAGE[persona]
    assert archived.status_code == MANAGE[persona]
    project = Project.objects.get()
    assert (project.name == "New") == project.is_archived == (persona == "owner")


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_invite_and_revoke(team, client_of, persona):
    open_one = InvitationFactory(project=team.project)
    client = client_of(team[persona])

    made = client.post(url("invite", team), {"role": "viewer", "days": 3})
    gone = client.post(url("invitation_revoke", team, open_one.pk))

    assert made.status_code == {302: 200}.get(MANAGE[persona], MANAGE[persona])
    assert gone.status_code == MANAGE[persona]
    assert Invitation.objects.count() == (2 if persona == "owner" else 1)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_change_roles_and_remove(team, client_of, persona):
    client = client_of(team[persona])
    other = MembershipFactory(project=team.project, role="viewer")

    changed = client.post(url("member_role", team, other.pk), {"role": "editor"})
    removed = client.post(url("member_remove", team, other.pk))

    assert changed.status_code == MANAGE[persona]
    assert removed.status_code == MANAGE[persona]
    assert Membership.objects.filter(pk=other.pk).exists() == (persona != "owner")


@pytest.mark.parametrize("persona", ["editor", "commenter", "viewer"])
def test_members_leave(team, client_of, persona):
    response = client_of(team[persona]).post(url("leave", team))

    assert response.url == "/projects/"
    assert not Membership.objects.filter(user=team[persona]).exists()


def test_strangers_cannot_leave(team, client_of):
    assert client_of(team.stranger).post(url("leave", team)).status_code == 404


def test_the_last_owner_is_told_why(team, client_of):
    response = client_of(team.owner).post(url("leave", team), follow=True)

    assert "A project needs an owner." in response.content.decode()
    assert member(team, "owner")


def test_a_member_of_another_project_is_not_found(team, client_of):
    other = MembershipFactory()

    response = client_of(team.owner).post(url("member_remove", team, other.pk))

    assert response.status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


def test_archived_projects_come_back(team, client_of):
    client = client_of(team.owner)
    client.post(url("archive", team))

    client.post(url("archive", team), {"restore": "1"})

    assert not Project.objects.get().is_archived


def test_the_invitation_link_is_shown_once_and_leads_in(team, client_of):
    shown = client_of(team.owner).post(url("invite", team), {"role": "editor", "days": 7})
    link = shown.context["invitation_link"]
    client = client_of(team.stranger)

    page = client.get(link)
    joined = client.post(link)
    again = client_of(team.owner).get(url("members", team))

    assert team.project.name in page.content.decode()
    assert joined.url == url("home", team)
    assert link not in again.content.decode()
    assert client.get(url("home", team)).status_code == 200


def test_looking_at_an_invitation_does_not_use_it_up(team, client_of):
    InvitationFactory(project=team.project, token="abc")

    client_of(team.stranger).get("/invitations/abc/")

    assert Invitation.objects.get().is_open


def test_a_visitor_signs_in_first(team, client_of):
    InvitationFactory(project=team.project, token="abc")
    client = client_of()

    page = client.get("/invitations/abc/")
    response = client.post("/invitations/abc/")

    assert page.status_code == 200
    assert response.url == "/accounts/login/?next=/invitations/abc/"


def test_a_closed_invitation_says_so(client_of, db):
    response = client_of().get("/invitations/nonsense/")

    assert response.status_code == 404
    assert "does not work any more" in response.content.decode()


def test_a_new_project_opens(team, client_of):
    response = client_of(team.stranger).post("/projects/new/", {"name": "Hall"})

    project = Project.objects.get(name="Hall")
    assert response.url == f"/projects/{project.pk}/"


def test_a_project_without_a_name_stays_a_form(team, client_of):
    response = client_of(team.stranger).post("/projects/new/", {"name": " "})

    assert response.status_code == 200
    assert response.context["form"].errors["name"]


def test_a_failed_form_does_not_rename_the_heading(team, client_of):
    long = "x" * 200

    response = client_of(team.owner).post(url("settings", team), {"name": long})

    assert f"<h1>{team.project.name}</h1>" in response.content.decode()


def test_the_list_shows_ones_own_and_searches(team, client_of):
    ProjectFactory(name="Elsewhere")
    client = client_of(team.viewer)

    everything = client.get("/projects/").content.decode()
    nothing = client.get("/projects/", {"q": "zzz"}).content.decode()

    assert "Foundry" in everything
    assert "Elsewhere" not in everything
    assert "Foundry" not in nothing


@pytest.mark.parametrize("name", ["list", "members", "activity"])
def test_lists_ask_the_same_number_of_questions(
    team, client_of, django_assert_max_num_queries, name
):
    client = client_of(team.owner)
    address = reverse("projects:list") if name == "list" else url(name, team)
    team.project.activities.create(actor=team.owner, verb="member.left")
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for project in [team.project, *ProjectFactory.create_batch(3, owner=team.owner)]:
        MembershipFactory.create_batch(3, project=project)
        InvitationFactory.create_batch(2, project=project)
        project.activities.create(actor=team.viewer, verb="member.left")
    with django_assert_max_num_queries(len(few)):
        client.get(address)
