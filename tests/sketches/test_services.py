"""Writes to sketches: what is stored, told and undone."""

import pytest
from django.core.files.storage import default_storage

from apps.common.errors import ApplicationError, NotFound, PermissionDenied
from apps.projects.models import Activity
from apps.projects.services import project_archive
from apps.realtime.models import Event
from apps.sketches import selectors, services
from apps.sketches.models import Sketch
from apps.sketches.structure import ImageRefused
from tests.factories import upload


def create(team, persona="editor", **changes):
    values = {"project": team.project, "actor": team[persona], "file": upload(), "title": "Hall"}
    return services.sketch_create(**(values | changes))


def stored(team):
    try:
        return default_storage.listdir(f"sketches/{team.project.pk}")[1]
    except FileNotFoundError:
        return []


def test_an_upload_is_stored_told_and_noted(team):
    sketch = create(team)

    assert sketch.image.name == f"sketches/{team.project.pk}/{sketch.pk}.png"
    assert sketch.uploaded_by == team.editor
    event = Event.objects.get(topic=team.project.topic, type="sketch.created")
    assert event.payload["sketch"]["id"] == str(sketch.pk)
    assert event.payload["sketch"]["author"]["name"] == "Editor"
    assert Activity.objects.filter(verb="sketch.created", target_label="Hall").exists()


@pytest.mark.parametrize(
    ("persona", "error"),
    [("commenter", PermissionDenied), ("viewer", PermissionDenied), ("stranger", NotFound)],
)
def test_only_editors_add_rename_delete_and_restore(team, persona, error):
    sketch = create(team)

    with pytest.raises(error):
        create(team, persona)
    with pytest.raises(error):
        services.sketch_rename(sketch=sketch, actor=team[persona], title="Other")
    with pytest.raises(error):
        services.sketch_delete(sketch=sketch, actor=team[persona])
    with pytest.raises(error):
        services.sketch_restore(sketch=sketch, actor=team[persona])


def test_an_archived_project_takes_no_sketch(team):
    project_archive(project=team.project, actor=team.owner)

    with pytest.raises(PermissionDenied) as refused:
        create(team)

    assert refused.value.code == "archived"


def test_a_refused_picture_leaves_nothing(team):
    with pytest.raises(ImageRefused):
        create(team, file=upload(b"GIF89a"))

    assert not Sketch.objects.exists()
    assert stored(team) == []


def test_a_row_that_cannot_be_written_leaves_no_file(team, monkeypatch):
    monkeypatch.setattr(services, "record", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        create(team)

    assert stored(team) == []
    assert not Sketch.objects.exists()


def test_drawn_sketches_keep_their_strokes(team):
    strokes = {"width": 100, "height": 50, "elements": [{"kind": "text", "text": "Mill"}]}

    sketch = create(team, origin="drawn", strokes=strokes)

    sketch.refresh_from_db()
    assert sketch.strokes == strokes
    assert sketch.origin == "drawn"


@pytest.mark.parametrize(
    ("origin", "strokes"),
    [
        ("painted", None),
        ("uploaded", {"elements": []}),
        ("drawn", {"elements": "none"}),
        ("drawn", {"elements": ["x" * 2_000_000]}),
    ],
)
def test_strange_strokes_are_refused(team, origin, strokes):
    with pytest.raises(ApplicationError):
        create(team, origin=origin, strokes=strokes)


def test_deleting_can_be_undone(team):
    sketch = create(team)

    services.sketch_delete(sketch=sketch, actor=team.editor)
    hidden = list(selectors.sketches_of(team.editor, team.project))
    services.sketch_restore(sketch=sketch, actor=team.editor)

    assert hidden == []
    assert list(selectors.sketches_of(team.viewer, team.project)) == [sketch]
    types = Event.objects.order_by("seq").values_list("type", flat=True)
    assert list(types) == ["sketch.created", "sketch.deleted", "sketch.created"]


def test_strangers_find_nothing(team):
    sketch = create(team)

    assert list(selectors.sketches_for(team.stranger)) == []
    with pytest.raises(NotFound):
        selectors.sketch_get(team.stranger, sketch.pk)


def test_a_sketch_is_not_found_through_another_project(team):
    from tests.factories import ProjectFactory

    sketch = create(team)
    other = ProjectFactory(owner=team.owner)

    with pytest.raises(NotFound):
        selectors.sketch_get(team.owner, sketch.pk, project=other.pk)
