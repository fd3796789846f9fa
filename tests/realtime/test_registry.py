"""Registering and running commands."""

import asyncio
import time

import pytest
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from django.utils import translation
from pydantic import BaseModel

from apps.common.errors import ApplicationError
from apps.realtime import registry
from tests.conftest import make_team
from tests.realtime.sockets import Socket, in_thread

pytestmark = pytest.mark.django_db(transaction=True)


class Nothing(BaseModel):
    size: int = 0


@pytest.fixture(autouse=True)
def own_commands(monkeypatch):
    monkeypatch.setattr(registry, "_commands", registry.commands())


async def make():
    return await in_thread(make_team)()


async def test_sync_and_async_handlers_are_served():
    registry.command("t.sync", payload=Nothing)(lambda ctx, p: {"who": ctx.user.name})

    @registry.command("t.async", payload=Nothing)
    async def handler(ctx, payload):
        return {"size": payload.size}

    team = await make()
    async with Socket(team.owner) as socket:
        one = await socket.call("t.sync")
        two = await socket.call("t.async", size=3)

    assert one["data"] == {"who": "Owner"}
    assert two["data"] == {"size": 3}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ApplicationError("No.", "own_code", "Do this."), "own_code"),
        (Http404(), "not_found"),
        (DjangoPermissionDenied(), "permission_denied"),
        (ValueError("secret"), "internal"),
    ],
)
async def test_errors_become_replies(error, code):
    def handler(ctx, payload):
        raise error

    registry.command("t.fail", payload=Nothing)(handler)
    team = await make()
    async with Socket(team.owner) as socket:
        reply = await socket.call("t.fail")
        after = await socket.call("realtime.ping")

    assert reply["error"]["code"] == code
    assert "secret" not in str(reply)
    assert after["ok"]


async def test_wrong_payloads_name_the_field():
    registry.command("t.sized", payload=Nothing)(lambda ctx, p: {})
    team = await make()
    async with Socket(team.owner) as socket:
        reply = await socket.call("t.sized", size="many")

    assert reply["error"]["code"] == "invalid"
    assert "size" in reply["error"]["message"]


async def test_a_slow_command_holds_up_neither_events_nor_others():
    registry.command("t.slow", payload=Nothing)(lambda ctx, p: time.sleep(0.6))
    from apps.realtime.events import publish

    team = await make()
    topic = team.project.topic
    async with Socket(team.owner) as slow, Socket(team.viewer) as other:
        await slow.call("realtime.subscribe", topic=topic)
        began = time.monotonic()
        await slow.post("t.slow")
        await asyncio.sleep(0.05)
        await in_thread(publish)(topic, "chat.message", {})
        await slow.event("chat.message")
        await other.call("realtime.ping")
        taken = time.monotonic() - began

    assert taken < 0.5


async def test_commands_speak_the_users_language():
    registry.command("t.lang", payload=Nothing)(lambda ctx, p: {"l": translation.get_language()})
    team = await make()
    team.owner.language = "zh-hans"
    async with Socket(team.owner) as socket:
        reply = await socket.call("t.lang")

    assert reply["data"]["l"] == "zh-hans"


def test_a_name_is_registered_once():
    registry.command("t.one", payload=Nothing)(lambda ctx, p: {})

    with pytest.raises(ValueError, match=r"t\.one"):
        registry.command("t.one", payload=Nothing)(lambda ctx, p: {})
