"""Names chosen from uncertain tags."""

from __future__ import annotations

import re

import numpy as np
import pytest

from apps.engines.vlsm.name_edges import stands_out
from apps.engines.vlsm.naming import Tags, choose_names

OUTSIDE, BEGIN, INSIDE = np.eye(3) * 0.9 + 0.03


def tagged(marked: str, doubts: float = 0.9) -> tuple[str, Tags]:
    """Words as pieces; `[` begins a name, `+` goes on one, `?` makes a tag uncertain."""
    words, offsets, rows = [], [], []
    place = 0
    for word in marked.split(" "):
        plain = word.lstrip("[+?")
        signs = word[: len(word) - len(plain)]
        row = BEGIN if "[" in signs else INSIDE if "+" in signs else OUTSIDE
        rows.append(row * (1 - doubts) + doubts / 3 if "?" in signs else row)
        words.append(plain)
        offsets.append((place, place + len(plain)))
        place += len(plain) + 1
    return " ".join(words), Tags.of(offsets, np.array(rows))


def names(marked: str, known: tuple[str, ...] = ()) -> list[str]:
    text, tags = tagged(marked)
    return [text[a:b] for a, b in choose_names(text, tags, known)]


def test_a_name_torn_in_two_is_made_whole() -> None:
    assert names("from [Line [Start1 to [Mill") == ["Line Start1", "Mill"]


def test_a_name_missed_at_one_place_is_found_by_the_others() -> None:
    text = "[Buffer +B1 feeds [Mill , [Mill feeds ?Buffer ?B1 , [Buffer +B1 holds 5"
    assert names(text).count("Buffer B1") == 3


def test_half_a_name_gives_way_to_the_whole_one_written_elsewhere() -> None:
    text = "[Pallet +Rack feeds [Mill . then [Pallet ?Rack again"
    assert names(text) == ["Pallet Rack", "Mill", "Pallet Rack"]


def test_no_name_holds_a_full_stop_of_chinese() -> None:
    text = "废品箱；料架"
    rows = np.array([BEGIN, INSIDE, INSIDE, INSIDE, BEGIN, INSIDE])
    tags = Tags.of([(k, k + 1) for k in range(6)], rows)
    assert [text[a:b] for a, b in choose_names(text, tags)] == ["废品箱", "料架"]


@pytest.mark.parametrize("known", [(), ("Cell 7",)])
def test_a_known_name_needs_less_evidence(known: tuple[str, ...]) -> None:
    assert ("Cell 7" in names("then ?Cell ?7 works", known)) == bool(known)


def test_known_names_need_not_be_written() -> None:
    assert names("take [Mill away", ("Lathe", "")) == ["Mill"]


def test_no_names_in_an_empty_prompt() -> None:
    assert choose_names("", Tags.of([], np.zeros((0, 3)))) == []


def test_names_are_words_of_their_own() -> None:
    found = names("[Mill and Milling and [Mill")
    assert found == ["Mill", "Mill"]
    assert not re.search("ing", " ".join(found))


@pytest.mark.parametrize(
    ("text", "stands"),
    [("then the Press works", True), ("Press works", False), ("Done. Press works", False)],
)
def test_a_capital_counts_within_a_sentence_only(text: str, stands: bool) -> None:
    start = text.index("Press")
    assert stands_out(text, (start, start + 5)) is stands


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("from [Saw to [Mill 2 , [Saw and [Mill , [Oven , [Oven in the ?[paint ?+shop", 0),
        ("from [saw to [mill 2 , [saw and [mill , [oven , [oven in the ?[paint ?+shop", 1),
    ],
)
def test_words_unlike_the_other_names_need_more_evidence(marked: str, expected: int) -> None:
    text, tags = tagged(marked, doubts=0.45)
    found = [text[a:b] for a, b in choose_names(text, tags)]
    assert found.count("paint shop") == expected
    assert {name.lower() for name in found} >= {"saw", "mill", "oven"}


def test_a_word_before_the_first_comma_needs_more_evidence() -> None:
    assert names("?[Right, from [Saw to [Mill")[0] == "Saw"
