"""Methods of running objects and items: properties, messages, stops, sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..simulation.errors import SimulationError
from ..simulation.kernel import gates
from ..simulation.kernel.item import Item
from ..simulation.kernel.live import set_number
from ..simulation.kernel.node import Node
from ..simulation.library import CLASSES
from ..simulation.model import CodeValue, ModelObject, NumberValue, OptionValue
from ..simulation.states import STATE_NAMES
from .code_runner_support import fault, number, real, whole
from .diagnostics import START
from .names import suggestion
from .settings import property_name, property_of_variable
from .values import FlexVector

if TYPE_CHECKING:
    from .code_runner_host import LiveHost

Method = tuple[Callable[..., Any], int, str]  # what it does, how many arguments, its usage
_FIXED = frozenset({"setLocation", "setSize", "setRotation", "copy", "destroy", "create"})


def own_method(
    host: LiveHost, value: Any, name: str, arguments: list[Any], methods: Mapping[str, Method]
) -> Any:
    """Call a method of an object or item; raises FlexScriptError where there is none."""
    if name not in methods:
        if name in _FIXED:
            raise fault(f".{name}() is not possible while the model runs.", code="unsupported")
        hint = suggestion(name, [*methods, "as", "is"])
        raise fault(f"“{value.name}” has no method “{name}”.", hint, "method")
    method, least, usage = methods[name]
    if len(arguments) < least:
        raise fault(f".{name}() needs {least} or more arguments.", usage, "arguments")
    return method(host, value, *arguments)


# Properties


def get_property(host: LiveHost, node: Node, name: Any, *_: Any) -> Any:
    """Numbers and options as numbers, code as text."""
    class_name = node.source.class_name
    real_name, _alias = property_name(class_name, str(name))
    value = node.source.properties.get(real_name) or CLASSES[class_name].default(real_name)
    if isinstance(value, NumberValue | OptionValue):
        return host.changed.get((node, real_name), value.value)
    if isinstance(value, CodeValue):
        return value.text
    known = list(CLASSES[class_name].properties)
    hint = suggestion(real_name, known) if real_name not in known else None
    raise fault(f"{class_name} has no property “{name}” that code can read.", hint, "property")


def change_property(host: LiveHost, node: Node, name: Any, value: Any, *_: Any) -> Node:
    real_name, _alias = property_name(node.source.class_name, str(name))
    try:
        set_number(node, real_name, float(number(value)))
    except SimulationError as error:
        raise fault(f"{error.message}.", error.hint, "property") from None
    host.changed[node, real_name] = number(value)
    return node


def set_variable(host: LiveHost, value: Any, name: Any, new: Any) -> Any:
    """setvarnum: a tree variable by the property that it stands behind."""
    node = host.node(value)
    change_property(host, node, property_of_variable(node.source.class_name, str(name)), new)
    return new


def get_variable(host: LiveHost, value: Any, name: Any) -> Any:
    node = host.node(value)
    return get_property(host, node, property_of_variable(node.source.class_name, str(name)))


# Stops


def stop(host: LiveHost, node: Node, state: Any = 20, ident: Any = 0, *_: Any) -> int:
    node.stop(_state(state))
    host.stops.setdefault(node, []).append((whole(ident), _state(state)))
    return 1


def resume(host: LiveHost, node: Node, ident: Any = 0, *_: Any) -> int:
    """The last stop with that id ends when this event is over."""
    made = host.stops.get(node, [])
    found = next((one for one in reversed(made) if one[0] == whole(ident)), None)
    if found is None:
        host.world.warn(f"{node.name}: resumed, but no stop has the id {whole(ident)}")
        return 0
    made.remove(found)
    host.world.clock.later.append((node.resume, found[1]))
    return 1


def set_state(_: LiveHost, node: Node, state: Any, *__: Any) -> Node:
    """Show that state until the rules of the object show another one."""
    node.set_state(_state(state))
    return node


def _state(value: Any) -> int:
    state = whole(value)
    if state not in STATE_NAMES:
        raise fault(f"There is no state {state}.", "Use STATE_SCHEDULED_DOWN, for example.")
    return state


# Items


def set_item_size(_: LiveHost, item: Item, first: Any, *__: Any) -> Item:
    """The length counts, on conveyors; width and height are for the eye."""
    length = real(first.parts[0] if isinstance(first, FlexVector) else first)
    if not length > 0:
        raise fault(f"An item cannot be {length:g} m long.", "Give a length above 0.")
    item.length = length
    return item


def destroy_item(_: LiveHost, item: Item, *__: Any) -> int:
    """item.destroy() and destroyobject(item): when the event that asks for it is over."""
    gates.destroy_item(item)
    return 1


def _nothing_to_see(_: LiveHost, item: Item, *__: Any) -> Item:
    return item


def find(host: LiveHost, start: Any, path: Any) -> Any:
    """obj.find("../Name"): objects lie side by side, so that the name decides."""
    return host.find(str(path), start)


def _vector(name: str) -> Callable[..., Any]:
    """obj.getLocation() and its like; factors choose a point of the object."""

    def get(host: LiveHost, node: Node, *factors: Any) -> Any:
        twin = ModelObject(node.name, node.source.class_name, node.source.location)
        twin.size, twin.rotation = node.source.size, node.source.rotation
        given = [real(factor) for factor in factors]
        return host.plain.call_method(twin, name, given, START)

    return get


OBJECT_METHODS: dict[str, Method] = {
    "find": (find, 1, 'Write x.find("../Name").'),
    **{name: (_vector(name), 0, "") for name in ("getLocation", "getSize", "getRotation")},
    "setProperty": (change_property, 2, 'Write x.setProperty("ProcessTime", 10).'),
    "getProperty": (get_property, 1, 'Write x.getProperty("ProcessTime").'),
    "message": (lambda host, *given: host.send(*given), 2, "Write x.message(delay, current, 1)."),
    "stop": (stop, 0, "Write x.stop(STATE_BREAKDOWN)."),
    "resume": (resume, 0, "Write x.resume(STATE_BREAKDOWN)."),
    "setState": (set_state, 1, "Write x.setState(STATE_BREAKDOWN)."),
}
ITEM_METHODS: dict[str, Method] = {
    "setSize": (set_item_size, 1, "Write item.setSize(1.2, 0.8, 0.5)."),
    "setLocation": (_nothing_to_see, 0, ""),
    "setRotation": (_nothing_to_see, 0, ""),
    "destroy": (destroy_item, 0, ""),
    "find": (find, 1, 'Write item.find(">labels/Type").'),
}
