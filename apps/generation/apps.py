"""Configuration of the generation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerationConfig(AppConfig):
    name = "apps.generation"
    verbose_name = _("Generation")

    def ready(self) -> None:
        from apps.common.jobs import register_jobs
        from apps.generation import live  # noqa: F401 – registers its commands
        from apps.generation.models import GenerationJob
        from apps.generation.services import enqueue
        from apps.generation.work import interrupted

        register_jobs(GenerationJob, enqueue=enqueue, interrupted=interrupted)
