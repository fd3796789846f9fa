"""Which writing is one label, and whose."""

from __future__ import annotations

from apps.engines.sketch.labels import assign, stacked
from apps.engines.sketch.text import Text


def line(left: float, top: float, right: float, text: str) -> Text:
    return Text((left, top, right, top + 20), text, 0.9)


def test_lines_close_under_one_another_are_one_block() -> None:
    lines = [line(0, 0, 90, "North Press"), line(22, 22, 68, "Brake 5"), line(0, 80, 90, "Mill")]

    assert [[text.text for text in block] for block in stacked(lines)] == [
        ["North Press", "Brake 5"],
        ["Mill"],
    ]


def test_lines_side_by_side_or_of_other_size_are_apart() -> None:
    title = Text((0, 0, 90, 40), "Plan", 0.9)

    assert len(stacked([line(0, 0, 90, "Mill"), line(120, 4, 200, "Drill")])) == 2
    assert len(stacked([title, line(20, 42, 70, "Mill")])) == 2


def test_a_second_line_near_the_next_object_stays_with_its_first() -> None:
    boxes = [(30.0, 0.0, 70.0, 40.0), (30.0, 95.0, 70.0, 135.0)]
    texts = [line(5, 44, 95, "North Press"), line(27, 66, 73, "Brake 5"), line(35, 140, 65, "Mill")]

    labels = assign(texts, boxes, [True, True])

    assert [label.text for label in labels if label] == ["North Press Brake 5", "Mill"]
