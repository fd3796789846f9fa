"""Flow items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .node import Node


BOX = 0.61  # metres along a belt: the length of FlexSim's box [?]


class Item:
    """One flow item; `port` is the output port its station has opened (0 all, -1 none).

    `ordered` is whether code has asked for it to be moved or destroyed, for which it waits;
    `destination` is where belts are to take it, `length` its own along a belt.
    """

    __slots__ = (
        "born", "contents", "crew", "destination", "entered", "ident", "kind", "labels", "length",
        "name", "ordered", "port", "station", "transit",
    )  # fmt: skip

    def __init__(self, ident: int, name: str, born: float) -> None:
        self.ident = ident
        self.name = name
        self.kind = name
        self.born = born
        self.entered = born
        self.port = 0
        self.ordered = False
        self.station: Node | None = None
        self.contents: list[Item] = []
        self.labels: dict[str, Any] = {}
        self.crew: Any = None
        self.destination: Node | None = None
        self.transit: Any = None  # the link by which a task executer is to take it
        self.length = BOX

    def size(self) -> int:
        """The item itself and all that is packed in it."""
        return 1 + sum(inner.size() for inner in self.contents)
