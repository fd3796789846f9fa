"""From a column of observed times to a FlexScript distribution, with its goodness of fit.

Each law is fitted by maximum likelihood (location 0 where FlexSim's law has one), ranked by
Akaike's criterion (AIC) and tested by Kolmogorov and Smirnov. Since the parameters come from the
same data, the p-value is a parametric bootstrap (Stute, González Manteiga and Presedo Quindimil,
1993): how often samples of the fitted law, fitted anew, lie as far from it as the data do.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

LEAST = 8
"""Fewer times than this say nothing about their law."""
BOOTSTRAP = 199
REJECTED = 0.05

Array = NDArray[np.float64]
Parameters = tuple[float, ...]


class FitError(ValueError):
    """The column cannot be used; the text says what, where and how to mend it."""


@dataclass(frozen=True)
class Law:
    """One of FlexSim's distributions: how it is fitted and how scipy calls it."""

    name: str
    fit: Callable[[Array], Parameters]
    """From times to FlexScript's arguments; raises ValueError where the law cannot hold them."""
    frozen: Callable[..., Any]
    """From FlexScript's arguments to scipy's distribution."""
    free: int
    """How many parameters were fitted."""


@dataclass(frozen=True)
class Fit:
    """A fitted law: FlexScript's arguments, AIC, distance (KS) and its p-value."""

    law: str
    arguments: Parameters
    aic: float
    distance: float
    p_value: float

    @property
    def flexscript(self) -> str:
        if self.law == "constant":
            return f"{self.arguments[0]:.6g}"
        inside = ", ".join(f"{value:.6g}" for value in self.arguments)
        return f"{self.law}({inside}, getstream(current))"

    def density(self, points: Array) -> Array | None:
        """Probability density at `points`; None for a constant."""
        law = next((law for law in LAWS if law.name == self.law), None)
        return None if law is None else np.asarray(law.frozen(*self.arguments).pdf(points))

    def to_json(self) -> dict[str, Any]:
        return {
            "law": self.law,
            "flexscript": self.flexscript,
            "arguments": [float(f"{value:.6g}") for value in self.arguments],
            "aic": round(self.aic, 3) if math.isfinite(self.aic) else None,
            "ks": round(self.distance, 4),
            "p": round(self.p_value, 4),
        }


def fit_times(times: Sequence[float], seed: int = 1, draws: int = BOOTSTRAP) -> list[Fit]:
    """All laws that can hold these times, the best first: those not rejected at 5 %, by AIC.

    `draws` samples make each p-value. Raises FitError where no law can be fitted.
    """
    values = np.asarray(times, float)
    if len(values) < LEAST:
        raise FitError(f"{len(values)} times are too few to fit a law; {LEAST} are needed.")
    if not np.isfinite(values).all():
        raise FitError("There is a time that is no finite number.")
    if (values < 0).any():
        raise FitError(f"Times cannot be negative; the smallest is {values.min():g}.")
    if np.ptp(values) == 0:
        return [Fit("constant", (float(values[0]),), -math.inf, 0.0, 1.0)]
    rng = np.random.default_rng(seed)
    fits = [fit for law in LAWS if (fit := _fitted(law, values, rng, draws)) is not None]
    return sorted(fits, key=lambda fit: (fit.p_value < REJECTED, fit.aic))


def _fitted(law: Law, values: Array, rng: np.random.Generator, draws: int) -> Fit | None:
    try:
        arguments = law.fit(values)
    except (ValueError, FloatingPointError):
        return None
    frozen = law.frozen(*arguments)
    likelihood = float(np.sum(frozen.logpdf(values)))
    if not math.isfinite(likelihood) or not all(math.isfinite(value) for value in arguments):
        return None
    distance = _distance(values, frozen)
    return Fit(
        law.name,
        arguments,
        2 * law.free - 2 * likelihood,
        distance,
        _p_value(law, frozen, values, rng, draws),
    )


def _distance(values: Array, frozen: Any) -> float:
    """Kolmogorov and Smirnov: the largest gap between the law and the share of times so far."""
    below = frozen.cdf(np.sort(values))
    share = np.arange(1, len(values) + 1) / len(values)
    return float(np.max(np.maximum(share - below, below - share + 1 / len(values))))


def _p_value(law: Law, frozen: Any, values: Array, rng: np.random.Generator, draws: int) -> float:
    """Share of bootstrap samples at least as far from their own fit as the values from theirs."""
    distance = _distance(values, frozen)
    farther = 0
    for sample in frozen.rvs((draws, len(values)), random_state=rng):
        try:
            farther += _distance(sample, law.frozen(*law.fit(sample))) >= distance
        except (ValueError, FloatingPointError):
            farther += 1
    return (farther + 1) / (draws + 1)


def _fit_exponential(x: Array) -> Parameters:
    return 0.0, float(x.mean())


def _fit_shifted_exponential(x: Array) -> Parameters:
    low = float(x.min())
    return low, float(x.mean() - low)


def _fit_uniform(x: Array) -> Parameters:
    return float(x.min()), float(x.max())


def _fit_normal(x: Array) -> Parameters:
    return float(x.mean()), float(x.std())


def _fit_triangular(x: Array) -> Parameters:
    """Ends a little beyond the data; the mode of largest likelihood is one of the times, whose
    products left and right of it are running sums of logarithms (Oliver 1972)."""
    slack = np.ptp(x) / (len(x) + 1)
    low, high = max(0.0, float(x.min() - slack)), float(x.max() + slack)
    inner = np.sort(x)
    rising, falling = np.log(np.maximum(inner - low, 1e-12)), np.log(high - inner)
    count = np.arange(len(inner))
    before = np.cumsum(rising) - rising - count * rising
    after = np.cumsum(falling[::-1])[::-1] - falling - (len(inner) - 1 - count) * falling
    return low, high, float(inner[int(np.argmax(before + after))])


def _triangular(low: float, high: float, mode: float) -> Any:
    return stats.triang((mode - low) / (high - low), low, high - low)


def _positive(x: Array) -> Array:
    if (x <= 0).any():
        raise ValueError("the law holds positive times only")
    return x


def _fit_lognormal(x: Array) -> Parameters:
    logs = np.log(_positive(x))
    return 0.0, float(np.exp(logs.mean())), float(logs.std())


def _fit_weibull(x: Array) -> Parameters:
    """The shape solves one equation, the scale follows (Johnson, Kotz and Balakrishnan, ch. 21)."""
    logs = np.log(_positive(x))
    scaled = logs - logs.max()

    def slope(shape: float) -> float:
        weight = np.exp(shape * scaled)
        return float((weight @ logs) / weight.sum() - 1 / shape - logs.mean())

    shape = float(optimize.brentq(slope, 1e-2, 1e3))
    return 0.0, float(np.exp(logs.max()) * np.mean(np.exp(shape * scaled)) ** (1 / shape)), shape


def _fit_gamma(x: Array) -> Parameters:
    """log k - digamma(k) equals the logarithm of the mean less the mean of the logarithms."""
    gap = float(np.log(x.mean()) - np.log(_positive(x)).mean())
    shape = float(optimize.brentq(lambda k: np.log(k) - special.digamma(k) - gap, 1e-3, 1e7))
    return 0.0, float(x.mean()) / shape, shape


LAWS: tuple[Law, ...] = (
    Law("exponential", _fit_exponential, stats.expon, 1),
    Law("exponential", _fit_shifted_exponential, stats.expon, 2),
    Law("uniform", _fit_uniform, lambda low, high: stats.uniform(low, high - low), 2),
    Law("normal", _fit_normal, stats.norm, 2),
    Law("triangular", _fit_triangular, _triangular, 3),
    Law("lognormal2", _fit_lognormal, lambda loc, scale, s: stats.lognorm(s, loc, scale), 2),
    Law("weibull", _fit_weibull, lambda loc, scale, c: stats.weibull_min(c, loc, scale), 2),
    Law("gamma", _fit_gamma, lambda loc, scale, a: stats.gamma(a, loc, scale), 2),
)


def read_column(path: Path, column: str) -> list[float]:
    """The numbers of one column of a CSV file (comma, semicolon or tab; empty cells left out)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FitError(f"{path} cannot be read: {error}") from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=head.count))
    names = [name.strip() for name in rows.fieldnames or []]
    if column not in names:
        raise FitError(f"{path} has no column “{column}”; it has {', '.join(names) or 'none'}.")
    rows.fieldnames = names
    return [
        _number(row[column], path, line)
        for line, row in enumerate(rows, 2)
        if (row[column] or "").strip()
    ]


def _number(cell: str, path: Path, line: int) -> float:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        raise FitError(
            f"{path}, line {line}: “{cell.strip()}” is no number. Mend or delete the cell."
        ) from None
