"""Configuration of the projects app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "apps.projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from apps.projects.live import may_follow_project
        from apps.realtime.registry import register_topic

        register_topic("project", may_follow_project)
