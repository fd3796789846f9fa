"""Configuration of the experiments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperimentsConfig(AppConfig):
    name = "apps.experiments"
    verbose_name = _("Experiments")

    def ready(self) -> None:
        from apps.common.jobs import register_jobs
        from apps.experiments.models import Part
        from apps.experiments.services import enqueue
        from apps.experiments.tasks import interrupted

        # Experiments themselves live in no worker: what becomes of them follows from their parts.
        register_jobs(Part, enqueue=enqueue, interrupted=interrupted)
