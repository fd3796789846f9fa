"""The same protocol over Redis, where server and worker are separate processes."""

import os
import uuid

import pytest
import redis

from apps.realtime.events import publish
from tests.conftest import make_team
from tests.realtime.sockets import Socket, in_thread

URL = os.environ.get("GENDT_TEST_REDIS_URL", "redis://127.0.0.1:6379") + "/13"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@pytest.fixture(autouse=True)
def redis_layer(settings):
    try:
        with redis.Redis.from_url(URL, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        if os.environ.get("GENDT_REQUIRE_SERVICES") == "1":
            pytest.fail(f"Redis does not answer: {error}")
        pytest.skip(f"Redis does not answer: {error}")
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [URL], "prefix": f"test{uuid.uuid4().hex[:8]}"},
        }
    }


async def test_events_pass_through_redis_in_order():
    team = await in_thread(make_team)()
    topic = team.project.topic
    await in_thread(publish)(topic, "chat.message", {"n": 0})
    async with Socket(team.owner) as one, Socket(team.viewer) as two:
        await one.call("realtime.subscribe", topic=topic, since=0)
        await two.call("realtime.subscribe", topic=topic, since=0)
        for number in range(1, 4):
            await in_thread(publish)(topic, "chat.message", {"n": number})

        for socket in (one, two):
            assert [e["payload"]["n"] for e in await socket.stored(4)] == [0, 1, 2, 3]


async def test_presence_passes_through_redis():
    team = await in_thread(make_team)()
    async with Socket(team.owner) as one, Socket(team.viewer) as two:
        await one.call("realtime.subscribe", topic=team.project.topic)
        await two.call("realtime.subscribe", topic=team.project.topic)
        names = []
        while len(names) < 2:
            event = await one.event("presence.changed")
            names = [person["name"] for person in event["payload"]["present"]]

    assert names == ["Owner", "Viewer"]
