"""Reads of the event log and of who is present."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.realtime.models import Event, Presence, Topic

BATCH = 500


@dataclass(frozen=True)
class TopicState:
    """`latest` number given, and the number up to which events are pruned."""

    latest: int
    pruned: int

    def must_reset(self, since: int) -> bool:
        """Whether the log cannot bring a page that knows `since` up to date."""
        too_many = self.latest - since > settings.REALTIME["max_replay"]
        return since < self.pruned or since > self.latest or too_many


def topic_state(topic: str) -> TopicState:
    row = Topic.objects.filter(name=topic).first()
    return TopicState(row.seq, row.pruned) if row else TopicState(0, 0)


def latest_seq(topic: str) -> int:
    """Number of the topic's latest event, 0 before the first: what page data calls `seq`."""
    return topic_state(topic).latest


def events_after(topic: str, seq: int, limit: int = BATCH) -> list[Event]:
    """At most `limit` events with greater numbers, in order."""
    return list(Event.objects.filter(topic=topic, seq__gt=seq).order_by("seq")[:limit])


def present_people(topic: str) -> list[dict[str, Any]]:
    """[{"id", "name"}] of everybody with a living connection, each once, by name."""
    line = timezone.now() - timedelta(seconds=settings.REALTIME["presence_seconds"])
    rows = Presence.objects.filter(topic=topic, seen_at__gte=line).select_related("user")
    people = {row.user_id: row.user.name for row in rows}
    found = [{"id": str(key), "name": name} for key, name in people.items()]
    return sorted(found, key=lambda person: (person["name"].lower(), person["id"]))
