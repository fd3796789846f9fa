"""DateTime: making one, its parts, and how it is written.

The manual's constructor takes text with a format, or seconds; year, month, day and so on, and text
without a format, are accepted as well.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .arithmetic import real, text, whole
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .values import Moment, text_of

if TYPE_CHECKING:
    from .host import ModelHost

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_FORMATS = ("%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y", "%Y-%m-%d")
_LONGEST_FORMAT = 200
PARTS = ("year", "month", "day", "hour", "minute", "second")
MEMBERS = (*PARTS, "dayOfWeek", "totalSeconds", "value")


def make(_host: ModelHost, args: list[Any], span: Span) -> Moment:
    """DateTime("1/31/2024 08:00:00", "%m/%d/%Y %H:%M:%S"), DateTime(2024, 1, 31), DateTime(60)"""
    if not args:
        return Moment(0.0)
    if isinstance(args[0], str):
        found = _read(args[0], [text_of(args[1])] if len(args) > 1 else list(_FORMATS))
    elif len(args) > 1:
        year, month, day, hour, minute, second = (
            whole(args[place] if place < len(args) else 0, span) for place in range(len(PARTS))
        )
        found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    else:
        return Moment(real(args[0], span))
    return Moment((found - _EPOCH).total_seconds())


def _read(given: str, formats: list[str]) -> datetime:
    for pattern in formats:
        try:
            return datetime.strptime(given, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(given)


def member(value: Moment, name: str, span: Span) -> float:
    if name in ("totalSeconds", "value"):
        return value.seconds
    if name in PARTS:
        return int(getattr(_datetime(value, span), name))
    if name == "dayOfWeek":  # 0 is Sunday
        return _datetime(value, span).isoweekday() % 7
    hint = suggestion(name, MEMBERS)
    raise FlexScriptError(f"A DateTime has no member “{name}”.", span, hint, "member")


def call(_host: ModelHost, value: Moment, name: str, args: list[Any], span: Span) -> str:
    if name != "toString":
        hint = suggestion(name, ["toString"])
        raise FlexScriptError(f"DateTimes have no method “{name}”.", span, hint, "method")
    pattern = text_of(args[0]) if args else _FORMATS[0]
    if len(pattern) > _LONGEST_FORMAT:
        raise FlexScriptError("This format is too long.", span, code="limit")
    try:
        return text(_datetime(value, span).strftime(pattern), span)
    except ValueError:
        raise FlexScriptError("This is no format of a DateTime.", span, code="arguments") from None


def _datetime(value: Moment, span: Span) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=value.seconds)
    except (OverflowError, ValueError):
        raise FlexScriptError("This DateTime is beyond the calendar.", span, code="limit") from None
