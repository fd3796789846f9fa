"""Commands that act on the flow of items: ports closed and opened, items released and moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.errors import SimulationError
from ..simulation.kernel import gates
from ..simulation.kernel.item import Item
from ..simulation.kernel.station import Station
from .code_runner_methods import destroy_item
from .code_runner_support import described, fault, whole
from .code_runner_views import Gate

if TYPE_CHECKING:
    from .code_runner_host import LiveHost

GATES = ("input", "output")
_ACTIONS: dict[tuple[str, str], Callable[..., None]] = {
    ("input", "close"): gates.close_input,
    ("input", "open"): gates.open_input,
    ("output", "close"): gates.close_output,
    ("output", "open"): gates.open_output,
    # Stopping and resuming are told apart from these by FlexSim's view only.
    ("input", "stop"): gates.close_input,
    ("input", "resume"): gates.open_input,
    ("output", "stop"): gates.close_output,
    ("output", "resume"): gates.open_output,
}


def gate_method(_: LiveHost, gate: Gate, name: str, __: list[Any]) -> int:
    """obj.input.close() and its like."""
    action = _ACTIONS.get((gate.name, name))
    if action is None:
        raise fault(f".{gate.name} has no method “{name}”.", "Use close() and open().", "method")
    action(_station(gate.owner))
    return 1


def _station(value: Any) -> Station:
    if isinstance(value, Station):
        return value
    raise fault(f"A fixed resource is needed here, not {described(value)}.", code="type")


def _item(value: Any) -> Item:
    if isinstance(value, Item):
        return value
    raise fault(f"An item is needed here, not {described(value)}.", code="type")


def _gate(side: str, action: str) -> Callable[..., int]:
    def act(host: LiveHost, value: Any, *_: Any) -> int:
        _ACTIONS[side, action](_station(host.node(value)))
        return 1

    return act


def _port(side: str, action: str) -> Callable[..., int]:
    def act(host: LiveHost, value: Any, port: Any) -> int:
        _ACTIONS[side, action](_station(host.node(value)), whole(port))
        return 1

    return act


def _available(check: Callable[[Station, int], bool]) -> Callable[..., int]:
    def available(host: LiveHost, value: Any, port: Any) -> int:
        return int(check(_station(host.node(value)), whole(port)))

    return available


def _release(_: LiveHost, item: Any, port: Any = None) -> int:
    gates.release_item(_item(item), None if port is None else whole(port))
    return 1


def _move(host: LiveHost, item: Any, target: Any, port: Any = 0) -> int:
    try:
        gates.move_item(_item(item), _station(host.node(target)), whole(port))
    except SimulationError as error:
        raise fault(f"{error.message}.", error.hint) from None
    return 1


def _destroy(host: LiveHost, item: Any) -> int:
    return destroy_item(host, _item(item))


FLOW: dict[str, Callable[..., Any]] = {
    **{
        f"{action}{side}": _gate(side, action)
        for side in GATES
        for action in ("close", "open", "stop", "resume")
    },
    "closeip": _port("input", "close"),
    "openip": _port("input", "open"),
    "closeop": _port("output", "close"),
    "openop": _port("output", "open"),
    "ipavailable": _available(gates.input_is_available),
    "opavailable": _available(gates.output_is_available),
    "releaseitem": _release,
    "moveobject": _move,
    "destroyobject": _destroy,
}
