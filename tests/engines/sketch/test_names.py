"""Which name of the prompt a read label stands for."""

from __future__ import annotations

from apps.engines.sketch.names import capitalised, snap
from apps.engines.sketch.reader import named
from apps.engines.sketch.scene import Scene, SceneLink, SceneObject


def read(*texts: str | None, confidence: float = 0.9) -> list[tuple[str, float]]:
    return [(text, confidence) if text else ("", 0.0) for text in texts]


def names(*labels: tuple[str, float]) -> list[str]:
    return [label for label, _ in labels]


def test_slips_of_reading_are_mended_by_the_names() -> None:
    assert names(*snap(read("0re 8in", "Mi1l 2"), ["Mill 2", "Ore Bin"])) == ["Ore Bin", "Mill 2"]


def test_another_number_is_another_name() -> None:
    found = snap(read("Queue 1", "Queue 2"), ["Queue 2", "Queue 1"])

    assert names(*found) == ["Queue 1", "Queue 2"]


def test_objects_without_a_label_get_the_names_left_over_by_class() -> None:
    drawn = [{"Source": 0.9, "Sink": 0.05}, {"Source": 0.1, "Sink": 0.8}, {"Queue": 0.9}]
    told = {"Alpha": {"Sink": 0.9}, "Beta": {"Source": 0.9}, "Gamma": {"Queue": 0.9}}

    found = snap(read(None, None, "Gamma"), ["Alpha", "Beta", "Gamma"], drawn, told)

    assert names(*found) == ["Beta", "Alpha", "Gamma"]
    assert found[0][1] < 0.5 < found[2][1]


def test_clear_writing_like_no_name_stays() -> None:
    found = snap(read("Packing Robot", "Mill"), ["Mill", "Ore Bin"])

    assert names(*found) == ["Packing Robot", "Mill"]


def test_unclear_writing_gives_way_to_the_name_left_over() -> None:
    found = snap([*read("Pckq Rqbt", confidence=0.5), *read("Mill")], ["Mill", "Ore Bin"])

    assert names(*found) == ["Ore Bin", "Mill"]


def test_more_objects_than_names_leave_the_reading_alone() -> None:
    found = snap([*read("Xyz", confidence=0.5), ("", 0.0), *read("Mill")], ["Mill", "Ore Bin"])

    assert names(*found) == ["Xyz", "", "Mill"]


def test_what_is_no_word_gives_way_even_where_there_are_more_objects_than_names() -> None:
    found = snap(read("2.", "Packing Robot", "Mill"), ["Mill", "Ore Bin"])

    assert names(*found) == ["Ore Bin", "Packing Robot", "Mill"]


def test_first_letters_that_look_the_same_follow_the_other_labels() -> None:
    assert names(*snap(read("welder", "Picker", "Masking", "Box", "Deep Sea"), []))[0] == "Welder"
    assert names(*snap(read("welder", "picker", "Masking", "Box", "Kiln"), []))[0] == "Welder"
    assert names(*snap(read("welder", "masking", "Box", "Kiln", "Lathe"), []))[0] == "welder"


def test_without_names_a_stroke_beside_numbers_is_a_one() -> None:
    assert names(*snap(read("Mill l", "Mill 2"), [])) == ["Mill 1", "Mill 2"]


def test_what_is_drawn_with_a_capital_keeps_it() -> None:
    assert snap([("Bin", 0.9)], ["bin"]) == [("Bin", 1.0)]
    assert snap([("BIN", 0.9)], ["bin"]) == [("bin", 1.0)]


def test_a_kind_is_not_one_of_its_members() -> None:
    read = [("Crusher 1", 0.9), ("Crusher 2", 0.9)]

    assert snap(read, ["crusher"]) == read


def test_a_lone_sign_is_no_clear_writing() -> None:
    assert names(*snap(read("V", "Mill"), ["Mill", "Ore Bin"])) == ["Ore Bin", "Mill"]


def test_letters_alike_large_and_small_follow_the_drawing() -> None:
    capital = read("Upper Chopper", "Rexgu output", "outer Car Park")
    sentence = read("Press brake", "Visual check", "main control")

    assert names(*capitalised(capital)) == ["Upper Chopper", "Rexgu Output", "Outer Car Park"]
    assert names(*capitalised(sentence)) == ["Press brake", "Visual check", "main control"]
    assert names(*snap(capital, ["Upper Chopper"]))[1:] == ["Rexgu Output", "Outer Car Park"]


def test_a_nameless_shape_of_no_class_among_icons_is_no_object() -> None:
    icons = [SceneObject((0.1, 0.1, 0.2, 0.2), name, 0.9, {"Queue": 0.9}) for name in "ABC"]
    note = SceneObject((0.5, 0.5, 0.6, 0.6), "", 0.0, {"Sink": 0.15})
    links = (SceneLink(0, 1, 0.9), SceneLink(1, 2, 0.9), SceneLink(2, 3, 0.9))
    scene = Scene(100, 100, (icons[0], note, *icons[1:]), links)

    found = named(scene)

    assert [item.label for item in found.objects] == ["A", "B", "C"]
    assert [(link.source, link.target) for link in found.links] == [(1, 2)]
