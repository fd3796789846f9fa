"""What may be connected to what, and how: stations pass items on, resources serve stations.

Stations are joined by output and input ports ("A"); a station reaches the resource that serves it
by a centre port ("S"); a Dispatcher's members hang on its output ports ("A") (flexscript.md 2).
"""

from __future__ import annotations

from typing import Literal

CLASSES = (
    "Source",
    "Queue",
    "Processor",
    "Sink",
    "Combiner",
    "Separator",
    "Rack",
    "StraightConveyor",
    "Dispatcher",
    "TaskExecuter",
    "Operator",
    "Transporter",
    "Robot",
)
"""All that factories are made of; weights keep their rows in this order."""
EXECUTERS = ("TaskExecuter", "Operator", "Transporter", "Robot")
RESOURCES = ("Dispatcher", *EXECUTERS)
MACHINES = ("Processor", "Combiner", "Separator")
"""Stations that work on items."""
HOLDERS = ("Queue", "Rack", "StraightConveyor")
"""Stations where items wait or move on by themselves."""


def is_resource(class_name: str) -> bool:
    return class_name in RESOURCES


def link_kind(source: str, target: str) -> Literal["A", "S"]:
    """The connection that joins objects of these classes."""
    return "S" if is_resource(target) and not is_resource(source) else "A"


def may_link(source: str, target: str) -> bool:
    """Whether a connection from one class to the other means anything."""
    if source in EXECUTERS or target == "Source":
        return False
    if source == "Dispatcher":
        return target in EXECUTERS
    return source != "Sink"
