"""Experiments: scenarios of one version, compared over replications."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common.models import Job
from apps.generation.models import DraftVersion
from apps.projects.models import Project


def table_path(experiment: "Experiment", filename: str) -> str:  # noqa: ARG001 – Django's signature
    return f"experiments/{experiment.project_id}/{experiment.pk}.parquet"


class Arrangement(models.TextChoices):
    GRID = "grid", _("all combinations")
    LIST = "list", _("first values together, then the second ones …")


class Experiment(Job):
    """Times in seconds of the model. `scenarios`: lists of [object, property, value].

    `table` has a row for each run (`engines.simulation.experiment_table`).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="experiments")
    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="experiments")
    name = models.CharField(_("name"), max_length=120)
    parameters = models.TextField(_("parameters"), blank=True, default="")
    arrangement = models.CharField(
        _("scenarios"), max_length=8, choices=Arrangement.choices, default=Arrangement.GRID
    )
    with_base = models.BooleanField(_("with the model as it is"), default=True)
    scenarios: Any = models.JSONField(_("scenarios"), default=list)
    replications = models.PositiveIntegerField(_("replications"), default=10)
    until = models.FloatField(_("horizon (s)"))
    warmup = models.FloatField(_("warm-up (s)"), default=0.0)
    seed = models.PositiveBigIntegerField(_("seed"), default=1)
    table = models.FileField(_("results"), upload_to=table_path, blank=True)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["project", "-created_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def runs(self) -> int:
        return len(self.scenarios) * self.replications


class Part(Job):
    """Some runs of an experiment, for one worker: `count` of them from `first` on.

    Runs are numbered scenario by scenario. `outcome` is what `sandbox.py` writes.
    """

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    outcome: Any = models.JSONField(null=True, blank=True, default=None)

    class Meta:
        verbose_name = _("part of an experiment")
        verbose_name_plural = _("parts of experiments")
        ordering = ["experiment", "first"]
        indexes = [models.Index(fields=["status", "heartbeat_at"])]

    def __str__(self) -> str:
        return f"{self.experiment} · {self.first}"
