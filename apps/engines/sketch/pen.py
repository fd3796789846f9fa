"""Pens and handwriting: wobbly strokes and label fonts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
CJK_FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
)
Point = tuple[float, float]
Rect = tuple[float, float, float, float]
Ink = tuple[int, int, int]


@lru_cache(maxsize=256)
def load_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


@lru_cache(maxsize=32)
def _cjk_font(size: int) -> ImageFont.FreeTypeFont | None:
    path = next((path for path in CJK_FONTS if path.exists()), None)
    return ImageFont.truetype(str(path), size) if path else None


def hand_fonts() -> list[str]:
    """Names of the handwriting fonts that ship with the package."""
    return sorted(path.stem for path in FONTS.glob("*.ttf") if path.stem != "roboto")


def font_for(text: str, name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font, or one that has Chinese where the text needs it."""
    if text.isascii():
        return load_font(name, size)
    return _cjk_font(size) or load_font(name, size)


@dataclass(frozen=True)
class Pen:
    """Grey or coloured ink of a width in pixels; `wobble` is in pixels, `repeats` redraws a stroke."""

    ink: Ink
    width: int
    wobble: float
    repeats: int = 1


class Canvas:
    """An RGB image with a pen and its own random hand."""

    def __init__(self, image: Image.Image, pen: Pen, rng: Random) -> None:
        self.image, self.pen, self.rng = image, pen, rng
        self.draw = ImageDraw.Draw(image)

    def stroke(self, points: list[Point], width: int | None = None) -> None:
        """A line through points, as shaky as the pen."""
        for _ in range(self.pen.repeats):
            path = wobbly(points, self.pen.wobble, self.rng)
            self.draw.line(path, fill=self.pen.ink, width=width or self.pen.width, joint="curve")

    def dashes(self, points: list[Point], on: float, off: float) -> None:
        """A broken line; `on` and `off` are lengths in pixels."""
        path = wobbly(points, self.pen.wobble, self.rng)
        for piece in broken(path, on, off):
            self.draw.line(piece, fill=self.pen.ink, width=self.pen.width, joint="curve")

    def closed(self, points: list[Point], fill: Ink | None = None) -> None:
        if fill is not None:
            self.draw.polygon(points, fill=fill)
        self.stroke([*points, points[0]])

    def box(
        self, left: float, top: float, right: float, bottom: float,
        fill: Ink | None = None,
    ) -> None:  # fmt: skip
        j = self.pen.wobble
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self.closed([(x + self._off(j), y + self._off(j)) for x, y in corners], fill)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Ink | None = None) -> None:
        steps = 22
        start = self.rng.uniform(0, 2 * math.pi)
        points = [
            (
                cx + rx * math.cos(start + 2 * math.pi * k / steps),
                cy + ry * math.sin(start + 2 * math.pi * k / steps),
            )
            for k in range(steps)
        ]
        self.closed(points, fill)

    def text(self, centre: Point, text: str, font: ImageFont.FreeTypeFont) -> Rect:
        """Write centred, on one line or more; returns left, top, right, bottom."""
        left, top, right, bottom = self.draw.multiline_textbbox((0, 0), text, font, align="center")
        x = centre[0] - (left + right) / 2
        y = centre[1] - (top + bottom) / 2
        self.draw.multiline_text((x, y), text, self.pen.ink, font, align="center")
        return (x + left, y + top, x + right, y + bottom)

    def _off(self, amount: float) -> float:
        return self.rng.uniform(-amount, amount)


def wobbly(points: list[Point], wobble: float, rng: Random) -> list[Point]:
    """Points every dozen pixels, pushed off the line by a slow random walk."""
    if wobble <= 0:
        return points
    out: list[Point] = []
    drift_x = drift_y = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        pieces = max(1, int(math.hypot(x1 - x0, y1 - y0) / 12))
        for k in range(pieces):
            drift_x = 0.7 * drift_x + rng.gauss(0, wobble * 0.45)
            drift_y = 0.7 * drift_y + rng.gauss(0, wobble * 0.45)
            out.append(
                (x0 + (x1 - x0) * k / pieces + drift_x, y0 + (y1 - y0) * k / pieces + drift_y)
            )
    out.append(points[-1])
    return out


def broken(path: list[Point], on: float, off: float) -> list[list[Point]]:
    """The pieces of a polyline that are drawn, `on` pixels long with gaps of `off`."""
    pieces: list[list[Point]] = []
    current, drawn, left = [path[0]], True, on
    for start, end in zip(path, path[1:], strict=False):
        length, done = math.dist(start, end), 0.0
        while length - done > left:
            done += left
            share = done / length
            at = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            if drawn:
                pieces.append([*current, at])
            current, drawn, left = [at], not drawn, off if drawn else on
        left -= length - done
        current.append(end)
    return [*pieces, current] if drawn and len(current) > 1 else pieces
