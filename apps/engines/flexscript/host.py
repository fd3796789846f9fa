"""The model side of an execution: objects, their members and methods, written into a model tree."""

from __future__ import annotations

import math
from typing import Any

from ..simulation.library import CLASSES, TREE_VARIABLES, class_of
from ..simulation.model import Connection, Model, ModelObject, Value
from ..simulation.states import State
from . import members, paths
from .arithmetic import whole
from .commands import call_command
from .diagnostics import START, Diagnostic, FlexScriptError, Span
from .limits import Limits, Meter
from .lists import FlexList
from .members import VECTORS
from .names import no_class, suggestion
from .settings import (
    MEASURES,
    REFERENCES,
    UNITS,
    canonical,
    is_path,
    option,
    property_name,
    property_of_variable,
    rows_of,
    shown,
    with_unit,
)
from .tables import as_rows, of_property
from .task_types import PREEMPTING, TASK_TYPES
from .values import (
    MAX_ITEMS,
    FlexArray,
    FlexGroup,
    FlexMap,
    FlexTable,
    Variable,
    describe,
    text_of,
)

METHODS = (
    "setLocation setSize setRotation setProperty getProperty getLocation getSize getRotation "
    "destroy copy find is as stop resume setState message"
).split()
CONSTANTS = {"PI": math.pi, "STAT_CURRENT": 1, "STAT_AVERAGE": 2, "STAT_MIN": 3, "STAT_MAX": 4,
             "START_TIME_NODE": 1, "LENGTH_MULTIPLE": 1, "TIME_MULTIPLE": 1,
             **TASK_TYPES, **PREEMPTING, **{f"STATE_{state.name}": int(state) for state in State}}  # fmt: skip


class ModelHost:
    """Builds a model tree; every member and method a model-building script may use."""

    def __init__(self, limits: Limits) -> None:
        self.model: Model = Model()
        self.limits = limits
        self.diagnostics: list[Diagnostic] = []
        self.output: list[str] = []
        self.meter: Meter | None = None
        self.measures = FlexMap()
        self.places: dict[ModelObject, Span] = {}  # where each object was created
        self.tables: dict[str, FlexTable] = {}
        self.lists: dict[str, FlexList] = {}
        self.methods = METHODS

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
        return describe(value)

    def spend(self, steps: int, span: Span) -> None:
        """Charge the work and memory of a large value."""
        if self.meter is not None and steps > 0:
            self.meter.spend(steps, span)

    # Values

    def sized(self, size: Any, span: Span, filling: Any = None) -> FlexArray:
        """Array(n)"""
        count = whole(size, span)
        if not 0 <= count <= MAX_ITEMS:
            raise FlexScriptError(
                f"An array of {text_of(count)} items is not possible.",
                span,
                f"It may have 0 to {MAX_ITEMS:,}.",
                "limit",
            )
        self.spend(count // 10, span)
        return FlexArray([filling] * count)

    def array(self, items: list[Any]) -> FlexArray:
        return FlexArray(items)

    def put_item(self, items: dict[Any, Any], name: Any, new: Any, span: Span) -> None:
        """One entry of a Map or of the labels of an object."""
        if len(items) >= MAX_ITEMS and name not in items:
            raise FlexScriptError("A Map grew too large.", span, code="limit")
        items[name] = new

    def shown_as_table(self, value: Any) -> Any:
        """What a Table variable holds: a tree variable is the table behind it."""
        return self.read_variable(value) if isinstance(value, Variable) else value

    def table(self, name: str) -> FlexTable:
        """Table("Name"): the global table, made where there is none yet."""
        if name not in self.tables:
            rows = self.model.tables.setdefault(name, [])
            self.tables[name] = FlexTable(rows, *self.model.headers.setdefault(name, ([], [])))
        return self.tables[name]

    def group(self, name: str) -> FlexGroup:
        """Group("Name"): made where there is none yet."""
        return FlexGroup(name, self.model.groups.setdefault(name, []))

    def member(self, value: Any, span: Span) -> ModelObject:
        """`value` as a member of a group."""
        return self.object(value, span)

    def global_list(self, name: str) -> FlexList:
        """List("Name"): made where there is none yet."""
        return self.lists.setdefault(name, FlexList(name))

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
            message, hint, code = no_class(class_name, CLASSES)
            raise FlexScriptError(message, span, hint, code)
        if len(self.model.objects) >= self.limits.objects:
            raise FlexScriptError(
                f"The model has more than {self.limits.objects:,} objects.", span, code="limit"
            )
        short = name or known.name.rsplit("::", 1)[-1]
        made = self.model.add(ModelObject(short, known.name))
        self.places[made] = span
        return made

    def find(self, path: str, start: ModelObject | None = None) -> Any:
        """Model.find: a name, `?Name` or a path (see `paths`)."""
        self.spend(len(self.model.objects) // 50 + len(path) // 20, START)
        return paths.find(self.model, path, start)

    def destroy(self, item: ModelObject) -> None:
        for link in [x for x in self.model.connections if item in (x.source, x.target)]:
            self.disconnect(link)
        for group in self.model.groups.values():
            group[:] = [member for member in group if member is not item]
        if item in self.model.objects:
            self.model.objects.remove(item)

    def set_rank(self, item: ModelObject, rank: Any, span: Span) -> None:
        """Move an object among its siblings; ranks outside are the nearest end."""
        objects = self.model.objects
        place = min(max(whole(rank, span) - 1, 0), len(objects))
        if item in objects:
            objects.remove(item)
            objects.insert(place, item)

    def disconnect(self, link: Connection) -> None:
        self.model.connections.remove(link)
        ports = {
            "A": (link.source.out_ports, link.target.in_ports),
            "S": (link.source.center_ports, link.target.center_ports),
        }.get(link.kind)
        if ports and link.target in ports[0]:
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
        if part in ("Labels", "Label"):
            item.labels[component or "Label"] = value
            return
        if real in REFERENCES and isinstance(value, str) and is_path(value):
            value = self.find(value) or value
        if isinstance(value, FlexTable):
            value = as_rows(value, real)
        if (
            isinstance(value, FlexArray)
            and real in known
            and known[real].kind in MEASURES
            and with_unit(value.items) is None
        ):
            hint = f'Write it as [5, "min"]; there are {", ".join(UNITS)}.'
            self.warn(f"“{real}” needs a number, or one with its unit.", span, hint, "type")
        item.properties[real] = option(item.class_name, real, self.stored(value, span))

    def stored(self, value: Any, span: Span) -> Value:
        """A value as a property holds it, or an error."""
        try:
            return canonical(value)
        except TypeError:
            raise FlexScriptError(
                f"A property cannot be {describe(value)}.", span, code="type"
            ) from None
        except OverflowError:
            raise FlexScriptError(
                "This array is too large for a property.", span, "Does it hold itself?", "limit"
            ) from None

    def get_property(self, item: ModelObject, name: str, span: Span) -> Any:
        """getProperty: what was set, else the default; a table can be written through."""
        part, _, component = name.partition(".")
        if part.lower() in VECTORS:
            value = self.get_member(item, part.lower(), span)
            return self.get_member(value, component[:1].lower(), span) if component else value
        if part == "Name":
            return item.name
        real, _alias = property_name(item.class_name, name)
        known = CLASSES[item.class_name].properties.get(real)
        if known is None and real not in item.properties:
            hint = suggestion(real, list(CLASSES[item.class_name].properties))
            raise FlexScriptError(
                f"{item.class_name} has no property “{name}”.", span, hint, "property"
            )
        found = item.properties.get(real, known.default if known else None)
        if known is not None and known.kind == "table":
            rows = rows_of(shown(found))
            if real == "ComponentsList":  # it grows with the ports
                rows += [[1] for _ in item.in_ports[len(rows) + 1 :]]
            return of_property(rows, item, real)
        if real == "Dimensions":  # of racks: a Map, stored as rows of name and value
            return FlexMap({row[0]: row[1] for row in rows_of(shown(found)) if len(row) == 2})
        return shown(found)

    def read_variable(self, variable: Variable) -> Any:
        """The value of a tree variable; NULL where no property stands behind it."""
        real = property_of_variable(variable.owner.class_name, variable.name)
        return self.get_property(variable.owner, real, START) if real else None

    def write_variable(self, variable: Variable, value: Any, span: Span) -> None:
        real = property_of_variable(variable.owner.class_name, variable.name)
        if real is None:
            hint = suggestion(variable.name, list(TREE_VARIABLES))
            raise FlexScriptError(
                f"{variable.owner.class_name} has no variable “{variable.name}”.",
                span,
                hint,
                "property",
            )
        self.set_property(variable.owner, real, value, span)

    def _set_component(
        self, item: ModelObject, attribute: str, component: str, value: Any, span: Span
    ) -> None:
        letters = VECTORS[attribute]
        letter = component[0].lower()
        if letter not in letters or not isinstance(value, int | float):
            raise FlexScriptError(f"{attribute}.{component} needs a number.", span, code="type")
        parts = list(getattr(item, attribute) or self.default_vector(item, attribute))
        parts[letters.index(letter)] = float(value)
        setattr(item, attribute, tuple(parts))

    def default_vector(self, item: ModelObject, attribute: str) -> tuple[float, float, float]:
        return members.class_size(item) if attribute == "size" else (0.0, 0.0, 0.0)

    # Members and items

    def get_member(self, value: Any, name: str, span: Span) -> Any:
        return members.get(self, value, name, span)

    def label_or_null(self, value: Any, name: str, span: Span) -> Any:
        return members.label_or_null(self, value, name, span)

    def set_member(self, value: Any, name: str, new: Any, span: Span) -> None:
        members.put(self, value, name, new, span)

    def get_index(self, value: Any, index: Any, span: Span) -> Any:
        return members.get_index(self, value, index, span)

    def set_index(self, value: Any, index: Any, new: Any, span: Span) -> None:
        members.put_index(self, value, index, new, span)

    # Methods

    def call_method(self, value: Any, name: str, arguments: list[Any], span: Span) -> Any:
        from .methods import call_method

        return call_method(self, value, name, arguments, span)


__all__ = ["CONSTANTS", "METHODS", "VECTORS", "ModelHost", "Variable"]
