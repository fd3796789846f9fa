"""Numbers at the end of labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from apps.engines.sketch.numbers import consistent, read_again
from apps.engines.sketch.text import Text

FONT = Path(__file__).parents[3] / "apps" / "engines" / "sketch" / "fonts" / "roboto.ttf"
BOX = (0.0, 0.0, 10.0, 10.0)


def labels(*texts: str) -> list[str]:
    return [text for text, _ in consistent([(text, 0.9) for text in texts])]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (("Mill l", "Mill 2"), ["Mill 1", "Mill 2"]),
        (("cappert", "capper2"), ["capper1", "capper2"]),
        (("Knittingl", "KnittingS", "Knitting4"), ["Knitting1", "Knitting5", "Knitting4"]),
        (("Mask 1", "Mask 2", "Mask s"), ["Mask 1", "Mask 2", "Mask 3"]),
        (("Queue_S", "Press_1", "Drill_2"), ["Queue_5", "Press_1", "Drill_2"]),
        (("AGV z", "Press 1", "Drill 2"), ["AGV 2", "Press 1", "Drill 2"]),
        (("Mill2", "Rack 1", "Saw 1", "Press 2"), ["Mill 2", "Rack 1", "Saw 1", "Press 2"]),
        (("Storel", "Rack1", "Saw1", "Press2"), ["Store1", "Rack1", "Saw1", "Press2"]),
    ],
)
def test_letters_beside_numbers_are_digits(read: tuple[str, ...], meant: list[str]) -> None:
    assert labels(*read) == meant


@pytest.mark.parametrize(
    "read",
    [
        ("Material", "Press 1", "Drill 2"),
        ("WS6", "Rack_1", "Saw 1", "Press 2"),
        ("Rack A", "Rack B", "Rack S"),
        ("Mill l", "Drill"),
        ("Mill 1", "Mill l"),
        ("", "Press 1", "Press 2"),
    ],
)
def test_words_stay_words(read: tuple[str, ...]) -> None:
    assert labels(*read) == list(read)


def _written(text: str) -> Image.Image:
    image = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(image).text((60, 40), text, fill="black", font=ImageFont.truetype(FONT, 32))
    return image


def test_a_number_cut_off_is_found_by_a_second_look() -> None:
    """The first look ended before the number."""
    first = Text((60.0, 42.0, 125.0, 76.0), "Fleet", 0.99)
    others: list[Text | None] = [Text(BOX, "Press 1", 0.9), Text(BOX, "Press 2", 0.9)]

    found = read_again(_written("Fleet 7"), [first, *others])

    assert [label.text for label in found if label] == ["Fleet 7", "Press 1", "Press 2"]


def test_no_second_look_where_objects_have_no_numbers() -> None:
    first: list[Text | None] = [Text((60.0, 42.0, 125.0, 76.0), "Fleet", 0.99), None]

    assert read_again(_written("Fleet 7"), first) == first


def test_other_writing_beside_a_label_does_not_become_its_number() -> None:
    first = Text((60.0, 42.0, 190.0, 76.0), "Press", 0.9)
    others: list[Text | None] = [Text(BOX, "Mill 1", 0.9), Text(BOX, "Mill 2", 0.9)]

    assert read_again(_written("Lathe 12"), [first, *others])[0] == first
