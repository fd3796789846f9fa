"""Reading of writing, with the real engine."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from apps.engines.sketch.text import read_line, read_texts

FONT = Path(__file__).parents[3] / "apps" / "engines" / "sketch" / "fonts" / "roboto.ttf"


def written(text: str) -> Image.Image:
    image = Image.new("RGB", (640, 480), "white")
    ImageDraw.Draw(image).text((200, 200), text, fill="black", font=ImageFont.truetype(FONT, 40))
    return image


def test_writing_is_found_and_read_where_it_stands() -> None:
    (found,) = read_texts(written("Ore Bin"))

    assert found.text == "Ore Bin"
    assert 175 < found.box[0] < 215
    assert 195 < found.middle[1] < 250


def test_an_empty_page_has_no_writing() -> None:
    assert read_texts(Image.new("RGB", (640, 480), "white")) == []


def test_writing_is_still_found_after_a_single_line_was_read() -> None:
    image = written("Mill 2")

    line = read_line(image, (190, 190, 340, 255))
    again = read_texts(image)

    assert line is not None
    assert line.text == "Mill 2"
    assert [item.text for item in again] == ["Mill 2"]
