"""What the prompt tells by itself, before the sketch is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import torch

from ..factories.roles import CLASSES
from .examples import Inputs, normal_name

if TYPE_CHECKING:
    from .batching import Batcher

LIKELY = 0.5


@dataclass(frozen=True)
class Told:
    """Probability of each class per name, and the likely links between names."""

    classes: dict[str, dict[str, float]]
    links: frozenset[tuple[str, str]]

    @property
    def whole(self) -> bool:
        """Whether the links told join all objects named: then the words say how it is connected."""
        graph = nx.Graph(list(self.links))
        names = {normal_name(name) for name in self.classes}
        return len(names) > 1 and set(graph) == names and nx.is_connected(graph)


@torch.inference_mode()
def read_told(batcher: Batcher, inputs: Inputs) -> Told:
    """Read a prompt's inputs, without a scene."""
    if not inputs.entities:
        return Told({}, frozenset())
    memory = batcher.read(inputs)
    rows = memory.attributes[0, :, : len(CLASSES)].float().sigmoid().tolist()
    names = [entity.name for entity in inputs.entities]
    classes = {
        name: dict(zip(CLASSES, row, strict=True)) for name, row in zip(names, rows, strict=True)
    }
    likely = (memory.links[0].float().sigmoid() >= LIKELY).nonzero().tolist()
    pairs = {(normal_name(names[a]), normal_name(names[b])) for a, b in likely if a != b}
    return Told(classes, frozenset(pairs))


def heed(told: Told, inputs: Inputs) -> None:
    """Where words say how everything is connected, drawn lines that they do not tell of go: they
    are more often strokes misread than connections forgotten."""
    drawn = [entity for entity in inputs.entities if entity.in_scene]
    if not told.whole or any(not entity.spans for entity in drawn):
        return
    names = [normal_name(entity.name) for entity in inputs.entities]
    inputs.scene_links = [
        link for link in inputs.scene_links if (names[link[0]], names[link[1]]) in told.links
    ]
