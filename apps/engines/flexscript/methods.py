"""Methods of objects, arrays, maps, strings and classes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.model import ModelObject
from . import collections_api, groups, lists, moments, tables
from .arithmetic import number, rounded, whole
from .commands import LibraryRoot, ModelRoot
from .diagnostics import FlexScriptError, Span
from .lists import FlexList
from .members import COLORS, refuse_network
from .names import suggestion
from .paths import Root
from .values import (
    Branch,
    ClassName,
    FlexArray,
    FlexGroup,
    FlexMap,
    FlexTable,
    FlexVector,
    LabelNode,
    Labels,
    LibraryNode,
    Moment,
    Ports,
    describe,
    text_of,
)

if TYPE_CHECKING:
    from .host import ModelHost

_QUIET = frozenset(["stop", "resume", "setState", "message", "updateState"])


def call_method(host: ModelHost, value: Any, name: str, args: list[Any], span: Span) -> Any:
    """Dispatch on the type of `value`; too few arguments are an error here, once for all."""
    if value is None:
        hint = "Model.find() gives NULL when nothing has that name."
        raise FlexScriptError(f"“.{name}()” is asked of NULL.", span, hint, "null")
    if name in ("as", "is") and not isinstance(value, ModelObject | ClassName):
        return value if name == "as" else 0
    try:
        return _dispatch(host, value, name, args, span)
    except IndexError:
        raise FlexScriptError(
            f"{name}() needs more than {len(args)} argument{'s' if len(args) != 1 else ''}.",
            span,
            code="arguments",
        ) from None


def _dispatch(host: ModelHost, value: Any, name: str, args: list[Any], span: Span) -> Any:
    for kind, call in _BY_TYPE:
        if isinstance(value, kind):
            return call(host, value, name, args, span)
    if isinstance(value, Ports) and name == "toArray":
        return FlexArray(list(value.items))
    if isinstance(value, LibraryRoot) and name == "find":
        return LibraryNode(text_of(args[0]).lstrip("?/").rsplit("/", 1)[-1])
    if isinstance(value, ModelRoot | Root) and name == "find":
        return host.find(text_of(args[0]))
    if isinstance(value, Branch):
        return Branch(value.owner, f"{value.path}/{name}")
    raise FlexScriptError(f"{_subject(value)} has no method “{name}”.", span, code="method")


def _subject(value: Any) -> str:
    return describe(value)[:1].upper() + describe(value)[1:]


def _vector(_host: ModelHost, value: FlexVector, name: str, _args: list[Any], span: Span) -> float:
    if name == "magnitude":
        return math.hypot(*value.parts)
    raise FlexScriptError(f"Vectors have no method “{name}”.", span, code="method")


def _labels(host: ModelHost, value: Labels, name: str, args: list[Any], span: Span) -> LabelNode:
    if name != "assert":
        hint = suggestion(name, ["assert"])
        raise FlexScriptError(f"labels have no method “{name}”.", span, hint, "method")
    label = text_of(args[0])
    if label not in value.owner.labels:
        host.put_item(value.owner.labels, label, args[1] if len(args) > 1 else 0, span)
    return LabelNode(value.owner, label)


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


def _moved(
    host: ModelHost,
    item: ModelObject,
    place: list[float],
    factors: list[float],
    way: int,
    span: Span,
) -> list[float]:
    """From the upper left corner to the point at those fractions of the size (`way` 1), or back
    (-1). Objects extend to the right, down the page and upwards.
    """
    size = host.get_member(item, "size", span).parts
    shares = (*factors, 0.0, 0.0, 0.0)[:3]
    signs = (way, -way, way)
    return [
        p + sign * share * s for p, sign, share, s in zip(place, signs, shares, size, strict=True)
    ]


def _object(host: ModelHost, item: ModelObject, name: str, args: list[Any], span: Span) -> Any:
    if name in ("setLocation", "setSize", "setRotation"):
        _need(name, args, 1, span)
        parts = _numbers(args, span)
        if name == "setLocation" and len(parts) > 3:
            parts = _moved(host, item, parts[:3], parts[3:6], -1, span)
        setattr(item, name.removeprefix("set").lower(), (*parts, 0.0, 0.0)[:3])
        return item
    if name in ("getLocation", "getSize", "getRotation"):
        value = host.get_member(item, name.removeprefix("get").lower(), span)
        if name == "getLocation" and args:
            return FlexVector(_moved(host, item, value.parts, _numbers(args, span), 1, span))
        return value
    if name == "setProperty":
        _need(name, args, 2, span)
        host.set_property(item, text_of(args[0]), args[1], span)
        return item
    if name == "getProperty":
        return host.get_property(item, text_of(args[0]), span)
    if name == "destroy":
        host.destroy(item)
        return None
    if name == "copy":
        twin = host.create(item.class_name, span, item.name)
        twin.location, twin.size, twin.properties = item.location, item.size, dict(item.properties)
        twin.rotation, twin.color, twin.labels = item.rotation, item.color, dict(item.labels)
        return twin
    if name == "is":
        return int(not args or getattr(args[0], "name", "") in ("Object", item.class_name))
    if name == "as":
        return item
    if name == "find":
        return host.find(text_of(args[0]), item) or host.find(text_of(args[0]))
    if name in _QUIET:
        return None
    from .host import METHODS

    raise FlexScriptError(
        f"Objects have no method “{name}”.", span, suggestion(name, METHODS), "method"
    )


def _class(host: ModelHost, value: ClassName, name: str, args: list[Any], span: Span) -> Any:
    class_name = value.name
    refuse_network(class_name, span)
    if class_name == "Object" and name == "create":
        return host.create(text_of(args[0]), span)
    if class_name == "Model" and name == "find":
        return host.find(text_of(args[0]))
    if class_name == "string" and name == "fromNum":
        return _from_number(args, span)
    if class_name == "Math":
        return _math(name, args, span)
    if class_name == "Table" and name == "create":
        return host.table(text_of(args[0]))
    if class_name == "Color" and name == "random":
        return FlexVector([0.5, 0.5, 0.5], None, "color")
    if class_name == "Color" and name == "byNumber":
        colours = list(COLORS.values())
        return FlexVector(
            [*map(float, colours[whole(args[0], span) % len(colours)])], None, "color"
        )
    if class_name in ("DateTime", "List", "Group"):
        return None
    if class_name == "TaskSequence":
        return _sequence(host, name, args, span)
    hint = suggestion(name, CLASS_METHODS.get(class_name, ()))
    raise FlexScriptError(f"{class_name} has no function “{name}”.", span, hint, "method")


def _sequence(host: ModelHost, name: str, args: list[Any], span: Span) -> Branch:
    """TaskSequence.create: a reset would forget it, so that nothing comes of it."""
    if name != "create":
        hint = suggestion(name, ["create"])
        raise FlexScriptError(f"TaskSequence has no function “{name}”.", span, hint, "method")
    text = "A task sequence that is made while the model is built is never carried out."
    host.warn(text, span, "Make it in a trigger, which runs with the model.", "ignored")
    return Branch(host.object(args[0], span), "taskSequence")


CLASS_METHODS = {
    "Object": ("create",),
    "Model": ("find",),
    "string": ("fromNum",),
    "Table": ("create",),
    "Color": ("random", "byNumber"),
}
_MATH = (
    "acos asin atan atan2 ceil cos cosh degrees exp floor fmod hypot log log10 log2 pow radians "
    "sin sinh sqrt tan tanh trunc"
).split()
MATH: dict[str, Callable[..., Any]] = {
    **{name: getattr(math, name) for name in _MATH},
    "abs": abs,
    "fabs": math.fabs,
    "min": min,
    "max": max,
    "frac": lambda x: math.modf(x)[0],
    "sign": lambda x: (x > 0) - (x < 0),
    "sqr": lambda x: x * x,
    "round": lambda x, digits=0: rounded(x, digits),
}


def _math(name: str, args: list[Any], span: Span) -> Any:
    function = MATH.get(name)
    if function is None:
        hint = suggestion(name, list(MATH))
        raise FlexScriptError(f"Math has no function “{name}”.", span, hint, "method")
    try:
        return function(*(number(item, span) for item in args))
    except (ValueError, TypeError, ArithmeticError):
        raise FlexScriptError(
            f"Math.{name} cannot take these arguments.", span, code="arguments"
        ) from None


def _from_number(args: list[Any], span: Span) -> str:
    if len(args) < 2:
        return text_of(args[0])
    digits = whole(args[1], span)
    if not 0 <= digits <= 20:
        raise FlexScriptError("A number has 0 to 20 decimals.", span, code="arguments")
    return f"{number(args[0], span):.{digits}f}"


_BY_TYPE: tuple[tuple[type, Callable[..., Any]], ...] = (
    (ModelObject, _object),
    (FlexArray, collections_api.array),
    (FlexMap, collections_api.mapping),
    (FlexGroup, groups.call),
    (FlexList, lists.call),
    (str, collections_api.string),
    (FlexTable, tables.call),
    (ClassName, _class),
    (Labels, _labels),
    (FlexVector, _vector),
    (Moment, moments.call),
)
