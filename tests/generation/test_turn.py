"""From a prompt to a version: the task, its streams and its ends."""

import pytest

from apps.chat.models import Message
from apps.common.apart import Stopped
from apps.common.models import JobStatus
from apps.generation.models import GenerationJob
from apps.generation.scripts import finding_of
from apps.generation.selectors import versions_of
from apps.generation.services import (
    generation_cancel,
    generation_start,
    version_add,
    version_create_edited,
)
from apps.generation.tasks import run_generation
from apps.realtime.models import Event
from tests.generation.fakes import (
    LINE,
    AskingGenerator,
    BrokenGenerator,
    FixedGenerator,
    RefusingGenerator,
    WaitingGenerator,
    load_missing,
)

pytestmark = pytest.mark.usefixtures("no_queue")


def start(draft, team, prompt="A mill between source and sink.", **wishes):
    return generation_start(draft=draft, actor=team.editor, prompt=prompt, **wishes)


def events(draft, kind):
    return list(Event.objects.filter(topic=draft.project.topic, type=kind).order_by("seq"))


def test_a_prompt_becomes_a_version_and_an_answer(draft, team, generator):
    job = start(draft, team)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.status == JobStatus.SUCCEEDED
    assert job.progress == 1
    assert job.partial == ""
    version = versions_of(draft).get()
    assert (version.number, version.source, version.origin) == (1, LINE, "generated")
    assert version.author == team.editor
    assert version.model_name == "line"
    assert version.assumptions[0]["object"] == "Mill"
    assert not version.has_errors
    kinds = [(row.kind, row.author, row.version) for row in Message.objects.order_by("created_at")]
    assert kinds == [("prompt", team.editor, None), ("answer", None, version)]


def test_the_text_arrives_in_order_and_whole(draft, team, generator, monkeypatch):
    monkeypatch.setattr("apps.generation.streaming.BATCH_SECONDS", 0)
    job = start(draft, team)

    run_generation(str(job.pk))

    pieces = [event.payload for event in events(draft, "generation.text")]
    assert len(pieces) > 5
    text = ""
    for piece in pieces:
        assert piece["job"] == str(job.pk)
        assert piece["offset"] == len(text)
        text += piece["text"]
    assert text == LINE


def test_events_come_in_the_order_that_pages_expect(draft, team, generator):
    run_generation(str(start(draft, team).pk))

    kinds = list(Event.objects.order_by("seq").values_list("type", flat=True))
    found = [kind for kind in kinds if kind not in {"generation.progress", "generation.text"}]
    assert found == [
        "chat.message",
        "generation.started",
        "version.created",
        "chat.message",
        "generation.finished",
    ]


def test_a_task_delivered_twice_writes_one_version(draft, team, generator):
    job = start(draft, team)

    run_generation(str(job.pk))
    run_generation(str(job.pk))

    assert versions_of(draft).count() == 1
    assert len(generator.requests) == 1
    assert Message.objects.filter(kind="answer").count() == 1


def test_a_task_of_a_job_that_another_worker_has_is_left_alone(draft, team, generator):
    job = start(draft, team)
    GenerationJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING)

    run_generation(str(job.pk))

    assert generator.requests == []


def test_a_task_without_its_job_does_nothing(db):
    run_generation("6a2b2dc3-7fd9-4b54-9b7f-0d5c9d9a7b11")


def test_a_refusal_of_the_model_is_told_with_a_hint(draft, team, answer_with):
    answer_with(RefusingGenerator())
    job = start(draft, team)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error["message"] == "No object was found in the prompt."
    assert job.error["hint"]
    message = Message.objects.get(kind="error")
    assert message.text.startswith("No object was found in the prompt.")
    assert job.error["hint"] in message.text
    assert events(draft, "generation.failed")[0].payload["job"]["status"] == "failed"


def test_a_crash_is_told_without_its_details(draft, team, answer_with, caplog):
    answer_with(BrokenGenerator())
    job = start(draft, team)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.error["code"] == "internal"
    assert "cursed" not in Message.objects.get(kind="error").text
    assert "cursed" in caplog.text


def test_a_server_without_weights_says_so(draft, team, settings):
    settings.GENDT_GENERATOR = f"{load_missing.__module__}.load_missing"
    job = start(draft, team)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.error["code"] == "no_model"


def test_the_setting_chooses_the_model(draft, team, settings):
    settings.GENDT_GENERATOR = "tests.generation.fakes.load_line"

    run_generation(str(start(draft, team).pk))

    assert versions_of(draft).get().model_name == "line"


def test_a_script_with_errors_becomes_a_version_that_says_so(draft, team, answer_with):
    class Wrong(RefusingGenerator):
        def generate(self, request, on_text=None, should_stop=None):
            from apps.engines.vlsm.api import GenerationResult

            return GenerationResult("Object x = ;\n", (), {}, "wrong")

    answer_with(Wrong())

    run_generation(str(start(draft, team).pk))

    found = versions_of(draft).get().diagnostics
    assert found[0]["severity"] == "error"
    assert found[0]["span"]["line"] == 1
    assert "errors" in Message.objects.get(kind="answer").text


def test_a_running_job_stops_when_asked(draft, team, answer_with):
    job = start(draft, team)

    def cancel():
        generation_cancel(job=GenerationJob.objects.get(pk=job.pk), actor=team.editor)

    answer_with(WaitingGenerator(cancel))
    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert versions_of(draft).count() == 0
    assert not Message.objects.filter(kind__in=["answer", "error"]).exists()
    assert events(draft, "generation.failed")[0].payload["job"]["status"] == "cancelled"


def test_a_cancel_at_the_last_moment_leaves_no_version(draft, team, answer_with):
    job = start(draft, team)

    def too_late():
        GenerationJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED)

    class Deaf(WaitingGenerator):
        def generate(self, request, on_text=None, should_stop=None):
            return super().generate(request, on_text, lambda: False)

    answer_with(Deaf(too_late))
    run_generation(str(job.pk))

    assert versions_of(draft).count() == 0


def test_what_is_written_so_far_is_kept_with_the_job(draft, team, answer_with):
    seen = []
    job = start(draft, team)
    answer_with(WaitingGenerator(lambda: seen.append(GenerationJob.objects.get(pk=job.pk).partial)))

    run_generation(str(job.pk))

    assert seen == ["// half a script\n"]


def test_the_second_prompt_waits_and_builds_on_the_first(draft, team, generator, no_queue):
    first = start(draft, team)
    second = start(draft, team, "make the mill faster")

    run_generation(str(second.pk))  # out of turn
    assert generator.requests == []
    run_generation(str(first.pk))
    run_generation(str(second.pk))

    assert [row.number for row in versions_of(draft)] == [1, 2]
    assert generator.requests[1].base_source == LINE
    second.refresh_from_db()
    assert second.base_version.number == 1
    assert second.version.source.endswith("// make the mill faster\n")


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_job_sends_the_next(draft, team, generator, no_queue):
    first = start(draft, team)
    second = start(draft, team, "and another")
    assert no_queue == [str(first.pk), str(second.pk)]

    run_generation(str(first.pk))

    assert no_queue[-1] == str(second.pk)


def test_a_refinement_begins_from_the_version_it_names(draft, team, generator):
    mine = version_create_edited(draft=draft, actor=team.editor, source="// mine\n")
    version_create_edited(draft=draft, actor=team.editor, source="// newer\n", parent=mine)

    run_generation(str(start(draft, team, "add a queue", base_version=mine).pk))

    made = versions_of(draft).last()
    assert made.parent == mine
    assert generator.requests[0].base_source == "// mine\n"


def test_a_script_that_had_to_be_stopped_does_not_reach_the_model(draft, team, generator):
    stopped = Stopped("Too slow.", "too_slow", "Build less.")
    found = [finding_of(stopped)]
    base = version_add(
        draft=draft, source="while (1) {}", origin="edited", author=team.editor, diagnostics=found
    )
    job = start(draft, team, "add a queue", base_version=base)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert job.error == {"code": "stopped", "message": "Too slow.", "hint": "Build less."}
    assert generator.requests == []


def test_a_refinement_tells_what_it_changed(draft, team, answer_with):
    base = version_create_edited(draft=draft, actor=team.editor, source=LINE)
    answer_with(FixedGenerator(LINE.replace('"ProcessTime", 5', '"ProcessTime", 8')))
    job = start(draft, team, "Make Mill 8 s.", base_version=base)

    run_generation(str(job.pk))

    answer = Message.objects.get(kind="answer")
    assert answer.text == "Here is version 2. Changed: “Mill”: ProcessTime from 5 to 8."


def test_a_question_of_the_model_is_asked_in_the_conversation(draft, team, answer_with):
    answer_with(AskingGenerator())
    job = start(draft, team)

    run_generation(str(job.pk))

    job.refresh_from_db()
    assert (job.status, job.error["code"]) == (JobStatus.FAILED, "question")
    answer = Message.objects.get(kind="answer")
    assert answer.text.startswith("Mill: 5 s or 8 s?")
    assert not Message.objects.filter(kind="error").exists()


@pytest.mark.parametrize(
    ("prompt", "language"), [("Make Mill 8 s.", "en"), ("把Mill的加工时间改成8秒", "zh")]
)
def test_the_model_answers_in_the_language_of_the_message(draft, team, generator, prompt, language):
    job = start(draft, team, prompt)

    run_generation(str(job.pk))

    assert generator.requests[-1].language == language
    told = "这是版本 1" if language == "zh" else "Here is version 1"
    assert Message.objects.get(kind="answer").text.startswith(told)
