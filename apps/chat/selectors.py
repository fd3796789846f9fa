"""Reads of conversations. Every query starts from the user."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.chat.models import Conversation, Message
from apps.common.errors import NotFound
from apps.generation.selectors import as_key, my_projects

User = Any  # User | AnonymousUser


def conversation_get(user: User, pk: UUID | str) -> Conversation:
    """Raises NotFound."""
    rows = Conversation.objects.filter(project__in=my_projects(user), pk=as_key(pk))
    found = rows.select_related("project", "draft__project").first()
    if found is None:
        raise NotFound
    return found


def messages_of(conversation: Conversation) -> QuerySet[Message]:
    """Oldest first. The conversation must come from a selector of the user's."""
    return conversation.messages.select_related("author").order_by("created_at", "id")
