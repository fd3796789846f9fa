"""What is seen in a sketch: objects with their labels, and links between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, each as a fraction 0..1 of the image's width or height."""

CLEAR = 0.5
"""Confidence from which a line is taken for a link; fainter ones are hints."""


@dataclass(frozen=True)
class SceneObject:
    """One drawn object.

    `class_scores` maps FlexSim class names to probabilities; a plain box that could be
    anything spreads its mass. `label` is the handwriting read beside it ("" if none).
    """

    box: Box
    label: str
    label_confidence: float
    class_scores: dict[str, float]


@dataclass(frozen=True)
class SceneLink:
    """A drawn line from object `source` to object `target` (indices into `Scene.objects`)."""

    source: int
    target: int
    confidence: float
    directed: float = 1.0
    """Probability that the direction was drawn (an arrow head) and not only inferred."""


@dataclass(frozen=True)
class Scene:
    """Everything read off one sketch; `width` and `height` in pixels of the image read."""

    width: int
    height: int
    objects: tuple[SceneObject, ...] = ()
    links: tuple[SceneLink, ...] = ()

    def clear_links(self) -> tuple[SceneLink, ...]:
        return tuple(link for link in self.links if link.confidence >= CLEAR)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Scene:
        """The inverse of `to_json`. Raises KeyError where a part is missing."""
        objects = (
            SceneObject(
                tuple(item["box"]), item["label"], item["label_confidence"], item["class_scores"]
            )
            for item in data["objects"]
        )
        links = (
            SceneLink(item["from"], item["to"], item["confidence"], item["directed"])
            for item in data["links"]
        )
        return cls(data["width"], data["height"], tuple(objects), tuple(links))

    def to_json(self) -> dict[str, Any]:
        return {
            "width": self.width,
            "height": self.height,
            "objects": [
                {
                    "box": list(item.box),
                    "label": item.label,
                    "label_confidence": item.label_confidence,
                    "class_scores": item.class_scores,
                }
                for item in self.objects
            ],
            "links": [
                {
                    "from": link.source,
                    "to": link.target,
                    "confidence": link.confidence,
                    "directed": link.directed,
                }
                for link in self.links
            ],
        }
