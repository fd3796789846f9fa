"""Configuration of the chat app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    name = "apps.chat"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from apps.chat import live, services  # noqa: F401 – registers its commands
        from apps.generation import hooks

        hooks.draft_created.connect(services.conversation_of)
        hooks.job_queued.connect(services.prompt_posted)
        hooks.job_ended.connect(services.outcome_posted)
