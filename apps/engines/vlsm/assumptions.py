"""What was assumed: defaults that apply, choices the model was unsure of, things only half seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..factories.roles import MACHINES
from ..simulation.model import Model
from ..sketch.scene import CLEAR
from .actions import EDITS, VOCABULARY
from .api import Assumption
from .decoding import Decoded
from .examples import Inputs
from .wording import said

if TYPE_CHECKING:
    from ..sketch.scene import Scene, SceneLink

UNSURE = 0.75
MAIN_PROPERTIES = {
    "Source": "InterArrivalTime",
    **dict.fromkeys(MACHINES, "ProcessTime"),
    "Queue": "MaxContent",
}


def default_assumptions(model: Model, only: set[int] | None = None) -> Iterator[Assumption]:
    """Main properties that nobody set and FlexSim's default therefore rules."""
    for item in model:
        prop = MAIN_PROPERTIES.get(item.class_name, "")
        if prop and prop not in item.properties and (only is None or id(item) in only):
            text = said("default", name=item.name, what=said(f"default_{prop}"))
            yield Assumption("default", text, item.name)


def unsure_assumptions(inputs: Inputs, decoded: Decoded) -> Iterator[Assumption]:
    """Decoded choices whose probability was low, told as what they decided."""
    subject = ""
    for choice in decoded.choices:
        piece = choice.piece
        name = VOCABULARY[piece.index] if piece.kind == "token" else ""
        if piece.kind == "entity":
            other = inputs.entities[piece.index].name
            if choice.probability < UNSURE and subject:
                text = said("unsure_link", name=subject, other=other)
                yield Assumption("connection", text, subject, round(choice.probability, 3))
            subject = subject or other
        elif piece.kind == "number" and choice.probability < UNSURE:
            numeral = inputs.numerals[piece.index]
            text = said("unsure_number", number=numeral.text, name=subject)
            yield Assumption("value", text, subject, round(choice.probability, 3))
        elif name == "NEW" or name in EDITS:
            subject = ""
        elif name.startswith("UNIT:") and choice.probability < UNSURE:
            text = said("unsure_unit", name=subject, unit=name.removeprefix("UNIT:"))
            yield Assumption("value", text, subject, round(choice.probability, 3))


def class_assumptions(inputs: Inputs, decoded: Decoded) -> Iterator[Assumption]:
    """Objects whose class was a guess."""
    entity = ""
    for choice in decoded.choices:
        name = VOCABULARY[choice.piece.index] if choice.piece.kind == "token" else ""
        if choice.piece.kind == "entity":
            entity = inputs.entities[choice.piece.index].name
        elif name.startswith("CLASS:") and choice.probability < UNSURE:
            text = said("unsure_class", name=entity, what=name.removeprefix("CLASS:"))
            yield Assumption("class", text, entity, round(choice.probability, 3))


def sketch_assumptions(scene: Scene, model: Model, inputs: Inputs) -> Iterator[Assumption]:
    """Faint links, links without a head, and names that sketch and prompt do not share."""
    labels = [item.label or f"object {index + 1}" for index, item in enumerate(scene.objects)]
    made = {(link.source.name, link.target.name) for link in model.connections}
    for link in scene.links:
        pair = (labels[link.source], labels[link.target])
        if text := _about_line(link, pair, pair in made):
            yield Assumption("sketch", text, None, round(link.confidence, 3))
    for index, drawn in enumerate(scene.objects):
        if not drawn.label.strip():
            text = said("no_label", where=_where(drawn.box))
            yield Assumption("name", text, labels[index])
    names = {item.name for item in model}
    for entity in inputs.entities:
        if not entity.in_scene and entity.name in names:
            text = said("not_drawn", name=entity.name)
            yield Assumption("sketch", text, entity.name)


def _about_line(link: SceneLink, pair: tuple[str, str], connected: bool) -> str:
    """What to tell of a drawn line, "" where it is as clear as it should be."""
    ends = {"name": pair[0], "other": pair[1]}
    if connected and link.confidence < CLEAR:
        return said("faint_line", **ends)
    if connected and link.directed < 0.5:
        return said("no_head", **ends)
    if not connected and link.confidence >= CLEAR:
        return said("line_left_out", **ends)
    return ""


def _where(box: tuple[float, float, float, float]) -> str:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    column = "left" if x < 0.34 else "right" if x > 0.66 else "middle"
    row = "top" if y < 0.34 else "bottom" if y > 0.66 else "centre"
    return said("place", row=said(row), column=said(column))


def unused_names(inputs: Inputs, model: Model, more: Iterable[str] = ()) -> Iterator[Assumption]:
    """Names that were found in the prompt and became no object; `more` are known to be such."""
    made = {item.name for item in model}
    found = (entity.name for entity in inputs.entities if entity.spans and not entity.in_base)
    for name in (*more, *(name for name in found if name not in made)):
        yield Assumption("name", said("unused", name=name), name)
