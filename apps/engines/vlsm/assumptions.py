"""What was assumed: defaults that apply, choices the model was unsure of, things only half seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..simulation.model import Model
from ..sketch.scene import CLEAR
from .actions import EDITS, VOCABULARY
from .api import Assumption
from .decoding import Decoded
from .examples import Inputs

if TYPE_CHECKING:
    from ..sketch.scene import Scene, SceneLink

UNSURE = 0.75
DEFAULTS = {
    "Source": ("InterArrivalTime", "arrivals every exponential(0, 10) s"),
    "Processor": ("ProcessTime", "a process time of 10 s"),
    "Queue": ("MaxContent", "a capacity of 1000"),
}


def default_assumptions(model: Model, only: set[int] | None = None) -> Iterator[Assumption]:
    """Main properties that nobody set and FlexSim's default therefore rules."""
    for item in model:
        prop, words = DEFAULTS.get(item.class_name, ("", ""))
        if prop and prop not in item.properties and (only is None or id(item) in only):
            yield Assumption("default", f"“{item.name}” has {words} (the default).", item.name)


def unsure_assumptions(inputs: Inputs, decoded: Decoded) -> Iterator[Assumption]:
    """Decoded choices whose probability was low, told as what they decided."""
    subject = ""
    for choice in decoded.choices:
        piece = choice.piece
        name = VOCABULARY[piece.index] if piece.kind == "token" else ""
        if piece.kind == "entity":
            said = inputs.entities[piece.index].name
            if choice.probability < UNSURE and subject:
                text = f"“{subject}” is taken to concern “{said}”."
                yield Assumption("connection", text, subject, round(choice.probability, 3))
            subject = subject or said
        elif piece.kind == "number" and choice.probability < UNSURE:
            numeral = inputs.numerals[piece.index]
            text = f"The number {numeral.text} is taken for “{subject}”."
            yield Assumption("value", text, subject, round(choice.probability, 3))
        elif name == "NEW" or name in EDITS:
            subject = ""
        elif name.startswith("UNIT:") and choice.probability < UNSURE:
            text = f"The times of “{subject}” are taken to be in {name.removeprefix('UNIT:')}."
            yield Assumption("value", text, subject, round(choice.probability, 3))


def class_assumptions(inputs: Inputs, decoded: Decoded) -> Iterator[Assumption]:
    """Objects whose class was a guess."""
    said = ""
    for choice in decoded.choices:
        name = VOCABULARY[choice.piece.index] if choice.piece.kind == "token" else ""
        if choice.piece.kind == "entity":
            said = inputs.entities[choice.piece.index].name
        elif name.startswith("CLASS:") and choice.probability < UNSURE:
            text = f"“{said}” is taken for a {name.removeprefix('CLASS:')}."
            yield Assumption("class", text, said, round(choice.probability, 3))


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
            text = f"The object drawn at {_where(drawn.box)} has no label that could be read."
            yield Assumption("name", text, labels[index])
    names = {item.name for item in model}
    for entity in inputs.entities:
        if not entity.in_scene and entity.name in names:
            text = f"“{entity.name}” is named in the prompt but was not found in the sketch."
            yield Assumption("sketch", text, entity.name)


def _about_line(link: SceneLink, pair: tuple[str, str], connected: bool) -> str:
    """What to tell of a drawn line, "" where it is as clear as it should be."""
    line = f"from “{pair[0]}” to “{pair[1]}”"
    if connected and link.confidence < CLEAR:
        return f"The line {line} is faint; it is taken for a connection."
    if connected and link.directed < 0.5:
        return f"No arrow head seen on the line {line}: that is the way items are taken to go."
    if not connected and link.confidence >= CLEAR:
        return f"The line {line} seen in the sketch was left out: the prompt tells of no such way."
    return ""


def _where(box: tuple[float, float, float, float]) -> str:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    column = "left" if x < 0.34 else "right" if x > 0.66 else "middle"
    row = "top" if y < 0.34 else "bottom" if y > 0.66 else "centre"
    return f"the {row} {column}"


def unused_names(inputs: Inputs, model: Model) -> Iterator[Assumption]:
    """Names that were found in the prompt and became no object."""
    made = {item.name for item in model}
    for entity in inputs.entities:
        if entity.spans and not entity.in_base and entity.name not in made:
            yield Assumption("name", f"“{entity.name}” was not taken for an object.", entity.name)
