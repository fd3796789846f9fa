"""Ways straightened, and the network that looks along them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from apps.engines.sketch.detection import Found
from apps.engines.sketch.evidence import Sight, sight_of
from apps.engines.sketch.samples import CLASSES, GRID, INPUT
from apps.engines.sketch.strip_network import (
    StripNetwork,
    arrays_of,
    looked,
    strip_network_from,
)
from apps.engines.sketch.strip_training import Lesson, as_bytes, learned, varied
from apps.engines.sketch.strips import ACROSS, CHANNELS, LENGTH, strips_of, turned
from apps.engines.sketch.tracing import Way

INK, MASK, FIRST_BOX, SECOND_BOX, OTHER_BOX, COMPANY = 0, 1, 6, 7, 8, 9
MIDDLE = len(ACROSS) // 2


def seen(x: float, y: float) -> Found:
    scores = {name: 0.07 for name in CLASSES if name != "Box"}
    return Found(np.array([x, y]), np.array([10.0, 10.0]), scores, 0.9)


def sight() -> Sight:
    """A level link from x = 26 to 84 cells, its head on the right; a third object under it."""
    maps = np.zeros((len(CLASSES) + 7, *GRID), np.float32)
    maps[len(CLASSES) + 2] = -8.0
    maps[len(CLASSES) + 2, 50, 26:84] = 8.0
    ink = np.zeros(INPUT, np.float32)
    ink[201:204, 104:336] = 1
    for back in range(12):
        ink[202 - back // 2, 335 - back] = ink[202 + back // 2, 335 - back] = 1
    return sight_of(ink, maps, [seen(20, 50), seen(90, 50), seen(55, 57)])


def level(left: int = 26, right: int = 84, row: int = 50) -> Way:
    x = np.arange(left, right)
    return Way(0, 1, np.stack([x, np.full_like(x, row)], 1), float(right - left))


def upright() -> Way:
    y = np.arange(20, 80)
    return Way(0, 1, np.stack([np.full_like(y, 55), y], 1), 60.0)


def strip(way: Way, *others: Way, sure: float = 0.8) -> np.ndarray:
    ways = [way, *others]
    chance = np.array([0.5, *(sure for _ in others)])
    return strips_of(sight(), ways, chance, np.array([0]))[0]


def test_the_stroke_runs_along_the_middle_of_its_strip() -> None:
    found = strip(level())

    assert found.shape == (CHANNELS, LENGTH, len(ACROSS))
    assert found[INK, 10:-10, MIDDLE].min() > 0.9
    assert found[INK, 10:60, [0, 1, 2, -3, -2, -1]].max() == 0
    assert found[MASK, 10:-10, MIDDLE].mean() > 0.7


def test_a_head_lies_at_the_end_beside_the_stroke() -> None:
    beside = strip(level())[INK][:, [MIDDLE - 2, MIDDLE + 2]]

    assert beside[-24:].max() > 0.3
    assert beside[:24].max() == 0


def test_boxes_lie_at_their_ends_and_others_beside() -> None:
    found = strip(level())

    assert found[FIRST_BOX, 0, MIDDLE] == found[SECOND_BOX, -1, MIDDLE] == 1
    assert found[FIRST_BOX, 10:].max() == found[SECOND_BOX, :-10].max() == 0
    assert found[OTHER_BOX, 30:66].max() == 1
    assert found[OTHER_BOX, :, MIDDLE].max() == 0


def test_another_way_is_seen_as_surely_as_it_runs_there() -> None:
    alone, crossed = strip(level())[COMPANY], strip(level(), upright())[COMPANY]

    assert alone.max() == 0
    assert crossed.max() == pytest.approx(0.8)
    assert 0 < (crossed > 0).mean() < 0.15


def test_a_way_told_from_its_other_end_is_the_strip_turned_round() -> None:
    way = level()
    other = Way(1, 0, way.cells[::-1], way.cost)

    assert strip(other) == pytest.approx(turned(strip(way)[None])[0], abs=1e-3)


@pytest.mark.parametrize("cells", [1, 2, 5])
def test_the_shortest_ways_have_strips(cells: int) -> None:
    found = strip(level(40, 40 + cells))

    assert np.isfinite(found).all()
    assert found[INK, 40:50, MIDDLE].min() > 0.9


def test_what_is_said_does_not_depend_on_which_end_is_the_first() -> None:
    network = StripNetwork()
    strips = np.random.default_rng(1).random((3, CHANNELS, LENGTH, len(ACROSS)), np.float32)
    there, back = looked(network, strips), looked(network, turned(strips))

    assert there[:, 0] == pytest.approx(back[:, 0], abs=1e-5)
    assert there[:, 1] == pytest.approx(-back[:, 1], abs=1e-5)
    assert np.abs(there[:, 1]).max() > 0


def test_a_network_comes_back_from_its_arrays() -> None:
    network = StripNetwork()
    again = strip_network_from(arrays_of(network, "strips"), "strips")
    strips = np.random.default_rng(1).random((2, CHANNELS, LENGTH, len(ACROSS)), np.float32)

    assert looked(again, strips) == pytest.approx(looked(network, strips), abs=1e-2)
    assert sum(value.numel() for value in network.parameters()) < 100_000
    with pytest.raises(KeyError):
        strip_network_from({}, "strips")


def test_heads_and_strokes_are_learned() -> None:
    """Half of the ways have no ink at all; links have a head at one end or the other."""
    torch.set_num_threads(1)
    rng = np.random.default_rng(3)
    strips = np.zeros((96, CHANNELS, LENGTH, len(ACROSS)), np.float32)
    linked, ahead = rng.random((2, 96)) < 0.5
    strips[linked, INK, 4:-4, MIDDLE] = 1
    strips[linked & ahead, INK, -12:-6, MIDDLE - 2 : MIDDLE + 3] = 1
    strips[linked & ~ahead, INK, 6:12, MIDDLE - 2 : MIDDLE + 3] = 1
    lesson = Lesson(as_bytes(strips), linked, ahead & linked, np.full(96, 0.5))

    said = looked(learned([lesson], 60, 0, lambda step: None, batch=32), strips)

    assert ((said[:, 0] > 0) == linked).mean() > 0.95
    assert ((said[:, 1] > 0) == ahead)[linked].mean() > 0.95


def test_variants_keep_which_end_is_which() -> None:
    strips = np.zeros((40, CHANNELS, LENGTH, len(ACROSS)), np.float32)
    strips[:, FIRST_BOX, :8] = 1
    out = varied(strips, np.random.default_rng(2))

    assert out.shape == strips.shape
    assert out[:, FIRST_BOX, :4].mean() > 0.6
    assert out[:, FIRST_BOX, 12:-4].max() == 0
