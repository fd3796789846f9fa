"""Socket commands of this app."""

from typing import Any, cast
from uuid import UUID

from pydantic import BaseModel, Field

from apps.accounts.models import User
from apps.generation import selectors, services
from apps.generation.payloads import job_payload, version_payload
from apps.generation.scripts import MOST_SOURCE, inspection_of
from apps.realtime.registry import Context, command

JSON = dict[str, Any]


def actor_of(ctx: Context) -> User:
    """Who sends the command, as services want it."""
    return cast(User, ctx.user)


class CancelPayload(BaseModel):
    job: UUID


class SavePayload(BaseModel):
    draft: UUID
    source: str = Field(max_length=MOST_SOURCE)
    parent: UUID | None = None


class RestorePayload(BaseModel):
    version: UUID


class CheckPayload(BaseModel):
    draft: UUID
    source: str = Field(max_length=MOST_SOURCE)


@command("generation.cancel", payload=CancelPayload)
def cancel(ctx: Context, payload: CancelPayload) -> JSON:
    job = selectors.job_get(ctx.user, payload.job)
    return {"job": job_payload(services.generation_cancel(job=job, actor=actor_of(ctx)))}


@command("generation.save", payload=SavePayload)
def save(ctx: Context, payload: SavePayload) -> JSON:
    draft = selectors.draft_get(ctx.user, payload.draft)
    parent = selectors.version_get(ctx.user, payload.parent) if payload.parent else None
    version = services.version_create_edited(
        draft=draft, actor=actor_of(ctx), source=payload.source, parent=parent
    )
    return {"version": version_payload(version)}


@command("generation.restore", payload=RestorePayload)
def restore(ctx: Context, payload: RestorePayload) -> JSON:
    version = selectors.version_get(ctx.user, payload.version)
    restored = services.version_restore(version=version, actor=actor_of(ctx))
    return {"version": version_payload(restored)}


@command("generation.check", payload=CheckPayload)
def check(ctx: Context, payload: CheckPayload) -> JSON:
    """Findings and drawing of a text that is not saved. For all members."""
    selectors.draft_get(ctx.user, payload.draft)
    found = inspection_of(payload.source)
    return {"diagnostics": found["diagnostics"], "layout": found["layout"]}
