"""Icons in their own coordinates: -1..1 around the middle, x to the right, y down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from .pen import Canvas, Ink, Point

Colour = Ink | None
Icon = Callable[[Canvas, float, float, float, Colour], None]
"""Draws around centre (x, y) with half size r."""


@dataclass(frozen=True)
class Frame:
    """A canvas seen from an icon; `wide` and `tall` are pixels per unit, `wide` < 0 mirrors."""

    canvas: Canvas
    x: float
    y: float
    wide: float
    tall: float
    fill: Colour

    def at(self, *points: Point) -> list[Point]:
        return [(self.x + a * self.wide, self.y + b * self.tall) for a, b in points]

    def line(self, *points: Point) -> None:
        self.canvas.stroke(self.at(*points))

    def shape(self, *points: Point, filled: bool = True) -> None:
        self.canvas.closed(self.at(*points), self.fill if filled else None)

    def box(
        self, left: float, top: float, right: float, bottom: float, filled: bool = True
    ) -> None:
        self.shape((left, top), (right, top), (right, bottom), (left, bottom), filled=filled)

    def ring(self, a: float, b: float, radius: float, filled: bool = False) -> None:
        self.oval(a, b, radius, radius, filled)

    def oval(self, a: float, b: float, rx: float, ry: float, filled: bool = False) -> None:
        ((x, y),) = self.at((a, b))
        fill = self.fill if filled else None
        self.canvas.ellipse(x, y, abs(rx * self.wide), ry * self.tall, fill)

    def dot(self, a: float, b: float, radius: float) -> None:
        ((x, y),) = self.at((a, b))
        r = radius * self.tall
        self.canvas.draw.ellipse([x - r, y - r, x + r, y + r], fill=self.canvas.pen.ink)

    def arrow(self, start: Point, tip: Point, size: float = 0.25) -> None:
        """A short arrow with an open head."""
        dx, dy = tip[0] - start[0], tip[1] - start[1]
        length = max(1e-6, (dx * dx + dy * dy) ** 0.5)
        ux, uy = dx / length * size, dy / length * size
        self.line(start, tip)
        wings = [(tip[0] - ux - s * uy, tip[1] - uy + s * ux) for s in (0.8, -0.8)]
        self.line(wings[0], tip, wings[1])


def framed(turns: bool = False) -> Callable[[Callable[[Frame], None]], Icon]:
    """An icon from a drawing in a frame, a little wider or taller each time; with `turns` it
    looks to the left as often as to the right."""

    def decorate(drawing: Callable[[Frame], None]) -> Icon:
        @wraps(drawing)
        def icon(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
            wide, tall = r * c.rng.uniform(0.88, 1.05), r * c.rng.uniform(0.88, 1.05)
            if turns and c.rng.random() < 0.5:
                wide = -wide
            drawing(Frame(c, x, y, wide, tall, fill))

        return icon

    return decorate
