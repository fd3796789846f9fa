"""Stored events, numbered within their topic, and who is present."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """Counter of a topic. Its row is locked from numbering an event until the commit, so events
    become visible in the order of their numbers."""

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    seq = models.PositiveBigIntegerField(_("latest number"), default=0)
    # Events up to this number are pruned.
    pruned = models.PositiveBigIntegerField(_("pruned up to"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Something that happened, as every subscriber of the topic is told it."""

    topic = models.CharField(_("topic"), max_length=100)
    seq = models.PositiveBigIntegerField(_("number"))
    type = models.CharField(_("type"), max_length=60)
    payload: Any = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["topic", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "seq"], name="realtime_event_topic_seq")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.seq} {self.type}"


class Presence(models.Model):
    """One connection that follows a topic; a person may have several."""

    topic = models.CharField(_("topic"), max_length=100, db_index=True)
    channel = models.CharField(_("connection"), max_length=120, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["topic", "channel"], name="realtime_presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.topic}"
