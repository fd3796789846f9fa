"""FlexSim's statistical distributions, drawn from a stream.

Laws with a closed quantile are drawn by inversion (one uniform a draw), the rest by
numpy's algorithms on the same stream. Parametrisation follows FlexSim's manual:
`exponential(location, scale)`, `triangular(min, max, mode)`, `bernoulli(percent, …)`.
Choices where the manual is silent are marked [?].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, floor, inf, isfinite, log, sinh, sqrt
from statistics import NormalDist
from typing import Any

from .errors import SimulationError
from .streams import Stream

Sampler = Callable[..., float]  # an argument, if any, is ignored
Quantile = Callable[..., float]
_UNIT = NormalDist()
_TINY = 2.0**-53


def _open(u: float) -> float:
    """A uniform of (0, 1): the laws below take logarithms of it."""
    return u if u > 0.0 else _TINY


def _normal(u: float) -> float:
    return _UNIT.inv_cdf(_open(u))


def exponential(u: float, location: float, scale: float) -> float:
    return location - scale * log(1.0 - u)


def uniform(u: float, low: float, high: float) -> float:
    return low + (high - low) * u


def duniform(u: float, low: float, high: float) -> float:
    return float(min(high, low + floor(u * (high - low + 1.0))))


def normal(u: float, mean: float, std: float) -> float:
    return mean + std * _normal(u)


def triangular(u: float, low: float, high: float, mode: float) -> float:
    if high == low:
        return low
    if u * (high - low) < mode - low:
        return low + sqrt(u * (high - low) * (mode - low))
    return high - sqrt((1.0 - u) * (high - low) * (high - mode))


def lognormal(u: float, location: float, normal_mean: float, normal_std: float) -> float:
    return location + exp(normal_mean + normal_std * _normal(u))


def lognormal2(u: float, location: float, scale: float, shape: float) -> float:
    return location + scale * exp(shape * _normal(u))


def weibull(u: float, location: float, scale: float, shape: float) -> float:
    return float(location + scale * (-log(1.0 - u)) ** (1.0 / shape))


def inverseweibull(u: float, location: float, scale: float, shape: float) -> float:
    return float(location + scale * (-log(_open(u))) ** (-1.0 / shape))


def loglogistic(u: float, location: float, scale: float, shape: float) -> float:
    return float(location + scale * (_open(u) / (1.0 - u)) ** (1.0 / shape))


def loglaplace(u: float, location: float, scale: float, shape: float) -> float:
    if u < 0.5:
        return float(location + scale * (2.0 * _open(u)) ** (1.0 / shape))
    return float(location + scale * (2.0 * (1.0 - u)) ** (-1.0 / shape))


def laplace(u: float, location: float, scale: float) -> float:
    if u < 0.5:
        return location + scale * log(2.0 * _open(u))
    return location - scale * log(2.0 * (1.0 - u))


def logistic(u: float, location: float, scale: float) -> float:
    return location + scale * log(_open(u) / (1.0 - u))


def johnsonbounded(u: float, low: float, high: float, shape1: float, shape2: float) -> float:
    odds = exp((_normal(u) - shape1) / shape2)
    return (low + high * odds) / (1.0 + odds) if isfinite(odds) else high


def johnsonunbounded(u: float, location: float, scale: float, s1: float, s2: float) -> float:
    return location + scale * sinh((_normal(u) - s1) / s2)


def bernoulli(u: float, percent: float, success: float, fail: float) -> float:
    return success if u * 100.0 < percent else fail


def geometric(u: float, probability: float) -> float:
    """Failures before the first success."""
    return 0.0 if probability >= 1.0 else float(floor(log(1.0 - u) / log(1.0 - probability)))


BY_INVERSION: dict[str, Quantile] = {
    law.__name__: law
    for law in (
        exponential, uniform, duniform, normal, triangular, lognormal, lognormal2, weibull,
        inverseweibull, loglogistic, loglaplace, laplace, logistic, johnsonbounded,
        johnsonunbounded, bernoulli, geometric,
    )
}  # fmt: skip

BY_GENERATOR: dict[str, Callable[..., float]] = {
    "gamma": lambda g, location, scale, shape: location + scale * g.standard_gamma(shape),
    "erlang": lambda g, location, scale, shape: location + scale * g.standard_gamma(shape),
    "pearsont5": lambda g, location, scale, shape: location + scale / g.standard_gamma(shape),
    "pearsont6": lambda g, location, scale, s1, s2: (
        location + scale * g.standard_gamma(s1) / g.standard_gamma(s2)
    ),
    "inversegaussian": lambda g, location, scale, shape: location + g.wald(scale, shape),
    "beta": lambda g, low, high, s1, s2: low + (high - low) * g.beta(s1, s2),
    "binomial": lambda g, trials, probability: float(g.binomial(int(trials), probability)),
    "negbinomial": lambda g, wins, probability: float(g.negative_binomial(wins, probability)),
    "poisson": lambda g, mean: float(g.poisson(mean)),
}

# Number of arguments without the stream.
ARGUMENTS: dict[str, int] = {
    **{name: law.__code__.co_argcount - 1 for name, law in BY_INVERSION.items()},
    **{name: law.__code__.co_argcount - 1 for name, law in BY_GENERATOR.items()},
}
TABLE_LAWS = frozenset({"dempirical", "empirical", "cempirical"})
NAMES = frozenset(ARGUMENTS) | TABLE_LAWS

_POSITIVE: dict[str, tuple[int, ...]] = {
    "exponential": (), "normal": (), "lognormal": (), "laplace": (), "logistic": (),
    **dict.fromkeys(("lognormal2", "weibull", "inverseweibull", "loglogistic", "loglaplace"), (2,)),
    **dict.fromkeys(("gamma", "erlang", "pearsont5"), (2,)),
    "inversegaussian": (1, 2), "pearsont6": (2, 3), "beta": (2, 3),
    "johnsonbounded": (3,), "johnsonunbounded": (3,), "geometric": (0,), "negbinomial": (0, 1),
}  # fmt: skip
_SPREAD = {"exponential": 1, "normal": 1, "lognormal": 2, "laplace": 1, "logistic": 1, "poisson": 0}


def check(function: str, args: Sequence[float]) -> None:
    """Raise SimulationError when the arguments do not fit the law."""
    wanted = ARGUMENTS.get(function)
    if wanted is None:
        raise SimulationError(f"there is no distribution {function}")
    shown = f"{function}({', '.join(f'{value:g}' for value in args)})"
    if len(args) != wanted:
        raise SimulationError(f"{shown} needs {wanted} arguments and the stream")
    if not all(isfinite(value) for value in args):
        raise SimulationError(f"{shown} has an argument that is not finite")
    if any(args[index] <= 0 for index in _POSITIVE.get(function, ())):
        raise SimulationError(f"{shown} needs a positive shape")
    if function in _SPREAD and args[_SPREAD[function]] < 0:
        raise SimulationError(f"{shown} has a negative spread")
    _check_range(function, args, shown)


def _check_range(function: str, args: Sequence[float], shown: str) -> None:
    if function in {"uniform", "duniform", "triangular", "beta", "johnsonbounded"}:
        if args[0] > args[1]:
            raise SimulationError(f"{shown} has its minimum above its maximum")
        if function == "triangular" and not args[0] <= args[2] <= args[1]:
            raise SimulationError(
                f"{shown} has its mode outside its range", hint="triangular(min, max, mode)"
            )
    chance = {"binomial": 1, "negbinomial": 1, "geometric": 0}.get(function)
    if chance is not None and not 0 <= args[chance] <= 1:
        raise SimulationError(f"{shown} needs a probability between 0 and 1")
    if function == "binomial" and args[0] < 0:
        raise SimulationError(f"{shown} needs a number of trials")


_checked = lru_cache(1024)(check)  # many objects have the same law


def sampler(function: str, args: Sequence[float], stream: Stream) -> Sampler:
    """A function without arguments that draws the next variate."""
    args = tuple(args)
    _checked(function, args)
    if function in BY_GENERATOR:
        law = BY_GENERATOR[function]
        return lambda _=None: float(law(stream.generator, *args))
    return _inverted(function, args, stream.random)


def _inverted(function: str, args: tuple[float, ...], random: Callable[[], float]) -> Sampler:
    if function == "exponential":  # the commonest law, written out for speed
        location, scale = args
        return lambda _=None: location - scale * log(1.0 - random())
    if function == "uniform":
        low, width = args[0], args[1] - args[0]
        return lambda _=None: low + width * random()
    law = BY_INVERSION[function]
    return lambda _=None: law(random(), *args)


def draw(function: str, args: Sequence[Any], stream: Stream) -> float:
    """One variate; the table laws take rows of (percent, value) as their argument."""
    if function in TABLE_LAWS:
        return from_table(function, args[0], stream.random())
    return sampler(function, [float(value) for value in args], stream)()


def from_table(function: str, rows: Sequence[Sequence[float]], u: float) -> float:
    """A value of a table of rows (percent, value).

    dempirical gives a row's value; empirical spreads evenly from a row's value to the
    next one's; cempirical reads the percents as cumulative and joins the values by
    straight lines [?].
    """
    if not rows:
        raise SimulationError(f"{function} needs a table with rows of percent and value")
    target = u * 100.0
    if function == "cempirical":
        return _joined(rows, target)
    reached = 0.0
    for index, (percent, value) in enumerate(rows):
        if target < reached + percent or index == len(rows) - 1:
            if function == "dempirical":
                return float(value)
            end = rows[min(index + 1, len(rows) - 1)][1]
            share = (target - reached) / percent if percent else 0.0
            return float(value + (end - value) * min(1.0, share))
        reached += percent
    return float(rows[-1][1])


def _joined(rows: Sequence[Sequence[float]], target: float) -> float:
    before, value_before = -inf, float(rows[0][1])
    for percent, value in rows:
        if target <= percent:
            if not isfinite(before) or percent == before:
                return float(value)
            share = (target - before) / (percent - before)
            return value_before + (value - value_before) * share
        before, value_before = percent, float(value)
    return value_before
