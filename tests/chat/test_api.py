"""Messages over REST, as every persona."""

import pytest

from apps.chat.services import note_send


@pytest.fixture
def path(conversation):
    return f"/api/v1/drafts/{conversation.draft_id}/messages/"


@pytest.mark.parametrize(
    ("persona", "read", "write"),
    [
        ("owner", 200, 201),
        ("editor", 200, 201),
        ("commenter", 200, 201),
        ("viewer", 200, 403),
        ("stranger", 404, 404),
    ],
)
def test_reading_and_writing(api_of, team, path, persona, read, write):
    api = api_of(team[persona])
    assert api.get(path).status_code == read
    assert api.post(path, {"text": "The oven takes 90 s."}).status_code == write


def test_messages_come_in_the_order_they_were_written(api_of, team, conversation, path):
    for text in ("one", "two", "three"):
        note_send(conversation=conversation, actor=team.editor, text=text)

    rows = api_of(team.viewer).get(path).json()["results"]

    assert [row["text"] for row in rows] == ["one", "two", "three"]
