"""How people say a number, a time or a distribution.

Functions return noun phrases ("an exponential distribution with mean 10 s") or terse forms
("exp(10) s"); numbers are marks (see `markup`). Argument order follows FlexScript: uniform(min,
max), normal(mean, std), triangular(min, max, mode).
"""

from __future__ import annotations

from random import Random
from typing import Any

from ...factories.factory import Setting
from ..actions import TIME_PROPERTIES
from .markup import Markup, Slot

UNITS = {
    "s": (" seconds", " seconds", " seconds", " s", " s", "s", " sec", " secs", " sec."),
    "min": (" minutes", " minutes", " min", " min", "min", " mins", " minute"),
    "h": (" hours", " h", "h", " hrs", " hour"),
}
RATES = {
    "/h": (" per hour", " per hour", "/h", " an hour", " every hour", "/hour", " each hour"),
    "/min": (" per minute", " a minute", "/min", " every minute", "/minute"),
}


def unit_word(unit: str, rng: Random) -> str:
    return rng.choice(UNITS[unit]) if unit in UNITS else rng.choice(RATES[unit]) if unit else ""


class Numbers:
    """Marks for the arguments of one setting, shared by all `owners`."""

    def __init__(
        self, mark: Markup, setting: Setting, owners: list[int], bare: bool = False
    ) -> None:
        self.mark, self.setting, self.owners, self.rng = mark, setting, owners, mark.rng
        self.unit = "" if bare else unit_word(setting.args[0].unit, mark.rng)

    def __getitem__(self, argument: int) -> str:
        slots: tuple[Slot, ...] = tuple(
            (owner, self.setting.prop, argument) for owner in self.owners
        )
        return self.mark.number(self.setting.args[argument], slots)

    def u(self, argument: int) -> str:
        """The number with its unit."""
        return self[argument] + self.unit


def is_rate(setting: Setting) -> bool:
    return setting.args[0].unit.startswith("/")


def is_time(setting: Setting) -> bool:
    return setting.prop in TIME_PROPERTIES


def _p(name: str, *forms: str) -> list[Any]:
    """Forms of a law with a scale (with its unit) and a shape: {0} and {1}."""
    return [
        lambda n, form=form: form.format(n.u(0), n[1]) for form in (*forms, f"{name} {{0}} / {{1}}")
    ]


def time_phrase(n: Numbers) -> str:
    """A noun phrase for a time: constant or distributed."""
    return n.rng.choice(_PHRASES[n.setting.function])(n)


def terse_time(n: Numbers) -> str:
    """A formula-like form, as in tables and lists."""
    return n.rng.choice(_TERSE[n.setting.function])(n)


_PHRASES = {
    "constant": [
        lambda n: n.u(0),
        lambda n: n.u(0),
        lambda n: f"a fixed {n.u(0)}",
        lambda n: f"exactly {n.u(0)}",
        lambda n: f"a constant {n.u(0)}",
        lambda n: f"{n.u(0)} fixed",
        lambda n: f"a constant time of {n.u(0)}",
        lambda n: f"always {n.u(0)}",
        lambda n: f"{n.u(0)} (deterministic)",
    ],
    "exponential": [
        lambda n: f"an exponential distribution with mean {n.u(0)}",
        lambda n: f"an exponential distribution with a mean of {n.u(0)}",
        lambda n: f"an exponentially distributed time with mean {n.u(0)}",
        lambda n: f"an exponential time, mean {n.u(0)}",
        lambda n: f"exponential with mean {n.u(0)}",
        lambda n: f"{n.u(0)} on average, exponentially distributed",
        lambda n: f"an exponential time averaging {n.u(0)}",
        lambda n: f"exponential({n[0]}){n.unit}",
        lambda n: f"exponential(0, {n[0]}){n.unit}",
        lambda n: f"a mean of {n.u(0)} (exponential)",
        lambda n: f"a negative exponential distribution, average {n.u(0)}",
        lambda n: f"exponential, mean {n.u(0)}",
        lambda n: f"an average of {n.u(0)}, following an exponential distribution",
        lambda n: f"random (exponential) with an average of {n.u(0)}",
    ],
    "uniform": [
        lambda n: f"a uniform distribution between {n[0]} and {n.u(1)}",
        lambda n: f"between {n[0]} and {n.u(1)}, uniformly distributed",
        lambda n: f"a uniform distribution from {n[0]} to {n.u(1)}",
        lambda n: f"uniform({n[0]}, {n[1]}){n.unit}",
        lambda n: f"uniform between {n.u(0)} and {n.u(1)}",
        lambda n: f"a uniformly distributed time from {n[0]} to {n.u(1)}",
        lambda n: f"anything from {n[0]} to {n.u(1)} (uniform)",
        lambda n: f"{n[0]} to {n.u(1)}, all equally likely",
        lambda n: f"{n[0]}-{n[1]}{n.unit} uniform",
        lambda n: f"somewhere between {n[0]} and {n.u(1)}",
        lambda n: f"a uniform time with min {n[0]} and max {n.u(1)}",
        lambda n: f"a uniform distribution with minimum {n.u(0)} and maximum {n.u(1)}",
        lambda n: f"{n[0]}–{n.u(1)} (uniform)",
        lambda n: f"U({n[0]}, {n[1]}){n.unit}",
    ],
    "normal": [
        lambda n: f"a normal distribution with mean {n.u(0)} and standard deviation {n.u(1)}",
        lambda n: f"a normal distribution with mean {n[0]} and standard deviation {n.u(1)}",
        lambda n: f"normal({n[0]}, {n[1]}){n.unit}",
        lambda n: f"a normally distributed time with a mean of {n.u(0)} and a std of {n.u(1)}",
        lambda n: f"a Gaussian with mean {n[0]} and sigma {n.u(1)}",
        lambda n: f"{n[0]} ± {n.u(1)} (normal)",
        lambda n: f"{n.u(0)} on average, normally distributed with a std dev of {n.u(1)}",
        lambda n: f"normally distributed, mean {n.u(0)}, SD {n.u(1)}",
        lambda n: f"N({n[0]}, {n[1]}){n.unit}",
        lambda n: f"a normal time around {n.u(0)} with standard deviation {n[1]}",
        lambda n: f"normal (mean {n.u(0)}, std {n.u(1)})",
        lambda n: f"{n[0]} plus or minus {n.u(1)} following a bell curve",
    ],
    "triangular": [
        lambda n: (
            f"a triangular distribution with minimum {n[0]}, mode {n[2]} and maximum {n.u(1)}"
        ),
        lambda n: f"a triangular time (min {n.u(0)}, mode {n.u(2)}, max {n.u(1)})",
        lambda n: f"triangular({n[0]}, {n[1]}, {n[2]}){n.unit}",
        lambda n: f"a triangular distribution (min {n[0]}, max {n[1]}, mode {n[2]}){n.unit}",
        lambda n: f"a triangular time between {n[0]} and {n.u(1)} with the peak at {n[2]}",
        lambda n: f"{n[0]} to {n.u(1)}, most likely {n[2]} (triangular)",
        lambda n: f"triangular with low {n[0]}, likely {n[2]}, high {n.u(1)}",
        lambda n: f"at least {n[0]}, usually {n[2]} and at most {n.u(1)}, triangular",
        lambda n: f"a triangular distribution between {n.u(0)} and {n.u(1)} with mode {n.u(2)}",
        lambda n: f"triangular, min={n[0]} mode={n[2]} max={n[1]}{n.unit}",
        lambda n: f"a triangular distribution, most likely {n.u(2)}, from {n[0]} up to {n.u(1)}",
    ],
    "weibull": _p(
        "Weibull",
        "a Weibull distribution with scale {0} and shape {1}",
        "a Weibull time (scale {0}, shape {1})",
        "Weibull-distributed times with a scale of {0} and a shape parameter of {1}",
        "weibull with scale {0}, shape {1}",
    ),
    "gamma": _p(
        "gamma",
        "a gamma distribution with scale {0} and shape {1}",
        "a gamma time (scale {0}, shape {1})",
        "gamma-distributed times, scale {0} and shape {1}",
    ),
    "lognormal2": _p(
        "lognormal",
        "a lognormal distribution with scale {0} and shape {1}",
        "a lognormal time, scale {0}, shape {1}",
        "lognormal (scale {0}, shape {1})",
    ),
    "beta": [
        lambda n: f"a beta distribution between {n[0]} and {n.u(1)} with shapes {n[2]} and {n[3]}",
        lambda n: f"beta({n[0]}, {n[1]}, {n[2]}, {n[3]}){n.unit}",
        lambda n: f"a beta time from {n[0]} to {n.u(1)} (shape parameters {n[2]} and {n[3]})",
    ],
}
_TERSE = {
    "constant": [
        lambda n: n.u(0),
        lambda n: n.u(0),
        lambda n: f"const {n.u(0)}",
        lambda n: f"{n.u(0)} constant",
        lambda n: f"fixed {n.u(0)}",
    ],
    "exponential": [
        lambda n: f"exp({n[0]}){n.unit}",
        lambda n: f"exponential({n[0]}){n.unit}",
        lambda n: f"exponential(0, {n[0]}){n.unit}",
        lambda n: f"exp mean {n.u(0)}",
        lambda n: f"exponential {n.u(0)}",
        lambda n: f"Exp({n.u(0)})",
        lambda n: f"expo. {n.u(0)}",
    ],
    "uniform": [
        lambda n: f"uniform({n[0]}, {n[1]}){n.unit}",
        lambda n: f"uniform({n[0]},{n[1]}){n.unit}",
        lambda n: f"U({n[0]}, {n[1]}){n.unit}",
        lambda n: f"{n[0]}-{n.u(1)} uniform",
        lambda n: f"unif {n[0]}..{n[1]}{n.unit}",
        lambda n: f"uniform {n[0]} to {n.u(1)}",
    ],
    "normal": [
        lambda n: f"normal({n[0]}, {n[1]}){n.unit}",
        lambda n: f"N({n[0]}, {n[1]}){n.unit}",
        lambda n: f"norm {n[0]}/{n[1]}{n.unit}",
        lambda n: f"normal mean {n[0]} sd {n[1]}{n.unit}",
        lambda n: f"{n[0]}±{n[1]}{n.unit} normal",
    ],
    "triangular": [
        lambda n: f"triangular({n[0]}, {n[1]}, {n[2]}){n.unit}",
        lambda n: f"tri min {n[0]} mode {n[2]} max {n[1]}{n.unit}",
        lambda n: f"triangular {n[0]}/{n[2]}/{n[1]}{n.unit} (min/mode/max)",
        lambda n: f"triangular min {n[0]} max {n[1]} mode {n[2]}{n.unit}",
    ],
    "weibull": [
        lambda n: f"weibull(0, {n[0]}, {n[1]}){n.unit}",
        lambda n: f"Weibull scale {n.u(0)} shape {n[1]}",
    ],
    "gamma": [
        lambda n: f"gamma(0, {n[0]}, {n[1]}){n.unit}",
        lambda n: f"gamma scale {n.u(0)} shape {n[1]}",
    ],
    "lognormal2": [
        lambda n: f"lognormal2(0, {n[0]}, {n[1]}){n.unit}",
        lambda n: f"lognormal scale {n.u(0)} shape {n[1]}",
    ],
    "beta": [
        lambda n: f"beta({n[0]}, {n[1]}, {n[2]}, {n[3]}){n.unit}",
        lambda n: f"beta {n[0]} to {n.u(1)}, shapes {n[2]}, {n[3]}",
    ],
}
