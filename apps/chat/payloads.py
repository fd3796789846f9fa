"""Messages as JSON, the same in REST answers, page data and events."""

from typing import Any

from apps.accounts.payloads import person
from apps.chat.models import Message
from apps.generation.payloads import key


def message_payload(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "conversation": str(message.conversation_id),
        "author": person(message.author),
        "kind": message.kind,
        "text": message.text,
        "created_at": message.created_at.isoformat(),
        "job": key(message.job_id),
        "version": key(message.version_id),
        "sketch": key(message.sketch_id),
    }
