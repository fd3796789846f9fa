"""Pictures of factories, uploaded or drawn."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common.models import BaseModel
from apps.projects.models import Project


class Origin(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    DRAWN = "drawn", _("drawn")


def image_path(sketch: "Sketch", filename: str) -> str:
    """Nothing of the name that the upload had reaches the disk."""
    return f"sketches/{sketch.project_id}/{sketch.pk}{extension(filename)}"


def thumbnail_path(sketch: "Sketch", filename: str) -> str:
    return f"sketches/{sketch.project_id}/{sketch.pk}-thumbnail{extension(filename)}"


def extension(filename: str) -> str:
    return ".jpg" if filename.endswith(".jpg") else ".png"


class Sketch(BaseModel):
    """The image is our own encoding of the upload; the original bytes are not kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sketches")
    title = models.CharField(_("title"), max_length=120)
    image = models.FileField(_("image"), upload_to=image_path, max_length=200)
    thumbnail = models.FileField(_("thumbnail"), upload_to=thumbnail_path, max_length=200)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.UPLOADED
    )
    strokes: Any = models.JSONField(_("strokes"), null=True, blank=True, default=None)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    sha256 = models.CharField(max_length=64, editable=False)
    # What `reading` saw in the picture, and with which weights.
    reading: Any = models.JSONField(null=True, blank=True, default=None, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("sketch")
        verbose_name_plural = _("sketches")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["project", "-created_at"])]

    def __str__(self) -> str:
        return self.title
