"""How well the same drawings are read on other paper, in other light and with a paler pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

from .drawing import draw
from .evaluation import Progress, compare, rates
from .looks import Look, choose_look
from .pen import Pen
from .reader import SketchReader
from .samples import plans

PALE = (168, 168, 168)
KEPT = ("object_recall", "object_precision", "link_recall", "link_precision", "whole_topology")


def _plain(look: Look) -> Look:
    """No light, no camera, nothing beside the drawing."""
    pen = Pen((40, 40, 45), 2, 1.0)
    return replace(look, paper="plain", pen=pen, link_pen=pen, fill=None, clutter=0.0, camera=0.0)


def _squared(look: Look) -> Look:
    return replace(_plain(look), paper="squared")


def _photographed(look: Look) -> Look:
    """Perspective, uneven light, shadows, blur, noise."""
    return replace(_plain(look), camera=1.0)


def _pale(look: Look) -> Look:
    pen = Pen(PALE, 1, 1.0)
    return replace(_plain(look), pen=pen, link_pen=pen)


def _erased(look: Look) -> Look:
    """Every kind of clutter at once: notes, erased strokes and objects, smudges, margins."""
    return replace(_plain(look), clutter=2.2)


CONDITIONS: Mapping[str, Callable[[Look], Look]] = {
    "plain": _plain,
    "squared": _squared,
    "photographed": _photographed,
    "pale": _pale,
    "erased": _erased,
}


def evaluate_conditions(
    reader: SketchReader, limit: int, seed: int = 77, progress: Progress | None = None
) -> dict[str, dict[str, Any]]:
    """Objects and links of `limit` plans of held-out structures, drawn under each condition."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in CONDITIONS}
    rng = Random(seed)
    for number, plan in enumerate(islice(plans(seed, "test"), limit)):
        style = rng.getrandbits(31)
        for name, change in CONDITIONS.items():
            drawing = draw(plan, Random(style), look=change(choose_look(Random(style))))
            compare(drawing, reader.see(drawing.image), counts[name])
        if progress:
            progress(number + 1)
    return {
        name: {key: value for key, value in rates(found).items() if key in KEPT}
        for name, found in counts.items()
    }
