"""What stands on the paper beside the factory: titles, notes, rubbed-out strokes, margins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from .icons import ICONS
from .pen import Canvas, Pen, font_for
from .routes import Rect

TITLES = ("Layout", "Hall 2", "Plan B", "Draft", "Line 4", "Layout v3", "new cell?", "Monday")
NOTES = (
    "10 s",
    "2 min",
    "exp(10)",
    "cap 20",
    "max 5",
    "?",
    "x2",
    "60%",
    "40 %",
    "ok",
    "45/h",
    "!!",
)


def scribble(canvas: Canvas, amount: float, font: str, taken: Sequence[Rect]) -> None:
    """Add clutter; `amount` is the chance of each kind. Writing keeps clear of `taken`."""
    rng = canvas.rng
    kinds = (_title, _notes, _notes, _rubbed_out, _erased, _smudge, _margin, _holes, _frame)
    for kind in kinds:
        if rng.random() < amount * 0.45:
            kind(canvas, font, taken)


def _free(rect: Rect, taken: Sequence[Rect], image_size: tuple[int, int]) -> bool:
    inside = rect[0] > 2 and rect[1] > 2 and rect[2] < image_size[0] - 2
    return inside and rect[3] < image_size[1] - 2 and not any(_meet(rect, t) for t in taken)


def _meet(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] + 8 and b[0] < a[2] + 8 and a[1] < b[3] + 8 and b[1] < a[3] + 8


def _write(canvas: Canvas, text: str, font: str, size: int, taken: Sequence[Rect]) -> None:
    """Write where there is room; not at all if a few tries find none."""
    face = font_for(text, font, size)
    half = (face.getlength(text) / 2, size * 0.6)
    for _ in range(8):
        x = canvas.rng.uniform(half[0], max(half[0] + 1, canvas.image.width - half[0]))
        y = canvas.rng.uniform(half[1], max(half[1] + 1, canvas.image.height - half[1]))
        rect = (x - half[0], y - half[1], x + half[0], y + half[1])
        if _free(rect, taken, canvas.image.size):
            canvas.text((x, y), text, face)
            return


def _title(canvas: Canvas, font: str, taken: Sequence[Rect]) -> None:
    size = canvas.rng.randint(22, 36)
    text = canvas.rng.choice(TITLES)
    face = font_for(text, font, size)
    x = canvas.rng.uniform(0.2, 0.8) * canvas.image.width
    rect = (x - face.getlength(text) / 2, 8.0, x + face.getlength(text) / 2, 8.0 + size)
    if _free(rect, taken, canvas.image.size):
        canvas.text((x, 10 + size / 2), text, face)
        if canvas.rng.random() < 0.5:
            canvas.stroke([(rect[0], rect[3] + 8), (rect[2], rect[3] + 8)])


def _notes(canvas: Canvas, font: str, taken: Sequence[Rect]) -> None:
    for _ in range(canvas.rng.randint(1, 4)):
        _write(canvas, canvas.rng.choice(NOTES), font, canvas.rng.randint(12, 20), taken)


def _rubbed_out(canvas: Canvas, _font: str, _taken: Sequence[Rect]) -> None:
    """Pale remains of strokes that were erased."""
    rng: Random = canvas.rng
    hand = Canvas(canvas.image, Pen(_pale(canvas, 22), canvas.pen.width, 2.0), rng)
    for _ in range(rng.randint(1, 4)):
        x, y = rng.uniform(0, canvas.image.width), rng.uniform(0, canvas.image.height)
        angle, length = rng.uniform(0, 2 * math.pi), rng.uniform(20, 110)
        hand.stroke([(x, y), (x + length * math.cos(angle), y + length * math.sin(angle))])


def _pale(canvas: Canvas, by: int) -> tuple[int, int, int]:
    """A little darker than the paper."""
    paper = canvas.image.getpixel((1, 1))
    assert isinstance(paper, tuple)
    return (max(0, paper[0] - by), max(0, paper[1] - by), max(0, paper[2] - by))


def _erased(canvas: Canvas, font: str, taken: Sequence[Rect]) -> None:
    """An object, its name and its link that were drawn and erased, but not quite."""
    rng: Random = canvas.rng
    hand = Canvas(canvas.image, Pen(_pale(canvas, rng.randint(10, 34)), canvas.pen.width, 1.5), rng)
    w, h = canvas.image.size
    for _ in range(8):
        x, y, r = rng.uniform(50, w - 50), rng.uniform(40, h - 60), rng.uniform(16, 34)
        if _free((x - r, y - r, x + r, y + r + 24), taken, canvas.image.size):
            break
    else:
        return
    rng.choice(ICONS[rng.choice(sorted(ICONS))])(hand, x, y, r, None)
    hand.text((x, y + r + 12), rng.choice(("Mill 2", "Queue", "QC", "Rack 1")),
              font_for("Mill 2", font, 16))  # fmt: skip
    angle, length = rng.uniform(0, 2 * math.pi), rng.uniform(60, 220)
    ux, uy = math.cos(angle), math.sin(angle)
    hand.stroke([(x + r * ux, y + r * uy), (x + (r + length) * ux, y + (r + length) * uy)])


def _smudge(canvas: Canvas, _font: str, _taken: Sequence[Rect]) -> None:
    """Graphite rubbed over the paper by an eraser or a hand."""
    rng: Random = canvas.rng
    w, h = canvas.image.size
    veil = Image.new("L", (w, h), 0)
    pen = ImageDraw.Draw(veil)
    x, y = rng.uniform(0, w), rng.uniform(0, h)
    for _ in range(rng.randint(4, 9)):
        dx, dy = rng.uniform(-60, 60), rng.uniform(-25, 25)
        pen.line([x, y, x + dx, y + dy], fill=rng.randint(20, 60), width=rng.randint(10, 26))
        x, y = x + dx * 0.4, y + dy
    soft = veil.filter(ImageFilter.GaussianBlur(rng.uniform(4, 9)))
    canvas.image.paste(_pale(canvas, 60), (0, 0), soft)


def _margin(canvas: Canvas, _font: str, _taken: Sequence[Rect]) -> None:
    x = canvas.image.width * canvas.rng.choice([0.03, 0.05, 0.95])
    canvas.draw.line([(x, 0), (x, canvas.image.height)], fill=(215, 130, 130), width=1)


def _holes(canvas: Canvas, _font: str, _taken: Sequence[Rect]) -> None:
    for share in (0.25, 0.75):
        x, y, r = 14.0, canvas.image.height * share, canvas.rng.uniform(6, 10)
        canvas.draw.ellipse([x - r, y - r, x + r, y + r], fill=(150, 148, 145))


def _frame(canvas: Canvas, _font: str, _taken: Sequence[Rect]) -> None:
    w, h = canvas.image.size
    canvas.box(5, 5, w - 6, h - 6)
