"""Configuration of the realtime app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RealtimeConfig(AppConfig):
    name = "apps.realtime"
    verbose_name = _("Live events")

    def ready(self) -> None:
        from apps.realtime import live  # noqa: F401 – registers the commands of the protocol
