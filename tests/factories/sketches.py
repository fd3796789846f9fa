"""Pictures and sketches."""

import io

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.sketches.models import Sketch
from tests.factories.projects import ProjectFactory


def picture_bytes(kind="PNG", size=(64, 48), mode="RGB", color=None, **options):
    """A one-coloured picture, encoded."""
    picture = Image.new(mode, size) if color is None else Image.new(mode, size, color)
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def png_bytes(size=(64, 48)):
    return picture_bytes("PNG", size, color="white")


def upload(data=None, name="sketch.png", content_type="image/png"):
    """What a browser's file field sends."""
    return SimpleUploadedFile(name, png_bytes() if data is None else data, content_type)


class SketchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sketch

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Sketch {n}")
    image = factory.LazyFunction(lambda: ContentFile(png_bytes(), "image.png"))
    thumbnail = factory.LazyFunction(lambda: ContentFile(picture_bytes("JPEG"), "thumbnail.jpg"))
    width = 64
    height = 48
    sha256 = "0" * 64
