"""Photographs of real hand-drawn diagrams as training and test drawings.

Reads a folder in the layout of hdBPMN (Schäfer, van der Aa, Leopold, Stuckenschmidt; CC BY 4.0):
`images/*.jpg` and `labels/*.json` with shapes, flows and words. The pictures do not ship with the
package. Tasks and gateways say nothing of a FlexSim class; start and end events are drawn as many
people draw sources and sinks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
from PIL import Image

from .drawing import Drawing
from .paper import Array, moved
from .routes import Rect, resample

KINDS = {
    "startEvent": "Source",
    "endEvent": "Sink",
    "task": "Box",
    "subProcess": "Box",
    "callActivity": "Box",
    "exclusiveGateway": "Box",
    "parallelGateway": "Box",
    "eventBasedGateway": "Box",
    "intermediateCatchEvent": "Box",
    "intermediateThrowEvent": "Box",
}


def photographs(folder: Path, split: str) -> list[Path]:
    """The label files of a split ("train" or "val"; the split is by writer)."""
    paths = sorted((folder / "labels").glob("*.json"))
    return [path for path in paths if json.loads(path.read_text())["split"] == split]


def photograph_of(path: Path) -> Drawing:
    """One photograph with its truth; flows between other than known shapes are left out."""
    label = json.loads(path.read_text())
    image = Image.open(path.parent.parent / "images" / label["image"]).convert("RGB")
    drawing = Drawing(image)
    places: dict[int, int] = {}
    for index, item in enumerate(label["shapes"]):
        if item["type"] in KINDS:
            places[index] = len(drawing.boxes)
            _add_shape(drawing, item)
    for flow in label["flows"]:
        ends = (flow["source"], flow["target"])
        if all(end in places for end in ends) and ends[0] != ends[1]:
            points = [(float(x), float(y)) for x, y in flow["points"]]
            path_points = np.array(resample(points, 3.0))
            drawing.links.append((places[ends[0]], places[ends[1]], path_points))
    return drawing


def _add_shape(drawing: Drawing, item: dict[str, Any]) -> None:
    x, y, width, height = item["box"]
    box: Rect = (x, y, x + width, y + height)
    drawing.boxes.append(box)
    drawing.labels.append(box)
    drawing.classes.append(KINDS[item["type"]])
    drawing.names.append(item["text"] or "")


def shaken(drawing: Drawing, rng: Random) -> Drawing:
    """A part of a photograph, turned and scaled at random; objects outside are dropped."""
    width, height = drawing.image.size
    zoom, angle = rng.uniform(0.85, 1.7), rng.uniform(-5, 5)
    middle = (width * rng.uniform(0.3, 0.7), height * rng.uniform(0.3, 0.7))
    matrix = np.eye(3)
    matrix[:2] = cv2.getRotationMatrix2D(middle, angle, zoom)
    pixels = np.asarray(drawing.image)
    border = tuple(float(v) for v in np.median(pixels[::9, ::9].reshape(-1, 3), axis=0))
    turned = cv2.warpAffine(pixels, matrix[:2], (width, height), borderValue=border)
    gain, floor = rng.uniform(0.65, 1.1), rng.uniform(0, 40)
    image = Image.fromarray((turned * gain + floor).clip(0, 255).astype(np.uint8))
    out = Drawing(image)
    kept: dict[int, int] = {}
    for index, box in enumerate(drawing.boxes):
        seen = _moved_box(box, matrix)
        x, y = (seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2
        if 0 < x < width and 0 < y < height:
            kept[index] = len(out.boxes)
            out.boxes.append(seen)
            out.labels.append(seen)
            out.classes.append(drawing.classes[index])
            out.names.append(drawing.names[index])
    for source, target, path in drawing.links:
        if source in kept and target in kept:
            out.links.append((kept[source], kept[target], moved(path, matrix)))
    return out


def _moved_box(box: Rect, matrix: Array) -> Rect:
    """The same middle, moved; sizes scaled but not grown by the turn."""
    middle = moved(np.array([[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]]), matrix)[0]
    zoom = float(np.hypot(matrix[0, 0], matrix[0, 1]))
    half = (zoom * (box[2] - box[0]) / 2, zoom * (box[3] - box[1]) / 2)
    return (
        float(middle[0] - half[0]),
        float(middle[1] - half[1]),
        float(middle[0] + half[0]),
        float(middle[1] + half[1]),
    )


def photograph_stream(folder: Path, seed: int) -> Iterator[Drawing]:
    """Endless shaken photographs of the training writers."""
    rng = Random(seed)
    paths = photographs(folder, "train")
    while True:
        yield shaken(photograph_of(rng.choice(paths)), rng)
