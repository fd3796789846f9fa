"""A model as JSON and back: between processes of which one does not trust the other.

Tables, and labels that hold arrays or maps, are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .model import (
    ArrayValue,
    CodeValue,
    Connection,
    DistributionValue,
    Model,
    ModelObject,
    NumberValue,
    OptionValue,
    Value,
)

JSON = dict[str, Any]
Places = dict[ModelObject, int]
PLAIN = (float, int, str)


def to_plain(model: Model) -> JSON:
    place = {item: index for index, item in enumerate(model)}
    return {
        "objects": [_plain_object(item, place) for item in model],
        "connections": [[place[x.source], place[x.target], x.kind] for x in model.connections],
        "parameters": model.parameters,
        "groups": {name: _places(members, place) for name, members in model.groups.items()},
    }


def _plain_object(item: ModelObject, place: Places) -> JSON:
    return {
        **item.to_json(),
        "size": item.size,
        "rotation": item.rotation,
        "color": item.color,
        "labels": {name: value for name, value in item.labels.items() if isinstance(value, PLAIN)},
        "references": {
            name: place[value]
            for name, value in item.labels.items()
            if isinstance(value, ModelObject) and value in place
        },
        "ports": [
            _places(ports, place) for ports in (item.in_ports, item.out_ports, item.center_ports)
        ],
    }


def _places(items: list[ModelObject], place: Places) -> list[int]:
    return [place[item] for item in items if item in place]


def from_plain(plain: JSON) -> Model:
    """The model that `to_plain` was given."""
    objects = [_object(told) for told in plain["objects"]]
    for item, told in zip(objects, plain["objects"], strict=True):
        item.labels |= {name: objects[index] for name, index in told["references"].items()}
        item.in_ports, item.out_ports, item.center_ports = (
            [objects[index] for index in ports] for ports in told["ports"]
        )
    return Model(
        objects,
        [Connection(objects[a], objects[b], kind) for a, b, kind in plain["connections"]],
        parameters=plain["parameters"],
        groups={name: [objects[i] for i in found] for name, found in plain["groups"].items()},
    )


def _object(told: JSON) -> ModelObject:
    return ModelObject(
        told["name"],
        told["class"],
        _frozen(told["location"]),
        _frozen(told["size"]),
        _frozen(told["rotation"]),
        _frozen(told["color"]),
        {name: _VALUES[value["kind"]](value) for name, value in told["properties"].items()},
        told["labels"],
    )


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


_VALUES: dict[str, Callable[[JSON], Value]] = {
    "number": lambda told: NumberValue(told["value"]),
    "distribution": lambda told: DistributionValue(told["function"], _frozen(told["args"])),
    "option": lambda told: OptionValue(told["value"], told["text"]),
    "array": lambda told: ArrayValue(_frozen(told["value"])),
    "code": lambda told: CodeValue(told["text"]),
}
