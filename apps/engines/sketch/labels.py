"""Which writing belongs to which object."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np
from PIL import Image

from .numbers import read_again
from .routes import Rect
from .text import Text, read_line, read_texts

TOUCHING = 0.7
"""Gap, in heights of a line, up to which blocks of lines are one label."""
ALSO = 4
"""At most this many objects without a label are searched again, larger."""
CLEAR = 0.7
LEGIBLE = 0.4
"""Confidence from which a line in a plain box counts: nothing else is written there, and what is
hardly legible still tells which name it is."""


@dataclass(frozen=True)
class Habit:
    """Where a drawing's names stand: what a name on the other side of its object costs."""

    over: float
    under: float


HABITS = (Habit(over=0.25, under=0.0), Habit(over=0.0, under=0.25))


def read_labels(
    image: Image.Image, boxes: Sequence[Rect], icons: Sequence[bool]
) -> list[Text | None]:
    """The label of each object; objects left without one are looked at again.

    `icons` says which objects are icons: strokes in them can look like writing.
    """
    labels = assign(_texts_around(image, boxes), boxes, icons)
    missing = [index for index, label in enumerate(labels) if label is None]
    for index in missing:
        inside = None if icons[index] else _within(image, boxes[index])
        labels[index] = inside or _where_others_are(image, index, labels, boxes)
    for index in [index for index in missing if labels[index] is None][:ALSO]:
        labels[index] = _enlarged(image, boxes[index], icons[index])
    return read_again(image, labels)


def _texts_around(image: Image.Image, boxes: Sequence[Rect]) -> list[Text]:
    """Writing where objects are, which is read larger than the whole picture."""
    corners = np.array(boxes)
    room = 1.5 * float(np.median(corners[:, 3] - corners[:, 1])) + 0.03 * max(image.size)
    left, top = (max(0, round(v - room)) for v in corners[:, :2].min(0))
    right, bottom = (round(v + room) for v in corners[:, 2:].max(0))
    part = image.crop((left, top, min(image.width, right), min(image.height, bottom)))
    texts = read_texts(part)
    return [replace(x, box=_moved(x.box, left, top)) for x in texts]


def _moved(box: Rect, x: float, y: float) -> Rect:
    return (box[0] + x, box[1] + y, box[2] + x, box[3] + y)


def _within(image: Image.Image, box: Rect) -> Text | None:
    """One line that fills a plain box."""
    x, y = 0.08 * (box[2] - box[0]), 0.12 * (box[3] - box[1])
    found = read_line(image, (box[0] + x, box[1] + y, box[2] - x, box[3] - y), height=48)
    return found if found and found.confidence >= LEGIBLE and len(found.text) > 1 else None


def _where_others_are(
    image: Image.Image, index: int, labels: Sequence[Text | None], boxes: Sequence[Rect]
) -> Text | None:
    """Read the place, relative to the object, where the other labels of the drawing stand."""
    known = [(x.box, box) for x, box in zip(labels, boxes, strict=True) if x is not None]
    if len(known) < 2:
        return None
    places = np.array([_relative(label, box) for label, box in known])
    dy, width, height = np.median(places, axis=0)
    if places[:, 0].std() > 0.4:
        return None
    box = boxes[index]
    x, tall = (box[0] + box[2]) / 2, box[3] - box[1]
    y = (box[1] + box[3]) / 2 + dy * tall
    rect = (x - width * 0.65, y - height * 0.65, x + width * 0.65, y + height * 0.65)
    found = read_line(image, rect)
    return found if found is not None and found.confidence >= CLEAR else None


def _relative(label: Rect, box: Rect) -> tuple[float, float, float]:
    """Offset of the label's middle in heights of the box; the label's width and height."""
    tall = max(1.0, box[3] - box[1])
    dy = ((label[1] + label[3]) - (box[1] + box[3])) / 2 / tall
    return (dy, label[2] - label[0], label[3] - label[1])


def _enlarged(image: Image.Image, box: Rect, icon: bool) -> Text | None:
    """Search the surroundings of one object at three times the size."""
    width, height = box[2] - box[0], box[3] - box[1]
    left, top = max(0.0, box[0] - width), max(0.0, box[1] - 0.6 * height)
    right = min(float(image.width), box[2] + width)
    bottom = min(float(image.height), box[3] + 0.8 * height)
    if right - left < 4 or bottom - top < 4:
        return None
    crop = image.crop((round(left), round(top), round(right), round(bottom)))
    crop = crop.resize((crop.width * 3, crop.height * 3), Image.Resampling.LANCZOS)
    own = ((box[0] - left) * 3, (box[1] - top) * 3, (box[2] - left) * 3, (box[3] - top) * 3)
    return assign(read_texts(crop), [own], [icon])[0]


def assign(
    texts: Sequence[Text], boxes: Sequence[Rect], icons: Sequence[bool]
) -> list[Text | None]:
    """The label of each box: inside a plain box, else the nearest under, over or beside it.

    Of the two habits (names under, names over) the one that labels more objects, nearer, is taken.
    """
    if not boxes:
        return []
    texts = [part for text in texts for part in parted(text)]
    texts = [
        text
        for text in texts
        if not (is_note(text.text) or _inside_icon(text, boxes, icons) or _is_outline(text, boxes))
    ]
    readings = [_collect(texts, boxes, habit) for habit in HABITS]
    _, _, collected = min(readings, key=lambda reading: reading[:2])
    return [_joined(found, box) for found, box in zip(collected, boxes, strict=True)]


_NOTE = re.compile(
    r"(?:[a-z]{1,3}\s?[:=]\s?)?[~≈<>≤≥]*\s?\d+(?:[.,]\d+)?\s?(?:%|x|s|sec|min|h|m/s|/\s?(?:h|min|s))"
    r"|(?:max|cap|min)\s?[=:]?\s?\d+|x\d+|\d+x|[a-z]{3,12}\([\d\s.,;]+\)?|[—–一_|/\\-]+|ok"
)
"""Values, ticks and strokes that people note beside objects; no object is called so."""
_STROKE = re.compile(r"\s*[—–]+>?\s*")
"""An arrow between two labels that was read as a part of one line."""


def is_note(text: str) -> bool:
    return _NOTE.fullmatch(text.strip()) is not None


def parted(text: Text) -> list[Text]:
    """A line of two labels with an arrow between them as these two."""
    found = _STROKE.search(text.text, 2)
    if found is None or len(text.text) - found.end() < 2:
        return [text]
    left, top, right, bottom = text.box
    width = (right - left) / len(text.text)
    return [
        replace(
            text,
            box=(left, top, left + width * found.start(), bottom),
            text=text.text[: found.start()],
        ),
        replace(
            text,
            box=(left + width * found.end(), top, right, bottom),
            text=text.text[found.end() :],
        ),
    ]


def _collect(
    texts: Sequence[Text], boxes: Sequence[Rect], habit: Habit
) -> tuple[int, float, list[list[Text]]]:
    """Unlabelled objects, mean distance of the labels, and the texts of each object."""
    near: list[list[tuple[float, list[Text]]]] = [[] for _ in boxes]
    reach = 0.9 * float(np.median([box[3] - box[1] for box in boxes]))
    total = 0.0
    for block in stacked(texts):
        around = _around(block)
        distances = [_distance(around, box, habit) for box in boxes]
        nearest = min(range(len(boxes)), key=lambda i: distances[i])
        if distances[nearest] <= reach:
            near[nearest].append((distances[nearest], block))
            total += distances[nearest]
    collected = [_together(sorted(found, key=itemgetter(0))) for found in near]
    return sum(not found for found in collected), total, collected


def _together(found: Sequence[tuple[float, list[Text]]]) -> list[Text]:
    """The nearest block of lines and those that touch it; others are notes and titles."""
    kept: list[Text] = []
    for _, block in found:
        tall = block[0].box[3] - block[0].box[1]
        if not kept or _gap(_around(kept), _around(block)) < TOUCHING * tall:
            kept += block
    return kept


def _gap(a: Rect, b: Rect) -> float:
    dx = max(a[0] - b[2], b[0] - a[2], 0.0)
    dy = max(a[1] - b[3], b[1] - a[3], 0.0)
    return math.hypot(dx, dy)


def stacked(texts: Sequence[Text]) -> list[list[Text]]:
    """Lines close under one another, about a common middle or left edge, are one block."""
    blocks: list[list[Text]] = []
    for text in sorted(texts, key=lambda t: t.middle[1]):
        above = next((block for block in blocks if _goes_on(block[-1].box, text.box)), None)
        if above is not None:
            above.append(text)
        else:
            blocks.append([text])
    return blocks


def _goes_on(line: Rect, following: Rect) -> bool:
    tall, height = line[3] - line[1], following[3] - following[1]
    gap = following[1] - line[3]
    middle = abs((line[0] + line[2]) - (following[0] + following[2])) / 2
    aligned = min(middle, abs(line[0] - following[0])) < 0.5 * tall
    alike = 0.6 < height / max(tall, 1e-6) < 1.7
    return alike and aligned and -0.45 * tall < gap < 0.35 * tall


def _around(block: Sequence[Text]) -> Rect:
    corners = np.array([text.box for text in block])
    low, high = corners[:, :2].min(0), corners[:, 2:].max(0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _inside_icon(text: Text, boxes: Sequence[Rect], icons: Sequence[bool]) -> bool:
    x, y = text.middle
    return any(
        icon and box[0] < x < box[2] and box[1] + 2 < y < box[3] - 2
        for box, icon in zip(boxes, icons, strict=True)
    )


def _is_outline(text: Text, boxes: Sequence[Rect]) -> bool:
    """Whether a lone sign is as large as an object around it: it is the object, read as writing."""
    if len(text.text) > 1:
        return False
    x, y = text.middle
    tall = text.box[3] - text.box[1]
    return any(
        box[0] < x < box[2] and box[1] < y < box[3] and tall > 0.6 * (box[3] - box[1])
        for box in boxes
    )


def _distance(text: Rect, box: Rect, habit: Habit) -> float:
    """Gap between two boxes; centres far apart sideways count a little."""
    x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    dx = max(box[0] - x, 0.0, x - box[2])
    dy = max(box[1] - text[3], 0.0, text[1] - box[3])
    aside = abs(x - (box[0] + box[2]) / 2)
    side = habit.over * max(0.0, box[1] - y) + habit.under * max(0.0, y - box[3])
    return math.hypot(dx, dy) + 0.1 * aside + side


def _joined(found: list[Text], box: Rect) -> Text | None:
    """The lines of one label, top to bottom; writing inside the box goes before the rest."""
    inside = [
        t for t in found if box[0] <= t.middle[0] <= box[2] and box[1] <= t.middle[1] <= box[3]
    ]
    lines = _lines(inside or found)
    if not lines:
        return None
    chosen = [text for line in _without_specks(lines) for text in line]
    text = " ".join(text.text for text in chosen)
    return Text(_around(chosen), text, min(text.confidence for text in chosen))


def _lines(texts: Sequence[Text]) -> list[list[Text]]:
    """Texts side by side make a line; lines from top to bottom, each from left to right."""
    lines: list[list[Text]] = []
    for text in sorted(texts, key=lambda t: t.middle[1]):
        height = text.box[3] - text.box[1]
        if lines and text.middle[1] - lines[-1][0].middle[1] < 0.55 * height:
            lines[-1].append(text)
        else:
            lines.append([text])
    return [sorted(line, key=lambda t: t.box[0]) for line in lines]


def _without_specks(lines: list[list[Text]]) -> list[list[Text]]:
    """A lone letter on a line of its own beside a longer line is a stroke, not a name."""
    long = [line for line in lines if sum(len(text.text) for text in line) > 1]
    return long or lines
