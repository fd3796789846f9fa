"""Numbers without gap or double, whoever writes at the same time."""

import asyncio
import threading

import pytest
from django.db import connection, transaction

from apps.realtime.events import publish
from apps.realtime.models import Event, Topic
from apps.realtime.selectors import latest_seq
from tests.conftest import make_team
from tests.realtime.sockets import Socket, in_thread

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, EACH = 6, 15


def in_threads(*targets):
    """Run functions at the same time; raises what one of them raised."""
    errors = []

    def guarded(target):
        try:
            target()
        except Exception as error:  # noqa: BLE001 – told below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=[target]) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


def test_many_writers_make_one_unbroken_row_of_numbers():
    def write():
        for _ in range(EACH):
            publish("project:x", "chat.message", {})

    in_threads(*[write] * THREADS)

    seqs = Event.objects.filter(topic="project:x").values_list("seq", flat=True)
    assert list(seqs.order_by("seq")) == list(range(1, THREADS * EACH + 1))
    assert latest_seq("project:x") == THREADS * EACH


def test_a_transaction_that_fails_leaves_no_gap():
    publish("project:x", "a", {})
    with transaction.atomic():
        publish("project:x", "lost", {})
        transaction.set_rollback(True)
    publish("project:x", "b", {})

    assert list(Event.objects.values_list("seq", "type")) == [(1, "a"), (2, "b")]


def test_nothing_is_broadcast_before_the_commit(monkeypatch):
    sent = []
    monkeypatch.setattr("apps.realtime.events.broadcast", lambda topic, message: sent.append(topic))

    with transaction.atomic():
        publish("project:x", "a", {})
        inside = list(sent)

    assert inside == []
    assert sent == ["project:x"]


def test_a_broken_layer_does_not_undo_what_is_committed(monkeypatch, caplog):
    class Broken:
        async def group_send(self, group, message):
            raise OSError("no Redis")

    monkeypatch.setattr("apps.realtime.events.get_channel_layer", Broken)

    publish("project:x", "a", {})

    assert Event.objects.count() == 1
    assert "no Redis" in caplog.text


def test_a_later_number_is_never_seen_before_an_earlier_one():
    """A reader that sees n must see all below n: else a page would skip one for ever."""
    done = threading.Event()
    holes = []

    def write():
        for _ in range(EACH):
            with transaction.atomic():
                publish("project:x", "a", {})

    def read():
        while not done.is_set():
            seqs = list(Event.objects.order_by("seq").values_list("seq", flat=True))
            if seqs != list(range(1, len(seqs) + 1)):
                holes.append(seqs)

    def write_all():
        try:
            in_threads(*[write] * 4)
        finally:
            done.set()

    in_threads(write_all, read)

    assert holes == []
    assert Event.objects.count() == 4 * EACH


async def test_joining_in_the_middle_of_a_storm_misses_and_doubles_nothing():
    team = await in_thread(make_team)()
    topic, total = team.project.topic, THREADS * EACH

    def write():
        for _ in range(EACH):
            publish(topic, "chat.message", {})

    storm = asyncio.create_task(asyncio.to_thread(in_threads, *[write] * THREADS))
    seen = {}
    async with Socket(team.viewer) as first, Socket(team.editor) as second:
        await first.call("realtime.subscribe", topic=topic, since=0)
        await asyncio.sleep(0.05)
        await second.call("realtime.subscribe", topic=topic, since=0)
        for socket in (first, second):
            seen[socket] = [event["seq"] for event in await socket.stored(total)]
        await storm

        assert await first.quiet()
        assert await second.quiet()
    assert all(seqs == list(range(1, total + 1)) for seqs in seen.values())


async def test_leaving_and_coming_back_continues_where_it_was():
    team = await in_thread(make_team)()
    topic = team.project.topic
    apublish = in_thread(publish)
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic, since=0)
        await apublish(topic, "a", {})
        await socket.stored(1)
    await apublish(topic, "b", {})
    await apublish(topic, "c", {})
    async with Socket(team.viewer) as socket:
        await socket.call("realtime.subscribe", topic=topic, since=1)

        events = await socket.stored(2)

    assert [(e["seq"], e["event"]) for e in events] == [(2, "b"), (3, "c")]


def test_the_counter_survives_pruning():
    from datetime import timedelta

    from apps.realtime.services import events_prune

    publish("project:x", "a", {})
    events_prune(keep=timedelta(0))
    publish("project:x", "b", {})

    assert Event.objects.get().seq == 2
    assert Topic.objects.get().pruned == 1
