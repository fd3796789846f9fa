"""From what a user gives (prompt, sketch, earlier script) to the model's inputs.

Names found in the prompt, labels read in the sketch and objects of the earlier script are joined
into one list of entities: the same name is the same entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..factories.roles import CLASSES, is_resource
from .examples import Entity, Inputs, as_seen, fresh_entities, normal_name, usable_numerals
from .ranges import ranges_in
from .short_names import meant_by, written_short

if TYPE_CHECKING:
    from ..simulation.model import Model, ModelObject
    from ..sketch.scene import Scene, SceneObject

SAME_LABEL = 0.78
"""Similarity from which a label read in the sketch is taken for a name of the prompt."""


def prompt_entities(prompt: str, spans: Sequence[tuple[int, int]]) -> list[Entity]:
    """One entity per different name, in order of first mention; ranges name all between."""
    entities: dict[str, Entity] = {}
    said = [(prompt[start:end].strip(), (start, end)) for start, end in spans]
    meant = list(ranges_in(prompt, spans))
    for name, span in sorted(said + meant, key=lambda mention: mention[1]):
        if name:
            entity = entities.setdefault(normal_name(name), Entity(name))
            entity.name = better_spelled(entity.name, name)
            entity.spans.append(span)
    return _with_short_names(prompt, entities)


def _with_short_names(prompt: str, entities: dict[str, Entity]) -> list[Entity]:
    """“North” is the North Dock, where there is just one."""
    names = {entity.name: entity for entity in entities.values()}
    for entity in names.values():
        longer = names.get(meant_by(entity.name, names))
        if longer:
            longer.spans = sorted(longer.spans + entity.spans)
            del entities[normal_name(entity.name)]
    taken = [span for entity in entities.values() for span in entity.spans]
    left = [entity.name for entity in entities.values()]
    for entity in entities.values():
        for start, end in written_short(prompt, entity.name, left):
            if not any(a < end and start < b for a, b in taken):
                entity.spans = sorted([*entity.spans, (start, end)])
    return list(entities.values())


def better_spelled(name: str, other: str) -> str:
    """Of two spellings of one name that with more capitals: people write “the mill” of Mill."""
    if normal_name(name) != normal_name(other):
        return name
    return max(name, other, key=lambda spelling: sum(map(str.isupper, spelling)))


def from_prompt(prompt: str, spans: Sequence[tuple[int, int]], scene: Scene | None) -> Inputs:
    """Inputs for a new model from a prompt and, if there is one, a sketch."""
    entities = prompt_entities(prompt, spans)
    inputs = Inputs(prompt, entities, usable_numerals(prompt, list(spans)))
    if scene is not None:
        _add_scene(inputs, scene)
    return inputs


def _add_scene(inputs: Inputs, scene: Scene) -> None:
    places: dict[int, int] = {}
    for index, drawn in _left_to_right(scene):
        match = _match(drawn.label, inputs.entities)
        if match is None:
            if not drawn.label.strip():
                name = _unlabelled(drawn, inputs.entities)
            else:
                name = drawn.label.strip()
            inputs.entities.append(Entity(name))
            match = len(inputs.entities) - 1
        entity = inputs.entities[match]
        entity.in_scene = True
        entity.name = better_spelled(entity.name, drawn.label.strip())
        entity.class_scores = tuple(drawn.class_scores.get(name, 0.0) for name in CLASSES)
        left, top, right, bottom = drawn.box
        entity.position = ((left + right) / 2, -(top + bottom) / 2)
        places[index] = match
    inputs.scene_links = [
        way
        for link in scene.links
        if places[link.source] != places[link.target]
        for way in as_seen(places[link.source], places[link.target], link.confidence, link.directed)
    ]


def _left_to_right(scene: Scene) -> list[tuple[int, SceneObject]]:
    pairs = list(enumerate(scene.objects))
    return sorted(pairs, key=lambda pair: (pair[1].box[0] + pair[1].box[2], pair[1].box[1]))


def _match(label: str, entities: Sequence[Entity]) -> int | None:
    """The entity not yet drawn whose name is most like the label."""
    best, best_score = None, SAME_LABEL
    for index, entity in enumerate(entities):
        if entity.in_scene or not label.strip():
            continue
        score = similarity(label, entity.name)
        if score >= best_score:
            best, best_score = index, score
    return best


def similarity(a: str, b: str) -> float:
    """0..1 on letters and digits; digits must agree, since "Q1" is not "Q2"."""
    a, b = normal_name(a).replace(" ", ""), normal_name(b).replace(" ", "")
    if a == b:
        return 1.0
    if [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]:
        return 0.0
    return SequenceMatcher(None, a, b).ratio()


def _unlabelled(drawn: SceneObject, entities: Sequence[Entity]) -> str:
    """A drawn object without a label is named after its class."""
    best = max(drawn.class_scores.items(), key=lambda item: item[1], default=("Object", 0.0))[0]
    return free_name(best, {normal_name(item.name) for item in entities})


def free_name(stem: str, taken: set[str]) -> str:
    """`stem`, or `stem 2`, `stem 3` … whichever is free."""
    base = stem.rstrip("0123456789").rstrip(" _-#") or stem
    joint = stem[len(base) :].rstrip("0123456789") or " "
    name, number = stem, 2
    while normal_name(name) in taken:
        name = f"{base}{joint}{number}"
        number += 1
    return name


def from_script(prompt: str, spans: Sequence[tuple[int, int]], model: Model) -> Inputs:
    """Inputs for a refinement of an earlier model."""
    xs = max((abs(item.location[0]) for item in model), default=0.0) + 1
    ys = max((abs(item.location[1]) for item in model), default=0.0) + 1
    entities = [
        Entity(
            item.name,
            in_base=True,
            class_scores=tuple(float(item.class_name == name) for name in CLASSES),
            position=(item.location[0] / xs, item.location[1] / ys),
        )
        for item in model
    ]
    known = {normal_name(entity.name): entity for entity in reversed(entities)}
    for found in prompt_entities(prompt, spans):
        if normal_name(found.name) in known:
            known[normal_name(found.name)].spans = found.spans
        else:
            entities.append(found)
    index = {id(item): place for place, item in enumerate(model)}
    inputs = Inputs(prompt, entities + fresh_entities(), usable_numerals(prompt, list(spans)))
    inputs.base_links = [
        (index[id(source)], index[id(target)]) for source, target in _known_links(model)
    ]
    inputs.base_classes = {place: item.class_name for place, item in enumerate(model)}
    return inputs


def _known_links(model: Model) -> Iterator[tuple[ModelObject, ModelObject]]:
    """Links of an earlier model, centre ports from the station to its resource."""
    for link in model.connections:
        if link.kind == "A":
            yield link.source, link.target
        elif link.kind == "S":
            backwards = is_resource(link.source.class_name)
            yield (link.target, link.source) if backwards else (link.source, link.target)
