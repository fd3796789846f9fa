"""Simulated runs of versions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common.models import Job
from apps.generation.models import DraftVersion
from apps.projects.models import Project


def drawing_path(run: "Run", filename: str) -> str:  # noqa: ARG001 – Django's signature
    return f"runs/{run.project_id}/{run.pk}.json.gz"


def record_path(run: "Run", filename: str) -> str:  # noqa: ARG001 – Django's signature
    return f"runs/{run.project_id}/{run.pk}.parquet"


class Run(Job):
    """One simulation of a version; times in seconds of the model."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="runs")
    seed = models.PositiveBigIntegerField(_("seed"), default=1)
    until = models.FloatField(_("horizon (s)"))
    warmup = models.FloatField(_("warm-up (s)"), default=0.0)
    replications = models.PositiveIntegerField(_("replications"), default=1)
    result: Any = models.JSONField(_("result"), null=True, blank=True, default=None)
    trace = models.FileField(_("trace for drawing"), upload_to=drawing_path, blank=True)
    record = models.FileField(_("whole trace"), upload_to=record_path, blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["project", "-created_at"]),
            models.Index(fields=["status", "heartbeat_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.status}"
