"""Task sequences made by code: commands of older scripts, the class TaskSequence, operators.

Choices where FlexSim's manual is silent: LOAD and UNLOAD do what FRLOAD and FRUNLOAD do;
the variables of SENDMESSAGE are three parameters and a delay; those of DELAY a time and a
state; those of UTILIZE a state; a sequence that is being carried out takes no more tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.errors import SimulationError
from ..simulation.kernel import gates
from ..simulation.kernel.executer import Dispatcher
from ..simulation.kernel.handling import Load, Unload
from ..simulation.kernel.item import Item
from ..simulation.kernel.node import Node
from ..simulation.kernel.operators import Loan, Utilize
from ..simulation.kernel.station import Station
from ..simulation.kernel.tasks import Act, Break, Delay, Task, TaskSequence, Travel, TravelTo
from ..simulation.model import ModelObject
from ..simulation.states import STATE_NAMES, State
from .code_runner_support import described, fault, real, whole
from .names import suggestion
from .task_types import KINDS

if TYPE_CHECKING:
    from .code_runner_host import LiveHost

MAX_TASKS = 10_000  # of one sequence
_NUMBERS = {name: number for number, name in enumerate(KINDS, 1)}


# What the arguments of a task are


def _sequence(value: Any) -> TaskSequence:
    if isinstance(value, TaskSequence):
        return value
    hint = "Make one: TaskSequence.create(dispatcher, priority, preempt)."
    raise fault(f"A task sequence is needed here, not {described(value)}.", hint, "type")


def _item(value: Any) -> Item:
    if isinstance(value, Item):
        return value
    raise fault(f"An item is needed here, not {described(value)}.", code="type")


def _station(host: LiveHost, value: Any) -> Station:
    node = host.node(value)
    if isinstance(node, Station):
        return node
    raise fault(f"A fixed resource is needed here, not {described(value)}.", code="type")


def _dispatcher(host: LiveHost, value: Any) -> Dispatcher:
    node = host.node(value)
    if isinstance(node, Dispatcher):
        return node
    text = f"A dispatcher or task executer is needed here, not {described(value)}."
    raise fault(text, code="type")


def _goal(value: Any) -> ModelObject:
    """What one may travel to: any object, network nodes and control points included."""
    if isinstance(value, Node):
        return value.source
    if isinstance(value, ModelObject):
        return value
    raise fault(f"An object is needed here, not {described(value)}.", code="type")


def _state(value: Any, default: State) -> State:
    number = whole(value)
    if number == 0:
        return default
    if number not in STATE_NAMES:
        raise fault(f"There is no state {number}.", "Use STATE_BUSY, for example.")
    return State(number)


# Tasks by type: (host, first involved, second involved, variables)

Given = tuple[Any, ...]
Maker = Callable[["LiveHost", Any, Any, Given], Task]


def _utilize(host: LiveHost, involved: Any, station: Any, given: Given) -> Task:
    node = host.node(station) if station is not None else None
    return Utilize(node, involved, None, _state(given[0], State.UTILIZE))


def _delay(_: LiveHost, __: Any, ___: Any, given: Given) -> Task:
    return Delay(max(0.0, real(given[0])), _state(given[1], State.IDLE))


def _message(host: LiveHost, to: Any, sender: Any, given: Given) -> Task:
    node = host.node(to)
    return Act("SENDMESSAGE", lambda: host.send(node, given[3], sender, *given[:3]))


def _move(host: LiveHost, item: Any, target: Any, _: Given) -> Task:
    moved, station = _item(item), _station(host, target)
    return Act("MOVEOBJECT", lambda: gates.move_item(moved, station))


def _destroy(_: LiveHost, item: Any, __: Any, ___: Given) -> Task:
    gone = _item(item)
    return Act("DESTROYOBJECT", lambda: gates.destroy_item(gone))


def _free(host: LiveHost, team: Any, involved: Any, _: Given) -> Task:
    lent = _dispatcher(host, team)
    return Act("FREEOPERATORS", lambda: lent.free(involved))


def _load(host: LiveHost, item: Any, station: Any, _: Given) -> Task:
    return Load(_item(item), _station(host, station))


def _unload(host: LiveHost, item: Any, station: Any, given: Given) -> Task:
    return Unload(_item(item), _station(host, station), whole(given[0]))


_MAKERS: dict[str, Maker] = {
    "TRAVEL": lambda _, goal, __, ___: Travel(_goal(goal)),
    "LOAD": _load,
    "FRLOAD": _load,
    "UNLOAD": _unload,
    "FRUNLOAD": _unload,
    "UTILIZE": _utilize,
    "BREAK": lambda *_: Break(),
    "DELAY": _delay,
    "SENDMESSAGE": _message,
    "MOVEOBJECT": _move,
    "DESTROYOBJECT": _destroy,
    "FREEOPERATORS": _free,
    "TRAVELTOLOC": lambda _, __, ___, given: TravelTo(real(given[0]), real(given[1])),
    "TRAVELRELATIVE": lambda _, __, ___, given: TravelTo(
        real(given[0]), real(given[1]), relative=True
    ),
}


def _add(host: LiveHost, value: Any, kind: Any, *given: Any) -> int:
    """inserttask(sequence, type, involved1, involved2, var1 … var4): the task's rank."""
    sequence, number = _sequence(value), whole(kind)
    if not 1 <= number <= len(KINDS):
        raise fault(f"There is no task type {number}.", "Use TASKTYPE_TRAVEL, for example.")
    if KINDS[number - 1] not in _MAKERS:
        text = f"TASKTYPE_{KINDS[number - 1]} is not supported in a run here."
        raise fault(text, code="unsupported")
    if sequence.dispatcher is None or len(sequence.tasks) >= MAX_TASKS:
        raise fault("This task sequence takes no more tasks.", "Add them before dispatching it.")
    one, other = (*given[:2], None, None)[:2]
    variables = (*given[2:], 0, 0, 0, 0)[:4]
    sequence.tasks.append(_MAKERS[KINDS[number - 1]](host, one, other, variables))
    return len(sequence.tasks)


def _create(host: LiveHost, team: Any, priority: Any = 0, preempt: Any = 0) -> TaskSequence:
    kind = whole(preempt)
    if not 0 <= kind <= 3:
        raise fault(f"There is no preempting {kind}.", "Give 0 (none), 1, 2 or 3.", "arguments")
    sequence = TaskSequence(real(priority), kind)
    sequence.dispatcher = _dispatcher(host, team)
    return sequence


def _dispatch(_: LiveHost, value: Any) -> int:
    sequence = _sequence(value)
    if sequence.dispatcher is None:
        raise fault("This task sequence has been dispatched before.", code="run")
    dispatcher, sequence.dispatcher = sequence.dispatcher, None
    dispatcher.submit(sequence)
    return 1


def _short(*kinds: str) -> Callable[..., int]:
    """createtravelloadtask(executer, station, item, priority, preempt) and its like."""

    def command(host: LiveHost, team: Any, station: Any, *rest: Any) -> int:
        carries = kinds[-1] != "TRAVEL"
        item, order = (rest[0], rest[1:]) if carries else (None, rest)
        sequence = _create(host, team, *order[:2])
        for kind in kinds:
            travels = kind == "TRAVEL"
            _add(host, sequence, _NUMBERS[kind], *((station,) if travels else (item, station)))
        return _dispatch(host, sequence)

    return command


def _standard(
    host: LiveHost,
    team: Any,
    origin: Any,
    target: Any,
    item: Any,
    priority: Any = 0,
    preempt: Any = 0,
) -> int:
    """createstandardtask: travel, load, break, travel, unload."""
    sequence = _create(host, team, priority, preempt)
    for kind, one, other in (
        ("TRAVEL", origin, None),
        ("FRLOAD", item, origin),
        ("BREAK", None, None),
        ("TRAVEL", target, None),
        ("FRUNLOAD", item, target),
    ):
        _add(host, sequence, _NUMBERS[kind], one, other)
    return _dispatch(host, sequence)


def _delay_task(host: LiveHost, team: Any, time: Any, state: Any = 0, *order: Any) -> int:
    sequence = _create(host, team, *order[:2])
    _add(host, sequence, _NUMBERS["DELAY"], None, None, time, state)
    return _dispatch(host, sequence)


# Operators


def _request(
    host: LiveHost,
    team: Any,
    station: Any,
    involved: Any,
    count: Any = 1,
    priority: Any = 0,
    preempt: Any = 0,
) -> int:
    """requestoperators: the station stops until all are there; they stay until freed."""
    wanted = whole(count)
    if wanted < 1:
        return 0
    loan = Loan(host.node(station), involved)
    try:
        loan.borrow(_dispatcher(host, team), wanted, real(priority), whole(preempt))
    except SimulationError as error:
        raise fault(f"{error.object}: {error.message}.", error.hint) from None
    return 1


def _free_operators(host: LiveHost, team: Any, involved: Any) -> int:
    """freeoperators: when this event is over, they are free."""
    lent = _dispatcher(host, team)
    host.world.clock.later.append((lent.free, involved))
    return 1


# What can be asked of a sequence


def _task(value: Any, rank: Any) -> Task:
    sequence, place = _sequence(value), whole(rank)
    if not 1 <= place <= len(sequence.tasks):
        raise fault(f"The task sequence has no task {place}.", code="index")
    return sequence.tasks[place - 1]


def _kind(_: LiveHost, value: Any, rank: Any) -> int:
    return _NUMBERS[_task(value, rank).kind]


def _involved(host: LiveHost, value: Any, rank: Any, which: Any = 1) -> Any:
    task = _task(value, rank)
    if isinstance(task, Load | Unload):
        found: tuple[Any, ...] = (task.item, task.station)
    elif isinstance(task, Utilize):
        found = (task.involved, task.station)
    else:
        found = (host.running(task.goal),) if isinstance(task, Travel) else ()
    place = whole(which)
    return found[place - 1] if 1 <= place <= len(found) else None


def _set(name: str, convert: Callable[[Any], Any]) -> Callable[..., Any]:
    def command(_: LiveHost, value: Any, new: Any) -> Any:
        setattr(_sequence(value), name, convert(new))
        return new

    return command


TASKS: dict[str, Callable[..., Any]] = {
    "createemptytasksequence": _create,
    "inserttask": _add,
    "dispatchtasksequence": _dispatch,
    "createtraveltask": _short("TRAVEL"),
    "createloadtask": _short("FRLOAD"),
    "createunloadtask": _short("FRUNLOAD"),
    "createtravelloadtask": _short("TRAVEL", "FRLOAD"),
    "createtravelunloadtask": _short("TRAVEL", "FRUNLOAD"),
    "createstandardtask": _standard,
    "createdelaytask": _delay_task,
    "requestoperators": _request,
    "freeoperators": _free_operators,
    "getpriority": lambda _, value: _sequence(value).priority,
    "setpriority": _set("priority", real),
    "getpreempt": lambda _, value: _sequence(value).preempt,
    "setpreempt": _set("preempt", whole),
    "gettotalnroftasks": lambda _, value: len(_sequence(value).tasks),
    "getnroftasks": lambda _, value: len(_sequence(value).tasks) - _sequence(value).rank,
    "gettasktype": _kind,
    "gettaskinvolved": _involved,
}
_METHODS: dict[str, Callable[..., Any]] = {"addTask": _add, "dispatch": _dispatch}
_MEMBERS = {"priority": real, "preempt": whole}


def sequence_method(host: LiveHost, sequence: TaskSequence, name: str, given: list[Any]) -> Any:
    """sequence.addTask(type, …) and sequence.dispatch()"""
    if name not in _METHODS:
        hint = suggestion(name, list(_METHODS))
        raise fault(f"A task sequence has no method “{name}”.", hint, "method")
    try:
        return _METHODS[name](host, sequence, *given)
    except TypeError:
        hint = "Write sequence.addTask(TASKTYPE_TRAVEL, destination)."
        raise fault(f".{name}() cannot take these arguments.", hint, "arguments") from None


def sequence_class_method(host: LiveHost, name: str, given: list[Any]) -> TaskSequence:
    """TaskSequence.create(dispatcher, priority, preempt)"""
    if name != "create" or not 1 <= len(given) <= 3:
        hint = "Write TaskSequence.create(dispatcher, priority, preempt)."
        raise fault(f"TaskSequence.{name} cannot be called like this.", hint, "method")
    return _create(host, *given)


def sequence_member(sequence: TaskSequence, name: str) -> Any:
    if name not in _MEMBERS:
        hint = suggestion(name, list(_MEMBERS))
        raise fault(f"A task sequence has no member “{name}”.", hint, "member")
    return getattr(sequence, name)


def set_sequence_member(sequence: TaskSequence, name: str, new: Any) -> None:
    sequence_member(sequence, name)
    setattr(sequence, name, _MEMBERS[name](new))
