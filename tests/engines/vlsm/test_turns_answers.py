"""What the engine tells beside the script: questions about contradictions, in two languages."""

from __future__ import annotations

import pytest
import torch

from apps.engines.factories.roles import CLASSES
from apps.engines.simulation.model import Model, ModelObject
from apps.engines.vlsm.actions import Piece, token
from apps.engines.vlsm.assumptions import default_assumptions
from apps.engines.vlsm.contradictions import asked_twice, told_twice
from apps.engines.vlsm.examples import Entity, Inputs
from apps.engines.vlsm.facts import ATTRIBUTES, FUNCTIONS, ROLES, UNITS
from apps.engines.vlsm.modeling import Memory
from apps.engines.vlsm.numerals import find_numerals
from apps.engines.vlsm.wording import CHINESE, ENGLISH, property_words, said, speaking

SURE, UNSURE = 10.0, -10.0


def inputs_of(prompt: str, *names: str) -> Inputs:
    """A prompt with the places of its names."""
    entities = []
    for name in names:
        starts = [k for k in range(len(prompt)) if prompt.startswith(name, k)]
        entities.append(Entity(name, [(k, k + len(name)) for k in starts]))
    return Inputs(prompt, entities, find_numerals(prompt))


def memory_of(
    inputs: Inputs, owners: list[int], role: str, unit: str = "s", cls: str = "Processor"
) -> Memory:
    """What an encoder would report that holds number k for `owners[k]`'s."""
    count, sizes = len(inputs.numerals), (len(ROLES), len(FUNCTIONS), len(UNITS))
    whose = torch.full((1, len(inputs.entities), count), UNSURE)
    labels = torch.full((1, count, sum(sizes)), UNSURE)
    places = (ROLES.index(role), FUNCTIONS.index("constant"), UNITS.index(unit))
    for number, owner in enumerate(owners):
        whose[0, owner, number] = SURE
        for offset, place in zip((0, sizes[0], sizes[0] + sizes[1]), places, strict=True):
            labels[0, number, offset + place] = SURE
    attributes = torch.full((1, len(inputs.entities), len(ATTRIBUTES)), UNSURE)
    attributes[0, :, CLASSES.index(cls)] = SURE
    return Memory(owners=whose, labels=labels, attributes=attributes)


def test_two_times_of_one_machine_contradict() -> None:
    inputs = inputs_of("Mill takes 5 s. Later: Mill takes 8 s.", "Mill")

    found = told_twice(memory_of(inputs, [0, 0], "ProcessTime:0"), inputs)

    assert found is not None
    assert (found.name, found.prop, found.first, found.second) == (
        "Mill",
        "ProcessTime",
        "5 s",
        "8 s",
    )


@pytest.mark.parametrize(
    ("prompt", "owners", "role", "unit", "cls"),
    [
        ("Mill takes 5 s. Later: Mill takes 5.0 s.", [0, 0], "ProcessTime:0", "s", "Processor"),
        ("Mill takes 5 s and Saw takes 8 s.", [0, 1], "ProcessTime:0", "s", "Processor"),
        ("Mill takes 5 s, Saw is next and takes 8 s.", [0, 0], "ProcessTime:0", "s", "Processor"),
        ("Mill takes 5 s, the second 8 s.", [0, 0], "ProcessTime:0", "s", "Processor"),
        ("Mill takes 5 s, shape 8.", [0, 0], "ProcessTime:0", "s", "Processor"),
        ("Mill takes 5 s and Mill takes 8 s.", [0, 0], "none", "s", "Processor"),
        ("Mill moves in 5 s, Mill loads in 8 s.", [0, 0], "ProcessTime:0", "s", "Robot"),
        ("Mill splits 5 ways and Mill has 8 operators.", [0, 0], "MaxContent:0", "none", "Queue"),
    ],
)  # fmt: skip
def test_what_is_no_contradiction(
    prompt: str, owners: list[int], role: str, unit: str, cls: str
) -> None:
    inputs = inputs_of(prompt, "Mill", "Saw")

    assert told_twice(memory_of(inputs, owners, role, unit, cls), inputs) is None


def test_two_capacities_contradict() -> None:
    inputs = inputs_of("Q1 has a capacity of 10 … Q1 can hold 25 items.", "Q1")

    found = told_twice(memory_of(inputs, [0, 0], "MaxContent:0", "none", "Queue"), inputs)

    assert found is not None
    assert (found.first, found.second) == ("10", "25")


def setting(entity: int, number: int) -> list[Piece]:
    head = [token("SET"), Piece("entity", entity), token("PROP:ProcessTime")]
    return [*head, token("DIST:constant"), token("UNIT:s"), Piece("number", number)]


def test_a_refinement_that_asks_for_two_values_is_asked_back() -> None:
    inputs = inputs_of("make Mill 5 s and make Mill 8 s", "Mill", "Saw")

    found = asked_twice(inputs, setting(0, 0) + setting(0, 1))

    assert found is not None
    assert (found.name, found.first, found.second) == ("Mill", "5", "8")
    assert asked_twice(inputs, setting(0, 0) + setting(1, 1)) is None
    assert asked_twice(inputs, setting(0, 0) + setting(0, 0)) is None


def test_both_languages_say_everything_with_the_same_words() -> None:
    assert ENGLISH.keys() == CHINESE.keys()
    for key, sentence in ENGLISH.items():
        for word in ("{name}", "{other}", "{number}", "{where}", "{line}", "{message}"):
            assert (word in sentence) == (word in CHINESE[key]), (key, word)


def test_assumptions_are_told_in_the_language_of_the_moment() -> None:
    model = Model()
    model.add(ModelObject("Mill", "Processor"))

    with speaking("zh"):
        (chinese,) = default_assumptions(model)
        words = property_words("ProcessTime")
    (english,) = default_assumptions(model)

    assert chinese.text == "“Mill”的加工时间为 10 秒（默认值）。"
    assert english.text == "“Mill” has a process time of 10 s (the default)."
    assert (words, property_words("ProcessTime")) == ("加工时间", "process time")
    assert said("unused", name="X") == "“X” was not taken for an object."
