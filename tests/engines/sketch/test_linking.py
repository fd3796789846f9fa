"""Which way links lead, and what may be linked at all."""

from __future__ import annotations

import numpy as np
import pytest

from apps.engines.sketch.boosting import Trees
from apps.engines.sketch.detection import Found
from apps.engines.sketch.evidence import allowed_pairs, sight_of
from apps.engines.sketch.linking import (
    NOT_LOOKED,
    Rules,
    candidates,
    find_links,
    judged,
    load_rules,
)
from apps.engines.sketch.reader import WEIGHTS
from apps.engines.sketch.samples import CLASSES, GRID, INPUT
from apps.engines.sketch.strip_network import StripNetwork

NO_INK = np.zeros(INPUT, np.float32)


def seen(kind: str, x: float, y: float = 50.0, sure: float = 0.97) -> Found:
    rest = (1 - sure) / (len(CLASSES) - 2)
    scores = {name: sure if name == kind else rest for name in CLASSES if name != "Box"}
    return Found(np.array([x, y]), np.array([10.0, 10.0]), scores, 0.9)


def line(left: int, right: int, row: int = 50) -> np.ndarray:
    """Maps with one level stroke and no votes."""
    maps = np.zeros((len(CLASSES) + 7, *GRID), np.float32)
    maps[len(CLASSES) + 2] = -8.0
    maps[len(CLASSES) + 2, row - 1 : row + 1, left:right] = 8.0
    return maps


@pytest.mark.parametrize(
    ("left", "right", "ahead"),
    [
        ("Processor", "Operator", True),
        ("Operator", "Processor", False),
        ("Robot", "Dispatcher", False),
        ("Dispatcher", "Transporter", True),
        ("Dispatcher", "Queue", False),
    ],
)
def test_classes_tell_which_way_a_link_to_a_resource_leads(
    left: str, right: str, ahead: bool
) -> None:
    objects = [seen(left, 20), seen(right, 90)]
    found = candidates(line(26, 84), NO_INK, objects)

    assert found is not None
    assert len(found.ways) == 1
    first = found.ways[0].first
    assert (found.evidence.told[0] > 0.5) == (ahead == (first == 0))
    assert abs(found.evidence.told[0]) > 0.5
    assert _direction(objects) == ((0, 1) if ahead else (1, 0))


def _direction(objects: list[Found]) -> tuple[int, int]:
    (link,) = find_links(line(26, 84), NO_INK, objects, _rules(9.0))
    return (link.source, link.target)


def _rules(logit: float) -> Rules:
    """Every stroke is a link with the same certainty."""
    none = np.zeros((1, 1), np.int16)
    always = Trees(none - 1, np.zeros((1, 1)), none, none, np.full((1, 1), logit))
    unsure = Trees(none - 1, np.zeros((1, 1)), none, none, np.zeros((1, 1)))
    return Rules(always, always, always, unsure, unsure, StripNetwork())


def test_among_stations_classes_do_not_tell() -> None:
    found = candidates(line(26, 84), NO_INK, [seen("Queue", 20), seen("Processor", 90)])

    assert found is not None
    assert abs(found.evidence.told[0]) < 0.1


def test_what_may_never_be_linked_is_told() -> None:
    objects = [seen(kind, 20) for kind in ("Queue", "Robot", "Operator")]
    allowed = allowed_pairs(sight_of(NO_INK, line(0, 0), objects).scores)

    assert allowed[0, 2] > 0.9
    assert allowed[1, 2] < 0.1


@pytest.mark.parametrize(("logit", "count"), [(3.0, 1), (-1.0, 1), (-3.0, 0)])
def test_what_is_less_than_faint_is_not_told(logit: float, count: int) -> None:
    objects = [seen("Queue", 20), seen("Processor", 90)]
    links = find_links(line(26, 84), NO_INK, objects, _rules(logit))

    assert len(links) == count
    assert all((link.confidence >= 0.5) == (logit > 0) for link in links)


@pytest.mark.parametrize(("sure", "looked"), [(0.5, True), (0.001, False)])
def test_only_ways_worth_a_look_are_looked_along(sure: float, looked: bool) -> None:
    found = candidates(line(26, 84), NO_INK, [seen("Queue", 20), seen("Processor", 90)])
    assert found is not None
    (row,) = found.looked_along(StripNetwork(), np.array([sure])).evidence.link

    assert row[:-2] == pytest.approx(found.evidence.link[0])
    assert (tuple(row[-2:]) != NOT_LOOKED) == looked


def test_rules_come_back_from_a_file(tmp_path) -> None:
    found = candidates(line(26, 84), NO_INK, [seen("Queue", 20), seen("Processor", 90)])
    assert found is not None
    rules = load_rules(WEIGHTS / "links.safetensors")
    rules.save(tmp_path / "again.safetensors")

    before, after = (judged(found, x) for x in (rules, load_rules(tmp_path / "again.safetensors")))

    assert np.array_equal(before[0], after[0])
    assert np.array_equal(before[1], after[1])


def test_objects_without_strokes_between_them_have_no_links() -> None:
    objects = [seen("Queue", 20), seen("Processor", 90)]

    assert find_links(line(0, 0), NO_INK, objects, _rules(9.0)) == []
    assert find_links(line(26, 84), NO_INK, objects[:1], _rules(9.0)) == []
