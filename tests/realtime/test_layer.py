"""The channel layer in memory, across threads."""

import asyncio
import threading
import time

import pytest
from asgiref.sync import async_to_sync
from channels.exceptions import ChannelFull

from apps.realtime.layers import ThreadSafeChannelLayer


@pytest.fixture
def layer():
    return ThreadSafeChannelLayer(capacity=3, expiry=60)


async def test_a_message_from_another_thread_wakes_the_receiver_at_once(layer):
    channel = await layer.new_channel()
    await layer.group_add("g", channel)
    sent = []

    def send():
        time.sleep(0.1)
        sent.append(time.monotonic())
        async_to_sync(layer.group_send)("g", {"type": "x", "n": 1})

    thread = threading.Thread(target=send)
    thread.start()
    message = await asyncio.wait_for(layer.receive(channel), 5)
    late = time.monotonic() - sent[0]
    thread.join()

    assert message == {"type": "x", "n": 1}
    assert late < 0.2


async def test_messages_keep_their_order(layer):
    for number in range(3):
        await layer.send("c", {"n": number})

    assert [(await layer.receive("c"))["n"] for _ in range(3)] == [0, 1, 2]


async def test_a_full_channel_refuses_and_a_group_passes_it_over(layer):
    await layer.group_add("g", "full")
    await layer.group_add("g", "free")
    for number in range(3):
        await layer.send("full", {"n": number})

    with pytest.raises(ChannelFull):
        await layer.send("full", {"n": 3})
    await layer.group_send("g", {"n": 4})

    assert await layer.receive("free") == {"n": 4}


async def test_old_messages_expire():
    layer = ThreadSafeChannelLayer(expiry=0.01)
    await layer.send("c", {"n": 1})
    await asyncio.sleep(0.05)
    await layer.send("c", {"n": 2})

    assert await layer.receive("c") == {"n": 2}


async def test_who_left_hears_nothing(layer):
    await layer.group_add("g", "c")
    await layer.group_discard("g", "c")
    await layer.group_send("g", {"n": 1})

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(layer.receive("c"), 0.05)


async def test_a_receiver_that_gave_up_loses_nothing(layer):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(layer.receive("c"), 0.02)
    await layer.send("c", {"n": 1})

    assert await layer.receive("c") == {"n": 1}


async def test_messages_are_copies(layer):
    message = {"list": []}
    await layer.send("c", message)
    message["list"].append(1)

    assert await layer.receive("c") == {"list": []}


async def test_forgotten_channels_leave_nothing_behind(layer):
    await layer.group_add("g", "c")
    await layer.send("c", {"n": 1})

    layer.forget("c")

    assert layer._boxes == {}
    assert layer._groups["g"] == set()
    await layer.flush()


@pytest.mark.parametrize("name", ["with space", "", "x" * 200])
async def test_names_are_checked(layer, name):
    with pytest.raises(TypeError):
        await layer.group_add(name, "c")
