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


@dataclass
class FlexVector:
    """Vec2, Vec3, Vec4 or Color; writing a component of an object's location writes the object."""

    parts: list[float]
    owner: ModelObject | None = None
    attribute: str = ""

    def store(self) -> None:
        if self.owner is not None:
            setattr(self.owner, self.attribute, tuple(self.parts))


@dataclass(frozen=True)
class ClassName:
    """A type used as a value: Object, Array, Model, Table, Math …"""

    name: str


@dataclass(frozen=True)
class Member:
    """A method bound to its value, waiting for its arguments."""

    value: Any
    name: str


@dataclass(frozen=True)
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
    return str(value)
