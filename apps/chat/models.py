"""Conversations about models, and their messages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.chat.enums import Kind
from apps.common.models import BaseModel
from apps.generation.models import Draft, DraftVersion, GenerationJob
from apps.projects.models import Project
from apps.sketches.models import Sketch


class Conversation(BaseModel):
    """What a team says about one model."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="conversations")
    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="conversation")
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class Message(BaseModel):
    """One turn. Without an author it is the model that speaks."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    text = models.TextField(_("text"), blank=True)
    job = models.ForeignKey(
        GenerationJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    version = models.ForeignKey(
        DraftVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    sketch = models.ForeignKey(
        Sketch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["conversation", "created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "kind"],
                condition=models.Q(job__isnull=False),
                name="chat_message_once_per_job",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:40]}"
