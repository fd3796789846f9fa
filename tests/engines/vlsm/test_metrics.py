"""SVR, PMR and exactness as generation.md defines them."""

from __future__ import annotations

import pytest

from apps.engines.simulation.model import DistributionValue, Model, ModelObject, NumberValue
from apps.engines.vlsm.metrics import compare, mean_interval, same_value, wilson


def line(process: object = None) -> Model:
    model = Model()
    items = [
        model.add(ModelObject("In", "Source")),
        model.add(ModelObject("Mill", "Processor")),
        model.add(ModelObject("Out", "Sink")),
    ]
    if process is not None:
        items[1].properties["ProcessTime"] = process  # type: ignore[assignment]
    model.connect(items[0], items[1])
    model.connect(items[1], items[2])
    return model


def test_a_twin_is_exact() -> None:
    scores = compare(line(NumberValue(5)), line(NumberValue(5.000000001)))

    assert scores.exact
    assert (scores.svr, scores.pmr) == (1.0, 1.0)


def test_svr_weighs_connections_and_objects() -> None:
    answer = line()
    answer.objects[1].name = "mill"

    scores = compare(line(), answer)

    assert scores.objects == pytest.approx(2 / 3)
    assert scores.connections == 0.0
    assert scores.svr == pytest.approx(0.4 * 2 / 3)


def test_surplus_parts_are_not_exact_but_do_not_lower_svr() -> None:
    answer = line()
    answer.connect(answer.objects[0], answer.objects[2])

    scores = compare(line(), answer)

    assert scores.svr == 1.0
    assert not scores.exact


def test_a_value_equal_to_the_default_counts_as_set() -> None:
    scores = compare(line(NumberValue(10)), line())

    assert scores.pmr == 1.0
    assert scores.exact


def test_nothing_scores_zero() -> None:
    scores = compare(line(NumberValue(3)), None)

    assert (scores.svr, scores.pmr, scores.exact) == (0.0, 0.0, False)


def test_distributions_agree_by_function_and_arguments() -> None:
    uniform = DistributionValue("uniform", (1.0, 2.0))

    assert same_value(uniform, DistributionValue("uniform", (1.0, 2.0)))
    assert not same_value(uniform, DistributionValue("normal", (1.0, 2.0)))
    assert not same_value(uniform, DistributionValue("uniform", (1.0, 2.5)))


def test_intervals_hold_their_means() -> None:
    low, high = wilson(95, 100)
    mean, below, above = mean_interval([1.0, 0.5, 0.75, 1.0])

    assert low < 0.95 < high
    assert below < mean < above
