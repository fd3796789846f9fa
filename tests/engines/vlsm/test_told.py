"""What words say by themselves decides on what is drawn and on names without a place."""

from __future__ import annotations

import re

import pytest

from apps.engines.vlsm.examples import Entity, Inputs
from apps.engines.vlsm.loader import mini_generator
from apps.engines.vlsm.name_edges import can_name, whole_name
from apps.engines.vlsm.perception import from_prompt
from apps.engines.vlsm.told import Told, heed, tells_way, turn_lines


def inputs(*drawn: str, said: tuple[str, ...] = ()) -> Inputs:
    entities = [Entity(name, in_scene=True) for name in drawn]
    entities += [Entity(name, spans=[(0, 1)]) for name in said]
    return Inputs("", entities, [], [(a, a + 1, 0.9) for a in range(len(drawn) - 1)])


def told(classes: dict[str, float], *links: tuple[str, str]) -> Told:
    return Told({name: {"Queue": share} for name, share in classes.items()}, frozenset(links))


def test_a_name_without_a_place_is_no_object() -> None:
    given = inputs("A", "B", said=("Right",))

    gone = heed(told({"A": 1.0, "B": 1.0, "Right": 0.8}, ("a", "b")), given, whole=False)

    assert gone == ["Right"]
    assert [entity.name for entity in given.entities] == ["A", "B"]
    assert given.scene_links == [(0, 1, 0.9)]


@pytest.mark.parametrize(
    ("share", "links"), [(0.99, []), (0.5, [("right", "a")])], ids=["sure", "connected"]
)
def test_what_is_called_an_object_or_connected_stays(
    share: float, links: list[tuple[str, str]]
) -> None:
    given = inputs("A", "B", said=("Right",))

    assert heed(told({"A": 1.0, "B": 1.0, "Right": share}, *links), given, whole=False) == []
    assert len(given.entities) == 3


def test_drawn_lines_that_the_words_do_not_tell_of_go_where_words_tell_all() -> None:
    given = inputs("A", "B", "C")
    given.scene_links.append((0, 2, 0.6))

    heed(told({}, ("a", "b"), ("b", "c")), given, whole=True)

    assert given.scene_links == [(0, 1, 0.9), (1, 2, 0.9)]


def test_without_a_whole_way_in_words_the_drawing_counts() -> None:
    given = inputs("A", "B", "C")

    heed(told({}, ("a", "b")), given, whole=False)

    assert len(given.scene_links) == 2


LISTED = """[{"name": "Dock", "type": "source", "interval": "71 s exponential"},
{"name": "Bins", "type": "queue", "max": "500"},
{"name": "Saw", "type": "station", "ct": "240 s"},
{"name": "Mill", "type": "processor", "ct": "240 s"},
{"name": "Out", "type": "sink"}]
"""
PLACES = [(0.1, -0.5), (0.35, -0.5), (0.6, -0.3), (0.6, -0.7), (0.85, -0.5)]


@pytest.mark.parametrize(
    ("prompt", "tells"),
    [
        (LISTED + "Wire it up as sketched.", False),
        (LISTED + "Dock feeds Bins. Bins feeds Saw and Mill. Saw and Mill feed Out.", True),
    ],
    ids=["drawn", "told"],
)
def test_a_list_of_objects_is_not_taken_for_their_order_where_a_sketch_says_more(
    prompt: str, tells: bool
) -> None:
    batcher = mini_generator().batcher
    spans = [found.span() for found in re.finditer(r"Dock|Bins|Saw|Mill|Out", prompt)]
    given = from_prompt(prompt, spans, None)
    for entity, position in zip(given.entities, PLACES, strict=True):
        entity.in_scene, entity.position = True, position
    given.scene_links = [(0, 1, 0.99), (1, 2, 0.99), (1, 3, 0.99), (2, 4, 0.99), (3, 4, 0.99)]

    assert tells_way(batcher, given) is tells


@pytest.mark.parametrize(
    ("text", "can"), [("A", True), ("a", False), ("7", False), ("加", False), ('"a"', True)]
)
def test_one_sign_is_seldom_a_name(text: str, can: bool) -> None:
    start = text.startswith('"')

    assert can_name(text, (int(start), len(text) - start)) is can


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ('"output": "Belt 2, Slicer"', "Belt", "Belt 2"),
        ('"output": "Belt 2, Slicer"', "Slicer", "Slicer"),
        ("to “Goods Out” at once", "Out", "Goods Out"),
        ("to Goods Out at once", "Goods Out", "Goods Out"),
    ],
)
def test_quoted_names_are_whole_and_quoted_lists_are_parted(
    text: str, found: str, name: str
) -> None:
    start = text.index(found)
    begin, end = whole_name(text, (start, start + len(found)))

    assert text[begin:end] == name


def test_drawn_lines_lead_the_only_way_that_means_anything() -> None:
    given = inputs("Crew", "Mill", "Ann", "Out")
    given.scene_links = [(0, 1, 0.9), (2, 0, 0.8), (3, 1, 0.7), (1, 3, 0.2)]
    classes = {"Crew": "Dispatcher", "Mill": "Processor", "Ann": "Operator", "Out": "Sink"}
    said = Told({name: {kind: 0.99} for name, kind in classes.items()}, frozenset())

    turn_lines(said, given)

    assert given.scene_links == [(1, 0, 0.9), (0, 2, 0.8), (1, 3, pytest.approx(0.9))]


def test_where_nothing_says_what_an_end_is_a_line_stays() -> None:
    given = inputs("A", "B")

    turn_lines(told({}), given)

    assert given.scene_links == [(0, 1, 0.9)]
