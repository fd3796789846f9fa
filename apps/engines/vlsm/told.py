"""What the prompt tells by itself, before the sketch is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from ..factories.roles import CLASSES, may_link
from .examples import Entity, Inputs, normal_name

if TYPE_CHECKING:
    from .batching import Batcher
    from .modeling import Memory

LIKELY = 0.5
CERTAIN = 0.97
CLEAR = 0.8
"""How sure a class must be to tell which way a line leads."""
MANY = 0.6
"""Links told, of what a tree over all objects takes, from which words say how all is connected."""


@dataclass(frozen=True)
class Told:
    """Probability of each class per name, and the likely links between names."""

    classes: dict[str, dict[str, float]]
    links: frozenset[tuple[str, str]]


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
    return Told(classes, _likely_links(memory, inputs))


def _likely_links(memory: Memory, inputs: Inputs) -> frozenset[tuple[str, str]]:
    names = [normal_name(entity.name) for entity in inputs.entities]
    likely = (memory.links[0].float().sigmoid() >= LIKELY).nonzero().tolist()
    return frozenset((names[a], names[b]) for a, b in likely if a != b)


@torch.inference_mode()
def tells_way(batcher: Batcher, inputs: Inputs) -> bool:
    """Whether the words say how the objects drawn are connected.

    A prompt read without a sketch is taken to tell that: where it does not, links are guessed from
    the order of names. So it is read again with what is drawn, but without the lines.
    """
    beside = _likely_links(batcher.read(replace(inputs, scene_links=[])), inputs)
    return len(beside) >= MANY * (sum(entity.in_scene for entity in inputs.entities) - 1)


def heed(told: Told, inputs: Inputs, whole: bool) -> list[str]:
    """What the prompt says by itself, used on what it and the sketch say together.

    Where words say how everything is connected (`whole`), drawn lines that they do not tell of go:
    they are more often strokes misread than connections forgotten. What is neither drawn nor
    connected in words, and not called a Source or the like with certainty, is no object; these
    names are returned.
    """
    names = [normal_name(entity.name) for entity in inputs.entities]
    drawn = [entity for entity in inputs.entities if entity.in_scene]
    if whole:
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


def turn_lines(told: Told, inputs: Inputs) -> None:
    """Let drawn lines lead the only way that means anything between what words or symbols say their
    ends are: to a Dispatcher from a station, from it to its people, never out of a Sink."""
    said = {normal_name(name): row for name, row in told.classes.items()}
    kinds = [_kind(said.get(normal_name(e.name), {}), e) for e in inputs.entities]
    seen: dict[tuple[int, int], float] = {}
    for source, target, weight in inputs.scene_links:
        way = (source, target)
        if not may_link(kinds[source], kinds[target]) and may_link(kinds[target], kinds[source]):
            way = (target, source)
        seen[way] = min(1.0, seen.get(way, 0.0) + weight)
    inputs.scene_links = [(source, target, weight) for (source, target), weight in seen.items()]


def _kind(said: dict[str, float], entity: Entity) -> str:
    """The class of an entity, by words, else by its symbol; "" where neither tells."""
    for scores in (said, dict(zip(CLASSES, entity.class_scores, strict=True))):
        best = max(scores, key=lambda name: scores[name], default="")
        if best and scores[best] >= CLEAR:
            return best
    return ""


def _without(inputs: Inputs, gone: list[int]) -> list[str]:
    """Take entities that are not drawn out of the inputs; their names."""
    left = [index for index in range(len(inputs.entities)) if index not in gone]
    place = {index: rank for rank, index in enumerate(left)}
    names = [inputs.entities[index].name for index in gone]
    inputs.entities = [inputs.entities[index] for index in left]
    inputs.scene_links = [(place[a], place[b], weight) for a, b, weight in inputs.scene_links]
    return names
