"""Publishing: an event is first a row, then a message to whoever listens just now."""

import logging
from datetime import datetime
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.realtime.models import Event, Topic

logger = logging.getLogger(__name__)
JSON = dict[str, Any]

# A longer payload is not sent through the layer; receivers read it from the table.
LARGEST_BROADCAST = 64 * 1024


def group_name(topic: str) -> str:
    """Channel layer group of a topic."""
    return "topic." + topic.replace(":", ".")


def user_group(user_id: object) -> str:
    """Channel layer group of all connections of a user."""
    return f"user.{user_id}"


def publish(topic: str, type: str, payload: JSON) -> Event:  # noqa: A002 – the wire's word
    """Store an event with the next number of its topic and broadcast it on commit.

    The topic's row stays locked until the surrounding transaction ends, so call this at its end.
    """
    with transaction.atomic():
        event = Event.objects.create(
            topic=topic,
            seq=next_seq(topic),
            type=type,
            payload=payload,
            created_at=timezone.now(),
        )
        transaction.on_commit(lambda: broadcast(topic, envelope(event)))
    return event


def publish_ephemeral(topic: str, type: str, payload: JSON) -> None:  # noqa: A002
    """Broadcast on commit what nobody needs to hear of later: typing, presence."""
    message = frame(topic, type, None, timezone.now(), payload)
    transaction.on_commit(lambda: broadcast(topic, message))


def next_seq(topic: str) -> int:
    """Take the next number and keep the topic's row locked until the commit."""
    rows = Topic.objects.filter(name=topic)
    if not rows.update(seq=F("seq") + 1):
        Topic.objects.bulk_create([Topic(name=topic)], ignore_conflicts=True)
        rows.update(seq=F("seq") + 1)
    return rows.values_list("seq", flat=True).get()


def envelope(event: Event) -> JSON:
    return frame(event.topic, event.type, event.seq, event.created_at, event.payload)


def frame(topic: str, kind: str, seq: int | None, at: datetime, payload: Any) -> JSON:
    """An event as it goes over the wire."""
    return {"event": kind, "topic": topic, "seq": seq, "at": at.isoformat(), "payload": payload}


def broadcast(topic: str, message: JSON) -> None:
    """Send to the listeners of now. May be lost: the row is what counts."""
    from apps.realtime.wire import encode

    text = encode(message)
    large = message["seq"] is not None and len(text) > LARGEST_BROADCAST
    send_to_group(
        group_name(topic),
        {
            "type": "realtime.event",
            "topic": topic,
            "seq": message["seq"],
            "text": None if large else text,
        },
    )


def recheck(topic: str) -> None:
    """Have every listener's right to follow the topic checked anew, on commit."""
    message = {"type": "realtime.recheck", "topic": topic}
    transaction.on_commit(lambda: send_to_group(group_name(topic), message))


def recheck_user(user_id: object) -> None:
    """Have every connection of a user check session and topics anew, on commit."""
    message = {"type": "realtime.recheck", "topic": None}
    transaction.on_commit(lambda: send_to_group(user_group(user_id), message))


def send_to_group(group: str, message: JSON) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group, message)
    except Exception:
        # A broken layer must not undo what is committed; listeners catch up from the table.
        logger.exception("Broadcast to %s failed", group)
