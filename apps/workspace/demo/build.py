"""Making an example project the way a team would: sketch, prompts, notes, a run."""

import io
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.chat.models import Conversation
from apps.chat.services import conversation_of, note_send, prompt_send
from apps.common.errors import ApplicationError
from apps.common.models import Job, JobStatus
from apps.generation.models import DraftVersion
from apps.generation.services import draft_create
from apps.generation.tasks import run_generation
from apps.projects.models import Membership, Project
from apps.projects.services import project_create
from apps.runs.models import Run
from apps.runs.services import run_start
from apps.runs.tasks import run_simulation
from apps.sketches.models import Sketch
from apps.sketches.services import sketch_create
from apps.workspace.demo.accounts import DemoAccount
from apps.workspace.demo.examples import Example

PATIENCE_SECONDS = 180.0

People = dict[str, User]
J = TypeVar("J", bound=Job)


def example_exists(example: Example, accounts: list[DemoAccount]) -> bool:
    owner = people_of(accounts)["owner"]
    return Project.objects.filter(name=example.name, memberships__user=owner).exists()


def build_example(example: Example, accounts: list[DemoAccount]) -> Project:
    """Create the project with everything in it, or nothing at all. Raises ApplicationError."""
    people = people_of(accounts)
    project = project_create(
        actor=people["owner"], name=example.name, description=example.description
    )
    try:
        fill(project, example, people)
    except BaseException:
        project.delete()
        raise
    return project


def people_of(accounts: list[DemoAccount]) -> People:
    return {account.role: account.user for account in accounts}


def fill(project: Project, example: Example, people: People) -> None:
    for role in ("editor", "viewer"):
        Membership.objects.create(project=project, user=people[role], role=role)
    sketch = add_sketch(project, example, people["owner"])
    version = converse(project, example, people, sketch)
    simulate(version, example, people["editor"])


def add_sketch(project: Project, example: Example, actor: User) -> Sketch:
    return sketch_create(
        project=project,
        actor=actor,
        file=ContentFile(draw(example), name="sketch.png"),
        title=example.model_title,
    )


def draw(example: Example) -> bytes:
    """The example's plan, drawn by hand as far as a program can; PNG."""
    from apps.engines.sketch.drawing import SketchPlan, draw_sketch

    objects = tuple((item.class_name, item.name, item.x, item.y) for item in example.objects)
    image, _truth = draw_sketch(SketchPlan(objects, example.links), example.style_seed)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def converse(project: Project, example: Example, people: People, sketch: Sketch) -> DraftVersion:
    """Two prompts and a note; returns the version that the second prompt brought."""
    owner, editor = people["owner"], people["editor"]
    draft = draft_create(project=project, actor=owner, title=example.model_title, sketch=sketch)
    conversation = conversation_of(draft)
    first = prompt(conversation, owner, example.prompt, sketch=sketch)
    note_send(conversation=conversation, actor=editor, text=example.note)
    return prompt(conversation, editor, example.refinement, sketch=sketch, base=first)


def prompt(
    conversation: Conversation,
    actor: User,
    text: str,
    *,
    sketch: Sketch,
    base: DraftVersion | None = None,
) -> DraftVersion:
    message = prompt_send(
        conversation=conversation, actor=actor, text=text, sketch=sketch, base_version=base
    )
    assert message.job is not None, "a prompt starts a job"
    job = finish(message.job, run_generation)
    assert job.version is not None, "a job that succeeded has a version"
    return job.version


def simulate(version: DraftVersion, example: Example, actor: User) -> Run:
    run = run_start(
        version=version,
        actor=actor,
        until=example.until,
        warmup=example.warmup,
        replications=example.replications,
        seed=example.seed,
    )
    return finish(run, run_simulation)


def finish(job: J, task: Callable[[str], None]) -> J:
    """Do the job here, unless a worker of a running server has taken it; then wait for it.

    Raises ApplicationError where the job failed or takes longer than PATIENCE_SECONDS.
    """
    task(str(job.pk))
    deadline = time.monotonic() + PATIENCE_SECONDS
    job.refresh_from_db()
    while not job.is_final and time.monotonic() < deadline:
        time.sleep(0.5)
        job.refresh_from_db()
    if job.status != JobStatus.SUCCEEDED:
        reason = job.error or {}
        raise ApplicationError(reason.get("message", "It took too long."), hint=reason.get("hint"))
    return job
