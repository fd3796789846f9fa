"""What people draw for each class, several ways each; here a source, a queue, a machine and a sink."""

from __future__ import annotations

import math

from . import icons_more as more
from .icon_frame import Colour, Icon
from .icons_resources import RESOURCES
from .icons_stations import STATIONS
from .pen import Canvas, Point


def _circle_arrow(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.ellipse(x, y, r * 0.8, r * 0.8, fill)
    c.stroke([(x - r * 0.4, y), (x + r * 0.4, y)])
    c.stroke([(x + r * 0.1, y - r * 0.3), (x + r * 0.45, y), (x + r * 0.1, y + r * 0.3)])


def _play(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.closed([(x - r * 0.7, y - r * 0.8), (x + r * 0.8, y), (x - r * 0.7, y + r * 0.8)], fill)


def _funnel(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.closed(
        [
            (x - r * 0.9, y - r * 0.7),
            (x + r * 0.9, y - r * 0.7),
            (x + r * 0.25, y + r * 0.1),
            (x + r * 0.25, y + r * 0.8),
            (x - r * 0.25, y + r * 0.8),
            (x - r * 0.25, y + r * 0.1),
        ],
        fill,
    )


def _truck(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r, y - r * 0.6, x + r * 0.3, y + r * 0.5, fill)
    c.box(x + r * 0.3, y - r * 0.1, x + r, y + r * 0.5, fill)
    for wheel in (-0.5, 0.6):
        c.ellipse(x + r * wheel, y + r * 0.6, r * 0.2, r * 0.2)


def _house_arrow(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.closed(
        [
            (x - r * 0.9, y - r * 0.6),
            (x + r * 0.3, y - r * 0.6),
            (x + r * 0.9, y),
            (x + r * 0.3, y + r * 0.6),
            (x - r * 0.9, y + r * 0.6),
        ],
        fill,
    )


def _slots(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r, y - r * 0.5, x + r, y + r * 0.5, fill)
    for k in (-0.5, 0.0, 0.5):
        c.stroke([(x + k * r, y - r * 0.5), (x + k * r, y + r * 0.5)])


def _open_queue(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.stroke(
        [(x - r, y - r * 0.5), (x + r, y - r * 0.5), (x + r, y + r * 0.5), (x - r, y + r * 0.5)]
    )
    for k in (0.1, 0.5):
        c.stroke([(x + k * r, y - r * 0.5), (x + k * r, y + r * 0.5)])


def _stack(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    for k in (0.35, -0.2, -0.75):
        c.box(x - r * 0.7, y + k * r, x + r * 0.7, y + (k + 0.5) * r, fill)


def _triangle(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.closed([(x, y + r * 0.8), (x - r * 0.9, y - r * 0.7), (x + r * 0.9, y - r * 0.7)], fill)


def _gear(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    points = []
    for k in range(16):
        radius = r * (0.9 if k % 4 < 2 else 0.68)
        angle = 2 * math.pi * k / 16
        points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    c.closed(points, fill)
    c.ellipse(x, y, r * 0.28, r * 0.28)


def _machine(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.9, y - r * 0.2, x + r * 0.9, y + r * 0.8, fill)
    c.box(x - r * 0.9, y - r * 0.8, x - r * 0.1, y - r * 0.2, fill)
    c.ellipse(x + r * 0.45, y + r * 0.3, r * 0.2, r * 0.2)


def _boxed_gear(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.9, y - r * 0.8, x + r * 0.9, y + r * 0.8, fill)
    _gear(c, x, y, r * 0.5, None)


def _press(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.8, y - r * 0.9, x + r * 0.8, y - r * 0.5, fill)
    c.stroke([(x, y - r * 0.5), (x, y)])
    c.box(x - r * 0.35, y - r * 0.05, x + r * 0.35, y + r * 0.25)
    c.box(x - r * 0.9, y + r * 0.5, x + r * 0.9, y + r * 0.85, fill)


def _framed(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.9, y - r * 0.7, x + r * 0.9, y + r * 0.7, fill)
    c.box(x - r * 0.65, y - r * 0.45, x + r * 0.65, y + r * 0.45)


def _crossed(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.ellipse(x, y, r * 0.8, r * 0.8, fill)
    c.stroke([(x - r * 0.5, y - r * 0.5), (x + r * 0.5, y + r * 0.5)])
    c.stroke([(x - r * 0.5, y + r * 0.5), (x + r * 0.5, y - r * 0.5)])


def _bin(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    points = [(-0.8, -0.6), (0.8, -0.6), (0.55, 0.8), (-0.55, 0.8)]
    c.closed([(x + a * r, y + b * r) for a, b in points], fill)
    c.stroke([(x - r * 0.9, y - r * 0.6), (x + r * 0.9, y - r * 0.6)])


def _target(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.ellipse(x, y, r * 0.85, r * 0.85, fill)
    c.ellipse(x, y, r * 0.45, r * 0.45)


def _door(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.6, y - r * 0.9, x + r * 0.6, y + r * 0.9, fill)
    c.stroke([(x - r * 0.1, y), (x + r * 0.9, y)])
    c.stroke([(x + r * 0.6, y - r * 0.25), (x + r * 0.95, y), (x + r * 0.6, y + r * 0.25)])


def _square_cross(c: Canvas, x: float, y: float, r: float, fill: Colour) -> None:
    c.box(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7, fill)
    c.stroke([(x - r * 0.6, y - r * 0.6), (x + r * 0.6, y + r * 0.6)])
    c.stroke([(x - r * 0.6, y + r * 0.6), (x + r * 0.6, y - r * 0.6)])


ICONS: dict[str, tuple[Icon, ...]] = {
    "Source": (
        _circle_arrow, _play, _funnel, _truck, _house_arrow, more.factory, more.way_out, more.drop,
        more.tap,
    ),
    "Queue": (
        _slots, _open_queue, _stack, _triangle, more.dots, more.tray, more.pallet,
        more.hourglass,
    ),
    "Processor": (
        _gear, _machine, _boxed_gear, _press, _framed, more.cog, more.drill, more.clock,
        more.hexagon, more.lathe,
    ),
    "Sink": (
        _crossed, _bin, _target, _door, _square_cross, more.into_tray, more.flag, more.filled_dot,
        more.ticked,
    ),
    **STATIONS,
    **RESOURCES,
}  # fmt: skip


def shape(
    c: Canvas, kind: str, centre: Point, half: float, tall: float, fill: Colour = None
) -> None:
    """A plain outline of half width and half height: box, round, ellipse, circle or diamond."""
    x, y = centre
    if kind in ("ellipse", "circle"):
        c.ellipse(x, y, half, tall, fill)
    elif kind == "diamond":
        c.closed([(x, y - tall), (x + half, y), (x, y + tall), (x - half, y)], fill)
    elif kind == "round":
        c.closed(_round_corners(x, y, half, tall), fill)
    else:
        c.box(x - half, y - tall, x + half, y + tall, fill)


def _round_corners(x: float, y: float, half: float, tall: float) -> list[Point]:
    r = min(half, tall) * 0.4
    points: list[Point] = []
    for corner, (sx, sy) in enumerate([(1, 1), (-1, 1), (-1, -1), (1, -1)]):
        for step in range(4):
            angle = math.pi / 2 * (corner + step / 3)
            points.append(
                (
                    x + sx * (half - r) + r * math.cos(angle),
                    y + sy * (tall - r) + r * math.sin(angle),
                )
            )
    return points
