"""Methods of Array, Map and strings; positions count from 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .arithmetic import key, same, text, whole
from .diagnostics import FlexScriptError, Span
from .names import suggestion
from .values import MAX_ITEMS, FlexArray, FlexMap, text_of

if TYPE_CHECKING:
    from .host import ModelHost

Method = Callable[["ModelHost", Any, list[Any], Span], Any]


def array(host: ModelHost, value: FlexArray, name: str, args: list[Any], span: Span) -> Any:
    """A method of an Array."""
    method = ARRAY.get(name)
    if method is None:
        hint = suggestion(name, list(ARRAY))
        raise FlexScriptError(f"Arrays have no method “{name}”.", span, hint, "method")
    host.spend(len(value.items) // 10, span)
    result = method(host, value, args, span)
    if len(value.items) > MAX_ITEMS:
        raise FlexScriptError("An array grew too large.", span, code="limit")
    return result


def _push(_host: ModelHost, value: FlexArray, args: list[Any], _span: Span) -> int:
    value.items.extend(args)
    return len(value.items)


def _append(_host: ModelHost, value: FlexArray, args: list[Any], span: Span) -> FlexArray:
    """Another array's items, or values as they are."""
    for item in args:
        more = list(item.items) if isinstance(item, FlexArray) else [item]
        if len(value.items) + len(more) > MAX_ITEMS:
            raise FlexScriptError("An array grew too large.", span, code="limit")
        value.items.extend(more)
    return value


def _concat(host: ModelHost, value: FlexArray, args: list[Any], span: Span) -> FlexArray:
    return _append(host, FlexArray(list(value.items)), args, span)


def _sort(_host: ModelHost, value: FlexArray, _args: list[Any], span: Span) -> FlexArray:
    kinds = {isinstance(item, str) for item in value.items}
    if len(kinds) > 1 or not all(isinstance(x, int | float | str) for x in value.items):
        raise FlexScriptError("Only numbers or only strings can be sorted.", span, code="type")
    value.items.sort()
    return value


def _splice(_host: ModelHost, value: FlexArray, args: list[Any], span: Span) -> FlexArray:
    """splice(position, number to remove, items to put there…) gives what was removed."""
    start = max(whole(args[0], span) - 1, 0)
    count = max(whole(args[1], span), 0) if len(args) > 1 else len(value.items)
    removed = value.items[start : start + count]
    value.items[start : start + count] = args[2:]
    return FlexArray(removed)


def _join(host: ModelHost, value: FlexArray, args: list[Any], span: Span) -> str:
    separator = text_of(args[0]) if args else ","
    parts = [text_of(item) for item in value.items]
    if sum(map(len, parts)) + len(separator) * len(parts) > 1_000_000:
        raise FlexScriptError("A string grew too long.", span, code="limit")
    joined = separator.join(parts)
    host.spend(len(joined) // 100, span)
    return text(joined, span)


def _index_of(_host: ModelHost, value: FlexArray, args: list[Any], _span: Span) -> int:
    return next((i for i, item in enumerate(value.items, 1) if same(item, args[0])), -1)


def _fill(_host: ModelHost, value: FlexArray, args: list[Any], _span: Span) -> FlexArray:
    value.items[:] = [args[0]] * len(value.items)
    return value


def _unshift(_host: ModelHost, value: FlexArray, args: list[Any], _span: Span) -> int:
    value.items[:0] = args
    return len(value.items)


def _reverse(_host: ModelHost, value: FlexArray, _args: list[Any], _span: Span) -> FlexArray:
    value.items.reverse()
    return value


ARRAY: dict[str, Method] = {
    "push": _push, "append": _append, "concat": _concat, "sort": _sort, "splice": _splice,
    "join": _join, "indexOf": _index_of, "fill": _fill, "unshift": _unshift, "reverse": _reverse,
    "pop": lambda _h, value, _a, _s: value.items.pop() if value.items else None,
    "shift": lambda _h, value, _a, _s: value.items.pop(0) if value.items else None,
    "clone": lambda _h, value, _a, _s: FlexArray(list(value.items)),
}  # fmt: skip


def mapping(host: ModelHost, value: FlexMap, name: str, args: list[Any], span: Span) -> Any:
    """A method of a Map."""
    if name in ("find", "remove"):
        found = key(args[0], span)
        return value.items.get(found) if name == "find" else value.items.pop(found, None)
    if name == "clear":
        value.items.clear()
        return value
    if name == "clone":
        host.spend(len(value.items) // 10, span)
        return FlexMap(dict(value.items))
    hint = suggestion(name, MAP)
    raise FlexScriptError(f"Maps have no method “{name}”.", span, hint, "method")


MAP = ("find", "remove", "clear", "clone")


def string(host: ModelHost, value: str, name: str, args: list[Any], span: Span) -> Any:
    """A method of a string."""
    method = STRING.get(name)
    if method is None:
        hint = suggestion(name, list(STRING))
        raise FlexScriptError(f"Strings have no method “{name}”.", span, hint, "method")
    host.spend(len(value) // 100, span)
    return method(host, value, args, span)


def _substr(_host: ModelHost, value: str, args: list[Any], span: Span) -> str:
    start = max(whole(args[0], span) - 1, 0)
    length = max(whole(args[1], span), 0) if len(args) > 1 else len(value)
    return value[start : start + length]


def _to_number(_host: ModelHost, value: str, _args: list[Any], span: Span) -> float:
    return parse_number(value, span)


def parse_number(value: str, span: Span) -> float:
    """stringtonum and toNum."""
    try:
        return float(value.strip().replace("_", "?"))
    except ValueError:
        raise FlexScriptError(f"“{value[:40]}” is not a number.", span, code="type") from None


def _replace(_host: ModelHost, value: str, args: list[Any], span: Span) -> str:
    old, fresh = text_of(args[0]), text_of(args[1])
    if len(value) + value.count(old) * len(fresh) > 1_000_000:
        raise FlexScriptError("A string grew too long.", span, code="limit")
    return value.replace(old, fresh) if old else value


def _split(_host: ModelHost, value: str, args: list[Any], span: Span) -> FlexArray:
    separator = text_of(args[0])
    parts = list(value) if not separator else value.split(separator)
    if len(parts) > MAX_ITEMS:
        raise FlexScriptError("An array grew too large.", span, code="limit")
    return FlexArray([*parts])


def _search(_host: ModelHost, value: str, args: list[Any], _span: Span) -> int:
    """The position of the text, -1 where it is not."""
    place = value.find(text_of(args[0]))
    return place + 1 if place >= 0 else -1


STRING: dict[str, Method] = {
    "substr": _substr, "toNum": _to_number, "replace": _replace, "split": _split,
    "search": _search, "indexOf": _search,
    "toUpperCase": lambda _h, value, _a, _s: value.upper(),
    "toLowerCase": lambda _h, value, _a, _s: value.lower(),
    "toUpper": lambda _h, value, _a, _s: value.upper(),
    "toLower": lambda _h, value, _a, _s: value.lower(),
    "trim": lambda _h, value, _a, _s: value.strip(),
    "startsWith": lambda _h, value, a, _s: int(value.startswith(text_of(a[0]))),
    "endsWith": lambda _h, value, a, _s: int(value.endswith(text_of(a[0]))),
    "includes": lambda _h, value, a, _s: int(text_of(a[0]) in value),
    "charAt": lambda h, value, a, s: _substr(h, value, [a[0], 1], s),
}  # fmt: skip
