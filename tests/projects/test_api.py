"""Projects in the API."""

import pytest

from apps.projects.models import Invitation, Membership, Project
from tests.conftest import PERSONAS
from tests.factories import InvitationFactory, MembershipFactory, ProjectFactory


def url(team, rest=""):
    return f"/api/v1/projects/{team.project.pk}/{rest}"


def seen(persona):
    return 404 if persona == "stranger" else 200


def managed(persona, good):
    return {"owner": good, "stranger": 404}.get(persona, 403)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("rest", ["", "members/", "activity/"])
def test_reading(team, api_of, persona, rest):
    assert api_of(team[persona]).get(url(team, rest)).status_code == seen(persona)


@pytest.mark.parametrize("rest", ["", "members/", "activity/", "invitations/"])
def test_visitors_are_refused(team, api_of, rest):
    answer = api_of().get(url(team, rest))

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_authenticated"


@pytest.mark.parametrize("persona", PERSONAS)
def test_managing(team, api_of, persona):
    api = api_of(team[persona])
    other = MembershipFactory(project=team.project, role="viewer")
    invitation = InvitationFactory(project=team.project)

    answers = {
        "name": (api.patch(url(team), {"name": "New"}), 200),
        "nothing": (api.patch(url(team), {}), 200),
        "invitations": (api.get(url(team, "invitations/")), 200),
        "invite": (api.post(url(team, "invitations/"), {"role": "viewer"}), 201),
        "revoke": (api.delete(url(team, f"invitations/{invitation.pk}/")), 204),
        "role": (api.patch(url(team, f"members/{other.pk}/"), {"role": "editor"}), 200),
        "remove": (api.delete(url(team, f"members/{other.pk}/")), 204),
        "archive": (api.patch(url(team), {"archived": True}), 200),
    }

    statuses = {name: answer.status_code for name, (answer, _good) in answers.items()}
    assert statuses == {name: managed(persona, good) for name, (_a, good) in answers.items()}


def test_the_list_holds_ones_own_projects_with_role(team, api_of):
    ProjectFactory()

    body = api_of(team.editor).get("/api/v1/projects/").json()

    assert [(row["id"], row["role"]) for row in body["results"]] == [
        (str(team.project.pk), "editor")
    ]
    assert body["results"][0]["member_count"] == 4


def test_making_a_project(team, api_of):
    answer = api_of(team.stranger).post("/api/v1/projects/", {"name": "Hall"})

    assert answer.status_code == 201
    assert answer.json()["role"] == "owner"
    assert Project.objects.filter(name="Hall").exists()


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 200}, {"name": {}}])
def test_a_bad_project_names_the_field(team, api_of, body):
    answer = api_of(team.stranger).post("/api/v1/projects/", body)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid"
    assert list(answer.json()["error"]["fields"]) == ["name"]


def test_what_is_no_json_gets_the_usual_shape(team, api_of):
    answer = api_of(team.owner).post("/api/v1/projects/", data="{", content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "parse_error"


def test_an_invitation_tells_its_link_once(team, api_of):
    api = api_of(team.owner)

    made = api.post(url(team, "invitations/"), {"role": "editor", "days": 2}).json()
    listed = api.get(url(team, "invitations/")).json()

    assert "/invitations/" in made["url"]
    assert [row["id"] for row in listed] == [made["id"]]
    assert "url" not in listed[0]
    assert Invitation.objects.count() == 1


def test_the_last_owner_gets_a_conflict(team, api_of):
    own = Membership.objects.get(user=team.owner)

    answer = api_of(team.owner).delete(url(team, f"members/{own.pk}/"))

    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "last_owner"


def test_archived_projects_are_asked_for(team, api_of):
    api = api_of(team.owner)
    api.patch(url(team), {"archived": True})

    assert api.get("/api/v1/projects/").json()["count"] == 0
    assert api.get("/api/v1/projects/?archived=true").json()["count"] == 1
    api.patch(url(team), {"archived": False})
    assert api.get("/api/v1/projects/").json()["count"] == 1


@pytest.mark.parametrize("rest", [None, "members/", "activity/", "invitations/"])
def test_lists_ask_the_same_number_of_questions(team, api_of, django_assert_max_num_queries, rest):
    api = api_of(team.owner)
    address = "/api/v1/projects/" if rest is None else url(team, rest)
    InvitationFactory(project=team.project)
    team.project.activities.create(actor=team.owner, verb="member.left")
    with django_assert_max_num_queries(10) as few:
        api.get(address)
    for project in [team.project, *ProjectFactory.create_batch(2, owner=team.owner)]:
        MembershipFactory.create_batch(2, project=project)
        InvitationFactory.create_batch(2, project=project)
        project.activities.create(actor=team.viewer, verb="member.left")
    with django_assert_max_num_queries(len(few)):
        api.get(address)
