"""How well sketches are read: drawings of held-out structures, and photographs of real drawings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from .drawing import Drawing
from .photographs import photograph_of, photographs
from .reader import SketchReader
from .routes import Rect
from .samples import CLASSES, drawings
from .scene import Scene

Progress = Callable[[int], None]


def evaluate(
    reader: SketchReader,
    limit: int,
    seed: int = 77,
    text: bool = True,
    basic: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Recall and precision of objects (IoU >= 0.5) and links, classes, labels read exactly.

    Labels are read twice, without and with the true names to snap to; `text=False` skips both.
    `basic` takes factories of the four basic classes alone.
    """
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    for number, drawing in enumerate(islice(drawings(seed, "test", basic), limit)):
        began = time.perf_counter()
        scene = reader.read(drawing.image, drawing.names) if text else reader.see(drawing.image)
        seconds.append(time.perf_counter() - began)
        matched = compare(drawing, scene, counts)
        if text:
            count_labels(drawing, scene, matched, counts, "label_with_names")
            alone = reader.read(drawing.image)
            count_labels(drawing, alone, matched, counts, "label_alone")
        if progress:
            progress(number + 1)
    report: dict[str, Any] = {"n": limit, "seed": seed, **rates(counts), **durations(seconds)}
    report["by_class"] = by_class(counts)
    return report if text else _without_labels(report)


def evaluate_photographs(
    reader: SketchReader, folder: Path, limit: int, progress: Progress | None = None
) -> dict[str, Any]:
    """Shapes and links of the photographs of writers that training never saw."""
    counts: Counter[str] = Counter()
    paths = photographs(folder, "val")[:limit]
    for number, path in enumerate(paths):
        drawing = photograph_of(path)
        compare(drawing, reader.see(drawing.image), counts)
        if progress:
            progress(number + 1)
    return {"n": len(paths), **_without_labels(rates(counts))}


def _without_labels(report: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in report.items() if not key.startswith("label")}


def rates(counts: Counter[str]) -> dict[str, float]:
    """The counts as shares."""

    def share(part: str, whole: str) -> float:
        return round(counts[part] / counts[whole], 4) if counts[whole] else 0.0

    return {
        "object_recall": share("objects_right", "objects"),
        "object_precision": share("objects_right", "objects_found"),
        "class_accuracy": share("class_right", "class"),
        "unknown_accuracy": share("box_right", "box"),
        "link_recall": share("links_right", "links"),
        "link_precision": share("links_right", "links_found"),
        "link_undirected_recall": share("links_undirected", "links"),
        "link_undirected_precision": share("links_found_undirected", "links_found"),
        "service_link_recall": share("service_right", "service"),
        "label_alone": share("label_alone", "label_alone_of"),
        "label_with_names": share("label_with_names", "label_with_names_of"),
        "whole_topology": share("whole", "drawings"),
    }


def by_class(counts: Counter[str]) -> dict[str, list[float]]:
    """Of the objects found of each class: share whose class was seen, and their number."""
    shares = {}
    for kind in CLASSES[:-1]:
        found = counts[f"found {kind}"]
        shares[kind] = [round(counts[f"seen {kind}"] / found, 4) if found else 0.0, found]
    return shares


def durations(seconds: list[float]) -> dict[str, float]:
    """Mean and 95th percentile of the time of one reading."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        "seconds_mean": round(sum(seconds) / len(seconds), 3),
        "seconds_p95": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
    }


def compare(drawing: Drawing, scene: Scene, counts: Counter[str]) -> dict[int, int]:
    """Add one reading to the counts; returns found object -> true object."""
    matched = match(drawing.boxes, scene)
    counts["drawings"] += 1
    counts["objects"] += len(drawing.boxes)
    counts["objects_found"] += len(scene.objects)
    counts["objects_right"] += len(matched)
    for index, best in matched.items():
        scores, kind = scene.objects[index].class_scores, drawing.classes[best]
        likely, score = max(scores.items(), key=lambda item: item[1])
        if kind == "Box":
            counts["box"] += 1
            counts["box_right"] += score < 0.5
        else:
            counts["class"] += 1
            counts["class_right"] += likely == kind
            counts[f"found {kind}"] += 1
            counts[f"seen {kind}"] += likely == kind
    truth = {(a, b) for a, b, _ in drawing.links}
    found = [(matched.get(x.source, -1), matched.get(x.target, -1)) for x in scene.clear_links()]
    _count_links(truth, found, counts)
    service = {(a, b) for a, b in truth if b in drawing.crew}
    counts["service"] += len(service)
    counts["service_right"] += len(service & set(found))
    complete = len(matched) == len(drawing.boxes) == len(scene.objects)
    counts["whole"] += complete and set(found) == truth
    return matched


def _count_links(
    truth: set[tuple[int, int]], found: list[tuple[int, int]], counts: Counter[str]
) -> None:
    known = set(found)
    counts["links"] += len(truth)
    counts["links_found"] += len(found)
    counts["links_right"] += len(truth & known)
    counts["links_undirected"] += sum((a, b) in known or (b, a) in known for a, b in truth)
    counts["links_found_undirected"] += sum((a, b) in truth or (b, a) in truth for a, b in known)


def count_labels(
    drawing: Drawing, scene: Scene, matched: dict[int, int], counts: Counter[str], key: str
) -> None:
    """Labels that are exactly the name written, of all objects drawn."""
    counts[f"{key}_of"] += len(drawing.names)
    for index, best in matched.items():
        counts[key] += scene.objects[index].label == drawing.names[best]


def match(boxes: Iterable[Rect], scene: Scene) -> dict[int, int]:
    """Found object -> true object with IoU >= 0.5, best overlaps first, each used once."""
    pairs = [
        (iou(_pixels(item.box, scene), box), found, true)
        for found, item in enumerate(scene.objects)
        for true, box in enumerate(boxes)
    ]
    matched: dict[int, int] = {}
    for overlap, found, true in sorted(pairs, reverse=True):
        if overlap >= 0.5 and found not in matched and true not in matched.values():
            matched[found] = true
    return matched


def _pixels(box: Rect, scene: Scene) -> Rect:
    w, h = scene.width, scene.height
    return (box[0] * w, box[1] * h, box[2] * w, box[3] * h)


def iou(a: Rect, b: Rect) -> float:
    """Intersection over union of two boxes."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return both / (total - both)
