"""Kinds of messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PROMPT = "prompt", _("prompt")
    ANSWER = "answer", _("answer")
    NOTE = "note", _("note")
    ERROR = "error", _("error")
