"""The data of the studio's page."""

from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.payloads import person
from apps.chat.payloads import message_payload
from apps.chat.selectors import messages_of
from apps.chat.services import conversation_of
from apps.generation.models import Draft
from apps.generation.payloads import job_payload, version_payload
from apps.generation.prompts import PROMPT_CHARS
from apps.generation.selectors import jobs_open, versions_of
from apps.realtime.selectors import latest_seq
from apps.runs.payloads import run_payload
from apps.runs.selectors import runs_of_draft
from apps.sketches.payloads import sketch_payload
from apps.sketches.selectors import sketches_of
from apps.workspace.examples import example_prompts

JSON = dict[str, Any]
MOST_SKETCHES = 100
MOST_RUNS = 100


def studio_data(user: User, draft: Draft, role: str) -> JSON:
    """What the page knows at first; events after `seq` bring it up to date."""
    project = draft.project
    # The number first: what happens while the rest is read is then replayed, not lost.
    seq = latest_seq(project.topic)
    conversation = conversation_of(draft)
    versions = list(versions_of(draft).defer("source"))
    newest = versions_of(draft).last() if versions else None
    sketch = draft.sketch if draft.sketch and draft.sketch.deleted_at is None else None
    return {
        "project": {"id": str(project.pk), "name": project.name},
        "draft": {"id": str(draft.pk), "title": draft.title},
        "conversation": {"id": str(conversation.pk)},
        "role": role,
        "user": person(user),
        "messages": [message_payload(message) for message in messages_of(conversation)],
        "versions": [version_payload(version, source=False) for version in versions],
        "current": version_payload(newest) if newest else None,
        "sketch": sketch_payload(sketch) if sketch else None,
        "sketches": [sketch_payload(row) for row in sketches_of(user, project)[:MOST_SKETCHES]],
        "runs": [run_payload(run) for run in runs_of_draft(user, draft)[:MOST_RUNS]],
        "jobs": [job_payload(job, partial=True) for job in jobs_open(draft)],
        "topic": project.topic,
        "seq": seq,
        "urls": urls_of(draft),
        "limits": {"prompt_chars": PROMPT_CHARS},
        "examples": example_prompts(),
    }


def urls_of(draft: Draft) -> dict[str, str]:
    keys = {"project_id": draft.project_id}
    return {
        "project": reverse("projects:home", kwargs=keys),
        "sketches": reverse("api-sketches", kwargs=keys),
        "draw": reverse("sketches:draw", kwargs=keys),
        "draft": reverse("api-draft", kwargs={"draft_id": draft.pk}),
        "versions": reverse("api-versions", kwargs={"draft_id": draft.pk}),
        "script": reverse("workspace:script", kwargs={**keys, "draft_id": draft.pk}),
    }
