"""Synthetic factory sketches with their truth, reproducible by seed.

`draw_sketch` draws a plan as somebody might: pencil on squared paper, marker on a whiteboard, a clean
computer drawing; icons or plain boxes; names under, over or in them; straight, bent or curved links
with or without heads; then light and camera.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image, ImageOps

from ..factories.roles import is_resource
from .arrangement import arrange
from .clutter import scribble
from .icons import ICONS, shape
from .looks import Look, choose_look
from .paper import Array, blank, moved, photograph
from .pen import Canvas, Point, font_for
from .routes import Rect, Trodden, resample, route
from .scene import Scene, SceneLink, SceneObject


@dataclass(frozen=True)
class SketchPlan:
    """Objects (class or "Box", name, x, y with y up) and links (indices), to resources too."""

    objects: tuple[tuple[str, str, float, float], ...]
    links: tuple[tuple[int, int], ...]
    boxed_resources: frozenset[int] = frozenset()
    """Resources among the objects that are drawn as plain boxes."""

    def crew(self) -> frozenset[int]:
        """The resources: they stand beside the flow, and their links look different."""
        shown = (i for i, (kind, *_) in enumerate(self.objects) if is_resource(kind))
        return self.boxed_resources | frozenset(shown)


@dataclass
class Drawing:
    """Pixel truth: boxes, label boxes, classes and link paths (from source to target)."""

    image: Image.Image
    boxes: list[Rect] = field(default_factory=list)
    labels: list[Rect] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    links: list[tuple[int, int, Array]] = field(default_factory=list)
    headed: bool = True
    crew: frozenset[int] = frozenset()


def draw_sketch(
    plan: SketchPlan, style_seed: int, camera: bool = True, look: Look | None = None
) -> tuple[Image.Image, Scene]:
    """The picture and what is in it; `look` instead of a random way of drawing."""
    drawing = draw(plan, Random(style_seed), camera, look)
    return drawing.image, truth_scene(drawing)


def draw(plan: SketchPlan, rng: Random, camera: bool = True, look: Look | None = None) -> Drawing:
    """Draw a plan and keep the pixel truth."""
    look = look or choose_look(rng)
    crew = plan.crew()
    page = arrange(plan.objects, rng, look.head != "none", plan.links, crew)
    canvas = Canvas(blank(page.width, page.height, look.paper, rng), look.pen, rng)
    drawing = Drawing(canvas.image, headed=look.head != "none", crew=crew)
    size = max(14, min(26, int(page.cell * 0.15) + rng.randint(-1, 2)))
    for (kind, name, _, _), centre in zip(plan.objects, page.centres, strict=True):
        draw_object = _draw_icon if kind in ICONS else _draw_plain
        draw_object(canvas, drawing, look, (kind, name), centre, page.cell, size)
    trodden = Trodden(page.width, page.height)
    for source, target in plan.links:
        _draw_link(canvas, drawing, look, (source, target), target in crew, trodden)
    scribble(canvas, look.clutter, look.font, [*drawing.boxes, *drawing.labels])
    drawing.image = canvas.image
    if look.paper in ("plain", "clean") and rng.random() < 0.05:
        drawing.image = ImageOps.invert(drawing.image)
    if camera and look.camera:
        _take_photo(drawing, look.camera, rng)
    return drawing


def _draw_icon(
    canvas: Canvas, drawing: Drawing, look: Look, what: tuple[str, str], centre: Point, cell: float,
    size: int,
) -> None:  # fmt: skip
    kind, name = what
    x, y = centre
    rng = canvas.rng
    text = wrapped(name, 12 if rng.random() < 0.35 else 99)
    r = cell * rng.uniform(0.2, 0.27)
    other = rng.random() < 0.06
    icon = rng.randrange(len(ICONS[kind])) if other else look.icons[kind]
    ICONS[kind][icon](canvas, x, y, r, look.fill)
    box = (x - r, y - r, x + r, y + r)
    font = font_for(name, look.font, size)
    label = canvas.text(_label_place(look.place, box, text, size), text, font)
    _keep(drawing, kind, name, box, label)


def _draw_plain(
    canvas: Canvas, drawing: Drawing, look: Look, what: tuple[str, str], centre: Point, cell: float,
    size: int,
) -> None:  # fmt: skip
    """A shape that says nothing of its class, its name in it or beside it."""
    name, rng = what[1], canvas.rng
    roomy = look.plain in ("ellipse", "diamond", "circle")
    if not look.inside or look.plain in ("diamond", "circle"):
        half, tall = cell * rng.uniform(0.16, 0.24), cell * rng.uniform(0.14, 0.2)
        if look.plain == "circle":
            tall = half
        shape(canvas, look.plain, centre, half, tall, look.fill)
        box = (centre[0] - half, centre[1] - tall, centre[0] + half, centre[1] + tall)
        font = font_for(name, look.font, size)
        label = canvas.text(_label_place(look.place, box, name, size), name, font)
    else:
        text = wrapped(name, 10 if rng.random() < 0.5 else 99)
        font = font_for(name, look.font, size)
        while font.getlength(max(text.split("\n"), key=len)) > 128 and size > 10:
            size -= 1
            font = font_for(name, look.font, size)
        wide = max(font.getlength(line) for line in text.split("\n"))
        half = max(30.0, wide / 2 + rng.uniform(6, 12)) * (1.15 if roomy else 1.0)
        tall = max(rng.uniform(20, 32), size * 0.65 * (1 + text.count("\n")) + 5)
        shape(canvas, look.plain, centre, half, tall, look.fill)
        box = (centre[0] - half, centre[1] - tall, centre[0] + half, centre[1] + tall)
        label = canvas.text(centre, text, font)
    _keep(drawing, "Box", name, box, label)


def _keep(drawing: Drawing, kind: str, name: str, box: Rect, label: Rect) -> None:
    drawing.boxes.append(box)
    drawing.labels.append(label)
    drawing.classes.append(kind)
    drawing.names.append(name)


def _label_place(place: str, box: Rect, text: str, size: int) -> Point:
    """The centre of the label; wide ones go under even where others stand beside."""
    x, lines = (box[0] + box[2]) / 2, 1 + text.count("\n")
    if place == "over":
        return (x, box[1] - size * (0.25 + 0.55 * lines))
    if place == "beside" and len(text) <= 6:
        return (box[2] + size * 0.35 * len(text) + 4, box[3] + size * 0.3)
    return (x, box[3] + size * (0.2 + 0.6 * lines))


def wrapped(name: str, width: int) -> str:
    """A name on two lines if it is longer than `width` and has a space."""
    if len(name) <= width or " " not in name:
        return name
    gaps = [i for i, char in enumerate(name) if char == " "]
    middle = min(gaps, key=lambda i: abs(i - len(name) / 2))
    return name[:middle] + "\n" + name[middle + 1 :]


def _draw_link(
    canvas: Canvas, drawing: Drawing, look: Look, ends: tuple[int, int], service: bool,
    trodden: Trodden,
) -> None:  # fmt: skip
    source, target = ends
    others = [b for i, b in enumerate(drawing.boxes) if i not in ends]
    others += [b for i, b in enumerate(drawing.labels) if i not in ends]
    others += 2 * _walls(canvas.image.width, canvas.image.height)
    start, end = (_with_label(drawing, i) for i in ends)
    company = sum(1 << k for k, (a, b, _) in enumerate(drawing.links) if a == source or b == target)
    path = route(start, end, others, look.links, canvas.rng, look.gap, trodden, company)
    trodden.add(path, len(drawing.links))
    if look.gap >= 3:
        path = _off_labels(path, drawing.labels[source], drawing.labels[target])
    hand = Canvas(canvas.image, look.link_pen, canvas.rng)
    points = [*path[:: max(1, len(path) // 24)], path[-1]]
    if service:
        _service_line(hand, points, look)
    else:
        hand.stroke(points)
    head = look.service_head if service else look.head
    if not service and head == "none" and not _reads_on(path):
        head = "open"
    if head != "none":
        _arrow_head(hand, path, head)
    drawing.links.append((source, target, np.array(resample(path, 3.0))))


def _reads_on(path: list[Point]) -> bool:
    """Whether a link leads the way that one reads, so that it is understood without a head."""
    (x, y), (last_x, last_y) = path[0], path[-1]
    return last_x - x > 0.3 * abs(last_y - y) or (last_y > y and abs(last_x - x) < last_y - y)


def _service_line(hand: Canvas, points: list[Point], look: Look) -> None:
    """From a station to who serves it."""
    width = look.link_pen.width
    if look.service == "dashed":
        hand.dashes(points, hand.rng.uniform(7, 14), hand.rng.uniform(4, 9) + width)
    elif look.service == "dotted":
        hand.dashes(points, width + 1.0, hand.rng.uniform(4, 7) + width)
    elif look.service == "thin":
        hand.stroke(points, max(1, width // 2))
    else:
        hand.stroke(points)


def _off_labels(path: list[Point], first: Rect, last: Rect) -> list[Point]:
    """Without the ends that would run over the names of the two objects."""
    begin, end = 0, len(path)
    while begin < end - 4 and _on(path[begin], first):
        begin += 1
    while end > begin + 4 and _on(path[end - 1], last):
        end -= 1
    return path[begin:end]


def _on(point: Point, rect: Rect) -> bool:
    left, top, right, bottom = rect
    return left - 3 < point[0] < right + 3 and top - 3 < point[1] < bottom + 3


def _walls(width: int, height: int) -> list[Rect]:
    """What lies outside the page, so that links stay on it."""
    far = 1e5
    return [
        (-far, -far, 0, far),
        (width, -far, far, far),
        (-far, -far, far, 0),
        (-far, height, far, far),
    ]


def _with_label(drawing: Drawing, index: int) -> Rect:
    """An object's box stretched over its label where that lies under or over it."""
    box, label = drawing.boxes[index], drawing.labels[index]
    return (box[0], min(box[1], label[1]), box[2], max(box[3], label[3]))


def _arrow_head(canvas: Canvas, path: list[Point], kind: str) -> None:
    tip = path[-1]
    back = path[max(0, len(path) - 5)]
    angle = math.atan2(tip[1] - back[1], tip[0] - back[0])
    length = canvas.rng.uniform(9, 15) * (1.5 if kind == "long" else 1.0)
    wings = [
        (tip[0] - length * math.cos(angle + side), tip[1] - length * math.sin(angle + side))
        for side in (-0.45, 0.45)
    ]
    if kind == "filled":
        canvas.draw.polygon([tip, *wings], fill=canvas.pen.ink)
    else:
        canvas.stroke([wings[0], tip, wings[1]])


def _take_photo(drawing: Drawing, strength: float, rng: Random) -> None:
    image, matrix = photograph(drawing.image, strength, rng)
    drawing.image = image
    drawing.boxes = [_moved_rect(box, matrix) for box in drawing.boxes]
    drawing.labels = [_moved_rect(box, matrix) for box in drawing.labels]
    drawing.links = [(a, b, moved(path, matrix)) for a, b, path in drawing.links]


def _moved_rect(rect: Rect, matrix: Array) -> Rect:
    corners = np.array(
        [[rect[0], rect[1]], [rect[2], rect[1]], [rect[2], rect[3]], [rect[0], rect[3]]]
    )
    points = moved(corners, matrix)
    (left, top), (right, bottom) = points.min(0), points.max(0)
    return (float(left), float(top), float(right), float(bottom))


def truth_scene(drawing: Drawing) -> Scene:
    """The drawing's truth as a perfect reader would report it."""
    width, height = drawing.image.size
    objects = tuple(
        SceneObject(
            (box[0] / width, box[1] / height, box[2] / width, box[3] / height),
            name,
            1.0,
            {kind: 1.0} if kind != "Box" else {},
        )
        for box, name, kind in zip(drawing.boxes, drawing.names, drawing.classes, strict=True)
    )
    links = tuple(SceneLink(a, b, 1.0, float(drawing.headed)) for a, b, _ in drawing.links)
    return Scene(width, height, objects, links)
