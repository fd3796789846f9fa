"""A structure while it grows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Structure:
    """Classes, links (indices) and stages (columns of indices) of a factory to be.

    `flags` are properties that a structure implies: (object, property, value).
    """

    classes: list[str] = field(default_factory=list)
    links: set[tuple[int, int]] = field(default_factory=set)
    stages: list[list[int]] = field(default_factory=list)
    flags: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, class_name: str, count: int = 1) -> list[int]:
        new = list(range(len(self.classes), len(self.classes) + count))
        self.classes.extend([class_name] * count)
        return new

    def add_stage(self, class_name: str, count: int) -> list[int]:
        self.stages.append(self.add(class_name, count))
        return self.stages[-1]

    def sources_of(self, index: int) -> list[int]:
        return [a for a, b in self.links if b == index]

    def targets_of(self, index: int) -> list[int]:
        return [b for a, b in self.links if a == index]
