"""Commands of older scripts: tree and object access that newer FlexSim does with a dot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.model import ModelObject
from .arithmetic import text, whole
from .diagnostics import FlexScriptError, Span
from .paths import Root
from .tables import cell, row_of, set_cell
from .values import FlexTable, LabelNode, Ports, Variable, text_of

if TYPE_CHECKING:
    from .host import ModelHost

Command = Callable[["ModelHost", list[Any], Span], Any]
MOST_PADDING = 1000  # characters of numtostring


def _children(host: ModelHost, value: Any, span: Span) -> list[ModelObject]:
    if isinstance(value, ModelObject):
        return []
    members: Ports = host.get_member(value if value is not None else Root(), "subnodes", span)
    return members.items


def _rank(host: ModelHost, args: list[Any], span: Span) -> Any:
    items = _children(host, args[0], span)
    place = whole(args[1], span)
    return items[place - 1] if 1 <= place <= len(items) else None


def _member(name: str) -> Command:
    return lambda host, args, span: host.get_member(args[0], name, span)


def _get_node(host: ModelHost, args: list[Any], span: Span) -> Any:
    node = args[0]
    return host.get_member(node, "name" if isinstance(node, ModelObject) else "value", span)


def _set_rank(host: ModelHost, args: list[Any], span: Span) -> Any:
    item = host.object(args[0], span)
    host.set_rank(item, args[1], span)
    return item


def _get_variable(host: ModelHost, args: list[Any], span: Span) -> Any:
    return host.read_variable(Variable(host.object(args[0], span), text_of(args[1])))


def _get_variable_text(host: ModelHost, args: list[Any], span: Span) -> str:
    return text_of(_get_variable(host, args, span))


def _item_type(host: ModelHost, args: list[Any], span: Span) -> Any:
    return host.object(args[0], span).labels.get("Type", 0)


def _set_item_type(host: ModelHost, args: list[Any], span: Span) -> Any:
    host.object(args[0], span).labels["Type"] = args[1]
    return args[1]


def _label_node(host: ModelHost, args: list[Any], span: Span) -> Any:
    item, name = host.object(args[0], span), text_of(args[1])
    return LabelNode(item, name) if name in item.labels else None


def _table(host: ModelHost, value: Any, span: Span) -> FlexTable:
    value = host.shown_as_table(value)
    if isinstance(value, FlexTable):
        return value
    if isinstance(value, str):
        return host.table(value)
    raise FlexScriptError(
        "A Table is needed here.", span, 'Give its name or Table("Name").', "type"
    )


def _table_get(host: ModelHost, args: list[Any], span: Span) -> Any:
    return cell(row_of(_table(host, args[0], span), args[1], span), args[2], span)


def _table_set(host: ModelHost, args: list[Any], span: Span) -> Any:
    set_cell(host, row_of(_table(host, args[0], span), args[1], span), args[2], args[3], span)
    return args[3]


def _table_size(host: ModelHost, args: list[Any], span: Span) -> Any:
    return host.call_method(_table(host, args[0], span), "setSize", args[1:3], span)


def _table_count(name: str) -> Command:
    return lambda host, args, span: host.get_member(_table(host, args[0], span), name, span)


def _substring(host: ModelHost, args: list[Any], span: Span) -> Any:
    return host.call_method(text_of(args[0]), "substr", args[1:3], span)


def _number_text(_host: ModelHost, args: list[Any], span: Span) -> str:
    """numtostring(value, width, precision)"""
    if len(args) < 3:
        plain = text_of(args[0])
    else:
        plain = f"{float(args[0]):.{min(max(whole(args[2], span), 0), 20)}f}"
    width = whole(args[1], span) if len(args) > 1 else 0
    return plain.rjust(min(max(width, 0), MOST_PADDING))


def _concat(host: ModelHost, args: list[Any], span: Span) -> str:
    joined = "".join(text_of(item) for item in args)
    host.spend(len(joined) // 100, span)
    return text(joined, span)


def _nothing(value: Any = 0) -> Command:
    """What has an effect only in a run: accepted while a model is built."""
    return lambda _host, _args, _span: value


QUIET_NAMES = (
    "getinput getoutput closeinput openinput closeoutput openoutput stopinput "
    "stopoutput resumeinput resumeoutput stopobject resumeobject setstate senddelayedmessage "
    "sendmessage requestoperators freeoperators createemptytasksequence "
    "inserttask dispatchtasksequence moveobject getstat getstatenum resetstats "
    "colorarray colorred colorblue colorgreen coloryellow colorrandom colorwhite colorblack"
).split()
COMMANDS: dict[str, Command] = {
    **dict.fromkeys(QUIET_NAMES, _nothing()),
    "rank": _rank,
    "first": lambda h, a, s: h.get_member(a[0] if a[0] is not None else Root(), "first", s),
    "last": lambda h, a, s: h.get_member(a[0] if a[0] is not None else Root(), "last", s),
    "up": _member("up"),
    "next": _member("next"),
    "prev": _member("prev"),
    "content": lambda h, a, s: len(_children(h, a[0], s)),
    "setrank": _set_rank,
    "gets": _get_node,
    "getnodestr": lambda h, a, s: text_of(_get_node(h, a, s)),
    "getnodenum": _get_node,
    "getvarnum": _get_variable,
    "getvarstr": _get_variable_text,
    "getitemtype": _item_type,
    "setitemtype": _set_item_type,
    "label": _label_node,
    "getlabelstr": lambda h, a, s: text_of(h.object(a[0], s).labels.get(text_of(a[1]))),
    "xsize": lambda h, a, s: h.get_member(h.get_member(h.object(a[0], s), "size", s), "x", s),
    "ysize": lambda h, a, s: h.get_member(h.get_member(h.object(a[0], s), "size", s), "y", s),
    "zsize": lambda h, a, s: h.get_member(h.get_member(h.object(a[0], s), "size", s), "z", s),
    "gettablenum": _table_get,
    "gettablestr": lambda h, a, s: text_of(_table_get(h, a, s)),
    "settablenum": _table_set,
    "settablestr": _table_set,
    "settablesize": _table_size,
    "gettablerows": _table_count("numRows"),
    "gettablecols": _table_count("numCols"),
    "stringcopy": _substring,
    "stringpart": lambda h, a, s: _substring(h, [a[0], whole(a[1], s) + 1, *a[2:]], s),
    "stringsearch": lambda h, a, s: h.call_method(text_of(a[0]), "search", [a[1]], s),
    "stringreplace": lambda h, a, s: h.call_method(text_of(a[0]), "replace", a[1:3], s),
    "stringtonum": lambda h, a, s: h.call_method(text_of(a[0]), "toNum", [], s),
    "numtostring": _number_text,
    "concat": _concat,
    "tonode": lambda _h, a, _s: a[0],
    "tonum": lambda _h, a, _s: a[0],
    **dict.fromkeys(("parval", "parnode", "parstr", "param", "ownerobject"), _nothing(None)),
}
