"""What people draw for those who fetch, carry and work: people, vehicles, arms, and who sends them."""

from __future__ import annotations

import math

from .icon_frame import Frame, Icon, framed
from .pen import Point


def _arc(a: float, b: float, radius: float, start: float, end: float) -> list[Point]:
    """Points on an arc; angles in degrees, clockwise from the right."""
    steps = 8
    angles = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
    return [(a + radius * math.cos(t), b + radius * math.sin(t)) for t in angles]


@framed()
def _clipboard(f: Frame) -> None:
    f.box(-0.65, -0.75, 0.65, 0.9)
    f.box(-0.25, -0.92, 0.25, -0.6)
    for y in (-0.25, 0.1, 0.45):
        f.line((-0.4, y), (0.4, y))


@framed()
def _hub(f: Frame) -> None:
    """A hub and its satellites."""
    f.ring(0, 0, 0.28, filled=True)
    for a, b in ((-0.7, -0.6), (0.7, -0.6), (-0.7, 0.6), (0.7, 0.6)):
        f.line((a * 0.33, b * 0.33), (a * 0.8, b * 0.8))
        f.ring(a, b, 0.17)


@framed()
def _mast(f: Frame) -> None:
    """A mast that sends."""
    f.line((-0.4, 0.9), (0.0, -0.35), (0.4, 0.9))
    f.line((-0.22, 0.35), (0.22, 0.35))
    f.dot(0.0, -0.4, 0.1)
    for radius in (0.4, 0.7):
        f.line(*_arc(0.0, -0.4, radius * 0.8, -40, 40))
        f.line(*_arc(0.0, -0.4, radius * 0.8, 140, 220))


@framed()
def _screen(f: Frame) -> None:
    """A screen on its foot."""
    f.box(-0.9, -0.8, 0.9, 0.4)
    f.line((0.0, 0.4), (0.0, 0.8))
    f.line((-0.45, 0.8), (0.45, 0.8))
    f.line((-0.6, 0.1), (-0.25, -0.3), (0.1, 0.0), (0.6, -0.5))


@framed()
def _chart(f: Frame) -> None:
    """One box over three."""
    f.box(-0.35, -0.85, 0.35, -0.35)
    f.line((0.0, -0.35), (0.0, 0.05))
    f.line((-0.7, 0.3), (-0.7, 0.05), (0.7, 0.05), (0.7, 0.3))
    f.line((0.0, 0.05), (0.0, 0.3))
    for x in (-0.7, 0.0, 0.7):
        f.box(x - 0.25, 0.3, x + 0.25, 0.75)


@framed()
def _headset(f: Frame) -> None:
    """A head with earphones and a microphone."""
    f.ring(0, 0, 0.55, filled=True)
    f.line(*_arc(0.0, 0.0, 0.75, 180, 360))
    for x in (-0.75, 0.75):
        f.box(x - 0.15, -0.1, x + 0.15, 0.35)
    f.line((0.75, 0.35), (0.5, 0.75), (0.1, 0.75))


@framed(turns=True)
def _cart(f: Frame) -> None:
    """A low vehicle with its load."""
    f.shape((-0.95, 0.15), (0.75, 0.15), (0.95, 0.35), (0.95, 0.6), (-0.95, 0.6))
    for x in (-0.55, 0.55):
        f.ring(x, 0.68, 0.17)
    f.box(-0.5, -0.5, 0.4, 0.15, filled=False)


@framed(turns=True)
def _cart_from_above(f: Frame) -> None:
    """A rounded body between four wheels, a wedge that shows where it goes."""
    f.shape((-0.85, -0.45), (0.6, -0.45), (0.85, -0.2), (0.85, 0.2), (0.6, 0.45), (-0.85, 0.45))
    for x in (-0.55, 0.4):
        for y in (-0.58, 0.58):
            f.box(x - 0.18, y - 0.1, x + 0.18, y + 0.1, filled=False)
    f.line((0.2, -0.25), (0.55, 0.0), (0.2, 0.25))


@framed(turns=True)
def _tracked_cart(f: Frame) -> None:
    """A flat vehicle with a sensor on a guide line."""
    f.box(-0.8, -0.1, 0.8, 0.45)
    f.ring(0.55, 0.15, 0.13)
    for x in (-0.5, 0.5):
        f.ring(x, 0.55, 0.16)
    for x in (-0.95, -0.45, 0.05, 0.55):
        f.line((x, 0.85), (x + 0.3, 0.85))
    f.line((-0.3, -0.1), (-0.3, -0.6))
    f.dot(-0.3, -0.65, 0.09)


@framed(turns=True)
def _platform(f: Frame) -> None:
    """A platform on castors with an arrow for its way."""
    f.box(-0.9, -0.05, 0.9, 0.25)
    for x in (-0.6, 0.0, 0.6):
        f.ring(x, 0.42, 0.16)
    f.arrow((-0.6, -0.4), (0.6, -0.4))


@framed(turns=True)
def _shuttle(f: Frame) -> None:
    """A dome on wheels with a lamp."""
    f.line((-0.9, 0.45), *_arc(0.0, 0.45, 0.85, 180, 360), (0.9, 0.45), (-0.9, 0.45))
    f.dot(0.35, 0.05, 0.1)
    for x in (-0.5, 0.5):
        f.ring(x, 0.62, 0.18)


@framed()
def _stick_figure(f: Frame) -> None:
    f.ring(0, -0.65, 0.25)
    f.line((0.0, -0.4), (0.0, 0.3))
    f.line((-0.45, -0.1), (0.45, -0.1))
    f.line((-0.4, 0.9), (0.0, 0.3), (0.4, 0.9))


@framed()
def _waving_figure(f: Frame) -> None:
    f.ring(0, -0.6, 0.24)
    f.line((0.0, -0.36), (0.0, 0.25))
    f.line((-0.5, 0.2), (0.0, -0.2), (0.5, -0.55))
    f.line((-0.35, 0.9), (0.0, 0.25), (0.35, 0.9))


@framed()
def _bust(f: Frame) -> None:
    """Head and shoulders."""
    f.ring(0, -0.4, 0.38, filled=True)
    f.shape(*_arc(0.0, 0.8, 0.75, 180, 360))


@framed()
def _helmet(f: Frame) -> None:
    """A worker with a hard hat."""
    f.line(*_arc(0.0, -0.35, 0.42, 180, 360))
    f.line((-0.6, -0.35), (0.6, -0.35))
    f.line(*_arc(0.0, -0.35, 0.36, 0, 180))
    f.shape((-0.7, 0.85), (-0.55, 0.25), (0.55, 0.25), (0.7, 0.85))


@framed()
def _peg(f: Frame) -> None:
    """A board-game man."""
    f.ring(0, -0.55, 0.3, filled=True)
    f.shape((-0.2, -0.25), (0.2, -0.25), (0.6, 0.85), (-0.6, 0.85))


@framed()
def _doll(f: Frame) -> None:
    """A body with arms and legs of some width."""
    f.ring(0, -0.68, 0.22)
    f.shape((-0.3, -0.4), (0.3, -0.4), (0.55, 0.1), (0.4, 0.15), (0.25, -0.1), (0.25, 0.9),
            (0.05, 0.9), (0.0, 0.4), (-0.05, 0.9), (-0.25, 0.9), (-0.25, -0.1), (-0.4, 0.15),
            (-0.55, 0.1))  # fmt: skip


@framed(turns=True)
def _forklift(f: Frame) -> None:
    """Body, cabin, mast and forks."""
    f.shape((-0.85, 0.6), (-0.85, 0.05), (-0.1, 0.05), (0.3, 0.2), (0.3, 0.6))
    f.line((-0.6, 0.05), (-0.45, -0.65), (0.05, -0.65), (0.25, 0.15))
    f.line((0.45, -0.85), (0.45, 0.7), (0.98, 0.7))
    for x in (-0.55, 0.1):
        f.ring(x, 0.68, 0.2)


@framed(turns=True)
def _loaded_forklift(f: Frame) -> None:
    """With a pallet on its forks."""
    f.box(-0.9, -0.05, 0.05, 0.55)
    f.line((-0.75, -0.05), (-0.75, -0.6), (-0.05, -0.6), (-0.05, -0.05))
    f.line((0.2, -0.8), (0.2, 0.6))
    f.line((0.2, 0.4), (0.98, 0.4))
    f.box(0.35, -0.1, 0.92, 0.38, filled=False)
    for x in (-0.65, -0.15):
        f.ring(x, 0.65, 0.2)


@framed(turns=True)
def _forks_from_above(f: Frame) -> None:
    """A body with two prongs."""
    f.box(-0.9, -0.5, 0.1, 0.5)
    f.box(-0.6, -0.28, -0.2, 0.28, filled=False)
    for y in (-0.3, 0.3):
        f.line((0.1, y), (0.95, y))


@framed(turns=True)
def _pallet_truck(f: Frame) -> None:
    """A drawbar, forks near the ground, small wheels."""
    f.line((-0.9, -0.8), (-0.55, 0.45))
    f.line((-0.98, -0.72), (-0.75, -0.86))
    f.box(-0.65, 0.1, -0.3, 0.6)
    f.line((-0.3, 0.55), (0.95, 0.55), (0.95, 0.45), (-0.3, 0.4))
    for x in (-0.5, 0.75):
        f.ring(x, 0.72, 0.14)


@framed(turns=True)
def _stacker(f: Frame) -> None:
    """A high mast with the forks up and one large and one small wheel."""
    f.shape((-0.7, 0.65), (-0.7, -0.25), (-0.25, -0.25), (0.1, 0.1), (0.1, 0.65))
    for x in (0.2, 0.36):
        f.line((x, -0.95), (x, 0.75))
    f.line((0.36, -0.45), (0.95, -0.45))
    f.ring(-0.45, 0.72, 0.18)
    f.ring(0.1, 0.76, 0.13)


@framed(turns=True)
def _arm(f: Frame) -> None:
    """Foot, two links with joints, a gripper."""
    f.box(-0.8, 0.6, 0.0, 0.9)
    f.line((-0.4, 0.6), (-0.55, -0.3))
    f.line((-0.55, -0.3), (0.45, -0.65))
    f.line((0.45, -0.65), (0.65, -0.1))
    for a, b in ((-0.4, 0.5), (-0.55, -0.3), (0.45, -0.65)):
        f.ring(a, b, 0.13, filled=True)
    f.line((0.45, 0.2), (0.5, -0.05), (0.8, -0.1), (0.9, 0.12))


@framed(turns=True)
def _thick_arm(f: Frame) -> None:
    """Links drawn as bars."""
    f.shape((-0.85, 0.9), (-0.65, 0.45), (-0.15, 0.45), (0.05, 0.9))
    f.shape((-0.52, 0.5), (-0.72, -0.4), (-0.5, -0.5), (-0.28, 0.45))
    f.shape((-0.68, -0.5), (-0.55, -0.7), (0.6, -0.5), (0.55, -0.3))
    f.ring(-0.6, -0.48, 0.17)
    f.line((0.58, -0.4), (0.58, 0.0))
    f.line((0.4, 0.2), (0.4, 0.0), (0.76, 0.0), (0.76, 0.2))


@framed(turns=True)
def _column_arm(f: Frame) -> None:
    """A column with a level arm and a tool that goes down."""
    f.box(-0.8, -0.7, -0.4, 0.9)
    f.box(-0.4, -0.6, 0.75, -0.35)
    f.box(0.45, -0.35, 0.65, 0.25, filled=False)
    f.line((0.4, 0.45), (0.55, 0.25), (0.7, 0.45))


@framed()
def _claw(f: Frame) -> None:
    """A stem with a claw."""
    f.box(-0.3, -0.9, 0.3, -0.5)
    f.line((0.0, -0.5), (0.0, -0.1))
    f.ring(0, 0.0, 0.14, filled=True)
    f.line((-0.12, 0.08), (-0.6, 0.4), (-0.25, 0.85))
    f.line((0.12, 0.08), (0.6, 0.4), (0.25, 0.85))


@framed()
def _face(f: Frame) -> None:
    """A toy robot's face."""
    f.box(-0.7, -0.45, 0.7, 0.75)
    for x in (-0.3, 0.3):
        f.ring(x, -0.05, 0.15)
    f.line((-0.35, 0.45), (0.35, 0.45))
    f.line((0.0, -0.45), (0.0, -0.75))
    f.ring(0, -0.82, 0.1)


@framed(turns=True)
def _stick_arm(f: Frame) -> None:
    """A bent line on a dome."""
    f.line((-0.7, 0.9), *_arc(-0.35, 0.9, 0.35, 180, 360), (-0.7, 0.9))
    f.line((-0.35, 0.55), (-0.35, -0.2), (0.3, -0.75), (0.75, -0.2))
    f.dot(-0.35, -0.2, 0.1)
    f.dot(0.3, -0.75, 0.1)
    f.line((0.55, 0.0), (0.75, -0.2), (0.95, -0.05))


RESOURCES: dict[str, tuple[Icon, ...]] = {
    "Dispatcher": (_clipboard, _hub, _mast, _screen, _chart, _headset),
    "TaskExecuter": (_cart, _cart_from_above, _tracked_cart, _platform, _shuttle),
    "Operator": (_stick_figure, _waving_figure, _bust, _helmet, _peg, _doll),
    "Transporter": (_forklift, _loaded_forklift, _forks_from_above, _pallet_truck, _stacker),
    "Robot": (_arm, _thick_arm, _column_arm, _claw, _face, _stick_arm),
}
