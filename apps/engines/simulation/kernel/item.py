"""Flow items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .node import Node


class Item:
    """One flow item; `port` is the output port its station has opened (0 all, -1 none)."""

    __slots__ = (
        "born", "contents", "crew", "entered", "ident", "kind", "labels", "name", "port",
        "station",
    )  # fmt: skip

    def __init__(self, ident: int, name: str, born: float) -> None:
        self.ident = ident
        self.name = name
        self.kind = name
        self.born = born
        self.entered = born
        self.port = 0
        self.station: Node | None = None
        self.contents: list[Item] = []
        self.labels: dict[str, Any] = {}
        self.crew: Any = None

    def size(self) -> int:
        """The item itself and all that is packed in it."""
        return 1 + sum(inner.size() for inner in self.contents)
