"""Methods of objects, arrays, maps, strings and classes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..simulation.model import ModelObject, NumberValue, OptionValue
from .commands import LibraryRoot, ModelRoot
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .values import (
    MAX_ITEMS,
    ClassName,
    FlexArray,
    FlexMap,
    FlexVector,
    LabelNode,
    Labels,
    Ports,
    text_of,
)

if TYPE_CHECKING:
    from .host import ModelHost

_QUIET = frozenset(["stop", "resume", "setState", "message", "updateState"])


def call_method(host: ModelHost, value: Any, name: str, args: list[Any], span: Span) -> Any:
    """Dispatch on the type of `value`."""
    if isinstance(value, ModelObject):
        return _object(host, value, name, args, span)
    if isinstance(value, FlexArray):
        return _array(host, value, name, args, span)
    if isinstance(value, ClassName):
        return _class(host, value.name, name, args, span)
    if isinstance(value, Ports) and name == "toArray":
        return FlexArray(list(value.items))
    if isinstance(value, Labels) and name == "assert":
        _need(name, args, 1, span)
        value.owner.labels.setdefault(str(args[0]), args[1] if len(args) > 1 else 0)
        return LabelNode(value.owner, str(args[0]))
    if isinstance(value, FlexMap) and name in ("find", "remove"):
        _need(name, args, 1, span)
        return value.items.get(args[0]) if name == "find" else value.items.pop(args[0], None)
    if isinstance(value, LibraryRoot) and name == "find":
        _need(name, args, 1, span)
        return str(args[0])
    if isinstance(value, ModelRoot) and name == "find":
        _need(name, args, 1, span)
        return host.find(str(args[0]))
    if value is None:
        hint = "Model.find() gives NULL when nothing has that name."
        raise FlexScriptError(f"“.{name}()” is asked of NULL.", span, hint, "null")
    raise FlexScriptError(f"{host.describe(value)} has no method “{name}”.", span, code="method")


def _need(name: str, args: list[Any], least: int, span: Span) -> None:
    if len(args) < least:
        raise FlexScriptError(
            f"{name}() needs at least {least} argument{'s' if least > 1 else ''}.",
            span,
            code="arguments",
        )


def _numbers(args: list[Any], span: Span) -> list[float]:
    flat = args[0].parts if len(args) == 1 and isinstance(args[0], FlexVector) else args
    if not all(isinstance(x, int | float) for x in flat):
        raise FlexScriptError("Numbers are needed here.", span, code="type")
    return [float(x) for x in flat]


def _object(host: ModelHost, item: ModelObject, name: str, args: list[Any], span: Span) -> Any:
    if name in ("setLocation", "setSize", "setRotation"):
        _need(name, args, 1, span)
        attribute = name.removeprefix("set").lower()
        parts = (*_numbers(args, span), 0.0, 0.0)[:3]
        setattr(item, attribute, parts)
        return item
    if name in ("getLocation", "getSize"):
        return host.get_member(item, name.removeprefix("get").lower(), span)
    if name == "setProperty":
        _need(name, args, 2, span)
        host.set_property(item, str(args[0]), args[1], span)
        return item
    if name == "getProperty":
        _need(name, args, 1, span)
        value = item.properties.get(str(args[0]))
        return value.value if isinstance(value, NumberValue | OptionValue) else None
    if name == "destroy":
        host.destroy(item)
        return None
    if name == "copy":
        twin = host.create(item.class_name, span, item.name)
        twin.location, twin.size, twin.properties = item.location, item.size, dict(item.properties)
        return twin
    if name == "is":
        return int(not args or getattr(args[0], "name", "") in ("Object", item.class_name))
    if name == "as":
        return item
    if name == "find":
        return host.find(str(args[0])) if args else None
    if name in _QUIET:
        return None
    from .host import METHODS

    raise FlexScriptError(
        f"Objects have no method “{name}”.", span, suggestion(name, METHODS), "method"
    )


def _array(host: ModelHost, array: FlexArray, name: str, args: list[Any], span: Span) -> Any:
    items = array.items
    if len(items) > MAX_ITEMS:
        raise FlexScriptError("An array grew too large.", span, code="limit")
    if name in ("push", "append"):
        items.extend(args)
        return len(items)
    if name == "pop":
        return items.pop() if items else None
    if name == "shift":
        return items.pop(0) if items else None
    if name == "concat":
        return FlexArray(
            [*items, *(x for a in args for x in (a.items if isinstance(a, FlexArray) else [a]))]
        )
    if name == "indexOf":
        return items.index(args[0]) + 1 if args and args[0] in items else -1
    if name == "join":
        return (text_of(args[0]) if args else ",").join(text_of(x) for x in items)
    if name == "clone":
        return FlexArray(list(items))
    if name == "fill":
        array.items = [args[0] if args else None] * len(items)
        return array
    if name == "sort":
        try:
            items.sort()
        except TypeError:
            raise FlexScriptError(
                "Only numbers or only strings can be sorted.", span, code="type"
            ) from None
        return array
    if name == "splice":
        start = max(int(args[0]) - 1, 0) if args else 0
        count = int(args[1]) if len(args) > 1 else len(items)
        removed = items[start : start + count]
        items[start : start + count] = args[2:]
        return FlexArray(removed)
    raise FlexScriptError(f"Arrays have no method “{name}”.", span, code="method")


def _class(host: ModelHost, class_name: str, name: str, args: list[Any], span: Span) -> Any:
    if class_name == "Object" and name == "create":
        _need("Object.create", args, 1, span)
        return host.create(str(args[0]), span)
    if class_name == "Model" and name == "find":
        _need("Model.find", args, 1, span)
        return host.find(str(args[0]))
    if class_name == "string" and name == "fromNum":
        _need("string.fromNum", args, 1, span)
        digits = int(args[1]) if len(args) > 1 else None
        return text_of(args[0]) if digits is None else f"{args[0]:.{digits}f}"
    if class_name == "Math" and hasattr(math, name):
        try:
            return getattr(math, name)(*_numbers(args, span))
        except (ValueError, TypeError, OverflowError):
            raise FlexScriptError(
                f"Math.{name} cannot take these arguments.", span, code="arguments"
            ) from None
    if class_name in ("DateTime", "Table"):
        return None
    known = {"Object": ["create"], "Model": ["find"], "string": ["fromNum"]}.get(class_name, [])
    raise FlexScriptError(
        f"{class_name} has no function “{name}”.", span, suggestion(name, known), "method"
    )
