"""What people draw for machines that assemble and take apart, for shelves and for belts."""

from __future__ import annotations

from .icon_frame import Frame, Icon, framed


@framed()
def _merging_arrows(f: Frame) -> None:
    """Two arrows that become one, in a box."""
    f.box(-0.9, -0.8, 0.9, 0.8)
    f.line((-0.7, -0.5), (0.0, 0.0), (-0.7, 0.5))
    f.arrow((0.0, 0.0), (0.7, 0.0))


@framed()
def _boxed_plus(f: Frame) -> None:
    f.box(-0.8, -0.8, 0.8, 0.8)
    f.line((-0.45, 0.0), (0.45, 0.0))
    f.line((0.0, -0.45), (0.0, 0.45))


@framed()
def _ringed_plus(f: Frame) -> None:
    f.ring(0, 0, 0.8, filled=True)
    f.line((-0.75, 0.0), (0.75, 0.0))
    f.line((0.0, -0.75), (0.0, 0.75))


@framed()
def _narrowing(f: Frame) -> None:
    """A trapezium that narrows to the right, two ways in, one out."""
    f.shape((-0.55, -0.85), (0.55, -0.35), (0.55, 0.35), (-0.55, 0.85))
    for y in (-0.45, 0.45):
        f.line((-0.95, y), (-0.55, y))
    f.line((0.55, 0.0), (0.95, 0.0))


@framed()
def _packing(f: Frame) -> None:
    """An item falls into an open carton."""
    f.line((-0.95, -0.25), (-0.65, 0.0), (-0.65, 0.85), (0.65, 0.85), (0.65, 0.0), (0.95, -0.25))
    f.box(-0.22, -0.9, 0.22, -0.5)
    f.arrow((0.0, -0.4), (0.0, 0.4))


@framed()
def _parts_to_one(f: Frame) -> None:
    """Two small parts, a bracket, a large one."""
    f.box(-0.95, -0.7, -0.45, -0.2)
    f.box(-0.95, 0.2, -0.45, 0.7)
    f.line((-0.35, -0.7), (-0.12, 0.0), (-0.35, 0.7))
    f.box(0.1, -0.45, 0.95, 0.45)


@framed()
def _interlocked(f: Frame) -> None:
    """Two parts that fit into one another."""
    f.shape((-0.9, -0.6), (0.0, -0.6), (0.0, -0.2), (0.35, -0.2), (0.35, 0.2), (0.0, 0.2),
            (0.0, 0.6), (-0.9, 0.6))  # fmt: skip
    f.line((0.0, -0.6), (0.9, -0.6), (0.9, 0.6), (0.0, 0.6))


@framed()
def _parting_arrows(f: Frame) -> None:
    """One arrow that becomes two, in a box."""
    f.box(-0.9, -0.8, 0.9, 0.8)
    f.line((-0.7, 0.0), (-0.1, 0.0))
    f.arrow((-0.1, 0.0), (0.6, -0.5))
    f.arrow((-0.1, 0.0), (0.6, 0.5))


@framed()
def _boxed_division(f: Frame) -> None:
    f.box(-0.8, -0.8, 0.8, 0.8)
    f.line((-0.5, 0.0), (0.5, 0.0))
    for y in (-0.38, 0.38):
        f.dot(0.0, y, 0.1)


@framed()
def _ringed_division(f: Frame) -> None:
    f.ring(0, 0, 0.8, filled=True)
    f.line((-0.5, 0.0), (0.5, 0.0))
    for y in (-0.38, 0.38):
        f.dot(0.0, y, 0.1)


@framed()
def _widening(f: Frame) -> None:
    """A trapezium that widens to the right, one way in, two out."""
    f.shape((-0.55, -0.35), (0.55, -0.85), (0.55, 0.85), (-0.55, 0.35))
    f.line((-0.95, 0.0), (-0.55, 0.0))
    for y in (-0.45, 0.45):
        f.line((0.55, y), (0.95, y))


@framed()
def _halves(f: Frame) -> None:
    """A box cut in two halves that stand apart."""
    f.box(-0.95, -0.7, -0.15, 0.7)
    f.box(0.15, -0.7, 0.95, 0.7)
    for y in (-0.8, -0.25, 0.3):
        f.line((0.0, y), (0.0, y + 0.3))


@framed()
def _one_to_parts(f: Frame) -> None:
    f.box(-0.95, -0.45, -0.1, 0.45)
    f.line((0.35, -0.7), (0.12, 0.0), (0.35, 0.7))
    f.box(0.45, -0.7, 0.95, -0.2)
    f.box(0.45, 0.2, 0.95, 0.7)


@framed()
def _unpacking(f: Frame) -> None:
    """An item leaves an open carton."""
    f.line((-0.95, -0.25), (-0.65, 0.0), (-0.65, 0.85), (0.65, 0.85), (0.65, 0.0), (0.95, -0.25))
    f.box(-0.22, 0.35, 0.22, 0.75)
    f.arrow((0.0, 0.25), (0.0, -0.85))


@framed()
def _shelves(f: Frame) -> None:
    f.box(-0.9, -0.8, 0.9, 0.8)
    for y in (-0.27, 0.27):
        f.line((-0.9, y), (0.9, y))


@framed()
def _filled_shelves(f: Frame) -> None:
    """Two posts, three shelves, goods on them."""
    for x in (-0.85, 0.85):
        f.line((x, -0.9), (x, 0.9))
    for y in (-0.3, 0.25, 0.8):
        f.line((-0.85, y), (0.85, y))
        for x in (-0.7, -0.1, 0.4)[: 2 + (y > 0)]:
            f.box(x, y - 0.34, x + 0.32, y)


@framed()
def _pigeonholes(f: Frame) -> None:
    f.box(-0.9, -0.85, 0.9, 0.85)
    for k in (-0.3, 0.3):
        f.line((-0.9, k * 0.95), (0.9, k * 0.95))
        f.line((k, -0.85), (k, 0.85))


@framed()
def _braced_rack(f: Frame) -> None:
    """A rack from the side: posts, cross braces, feet."""
    for x in (-0.7, 0.7):
        f.line((x, -0.9), (x, 0.9))
        f.line((x - 0.15, 0.9), (x + 0.15, 0.9))
    for top in (-0.85, 0.0):
        f.line((-0.7, top), (0.7, top))
        f.line((-0.7, top), (0.7, top + 0.8))
        f.line((0.7, top), (-0.7, top + 0.8))


@framed()
def _double_rack(f: Frame) -> None:
    """Two bays of shelves side by side on feet."""
    f.box(-0.95, -0.75, 0.95, 0.65)
    f.line((0.0, -0.75), (0.0, 0.65))
    for y in (-0.28, 0.18):
        f.line((-0.95, y), (0.95, y))
    for x in (-0.85, 0.85):
        f.line((x, 0.65), (x, 0.9))


@framed()
def _open_shelves(f: Frame) -> None:
    """Shelves on a single post."""
    f.line((0.0, -0.9), (0.0, 0.9))
    for y in (-0.65, -0.1, 0.45):
        f.line((-0.8, y), (0.8, y))
    f.line((-0.45, 0.9), (0.45, 0.9))


@framed()
def _rollers(f: Frame) -> None:
    """A line on rollers."""
    f.line((-1.0, -0.15), (1.0, -0.15))
    for x in (-0.8, -0.4, 0.0, 0.4, 0.8):
        f.ring(x, 0.06, 0.17)


@framed()
def _belt(f: Frame) -> None:
    """A belt round two drums."""
    f.line((-0.75, -0.25), (0.75, -0.25))
    f.line((-0.75, 0.25), (0.75, 0.25))
    for x in (-0.75, 0.75):
        f.ring(x, 0.0, 0.25, filled=True)


@framed()
def _chevrons(f: Frame) -> None:
    """A band with signs of its direction."""
    f.box(-1.0, -0.3, 1.0, 0.3)
    for x in (-0.6, 0.0, 0.6):
        f.line((x - 0.12, -0.2), (x + 0.12, 0.0), (x - 0.12, 0.2))


@framed()
def _roller_bed(f: Frame) -> None:
    """Rollers from above."""
    f.box(-1.0, -0.28, 1.0, 0.28)
    for k in range(7):
        x = -0.75 + 0.25 * k
        f.line((x, -0.28), (x, 0.28))


@framed()
def _carrying_belt(f: Frame) -> None:
    """A belt on legs with goods on it."""
    f.box(-1.0, 0.0, 1.0, 0.22)
    for x in (-0.75, 0.75):
        f.line((x, 0.22), (x, 0.75))
    for x in (-0.7, 0.0, 0.5):
        f.box(x - 0.15, -0.35, x + 0.15, 0.0, filled=False)


@framed()
def _belt_arrow(f: Frame) -> None:
    f.box(-1.0, -0.3, 1.0, 0.3)
    f.arrow((-0.75, 0.0), (0.75, 0.0), 0.2)


@framed()
def _three_drums(f: Frame) -> None:
    """Drums within a rounded belt."""
    f.line((-0.8, -0.3), (0.8, -0.3), (0.98, 0.0), (0.8, 0.3), (-0.8, 0.3), (-0.98, 0.0),
           (-0.8, -0.3))  # fmt: skip
    for x in (-0.7, 0.0, 0.7):
        f.ring(x, 0.0, 0.2)


STATIONS: dict[str, tuple[Icon, ...]] = {
    "Combiner": (
        _merging_arrows, _boxed_plus, _ringed_plus, _narrowing, _packing, _parts_to_one,
        _interlocked,
    ),
    "Separator": (
        _parting_arrows, _boxed_division, _ringed_division, _widening, _halves, _one_to_parts,
        _unpacking,
    ),
    "Rack": (
        _shelves, _filled_shelves, _pigeonholes, _braced_rack, _double_rack, _open_shelves,
    ),
    "StraightConveyor": (
        _rollers, _belt, _chevrons, _roller_bed, _carrying_belt, _belt_arrow, _three_drums,
    ),
}  # fmt: skip
