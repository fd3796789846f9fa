"""What stands behind a dot and in brackets: members and items of run-time values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..simulation.library import CLASSES
from ..simulation.model import ModelObject
from . import moments, tables
from .arithmetic import key, number
from .diagnostics import NO_OUTSIDE, FlexScriptError, Span
from .names import suggestion
from .paths import Root
from .values import (
    Branch,
    ClassName,
    FlexArray,
    FlexGroup,
    FlexMap,
    FlexTable,
    FlexVector,
    LabelNode,
    Labels,
    Moment,
    Ports,
    TableRow,
    Variable,
    describe,
    text_of,
)

if TYPE_CHECKING:
    from .host import ModelHost

VECTORS = {"location": "xyz", "size": "xyz", "rotation": "xyz", "color": "rgb"}
NULL_HINT = "Model.find() gives NULL when nothing has that name."
OBJECT = ("name", "location", "size", "rotation", "color", "inObjects", "outObjects",
          "centerObjects", "labels", "stats", "attrs", "subnodes", "first", "last", "next", "prev",
          "up", "parent", "rank", "value", "input", "output")  # fmt: skip
MODEL = ("time", "parameters", "performanceMeasures", "warmupTime", "dateTime", "statisticalTime",
         "subnodes", "first", "last", "name")  # fmt: skip
COLORS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "yellow": (1, 1, 0),
          "white": (1, 1, 1), "black": (0, 0, 0), "gray": (0.5, 0.5, 0.5), "orange": (1, 0.5, 0),
          "purple": (0.5, 0, 0.5), "aqua": (0, 1, 1), "lime": (0.5, 1, 0),
          "pink": (1, 0.75, 0.8), "brown": (0.6, 0.4, 0.2)}  # fmt: skip
_PORTS = {"inObjects": "in_ports", "outObjects": "out_ports", "centerObjects": "center_ports"}
_NAMESPACES = ("Conveyor", "Storage", "AGV", "Http")


def get(host: ModelHost, value: Any, name: str, span: Span) -> Any:
    """value.name"""
    if isinstance(value, ModelObject):
        return _of_object(host, value, name, span)
    if name == "length" and isinstance(value, FlexArray | FlexGroup | Ports | FlexMap):
        return len(value.items)
    if isinstance(value, FlexMap):
        return _of_map(value, name)
    if isinstance(value, FlexVector):
        if name == "magnitude":
            return math.hypot(*value.parts)
        return value.parts[_component(value, name, span)]
    if isinstance(value, FlexTable):
        return tables.member(value, name, span)
    if isinstance(value, str) and name == "length":
        return len(value)
    if isinstance(value, LabelNode | Variable | Branch):
        return _of_node(host, value, name)
    if isinstance(value, Moment):
        return moments.member(value, name, span)
    if name == "value" and isinstance(value, int | float):
        return value  # of a parameter: here it is its value
    if isinstance(value, ClassName):
        return _of_class(host, value.name, name, span)
    if isinstance(value, Root) and name in MODEL:
        return _of_model(host, name)
    raise _missing(value, name, span)


def _missing(value: Any, name: str, span: Span) -> FlexScriptError:
    if value is None:
        return FlexScriptError(f"“.{name}” is asked of NULL.", span, NULL_HINT, "null")
    return FlexScriptError(f"{_subject(value)} has no member “{name}”.", span, code="member")


def _subject(value: Any) -> str:
    text = describe(value)
    return text[:1].upper() + text[1:]


def _component(value: FlexVector, name: str, span: Span) -> int:
    letters = "rgba" if value.attribute == "color" else "xyzw"
    place = letters.find(name) if len(name) == 1 else -1
    if not 0 <= place < len(value.parts):
        known = ", ".join(letters[: len(value.parts)])
        raise FlexScriptError(
            f"A vector has no member “{name}”.", span, f"It has {known}.", "member"
        )
    return place


def refuse_network(class_name: str, span: Span) -> None:
    """An Http.Request may be declared, but not used."""
    if class_name.startswith("Http"):
        raise FlexScriptError(f"{class_name} {NO_OUTSIDE}", span, code="refused")


def _of_class(host: ModelHost, class_name: str, name: str, span: Span) -> Any:
    refuse_network(class_name, span)
    if class_name == "Model" and name in MODEL:
        return _of_model(host, name)
    if class_name == "Math" and name in ("pi", "e"):
        return math.pi if name == "pi" else math.e
    if class_name == "Color" and name in COLORS:
        return FlexVector([float(part) for part in COLORS[name]], None, "color")
    if class_name in _NAMESPACES and name[:1].isupper():
        return ClassName(f"{class_name}.{name}")
    known = {"Model": MODEL, "Color": tuple(COLORS), "Math": ("pi", "e")}.get(class_name, ())
    hint = suggestion(name, known)
    raise FlexScriptError(f"{class_name} has no member “{name}”.", span, hint, "member")


def _of_model(host: ModelHost, name: str) -> Any:
    objects = host.model.objects
    if name == "parameters":
        return FlexMap(host.model.parameters)
    if name == "performanceMeasures":
        return host.measures
    if name == "subnodes":
        return Ports(list(objects))
    if name in ("first", "last"):
        return (objects[0] if name == "first" else objects[-1]) if objects else None
    if name == "name":
        return "model"
    return Moment(host.model.start) if name == "dateTime" else 0.0


def _of_map(value: FlexMap, name: str) -> Any:
    if name == "keys":
        return FlexArray(list(value.items))
    if name == "values":
        return FlexArray(list(value.items.values()))
    return value.items.get(name)


def _of_node(host: ModelHost, value: LabelNode | Variable | Branch, name: str) -> Any:
    """Nodes of an object's tree; nothing has run yet, so statistics are 0."""
    if name in ("up", "owner"):
        return value.owner
    if isinstance(value, LabelNode):
        return value.owner.labels.get(value.name) if name == "value" else value.name
    if isinstance(value, Variable):
        return host.read_variable(value) if name == "value" else value.name
    if value.path.startswith("stats"):
        if name in ("value", "average", "min", "max"):
            return 0.0
        return "" if name == "valueString" else Branch(value.owner, f"{value.path}/{name}")
    if name in ("length", "value"):
        return 0
    return Branch(value.owner, f"{value.path}/{name}")


def _of_object(host: ModelHost, item: ModelObject, name: str, span: Span) -> Any:
    if name == "name":
        return item.name
    if name in VECTORS:
        return FlexVector(list(getattr(item, name) or host.default_vector(item, name)), item, name)
    if name in _PORTS:
        return Ports(list(getattr(item, _PORTS[name])))
    if name == "labels":
        return Labels(item)
    if name in item.labels:
        return item.labels[name]
    if name in ("stats", "attrs", "input", "output"):
        return Branch(item, name)
    if name in ("up", "parent"):
        return Root()
    if name in ("rank", "next", "prev", "subnodes", "first", "last"):
        return _in_tree(host, item, name)
    hint = (
        f'Write x.getProperty("{name}").'
        if name in CLASSES[item.class_name].properties
        else (suggestion(name, [*OBJECT, *host.methods]) or f"Set the label first: x.{name} = 0;")
    )
    raise FlexScriptError(f"“{item.name}” has no member or label “{name}”.", span, hint, "member")


def _in_tree(host: ModelHost, item: ModelObject, name: str) -> Any:
    if name == "subnodes":
        return Ports([])
    objects = host.model.objects
    if name in ("first", "last") or item not in objects:
        return None
    rank = objects.index(item) + 1
    if name == "rank":
        return rank
    place = rank if name == "next" else rank - 2
    return objects[place] if 0 <= place < len(objects) else None


def label_or_null(host: ModelHost, value: Any, name: str, span: Span) -> Any:
    """value.label?: NULL where the label is missing."""
    if value is None:
        raise FlexScriptError(f"“.{name}” is asked of NULL.", span, NULL_HINT, "null")
    if isinstance(value, ModelObject) and name not in OBJECT:
        return value.labels.get(name)
    return host.get_member(value, name, span)


def put(host: ModelHost, value: Any, name: str, new: Any, span: Span) -> None:
    """value.name = new"""
    if isinstance(value, ModelObject):
        _put_object(host, value, name, new, span)
    elif isinstance(value, FlexVector):
        value.parts[_component(value, name, span)] = float(number(new, span))
        value.store()
    elif isinstance(value, FlexMap):
        host.put_item(value.items, name, new, span)
    elif isinstance(value, LabelNode) and name == "value":
        value.owner.labels[value.name] = new
    elif isinstance(value, Variable) and name == "value":
        host.write_variable(value, new, span)
    elif isinstance(value, ClassName | Root | Branch):
        if isinstance(value, ClassName):
            refuse_network(value.name, span)
        host.warn(f"“.{name} =” has no effect on this runtime.", span, code="ignored")
    else:
        raise _missing(value, name, span)


def _put_object(host: ModelHost, item: ModelObject, name: str, new: Any, span: Span) -> None:
    if name == "name":
        item.name = text_of(new)
    elif name in VECTORS:
        parts = new.parts if isinstance(new, FlexVector) else getattr(new, "items", None)
        if not isinstance(parts, list) or len(parts) < 2:
            hint = f"Write it as x.{name} = Vec3(0, 0, 0);"
            raise FlexScriptError(f"“{name}” needs a Vec3.", span, hint, "type")
        setattr(item, name, tuple(float(number(part, span)) for part in [*parts, 0.0][:3]))
    elif name == "rank":
        host.set_rank(item, new, span)
    elif name in _PORTS or name in ("labels", "stats", "up", "next", "prev", "first", "last"):
        raise FlexScriptError(f"“{name}” cannot be assigned to.", span, code="member")
    else:
        if name in CLASSES[item.class_name].properties and name not in item.labels:
            text = (
                f"“{name}” is a property of a {item.class_name}; this makes a label of that name."
            )
            host.warn(text, span, f'Write x.setProperty("{name}", …).', "label")
        host.put_item(item.labels, name, new, span)


def get_index(host: ModelHost, value: Any, index: Any, span: Span) -> Any:
    """value[index]"""
    if isinstance(value, FlexMap):
        return value.items.get(key(index, span))
    if isinstance(value, Labels):
        return _label_node(value.owner, index)
    if isinstance(value, FlexTable):
        return tables.row_of(value, index, span)
    if isinstance(value, TableRow):
        return tables.cell(value, index, span)
    if isinstance(value, Branch):
        return Branch(value.owner, f"{value.path}/{text_of(index)[:100]}")
    if isinstance(value, str | FlexVector):
        items: list[Any] = list(value) if isinstance(value, str) else value.parts
    elif isinstance(value, FlexArray | FlexGroup | Ports):
        items = value.items
    else:
        raise _no_brackets(value, span)
    if not isinstance(index, int | float) or not 1 <= index < len(items) + 1:
        raise _outside(index, len(items), span)
    return items[int(index) - 1]


def _no_brackets(value: Any, span: Span) -> FlexScriptError:
    if value is None:
        return FlexScriptError("[ ] is asked of NULL.", span, NULL_HINT, "null")
    return FlexScriptError(f"{_subject(value)} has no [ ].", span, code="type")


def _outside(index: Any, count: int, span: Span) -> FlexScriptError:
    there = f"there {'is' if count == 1 else 'are'} {count}"
    return FlexScriptError(
        f"There is no item {text_of(index)}; {there}.", span, "FlexScript counts from 1.", "index"
    )


def _label_node(owner: ModelObject, index: Any) -> LabelNode | None:
    """labels["x"] or labels[1]; NULL where there is none."""
    if isinstance(index, int | float):
        names = list(owner.labels)
        return LabelNode(owner, names[int(index) - 1]) if 1 <= index <= len(names) else None
    return LabelNode(owner, text_of(index)) if text_of(index) in owner.labels else None


def put_index(host: ModelHost, value: Any, index: Any, new: Any, span: Span) -> None:
    """value[index] = new"""
    if isinstance(value, FlexMap):
        host.put_item(value.items, key(index, span), new, span)
    elif isinstance(value, FlexArray):
        host.get_index(value, index, span)
        value.items[int(index) - 1] = new
    elif isinstance(value, TableRow):
        tables.set_cell(host, value, index, new, span)
    elif isinstance(value, Labels):
        host.put_item(value.owner.labels, text_of(index), new, span)
    else:
        raise _no_brackets(value, span)


def class_size(item: ModelObject) -> tuple[float, float, float]:
    """The size that objects of this class start with, in metres."""
    return CLASSES[item.class_name].size
