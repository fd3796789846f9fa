"""Which writing is one label, and whose."""

from __future__ import annotations

from apps.engines.sketch.labels import assign, is_note, stacked
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


def test_values_ticks_and_outlines_are_no_labels() -> None:
    boxes = [(30.0, 0.0, 70.0, 40.0)]
    outline = Text((34, 2, 66, 38), "口", 0.9)
    texts = [line(35, 44, 65, "Mill"), line(72, 10, 95, "10 s"), line(10, 66, 60, "exp(10)")]

    labels = assign([*texts, outline], boxes, [False])

    assert [label.text for label in labels if label] == ["Mill"]
    assert not any(is_note(name) for name in ("Mill 2", "X 1", "OP-7", "Max 3", "S", "2nd Mill"))


def test_two_labels_with_an_arrow_between_them_are_two() -> None:
    boxes = [(0.0, 0.0, 40.0, 40.0), (140.0, 0.0, 180.0, 40.0)]

    labels = assign([line(0, 44, 180, "装配台——Teller")], boxes, [True, True])

    assert [label.text for label in labels if label] == ["装配台", "Teller"]


def test_a_title_farther_off_is_no_part_of_a_label() -> None:
    boxes = [(30.0, 60.0, 70.0, 100.0)]

    labels = assign([line(20, 0, 80, "Plan B"), line(30, 36, 70, "Mill")], boxes, [True])

    assert [label.text for label in labels if label] == ["Mill"]
