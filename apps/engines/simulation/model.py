"""The model tree: what a FlexScript program builds and what the simulation runs.

Plain data without behaviour. `engines.flexscript` fills it by executing a script,
`engines.simulation.kernel` reads it, `engines.vlsm.metrics` compares two of them.
Lengths are metres, times model units (seconds by default).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Vector = tuple[float, float, float]
ConnectionKind = Literal["A", "S", "D"]

# Ways of task executers: no running objects of their own, and connections to them are no ports.
WAYS = frozenset({"NetworkNode", "StraightPath", "CurvedPath", "ControlPoint", "ControlArea"})


@dataclass(frozen=True)
class NumberValue:
    """A plain number, in model units."""

    value: float

    def to_json(self) -> dict[str, Any]:
        return {"kind": "number", "value": self.value}


@dataclass(frozen=True)
class DistributionValue:
    """A statistical distribution with constant arguments; the stream is left out."""

    function: str
    args: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        return {"kind": "distribution", "function": self.function, "args": list(self.args)}


@dataclass(frozen=True)
class OptionValue:
    """One of the named choices of an option property."""

    value: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "option", "value": self.value, "text": self.text}


@dataclass(frozen=True)
class ArrayValue:
    """An array of numbers, strings or nested arrays (as tuples)."""

    value: tuple[Any, ...]

    def to_json(self) -> dict[str, Any]:
        return {"kind": "array", "value": _listed(self.value)}


@dataclass(frozen=True)
class CodeValue:
    """FlexScript kept as text: an expression or a whole body with `return`."""

    text: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "code", "text": self.text}


Value = NumberValue | DistributionValue | OptionValue | ArrayValue | CodeValue


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


@dataclass(eq=False)
class ModelObject:
    """One object of the model; identity, not equality, tells objects apart.

    `properties` holds only what the script set (canonical FlexSim property names);
    defaults live in `library.py`. Ports are ordered: index 0 is port 1.
    """

    name: str
    class_name: str
    location: Vector = (0.0, 0.0, 0.0)
    size: Vector | None = None
    rotation: Vector = (0.0, 0.0, 0.0)
    color: Vector | None = None
    properties: dict[str, Value] = field(default_factory=dict)
    labels: dict[str, Any] = field(default_factory=dict)
    in_ports: list[ModelObject] = field(default_factory=list, repr=False)
    out_ports: list[ModelObject] = field(default_factory=list, repr=False)
    center_ports: list[ModelObject] = field(default_factory=list, repr=False)

    def port_across(self, port: int, *, of_output: bool) -> int:
        """The port, from 1, at the other end of what is connected to this port; 0 for none."""
        ports = self.out_ports if of_output else self.in_ports
        if not 1 <= port <= len(ports):
            return 0
        other = ports[port - 1]
        across = other.in_ports if of_output else other.out_ports
        places = [place for place, item in enumerate(across, 1) if item is self]
        return places[ports[:port].count(other) - 1]

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "class": self.class_name,
            "location": list(self.location),
            "properties": {name: value.to_json() for name, value in self.properties.items()},
        }


@dataclass(frozen=True)
class Connection:
    """A connection in the order it was made: "A" ports, "S" centre ports, "D" network."""

    source: ModelObject
    target: ModelObject
    kind: ConnectionKind = "A"

    def to_json(self) -> dict[str, Any]:
        return {"from": self.source.name, "to": self.target.name, "kind": self.kind}


@dataclass
class Model:
    """A model tree: objects in creation order and their connections.

    `headers` are names of columns and of rows of global tables; `start` is the time 0 of runs, in
    seconds since the first of January of the year 1.
    """

    objects: list[ModelObject] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    tables: dict[str, list[list[Any]]] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[ModelObject]] = field(default_factory=dict)
    headers: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    start: float = 0.0

    def __iter__(self) -> Iterator[ModelObject]:
        return iter(self.objects)

    def find(self, name: str) -> ModelObject | None:
        """The first object of that name, or None."""
        return next((item for item in self.objects if item.name == name), None)

    def add(self, item: ModelObject) -> ModelObject:
        self.objects.append(item)
        return item

    def connect(self, source: ModelObject, target: ModelObject, kind: ConnectionKind = "A") -> None:
        """Add the next output and input port ("A"), centre ports ("S") or a network link ("D")."""
        if kind == "A" and WAYS.isdisjoint((source.class_name, target.class_name)):
            source.out_ports.append(target)
            target.in_ports.append(source)
        elif kind == "S":
            source.center_ports.append(target)
            target.center_ports.append(source)
        self.connections.append(Connection(source, target, kind))

    def to_json(self) -> dict[str, Any]:
        """The `objects` and `connections` of `manage.py flexscript inspect --json`."""
        return {
            "objects": [item.to_json() for item in self.objects],
            "connections": [link.to_json() for link in self.connections],
        }
