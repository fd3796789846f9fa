"""One person's way of drawing: pen, paper, icons, where names go, how links run."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .icons import ICONS
from .pen import Ink, Pen, hand_fonts


@dataclass(frozen=True)
class Look:
    """A style. `place` is where names go beside icons, `inside` whether plain shapes hold theirs,
    `service` how links to resources are drawn: dashed, dotted, thin, or like the others."""

    pen: Pen
    link_pen: Pen
    font: str
    paper: str
    icons: dict[str, int]
    plain: str
    place: str
    inside: bool
    links: str
    head: str
    service: str
    service_head: str
    gap: float
    fill: Ink | None
    clutter: float
    camera: float


def choose_look(rng: Random) -> Look:
    """A random way of drawing: computer, whiteboard, or pen and pencil on paper."""
    kind = rng.choices(["paper", "clean", "board"], [66, 24, 10])[0]
    clean = kind == "clean"
    pen = {"paper": _paper_pen, "clean": _clean_pen, "board": _marker}[kind](rng)
    head = rng.choices(["open", "filled", "long", "none"], [43, 27, 12, 18])[0]
    return Look(
        pen=pen,
        link_pen=_link_pen(pen, rng),
        font=rng.choice(["roboto", "roboto", *hand_fonts()]) if clean else rng.choice(hand_fonts()),
        paper=_paper(kind, rng),
        icons={name: rng.randrange(len(kinds)) for name, kinds in ICONS.items()},
        plain=rng.choice(["box", "box", "box", "round", "round", "ellipse", "diamond", "circle"]),
        place=rng.choices(["under", "over", "beside"], [70, 15, 15])[0],
        inside=rng.random() < 0.8,
        links=rng.choices(["straight", "elbow", "curve"], [50, 32, 18])[0],
        head=head,
        service=rng.choices(["dashed", "dotted", "thin", "same"], [45, 15, 25, 15])[0],
        service_head=head if rng.random() < 0.18 else "none",
        gap=rng.choice([-2.0, 1.0, 3.0, 3.0, 5.0, 9.0]),
        fill=_fill(rng) if clean and rng.random() < 0.6 else None,
        clutter=0.0 if rng.random() < 0.55 else rng.choice([0.2, 0.4, 0.7]),
        camera=0.0 if clean and rng.random() < 0.7 else rng.choice([0.0, 0.3, 0.6, 1.0]),
    )


def _paper_pen(rng: Random) -> Pen:
    grey = rng.choice([rng.randint(0, 110), rng.randint(40, 150)])
    ink = rng.choice([(grey, grey, grey)] * 4 + [(20, 40, 150), (30, 60, 120), (140, 20, 20)])
    return Pen(ink, rng.choice([1, 2, 2, 3, 4]), rng.uniform(0.6, 2.6), rng.choice([1, 1, 1, 2]))


def _clean_pen(rng: Random) -> Pen:
    ink = rng.choice([(0, 0, 0), (40, 40, 40), (30, 60, 120), (90, 90, 100)])
    return Pen(ink, rng.choice([1, 2, 2, 3]), 0.0)


def _marker(rng: Random) -> Pen:
    ink = rng.choice([(20, 20, 25), (20, 20, 25), (25, 50, 160), (20, 110, 50), (170, 30, 30)])
    return Pen(ink, rng.choice([3, 4, 5]), rng.uniform(0.8, 2.2))


def _link_pen(pen: Pen, rng: Random) -> Pen:
    """Mostly the same pen; some people take another colour for links."""
    if rng.random() < 0.82:
        return pen
    ink = rng.choice([(170, 40, 30), (30, 60, 160), (30, 120, 60), (60, 60, 60)])
    return Pen(ink, max(1, pen.width + rng.choice([-1, 0, 0, 1])), pen.wobble)


def _paper(kind: str, rng: Random) -> str:
    if kind != "paper":
        return kind
    return rng.choice(["plain", "plain", "squared", "squared", "lined", "dotted"])


def _fill(rng: Random) -> Ink:
    low = rng.choice([130, 190, 200])
    return (rng.randint(low, 250), rng.randint(low + 10, 250), rng.randint(low, 250))
