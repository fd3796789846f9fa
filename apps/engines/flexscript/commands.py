"""Commands (free functions) that a model-building script may call."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.model import ModelObject
from .diagnostics import FlexScriptError, Span
from .names import INVENTED, commands, suggestion
from .settings import DISTRIBUTIONS, property_of_variable
from .values import Draw, FlexArray, FlexVector, Variable, text_of, truth

if TYPE_CHECKING:
    from .host import ModelHost

Command = Callable[["ModelHost", list[Any], Span], Any]
REFUSED = frozenset(
    [
        "runprogram",
        "dll_initialize",
        "filewrite",
        "fileopen",
        "fileread",
        "fileclose",
        "loadmodel",
        "savemodel",
        "http",
        "socketinit",
        "applicationcommandlist",
        "exportdata",
        "importdata",
        "dbopen",
        "dbclose",
        "winexec",
        "shellexecute",
        "executefsnode",
        "savetree",
        "loadtree",
        "excelopen",
        "excelreadnum",
        "excelsetsheet",
        "pdfopen",
        "sendemail",
    ]
)
QUIET = frozenset(
    [
        "resetmodel",
        "go",
        "stop",
        "step",
        "stoptime",
        "runspeed",
        "print",
        "msg",
        "repaintall",
        "updatestates",
        "setviewtext",
        "applicationcommand",
        "function_s",
        "getmodelunit",
        "pt",
        "pr",
        "pf",
        "pd",
        "clearconsole",
        "openoutput",
        "closeoutput",
        "openinput",
        "closeinput",
        "switch_flypathstyle",
        "switch_hideshape",
        "setcolor",
        "hours0",
    ]
)
UNDO = {"Q": "A", "W": "S", "E": "D"}


def call_command(host: ModelHost, name: str, args: list[Any], span: Span) -> Any:
    """Run a command, or say why it cannot run."""
    if name in DISTRIBUTIONS:
        return _draw(name, args, span)
    command = COMMANDS.get(name)
    if command is not None:
        try:
            return command(host, args, span)
        except (IndexError, ValueError, TypeError, OverflowError):
            signature = commands().get(name, f"{name}(…)")
            raise FlexScriptError(
                f"{name}() cannot take these arguments.",
                span,
                f"It is called as {signature}.",
                "arguments",
            ) from None
    if name in REFUSED:
        raise FlexScriptError(
            f"{name}() is refused: scripts may not use files, the network or other programs.",
            span,
            code="refused",
        )
    if name in QUIET:
        if name in ("print", "msg", "pt"):
            host.print(" ".join(text_of(x) for x in args))
        return 0
    if name in commands() and name not in INVENTED:
        raise FlexScriptError(
            f"{name}() is a FlexSim command that this runtime does not support.",
            span,
            code="unsupported",
        )
    hint = suggestion(name, [*COMMANDS, *commands()])
    raise FlexScriptError(f"“{name}” does not exist in FlexScript.", span, hint, "unknown")


def _draw(name: str, args: list[Any], span: Span) -> Draw:
    wanted = DISTRIBUTIONS[name]
    if len(args) not in (wanted, wanted + 1) or not all(
        isinstance(x, int | float) for x in args[:wanted]
    ):
        raise FlexScriptError(
            f"{name}() takes {wanted} numbers and optionally a stream.",
            span,
            f"It is called as {commands().get(name, name)}.",
            "arguments",
        )
    return Draw(name, tuple(float(x) for x in args[:wanted]))


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
    if kind == "A" and source.class_name == "Sink":
        host.warn(f"The sink “{source.name}” has an output connection.", span, code="connection")
    host.model.connect(source, target, kind)  # type: ignore[arg-type]
    return 1


def _instance(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
    """createinstance(library().find("?Queue"), model()): the first argument names the class."""
    return host.create(str(args[0]).lstrip("?/").rsplit("/", 1)[-1], span)


def _set_variable(host: ModelHost, args: list[Any], span: Span) -> Any:
    item = host.object(args[0], span)
    prop = property_of_variable(item.class_name, str(args[1]))
    if prop is None:
        raise FlexScriptError(
            f"{item.class_name} has no variable “{args[1]}”.", span, code="property"
        )
    host.set_property(item, prop, args[2], span)
    return args[2]


def _set_node(host: ModelHost, args: list[Any], span: Span) -> Any:
    if isinstance(args[0], Variable):
        return _set_variable(host, [args[0].owner, args[0].name, args[1]], span)
    return args[1]


def _set_triple(attribute: str) -> Command:
    def command(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
        item = host.object(args[0], span)
        setattr(item, attribute, (*map(float, args[1:4]), 0.0, 0.0)[:3])
        return item

    return command


def _set_name(host: ModelHost, args: list[Any], span: Span) -> ModelObject:
    item = host.object(args[0], span)
    item.name = text_of(args[1])
    return item


def _set_label(host: ModelHost, args: list[Any], span: Span) -> Any:
    host.object(args[0], span).labels[str(args[1])] = args[2] if len(args) > 2 else 0
    return args[-1]


def _port(kind: str) -> Command:
    def command(host: ModelHost, args: list[Any], span: Span) -> Any:
        ports: list[ModelObject] = getattr(host.object(args[0], span), kind)
        return ports[int(args[1]) - 1] if 1 <= int(args[1]) <= len(ports) else None

    return command


def _count(kind: str) -> Command:
    return lambda host, args, span: len(getattr(host.object(args[0], span), kind))


def _exists(host: ModelHost, args: list[Any], _span: Span) -> int:
    return int(isinstance(args[0], ModelObject) and args[0] in host.model.objects)


def _math(function: Callable[..., Any]) -> Command:
    return lambda _host, args, _span: function(*args)


COMMANDS: dict[str, Command] = {
    "contextdragconnection": _connect,
    "objectconnect": lambda h, a, s: _connect(h, [a[0], a[1], "A"], s),
    "createinstance": _instance,
    "library": lambda _h, _a, _s: LibraryRoot(),
    "model": lambda _h, _a, _s: ModelRoot(),
    "maintree": lambda _h, _a, _s: ModelRoot(),
    "node": lambda h, a, _s: h.find(str(a[0])),
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
    "zloc": lambda h, a, s: h.object(a[0], s).location[2],
    "setname": _set_name,
    "getname": lambda h, a, s: h.object(a[0], s).name,
    "addlabel": _set_label,
    "setlabel": _set_label,
    "setlabelnum": _set_label,
    "setlabelstr": _set_label,
    "getlabel": lambda h, a, s: h.object(a[0], s).labels.get(str(a[1])),
    "getlabelnum": lambda h, a, s: h.object(a[0], s).labels.get(str(a[1]), 0),
    "label": lambda h, a, s: h.object(a[0], s).labels.get(str(a[1])),
    "inobject": _port("in_ports"),
    "outobject": _port("out_ports"),
    "centerobject": _port("center_ports"),
    "nrip": _count("in_ports"),
    "nrop": _count("out_ports"),
    "nrcp": _count("center_ports"),
    "Vec2": lambda _h, a, _s: FlexVector([float(x) for x in (a or [0, 0])]),
    "Vec3": lambda _h, a, _s: FlexVector([float(x) for x in (a or [0, 0, 0])]),
    "Vec4": lambda _h, a, _s: FlexVector([float(x) for x in (a or [0, 0, 0, 0])]),
    "Color": lambda _h, a, _s: FlexVector([float(x) for x in (a or [0, 0, 0])][:3], None, "color"),
    "Array": lambda _h, a, _s: FlexArray([None] * min(int(a[0]) if a else 0, 100_000)),
    "getstream": lambda _h, _a, _s: 0,
    "time": lambda _h, _a, _s: 0.0,
    "hours": lambda _h, a, _s: float(a[0]) * 3600,
    "minutes": lambda _h, a, _s: float(a[0]) * 60,
    "seconds": lambda _h, a, _s: float(a[0]),
    "days": lambda _h, a, _s: float(a[0]) * 86400,
    "concat": lambda _h, a, _s: "".join(text_of(x) for x in a),
    "numtostring": lambda _h, a, _s: text_of(a[0]),
    "stringtonum": lambda _h, a, _s: float(a[0]),
    "stringlen": lambda _h, a, _s: len(str(a[0])),
    "maxof": _math(max),
    "minof": _math(min),
    "fabs": _math(abs),
    "fmod": _math(math.fmod),
    "round": lambda _h, a, _s: math.floor(float(a[0]) + 0.5),
    "floor": lambda _h, a, _s: math.floor(a[0]),
    "ceil": lambda _h, a, _s: math.ceil(a[0]),
    "sqrt": _math(math.sqrt),
    "pow": _math(math.pow),
    "iff": lambda _h, a, _s: a[1] if truth(a[0]) else a[2],
}


class LibraryRoot:
    """library(): find gives the class name."""


class ModelRoot:
    """model(): find gives an object."""
