"""Socket commands of this app."""

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from apps.chat import selectors, services
from apps.chat.payloads import message_payload
from apps.generation.live import actor_of
from apps.generation.payloads import job_payload
from apps.generation.selectors import version_get
from apps.projects.rules import require_edit
from apps.realtime.registry import Context, command
from apps.sketches.selectors import sketch_get

JSON = dict[str, Any]


class SendPayload(BaseModel):
    conversation: UUID
    text: str
    kind: Literal["prompt", "note"] = "note"
    sketch: UUID | None = None
    base_version: UUID | None = None


class TypingPayload(BaseModel):
    conversation: UUID
    typing: bool


@command("chat.send", payload=SendPayload)
def send(ctx: Context, payload: SendPayload) -> JSON:
    conversation = selectors.conversation_get(ctx.user, payload.conversation)
    if payload.kind == "note":
        note = services.note_send(conversation=conversation, actor=actor_of(ctx), text=payload.text)
        return {"message": message_payload(note)}
    require_edit(ctx.user, conversation.project)
    sketch = base = None
    if payload.sketch is not None:
        sketch = sketch_get(ctx.user, payload.sketch, project=conversation.project_id)
    if payload.base_version is not None:
        base = version_get(ctx.user, payload.base_version)
    message = services.prompt_send(
        conversation=conversation,
        actor=actor_of(ctx),
        text=payload.text,
        sketch=sketch,
        base_version=base,
    )
    job = message.job
    return {"message": message_payload(message), "job": job_payload(job) if job else None}


@command("chat.typing", payload=TypingPayload)
def typing(ctx: Context, payload: TypingPayload) -> JSON:
    conversation = selectors.conversation_get(ctx.user, payload.conversation)
    services.typing_tell(conversation=conversation, actor=actor_of(ctx), typing=payload.typing)
    return {}
