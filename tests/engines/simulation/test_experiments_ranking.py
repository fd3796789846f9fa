"""Ranking of scenarios with confidence."""

import numpy as np
import pytest

from apps.engines.simulation import RunConfig, SimulationError
from apps.engines.simulation.experiments import ExperimentResult, Scenario, ScenarioResult
from apps.engines.simulation.ranking import lower_is_better, ranking

CONFIG = RunConfig(100, replications=4)


def experiment(*columns, measure="items_out", common=True):
    scenarios = tuple(ScenarioResult(Scenario(), {measure: tuple(column)}) for column in columns)
    return ExperimentResult(CONFIG, scenarios, common)


def shown(ranks):
    return [(rank.scenario, rank.best, rank.worst, rank.contender) for rank in ranks]


def test_clear_differences_give_one_rank_each():
    luck = [0.0, 5.0, -3.0, 1.0]  # common to all: it cancels in the pairs
    columns = [[base + value for value in luck] for base in (10, 30, 20)]

    assert shown(ranking(experiment(*columns), "items_out")) == [
        (1, 1, 1, True), (2, 2, 2, False), (0, 3, 3, False),
    ]  # fmt: skip


def test_without_common_numbers_the_same_values_decide_nothing():
    luck = [0.0, 50.0, -30.0, 10.0]
    columns = [[base + value for value in luck] for base in (10, 30, 20)]

    ranks = ranking(experiment(*columns, common=False), "items_out")

    assert shown(ranks) == [(1, 1, 3, True), (2, 1, 3, True), (0, 1, 3, True)]


def test_times_are_best_when_small():
    columns = [[5, 6, 7, 6], [1, 2, 3, 2]]
    slow_first = experiment(*columns, measure="Mill.staytime")

    assert [rank.scenario for rank in ranking(slow_first, "Mill.staytime")] == [1, 0]
    assert [rank.scenario for rank in ranking(slow_first, "Mill.staytime", lowest=False)] == [0, 1]
    assert lower_is_better("wip")
    assert not lower_is_better("Mill.utilisation")


def test_equal_scenarios_share_all_ranks():
    ranks = ranking(experiment([1, 2, 3, 4], [1, 2, 3, 4]), "items_out")

    assert shown(ranks) == [(0, 1, 2, True), (1, 1, 2, True)]


def test_what_showed_nothing_is_left_out():
    ranks = ranking(experiment([1, 2, 3, 4], [None] * 4, [5, None, 7, 9]), "items_out")

    assert {rank.scenario for rank in ranks} == {0, 2}
    assert ranking(experiment([1, None, None, None]), "items_out") == []
    with pytest.raises(SimulationError, match="no measure speed"):
        ranking(experiment([1, 2]), "speed")


def test_the_best_is_kept_as_often_as_promised():
    """Ten systems whose best is barely better: the subset holds it in 90 % of experiments."""
    draws = np.random.Generator(np.random.Philox(3))
    truth = np.zeros(10)
    truth[4] = 0.3
    kept = sizes = 0
    for _ in range(300):
        common = draws.normal(size=(1, 12))
        values = truth[:, None] + common + draws.normal(size=(10, 12))
        ranks = ranking(experiment(*values), "items_out", 0.9)
        contenders = {rank.scenario for rank in ranks if rank.contender}
        kept += 4 in contenders
        sizes += len(contenders)

    assert kept >= 300 * 0.9
    assert sizes < 300 * 10  # and it does leave some out


def test_true_ranks_lie_in_their_bounds_as_often_as_promised():
    draws = np.random.Generator(np.random.Philox(5))
    truth = np.arange(5) * 0.8
    held = 0
    for _ in range(200):
        values = truth[:, None] + draws.normal(size=(5, 8))
        ranks = ranking(experiment(*values), "items_out", 0.9)
        held += all(rank.best <= 5 - rank.scenario <= rank.worst for rank in ranks)

    assert held >= 200 * 0.9
