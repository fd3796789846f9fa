"""Undo, assumptions and origins: answered from versions, without the model."""

import pytest

from apps.chat.intents import Intent, intent_of
from apps.chat.models import Message
from apps.chat.services import prompt_send
from apps.common.errors import Conflict, NotFound, PermissionDenied
from apps.generation.enums import Origin
from apps.generation.models import GenerationJob
from apps.generation.services import version_add, version_create_edited, version_restore
from apps.generation.speech import answer_language
from apps.sketches.models import Sketch
from tests.generation.fakes import LINE

BUFFER = """
Object q2 = Object.create("Queue");
q2.name = "Q2";
q2.setLocation(3, 0, 0);
contextdragconnection(source, mill, "Q");
contextdragconnection(source, q2, "A");
contextdragconnection(q2, mill, "A");
"""
DEFAULT = {"kind": "default", "text": "“Q2” has a capacity of 1000.", "object": "Q2"}


@pytest.fixture
def versions(conversation, team):
    """A line; a buffer is asked for; its capacity is set."""
    draft = conversation.draft
    words = {"origin": Origin.GENERATED, "author": team.editor, "diagnostics": []}
    first = version_add(
        draft=draft, source=LINE, prompt="Ore Bin feeds Mill. Mill takes 5 s.", **words
    )
    second = version_add(
        draft=draft,
        source=LINE + BUFFER,
        parent=first,
        prompt="Put Q2 before Mill.",
        assumptions=[DEFAULT],
        **words,
    )
    third = version_add(
        draft=draft,
        source=LINE + BUFFER + 'q2.setProperty("MaxContent", 20);\n',
        parent=second,
        prompt="Make it 20.",
        **words,
    )
    return first, second, third


def ask(conversation, actor, text, **more):
    prompt_send(conversation=conversation, actor=actor, text=text, **more)
    return Message.objects.filter(kind="answer").latest("created_at")


def newest(conversation):
    return conversation.draft.versions.order_by("-number").first()


UNDO = (
    "undo", "Undo that.", "please undo the last change", "No, undo that!", "go back", "撤销",
    "revert this please", "back to the previous version", "撤销上一步", "请撤销刚才的修改。",
    "回到上一个版本", "OK, take that back", "Sorry. Undo my last change",
)  # fmt: skip
ASSUMED = (
    "what did you assume?", "What are your assumptions?", "list the assumptions", "假设了什么？",
    "你做了哪些假设？", "Which assumptions did you make?", "what was assumed for Mill?",
)  # fmt: skip
ORIGIN = (
    "why is there a queue Q2?", "Why does Mill take 5 s?", "where does Q2 come from?",
    "为什么有Q2？", "who added Q2?", "Q2是哪里来的？", "What is Q2 for?", "when was Q2 added?",
    "Q2为什么容量是20？",
)  # fmt: skip
REQUESTS = (
    "undo the change of Mill and add a queue", "add a queue Q2 before Mill", "make Mill 8 s",
    "why don't you add a queue?", "Undo that. Then add a queue.", "remove Q2", "把Q2删了", "取消Q2",
    "assume 5 s for Mill", "what about 20 s for Mill?", "为什么不加一台Mill？",
    "go back to 5 s at Mill",
)  # fmt: skip


@pytest.mark.parametrize("text", UNDO)
def test_undo_is_understood(text):
    assert intent_of(text).intent == Intent.UNDO


@pytest.mark.parametrize("text", ASSUMED)
def test_questions_for_assumptions_are_understood(text):
    assert intent_of(text).intent == Intent.ASSUMPTIONS


@pytest.mark.parametrize("text", ORIGIN)
def test_questions_for_origins_are_understood(text):
    assert intent_of(text).intent == Intent.ORIGIN


@pytest.mark.parametrize("text", REQUESTS)
def test_requests_go_to_the_model(text, conversation, team, versions):
    assert intent_of(text) is None

    assert prompt_send(conversation=conversation, actor=team.editor, text=text).job is not None


def test_undo_brings_the_version_before(conversation, team, versions):
    answer = ask(conversation, team.editor, "undo that")

    made = newest(conversation)
    assert (made.number, made.source, made.origin) == (4, versions[1].source, "restored")
    assert answer.version == made
    assert "version 4 is what version 2 was" in answer.text
    assert "“Q2”: MaxContent back to its default" in answer.text
    assert not GenerationJob.objects.exists()
    assert Message.objects.get(kind="prompt").text == "undo that"


def test_undo_twice_goes_two_steps_back(conversation, team, versions):
    ask(conversation, team.editor, "undo")
    answer = ask(conversation, team.editor, "undo")

    assert newest(conversation).source == versions[0].source
    assert "removed “Q2”" in answer.text


def test_nothing_is_left_to_undo(conversation, team, versions):
    for _time in range(3):
        answer = ask(conversation, team.editor, "undo")

    assert "nothing to undo" in answer.text
    assert newest(conversation).number == 5
    assert answer.version is None


def test_a_restore_by_hand_can_be_undone(conversation, team, versions):
    version_restore(version=versions[0], actor=team.editor)

    ask(conversation, team.editor, "undo")

    assert newest(conversation).source == versions[2].source


def test_undo_takes_back_what_was_edited_by_hand(conversation, team, versions):
    draft = conversation.draft
    version_create_edited(draft=draft, actor=team.editor, source=LINE, parent=versions[2])

    ask(conversation, team.editor, "undo")

    assert newest(conversation).source == versions[2].source


def test_undo_waits_for_a_prompt_at_work(conversation, team, versions):
    prompt_send(conversation=conversation, actor=team.editor, text="Add a queue.")

    with pytest.raises(Conflict):
        prompt_send(conversation=conversation, actor=team.editor, text="undo")
    assert newest(conversation).number == 3


@pytest.mark.parametrize("persona", ["commenter", "viewer"])
def test_readers_may_not_undo(conversation, team, versions, persona):
    with pytest.raises(PermissionDenied):
        prompt_send(conversation=conversation, actor=team[persona], text="undo")
    assert newest(conversation).number == 3


def test_the_version_must_be_of_the_model(conversation, team, versions):
    from apps.generation.services import draft_create

    other = draft_create(project=team.project, actor=team.editor, title="Other")

    with pytest.raises(NotFound):
        ask(other.conversation, team.editor, "what did you assume?", base_version=versions[0])


def test_why_is_told_from_the_versions(conversation, team, versions):
    text = ask(conversation, team.editor, "why is there a queue Q2?").text

    assert "“Q2” is a Queue, fed by “Ore Bin”, feeding “Mill”." in text
    assert "since version 2; Editor wrote: “Put Q2 before Mill.”" in text
    assert "Version 3 (“Make it 20.”): “Q2”: MaxContent set to 20." in text
    assert "Assumed about it: “Q2” has a capacity of 1000." in text


def test_why_quotes_only_what_names_the_object(conversation, team, versions):
    text = ask(conversation, team.editor, "why does Mill take 5 s?").text

    assert "since version 1; Editor wrote: “Ore Bin feeds Mill. Mill takes 5 s.”" in text
    assert "Version 2 (“Put Q2 before Mill.”): it is fed by “Q2”." in text


def test_an_object_that_only_the_sketch_shows(conversation, team):
    sketch = Sketch.objects.create(
        project=team.project, title="Line", image="a.png", thumbnail="b.png", width=1, height=1
    )
    version_add(
        draft=conversation.draft, source=LINE, prompt="Ore Bin feeds Mill.", diagnostics=[],
        origin=Origin.GENERATED, author=team.editor, sketch_id=sketch.pk,
    )  # fmt: skip

    text = ask(conversation, team.editor, "where does Concentrate come from?").text

    assert "it was read off the sketch" in text


def test_a_renamed_object_is_followed_back(conversation, team, versions):
    source = versions[2].source.replace('q2.name = "Q2"', 'q2.name = "Store"')
    version_add(
        draft=conversation.draft, source=source, parent=versions[2], prompt="Call it Store.",
        origin=Origin.GENERATED, author=team.editor, diagnostics=[],
    )  # fmt: skip

    text = ask(conversation, team.editor, "why is there a Store?").text

    assert "Put Q2 before Mill." in text
    assert "renamed “Q2” to “Store”" in text


def test_what_was_written_by_hand_is_said_so(conversation, team, versions):
    source = versions[2].source.replace('"Q2"', '"Hand"').replace("(3, 0, 0)", "(4, 0, 0)")
    version_create_edited(
        draft=conversation.draft, actor=team.owner, source=source, parent=versions[2]
    )

    text = ask(conversation, team.editor, "where does Hand come from?").text

    assert "Owner wrote it into the script, version 4." in text


def test_an_unknown_name_is_told_with_those_there_are(conversation, team, versions):
    text = ask(conversation, team.editor, "why is there a queue Q9?").text

    assert "Version 3 has no object of that name." in text
    assert "“Q2”" in text
    assert "“Concentrate”" in text


def test_assumptions_of_all_versions_that_led_here(conversation, team, versions):
    later = ask(conversation, team.editor, "what did you assume?").text
    before = ask(conversation, team.editor, "what did you assume?", base_version=versions[0]).text

    assert later == "I assumed 1 thing for version 3.\n• “Q2” has a capacity of 1000."
    assert before == "Nothing was assumed for version 1: prompt and sketch say it all."


def test_a_chinese_question_is_answered_in_chinese(conversation, team, versions):
    text = ask(conversation, team.editor, "为什么有Q2？").text

    assert "“Q2”是一个 Queue，由“Ore Bin”供料，送到“Mill”。" in text
    assert "版本 3（“Make it 20.”）：“Q2”的 MaxContent 设为 20。" in text
    assert "Put Q2 before Mill." in text


@pytest.mark.parametrize(
    ("text", "language"),
    [("把Mill 1的加工时间改成20秒", "zh-hans"), ("add a queue before 铣床", "en"),
     ("remove “待加工区待加工区” now", "en"), ("删除Q2", "zh-hans"), ("M1 -> M2", "en")],
)  # fmt: skip
def test_the_language_of_an_answer(text, language):
    assert answer_language(text, "en") == language
