"""Writes: presence, and the pruning of what nobody will ask for again."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.realtime.events import publish_ephemeral
from apps.realtime.models import Event, Presence, Topic
from apps.realtime.people import Person
from apps.realtime.selectors import present_people


def presence_enter(*, topic: str, channel: str, user: Person) -> list[dict[str, Any]]:
    """Note a connection; tells the topic where the list changed. Returns who is present."""
    before = present_people(topic)
    Presence.objects.update_or_create(
        topic=topic, channel=channel, defaults={"user_id": user.pk, "seen_at": timezone.now()}
    )
    return announce(topic, before)


def presence_leave(*, channel: str, topic: str | None = None) -> None:
    """Forget a connection in one topic, or in all."""
    rows = Presence.objects.filter(channel=channel)
    if topic is not None:
        rows = rows.filter(topic=topic)
    for name in list(rows.values_list("topic", flat=True)):
        before = present_people(name)
        Presence.objects.filter(channel=channel, topic=name).delete()
        announce(name, before)


def presence_refresh(*, channel: str) -> None:
    """A sign of life of a connection."""
    Presence.objects.filter(channel=channel).update(seen_at=timezone.now())


def presence_clear() -> None:
    """Forget all connections: right when the only server process starts."""
    Presence.objects.all().delete()


def announce(topic: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    present = present_people(topic)
    if present != before:
        publish_ephemeral(topic, "presence.changed", {"present": present})
    return present


def events_prune(*, keep: timedelta | None = None) -> int:
    """Delete events older than `keep`; returns how many. Pages that are older must reload."""
    keep = timedelta(days=settings.REALTIME["keep_days"]) if keep is None else keep
    line = timezone.now() - keep
    ends = Event.objects.filter(created_at__lt=line).values("topic").annotate(last=Max("seq"))
    return sum(topic_prune(row["topic"], row["last"]) for row in list(ends.order_by()))


def topic_prune(topic: str, last: int) -> int:
    """Delete a topic's events up to number `last`."""
    with transaction.atomic():
        Topic.objects.filter(name=topic, pruned__lt=last).update(pruned=last)
        deleted, _kinds = Event.objects.filter(topic=topic, seq__lte=last).delete()
    return deleted


def presences_prune() -> int:
    """Delete what connections left behind whose process died."""
    line = timezone.now() - timedelta(seconds=10 * settings.REALTIME["presence_seconds"])
    deleted, _kinds = Presence.objects.filter(seen_at__lt=line).delete()
    return deleted
