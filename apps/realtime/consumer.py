"""The one WebSocket consumer. The protocol is described in ARCHITECTURE.md."""

import asyncio
import contextlib
from typing import Any, cast

from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError, NotFound, TooMany
from apps.realtime import services, wire
from apps.realtime.events import frame, group_name, user_group
from apps.realtime.identity import reload_user
from apps.realtime.limits import TokenBucket
from apps.realtime.people import Person
from apps.realtime.registry import Context, dispatch
from apps.realtime.subscriptions import Subscriptions
from apps.realtime.threads import in_thread

JSON = dict[str, Any]

MOST_WAITING = 64
MOST_REFUSALS = 200
LAST_COMMAND_SECONDS = 5.0
SIGNED_OUT = 4401
TOO_FAST = 4429


class RefusingConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """There is no socket at this address."""

    async def connect(self) -> None:
        raise DenyConnection


class SocketConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Commands are handled one after the other, beside the delivery of events."""

    worker: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            raise DenyConnection
        options = settings.REALTIME
        self.bucket = TokenBucket(options["commands_per_second"], options["command_burst"])
        self.refusals = 0
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()
        self.subscriptions = Subscriptions(self.send_text, options["recheck_seconds"])
        self.fresh: list[str] = []
        await self.channel_layer.group_add(user_group(self.user.pk), self.channel_name)
        await self.accept()
        self.worker = asyncio.create_task(self.work())

    @property
    def user(self) -> Person:
        return cast(Person, self.scope["user"])

    async def send_text(self, text: str) -> None:
        await self.send(text_data=text)

    # ── Commands ─────────────────────────────────────────────────────────────

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Refuse at once what is too large or too fast; queue the rest."""
        del bytes_data
        with translation.override(self.user.language or None):
            refusal = self.refusal(text_data)
            if refusal is not None:
                await self.refuse(wire.glimpse_id(text_data or ""), refusal)
                return
        self.refusals = 0
        self.queue.put_nowait(text_data)

    def refusal(self, text: str | None) -> ApplicationError | None:
        limit = settings.REALTIME["max_message_bytes"]
        if text is None:
            return wire.BadFrame(_("Only text messages are understood."))
        if len(text) > limit or len(text.encode("utf-8", "replace")) > limit:
            return wire.too_large(limit)
        if not self.bucket.take() or self.queue.qsize() >= MOST_WAITING:
            return TooMany()
        return None

    async def refuse(self, reply_to: str | None, error: ApplicationError) -> None:
        self.refusals += 1
        if self.refusals > MOST_REFUSALS:
            await self.close(TOO_FAST)
            return
        await self.send_text(wire.failure(reply_to, error))

    async def work(self) -> None:
        while (text := await self.queue.get()) is not None:
            # A reply cannot be sent where the other side has gone; the next one may not matter.
            with contextlib.suppress(ConnectionError):
                await self.handle(text)

    async def handle(self, text: str) -> None:
        reply_to = wire.glimpse_id(text)
        with translation.override(self.user.language or None):
            try:
                request = wire.decode(text)
                reply_to = request.id
                data = await dispatch(Context(self.user, self), request.command, request.payload)
                reply = wire.success(request.id, data)
            except Exception as error:  # noqa: BLE001 – every command gets an answer
                reply = wire.failure(reply_to, wire.explain(error))
        await self.send_text(reply)
        while self.fresh:
            await self.subscriptions.catch_up(self.fresh.pop())

    # ── Topics ───────────────────────────────────────────────────────────────

    async def subscribe(self, topic: str, since: int | None) -> JSON:
        """Follow a topic; what is stored after `since` goes out behind the reply."""
        await self.subscriptions.check(self.user, topic)
        # The group comes first: an event between the two steps would be missed otherwise.
        await self.channel_layer.group_add(group_name(topic), self.channel_name)
        data = await self.subscriptions.start(topic, since)
        self.fresh.append(topic)
        present = await in_thread(services.presence_enter)(
            topic=topic, channel=self.channel_name, user=self.user
        )
        return {**data, "present": present}

    async def unsubscribe(self, topic: str) -> None:
        if self.subscriptions.stop(topic):
            await self.channel_layer.group_discard(group_name(topic), self.channel_name)
            await in_thread(services.presence_leave)(channel=self.channel_name, topic=topic)

    async def refresh(self) -> JSON:
        """Sign of life: rights checked anew, missed events sent. Returns the cursors."""
        await in_thread(services.presence_refresh)(channel=self.channel_name)
        await self.recheck(self.subscriptions.names())
        self.fresh.extend(self.subscriptions.names())
        return {"topics": self.subscriptions.cursors()}

    async def recheck(self, topics: list[str]) -> None:
        """Drop the topics that the user may not follow any more; close when signed out."""
        session = self.scope.get("session")
        key = session.session_key if session is not None else None
        user = await in_thread(reload_user)(self.user.pk, key)
        if user is None:
            await self.close(SIGNED_OUT)
            return
        self.scope["user"] = user
        for topic in await self.subscriptions.lapsed(user, topics):
            await self.drop(topic)

    async def drop(self, topic: str) -> None:
        await self.channel_layer.group_discard(group_name(topic), self.channel_name)
        await in_thread(services.presence_leave)(channel=self.channel_name, topic=topic)
        with translation.override(self.user.language or None):
            error = NotFound().to_json()
        event = frame(topic, "realtime.dropped", None, timezone.now(), {"error": error})
        await self.send_text(wire.encode(event))

    # ── Messages of the channel layer ────────────────────────────────────────

    async def realtime_event(self, message: JSON) -> None:
        topic = message["topic"]
        if self.subscriptions.due(topic):
            await self.recheck([topic])
        await self.subscriptions.deliver(topic, message["seq"], message["text"])

    async def realtime_recheck(self, message: JSON) -> None:
        topic = message["topic"]
        names = self.subscriptions.names()
        await self.recheck([name for name in names if topic in {None, name}])

    # ── The end ──────────────────────────────────────────────────────────────

    async def disconnect(self, code: int) -> None:
        del code
        if self.worker is None:
            return
        await self.stop_worker(self.worker)
        for topic in self.subscriptions.names():
            self.subscriptions.stop(topic)
            await self.channel_layer.group_discard(group_name(topic), self.channel_name)
        await self.channel_layer.group_discard(user_group(self.user.pk), self.channel_name)
        await in_thread(services.presence_leave)(channel=self.channel_name)
        forget = getattr(self.channel_layer, "forget", None)
        if forget is not None:
            forget(self.channel_name)

    async def stop_worker(self, worker: asyncio.Task[None]) -> None:
        """Let the command that is being handled end; forget those that wait."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(worker, LAST_COMMAND_SECONDS)
