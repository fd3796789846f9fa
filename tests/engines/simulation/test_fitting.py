"""Fitting laws to times: the law that made them is found, and bad columns are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from apps.engines.simulation.distributions import check
from apps.engines.simulation.fitting import FitError, fit_times, read_column

RNG = np.random.default_rng(11)


@pytest.mark.parametrize(
    ("law", "times", "wanted"),
    [
        ("exponential", RNG.exponential(12.0, 400), (0, 12.0)),
        ("normal", RNG.normal(50.0, 4.0, 400), (50.0, 4.0)),
        ("uniform", RNG.uniform(3.0, 9.0, 400), (3.0, 9.0)),
        ("lognormal2", RNG.lognormal(2.0, 0.8, 400), (0, np.exp(2.0), 0.8)),
        ("weibull", 20.0 * RNG.weibull(3.6, 600), (0, 20.0, 3.6)),
        ("triangular", RNG.triangular(5.0, 8.0, 30.0, 500), (5.0, 30.0, 8.0)),
    ],
)
def test_the_law_that_made_the_times_is_not_rejected(
    law: str, times: np.ndarray, wanted: tuple[float, ...]
) -> None:
    fits = fit_times(times.tolist(), draws=199)

    fit = min((f for f in fits if f.law == law), key=lambda f: f.aic)
    assert fit.p_value > 0.01
    assert fit.arguments == pytest.approx(wanted, rel=0.15, abs=1.0)
    assert fit.aic < min(f.aic for f in fits) + 6


def test_a_wrong_law_is_rejected() -> None:
    times = np.concatenate([RNG.normal(10, 1, 150), RNG.normal(60, 1, 150)])

    assert all(fit.p_value < 0.05 for fit in fit_times(times.tolist(), draws=49))


def test_equal_times_are_constant() -> None:
    assert fit_times([4.0] * 20)[0].flexscript == "4"


def test_what_is_written_can_be_run() -> None:
    fit = fit_times(RNG.gamma(3.0, 5.0, 200).tolist(), draws=49)[0]

    assert fit.flexscript.endswith("getstream(current))")
    check(fit.law, fit.arguments)


@pytest.mark.parametrize(
    ("times", "said"),
    [([1.0] * 3, "too few"), ([1.0] * 9 + [-2.0], "negative"), ([1.0] * 9 + [np.nan], "finite")],
)
def test_useless_times_are_refused(times: list[float], said: str) -> None:
    with pytest.raises(FitError, match=said):
        fit_times(times)


def test_columns_are_read_whatever_separates_them(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("job; seconds\n1; 4,5\n2; \n3; 6\n")

    assert read_column(path, "seconds") == [4.5, 6.0]


def test_errors_of_a_file_say_where(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("job,seconds\n1,4\n2,fast\n")

    with pytest.raises(FitError, match="line 3: “fast”"):
        read_column(path, "seconds")
    with pytest.raises(FitError, match="no column “time”; it has job, seconds"):
        read_column(path, "time")
