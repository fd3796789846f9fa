"""Drafts, versions and prompts: who may, what is refused, what is kept."""

import threading

import pytest
from django.db import connection

from apps.common.errors import ApplicationError, Conflict, NotFound, PermissionDenied
from apps.common.jobs import recover_jobs
from apps.common.models import JobStatus
from apps.generation import services
from apps.generation.models import DraftVersion, GenerationJob
from apps.generation.selectors import versions_of
from apps.realtime.models import Event
from tests.factories import MembershipFactory, ProjectFactory, SketchFactory
from tests.generation.fakes import LINE

pytestmark = pytest.mark.usefixtures("no_queue")
READERS = ["commenter", "viewer"]


def edit(draft, actor, source=LINE, **more):
    return services.version_create_edited(draft=draft, actor=actor, source=source, **more)


def prompt(draft, actor, text="Add a queue.", **more):
    return services.generation_start(draft=draft, actor=actor, prompt=text, **more)


def test_versions_are_numbered_from_one_and_keep_their_parents(draft, team):
    first = edit(draft, team.editor)
    second = edit(draft, team.owner, f"{LINE}// more", parent=first)

    assert [row.number for row in versions_of(draft)] == [1, 2]
    assert second.parent == first
    draft.refresh_from_db()
    assert draft.version_count == 2


def test_a_version_is_never_changed(draft, team):
    version = edit(draft, team.editor)
    version.source = "// changed"

    with pytest.raises(TypeError):
        version.save()


def test_a_version_with_errors_is_kept_with_its_findings(draft, team):
    version = edit(draft, team.editor, "Object x = ;\n")

    assert version.has_errors
    span = version.diagnostics[0]["span"]
    assert (span["line"], span["column"]) == (1, 12)


@pytest.mark.parametrize("source", ["", " \n\t"])
def test_an_empty_script_is_refused(draft, team, source):
    with pytest.raises(ApplicationError) as refused:
        edit(draft, team.editor, source)
    assert refused.value.field == "source"


def test_a_huge_script_is_refused(draft, team):
    with pytest.raises(ApplicationError) as refused:
        edit(draft, team.editor, "x" * 400_001)
    assert refused.value.code == "too_long"


def test_a_script_that_never_ends_is_kept_as_one_with_an_error(draft, team):
    version = edit(draft, team.editor, "while (1) {}\n")
    assert version.has_errors
    assert version.diagnostics[0]["code"] == "limit"


def test_turning_back_makes_a_new_version(draft, team):
    first = edit(draft, team.editor)
    edit(draft, team.editor, f"{LINE}// worse")

    restored = services.version_restore(version=first, actor=team.owner)

    assert (restored.number, restored.origin, restored.source) == (3, "restored", LINE)
    assert restored.parent == first
    assert Event.objects.filter(type="version.created").count() == 3


@pytest.mark.parametrize("persona", READERS)
def test_readers_change_nothing(draft, team, persona):
    version = edit(draft, team.editor)
    reader = team[persona]
    for deed in (
        lambda: edit(draft, reader),
        lambda: prompt(draft, reader),
        lambda: services.version_restore(version=version, actor=reader),
        lambda: services.draft_create(project=team.project, actor=reader, title="Mine"),
        lambda: services.draft_update(draft=draft, actor=reader, title="Mine"),
        lambda: services.generation_cancel(job=prompt(draft, team.owner), actor=reader),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_strangers_find_nothing(draft, team):
    for deed in (lambda: edit(draft, team.stranger), lambda: prompt(draft, team.stranger)):
        with pytest.raises(NotFound):
            deed()


def test_a_base_or_parent_of_another_draft_is_refused(draft, team):
    other = services.draft_create(project=team.project, actor=team.owner, title="Other")
    foreign = edit(other, team.owner)

    with pytest.raises(NotFound):
        prompt(draft, team.editor, base_version=foreign)
    with pytest.raises(NotFound):
        edit(draft, team.editor, parent=foreign)


def test_a_sketch_of_another_project_is_refused(draft, team):
    with pytest.raises(NotFound):
        prompt(draft, team.editor, sketch=SketchFactory())


def test_the_sketch_of_a_prompt_becomes_that_of_the_draft(draft, team):
    sketch = SketchFactory(project=team.project)
    prompt(draft, team.editor, sketch=sketch)
    draft.refresh_from_db()
    assert draft.sketch == sketch


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("  \n", "empty"), ("x" * 20_001, "too_long")]
)
def test_prompts_that_cannot_be_read_are_refused(draft, team, text, code):
    with pytest.raises(ApplicationError) as refused:
        prompt(draft, team.editor, text)
    assert (refused.value.code, refused.value.field) == (code, "prompt")
    assert refused.value.hint
    assert not GenerationJob.objects.exists()


def test_the_longest_prompt_is_accepted(draft, team):
    assert prompt(draft, team.editor, "x" * 20_000).status == JobStatus.QUEUED


def test_prompts_do_not_pile_up_without_end(draft, team):
    for _number in range(services.MOST_OPEN_JOBS):
        prompt(draft, team.editor)
    with pytest.raises(Conflict):
        prompt(draft, team.editor)


def test_a_waiting_job_is_cancelled_at_once(draft, team):
    job = prompt(draft, team.editor)

    services.generation_cancel(job=job, actor=team.owner)

    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    with pytest.raises(Conflict):
        services.generation_cancel(job=job, actor=team.owner)


def test_an_archived_draft_takes_no_prompts(draft, team):
    services.draft_update(draft=draft, actor=team.owner, archived=True)
    with pytest.raises(PermissionDenied):
        prompt(draft, team.editor)
    services.draft_update(draft=draft, actor=team.owner, archived=False)
    assert prompt(draft, team.editor)


def test_jobs_of_a_dead_worker_fail_and_waiting_ones_are_sent_again(draft, team, no_queue):
    from apps.chat.models import Message

    lost, waiting = prompt(draft, team.editor), prompt(draft, team.editor, "And more.")
    GenerationJob.objects.filter(pk=lost.pk).update(status=JobStatus.RUNNING)
    no_queue.clear()

    recover_jobs(starting=True, alone=True)

    lost.refresh_from_db()
    assert (lost.status, lost.error["code"]) == (JobStatus.FAILED, "interrupted")
    assert str(waiting.pk) in no_queue
    assert Message.objects.filter(kind="error", job=lost).count() == 1
    assert Event.objects.filter(type="generation.failed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_stay_unique_when_many_save_at_once():
    from tests.factories import UserFactory

    editor = UserFactory()
    project = ProjectFactory()
    MembershipFactory(project=project, user=editor)
    draft = services.draft_create(project=project, actor=editor, title="Busy")
    errors = []

    def save(number):
        try:
            edit(draft, editor, f"// {number}\n")
        except Exception as error:  # noqa: BLE001 – the main thread tells
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    numbers = DraftVersion.objects.filter(draft=draft).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
