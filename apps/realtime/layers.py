"""The channel layer of the embedded default."""

import asyncio
import random
import string
import threading
import time
from collections import deque
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import BaseChannelLayer

Message = dict[str, Any]


@dataclass
class Mailbox:
    """Messages of one channel, and the loop of the coroutine that waits for them."""

    messages: deque[tuple[float, Message]] = field(default_factory=deque)
    loop: asyncio.AbstractEventLoop | None = None
    arrived: asyncio.Event | None = None


class ThreadSafeChannelLayer(BaseChannelLayer):  # type: ignore[misc]
    """Channel layer in memory that may be used from any thread of the process.

    The one that comes with Channels wakes a receiver only from its own event loop. Here the
    worker runs in a thread beside the server, and its messages must arrive at once.
    """

    extensions = ["groups", "flush"]

    def __init__(
        self,
        expiry: float = 60,
        capacity: int = 100,
        channel_capacity: dict[Any, int] | None = None,
    ) -> None:
        super().__init__(expiry=expiry, capacity=capacity)
        self.channel_capacity = self.compile_capacities(channel_capacity or {})
        self._lock = threading.Lock()
        self._boxes: dict[str, Mailbox] = {}
        self._groups: dict[str, set[str]] = {}

    async def send(self, channel: str, message: Message) -> None:
        """Put a message into a channel. Raises ChannelFull."""
        self.require_valid_channel_name(channel)
        self._put(channel, deepcopy(message))

    async def receive(self, channel: str) -> Message:
        """Wait for the next message of a channel."""
        self.require_valid_channel_name(channel)
        arrived = asyncio.Event()
        while True:
            arrived.clear()
            found = self._take(channel, arrived)
            if found is not None:
                return found
            await arrived.wait()

    async def new_channel(self, prefix: str = "specific.") -> str:
        letters = "".join(random.choice(string.ascii_letters) for _ in range(16))
        return f"{prefix}inmemory!{letters}"

    async def flush(self) -> None:
        with self._lock:
            self._boxes.clear()
            self._groups.clear()

    async def close(self) -> None:
        """Nothing is held open."""

    async def group_add(self, group: str, channel: str) -> None:
        self.require_valid_group_name(group)
        self.require_valid_channel_name(channel)
        with self._lock:
            self._groups.setdefault(group, set()).add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        self.require_valid_group_name(group)
        with self._lock:
            members = self._groups.get(group, set())
            members.discard(channel)
            if not members:
                self._groups.pop(group, None)

    async def group_send(self, group: str, message: Message) -> None:
        """Put a message into every channel of the group; full ones miss it."""
        self.require_valid_group_name(group)
        with self._lock:
            members = list(self._groups.get(group, ()))
        for channel in members:
            try:
                self._put(channel, deepcopy(message))
            except ChannelFull:
                continue

    def forget(self, channel: str) -> None:
        """Drop a channel that nobody receives from any more."""
        with self._lock:
            self._boxes.pop(channel, None)
            for group in [name for name, members in self._groups.items() if channel in members]:
                self._groups[group].discard(channel)

    def _put(self, channel: str, message: Message) -> None:
        with self._lock:
            box = self._boxes.setdefault(channel, Mailbox())
            self._expire(box)
            if len(box.messages) >= self.get_capacity(channel):
                raise ChannelFull(channel)
            box.messages.append((time.monotonic() + self.expiry, message))
            self._wake(box)

    @staticmethod
    def _wake(box: Mailbox) -> None:
        if box.loop is None or box.arrived is None or box.loop.is_closed():
            return
        box.loop.call_soon_threadsafe(box.arrived.set)

    def _take(self, channel: str, arrived: asyncio.Event) -> Message | None:
        with self._lock:
            box = self._boxes.setdefault(channel, Mailbox())
            self._expire(box)
            if box.messages:
                box.loop = box.arrived = None
                return box.messages.popleft()[1]
            box.loop, box.arrived = asyncio.get_running_loop(), arrived
            return None

    @staticmethod
    def _expire(box: Mailbox) -> None:
        now = time.monotonic()
        while box.messages and box.messages[0][0] < now:
            box.messages.popleft()
