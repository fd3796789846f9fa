"""Commands (free functions) that a model-building script may call."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.distributions import NAMES, TABLE_LAWS
from ..simulation.library import class_of
from ..simulation.model import WAYS, ModelObject
from . import groups, legacy, lists, moments
from .arithmetic import real, rounded, whole
from .diagnostics import NO_OUTSIDE, FlexScriptError, Span
from .names import INVENTED, commands, successor, suggestion
from .paths import Root
from .settings import DISTRIBUTIONS
from .signatures import METHODS
from .tables import new as new_table
from .values import (
    Draw,
    FlexMap,
    FlexTable,
    FlexVector,
    LabelNode,
    LibraryNode,
    Moment,
    TableDraw,
    Variable,
    text_of,
    truth,
)

if TYPE_CHECKING:
    from .host import ModelHost

Command = Callable[["ModelHost", list[Any], Span], Any]
_DANGEROUS = re.compile(
    r"^(db|excel|file|system_|cmd|socket|dll|http|ini|mail)"
    r"|^(runprogram|rundocument|runexpertfit|runfunction|executefsfile|executefsnode|backupfile"
    r"|embedfile|exportdataset|exportfullhistory|exporttable|importdataset|importtable|getfilebrowse"
    r"|getfilesindirectory|installpackage|load\w+|save\w+|openflexsimchart|outputtreecontent|pfile"
    r"|pickfile|report|savebyname|switch_dllfunc|viewtofile|wmp|programdatadir|checkdllconnection)$"
)
_OTHER_LANGUAGES = (
    "filewrite fileread winexec shellexecute sendemail loadmodel savemodel system exec eval open "
    "fopen socket import require http"
).split()
REFUSED = frozenset([*filter(_DANGEROUS.match, commands()), *_OTHER_LANGUAGES])
"""Commands that reach files, the network, databases or other programs."""
QUIET = (
    frozenset(
        "resetmodel go stop step stoptime runspeed print msg repaintall updatestates setviewtext "
        "applicationcommand getmodelunit pt pr pf pd mpt mpr mpf mpd clearconsole "
        "openoutput closeoutput openinput closeinput setcolor".split()
    )
    | frozenset(name for name in commands() if name.startswith("switch_")) - REFUSED
)
_PRINTING = ("print", "msg", "pt", "pf", "pd", "mpt", "mpf", "mpd")
UNDO = {"Q": "A", "W": "S", "E": "D"}


def call_command(host: ModelHost, name: str, args: list[Any], span: Span) -> Any:
    """Run a command, or say why it cannot run."""
    if name in DISTRIBUTIONS:
        return _draw(name, args, span)
    if name in TABLE_LAWS:
        return _draw_from_table(host, name, args, span)
    command = COMMANDS.get(name)
    if command is not None:
        try:
            return command(host, args, span)
        except (IndexError, ValueError, TypeError, ArithmeticError, AttributeError):
            raise FlexScriptError(
                f"{name}() cannot take these arguments.", span, usage(name), "arguments"
            ) from None
    if name in QUIET:
        if name in _PRINTING:
            host.print(" ".join(text_of(x) for x in args))
        return 0
    reason = why_not(name)
    assert reason is not None  # what can be called was called above
    message, hint, code = reason
    raise FlexScriptError(message, span, hint, code)


def why_not(name: str) -> tuple[str, str | None, str] | None:
    """Message, hint and code for a command that cannot be called; None for one that can."""
    if name in COMMANDS or name in NAMES or name in QUIET:
        return None
    if name in REFUSED:
        return f"{name}() {NO_OUTSIDE}", None, "refused"
    if (name in commands() and name not in INVENTED) or name in _TYPES_ELSEWHERE:
        hint = "It exists in FlexSim; here it has to be left out or written another way."
        newer = successor(name)
        if newer:
            hint = f"It exists in FlexSim, which has replaced it by {newer}."
        return (
            f"{name}() is a FlexSim command that this runtime does not support.",
            hint,
            "unsupported",
        )
    hint_or_none = suggestion(name, [*COMMANDS, *commands()])
    if class_of(name):
        hint_or_none = f'Write Object.create("{name}").'
    elif name in METHODS["Object"]:
        hint_or_none = f"It is a method: obj.{name}(…)."
    return f"“{name}” does not exist in FlexScript.", hint_or_none, "unknown"


_TYPES_ELSEWHERE = frozenset({"TaskSequence", "Variant", "treenode", "Object"})


def usage(name: str) -> str | None:
    """How a command is called, after FlexSim's reference; None for what it does not list."""
    signature = SIGNATURES.get(name) or commands().get(name)
    return f"It is called as {signature}." if signature else None


def _draw(name: str, args: list[Any], span: Span) -> Draw:
    wanted = DISTRIBUTIONS[name]
    if len(args) not in (wanted, wanted + 1) or not all(
        isinstance(x, int | float) for x in args[:wanted]
    ):
        raise FlexScriptError(
            f"{name}() takes {wanted} numbers and optionally a stream.",
            span,
            usage(name),
            "arguments",
        )
    return Draw(name, tuple(float(x) for x in args[:wanted]))


def _draw_from_table(host: ModelHost, name: str, args: list[Any], span: Span) -> TableDraw:
    """empirical("Table"): percents and values of a global table, which a run looks up."""
    given = args[0] if args else None
    if isinstance(given, FlexTable):
        given = next((key for key, table in host.tables.items() if table is given), None)
    if isinstance(given, str):
        return TableDraw(name, given)
    hint = f'Write {name}("Name") with the name of a global table.'
    raise FlexScriptError(f"{name}() needs a global table.", span, hint, "arguments")


def _function(host: ModelHost, args: list[Any], _span: Span) -> int:
    """function_s(node, name, …): of all functions, the one that sets the time of the start."""
    if text_of(args[1]) == "setDateTime" and isinstance(args[2], Moment):
        host.model.start = args[2].seconds
    return 0


def _connect(host: ModelHost, args: list[Any], span: Span) -> int:
    source, target = host.object(args[0], span), host.object(args[1], span)
    kind = str(args[2]) if len(args) > 2 else "A"
    if kind in UNDO:
        for link in host.model.connections:
            if link.source is source and link.target is target and link.kind == UNDO[kind]:
                host.disconnect(link)
                return 1
        host.warn(
            f"“{source.name}” and “{target.name}” are not connected.", span, code="connection"
        )
        return 0
    if kind not in ("A", "S", "D"):
        raise FlexScriptError(
            f"“{kind}” is no connection.",
            span,
            'Use "A" (ports), "S" (centre) or "D".',
            "connection",
        )
    if len(host.model.connections) >= host.limits.connections:
        raise FlexScriptError("The model has too many connections.", span, code="limit")
    if kind == "A" and source.class_name == "Sink" and target.class_name not in WAYS:
        host.warn(f"The sink “{source.name}” has an output connection.", span, code="connection")
    host.model.connect(source, target, kind)  # type: ignore[arg-type]
    return 1


def _instance(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
    """createinstance(library().find("?Queue"), model()): the first argument names the class."""
    node = args[0]
    if isinstance(node, ModelObject):  # an object of the model serves as a pattern, as in FlexSim
        return host.object(host.call_method(node, "copy", [], span), span)
    if node is None or not isinstance(node, LibraryNode | str):
        raise FlexScriptError(
            "createinstance() needs a class of the library.",
            span,
            'Write createinstance(library().find("?Queue"), model()).',
            "type",
        )
    name = node.name if isinstance(node, LibraryNode) else node
    return host.create(name.lstrip("?/").rsplit("/", 1)[-1], span)


def _set_variable(host: ModelHost, args: list[Any], span: Span) -> Any:
    host.write_variable(Variable(host.object(args[0], span), text_of(args[1])), args[2], span)
    return args[2]


def _set_node(host: ModelHost, args: list[Any], span: Span) -> Any:
    if isinstance(args[0], Variable | LabelNode):
        host.set_member(args[0], "value", args[1], span)
    return args[1]


def _set_triple(attribute: str) -> Command:
    def command(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
        item = host.object(args[0], span)
        parts = [real(part, span) for part in args[1:4]]
        setattr(item, attribute, (*parts, 0.0, 0.0, 0.0)[:3])
        return item

    return command


def _set_name(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
    item = host.object(args[0], span)
    item.name = text_of(args[1])
    return item


def _set_label(host: ModelHost, args: list[Any], span: Span) -> Any:
    labels = host.object(args[0], span).labels
    value = args[2] if len(args) > 2 else labels.get(text_of(args[1]), 0)
    host.put_item(labels, text_of(args[1]), value, span)
    return value


def _port(kind: str) -> Command:
    def command(host: ModelHost, args: list[Any], span: Span) -> Any:
        ports: list[ModelObject] = getattr(host.object(args[0], span), kind)
        place = whole(args[1], span)
        return ports[place - 1] if 1 <= place <= len(ports) else None

    return command


def _count(kind: str) -> Command:
    return lambda host, args, span: len(getattr(host.object(args[0], span), kind))


def _across(*, of_output: bool) -> Command:
    """opipno, ipopno"""
    return lambda host, args, span: host.object(args[0], span).port_across(
        whole(args[1], span), of_output=of_output
    )


def _exists(host: ModelHost, args: list[Any], _span: Span) -> int:
    return int(isinstance(args[0], ModelObject) and args[0] in host.model.objects)


def _node(host: ModelHost, args: list[Any], span: Span) -> Any:
    """node(path, start)"""
    if len(args) > 1 and isinstance(args[1], LibraryRoot):
        return host.call_method(args[1], "find", args[:1], span)
    start = args[1] if len(args) > 1 and isinstance(args[1], ModelObject) else None
    return host.find(text_of(args[0]), start)


def _vector(length: int, attribute: str = "") -> Command:
    def command(host: ModelHost, args: list[Any], span: Span) -> FlexVector:
        if len(args) == 1 and isinstance(args[0], FlexVector):
            return FlexVector(list(args[0].parts), None, attribute)
        if len(args) > max(length, 4 if attribute else 0):
            raise ValueError
        parts = [real(part, span) for part in args]
        return FlexVector((parts + [0.0] * length)[: max(length, len(parts))], None, attribute)

    return command


def _table(host: ModelHost, args: list[Any], span: Span) -> FlexTable:
    """Table("Global"), Table(rows, columns), Table()"""
    if args and isinstance(args[0], str):
        return host.table(args[0])
    if args and isinstance(args[0], FlexTable):
        return args[0]
    rows = whole(args[0], span) if args else 0
    return new_table(rows, whole(args[1], span) if len(args) > 1 else min(rows, 1), span)


def _list(host: ModelHost, value: Any) -> lists.FlexList:
    return value if isinstance(value, lists.FlexList) else host.global_list(text_of(value))


def _math(function: Callable[..., Any]) -> Command:
    return lambda _host, args, _span: function(*args)


_OF_ONE = ("exp", "log", "sin", "cos", "tan", "asin", "acos", "log10")
COMMANDS: dict[str, Command] = {
    **legacy.COMMANDS,
    **groups.COMMANDS,
    "List": lambda h, a, _s: h.global_list(text_of(a[0])),
    "listpush": lambda h, a, s: lists.call(h, _list(h, a[0]), "push", a[1:], s),
    "listpull": lambda h, a, s: lists.call(h, _list(h, a[0]), "pull", a[1:], s),
    "contextdragconnection": _connect,
    "function_s": _function,
    "objectconnect": lambda h, a, s: _connect(h, [a[0], a[1], "A"], s),
    "createinstance": _instance,
    "library": lambda _h, _a, _s: LibraryRoot(),
    "model": lambda _h, _a, _s: ModelRoot(),
    "maintree": lambda _h, _a, _s: ModelRoot(),
    "node": _node,
    "createcopy": lambda h, a, s: h.call_method(h.object(a[0], s), "copy", [], s),
    "destroyobject": lambda h, a, s: h.destroy(h.object(a[0], s)),
    "objectexists": _exists,
    "setvarnum": _set_variable,
    "setvarstr": _set_variable,
    "getvarnode": lambda h, a, s: Variable(h.object(a[0], s), str(a[1])),
    "setnodestr": _set_node,
    "setnodenum": _set_node,
    "setloc": _set_triple("location"),
    "setsize": _set_triple("size"),
    "setrot": _set_triple("rotation"),
    "xloc": lambda h, a, s: h.object(a[0], s).location[0],
    "yloc": lambda h, a, s: h.object(a[0], s).location[1],
    "xrot": lambda h, a, s: h.object(a[0], s).rotation[0],
    "yrot": lambda h, a, s: h.object(a[0], s).rotation[1],
    "zrot": lambda h, a, s: h.object(a[0], s).rotation[2],
    "zloc": lambda h, a, s: h.object(a[0], s).location[2],
    "setname": _set_name,
    "getname": lambda h, a, s: h.object(a[0], s).name,
    "addlabel": _set_label,
    "setlabel": _set_label,
    "setlabelnum": _set_label,
    "setlabelstr": _set_label,
    "getlabel": lambda h, a, s: h.object(a[0], s).labels.get(text_of(a[1])),
    "getlabelnum": lambda h, a, s: h.object(a[0], s).labels.get(text_of(a[1]), 0),
    "inobject": _port("in_ports"),
    "outobject": _port("out_ports"),
    "centerobject": _port("center_ports"),
    "nrip": _count("in_ports"),
    "nrop": _count("out_ports"),
    "nrcp": _count("center_ports"),
    "opipno": _across(of_output=True),
    "ipopno": _across(of_output=False),
    "Vec2": _vector(2),
    "Vec3": _vector(3),
    "Vec4": _vector(4),
    "Color": _vector(3, "color"),
    "Array": lambda h, a, s: h.sized(a[0] if a else 0, s),
    "Map": lambda _h, _a, _s: FlexMap(),
    "Table": _table,
    "DateTime": moments.make,
    "getstream": lambda _h, _a, _s: 0,
    "time": lambda _h, _a, _s: 0.0,
    "hours": lambda _h, a, _s: float(a[0]) * 3600,
    "minutes": lambda _h, a, _s: float(a[0]) * 60,
    "seconds": lambda _h, a, _s: float(a[0]),
    "days": lambda _h, a, _s: float(a[0]) * 86400,
    "stringlen": lambda _h, a, _s: len(text_of(a[0])),
    "maxof": _math(max),
    "minof": _math(min),
    "fabs": _math(math.fabs),
    "trunc": lambda _h, a, _s: math.trunc(a[0]),
    "fmod": _math(math.fmod),
    "round": _math(rounded),
    **{name: _math(getattr(math, name)) for name in _OF_ONE},
    "atan2": _math(math.atan2),
    "max": _math(max),
    "min": _math(min),
    "floor": lambda _h, a, _s: math.floor(a[0]),
    "ceil": lambda _h, a, _s: math.ceil(a[0]),
    "sqrt": _math(math.sqrt),
    "pow": _math(math.pow),
    "iff": lambda _h, a, _s: a[1] if truth(a[0]) else a[2],
}


SIGNATURES = {
    "Vec2": "Vec2(x, y)", "Vec3": "Vec3(x, y, z)", "Vec4": "Vec4(x, y, z, w)",
    "Color": "Color(red, green, blue)", "Array": "Array(length)", "Map": "Map()",
    "Group": 'Group("Name")', "List": 'List("Name")',
    "Table": 'Table("Name") or Table(rows, columns)',
    "DateTime": 'DateTime("1/31/2024 08:00:00", "%m/%d/%Y %H:%M:%S")',
}  # fmt: skip
"""Constructors, which FlexSim's list of commands leaves out."""


class LibraryRoot:
    """library(): find gives the class name."""


class ModelRoot(Root):
    """model(): find gives an object."""
