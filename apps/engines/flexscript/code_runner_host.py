"""Running objects and items as code sees them: members, labels, ports, statistics, methods."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

from ..simulation.code import Code
from ..simulation.distributions import ARGUMENTS, Sampler, draw, sampler
from ..simulation.errors import SimulationError
from ..simulation.kernel.conveyor import Conveyor
from ..simulation.kernel.item import Item
from ..simulation.kernel.node import Node
from ..simulation.kernel.simulation import Simulation
from ..simulation.kernel.tasks import TaskSequence
from ..simulation.model import ModelObject
from ..simulation.states import STATE_NAMES
from ..simulation.streams import FIRST_NUMBER, Stream
from . import groups
from .code_runner_belts import (
    BeltItem,
    ItemData,
    belt_item,
    belt_item_member,
    belt_item_method,
    send_item,
)
from .code_runner_flow import GATES, gate_method
from .code_runner_lists import list_method
from .code_runner_methods import ITEM_METHODS, OBJECT_METHODS, own_method, set_item_size
from .code_runner_support import Budget, described, fault, number, shown, whole
from .code_runner_tasks import (
    sequence_class_method,
    sequence_member,
    sequence_method,
    set_sequence_member,
)
from .code_runner_tree import OF_ITEMS, item_member, set_item_rank
from .code_runner_views import (
    Contents,
    FixedVector,
    Gate,
    ItemVector,
    Statistic,
    Statistics,
    own_value,
    statistic,
)
from .diagnostics import START, Span
from .host import ModelHost
from .limits import Limits
from .lists import FlexList
from .names import suggestion
from .values import (
    ClassName,
    FlexArray,
    FlexGroup,
    FlexMap,
    FlexVector,
    LabelNode,
    Labels,
    Moment,
    Ports,
)

T = TypeVar("T")
MAX_LABELS = 1_000
MAX_SAMPLERS = 1_000  # kept of laws with arguments
NULL_HINT = "Model.find() gives NULL when nothing has that name."
MEMBERS = [
    "name", "labels", "inObjects", "outObjects", "centerObjects", "stats", "subnodes", "up",
    "location", "size", "setProperty", "getProperty", "message", "stop", "resume",
    "input", "output", "first", "last", "rank", "next", "prev",
]  # fmt: skip
VECTORS = frozenset({"location", "size", "rotation", "color"})
OWNERS = (Item, Node)  # what has labels
RESERVED = VECTORS | {"name", "rank"}  # names that no label can be set by
_COPYING = frozenset({"clone", "concat", "splice", "sort", "join", "append", "fill"})
_STATISTICS = ("input", "output", "content", "staytime")
_PARTS = {"value": "current", "average": "average", "min": "min", "max": "max"}


def names_in(path: str) -> tuple[str, str]:
    """The name at the end of a path, and without its number."""
    wanted = path.removeprefix("MODEL:").strip("/").rsplit("/", 1)[-1]
    wanted = wanted.removeprefix("?").strip('"')
    return wanted, wanted.rstrip("0123456789")


class LiveHost:
    """Objects of one replication; `current` and `params` are those of the call in progress.

    Arrays, maps, vectors and strings are left to a host that has no objects.
    """

    def __init__(self, world: Simulation, limits: Limits) -> None:
        self.world, self.model = world, world.model
        self.plain = ModelHost(limits)
        tables = world.model.tables.items()
        self.plain.model.tables = {name: [list(row) for row in rows] for name, rows in tables}
        self.plain.model.headers = deepcopy(world.model.headers)
        self.budget = Budget(limits, world.clock.breathe)
        self.current: Node | None = None
        self.params: tuple[Any, ...] = ()
        self.nodes = {node.source: node for node in world.nodes}
        self.groups: dict[str, FlexGroup] = {}
        self.samplers: dict[tuple[Any, ...], Sampler] = {}
        self.changed: dict[tuple[Node, str], float] = {}  # properties set during the run
        self.stops: dict[Node, list[tuple[int, int]]] = {}  # by code: their ids and states
        self.compiled: Callable[[str], Code] = _no_code
        self.parameters = FlexMap(dict(world.model.parameters))
        for node in world.nodes:
            node.labels = {name: own_value(value) for name, value in node.labels.items()}

    # Names

    def print(self, text: str) -> None:
        self.world.print(text)

    def param(self, index: Any) -> Any:
        """The parameter of that number, from 1; NULL where there is none."""
        place = whole(index)
        return self.params[place - 1] if 1 <= place <= len(self.params) else None

    def running(self, value: Any) -> Any:
        """The running counterpart of an object of the model."""
        return self.nodes.get(value, value) if isinstance(value, ModelObject) else value

    def find(self, path: str, start: Any = None) -> Any:
        """Model.find: a name or a path that ends in it; `Queue1` falls back to `Queue`.

        `>labels/name` is a label of `start`.
        """
        label = path.removeprefix(">labels/")
        if label != path and isinstance(start, Item | Node):
            return LabelNode(start, label) if label in start.labels else None  # type: ignore[arg-type]
        names = names_in(path)
        return self.running(self.model.find(names[0]) or self.model.find(names[1]))

    def node(self, value: Any) -> Node:
        found = self.running(value)
        if isinstance(found, Node):
            return found
        hint = NULL_HINT if value is None else None
        raise fault(f"An object is needed here, not {described(value)}.", hint, "type")

    def group(self, name: str) -> FlexGroup:
        """Group("Name"): its members as they are in this replication."""
        if name not in self.groups:
            members = self.model.groups.get(name, ())
            self.groups[name] = FlexGroup(name, [self.running(member) for member in members])
        return self.groups[name]

    def member(self, value: Any, _: Span) -> Node:
        """`value` as a member of a group."""
        return self.node(value)

    def labelled(self, value: Any) -> Node | Item:
        return value if isinstance(value, Item) else self.node(value)

    # Chance

    def stream_number(self, value: Any) -> int:
        """getstream(object)"""
        return FIRST_NUMBER + self.node(value).index

    def draw(self, function: str, args: list[Any], stream: Any) -> float:
        """A variate of that stream, or of the current object's."""
        if stream is None:
            stream = self.stream_number(self.current)
        if function not in ARGUMENTS:
            return self._drawn(lambda: draw(function, args, self._stream(stream)))
        key = (function, stream, *args)
        found = self.samplers.get(key)
        if found is None:
            given = [float(value) for value in args]
            found = self._drawn(lambda: sampler(function, given, self._stream(stream)))
            if len(self.samplers) < MAX_SAMPLERS:
                self.samplers[key] = found
        return found()

    def _stream(self, number: Any) -> Stream:
        place = whole(number)
        if place < 0:
            raise fault(f"There is no stream {place}.", "Use getstream(current).")
        return self.world.streams.get(place)

    def _drawn(self, made: Callable[[], T]) -> T:
        try:
            return made()
        except SimulationError as error:
            raise fault(f"{error.message}.", error.hint, "arguments") from None

    # Members

    def get_member(self, value: Any, name: str, span: Span) -> Any:
        if isinstance(value, Item | Node):
            if name in value.labels:
                return value.labels[name]
            return self._member_of(value, name)
        if isinstance(value, TaskSequence):
            return sequence_member(value, name)
        if isinstance(value, Statistics) and name in _STATISTICS:
            return Statistic(value.owner, name)
        if isinstance(value, Statistic) and name in _PARTS:
            return statistic(value.owner, value.name, _PARTS[name])
        if isinstance(value, Contents) and name == "length":
            owner = value.owner
            return len(owner.contents) if isinstance(owner, Item) else owner.content
        if isinstance(value, BeltItem):
            return belt_item_member(value, name)
        if isinstance(value, ClassName):
            return self._class_value(value.name, name, span)
        if isinstance(value, LabelNode) and name == "value":
            return value.owner.labels.get(value.name)
        if isinstance(value, int | float) and name in ("value", "valueString"):
            return value if name == "value" else STATE_NAMES.get(int(value), "")
        return self.plain.get_member(value, name, span)

    def label_or_null(self, value: Any, name: str) -> Any:
        """value.label?"""
        if isinstance(value, Item | Node) and name not in value.labels and name not in MEMBERS:
            return None
        return self.get_member(value, name, START)

    def _member_of(self, value: Item | Node, name: str) -> Any:
        if name == "name":
            return value.name
        if name == "labels":
            return Labels(value)  # type: ignore[arg-type]
        if name == "subnodes":
            return Contents(value)
        if name == "up":
            return value.station if isinstance(value, Item) else ClassName("Model")
        if name in ("first", "last"):
            inside = list(value.items if isinstance(value, Node) else value.contents)
            return inside[-(name == "last")] if inside else None
        if isinstance(value, Item) and name in OF_ITEMS:
            return item_member(value, name)
        if isinstance(value, Item) and name in VECTORS:
            return ItemVector(value, name)
        if isinstance(value, Node):
            found = self._object_value(value, name)
            if found is not None or name in OF_ITEMS:
                return found
        known = [*value.labels, *MEMBERS]
        hint = suggestion(name, known) or f"Set the label first: {value.name}.{name} = 0;"
        raise fault(f"“{value.name}” has no member or label “{name}”.", hint, "member")

    def _object_value(self, node: Node, name: str) -> Any:
        source = node.source
        ports = {
            "inObjects": source.in_ports,
            "outObjects": source.out_ports,
            "centerObjects": source.center_ports,
        }
        if name in ports:
            return Ports([self.running(item) for item in ports[name]])
        if name == "stats":
            return Statistics(node)
        if name == "itemData" and isinstance(node, Conveyor):
            return ItemData(node)
        if name in GATES:
            return Gate(node, name)
        if name in VECTORS:
            return FixedVector(node, name)
        return self._in_tree(source, name)

    def _in_tree(self, source: ModelObject, name: str) -> Any:
        """The rank of an object in the model, or the object beside it."""
        objects = self.model.objects
        place = objects.index(source)
        if name == "rank":
            return place + 1
        place += {"next": 1, "prev": -1}.get(name, len(objects))
        return self.running(objects[place]) if 0 <= place < len(objects) else None

    def _class_value(self, class_name: str, name: str, span: Span) -> Any:
        if class_name == "Model" and name in ("time", "dateTime"):
            now = self.world.clock.now
            return now if name == "time" else Moment(self.model.start + now)
        if class_name == "Model" and name == "parameters":
            return self.parameters
        if class_name == "Model" and name in ("subnodes", "first", "last"):
            inside = [self.running(item) for item in self.model.objects]
            return Ports(inside) if name == "subnodes" else inside[-(name == "last")]
        return self.plain.get_member(ClassName(class_name), name, span)

    def set_member(self, value: Any, name: str, new: Any, span: Span) -> None:
        if isinstance(value, ModelObject):
            raise fault(f"“{value.name}” cannot change while the model runs.")
        if isinstance(value, LabelNode) and name == "value":
            self.set_label(self.labelled(value.owner), value.name, new)
        elif isinstance(value, TaskSequence):
            set_sequence_member(value, name, new)
        elif not isinstance(value, Item | Node):
            self.plain.set_member(value, name, new, span)
        elif name == "color":
            pass  # colours are not part of the run
        elif name == "name" and isinstance(value, Item):
            value.name = shown(new)
        elif name == "size" and isinstance(value, Item):
            set_item_size(self, value, new)
        elif name in VECTORS and isinstance(value, Item):
            pass  # nor is where they are drawn
        elif name == "rank" and isinstance(value, Item):
            set_item_rank(value, new)
        elif name in RESERVED:
            raise fault(f"The {name} of “{value.name}” cannot change while the model runs.")
        else:
            self.set_label(value, name, new)

    def set_index(self, value: Any, index: Any, new: Any, span: Span) -> None:
        self.plain.set_index(value, index, new, span)

    def set_label(self, owner: Item | Node, name: str, new: Any) -> None:
        if len(owner.labels) >= MAX_LABELS and name not in owner.labels:
            hint = "Keep many values in one Array or Map."
            raise fault(f"“{owner.name}” has too many labels.", hint, "limit")
        owner.labels[name] = new

    def get_index(self, value: Any, index: Any, span: Span) -> Any:
        if isinstance(value, Labels):
            return LabelNode(value.owner, str(index))
        if isinstance(value, ItemData):
            return belt_item(value, index)
        if not isinstance(value, Contents):
            return self.plain.get_index(value, index, span)
        inside = value.owner.items if isinstance(value.owner, Node) else value.owner.contents
        return self.plain.get_index(FlexArray(list(inside)), index, span)

    # Methods

    def call_method(self, value: Any, name: str, arguments: list[Any], span: Span) -> Any:
        if isinstance(value, Item | Node):
            if name in ("as", "is"):
                return value if name == "as" else self._is(value, arguments)
            methods = ITEM_METHODS if isinstance(value, Item) else OBJECT_METHODS
            return own_method(self, value, name, arguments, methods)
        if isinstance(value, ModelObject) and name not in ("as", "is", "find", "getProperty"):
            raise fault(f"“{value.name}” has no part in the run.", code="unsupported")
        if isinstance(value, Statistics) and name == "state":
            return value.owner.state
        if type(value) in _PARTS_OF_RUN:
            return _PARTS_OF_RUN[type(value)](self, value, name, arguments)
        if isinstance(value, Labels) and name == "assert" and arguments:
            if str(arguments[0]) not in value.owner.labels:
                self.set_label(self.labelled(value.owner), str(arguments[0]), [*arguments, 0][1])
            return LabelNode(value.owner, str(arguments[0]))
        if isinstance(value, FlexGroup):
            return groups.call(self, value, name, arguments, span)
        if isinstance(value, ClassName):
            return self._class_method(value, name, arguments, span)
        self._charge(value, name)
        return self.plain.call_method(value, name, arguments, span)

    def _class_method(self, of: ClassName, name: str, arguments: list[Any], span: Span) -> Any:
        called = (of.name, name)
        if called == ("Object", "create"):
            raise fault("Objects cannot be created while the model runs.", code="unsupported")
        if called == ("Model", "find") and arguments:
            return self.find(str(arguments[0]))
        if called == ("Conveyor", "sendItem"):
            return send_item(self, *arguments)
        if of.name == "TaskSequence":
            return sequence_class_method(self, name, arguments)
        if of.name == "Color":
            return FlexVector([0.0, 0.0, 0.0], None, "color")
        return self.plain.call_method(of, name, arguments, span)

    def _charge(self, value: Any, name: str) -> None:
        """What copies a value costs as much as it copies."""
        if isinstance(value, str):
            self.budget.spend(len(value) // 100)
        elif isinstance(value, FlexArray | FlexMap) and name in _COPYING:
            self.budget.spend(len(value.items) // 10)

    def _is(self, value: Item | Node, arguments: list[Any]) -> int:
        own = value.source.class_name if isinstance(value, Node) else "FlowItem"
        return int(not arguments or getattr(arguments[0], "name", "") in ("Object", own))

    def send(self, to: Node, delay: Any, sender: Any, *rest: Any) -> int:
        """A message: OnMessage of `to` gets the sender and up to three parameters."""
        self.world.message(to, float(number(delay)), (self.running(sender), *rest[:3]))
        return 1


def _no_code(_: str) -> Code:
    """Until the runner gives its own."""
    raise fault("There is nobody to run this code.", code="unsupported")


_PARTS_OF_RUN: dict[type, Callable[[LiveHost, Any, str, list[Any]], Any]] = {
    Gate: gate_method,
    TaskSequence: sequence_method,
    BeltItem: belt_item_method,
    FlexList: list_method,
}
