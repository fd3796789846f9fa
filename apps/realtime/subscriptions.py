"""The topics that one connection follows, and how far it has been told of each.

`cursor` is the number of the last event sent. What comes through the channel layer is only a
hint: the next number is sent as it is, a known one is dropped, and a later one makes the
connection read what it missed from the table. So nothing is lost, doubled or out of order.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError, NotFound
from apps.realtime import selectors
from apps.realtime.events import envelope
from apps.realtime.people import Person
from apps.realtime.registry import may_follow
from apps.realtime.threads import in_thread
from apps.realtime.wire import encode

JSON = dict[str, Any]
Send = Callable[[str], Awaitable[None]]
MOST_TOPICS = 20


@dataclass
class Subscription:
    cursor: int
    checked_at: float


class Subscriptions:
    """All topics of one connection. One lock keeps the events of each in order."""

    def __init__(self, send: Send, recheck_seconds: float) -> None:
        self._send = send
        self._recheck_seconds = recheck_seconds
        self._topics: dict[str, Subscription] = {}
        self._lock = asyncio.Lock()

    def __contains__(self, topic: str) -> bool:
        return topic in self._topics

    def names(self) -> list[str]:
        return list(self._topics)

    def cursors(self) -> dict[str, int]:
        return {name: entry.cursor for name, entry in self._topics.items()}

    async def check(self, user: Person, topic: str) -> None:
        """Raises NotFound where the user may not follow, ApplicationError beyond the limit."""
        if topic not in self._topics and len(self._topics) >= MOST_TOPICS:
            message = _("One page can follow at most %(n)d topics.") % {"n": MOST_TOPICS}
            raise ApplicationError(message, "too_many_topics")
        if not await in_thread(may_follow)(user, topic):
            raise NotFound

    async def start(self, topic: str, since: int | None) -> JSON:
        """Follow from now; call `catch_up` next. The group must have been joined before."""
        async with self._lock:
            state: selectors.TopicState = await in_thread(selectors.topic_state)(topic)
            reset = since is not None and state.must_reset(since)
            cursor = state.latest if since is None or reset else since
            self._topics[topic] = Subscription(cursor, time.monotonic())
        return {"seq": state.latest, **({"reset": True} if reset else {})}

    def stop(self, topic: str) -> bool:
        return self._topics.pop(topic, None) is not None

    async def catch_up(self, topic: str) -> None:
        """Send what is stored beyond the cursor."""
        async with self._lock:
            await self._catch_up(topic)

    async def deliver(self, topic: str, seq: int | None, text: str | None) -> None:
        """Treat one message of the channel layer. `text` is None where it was too long."""
        async with self._lock:
            entry = self._topics.get(topic)
            if entry is None or (seq is not None and seq <= entry.cursor):
                return
            if text is not None and (seq is None or seq == entry.cursor + 1):
                entry.cursor = entry.cursor if seq is None else seq
                await self._send(text)
                return
            await self._catch_up(topic)

    async def _catch_up(self, topic: str) -> None:
        while (entry := self._topics.get(topic)) is not None:
            events = await in_thread(selectors.events_after)(topic, entry.cursor)
            for event in events:
                entry.cursor = event.seq
                await self._send(encode(envelope(event)))
            if len(events) < selectors.BATCH:
                return

    def due(self, topic: str) -> bool:
        """Whether the right to follow was checked too long ago to be trusted."""
        entry = self._topics.get(topic)
        return entry is not None and time.monotonic() - entry.checked_at > self._recheck_seconds

    async def lapsed(self, user: Person, topics: list[str]) -> list[str]:
        """Those of the topics that the user may not follow any more; forgets them."""
        gone = []
        for topic in topics:
            if await in_thread(may_follow)(user, topic):
                if topic in self._topics:
                    self._topics[topic].checked_at = time.monotonic()
            elif self.stop(topic):
                gone.append(topic)
        return gone
