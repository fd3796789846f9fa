"""Pages that combine apps, as every persona."""

import json
import re

import pytest

from apps.generation.services import draft_create, generation_start, version_create_edited
from apps.generation.tasks import run_generation
from apps.runs.services import run_start
from apps.runs.tasks import run_simulation
from tests.factories import SketchFactory, upload
from tests.generation.fakes import LINE

MEMBERS = ["owner", "editor", "commenter", "viewer"]


@pytest.fixture
def no_queue(monkeypatch):
    for task in (run_generation, run_simulation):
        monkeypatch.setattr(task, "delay", lambda key: None)


@pytest.fixture
def draft(team, no_queue):
    return draft_create(project=team.project, actor=team.editor, title="Ore line")


@pytest.fixture
def version(draft, team):
    return version_create_edited(draft=draft, actor=team.editor, source=LINE)


@pytest.fixture
def run(version, team):
    return run_start(version=version, actor=team.editor, until=600.0, replications=2)


def page_data(response, name):
    found = re.search(
        rf'<script id="{name}"[^>]*>(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return json.loads(found[1])


def paths(team, draft, run):
    project = f"/projects/{team.project.pk}/"
    return [
        project,
        f"{project}models/{draft.pk}/",
        f"{project}models/{draft.pk}/script.fs",
        f"{project}runs/{run.pk}/",
    ]


def test_visitors_see_landing_and_help(client_of, db):
    assert b"Sketch a factory" in client_of().get("/").content
    assert client_of().get("/help/").status_code == 200


def test_members_are_led_from_the_landing_to_their_projects(client_of, team):
    assert client_of(team.viewer).get("/").headers["Location"] == "/projects/"


@pytest.mark.parametrize("persona", MEMBERS)
def test_members_see_all_pages(client_of, team, draft, run, persona):
    client = client_of(team[persona])
    assert [client.get(path).status_code for path in paths(team, draft, run)] == [200] * 4


def test_strangers_see_none(client_of, team, draft, run):
    client = client_of(team.stranger)
    found = [client.get(path).status_code for path in paths(team, draft, run)]
    found.append(client.get(f"/projects/{team.project.pk}/models/new/").status_code)
    assert found == [404] * 5


def test_visitors_are_asked_to_sign_in(client_of, team, draft, run):
    for path in paths(team, draft, run):
        assert "/accounts/login/" in client_of().get(path).headers["Location"]


def test_a_draft_is_not_shown_under_another_project(client_of, team, draft):
    other = client_of(team.editor)
    elsewhere = draft_create_elsewhere(team)
    assert other.get(f"/projects/{elsewhere.pk}/models/{draft.pk}/").status_code == 404


def draft_create_elsewhere(team):
    from tests.factories import ProjectFactory

    return ProjectFactory(owner=team.editor)


def test_the_studio_brings_what_the_page_needs(client_of, team, draft, version, run):
    generation_start(draft=draft, actor=team.editor, prompt="Add a queue.", base_version=version)

    data = page_data(
        client_of(team.viewer).get(f"/projects/{team.project.pk}/models/{draft.pk}/"),
        "studio-data",
    )

    assert data["role"] == "viewer"
    assert data["current"]["source"] == LINE
    assert "source" not in data["versions"][0]
    assert [message["text"] for message in data["messages"]] == ["Add a queue."]
    assert data["jobs"][0]["partial"] == ""
    assert data["runs"][0]["number"] == 1
    assert data["limits"] == {"prompt_chars": 20_000}
    assert data["topic"] == f"project:{team.project.pk}"
    assert data["seq"] > 0
    assert len(data["examples"]) >= 2


def test_the_page_of_a_finished_run_shows_its_figures(client_of, team, run):
    run_simulation(str(run.pk))

    response = client_of(team.viewer).get(f"/projects/{team.project.pk}/runs/{run.pk}/")

    assert b"Throughput" in response.content
    data = page_data(response, "run-data")
    assert {item["name"] for item in data["layout"]["objects"]} == {
        "Ore Bin",
        "Mill",
        "Concentrate",
    }
    assert data["kpis"]["throughput_per_hour"]["n"] == 2
    assert data["run"]["status"] == "succeeded"


@pytest.mark.parametrize("persona", ["owner", "editor"])
def test_editors_begin_a_model_with_a_picture(client_of, team, no_queue, persona):
    address = f"/projects/{team.project.pk}/models/new/"
    client = client_of(team[persona])
    assert client.get(address).status_code == 200

    response = client.post(address, {"title": "Bakery", "file": upload()})

    draft = team.project.drafts.get()
    assert response.headers["Location"] == f"/projects/{team.project.pk}/models/{draft.pk}/"
    assert draft.sketch.title == "Bakery"


def test_a_refused_picture_is_told_in_the_form(client_of, team, no_queue):
    response = client_of(team.editor).post(
        f"/projects/{team.project.pk}/models/new/",
        {"title": "Bakery", "file": upload(b"<svg></svg>", "x.svg", "image/svg+xml")},
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not team.project.drafts.exists()


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_others_begin_no_model(client_of, team, no_queue, persona):
    address = f"/projects/{team.project.pk}/models/new/"
    assert client_of(team[persona]).post(address, {"title": "Mine"}).status_code == 403


def test_a_sketch_of_another_project_cannot_be_chosen(client_of, team, no_queue):
    foreign = SketchFactory()
    response = client_of(team.editor).post(
        f"/projects/{team.project.pk}/models/new/", {"title": "Mine", "sketch": foreign.pk}
    )
    assert "sketch" in response.context["form"].errors


def add_rows(team, n):
    for number in range(n):
        draft = draft_create(project=team.project, actor=team.editor, title=f"Line {number}")
        draft.sketch = SketchFactory(project=team.project)
        draft.save()
        version = version_create_edited(draft=draft, actor=team.owner, source=LINE)
        run_start(version=version, actor=team.editor, until=600.0)


def test_the_project_page_takes_as_many_queries_for_many_rows(client_of, team, no_queue):
    client = client_of(team.viewer)
    path = f"/projects/{team.project.pk}/"
    add_rows(team, 1)
    few = queries_of(client, path)
    add_rows(team, 3)

    assert queries_of(client, path) == few
    assert few < 16


def test_the_studio_takes_as_many_queries_for_many_rows(client_of, team, draft, version, no_queue):
    client = client_of(team.viewer)
    path = f"/projects/{team.project.pk}/models/{draft.pk}/"
    add_turns(draft, version, team, 1)
    few = queries_of(client, path)
    add_turns(draft, version, team, 3)

    assert queries_of(client, path) == few
    assert few < 22


def add_turns(draft, version, team, n):
    for number in range(n):
        version_create_edited(
            draft=draft, actor=team.editor, source=f"{LINE}// {number}", parent=version
        )
        generation_start(draft=draft, actor=team.owner, prompt=f"Do {number}.")
        run_start(version=version, actor=team.editor, until=600.0)
        SketchFactory(project=team.project, uploaded_by=team.editor)


def queries_of(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def settings_of(team, draft):
    return f"/projects/{team.project.pk}/models/{draft.pk}/settings/"


def archive_of(team, draft):
    return f"/projects/{team.project.pk}/models/{draft.pk}/archive/"


def test_an_editor_renames_a_model(client_of, team, draft):
    response = client_of(team.editor).post(settings_of(team, draft), {"title": "Ore line, east"})

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Ore line, east"


def test_a_model_needs_a_name(client_of, team, draft):
    response = client_of(team.editor).post(settings_of(team, draft), {"title": " "})

    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.title == "Ore line"


@pytest.mark.parametrize("who", ["commenter", "viewer", "stranger"])
def test_others_neither_rename_nor_archive(client_of, team, draft, who):
    client = client_of(getattr(team, who))

    expected = 404 if who == "stranger" else 403
    assert client.get(settings_of(team, draft)).status_code == expected
    assert client.post(settings_of(team, draft), {"title": "Mine"}).status_code == expected
    assert client.post(archive_of(team, draft)).status_code == expected
    draft.refresh_from_db()
    assert (draft.title, draft.archived_at) == ("Ore line", None)


def test_an_archived_model_is_read_only_until_it_is_brought_back(client_of, team, draft):
    client = client_of(team.editor)
    studio = f"/projects/{team.project.pk}/models/{draft.pk}/"

    client.post(archive_of(team, draft))
    away = page_data(client.get(studio), "studio-data")["role"]
    home = client.get(f"/projects/{team.project.pk}/").content.decode()
    client.post(archive_of(team, draft), {"restore": "1"})
    back = page_data(client.get(studio), "studio-data")["role"]

    assert (away, back) == ("viewer", "editor")
    assert "Archived models" in home
    assert "Bring back Ore line" in home
