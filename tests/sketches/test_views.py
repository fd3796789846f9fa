"""Pages of sketches and the way to their pictures."""

import json

import pytest
from django.urls import reverse

from apps.sketches.models import Sketch
from tests.conftest import PERSONAS
from tests.factories import SketchFactory, upload

ALL = {"owner": 200, "editor": 200, "commenter": 200, "viewer": 200, "stranger": 404}
EDIT = {"owner": 302, "editor": 302, "commenter": 403, "viewer": 403, "stranger": 404}


@pytest.fixture
def sketch(team):
    return SketchFactory(project=team.project, uploaded_by=team.editor)


def address(name, sketch):
    return reverse(f"sketches:{name}", args=[sketch.project_id, sketch.pk])


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", ["detail", "image", "thumbnail"])
def test_members_see_strangers_do_not(team, sketch, client_of, persona, name):
    response = client_of(team[persona]).get(address(name, sketch))

    assert response.status_code == ALL[persona]


@pytest.mark.parametrize("name", ["detail", "image", "thumbnail", "list", "draw"])
def test_visitors_are_sent_to_the_sign_in(team, sketch, client_of, name):
    args = [team.project.pk] if name in {"list", "draw"} else [team.project.pk, sketch.pk]

    response = client_of().get(reverse(f"sketches:{name}", args=args))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_upload(team, client_of, persona):
    url = reverse("sketches:list", args=[team.project.pk])

    response = client_of(team[persona]).post(url, {"file": upload(name="Hall 3.png")})

    assert response.status_code == EDIT[persona]
    made = list(Sketch.objects.values_list("title", flat=True))
    assert made == (["Hall 3"] if EDIT[persona] == 302 else [])


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", ["delete", "restore"])
def test_who_may_delete_and_restore(team, sketch, client_of, persona, name):
    response = client_of(team[persona]).post(address(name, sketch))

    assert response.status_code == EDIT[persona]


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_rename(team, sketch, client_of, persona):
    response = client_of(team[persona]).post(address("detail", sketch), {"title": "New"})

    assert response.status_code == EDIT[persona]
    sketch.refresh_from_db()
    assert (sketch.title == "New") == (EDIT[persona] == 302)


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_open_the_drawing_page(team, client_of, persona):
    response = client_of(team[persona]).get(reverse("sketches:draw", args=[team.project.pk]))

    assert response.status_code == {200: 200, 302: 200}.get(EDIT[persona], EDIT[persona])


def test_get_does_not_delete(team, sketch, client_of):
    assert client_of(team.editor).get(address("delete", sketch)).status_code == 405


def test_a_refused_upload_says_why_on_the_page(team, client_of):
    url = reverse("sketches:list", args=[team.project.pk])

    response = client_of(team.editor).post(url, {"file": upload(b"GIF89a" + b"x" * 50)})

    assert "GIF" in response.content.decode()
    assert response.context["form"].errors["file"]


def test_drawn_sketches_come_with_strokes(team, client_of):
    url = reverse("sketches:list", args=[team.project.pk])
    strokes = json.dumps({"elements": []})
    data = {"file": upload(), "title": "Drawn", "origin": "drawn", "strokes": strokes}

    client_of(team.editor).post(url, data)

    assert Sketch.objects.get().strokes == {"elements": []}


def test_pictures_are_private_typed_and_cached_by_digest(team, sketch, client_of):
    client = client_of(team.viewer)

    first = client.get(address("image", sketch))
    again = client.get(address("image", sketch), headers={"if-none-match": first["ETag"]})

    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "private, no-cache"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first.content.startswith(b"\x89PNG")
    assert again.status_code == 304
    assert first["ETag"] != client.get(address("thumbnail", sketch))["ETag"]


def test_a_known_digest_does_not_open_the_door(team, sketch, client_of):
    etag = client_of(team.viewer).get(address("image", sketch))["ETag"]

    response = client_of(team.stranger).get(
        address("image", sketch), headers={"if-none-match": etag}
    )

    assert response.status_code == 404


def test_a_lost_file_is_a_404(team, sketch, client_of):
    sketch.image.storage.delete(sketch.image.name)

    assert client_of(team.viewer).get(address("image", sketch)).status_code == 404


def test_the_upload_folder_has_no_address(team, sketch, client_of):
    for path in (f"/media/{sketch.image.name}", f"/{sketch.image.name}"):
        assert client_of(team.owner).get(path).status_code == 404


def test_the_list_asks_the_same_number_of_questions(team, client_of, django_assert_num_queries):
    url = reverse("sketches:list", args=[team.project.pk])
    client = client_of(team.editor)
    counts = []
    for _ in range(2):
        SketchFactory(project=team.project, uploaded_by=team.editor)
        with django_assert_num_queries(8, exact=False) as asked:
            response = client.get(url)
        counts.append(len(asked))
    SketchFactory.create_batch(3, project=team.project, uploaded_by=team.viewer)
    with django_assert_num_queries(counts[0]):
        response = client.get(url)

    assert len(response.context["sketches"]) == 5
    assert counts[0] == counts[1]


def test_deleted_sketches_can_be_brought_back_from_the_list(team, sketch, client_of):
    client = client_of(team.editor)
    page = reverse("sketches:list", args=[team.project.pk])
    client.post(address("delete", sketch))

    offered = address("restore", sketch) in client.get(page).content.decode()
    client.post(address("restore", sketch))

    assert offered
    assert list(client.get(page).context["sketches"]) == [sketch]


def test_drawing_goes_on_from_a_drawn_sketch(team, client_of):
    strokes = {"elements": [{"id": 1, "kind": "text", "text": "</script><b>"}]}
    drawn = SketchFactory(project=team.project, origin="drawn", strokes=strokes)
    url = reverse("sketches:draw", args=[team.project.pk])

    page = client_of(team.editor).get(url, {"from": drawn.pk}).content.decode()
    foreign = client_of(team.editor).get(url, {"from": SketchFactory().pk})

    assert 'id="sketch-strokes"' in page
    assert "</script><b>" not in page
    assert foreign.status_code == 404
