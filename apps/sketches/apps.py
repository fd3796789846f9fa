"""Configuration of the sketches app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SketchesConfig(AppConfig):
    name = "apps.sketches"
    verbose_name = _("Sketches")
