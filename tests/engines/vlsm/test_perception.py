"""Names of prompt, sketch and script become one list of entities."""

from __future__ import annotations

from apps.engines.simulation.model import Model, ModelObject
from apps.engines.sketch.scene import Scene, SceneLink, SceneObject
from apps.engines.vlsm.numerals import find_numerals
from apps.engines.vlsm.perception import free_name, from_prompt, from_script, similarity


def drawn(label: str, x: float, cls: str = "Processor") -> SceneObject:
    return SceneObject((x, 0.4, x + 0.1, 0.5), label, 0.9, {cls: 0.9})


def test_labels_read_with_slips_are_the_prompts_names() -> None:
    prompt = "Curing Oven takes 5 s."
    scene = Scene(
        100, 50, (drawn("Curlng Oven", 0.5), drawn("In", 0.1, "Source")), (SceneLink(1, 0, 0.8),)
    )

    inputs = from_prompt(prompt, [(0, 11)], scene)

    assert [item.name for item in inputs.entities] == ["Curing Oven", "In"]
    assert inputs.entities[0].in_scene
    assert inputs.scene_links == [(1, 0, 0.8)]


def test_numbers_in_names_must_agree() -> None:
    assert similarity("Q1", "Q2") == 0.0
    assert similarity("Mill 1", "Mi11 1") == 0.0
    assert similarity("Oven", "oven") == 1.0


def test_mentions_in_other_case_are_the_scripts_objects() -> None:
    model = Model()
    a, b = model.add(ModelObject("Source", "Source")), model.add(ModelObject("Oven", "Processor"))
    model.connect(a, b)

    inputs = from_script("make the oven 90 s", [(9, 13)], model)

    assert inputs.entities[1].spans == [(9, 13)]
    assert inputs.base_links == [(0, 1)]
    assert sum(item.fresh for item in inputs.entities) == 2


def test_free_names_count_on() -> None:
    assert free_name("Mill", {"mill"}) == "Mill 2"
    assert free_name("Mill_1", {"mill_1", "mill_2"}) == "Mill_3"
    assert free_name("Q1", {"q1"}) == "Q 2" or free_name("Q1", {"q1"}) == "Q2"


def test_numerals_leave_names_alone() -> None:
    text = "Q1 holds 20 items, WS_3 takes 12.5s or 5-10 s, ten of 1.5 min"

    assert [item.value for item in find_numerals(text)] == [20, 12.5, 5, 10, 10, 1.5]
