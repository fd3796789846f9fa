"""What the model sees in a sketch: read once, when it comes in, and kept beside it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from apps.common.errors import NotFound
from apps.common.heavy import LOADING
from apps.sketches.models import Sketch

if TYPE_CHECKING:
    from PIL.Image import Image

    from apps.engines.sketch.scene import Scene


def picture_of(sketch: Sketch) -> "Image":
    """The picture, decoded; it was checked when it was uploaded. Raises NotFound."""
    from PIL import Image

    try:
        with sketch.image.open("rb") as file:
            picture = Image.open(file)
            picture.load()
            return picture
    except FileNotFoundError as error:
        raise NotFound(
            _("The sketch's picture is gone."), hint=_("Upload it again or go on without it.")
        ) from error


def scene_of(sketch: Sketch) -> "Scene | None":
    """Objects, links and writing as they were read, or are read now. Raises NotFound.

    None where a model of one's own is named (GENDT_GENERATOR): it looks for itself.
    """
    if settings.GENDT_GENERATOR:
        return None
    with LOADING:
        from apps.engines.sketch.reader import fingerprint, load_reader
        from apps.engines.sketch.scene import Scene
    kept = sketch.reading or {}
    if kept.get("reader") == fingerprint():
        return Scene.from_json(kept["scene"])
    with LOADING:
        reader = load_reader()
    scene = reader.look(picture_of(sketch))
    reading = {"reader": fingerprint(), "scene": scene.to_json()}
    Sketch.objects.filter(pk=sketch.pk).update(reading=reading)
    return scene
