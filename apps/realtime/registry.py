"""What the socket understands. Apps register their commands and topics in AppConfig.ready."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from apps.common.errors import ApplicationError, NotFound
from apps.realtime.people import Person
from apps.realtime.threads import in_thread

JSON = dict[str, Any]
Authorise = Callable[[Person, str], bool]


class Connection(Protocol):
    """The part of the consumer that handlers may use."""

    channel_name: str

    async def subscribe(self, topic: str, since: int | None) -> JSON: ...
    async def unsubscribe(self, topic: str) -> None: ...
    async def refresh(self) -> JSON: ...


@dataclass(frozen=True)
class Context:
    """Who sends a command, and over which connection."""

    user: Person
    connection: Connection


Handler = Callable[[Context, Any], JSON | Awaitable[JSON | None] | None]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True)
class Command:
    name: str
    payload: type[BaseModel]
    handler: Handler


_commands: dict[str, Command] = {}
_topics: dict[str, Authorise] = {}


def command(name: str, *, payload: type[BaseModel]) -> Callable[[H], H]:
    """Register a handler, sync or async, for a command. Names are `app.verb` and unique."""

    def register(handler: H) -> H:
        known = _commands.get(name)
        if known is not None and known.handler is not handler:
            raise ValueError(f"The command {name} is registered twice.")
        _commands[name] = Command(name, payload, handler)
        return handler

    return register


def register_topic(kind: str, authorise: Authorise) -> None:
    """Topics `kind:<id>` exist, and `authorise(user, id)` says who may follow one."""
    _topics[kind] = authorise


def commands() -> dict[str, Command]:
    return dict(_commands)


def may_follow(user: Person, topic: str) -> bool:
    """Whether the user may follow a topic; unknown and malformed topics nobody may."""
    kind, _separator, key = topic.partition(":")
    authorise = _topics.get(kind)
    return bool(authorise and key and user.is_active and authorise(user, key))


async def dispatch(context: Context, name: str, payload: JSON) -> JSON:
    """Validate the payload, run the handler, return its data. Raises ApplicationError."""
    found = _commands.get(name)
    if found is None:
        raise NotFound(
            _("There is no command “%(name)s”.") % {"name": name[:60]}, "unknown_command"
        )
    parsed = parse(found.payload, payload)
    with translation.override(context.user.language or None):
        if inspect.iscoroutinefunction(found.handler):
            result = await found.handler(context, parsed)
        else:
            result = await in_thread(found.handler)(context, parsed)
    return cast(JSON, result or {})


def parse(model: type[BaseModel], payload: JSON) -> BaseModel:
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"{field}: {first['msg']}" if field else str(first["msg"])
        raise ApplicationError(message, "invalid", field=field or None) from error
