"""Socket commands of this app."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from apps.generation.live import actor_of
from apps.generation.selectors import version_get
from apps.realtime.registry import Context, command
from apps.runs import selectors, services
from apps.runs.payloads import run_payload

JSON = dict[str, Any]


class StartPayload(BaseModel):
    version: UUID
    until: float
    warmup: float = 0.0
    replications: int = 1
    seed: int = 1


class CancelPayload(BaseModel):
    run: UUID


@command("runs.start", payload=StartPayload)
def start(ctx: Context, payload: StartPayload) -> JSON:
    version = version_get(ctx.user, payload.version)
    wishes = payload.model_dump(exclude={"version"})
    return {"run": run_payload(services.run_start(version=version, actor=actor_of(ctx), **wishes))}


@command("runs.cancel", payload=CancelPayload)
def cancel(ctx: Context, payload: CancelPayload) -> JSON:
    run = selectors.run_get(ctx.user, payload.run)
    return {"run": run_payload(services.run_cancel(run=run, actor=actor_of(ctx)))}
