"""Findings about the model that a script builds: what is unconnected, unreachable or unused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..simulation.library import CLASSES
from ..simulation.model import CodeValue, Model, ModelObject, NumberValue, OptionValue
from .diagnostics import START, Diagnostic, Span

FLOW = frozenset(
    "Source Queue Processor Sink Combiner Separator MultiProcessor BasicFR Rack FloorStorage".split()
)
_BELTS = frozenset({"StraightConveyor", "CurvedConveyor"})
_USES = {
    "UseTransport": "TransportRef",
    "UseProcessOperators": "OperatorRef",
    "UseSetupOperators": "OperatorRef",
}
Places = Mapping[ModelObject, Span]


def check_model(model: Model, places: Places | None = None) -> Iterator[Diagnostic]:
    """Warnings; a model with these still loads. `places` tells where objects were created."""
    places = places or {}
    if not model.objects:
        yield Diagnostic(
            "warning",
            "The script creates no objects.",
            'Use Object.create("Source").',
            code="empty",
        )
        return
    yield from _connections(model, places)
    yield from _unused(model, places)
    yield from _references(model, places)
    yield from _names(model, places)
    if not any(item.class_name == "Source" for item in model):
        yield Diagnostic(
            "warning", "There is no Source: nothing will enter the model.", code="source"
        )
    else:
        yield from _sinks(model, places)


def _connections(model: Model, places: Places) -> Iterator[Diagnostic]:
    for item in model:
        if item.class_name not in FLOW or item.center_ports:
            continue
        found = _unconnected(item)
        if found:
            message, code = found
            hint = "Connect it with contextdragconnection."
            yield Diagnostic("warning", message, hint, places.get(item, START), code)


def _unused(model: Model, places: Places) -> Iterator[Diagnostic]:
    """Executers, dispatchers and network nodes that nothing leads to; belts that stand alone."""
    linked = {id(end) for link in model.connections for end in (link.source, link.target)}
    members = {id(member) for group in model.groups.values() for member in group}
    code = "\n".join(_texts(model))
    for item in model:
        if id(item) in linked | members or item.name in code:
            continue
        if CLASSES[item.class_name].role in ("executer", "dispatcher", "network"):
            text = f"“{item.name}” is not used: it is connected to nothing, and no code names it."
            hint = 'Connect it with contextdragconnection(station, executer, "S").'
            yield Diagnostic("warning", text, hint, places.get(item, START), "unused")
        elif item.class_name in _BELTS:
            text = f"“{item.name}” is not connected to anything."
            hint = "Connect it with contextdragconnection."
            yield Diagnostic("warning", text, hint, places.get(item, START), "unconnected")


def _texts(model: Model) -> Iterator[str]:
    """All code of the model."""
    for item in model:
        for value in item.properties.values():
            if isinstance(value, CodeValue):
                yield value.text


def _unconnected(item: ModelObject) -> tuple[str, str] | None:
    if not item.in_ports and not item.out_ports:
        return f"“{item.name}” is not connected to anything.", "unconnected"
    if not item.out_ports and item.class_name != "Sink":
        return f"“{item.name}” has no output connection: items stay there.", "output"
    if not item.in_ports and item.class_name != "Source":
        return f"“{item.name}” has no input connection: nothing reaches it.", "input"
    return None


def _names(model: Model, places: Places) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for item in model:
        if item.name in seen:
            yield Diagnostic(
                "warning",
                f"More than one object is called “{item.name}”; Model.find gives the first.",
                span=places.get(item, START),
                code="duplicate",
            )
        seen.add(item.name)


def _sinks(model: Model, places: Places) -> Iterator[Diagnostic]:
    """Sinks that no item can come to."""
    sinks = [item for item in model if item.class_name == "Sink"]
    reached = _reached(model)
    lost = [item for item in sinks if id(item) not in reached]
    if lost and lost == sinks:
        yield Diagnostic("warning", "No Sink can be reached from a Source.", code="sink")
        return
    for item in lost:
        if item.in_ports:  # one without any has been told of
            text = f"The sink “{item.name}” cannot be reached from a Source."
            yield Diagnostic("warning", text, None, places.get(item, START), "unreachable")


def _reached(model: Model) -> set[int]:
    """Whatever stands behind a Source."""
    waiting: list[ModelObject] = [item for item in model if item.class_name == "Source"]
    seen = {id(item) for item in waiting}
    while waiting:
        item = waiting.pop()
        for target in (*item.out_ports, *item.center_ports):
            if id(target) not in seen:
                seen.add(id(target))
                waiting.append(target)
    return seen


def _references(model: Model, places: Places) -> Iterator[Diagnostic]:
    """Operators and transports come from the centre port unless the script says otherwise."""
    for item in model:
        for use, reference in _USES.items():
            used = item.properties.get(use)
            wanted = isinstance(used, NumberValue | OptionValue) and used.value != 0
            if wanted and reference not in item.properties and not item.center_ports:
                text = f"{use} of “{item.name}” is set, but nothing is at its centre port 1."
                hint = 'Connect it with contextdragconnection(…, "S").'
                yield Diagnostic("warning", text, hint, places.get(item, START), "centre")
                break
