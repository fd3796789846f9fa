"""Notes and prompts: who may say what."""

import pytest

from apps.chat.models import Conversation, Message
from apps.chat.services import conversation_of, note_send, prompt_send
from apps.common.errors import ApplicationError, NotFound, PermissionDenied
from apps.realtime.models import Event


def note(conversation, actor, text="The oven takes 90 s."):
    return note_send(conversation=conversation, actor=actor, text=text)


@pytest.mark.parametrize("persona", ["owner", "editor", "commenter"])
def test_notes_are_kept_and_told(conversation, team, persona):
    message = note(conversation, team[persona])

    assert (message.kind, message.author, message.job) == ("note", team[persona], None)
    event = Event.objects.get(type="chat.message")
    assert event.payload["message"]["text"] == "The oven takes 90 s."
    assert event.payload["message"]["author"]["name"] == persona.title()


def test_viewers_may_not_write(conversation, team):
    with pytest.raises(PermissionDenied):
        note(conversation, team.viewer)


def test_strangers_find_no_conversation(conversation, team):
    with pytest.raises(NotFound):
        note(conversation, team.stranger)


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_readers_may_not_prompt(conversation, team, persona):
    with pytest.raises(PermissionDenied):
        prompt_send(conversation=conversation, actor=team[persona], text="Add a queue.")
    assert not Message.objects.exists()


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("x" * 5001, "too_long")])
def test_notes_that_cannot_be_sent(conversation, team, text, code):
    with pytest.raises(ApplicationError) as refused:
        note(conversation, team.editor, text)
    assert refused.value.code == code


def test_a_prompt_is_a_message_with_its_job(conversation, team):
    message = prompt_send(conversation=conversation, actor=team.editor, text=" Add a queue. ")

    assert (message.kind, message.text) == ("prompt", "Add a queue.")
    assert message.job.draft == conversation.draft


def test_each_draft_has_one_conversation(conversation):
    assert conversation_of(conversation.draft) == conversation
    assert Conversation.objects.count() == 1
