"""Parts of running objects that code looks at: statistics, contents, labels of a replication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..simulation.kernel.item import BOX, Item
from ..simulation.kernel.node import Node
from ..simulation.library import CLASSES
from ..simulation.model import ModelObject, Vector
from ..simulation.observe import observe_node
from .code_runner_support import fault
from .values import FlexArray, FlexMap, FlexVector


@dataclass(frozen=True)
class Statistics:
    """obj.stats"""

    owner: Node


@dataclass(frozen=True)
class Statistic:
    """obj.stats.content and the like"""

    owner: Node
    name: str


@dataclass(frozen=True)
class Gate:
    """obj.input and obj.output: what closes and opens."""

    owner: Node
    name: str


@dataclass(frozen=True)
class Contents:
    """obj.subnodes: of an item what is packed in it, of an object the items that it holds."""

    owner: Node | Item


class ItemVector(FlexVector):
    """item.location, item.size, item.rotation: of all these only the length is part of a run."""

    def __init__(self, item: Item, name: str) -> None:
        size = [item.length, BOX, BOX]
        super().__init__(size if name == "size" else [0.0, 0.0, 0.0], None, name)
        self.item = item

    def store(self) -> None:
        if self.attribute == "size":
            if not self.parts[0] > 0:
                raise fault(f"An item cannot be {self.parts[0]:g} m long.", "Give more than 0.")
            self.item.length = self.parts[0]


class FixedVector(FlexVector):
    """Where an object stands and how large it is, which no run changes."""

    def __init__(self, node: Node, name: str) -> None:
        source = node.source
        super().__init__(list(getattr(source, name) or size_of(source, name)), None, name)
        self.node = node

    def store(self) -> None:
        if self.attribute != "color":
            text = f"The {self.attribute} of “{self.node.name}” cannot change while the model runs."
            raise fault(text, code="unsupported")


def statistic(node: Node, name: str, part: str) -> float:
    """current, average, min or max of input, output, content or staytime."""
    if part == "current" and name != "staytime":
        count: int = getattr(node, name)
        return count
    key = name if part in ("average", "current") else f"{name}_{part}"
    seen = observe_node(node)
    if not hasattr(seen, key):
        raise fault(f"There is no {part} of {name}.", "Use content or staytime.", "arguments")
    return float(getattr(seen, key) or 0.0)


def size_of(source: ModelObject, name: str) -> Vector:
    return CLASSES[source.class_name].size if name == "size" else (0.0, 0.0, 0.0)


def own_value(value: Any, seen: dict[int, Any] | None = None) -> Any:
    """A label's value of this replication alone; arrays may hold themselves."""
    seen = {} if seen is None else seen
    if not isinstance(value, FlexArray | FlexMap):
        return value
    if id(value) in seen:
        return seen[id(value)]
    if isinstance(value, FlexArray):
        array = seen[id(value)] = FlexArray()
        array.items.extend(own_value(item, seen) for item in value.items)
        return array
    mapping = seen[id(value)] = FlexMap()
    mapping.items.update({key: own_value(item, seen) for key, item in value.items.items()})
    return mapping
