"""The model side of an execution: objects, their members and methods, written into a model tree."""

from __future__ import annotations

import math
from typing import Any

from ..simulation.library import CLASSES, class_of
from ..simulation.model import Connection, Model, ModelObject
from .commands import call_command
from .diagnostics import Diagnostic, FlexScriptError, Span
from .limits import Limits
from .names import suggestion
from .settings import canonical, option, property_name
from .values import (
    ClassName,
    FlexArray,
    FlexMap,
    FlexVector,
    LabelNode,
    Labels,
    Ports,
    Variable,
    text_of,
)

VECTORS = {"location": "xyz", "size": "xyz", "rotation": "xyz", "color": "rgb"}
METHODS = [
    "setLocation",
    "setSize",
    "setRotation",
    "setProperty",
    "getProperty",
    "getLocation",
    "getSize",
    "destroy",
    "copy",
    "find",
    "is",
    "as",
    "stop",
    "resume",
    "setState",
    "message",
]
CONSTANTS = {"PI": math.pi, "STAT_CURRENT": 1, "STAT_AVERAGE": 2, "STAT_MIN": 3, "STAT_MAX": 4,
             "START_TIME_NODE": 1, "LENGTH_MULTIPLE": 1, "TIME_MULTIPLE": 1}  # fmt: skip


class ModelHost:
    """Builds a model tree; every member and method a model-building script may use."""

    def __init__(self, limits: Limits) -> None:
        self.model: Model = Model()
        self.limits = limits
        self.diagnostics: list[Diagnostic] = []
        self.output: list[str] = []

    # Names

    def constant(self, name: str, span: Span) -> Any:
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name == "current":
            return None
        near = suggestion(name, [*CONSTANTS, "Model", "Object"])
        raise FlexScriptError(f"“{name}” is not declared.", span, near, "name")

    def call_command(self, name: str, arguments: list[Any], span: Span) -> Any:
        return call_command(self, name, arguments, span)

    def describe(self, value: Any) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, ModelObject):
            return f"the object “{value.name}”"
        return {str: "a string", FlexArray: "an Array", FlexMap: "a Map"}.get(
            type(value), type(value).__name__
        )

    def warn(self, message: str, span: Span, hint: str | None = None, code: str = "run") -> None:
        if len(self.diagnostics) < 500:
            self.diagnostics.append(Diagnostic("warning", message, hint, span, code))

    def print(self, text: str) -> None:
        if len(self.output) < self.limits.output_lines:
            self.output.append(text[:1000])

    # Objects

    def create(self, class_name: str, span: Span, name: str | None = None) -> ModelObject:
        """A new object; FlexSim's bare class name is its name until it gets another."""
        known = class_of(class_name)
        if known is None:
            hint = suggestion(class_name, list(CLASSES))
            raise FlexScriptError(f"There is no class “{class_name}”.", span, hint, "class")
        if len(self.model.objects) >= self.limits.objects:
            raise FlexScriptError(
                f"The model has more than {self.limits.objects:,} objects.", span, code="limit"
            )
        short = name or known.name.rsplit("::", 1)[-1]
        return self.model.add(ModelObject(short, known.name))

    def find(self, path: str) -> ModelObject | None:
        """Model.find: a name, `?Name`, or a path whose last part is the name."""
        wanted = path.removeprefix("MODEL:").strip("/")
        wanted = wanted.rsplit("/", 1)[-1].removeprefix("?").strip('"')
        found = self.model.find(wanted)
        if found is None and wanted.rstrip("0123456789") != wanted:
            found = self.model.find(wanted.rstrip("0123456789"))
        return found

    def destroy(self, item: ModelObject) -> None:
        for link in [x for x in self.model.connections if item in (x.source, x.target)]:
            self.disconnect(link)
        if item in self.model.objects:
            self.model.objects.remove(item)

    def disconnect(self, link: Connection) -> None:
        self.model.connections.remove(link)
        ports = {
            "A": (link.source.out_ports, link.target.in_ports),
            "S": (link.source.center_ports, link.target.center_ports),
        }.get(link.kind)
        if ports:
            ports[0].remove(link.target)
            ports[1].remove(link.source)

    def object(self, value: Any, span: Span) -> ModelObject:
        """`value` as an object, or a clear error."""
        if isinstance(value, ModelObject):
            return value
        hint = "Model.find() gives NULL when no object has that name." if value is None else None
        raise FlexScriptError(
            f"An object is needed here, not {self.describe(value)}.", span, hint, "type"
        )

    def set_property(self, item: ModelObject, name: str, value: Any, span: Span) -> None:
        """setProperty with aliases, dotted parts and options."""
        part, _, component = name.partition(".")
        if part.lower() in VECTORS and component:
            self._set_component(item, part.lower(), component, value, span)
            return
        if part in ("Name", "Location", "Size", "Rotation", "Color") and not component:
            self.set_member(item, part.lower(), value, span)
            return
        real, alias = property_name(item.class_name, name)
        known = CLASSES[item.class_name].properties
        if alias:
            self.warn(f"“{name}” is an old name of “{real}”.", span, f"Write “{real}”.", "alias")
        elif real not in known and part != "Triggers" and part not in ("Labels", "Label"):
            hint = suggestion(real, list(known))
            raise FlexScriptError(
                f"{item.class_name} has no property “{name}”.", span, hint, "property"
            )
        try:
            stored = canonical(value)
        except TypeError:
            raise FlexScriptError(
                f"A property cannot be {self.describe(value)}.", span, code="type"
            ) from None
        item.properties[real] = option(item.class_name, real, stored)

    def _set_component(
        self, item: ModelObject, attribute: str, component: str, value: Any, span: Span
    ) -> None:
        letters = VECTORS[attribute]
        letter = component[0].lower()
        if letter not in letters or not isinstance(value, int | float):
            raise FlexScriptError(f"{attribute}.{component} needs a number.", span, code="type")
        parts = list(getattr(item, attribute) or self._default_vector(item, attribute))
        parts[letters.index(letter)] = float(value)
        setattr(item, attribute, tuple(parts))

    def _default_vector(self, item: ModelObject, attribute: str) -> tuple[float, float, float]:
        return CLASSES[item.class_name].size if attribute == "size" else (0.0, 0.0, 0.0)

    # Members

    def get_member(self, value: Any, name: str, span: Span) -> Any:
        if isinstance(value, ModelObject):
            return self._object_member(value, name, span)
        if isinstance(value, FlexArray) and name == "length":
            return len(value.items)
        if isinstance(value, FlexMap):
            return self._map_member(value, name)
        if isinstance(value, FlexVector):
            letters = "rgba" if value.attribute == "color" else "xyzw"
            if name in letters and letters.index(name) < len(value.parts):
                return value.parts[letters.index(name)]
        if isinstance(value, Ports) and name == "length":
            return len(value.items)
        if isinstance(value, str) and name == "length":
            return len(value)
        if isinstance(value, LabelNode) and name == "value":
            return value.owner.labels.get(value.name)
        if isinstance(value, ClassName):
            return self._class_member(value.name, name, span)
        if value is None:
            raise FlexScriptError(
                f"“.{name}” is asked of NULL.",
                span,
                "Model.find() gives NULL when nothing has that name.",
                "null",
            )
        raise FlexScriptError(
            f"{self.describe(value)} has no member “{name}”.", span, code="member"
        )

    def _class_member(self, class_name: str, name: str, span: Span) -> Any:
        if class_name == "Model" and name == "time":
            return 0.0
        if class_name == "Math" and name == "pi":
            return math.pi
        if class_name == "Model" and name == "parameters":
            return FlexMap(self.model.parameters)
        raise FlexScriptError(f"{class_name} has no member “{name}”.", span, code="member")

    def _map_member(self, value: FlexMap, name: str) -> Any:
        if name == "keys":
            return FlexArray(list(value.items))
        if name == "values":
            return FlexArray(list(value.items.values()))
        return value.items.get(name)

    def _object_member(self, item: ModelObject, name: str, span: Span) -> Any:
        if name == "name":
            return item.name
        if name in VECTORS:
            parts = getattr(item, name) or self._default_vector(item, name)
            return FlexVector(list(parts), item, name)
        ports = {
            "inObjects": item.in_ports,
            "outObjects": item.out_ports,
            "centerObjects": item.center_ports,
        }
        if name in ports:
            return Ports(list(ports[name]))
        if name == "labels":
            return Labels(item)
        if name == "rank":
            return self.model.objects.index(item) + 1
        if name in ("up", "parent"):
            return ClassName("Model")
        if name in item.labels:
            return item.labels[name]
        raise FlexScriptError(
            f"“{item.name}” has no member or label “{name}”.",
            span,
            suggestion(name, METHODS),
            "member",
        )

    def set_member(self, value: Any, name: str, new: Any, span: Span) -> None:
        if isinstance(value, ModelObject):
            self._set_object_member(value, name, new, span)
        elif isinstance(value, FlexVector) and name in (
            "xyzw" if value.attribute != "color" else "rgba"
        ):
            value.parts["xyzw".find(name) if value.attribute != "color" else "rgba".find(name)] = (
                float(new)
            )
            value.store()
        elif isinstance(value, FlexMap):
            value.items[name] = new
        elif isinstance(value, LabelNode) and name == "value":
            value.owner.labels[value.name] = new
        elif isinstance(value, ClassName):
            self.warn(f"{value.name}.{name} has no effect on this runtime.", span, code="ignored")
        else:
            raise FlexScriptError(
                f"{self.describe(value)} has no member “{name}”.", span, code="member"
            )

    def _set_object_member(self, item: ModelObject, name: str, new: Any, span: Span) -> None:
        if name == "name":
            item.name = text_of(new)
        elif name in VECTORS:
            parts = (
                new.parts
                if isinstance(new, FlexVector)
                else new.items
                if isinstance(new, FlexArray)
                else None
            )
            if parts is None or len(parts) < 2:
                raise FlexScriptError(f"“{name}” needs a Vec3.", span, code="type")
            setattr(item, name, tuple(float(x) for x in [*parts, 0.0][:3]))
        else:
            item.labels[name] = new

    # Indexes

    def get_index(self, value: Any, index: Any, span: Span) -> Any:
        if isinstance(value, FlexMap):
            return value.items.get(index)
        if isinstance(value, Labels):
            return LabelNode(value.owner, str(index))
        items = value.items if isinstance(value, FlexArray | Ports) else None
        if items is None:
            raise FlexScriptError(f"{self.describe(value)} has no [ ].", span, code="type")
        if not isinstance(index, int | float) or not 1 <= int(index) <= len(items):
            hint = "FlexScript counts from 1."
            raise FlexScriptError(
                f"There is no item {text_of(index)}; there are {len(items)}.", span, hint, "index"
            )
        return items[int(index) - 1]

    def set_index(self, value: Any, index: Any, new: Any, span: Span) -> None:
        if isinstance(value, FlexMap):
            value.items[index] = new
        elif isinstance(value, FlexArray) and isinstance(index, int | float):
            self.get_index(value, index, span)
            value.items[int(index) - 1] = new
        else:
            raise FlexScriptError(f"{self.describe(value)} has no [ ].", span, code="type")

    # Methods

    def call_method(self, value: Any, name: str, arguments: list[Any], span: Span) -> Any:
        from .methods import call_method

        return call_method(self, value, name, arguments, span)


__all__ = ["ModelHost", "Variable"]
