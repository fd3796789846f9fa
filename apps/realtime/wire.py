"""JSON frames of the protocol: requests in, replies and events out."""

import json
import logging
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError, NotFound, PermissionDenied, TooLarge

logger = logging.getLogger(__name__)
JSON = dict[str, Any]
ID_AHEAD = re.compile(r'^\s*\{\s*"id"\s*:\s*"([^"\\]{1,64})"')
LONGEST_ID = 64


@dataclass(frozen=True)
class Request:
    id: str
    command: str
    payload: JSON


class BadFrame(ApplicationError):
    """Not a request of this protocol. `reply_to` is the id as far as it could be read."""

    default_code = "bad_frame"

    def __init__(self, message: str, reply_to: str | None = None) -> None:
        super().__init__(message)
        self.reply_to = reply_to


def encode(message: JSON) -> str:
    return json.dumps(message, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def glimpse_id(text: str) -> str | None:
    """The id of a frame that is not parsed, when it stands first."""
    match = ID_AHEAD.match(text[:256])
    return match.group(1) if match else None


def decode(text: str) -> Request:
    """Read {"id", "command", "payload"}. Raises BadFrame."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame(_("The message is not JSON.")) from error
    if not isinstance(frame, dict):
        raise BadFrame(_("The message must be an object."))
    reply_to = frame.get("id")
    if not isinstance(reply_to, str) or not 0 < len(reply_to) <= LONGEST_ID:
        raise BadFrame(_("The message needs an id of at most 64 characters."))
    name, payload = frame.get("command"), frame.get("payload", {})
    if not isinstance(name, str) or not isinstance(payload, dict):
        raise BadFrame(_("The message needs a command and a payload."), reply_to)
    return Request(reply_to, name, payload)


def success(reply_to: str, data: JSON) -> str:
    return encode({"reply_to": reply_to, "ok": True, "data": data})


def failure(reply_to: str | None, error: ApplicationError) -> str:
    body = {key: value for key, value in error.to_json().items() if value or key != "fields"}
    return encode({"reply_to": reply_to, "ok": False, "error": body})


def too_large(limit: int) -> TooLarge:
    message = _("The message is larger than %(size)d kB.") % {"size": limit // 1024}
    return TooLarge(message, hint=_("Shorten the text."))


def explain(error: Exception) -> ApplicationError:
    """What a command's sender is told of an exception; what nobody expected is logged."""
    if isinstance(error, ApplicationError):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, DjangoPermissionDenied):
        return PermissionDenied()
    logger.error("A socket command failed", exc_info=error)
    return ApplicationError(_("Something went wrong on our side."), "internal", _("Try again."))
