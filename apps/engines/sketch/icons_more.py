"""More ways to draw the classes: signs that people take from maps, screens and machine halls."""

from __future__ import annotations

import math

from .pen import Canvas, Ink

Colour = Ink | None


def factory(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A hall with a saw-tooth roof."""
    roof = [(-0.9, 0.8), (-0.9, -0.3), (-0.3, -0.8), (-0.3, -0.3), (0.3, -0.8), (0.3, -0.3)]
    roof += [(0.9, -0.8), (0.9, 0.8)]
    c.closed([(x + a * r, y + b * r) for a, b in roof], fill)


def way_out(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A box with an arrow that leaves it."""
    c.box(x - r * 0.8, y - r * 0.7, x + r * 0.4, y + r * 0.7, fill)
    c.stroke([(x - r * 0.4, y), (x + r * 0.95, y)])
    c.stroke([(x + r * 0.65, y - r * 0.25), (x + r * 0.95, y), (x + r * 0.65, y + r * 0.25)])


def drop(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A circle with a dot: where items appear."""
    c.ellipse(x, y, r * 0.8, r * 0.8, fill)
    for radius in (0.12, 0.06):
        c.ellipse(x, y, r * radius, r * radius)


def tap(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A silo: a tall body with a pointed foot."""
    body = [(-0.6, -0.9), (0.6, -0.9), (0.6, 0.2), (0.0, 0.9), (-0.6, 0.2)]
    c.closed([(x + a * r, y + b * r) for a, b in body], fill)
    c.stroke([(x - r * 0.6, y + r * 0.2), (x + r * 0.6, y + r * 0.2)])


def dots(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """Items in a row."""
    for k in (-0.68, 0.0, 0.68):
        c.ellipse(x + k * r, y, r * 0.28, r * 0.28, fill)


def tray(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """An open tray with three items."""
    c.stroke(
        [(x - r, y - r * 0.4), (x - r, y + r * 0.6), (x + r, y + r * 0.6), (x + r, y - r * 0.4)]
    )
    for k in (-0.6, 0.0, 0.6):
        c.box(x + (k - 0.22) * r, y + r * 0.05, x + (k + 0.22) * r, y + r * 0.5, fill)


def pallet(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """Boxes piled on a pallet."""
    c.box(x - r * 0.7, y - r * 0.1, x, y + r * 0.6, fill)
    c.box(x, y - r * 0.1, x + r * 0.7, y + r * 0.6, fill)
    c.box(x - r * 0.35, y - r * 0.8, x + r * 0.35, y - r * 0.1, fill)
    c.stroke([(x - r * 0.9, y + r * 0.75), (x + r * 0.9, y + r * 0.75)])


def hourglass(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.closed(
        [
            (x - r * 0.6, y - r * 0.85),
            (x + r * 0.6, y - r * 0.85),
            (x - r * 0.6, y + r * 0.85),
            (x + r * 0.6, y + r * 0.85),
        ],
        fill,
    )


def cog(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A ring with short teeth."""
    c.ellipse(x, y, r * 0.6, r * 0.6, fill)
    c.ellipse(x, y, r * 0.22, r * 0.22)
    teeth = c.rng.choice([6, 8, 8])
    for k in range(teeth):
        a = 2 * math.pi * k / teeth
        inner, outer = 0.6 * r, 0.9 * r
        c.stroke(
            [
                (x + inner * math.cos(a), y + inner * math.sin(a)),
                (x + outer * math.cos(a), y + outer * math.sin(a)),
            ]
        )


def drill(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A column drill."""
    c.box(x - r * 0.85, y + r * 0.6, x + r * 0.85, y + r * 0.85, fill)
    c.box(x - r * 0.75, y - r * 0.8, x - r * 0.45, y + r * 0.6, fill)
    c.box(x - r * 0.45, y - r * 0.8, x + r * 0.6, y - r * 0.3, fill)
    c.stroke([(x + r * 0.3, y - r * 0.3), (x + r * 0.3, y + r * 0.3)])


def clock(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A box with a clock: work that takes time."""
    c.box(x - r * 0.9, y - r * 0.8, x + r * 0.9, y + r * 0.8, fill)
    c.ellipse(x, y, r * 0.5, r * 0.5)
    c.stroke([(x, y - r * 0.35), (x, y), (x + r * 0.25, y + r * 0.1)])


def hexagon(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A nut."""
    points = [
        (x + r * 0.88 * math.cos(math.pi * k / 3), y + r * 0.88 * math.sin(math.pi * k / 3))
        for k in range(6)
    ]
    c.closed(points, fill)
    c.ellipse(x, y, r * 0.38, r * 0.38)


def lathe(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A bed with head, shaft and tail."""
    c.box(x - r * 0.95, y + r * 0.3, x + r * 0.95, y + r * 0.7, fill)
    c.box(x - r * 0.95, y - r * 0.6, x - r * 0.35, y + r * 0.3, fill)
    c.box(x - r * 0.35, y - r * 0.3, x + r * 0.45, y - r * 0.05)
    c.box(x + r * 0.45, y - r * 0.4, x + r * 0.75, y + r * 0.3, fill)


def into_tray(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """An arrow down into a tray."""
    c.stroke([(x - r * 0.8, y + r * 0.1), (x - r * 0.8, y + r * 0.8), (x + r * 0.8, y + r * 0.8)])
    c.stroke([(x + r * 0.8, y + r * 0.8), (x + r * 0.8, y + r * 0.1)])
    c.stroke([(x, y - r * 0.9), (x, y + r * 0.45)])
    c.stroke([(x - r * 0.3, y + r * 0.15), (x, y + r * 0.45), (x + r * 0.3, y + r * 0.15)])
    if fill is not None:
        c.draw.rectangle([x - r * 0.7, y + r * 0.6, x + r * 0.7, y + r * 0.75], fill=fill)


def flag(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A finishing flag."""
    c.stroke([(x - r * 0.5, y - r * 0.9), (x - r * 0.5, y + r * 0.9)])
    c.closed([(x - r * 0.5, y - r * 0.85), (x + r * 0.8, y - r * 0.45), (x - r * 0.5, y)], fill)
    c.stroke([(x - r * 0.8, y + r * 0.9), (x - r * 0.2, y + r * 0.9)])


def filled_dot(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A filled circle in a ring: the end."""
    c.ellipse(x, y, r * 0.8, r * 0.8, fill)
    c.ellipse(x, y, r * 0.45, r * 0.45, c.pen.ink)


def ticked(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    """A box with a tick: done."""
    c.box(x - r * 0.75, y - r * 0.75, x + r * 0.75, y + r * 0.75, fill)
    c.stroke([(x - r * 0.45, y), (x - r * 0.1, y + r * 0.4), (x + r * 0.5, y - r * 0.45)])
