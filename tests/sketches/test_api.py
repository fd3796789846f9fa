"""Sketches in the API."""

import json

import pytest

from apps.sketches.models import Sketch
from tests.conftest import PERSONAS
from tests.factories import SketchFactory, upload
from tests.factories.sketches import picture_bytes
from tests.sketches.hostile import HOSTILE

READ = {"owner": 200, "editor": 200, "commenter": 200, "viewer": 200, "stranger": 404}


def expect(persona, good):
    return {"owner": good, "editor": good, "stranger": 404}.get(persona, 403)


def url(team, sketch=None):
    base = f"/api/v1/projects/{team.project.pk}/sketches/"
    return base if sketch is None else f"{base}{sketch.pk}/"


@pytest.fixture
def sketch(team):
    return SketchFactory(project=team.project, uploaded_by=team.editor)


@pytest.mark.parametrize("persona", PERSONAS)
def test_reading(team, sketch, api_of, persona):
    api = api_of(team[persona])

    assert api.get(url(team)).status_code == READ[persona]
    assert api.get(url(team, sketch)).status_code == READ[persona]


@pytest.mark.parametrize("persona", PERSONAS)
def test_writing(team, sketch, api_of, persona):
    api = api_of(team[persona])

    made = api.post(url(team), {"file": upload(), "title": "Hall"}, format="multipart")
    named = api.patch(url(team, sketch), {"title": "New"})
    gone = api.delete(url(team, sketch))
    back = api.patch(url(team, sketch), {"deleted": False})

    assert made.status_code == expect(persona, 201)
    assert named.status_code == expect(persona, 200)
    assert gone.status_code == expect(persona, 204)
    assert back.status_code == expect(persona, 200)


def test_visitors_are_refused(team, sketch, api_of):
    assert api_of().get(url(team)).status_code == 401
    assert api_of().get(url(team, sketch)).status_code == 401


def test_what_an_upload_answers(team, api_of):
    answer = api_of(team.editor).post(
        url(team), {"file": upload(), "title": "Hall"}, format="multipart"
    )

    sketch = Sketch.objects.get()
    body = answer.json()
    assert body["id"] == str(sketch.pk)
    assert (body["width"], body["height"], body["title"]) == (64, 48, "Hall")
    assert body["url"] == f"/projects/{team.project.pk}/sketches/{sketch.pk}/image/"
    assert api_of(team.viewer).get(body["url"]).status_code == 200


def test_drawn_sketches(team, api_of):
    data = {"file": upload(), "origin": "drawn", "strokes": json.dumps({"elements": [1]})}

    answer = api_of(team.editor).post(url(team), data, format="multipart")

    assert answer.status_code == 201
    assert Sketch.objects.get().strokes == {"elements": [1]}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_with_a_message(team, api_of, kind):
    data, name, code = HOSTILE[kind]

    answer = api_of(team.editor).post(url(team), {"file": upload(data, name)}, format="multipart")

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["fields"]["file"] == [error["message"]]


def test_an_upload_far_too_large_is_refused_before_it_is_read(team, api_of):
    answer = api_of(team.editor).post(
        url(team), {"file": upload(b"x" * 26_000_000)}, format="multipart"
    )

    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_without_a_file(team, api_of):
    answer = api_of(team.editor).post(url(team), {"title": "x"}, format="multipart")

    assert answer.status_code == 400
    assert "file" in answer.json()["error"]["fields"]


def test_photographs_keep_their_kind(team, api_of):
    photo = upload(picture_bytes("JPEG"), "p.jpg", "image/jpeg")

    answer = api_of(team.editor).post(url(team), {"file": photo}, format="multipart")

    assert api_of(team.viewer).get(answer.json()["url"])["Content-Type"] == "image/jpeg"


def test_the_list_asks_the_same_number_of_questions(
    team, sketch, api_of, django_assert_max_num_queries
):
    api = api_of(team.viewer)
    with django_assert_max_num_queries(10) as one:
        api.get(url(team))
    SketchFactory.create_batch(2, project=team.project, uploaded_by=team.owner)
    with django_assert_max_num_queries(len(one)):
        assert api.get(url(team)).json()["count"] == 3
