"""Two ends of the socket for tests."""

import asyncio
import itertools
import json

from channels.testing import WebsocketCommunicator

from apps.realtime.consumer import SocketConsumer
from apps.realtime.threads import in_thread

__all__ = ["Socket", "in_thread"]

WAIT = 5


class Socket:
    """A connection of a user; keeps what arrives apart into replies and events."""

    def __init__(self, user, session=None):
        self.wire = WebsocketCommunicator(SocketConsumer.as_asgi(), "/ws/")
        self.wire.scope["user"] = user
        if session is not None:
            self.wire.scope["session"] = session
        self.numbers = itertools.count(1)
        self.events = []

    async def __aenter__(self):
        connected, _ = await self.wire.connect(timeout=WAIT)
        assert connected
        return self

    async def __aexit__(self, *exc):
        await self.wire.disconnect(timeout=WAIT)

    async def receive(self):
        return json.loads(await self.wire.receive_from(timeout=WAIT))

    async def post(self, command, **payload):
        """Send without waiting; returns the id."""
        key = str(next(self.numbers))
        frame = {"id": key, "command": command, "payload": payload}
        await self.wire.send_to(text_data=json.dumps(frame))
        return key

    async def call(self, command, **payload):
        """Send and wait for the reply; events that come before it are kept."""
        key = await self.post(command, **payload)
        while True:
            frame = await self.receive()
            if frame.get("reply_to") == key:
                return frame
            self.events.append(frame)

    async def event(self, name=None):
        """The next event, or the next of a name; others are passed over."""
        while True:
            frame = self.events.pop(0) if self.events else await self.receive()
            if "event" in frame and name in {None, frame["event"]}:
                return frame

    async def stored(self, count):
        """The next `count` numbered events."""
        found = []
        while len(found) < count:
            frame = await self.event()
            if frame["seq"] is not None:
                found.append(frame)
        return found

    async def quiet(self, seconds=0.2):
        """Whether nothing but presence arrives for a while."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if not await self.wire.receive_nothing(timeout=seconds / 4):
                frame = await self.receive()
                if frame.get("event") != "presence.changed":
                    self.events.append(frame)
                    return False
        return not [e for e in self.events if e.get("event") != "presence.changed"]
