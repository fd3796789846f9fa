"""Commands (free functions) that code may call while the model runs."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..simulation.distributions import ARGUMENTS, TABLE_LAWS
from ..simulation.kernel.item import Item
from ..simulation.states import State
from . import code_runner_methods as methods
from . import groups
from .code_runner_flow import FLOW
from .code_runner_host import LiveHost
from .code_runner_legacy import LEGACY
from .code_runner_lists import global_list, list_command
from .code_runner_support import described, fault, number, real, shown, whole
from .code_runner_tasks import TASKS
from .code_runner_tree import TREE
from .code_runner_views import Contents, statistic
from .commands import QUIET, REFUSED
from .diagnostics import NO_OUTSIDE, START, FlexScriptError, Span
from .interpreter import TYPES
from .names import INVENTED, commands, suggestion
from .task_types import PREEMPTING, TASK_TYPES
from .values import ClassName, FlexArray, FlexMap, FlexTable, FlexVector, truth

Command = Callable[..., Any]
_WHOLE_LAWS = frozenset({"duniform", "binomial", "negbinomial", "geometric", "poisson"})
CONSTANTS: dict[str, Any] = {
    "PI": math.pi, "STAT_CURRENT": 1, "STAT_AVERAGE": 2, "STAT_MIN": 3, "STAT_MAX": 4,
    **{f"STATE_{state.name}": int(state) for state in State},
    **TASK_TYPES, **PREEMPTING,
    "STATE_WAITING_FOR_TRANSPORTER": int(State.WAITING_FOR_TRANSPORT),
    "STATE_SCHEDULED_DOWN": int(State.SCHEDULED_DOWN),
    "NULL": None, "nullvar": None, "true": 1, "false": 0, "c": None,
}  # fmt: skip
_PRINTING = ("print", "msg", "mpt", "mpd", "mpf", "mpr", "pt", "pd", "pf", "pr")
_NOTHING_TO_SEE = frozenset(
    {"repaintall", "updatestates", "setviewtext", "clearconsole", "colorred", "colorblue",
     "colorgreen", "coloryellow", "colorrandom", "colorarray", "setcolor", "applicationcommand",
     "colorwhite", "colorblack"}
) | {name for name in QUIET if name.startswith("switch_")}  # fmt: skip
_STATISTICS = {1: "current", 2: "average", 3: "min", 4: "max"}


def constant(name: str, span: Span) -> Any:
    """The value of a name that is neither variable nor type; raises FlexScriptError."""
    if name in CONSTANTS:
        return CONSTANTS[name]
    hint = suggestion(name, [*CONSTANTS, *TYPES, "current", "item", "port"])
    hint = hint or f"Declare it first, for example: Variant {name} = 0;"
    raise FlexScriptError(f"“{name}” is not declared.", span, hint, "name")


def check_command(name: str, span: Span) -> None:
    """Raise FlexScriptError when code that runs cannot call it."""
    if name in COMMANDS:
        return
    if name in REFUSED:
        raise FlexScriptError(f"{name}() {NO_OUTSIDE}", span, code="refused")
    if name in set(commands()) - set(INVENTED):
        text = f"{name}() is a FlexSim command that a run here does not support."
        raise FlexScriptError(text, span, code="unsupported")
    hint = suggestion(name, [*COMMANDS, *commands()])
    raise FlexScriptError(f"“{name}” does not exist in FlexScript.", span, hint, "unknown")


def call_command(host: LiveHost, name: str, arguments: list[Any]) -> Any:
    """Run a command."""
    try:
        return COMMANDS[name](host, *arguments)
    except (IndexError, ValueError, TypeError, AttributeError):
        usage = commands().get(name)
        hint = f"It is called as {usage}." if usage else None
        raise fault(f"{name}() cannot take these arguments.", hint, "arguments") from None


# Chance


def _law(name: str) -> Command:
    wanted = 1 if name in TABLE_LAWS else ARGUMENTS[name]

    def drawn(host: LiveHost, *given: Any) -> float:
        if len(given) not in (wanted, wanted + 1):
            raise TypeError
        stream = given[wanted] if len(given) > wanted else None
        if name in TABLE_LAWS:
            return host.draw(name, [_rows(host, given[0])], stream)
        args = [number(item) for item in given[:wanted]]
        value = host.draw(name, args, stream)
        return int(value) if name in _WHOLE_LAWS and value == int(value) else value

    return drawn


def _rows(host: LiveHost, value: Any) -> list[list[float]]:
    """Rows of percent and value of a table, of the table of that name or of nested Arrays."""
    table = host.plain.table(value) if isinstance(value, str) else value
    if isinstance(table, FlexTable):
        rows = [list(row) for row in table.rows]
    else:
        rows = [row.items for row in getattr(table, "items", []) if isinstance(row, FlexArray)]
    if not rows or not all(len(row) >= 2 for row in rows):
        hint = "Give the rows as [[percent, value], [percent, value]]."
        raise fault(f"A table of percents is needed, not {described(value)}.", hint, "type")
    return [[real(cell) for cell in row[:2]] for row in rows]


# Objects and labels


def _port(kind: str) -> Command:
    def port(host: LiveHost, value: Any, index: Any) -> Any:
        ports = getattr(host.node(value).source, kind)
        place = whole(index)
        return host.running(ports[place - 1]) if 1 <= place <= len(ports) else None

    return port


def _ports(kind: str) -> Command:
    return lambda host, value: len(getattr(host.node(value).source, kind))


def _across(*, of_output: bool) -> Command:
    return lambda host, value, port: host.node(value).source.port_across(
        whole(port), of_output=of_output
    )


def _label(host: LiveHost, value: Any, name: Any) -> Any:
    owner = host.labelled(value)
    if name not in owner.labels:
        hint = f"Set it first: {owner.name}.{name} = 0;"
        raise fault(f"“{owner.name}” has no label “{name}”.", hint, "member")
    return owner.labels[name]


def _set_label(host: LiveHost, value: Any, name: Any, new: Any = 0) -> Any:
    host.set_label(host.labelled(value), str(name), new)
    return new


def _item(value: Any) -> Item:
    if isinstance(value, Item):
        return value
    raise fault(f"Only an item can do this in a run, not {described(value)}.", code="unsupported")


def _content(host: LiveHost, value: Any) -> int:
    return int(host.get_member(Contents(host.labelled(value)), "length", START))


def _getstat(host: LiveHost, value: Any, name: str, part: Any = 1, *_: Any) -> float:
    return statistic(host.node(value), str(name).lower(), _STATISTICS[whole(part)])


def _send_message(host: LiveHost, to: Any, sender: Any, *rest: Any) -> int:
    return host.send(host.node(to), 0, sender, *rest)


def _send_later(host: LiveHost, to: Any, delay: Any, sender: Any, *rest: Any) -> int:
    return host.send(host.node(to), delay, sender, *rest)


# Text and numbers


def _print(host: LiveHost, *given: Any) -> int:
    host.print(" ".join(shown(item) for item in given))
    return 0


def _rounded(value: Any, digits: Any = 0) -> float:
    """Halves go up."""
    scale = 10.0 ** whole(digits)
    return math.floor(real(value) * scale + 0.5) / scale


MATH: dict[str, Callable[..., Any]] = {
    **{name: getattr(math, name) for name in (
        "sqrt", "exp", "log", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan",
        "atan2", "sinh", "cosh", "tanh", "fmod", "degrees", "radians", "hypot", "ceil", "floor",
        "trunc",
    )},
    "abs": abs, "fabs": lambda x: abs(float(x)), "min": min, "max": max,
    "pow": math.pow, "round": _rounded, "sqr": lambda x: x * x,
    "frac": lambda x: math.modf(x)[0], "sign": lambda x: (x > 0) - (x < 0),
}  # fmt: skip


def call_math(name: str, arguments: list[Any]) -> Any:
    """Math.sqrt(x) and its like."""
    function = MATH.get(name)
    if function is None:
        raise fault(f"Math has no function “{name}”.", suggestion(name, list(MATH)), "method")
    try:
        return function(*(number(item) for item in arguments))
    except (TypeError, ValueError):
        given = ", ".join(shown(item) for item in arguments)
        raise fault(f"Math.{name} cannot take ({given}).", code="arguments") from None


def _math(name: str) -> Command:
    return lambda _, *given: call_math(name, list(given))


def _vector(size: int) -> Command:
    def made(_: LiveHost, *parts: Any) -> FlexVector:
        given = [real(part) for part in parts[:size]]
        return FlexVector([*given, *[0.0] * (size - len(given))])

    return made


def _group_command(name: str) -> Command:
    return lambda host, *given: groups.COMMANDS[name](host, list(given), START)


COMMANDS: dict[str, Command] = {
    **{name: _law(name) for name in (*ARGUMENTS, *TABLE_LAWS)},
    **{name: _vector(size) for name, size in (("Vec2", 2), ("Vec3", 3), ("Vec4", 4), ("Color", 3))},
    **{
        name: _math(name)
        for name in (
            "fabs",
            "fmod",
            "round",
            "floor",
            "ceil",
            "sqrt",
            "pow",
            "exp",
            "log",
            "sin",
            "cos",
            "tan",
            "atan2",
            "trunc",
            "asin",
            "acos",
            "log10",
        )
    },
    "max": lambda _, one, two: call_math("max", [one, two]),
    "min": lambda _, one, two: call_math("min", [one, two]),
    "maxof": lambda _, *given: call_math("max", list(given)),
    "minof": lambda _, *given: call_math("min", list(given)),
    "seconds": lambda _, value: number(value),
    "minutes": lambda _, value: number(value) * 60.0,
    "hours": lambda _, value: number(value) * 3_600.0,
    "days": lambda _, value: number(value) * 86_400.0,
    "iff": lambda _, test, one, two: one if truth(test) else two,
    "stringlen": lambda _, text: len(shown(text)),
    "model": lambda *_: ClassName("Model"),
    "maintree": lambda *_: ClassName("Model"),
    **dict.fromkeys(_PRINTING, _print),
    **dict.fromkeys(_NOTHING_TO_SEE, lambda *_: 0),
    "getstream": LiveHost.stream_number,
    "param": LiveHost.param,
    "msgparam": lambda host, index: host.param(whole(index) + 1),
    "ownerobject": lambda host, *_: host.current,
    "time": lambda host: host.world.clock.now,
    "node": lambda host, path, start=None: host.find(str(path), start),
    "objectexists": lambda _, value: int(value is not None),
    "inobject": _port("in_ports"),
    "outobject": _port("out_ports"),
    "centerobject": _port("center_ports"),
    "nrip": _ports("in_ports"),
    "nrop": _ports("out_ports"),
    "nrcp": _ports("center_ports"),
    "opipno": _across(of_output=True),
    "ipopno": _across(of_output=False),
    **dict.fromkeys(("getlabel", "getlabelnum", "getlabelstr", "label"), _label),
    **dict.fromkeys(("setlabel", "setlabelnum", "setlabelstr", "addlabel"), _set_label),
    "getitemtype": lambda host, item: _label(host, item, "Type"),
    "setitemtype": lambda host, item, new: _set_label(host, item, "Type", new),
    "getname": lambda host, value: host.labelled(value).name,
    "setname": lambda host, value, new: host.set_member(value, "name", new, START),
    "content": _content,
    "getcreationtime": lambda _, item: _item(item).born,
    "getentrytime": lambda _, item: _item(item).entered,
    "getinput": lambda host, value: host.node(value).input,
    "getoutput": lambda host, value: host.node(value).output,
    "getstatenum": lambda host, value: host.node(value).state,
    "getstat": _getstat,
    "sendmessage": _send_message,
    "senddelayedmessage": _send_later,
    "stopobject": lambda host, value, *given: methods.stop(host, host.node(value), *given),
    "resumeobject": lambda host, value, *given: methods.resume(host, host.node(value), *given),
    "setvarnum": methods.set_variable,
    "getvarnum": methods.get_variable,
    "setsize": lambda host, item, *size: methods.set_item_size(host, _item(item), *size),
    "setloc": lambda _, item, *__: _item(item),
    "setrot": lambda _, item, *__: _item(item),
    "concat": lambda _, *given: "".join(shown(item) for item in given),
    "stringtonum": lambda _, text: real(float(text)),
    **LEGACY,
    **FLOW,
    **TASKS,
    **TREE,
    **{name: _group_command(name) for name in groups.COMMANDS},
    "List": global_list,
    "listpush": list_command("push"),
    "listpull": list_command("pull"),
    "Array": lambda host, size=0: host.budget.array_of(size),
    "Map": lambda _: FlexMap(),
    "Table": lambda host, name: host.plain.table(str(name)),
}
