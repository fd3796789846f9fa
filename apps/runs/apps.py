"""Configuration of the runs app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RunsConfig(AppConfig):
    name = "apps.runs"
    verbose_name = _("Runs")

    def ready(self) -> None:
        from celery.signals import worker_ready

        from apps.common.jobs import register_jobs
        from apps.runs import live  # noqa: F401 – registers its commands
        from apps.runs.kernels import compile_ahead
        from apps.runs.models import Run
        from apps.runs.services import enqueue
        from apps.runs.tasks import interrupted

        register_jobs(Run, enqueue=enqueue, interrupted=interrupted)
        worker_ready.connect(compile_ahead)
