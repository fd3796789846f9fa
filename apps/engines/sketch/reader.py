"""Reading a sketch: network, links, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from .detection import Found, find_objects
from .labels import read_labels
from .linking import Rules, find_links, load_rules
from .names import Kinds, snap
from .network import SketchConfig, SketchNetwork, for_classes
from .routes import Rect
from .samples import letterbox
from .scene import Scene, SceneLink, SceneObject

WEIGHTS = Path(__file__).parent / "weights"
MAX_SIDE = 2600
ICON, GHOST = 0.5, 0.3
"""Probability of a class: of an icon at least, and of no icon at most."""


class SketchReader:
    """A loaded network; `read` takes about a second or two on one core."""

    def __init__(self, network: SketchNetwork, rules: Rules) -> None:
        self.network, self.rules = network.eval(), rules

    def read(
        self,
        image: Image.Image,
        names: Sequence[str] = (),
        told: Mapping[str, Kinds] | None = None,
    ) -> Scene:
        """Objects and links of a sketch; labels are snapped to `names` where they are alike.

        `told` says which classes the prompt gives to names.
        """
        return named(self.look(image), names, told)

    def look(self, image: Image.Image) -> Scene:
        """All that is drawn and written, labels letter by letter as they were read."""
        image = _prepared(image)
        objects, links, boxes = self.detect(image)
        icons = [sum(item.scores.values()) > ICON for item in objects]
        texts = read_labels(image, boxes, icons) if boxes else []
        labels = [(text.text, text.confidence) if text else ("", 0.0) for text in texts]
        return _scene(image, objects, links, boxes, labels)

    def see(self, image: Image.Image) -> Scene:
        """Objects and links only; a tenth of a second."""
        image = _prepared(image)
        objects, links, boxes = self.detect(image)
        return _scene(image, objects, links, boxes, [("", 0.0)] * len(boxes))

    @torch.inference_mode()
    def detect(self, image: Image.Image) -> tuple[list[Found], list[SceneLink], list[Rect]]:
        """Objects, links, and the objects' boxes in pixels of `image`; no text is read."""
        ink, scale, left, top = letterbox(image)
        maps = self.network(torch.from_numpy(ink)[None, None])[0].float().numpy()
        objects = find_objects(np.asarray(maps))
        links = [
            SceneLink(x.source, x.target, round(x.confidence, 4), round(x.directed, 4))
            for x in find_links(maps, ink, objects, self.rules)
        ]
        boxes = [
            (
                (item.box[0] - left) / scale,
                (item.box[1] - top) / scale,
                (item.box[2] - left) / scale,
                (item.box[3] - top) / scale,
            )
            for item in objects
        ]
        return objects, links, boxes


def named(
    scene: Scene, names: Sequence[str] = (), told: Mapping[str, Kinds] | None = None
) -> Scene:
    """The scene with labels read in the light of `names`; see `SketchReader.read`."""
    read = [(item.label, item.label_confidence) for item in scene.objects]
    labels = snap(read, names, [item.class_scores for item in scene.objects], told)
    objects = (
        replace(item, label=label, label_confidence=confidence)
        for item, (label, confidence) in zip(scene.objects, labels, strict=True)
    )
    return _without_ghosts(replace(scene, objects=tuple(objects)))


def _without_ghosts(scene: Scene) -> Scene:
    """A nameless shape of no class among icons with names is a note or a crossing of strokes."""
    shown = [max(item.class_scores.values(), default=0.0) for item in scene.objects]
    if len(shown) < 3 or float(np.median(shown)) < ICON:
        return scene
    pairs = zip(scene.objects, shown, strict=True)
    kept = [i for i, (item, share) in enumerate(pairs) if item.label or share > GHOST]
    place = {index: rank for rank, index in enumerate(kept)}
    links = (
        replace(link, source=place[link.source], target=place[link.target])
        for link in scene.links
        if link.source in place and link.target in place
    )
    return replace(scene, objects=tuple(scene.objects[i] for i in kept), links=tuple(links))


def _scene(
    image: Image.Image,
    objects: Sequence[Found],
    links: Sequence[SceneLink],
    boxes: Sequence[Rect],
    labels: Sequence[tuple[str, float]],
) -> Scene:
    width, height = image.size
    seen = tuple(
        SceneObject(
            (box[0] / width, box[1] / height, box[2] / width, box[3] / height),
            label,
            confidence,
            {name: round(score, 4) for name, score in item.scores.items()},
        )
        for item, box, (label, confidence) in zip(objects, boxes, labels, strict=True)
    )
    return Scene(width, height, seen, tuple(links))


def _prepared(image: Image.Image) -> Image.Image:
    """Opaque RGB of a size worth looking at."""
    if image.mode in ("RGBA", "LA", "P"):
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    image = image.convert("RGB")
    if max(image.size) > MAX_SIDE:
        image.thumbnail((MAX_SIDE, MAX_SIDE))
    return image


def save_network(network: SketchNetwork, folder: Path = WEIGHTS) -> None:
    """Write config.json and model.safetensors (bf16)."""
    folder.mkdir(parents=True, exist_ok=True)
    network.config.save_pretrained(folder)
    state = {k: v.detach().to(torch.bfloat16).contiguous() for k, v in network.state_dict().items()}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def load_network(folder: Path = WEIGHTS) -> SketchNetwork:
    """The network in fp32, for all classes of today. Raises FileNotFoundError without weights."""
    config = SketchConfig.from_pretrained(folder)
    state = for_classes(load_file(folder / "model.safetensors"), config.classes)
    network = SketchNetwork(SketchConfig(config.channels))
    network.load_state_dict({k: v.float() for k, v in state.items()})
    return network


@cache
def load_reader() -> SketchReader:
    """The shipped reader, loaded once per process."""
    return reader_from(WEIGHTS)


def reader_from(folder: Path) -> SketchReader:
    """Network and link rules of a folder of weights."""
    return SketchReader(load_network(folder), load_rules(folder / "links.safetensors"))


@cache
def fingerprint() -> str:
    """Of the shipped weights: what was read by others is read anew."""
    files = (WEIGHTS / "model.safetensors", WEIGHTS / "links.safetensors")
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
