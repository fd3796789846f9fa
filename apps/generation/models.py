"""Models that people build: drafts, their versions, and the jobs that write versions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common.models import BaseModel, Job
from apps.generation.enums import Origin
from apps.projects.models import Project
from apps.sketches.models import Sketch


class Draft(BaseModel):
    """One model of a factory. Its script lives in numbered versions."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="drafts")
    title = models.CharField(_("title"), max_length=120)
    sketch = models.ForeignKey(
        Sketch,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("sketch"),
    )
    version_count = models.PositiveIntegerField(_("versions"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["project", "-updated_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class DraftVersion(BaseModel):
    """A script as it was at one time. Written once, never changed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    source = models.TextField(_("script"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    prompt = models.TextField(_("prompt"), blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    model_name = models.CharField(_("written by"), max_length=80, blank=True, default="")
    assumptions: Any = models.JSONField(_("assumptions"), default=list, blank=True)
    diagnostics: Any = models.JSONField(_("diagnostics"), default=list, blank=True)
    sketch = models.ForeignKey(
        Sketch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="generation_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version is never changed; make a new one.")
        super().save(*args, **kwargs)

    @property
    def has_errors(self) -> bool:
        return any(found["severity"] == "error" for found in self.diagnostics)


class GenerationJob(Job):
    """A prompt on its way to a version. `partial` is the script as far as it is written."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="jobs")
    base_version = models.ForeignKey(
        DraftVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sketch = models.ForeignKey(
        Sketch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prompt = models.TextField(_("prompt"))
    version = models.ForeignKey(
        DraftVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    partial = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["draft", "status"]),
            models.Index(fields=["status", "heartbeat_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.status}"
