"""Calls that nobody would answer and times that cannot be drawn are mended, and told."""

from __future__ import annotations

import pytest

from apps.engines.simulation.model import DistributionValue, Model, ModelObject, NumberValue
from apps.engines.vlsm.repair_calls import answer_calls, order_times

LEVEL = [[0.1] * 5 for _ in range(5)]


def built(*classes: str) -> tuple[Model, dict[int, ModelObject]]:
    model = Model()
    return model, {i: model.add(ModelObject(f"O{i}", name)) for i, name in enumerate(classes)}


def call(item: ModelObject, **values: float) -> None:
    item.properties |= {name: NumberValue(float(value)) for name, value in values.items()}


def test_who_calls_nobody_gets_the_likeliest_helper() -> None:
    model, made = built("Processor", "Operator", "Transporter")
    call(made[0], UseTransport=1)
    links = [[0.0, 0.1, 0.4], [0.0] * 3, [0.0] * 3]

    told = list(answer_calls(model, made, links))

    assert made[0].center_ports == [made[2]]
    assert told[0].text == "“O0” had nobody to call; “O2” is taken to come."
    assert told[0].confidence == 0.4


def test_without_anybody_the_call_is_left_out() -> None:
    model, made = built("Processor")
    call(made[0], UseProcessOperators=1, NumProcessOperators=2)

    told = list(answer_calls(model, made, LEVEL))

    assert made[0].properties == {}
    assert len(told) == 1


def test_an_empty_team_gets_a_member_and_is_asked_for_one() -> None:
    model, made = built("Processor", "Dispatcher", "Operator")
    call(made[0], UseProcessOperators=1, NumProcessOperators=3)
    model.connect(made[0], made[1], "S")

    list(answer_calls(model, made, LEVEL))

    assert made[1].out_ports == [made[2]]
    assert made[0].properties["NumProcessOperators"] == NumberValue(1.0)


def test_a_call_that_is_answered_stays() -> None:
    model, made = built("Processor", "Dispatcher", "Operator", "Operator")
    call(made[0], UseProcessOperators=1, NumProcessOperators=2)
    model.connect(made[0], made[1], "S")
    for member in (2, 3):
        model.connect(made[1], made[member])

    assert list(answer_calls(model, made, LEVEL)) == []


@pytest.mark.parametrize(
    ("function", "args", "ordered"),
    [
        ("triangular", (30, 59, 2), (2, 59, 30)),
        ("triangular", (10, 20, 12), (10, 20, 12)),
        ("uniform", (9, 3), (3, 9)),
        ("normal", (9, 3), (9, 3)),
    ],
)
def test_limits_are_sorted(function: str, args: tuple, ordered: tuple) -> None:
    model, made = built("Processor")
    made[0].properties["ProcessTime"] = DistributionValue(function, args)

    told = list(order_times(model))

    assert made[0].properties["ProcessTime"] == DistributionValue(function, ordered)
    assert bool(told) == (args != ordered)
