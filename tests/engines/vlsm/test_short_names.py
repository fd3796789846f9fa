"""Names told short."""

from __future__ import annotations

import pytest

from apps.engines.vlsm.perception import prompt_entities
from apps.engines.vlsm.short_names import meant_by, short_of

DOCKS = ["North Dock", "South Dock", "Sorter", "Lane Red"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("North Dock", "North"), ("Lane Red", "Red"), ("Sorter", ""), ("Dock 4", "")],
)
def test_only_what_tells_a_name_from_the_others_stands_for_it(name: str, short: str) -> None:
    assert short_of(name, DOCKS) == short


@pytest.mark.parametrize(
    ("short", "meant"),
    [("north", "North Dock"), ("Dock", ""), ("Sorter", ""), ("red", "Lane Red"), ("West", "")],
)
def test_a_short_name_is_the_one_that_holds_it(short: str, meant: str) -> None:
    assert meant_by(short, DOCKS) == meant


def test_a_word_that_two_names_hold_is_a_name_of_its_own() -> None:
    assert meant_by("North", ["North Dock", "North Hall"]) == ""


def test_mentions_of_a_short_name_belong_to_the_whole_one() -> None:
    prompt = "North Dock feeds Sorter. North sends one every 5 s."
    spans = [(0, 10), (17, 23), (25, 30)]
    docks, sorter = prompt_entities(prompt, spans)
    assert (docks.name, docks.spans) == ("North Dock", [(0, 10), (25, 30)])
    assert sorter.spans == [(17, 23)]


def test_a_short_name_that_was_not_tagged_is_found() -> None:
    prompt = "North Dock feeds Sorter, North every 5 s. North, that is all. Go north."
    dock, _ = prompt_entities(prompt, [(0, 10), (17, 23)])
    assert dock.spans == [(0, 10), (25, 30)]
