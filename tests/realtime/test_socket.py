"""The protocol: subscribing, replay, live events, refusals."""

import asyncio

import pytest
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from apps.projects.models import Membership
from apps.projects.services import member_remove
from apps.realtime.consumer import SocketConsumer
from apps.realtime.events import publish, publish_ephemeral
from apps.realtime.models import Presence
from apps.realtime.services import events_prune
from tests.conftest import make_team
from tests.realtime.sockets import Socket, in_thread

pytestmark = pytest.mark.django_db(transaction=True)

apublish = in_thread(publish)


@pytest.fixture
def team(transactional_db):
    return make_team()


async def test_a_visitor_is_not_let_in():
    wire = WebsocketCommunicator(SocketConsumer.as_asgi(), "/ws/")
    wire.scope["user"] = AnonymousUser()

    connected, _ = await wire.connect()

    assert not connected


async def test_live_events_reach_every_member_in_order(team):
    topic = team.project.topic
    async with Socket(team.viewer) as one, Socket(team.editor) as two:
        await one.call("realtime.subscribe", topic=topic)
        await two.call("realtime.subscribe", topic=topic)

        for number in range(5):
            await apublish(topic, "chat.message", {"n": number})

        for socket in (one, two):
            events = await socket.stored(5)
            assert [e["seq"] for e in events] == [1, 2, 3, 4, 5]
            assert [e["payload"]["n"] for e in events] == [0, 1, 2, 3, 4]


async def test_since_replays_what_was_missed_and_then_goes_on_live(team):
    topic = team.project.topic
    for number in range(4):
        await apublish(topic, "chat.message", {"n": number})
    async with Socket(team.viewer) as socket:
        reply = await socket.call("realtime.subscribe", topic=topic, since=2)
        await apublish(topic, "chat.message", {"n": 4})

        events = await socket.stored(3)

    assert reply["data"]["seq"] == 4
    assert "reset" not in reply["data"]
    assert [e["seq"] for e in events] == [3, 4, 5]


async def test_stranger_cannot_subscribe(team):
    async with Socket(team.stranger) as socket:
        reply = await socket.call("realtime.subscribe", topic=team.project.topic)
        await apublish(team.project.topic, "chat.message", {})

        assert reply["ok"] is False
        assert reply["error"]["code"] == "not_found"
        assert await socket.quiet()


@pytest.mark.parametrize("topic", ["project:nothing", "nosuch:1", "project:" + "0" * 32])
async def test_unknown_topics_look_like_foreign_ones(team, topic):
    async with Socket(team.owner) as socket:
        reply = await socket.call("realtime.subscribe", topic=topic)

    assert reply["error"]["code"] == "not_found"


async def test_removed_member_hears_nothing_more(team):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        membership = await in_thread(Membership.objects.get)(user=team.viewer)
        await in_thread(member_remove)(membership=membership, actor=team.owner)

        dropped = await socket.event("realtime.dropped")
        await apublish(topic, "chat.message", {"secret": True})

        assert dropped["topic"] == topic
        socket.events.clear()
        assert await socket.quiet()


async def test_removal_is_noticed_even_when_the_notice_is_lost(team, settings):
    settings.REALTIME = {**settings.REALTIME, "recheck_seconds": 0}
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        await in_thread(Membership.objects.filter(user=team.viewer).delete)()

        await apublish(topic, "chat.message", {"secret": True})

        assert (await socket.event("realtime.dropped"))["topic"] == topic
        assert await socket.quiet()


async def test_a_lost_broadcast_is_made_good_by_the_next_event(team, monkeypatch):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        with monkeypatch.context() as patch:
            patch.setattr("apps.realtime.events.broadcast", lambda *args: None)
            await apublish(topic, "chat.message", {"n": 1})
        await apublish(topic, "chat.message", {"n": 2})

        events = await socket.stored(2)

    assert [e["payload"]["n"] for e in events] == [1, 2]


async def test_a_lost_broadcast_is_made_good_by_a_ping(team, monkeypatch):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        with monkeypatch.context() as patch:
            patch.setattr("apps.realtime.events.broadcast", lambda *args: None)
            await apublish(topic, "chat.message", {"n": 1})

        await socket.call("realtime.ping")

        assert (await socket.stored(1))[0]["seq"] == 1


async def test_payloads_too_long_for_the_layer_arrive_whole(team):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)

        await apublish(topic, "chat.message", {"text": "x" * 200_000})

        assert len((await socket.stored(1))[0]["payload"]["text"]) == 200_000


async def test_pruned_past_asks_for_a_reset(team):
    from datetime import timedelta

    topic = team.project.topic
    for _ in range(3):
        await apublish(topic, "chat.message", {})
    pruned = await in_thread(events_prune)(keep=timedelta(0))
    await apublish(topic, "chat.message", {})
    async with Socket(team.viewer) as socket:
        behind = await socket.call("realtime.subscribe", topic=topic, since=1)
        level = await socket.call("realtime.subscribe", topic=topic, since=3)

        assert pruned == 3
        assert behind["data"]["reset"] is True
        assert "reset" not in level["data"]
        assert (await socket.stored(1))[0]["seq"] == 4


async def test_a_number_from_the_future_asks_for_a_reset(team):
    async with Socket(team.viewer) as socket:
        reply = await socket.call("realtime.subscribe", topic=team.project.topic, since=99)

    assert reply["data"]["reset"] is True
    assert reply["data"]["seq"] == 0


async def test_presence_tells_who_comes_and_goes(team):
    topic = team.project.topic
    async with Socket(team.owner) as one:
        first = await one.call("realtime.subscribe", topic=topic)
        await one.event("presence.changed")
        async with Socket(team.viewer) as two:
            await two.call("realtime.subscribe", topic=topic)
            came = await one.event("presence.changed")
        went = await one.event("presence.changed")

    assert [p["name"] for p in first["data"]["present"]] == ["Owner"]
    assert [p["name"] for p in came["payload"]["present"]] == ["Owner", "Viewer"]
    assert [p["name"] for p in went["payload"]["present"]] == ["Owner"]
    assert not await in_thread(Presence.objects.exists)()


async def test_ephemeral_events_have_no_number_and_are_not_kept(team):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        await in_thread(publish_ephemeral)(topic, "chat.typing", {})

        event = await socket.event("chat.typing")
        again = await socket.call("realtime.subscribe", topic=topic, since=0)

    assert event["seq"] is None
    assert again["data"]["seq"] == 0


async def test_unsubscribed_topics_are_silent(team):
    topic = team.project.topic
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic)
        await socket.call("realtime.unsubscribe", topic=topic)

        await apublish(topic, "chat.message", {})

        socket.events.clear()
        assert await socket.quiet()


@pytest.mark.parametrize(
    ("text", "reply_to", "code"),
    [
        ("{", None, "bad_frame"),
        ("[]", None, "bad_frame"),
        ('{"command": "realtime.ping"}', None, "bad_frame"),
        ('{"id": "7"}', "7", "bad_frame"),
        ('{"id": "7", "command": "realtime.ping", "payload": []}', "7", "bad_frame"),
        ('{"id": "7", "command": "no.such"}', "7", "unknown_command"),
        ('{"id": "7", "command": "realtime.subscribe", "payload": {}}', "7", "invalid"),
        ("[" * 100_000, None, "bad_frame"),
    ],
)
async def test_what_is_no_request_gets_an_error(team, text, reply_to, code):
    async with Socket(team.viewer) as socket:
        await socket.wire.send_to(text_data=text)
        reply = await socket.receive()

    assert reply["ok"] is False
    assert reply["reply_to"] == reply_to
    assert reply["error"]["code"] == code


async def test_bytes_are_refused(team):
    async with Socket(team.viewer) as socket:
        await socket.wire.send_to(bytes_data=b"\0")
        reply = await socket.receive()

    assert reply["error"]["code"] == "bad_frame"


async def test_five_megabytes_get_a_clear_refusal(team):
    async with Socket(team.viewer) as socket:
        key = await socket.post("realtime.ping", text="x" * 5_000_000)
        reply = await socket.receive()

        assert reply["reply_to"] == key
        assert reply["error"]["code"] == "too_large"
        assert (await socket.call("realtime.ping"))["ok"] is True


async def test_too_many_commands_are_refused_then_the_line_is_cut(team, settings):
    settings.REALTIME = {**settings.REALTIME, "commands_per_second": 0.001, "command_burst": 3}
    async with Socket(team.viewer) as socket:
        replies = [await socket.call("realtime.ping") for _ in range(5)]

        assert [r["ok"] for r in replies] == [True, True, True, False, False]
        assert replies[-1]["error"]["code"] == "too_many_requests"
        for _ in range(250):
            await socket.post("realtime.ping")
        closed = await asyncio.wait_for(until_closed(socket), 5)
        assert closed == 4429


async def until_closed(socket):
    while (frame := await socket.wire.receive_output(timeout=5))["type"] != "websocket.close":
        pass
    return frame["code"]
