"""Every law against its moments, and the fine points of FlexSim's parametrisation."""

from math import exp, gamma, log, pi, sin, sqrt

import numpy as np
import pytest

from apps.engines.simulation import SimulationError
from apps.engines.simulation.distributions import ARGUMENTS, draw, from_table, sampler
from apps.engines.simulation.streams import Stream, Streams

N = 40_000


def draws(function, *args, count=N):
    sample = sampler(function, args, Stream(11, 0, 101))
    return np.array([sample() for _ in range(count)])


MOMENTS = [  # function, arguments, mean, standard deviation
    ("exponential", (3, 10), 13, 10),
    ("uniform", (2, 8), 5, 6 / sqrt(12)),
    ("duniform", (1, 6), 3.5, sqrt(35 / 12)),
    ("normal", (20, 4), 20, 4),
    ("triangular", (0, 12, 3), 5, sqrt((144 + 9 - 36) / 18)),
    ("lognormal", (1, 0.5, 0.4), 1 + exp(0.58), sqrt((exp(0.16) - 1) * exp(1.16))),
    ("lognormal2", (1, exp(0.5), 0.4), 1 + exp(0.58), sqrt((exp(0.16) - 1) * exp(1.16))),
    ("weibull", (2, 5, 2), 2 + 5 * gamma(1.5), 5 * sqrt(gamma(2) - gamma(1.5) ** 2)),
    ("gamma", (1, 3, 2), 7, 3 * sqrt(2)),
    ("erlang", (0, 2, 3), 6, 2 * sqrt(3)),
    ("loglogistic", (0, 4, 5), 4 * (pi / 5) / sin(pi / 5), None),
    ("loglaplace", (0, 4, 5), 4 * 25 / 24, None),
    ("pearsont5", (1, 6, 4), 1 + 6 / 3, None),
    ("pearsont6", (1, 2, 3, 5), 1 + 2 * 3 / 4, None),
    ("inversegaussian", (1, 4, 6), 5, sqrt(64 / 6)),
    ("inverseweibull", (0, 5, 4), 5 * gamma(0.75), None),
    ("beta", (2, 10, 2, 3), 2 + 8 * 0.4, 8 * sqrt(0.04)),
    ("johnsonbounded", (0, 10, 0, 2), 5, None),
    ("johnsonunbounded", (5, 2, 0, 2), 5, None),
    ("bernoulli", (30, 7, 2), 3.5, 5 * sqrt(0.21)),
    ("binomial", (10, 0.3), 3, sqrt(2.1)),
    ("negbinomial", (3, 0.4), 4.5, sqrt(3 * 0.6) / 0.4),
    ("geometric", (0.25,), 3, sqrt(12)),
    ("poisson", (4.5,), 4.5, sqrt(4.5)),
    ("laplace", (3, 2), 3, 2 * sqrt(2)),
    ("logistic", (3, 2), 3, 2 * pi / sqrt(3)),
]


def test_every_law_is_in_the_list():
    assert {row[0] for row in MOMENTS} == set(ARGUMENTS)


@pytest.mark.parametrize(("function", "args", "mean", "deviation"), MOMENTS)
def test_moments(function, args, mean, deviation):
    found = draws(function, *args)

    assert found.mean() == pytest.approx(mean, abs=4.5 * found.std() / sqrt(N))
    if deviation is not None:
        assert found.std() == pytest.approx(deviation, rel=0.05)


def test_triangular_has_its_mode_third():
    found = draws("triangular", 0, 10, 9)

    assert found.min() >= 0
    assert found.max() <= 10
    assert found.mean() == pytest.approx(19 / 3, abs=0.05)


def test_duniform_gives_both_ends_and_whole_numbers_only():
    assert set(draws("duniform", 2, 5, count=2000)) == {2.0, 3.0, 4.0, 5.0}


def test_bernoulli_takes_a_percentage():
    assert (draws("bernoulli", 100, 1, 0, count=500) == 1).all()
    assert (draws("bernoulli", 0, 1, 0, count=500) == 0).all()


def test_exponential_median():
    assert np.median(draws("exponential", 0, 10)) == pytest.approx(10 * log(2), rel=0.03)


def test_tables():
    rows = [(20, 1.0), (50, 2.0), (30, 4.0)]

    assert [from_table("dempirical", rows, u) for u in (0.0, 0.19, 0.2, 0.69, 0.7, 0.999)] == [
        1, 1, 2, 2, 4, 4,
    ]  # fmt: skip
    assert from_table("empirical", rows, 0.1) == pytest.approx(1.5)
    assert from_table("cempirical", [(0, 10.0), (50, 20.0), (100, 60.0)], 0.75) == 40
    assert draw("dempirical", [rows], Stream(1, 0, 1)) in {1.0, 2.0, 4.0}


def test_streams_are_reproducible_and_differ():
    one = [Streams(5, 0).get(101).random() for _ in range(3)]
    streams = Streams(5, 0)

    assert one[0] == one[1] == one[2]
    firsts = {streams.get(n).random() for n in range(50)}
    firsts |= {Streams(5, 1).get(101).random(), Streams(6, 0).get(101).random()}
    assert len(firsts) == 52


def test_a_law_may_not_get_the_wrong_number_of_arguments():
    with pytest.raises(SimulationError, match="needs 2 arguments"):
        sampler("exponential", (1.0,), Stream(1, 0, 1))
