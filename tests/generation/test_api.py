"""Drafts, versions and generations over REST, as every persona."""

import pytest

from apps.generation.services import generation_start, version_create_edited
from tests.factories import SketchFactory
from tests.generation.fakes import LINE

pytestmark = pytest.mark.usefixtures("no_queue")


@pytest.fixture
def version(draft, team):
    return version_create_edited(draft=draft, actor=team.editor, source=LINE)


def reads(team, draft, version, job):
    return [
        f"/api/v1/projects/{team.project.pk}/drafts/",
        f"/api/v1/drafts/{draft.pk}/",
        f"/api/v1/drafts/{draft.pk}/versions/",
        f"/api/v1/drafts/{draft.pk}/versions/{version.number}/",
        f"/api/v1/generation-jobs/{job.pk}/",
    ]


def writes(team, draft, version, job):
    return [
        ("post", f"/api/v1/projects/{team.project.pk}/drafts/", {"title": "Mine"}),
        ("patch", f"/api/v1/drafts/{draft.pk}/", {"title": "Mine"}),
        ("post", f"/api/v1/drafts/{draft.pk}/versions/", {"source": "// mine"}),
        ("post", f"/api/v1/drafts/{draft.pk}/versions/1/restore/", {}),
        ("post", f"/api/v1/drafts/{draft.pk}/generate/", {"prompt": "Add a queue."}),
        ("post", f"/api/v1/generation-jobs/{job.pk}/cancel/", {}),
    ]


@pytest.fixture
def job(draft, team):
    return generation_start(draft=draft, actor=team.editor, prompt="A mill.")


@pytest.mark.parametrize("persona", ["owner", "editor", "commenter", "viewer"])
def test_members_read(api_of, team, draft, version, job, persona):
    api = api_of(team[persona])
    assert [api.get(path).status_code for path in reads(team, draft, version, job)] == [200] * 5


def test_strangers_read_and_write_nothing(api_of, team, draft, version, job):
    api = api_of(team.stranger)
    assert [api.get(path).status_code for path in reads(team, draft, version, job)] == [404] * 5
    for method, path, data in writes(team, draft, version, job):
        assert getattr(api, method)(path, data).status_code == 404, path


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_readers_write_nothing(api_of, team, draft, version, job, persona):
    for method, path, data in writes(team, draft, version, job):
        answer = getattr(api_of(team[persona]), method)(path, data)
        assert answer.status_code == 403, path
        assert answer.json()["error"]["code"] == "permission_denied"


def test_nobody_is_asked_to_sign_in(api_of, team, draft, version, job):
    for path in reads(team, draft, version, job):
        assert api_of().get(path).status_code in {401, 403}


def test_editors_write(api_of, team, draft, version, job):
    found = [
        getattr(api_of(team.editor), method)(path, data).status_code
        for method, path, data in writes(team, draft, version, job)
    ]
    assert found == [201, 200, 201, 201, 202, 200]


def test_lists_leave_the_script_out(api_of, team, draft, version):
    api = api_of(team.viewer)
    row = api.get(f"/api/v1/drafts/{draft.pk}/versions/").json()["results"][0]
    assert "source" not in row
    assert api.get(f"/api/v1/drafts/{draft.pk}/versions/1/").json()["source"] == LINE


def test_a_version_that_is_not_there(api_of, team, draft, version):
    api = api_of(team.viewer)
    for number in (2, 10**12):
        assert api.get(f"/api/v1/drafts/{draft.pk}/versions/{number}/").status_code == 404


def test_a_prompt_with_a_sketch_and_a_base(api_of, team, draft, version):
    sketch = SketchFactory(project=team.project)
    wishes = {"prompt": "Add a queue.", "sketch": sketch.pk, "base_version": version.pk}

    answer = api_of(team.editor).post(f"/api/v1/drafts/{draft.pk}/generate/", wishes)

    assert answer.status_code == 202
    made = draft.jobs.get(pk=answer.json()["id"])
    assert (made.sketch, made.base_version) == (sketch, version)


@pytest.mark.parametrize("name", ["sketch", "base_version"])
def test_what_belongs_to_others_is_not_found(api_of, team, draft, name):
    wishes = {"prompt": "Add a queue.", name: SketchFactory().pk}
    answer = api_of(team.editor).post(f"/api/v1/drafts/{draft.pk}/generate/", wishes)
    assert answer.status_code == 404


def test_a_long_prompt_is_refused_with_a_reason(api_of, team, draft):
    answer = api_of(team.editor).post(
        f"/api/v1/drafts/{draft.pk}/generate/", {"prompt": "x" * 20_001}
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "too_long"
    assert "20,000" in answer.json()["error"]["message"]


def test_a_prompt_of_five_megabytes_is_refused(api_of, team, draft):
    answer = api_of(team.editor).post(
        f"/api/v1/drafts/{draft.pk}/generate/", {"prompt": "x" * 5_000_000}
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["message"]


def test_checking_gives_findings_tree_and_drawing(api_of, team):
    answer = api_of(team.stranger).post("/api/v1/flexscript/check/", {"source": LINE}).json()

    assert answer["diagnostics"] == []
    assert [item["name"] for item in answer["objects"]] == ["Ore Bin", "Mill", "Concentrate"]
    assert answer["layout"]["connections"][0] == {"from": "Ore Bin", "to": "Mill", "kind": "A"}
    x0, _y0, x1, _y1 = answer["layout"]["bounds"]
    assert x0 < 0
    assert x1 > 12


def test_checking_what_is_no_script(api_of, team):
    answer = api_of(team.viewer).post("/api/v1/flexscript/check/", {"source": "Object x = ;"})
    found = answer.json()
    assert found["diagnostics"][0]["span"] == {
        "line": 1, "column": 12, "end_line": 1, "end_column": 13,
    }  # fmt: skip
    assert found["layout"] is None
