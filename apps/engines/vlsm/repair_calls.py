"""Calls for people and vehicles that nobody would answer, and times that cannot be drawn.

A station that calls somebody must have him at its first centre port, and his team must be large
enough; a triangular or uniform time needs its limits in order. The runtime refuses models that
break these, so they are mended by what is likeliest, and the user is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..factories.roles import EXECUTERS, is_resource
from ..simulation.model import (
    ConnectionKind,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
)
from .api import Assumption
from .wording import said

CALLS = ("UseTransport", "UseProcessOperators")
CREW = "NumProcessOperators"
Likely = Sequence[Sequence[float]]


def answer_calls(model: Model, made: dict[int, ModelObject], links: Likely) -> Iterator[Assumption]:
    """Connect who calls nobody, fill empty teams, ask for no more people than there are."""
    for index, item in made.items():
        if item.class_name == "Dispatcher" and not item.out_ports:
            executers = [i for i, other in made.items() if other.class_name in EXECUTERS]
            yield from _join(model, made, links, index, executers, "A")
    for index, item in made.items():
        calls = [name for name in CALLS if _number(item, name)]
        if not calls:
            continue
        if not item.center_ports:
            able = [i for i, other in made.items() if _members(other)]
            yield from _join(model, made, links, index, able, "S")
        yield from _modest(item, calls)


def _join(
    model: Model,
    made: dict[int, ModelObject],
    links: Likely,
    index: int,
    others: Sequence[int],
    kind: ConnectionKind,
) -> Iterator[Assumption]:
    """Connect an object to the likeliest of `others`."""
    if not others:
        return
    best = max(others, key=lambda other: links[index][other])
    model.connect(made[index], made[best], kind)
    text = said("no_helper", name=made[index].name, other=made[best].name)
    yield Assumption("connection", text, made[index].name, round(links[index][best], 3))


def _modest(item: ModelObject, calls: Sequence[str]) -> Iterator[Assumption]:
    """No call without anybody to come, and for no more than can come."""
    there = _members(item.center_ports[0]) if item.center_ports else 0
    if not there:
        for name in (*calls, CREW):
            item.properties.pop(name, None)
        yield Assumption("value", said("nobody", name=item.name), item.name)
    elif _number(item, CREW) > there:
        item.properties[CREW] = NumberValue(float(there))
        yield Assumption("value", said("small_team", name=item.name, number=there), item.name)


def _members(item: ModelObject) -> int:
    """How many can come when this object is asked."""
    if item.class_name == "Dispatcher":
        return len(item.out_ports)
    return int(is_resource(item.class_name))


def _number(item: ModelObject, name: str) -> float:
    value = item.properties.get(name)
    return value.value if isinstance(value, NumberValue) else 0.0


def order_times(model: Model) -> Iterator[Assumption]:
    """Limits of triangular and uniform times in order: smallest, largest, and the mode between."""
    for item in model:
        for name, value in item.properties.items():
            if not isinstance(value, DistributionValue):
                continue
            if (args := _ordered(value)) != value.args:
                item.properties[name] = DistributionValue(value.function, args)
                yield Assumption("value", said("unordered", name=item.name), item.name)


def _ordered(value: DistributionValue) -> tuple[float, ...]:
    if value.function == "triangular" and len(value.args) == 3:
        low, mode, high = sorted(value.args)
        return value.args if value.args[0] <= value.args[2] <= value.args[1] else (low, high, mode)
    if value.function in {"uniform", "duniform"} and len(value.args) == 2:
        low, high = sorted(value.args)
        return (low, high)
    return value.args
