"""The commands of the protocol itself."""

from typing import Any

from pydantic import BaseModel, Field

from apps.realtime.registry import Context, command

JSON = dict[str, Any]


class SubscribePayload(BaseModel):
    topic: str = Field(min_length=3, max_length=80, pattern=r"^[a-z]+:[A-Za-z0-9-]+$")
    since: int | None = Field(default=None, ge=0)


class TopicPayload(BaseModel):
    topic: str = Field(min_length=3, max_length=80)


class EmptyPayload(BaseModel):
    """Nothing."""


@command("realtime.subscribe", payload=SubscribePayload)
async def subscribe(ctx: Context, payload: SubscribePayload) -> JSON:
    return await ctx.connection.subscribe(payload.topic, payload.since)


@command("realtime.unsubscribe", payload=TopicPayload)
async def unsubscribe(ctx: Context, payload: TopicPayload) -> JSON:
    await ctx.connection.unsubscribe(payload.topic)
    return {}


@command("realtime.ping", payload=EmptyPayload)
async def ping(ctx: Context, payload: EmptyPayload) -> JSON:
    del payload
    return await ctx.connection.refresh()
