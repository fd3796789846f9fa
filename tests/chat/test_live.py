"""Two people at one conversation."""

import pytest
from asgiref.sync import sync_to_async

from apps.generation.services import draft_create
from apps.generation.tasks import run_generation
from tests.conftest import make_team
from tests.factories import SketchFactory
from tests.realtime.sockets import Socket

pytestmark = pytest.mark.django_db(transaction=True)


@sync_to_async
def setting():
    team = make_team()
    draft = draft_create(project=team.project, actor=team.editor, title="Ore line")
    return team, str(draft.conversation.pk)


@sync_to_async
def foreign_sketch():
    return str(SketchFactory().pk)


async def test_a_note_reaches_the_other_in_order_with_what_was_missed(no_queue):
    team, key = await setting()
    topic = f"project:{team.project.pk}"
    async with Socket(team.commenter) as a, Socket(team.viewer) as b:
        sent = await a.call("chat.send", conversation=key, text="before", kind="note")
        await b.call("realtime.subscribe", topic=topic, since=0)
        await a.call("chat.send", conversation=key, text="after", kind="note")
        texts = [
            (await b.event("chat.message"))["payload"]["message"]["text"] for _turn in range(2)
        ]
    assert sent["data"]["message"]["kind"] == "note"
    assert texts == ["before", "after"]


async def test_a_prompt_brings_message_and_job(no_queue):
    team, key = await setting()
    async with Socket(team.editor) as socket:
        reply = await socket.call("chat.send", conversation=key, text="A mill.", kind="prompt")
    assert reply["data"]["message"]["job"] == reply["data"]["job"]["id"]
    assert reply["data"]["job"]["status"] == "queued"


@pytest.mark.parametrize(
    ("persona", "kind", "code"),
    [
        ("commenter", "prompt", "permission_denied"),
        ("viewer", "prompt", "permission_denied"),
        ("viewer", "note", "permission_denied"),
        ("stranger", "note", "not_found"),
        ("stranger", "prompt", "not_found"),
    ],
)
async def test_others_are_refused(no_queue, persona, kind, code):
    team, key = await setting()
    async with Socket(team[persona]) as socket:
        reply = await socket.call("chat.send", conversation=key, text="let me in", kind=kind)
    assert reply["error"]["code"] == code


async def test_a_prompt_that_is_too_long_is_refused_with_a_hint(no_queue):
    team, key = await setting()
    async with Socket(team.editor) as socket:
        reply = await socket.call("chat.send", conversation=key, text="x" * 20_001, kind="prompt")
    assert reply["error"]["code"] == "too_long"
    assert reply["error"]["hint"]


async def test_a_sketch_of_another_project_is_not_found(no_queue):
    team, key = await setting()
    sketch = await foreign_sketch()
    async with Socket(team.editor) as socket:
        reply = await socket.call(
            "chat.send", conversation=key, text="A mill.", kind="prompt", sketch=sketch
        )
    assert reply["error"]["code"] == "not_found"


async def test_typing_is_told_and_not_stored(no_queue):
    team, key = await setting()
    topic = f"project:{team.project.pk}"
    async with Socket(team.editor) as a, Socket(team.viewer) as b:
        await b.call("realtime.subscribe", topic=topic)
        await a.call("chat.typing", conversation=key, typing=True)
        event = await b.event("chat.typing")
        refused = await b.call("chat.typing", conversation=key, typing=True)
    assert event["seq"] is None
    assert event["payload"]["name"] == "Editor"
    assert refused["error"]["code"] == "permission_denied"


async def test_a_worker_answers_while_both_watch(embedded_worker, settings):
    settings.GENDT_GENERATOR = "tests.generation.fakes.load_line"
    team, key = await setting()
    topic = f"project:{team.project.pk}"
    async with Socket(team.editor) as a, Socket(team.viewer) as b:
        for socket in (a, b):
            await socket.call("realtime.subscribe", topic=topic)
        await a.call("chat.send", conversation=key, text="A mill.", kind="prompt")
        done = [await socket.event("generation.finished") for socket in (a, b)]
    assert done[0] == done[1]
    assert done[0]["payload"]["version"]["number"] == 1
    assert run_generation.name == "generation.run_generation"
