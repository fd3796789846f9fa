"""Run-time values of FlexScript that Python has no ready type for.

Numbers are int and float, text is str, NULL is None. Arrays are shared by reference and count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..simulation.model import ModelObject

MAX_ITEMS = 100_000
MAX_TEXT = 1_000_000


class Draw(float):
    """A number drawn from a distribution that remembers where it came from."""

    function: str
    args: tuple[float, ...]

    def __new__(cls, function: str, args: tuple[float, ...]) -> Draw:
        drawn = super().__new__(cls, _typical(function, args))
        drawn.function, drawn.args = function, args
        return drawn


class TableDraw(float):
    """A number drawn from a table, by its name."""

    function: str
    table: str

    def __new__(cls, function: str, table: str) -> TableDraw:
        drawn = super().__new__(cls, 0.0)
        drawn.function, drawn.table = function, table
        return drawn


def _typical(function: str, args: tuple[float, ...]) -> float:
    """While a model is built nothing is sampled: the first parameters give a plain number."""
    if function == "exponential" and len(args) > 1:
        return args[0] + args[1]
    return args[0] if args else 0.0


@dataclass(eq=False)
class FlexArray:
    """Array: holds variants, 1-based."""

    items: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class FlexMap:
    """Map: keys are numbers or strings."""

    items: dict[Any, Any] = field(default_factory=dict)


@dataclass(eq=False)
class FlexGroup:
    """Group: objects of the model, or running ones in a run."""

    name: str
    items: list[Any] = field(default_factory=list)


@dataclass
class FlexVector:
    """Vec2, Vec3, Vec4 or Color; writing a component of an object's location writes the object."""

    parts: list[float]
    owner: ModelObject | None = None
    attribute: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FlexVector) and self.parts == other.parts

    __hash__ = object.__hash__

    def store(self) -> None:
        if self.owner is not None:
            setattr(self.owner, self.attribute, tuple(self.parts))


@dataclass(eq=False)
class FlexTable:
    """Table: rows of cells; `columns` and `row_names` are headers, where the script set them.

    A table that shows a property writes each change back into it.
    """

    rows: list[list[Any]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    row_names: list[str] = field(default_factory=list)
    owner: ModelObject | None = None
    attribute: str = ""


@dataclass(frozen=True, eq=False)
class TableRow:
    """table[row], waiting for its column."""

    table: FlexTable
    row: int


@dataclass(frozen=True)
class Moment:
    """DateTime: seconds since the first of January of the year 1."""

    seconds: float


@dataclass(frozen=True)
class LibraryNode:
    """library().find("?Queue"): the class that createinstance makes."""

    name: str


@dataclass(frozen=True, eq=False)
class Branch:
    """A part of an object's tree that a script walks through: stats, attrs, subnodes."""

    owner: ModelObject
    path: str


@dataclass(frozen=True)
class ClassName:
    """A type used as a value: Object, Array, Model, Table, Math …"""

    name: str


@dataclass(frozen=True)
class Member:
    """A method bound to its value, waiting for its arguments."""

    value: Any
    name: str


@dataclass(frozen=True, eq=False)
class Ports:
    """obj.inObjects and the like."""

    items: list[ModelObject]


@dataclass(frozen=True)
class Labels:
    """obj.labels"""

    owner: ModelObject


@dataclass(frozen=True)
class LabelNode:
    """obj.labels["x"]"""

    owner: ModelObject
    name: str


@dataclass(frozen=True)
class Variable:
    """getvarnode(obj, "cycletime"): a tree variable, to be written by setnodestr or setnodenum."""

    owner: ModelObject
    name: str


def truth(value: Any) -> bool:
    return bool(value) if isinstance(value, int | float | str) else value is not None


def text_of(value: Any) -> str:
    """A value as FlexScript concatenates it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, ModelObject):
        return value.name
    if isinstance(value, FlexArray):
        return f"Array[{len(value.items)}]"
    if isinstance(value, FlexVector):
        return f"Vec{len(value.parts)}({', '.join(text_of(part) for part in value.parts)})"
    if isinstance(value, str):
        return value
    return describe(value)


_NAMED = {
    FlexGroup: "a Group", FlexArray: "an Array", FlexMap: "a Map", FlexVector: "a vector", FlexTable: "a Table",
    TableRow: "a row of a Table", Moment: "a DateTime", Ports: "a list of ports",
    Labels: "the labels of an object", LabelNode: "a label", Variable: "a tree variable",
    LibraryNode: "a class of the library", Branch: "a branch of an object's tree",
}  # fmt: skip


def describe(value: Any) -> str:
    """A value as a message speaks of it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return f"the number {text_of(value)}"
    if isinstance(value, str):
        return f"the string “{value[:40]}”"
    if isinstance(value, ModelObject):
        return f"the object “{value.name}”"
    if isinstance(value, ClassName):
        return f"the class {value.name}"
    return _NAMED.get(type(value), "the model or the library")
