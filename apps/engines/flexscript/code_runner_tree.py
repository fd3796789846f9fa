"""Commands of runs that treat the model as a tree: ranks, variables, states, code in texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..simulation.code import CodeError
from ..simulation.kernel.item import Item
from ..simulation.kernel.ranks import neighbour_of, rank_of, set_rank
from . import code_runner_methods as methods
from .code_runner_support import described, fault, shown, whole

if TYPE_CHECKING:
    from .code_runner_host import LiveHost

OF_ITEMS = frozenset({"rank", "next", "prev"})
"""Members of items that their place in a station gives."""


def item_member(item: Item, name: str) -> Any:
    """item.rank, item.next, item.prev"""
    return rank_of(item) if name == "rank" else neighbour_of(item, 1 if name == "next" else -1)


def set_item_rank(item: Any, rank: Any) -> Any:
    """item.rank = 1, setrank(item, 1)"""
    if not isinstance(item, Item):
        text = f"Only an item can change its rank in a run, not {described(item)}."
        raise fault(text, code="unsupported")
    set_rank(item, whole(rank))
    return item


def _set_state(host: LiveHost, value: Any, state: Any, *_: Any) -> int:
    methods.set_state(host, host.node(value), state)
    return 1


def _set_variable_text(host: LiveHost, value: Any, name: Any, text: Any) -> Any:
    """setvarstr: in a run a property can only become a constant."""
    try:
        number = float(shown(text))
    except ValueError:
        hint = "Give the number as a text, or let the code of the property decide."
        raise fault("Code cannot change while the model runs.", hint, "unsupported") from None
    methods.set_variable(host, value, name, number)
    return text


def _execute(host: LiveHost, text: Any, *params: Any) -> Any:
    """executestring(code, current, p1, p2 …): what the code returns."""
    current, given, text = host.current, host.params, shown(text)
    host.budget.spend(1 + len(text) // 10)
    try:
        code = host.compiled(text)
    except CodeError as error:
        place = f"line {error.line}, column {error.column} of the string"
        raise fault(f"{error.message} ({place})", error.hint) from None
    named = params[0] if params and params[0] is not None else current
    host.budget.enter()
    try:
        with host.budget.shared():
            return code(host.node(named), tuple(params[1:]) or given)
    except CodeError as error:
        raise fault(error.message, error.hint) from None
    finally:
        host.current, host.params = current, given
        host.budget.leave()


def _stop(host: LiveHost, *_: Any) -> int:
    """stop(): the run ends here, as FlexSim's is halted."""
    asked = host.current.name if host.current is not None else "The code"
    host.world.warn(f"{asked}: stop() has ended the run early")
    host.world.clock.halt()
    return 1


TREE: dict[str, Callable[..., Any]] = {
    "setrank": lambda _, item, rank: set_item_rank(item, rank),
    "setstate": _set_state,
    "setvarstr": _set_variable_text,
    "getvarstr": lambda host, value, name: shown(methods.get_variable(host, value, name)),
    "executestring": _execute,
    "stop": _stop,
    "runspeed": lambda *_: 0,
}
