"""What is seen in a sketch: read once by a worker, kept, and read anew by other weights."""

import pytest
from django.core.files.storage import default_storage

from apps.common.errors import NotFound
from apps.engines.sketch import reader
from apps.engines.sketch.scene import Scene, SceneLink, SceneObject
from apps.sketches import reading, services
from apps.sketches.tasks import read_sketch
from tests.factories import upload

BOX = (0.1, 0.2, 0.3, 0.4)
SCENE = Scene(
    640,
    480,
    (SceneObject(BOX, "Mill", 0.9, {"Processor": 0.8}), SceneObject(BOX, "", 0.0, {})),
    (SceneLink(0, 1, 0.7, 0.6),),
)


@pytest.fixture
def looks(monkeypatch):
    """Sizes of the pictures that were looked at."""
    seen = []

    class Reader:
        def look(self, picture):
            seen.append(picture.size)
            return SCENE

    monkeypatch.setattr(reader, "load_reader", Reader)
    return seen


@pytest.fixture
def sketch(team):
    return services.sketch_create(
        project=team.project, actor=team.editor, file=upload(), title="Hall"
    )


def test_a_scene_survives_storage():
    assert Scene.from_json(SCENE.to_json()) == SCENE


def test_a_worker_reads_a_new_sketch_once(sketch, looks):
    read_sketch(str(sketch.pk))
    read_sketch(str(sketch.pk))
    sketch.refresh_from_db()

    assert reading.scene_of(sketch) == SCENE
    assert looks == [(sketch.width, sketch.height)]


def test_other_weights_read_anew(sketch, looks, monkeypatch):
    read_sketch(str(sketch.pk))
    monkeypatch.setattr(reader, "fingerprint", lambda: "newer")
    sketch.refresh_from_db()

    reading.scene_of(sketch)

    assert len(looks) == 2


def test_another_generator_looks_for_itself(sketch, looks, settings):
    settings.GENDT_GENERATOR = "tests.generation.fakes.load_line"

    assert reading.scene_of(sketch) is None
    assert looks == []


def test_a_lost_picture_ends_the_task_and_refuses_the_prompt(sketch, looks):
    default_storage.delete(sketch.image.name)

    read_sketch(str(sketch.pk))
    with pytest.raises(NotFound):
        reading.scene_of(sketch)

    assert looks == []


def test_an_upload_asks_for_its_reading(team, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(read_sketch, "delay", asked.append)

    with django_capture_on_commit_callbacks(execute=True):
        made = services.sketch_create(
            project=team.project, actor=team.editor, file=upload(), title="Hall"
        )

    assert asked == [str(made.pk)]
