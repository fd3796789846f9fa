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
CERTAIN = 0.97


@dataclass(frozen=True)
class Told:
    """Probability of each class per name, and the likely links between names."""

    classes: dict[str, dict[str, float]]
    links: frozenset[tuple[str, str]]

    def join(self, names: set[str]) -> bool:
        """Whether the links told join all of these: then the words say how it is connected."""
        graph = nx.Graph(link for link in self.links if names.issuperset(link))
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


def heed(told: Told, inputs: Inputs) -> list[str]:
    """What the prompt says by itself, used on what it and the sketch say together.

    Where words say how everything is connected, drawn lines that they do not tell of go: they are
    more often strokes misread than connections forgotten. What is neither drawn nor connected in
    words, and not called a Source or the like with certainty, is no object; these names are
    returned.
    """
    names = [normal_name(entity.name) for entity in inputs.entities]
    drawn = [entity for entity in inputs.entities if entity.in_scene]
    if told.join({normal_name(entity.name) for entity in drawn}):
        inputs.scene_links = [
            link for link in inputs.scene_links if (names[link[0]], names[link[1]]) in told.links
        ]
    connected = {name for link in told.links for name in link}
    loose = [
        index
        for index, entity in enumerate(inputs.entities)
        if not entity.in_scene
        and names[index] not in connected
        and max(told.classes.get(entity.name, {"": 1.0}).values()) < CERTAIN
    ]
    return _without(inputs, loose) if len(drawn) > 1 else []


def _without(inputs: Inputs, gone: list[int]) -> list[str]:
    """Take entities that are not drawn out of the inputs; their names."""
    left = [index for index in range(len(inputs.entities)) if index not in gone]
    place = {index: rank for rank, index in enumerate(left)}
    names = [inputs.entities[index].name for index in gone]
    inputs.entities = [inputs.entities[index] for index in left]
    inputs.scene_links = [(place[a], place[b], weight) for a, b, weight in inputs.scene_links]
    return names
