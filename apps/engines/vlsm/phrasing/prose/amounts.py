"""Times as people write them: "3 to 5 min", "usually 4 s", "12 ± 2 sec (normal)".

{0} is the first argument, {u0} the same with its unit, {U} the unit alone; arguments stand in
FlexScript's order (triangular: min, max, mode). PHRASES fit after "takes", TERSE stand in brackets,
lists and formulas.
"""

from __future__ import annotations

import re

from ..values import Numbers
from .forms import Forms

_TAIL = re.compile(r",|\bflat\b|sharp|every time|without")
"""What no word can follow."""

PHRASES = {
    "constant": (
        "{u0}", "{u0} ", "exactly {u0}", "a constant {u0}", "a fixed {u0}", "just {u0}",
        "{u0} flat", "a steady {u0}", "precisely {u0}", "always {u0}", "an even {u0}", "{u0} sharp",
        "a regular {u0}", "a stable {u0}", "some {u0}", "a good {u0}", "about {u0}", "roughly {u0}",
        "an unvarying {u0}", "{u0} every time", "{u0} without variation", "a uniformly constant {u0}",
    ),
    "exponential": (
        "an exponential time with mean {u0}", "{u0} on average (exponential)",
        "an exponentially distributed time averaging {u0}", "an average of {u0}, exponential",
        "a random time averaging {u0} (exponential)", "exp({0}){U}",
        "a negative exponential time of {u0} on average", "{u0} in the mean, exponentially spread",
        "{u0} on average, exponentially distributed", "an exponential {u0}",
        "a mean of {u0} with an exponential spread", "an exponential time, on average {u0}",
        "{u0} on average, with an exponential distribution", "an exponential time of mean {u0}",
        "a time that is exponential with a mean of {u0}", "{u0} (mean of an exponential)",
        "random times, exponential, {u0} on average", "an exponentially random {u0}",
        "something like {u0} on average, exponential", "a memoryless time with mean {u0}",
    ),
    "uniform": (
        "{0} to {u1}", "between {0} and {u1}", "anything between {0} and {u1}", "{0}-{u1}",
        "{u0} to {u1}, uniform", "a uniform {0} to {u1}", "somewhere from {0} to {u1}",
        "at least {0} and at most {u1}, all equally likely", "{0}–{u1}, evenly spread",
        "a uniformly random {0} to {u1}", "from {u0} up to {u1}", "{0}...{u1}",
        "min {0}, max {u1}, uniform", "any time from {0} to {u1}", "no less than {0} and no more than {u1}",
        "{0} at the least and {u1} at the most, flat", "a time from the range {0} to {u1}",
        "from {0} to {u1}, every value as likely", "{0} up to {u1}", "a random {0} to {u1}",
        "a minimum of {0} and a maximum of {u1}, uniform", "{u0} at best, {u1} at worst, uniform",
        "min. {0} and max. {u1} (uniform)", "an evenly distributed {u0} to {u1}",
    ),
    "normal": (
        "{0} ± {u1}, normal", "a normal time of {u0} with a standard deviation of {u1}",
        "{u0} on average, normally distributed with sigma {u1}", "normal({0}, {1}){U}",
        "{u0} give or take {u1} (normal, one sigma)", "a bell curve around {u0}, sigma {u1}",
        "a Gaussian time, mean {0}, sd {1}{U}", "{0} +/- {u1}, normally distributed",
        "{u0} on average with a standard deviation of {u1} (normal)", "{u0} (normal, SD {u1})",
        "a normally distributed time, {u0} in the mean, sigma {u1}", "around {u0}, normal with sd {u1}",
        "a mean of {u0} and a std of {u1}, normally distributed", "{u0}, normal, with a spread of {u1}",
        "normal times with mean {u0} and deviation {u1}", "a Gauss curve, mean {u0}, std dev {u1}",
    ),
    "triangular": (
        "{0} to {u1}, mostly {2}", "usually {u2}, at least {0} and at most {u1}",
        "a triangular time from {0} to {u1} with the peak at {2}", "triangular({0}, {1}, {2}){U}",
        "at best {u0}, typically {u2} and at worst {u1}",
        "most often {u2}, but anything from {0} to {u1} (triangular)",
        "typically {u2}, never less than {0} or more than {1}", "{0} to {u1}, most likely {u2}",
        "{u2} as a rule, {0} at best, {1} at worst", "mostly {u2}, sometimes {0}, at most {u1}",
        "{0} to {u1} with {2} the most common", "{u2} in most cases, between {0} and {u1} in all",
        "between {0} and {u1}, most of the time {2}", "a triangle from {0} to {u1}, top at {2}",
        "normally {u2}; {0} when all goes well, {u1} when not", "min {0}, usual {2}, max {u1}, triangular",
        "optimistically {0}, realistically {2}, pessimistically {u1}", "{u2} at its likeliest, {0} to {1} overall",
        "{u2} most probably, {0} to {1} at the extremes", "{u2} in the usual case, {0} to {1} altogether",
        "a likely {u2} within {0} to {1}", "{u2} as the peak, {0} and {1} as the limits",
        "{u2} most of the time, {0} to {1} in total", "a best guess of {u2}, somewhere in {0} to {1}",
        "{u2}, though it may be {0} or {1}", "{u2} when typical, with bounds of {0} and {u1}",
        "{u2} as its mode, {0} to {1} as its range", "commonly {u2}, {0} to {1} across the board",
        "{u2} on a usual day, {0} to {1} otherwise", "a most frequent {u2}, {0} at minimum, {1} at maximum",
        "{u2} for the most part and {0} to {1} all in all", "{0} to {1}{U} with its top at {2}",
    ),
    "weibull": (
        "a Weibull time with scale {u0} and shape {1}", "a Weibull time (scale {u0}, shape {1})",
        "weibull with scale {u0} and shape {1}", "a Weibull time of shape {1} and scale {u0}",
        "a Weibull-distributed time, scale {u0}, shape {1}", "times after Weibull (shape {1}, scale {u0})",
    ),
    "gamma": (
        "a gamma time with scale {u0} and shape {1}", "a gamma time (scale {u0}, shape {1})",
        "a gamma-distributed time, scale {u0}, shape {1}", "a gamma time of shape {1}, scale {u0}",
        "gamma times with a scale of {u0} and a shape of {1}", "times after a gamma law (shape {1}, scale {u0})",
    ),
    "lognormal2": (
        "a lognormal time with scale {u0} and shape {1}", "a lognormal time, shape {1}, scale {u0}",
        "a log-normally distributed time (scale {u0}, shape {1})", "lognormal times, scale {u0} and shape {1}",
        "a log-normal time of shape {1} and scale {u0}",
    ),
    "beta": (
        "a beta time from {0} to {u1} with shapes {2} and {3}",
        "{0} to {u1}, beta-distributed with shape parameters {2} and {3}",
        "a beta-distributed {0} to {u1} (shapes {2} and {3})", "between {0} and {u1}, beta with {2} and {3}",
        "a time from {0} to {u1} after a beta law with shapes {2} and {3}",
    ),
}  # fmt: skip
TERSE = {
    "constant": (
        "{u0}", "{u0} ", "{u0} const", "const {u0}", "{u0} fixed", "{u0} (fixed)", "{u0} sharp",
        "{u0} det.", "always {u0}", "fixed: {u0}", "~{u0}", "approx. {u0}",
    ),
    "exponential": (
        "exp({0}){U}", "exp {u0}", "exp. mean {u0}", "mean {u0} exponential", "Exp({u0})",
        "negexp {u0}", "exponential {u0}", "~exp {u0}", "avg {u0}, exp", "expo({0}){U}", "exp(mean={0}){U}",
        "exponential(mean {u0})", "Expon {u0}", "{u0} exp.", "{u0} mean, exponential", "exp, mu = {u0}",
    ),
    "uniform": (
        "{0}-{u1}", "{0} to {u1}", "U({0},{1}){U}", "{0}..{1}{U}", "unif({0}, {1}){U}",
        "uniform {0}-{u1}", "[{0}, {1}]{U}", "{0}–{u1}", "min {0} max {u1}", "uniform {0}/{1}{U}",
        "unif {0} to {u1}", "from {0} to {u1}", "{0} ... {u1}", "min={0} max={1}{U}", "{0} to {u1} uniform",
        "uniform(min {0}, max {1}){U}", "between {0} and {u1}", "UNIF({0},{1}){U}",
    ),
    "normal": (
        "{0}±{1}{U}", "{0} +/- {u1}", "normal({0}, {1}){U}", "norm {0} sd {1}{U}",
        "normal, mean {u0}, sigma {u1}", "N(mean {0}, sd {1}){U}", "{u0} (sd {1}) normal",
        "normal mu={0} sigma={1}{U}", "norm({0},{1}){U}", "{0}±{1}{U} (normal)", "gauss({0}, {1}){U}",
        "mean {u0}, std {u1}, normal", "{u0} avg, sd {u1}, normal",
    ),
    "triangular": (
        "tri({0}, {1}, {2}){U} (min, max, mode)", "{0}/{2}/{1}{U} min/mode/max",
        "min {0}, mode {2}, max {u1}", "triangular {0} to {1}, mode {2}{U}",
        "{0}-{u1}, mostly {2}", "tria min {0} max {1} mode {2}{U}", "tri: {0} - {2} - {1}{U} (low, likely, high)",
        "{0} to {u1}, peak {2}", "triangular {0}..{1}{U} mode {2}", "TRIA(min {0}, mode {2}, max {1}){U}",
        "most likely {u2}, {0} to {1}", "low {0} mode {2} high {1}{U}", "mode {u2}, {0}-{1}",
        "{u2} typ., {0} to {1}", "peak {u2} in {0}..{1}", "{2} ({0}-{1}){U} tri", "typ {u2} min {0} max {1}",
    ),
    "weibull": ("weibull(scale {0}, shape {1}){U}", "Weibull, scale {u0}, shape {1}",
                "weibull scale={0} shape={1}{U}", "Weibull(shape {1}, scale {0}){U}", "weib. scale {u0}, shape {1}"),
    "gamma": ("gamma(scale {0}, shape {1}){U}", "Gamma, scale {u0}, shape {1}",
              "gamma scale={0} shape={1}{U}", "Gamma(shape {1}, scale {0}){U}", "gamma, shape {1}, scale {u0}"),
    "lognormal2": ("lognormal(scale {0}, shape {1}){U}", "lognormal, scale {u0}, shape {1}",
                   "lognorm scale={0} shape={1}{U}", "logn. scale {u0}, shape {1}"),
    "beta": ("beta {0}-{u1}, shapes {2}, {3}", "beta(min {0}, max {1}, shapes {2} and {3}){U}",
             "beta {0} to {u1} ({2}, {3})", "beta min {0} max {u1} a {2} b {3}"),
}  # fmt: skip


def fill_numbers(form: str, n: Numbers) -> str:
    """Put the arguments into `form`; each is marked only where it is said."""
    for rank in range(len(n.setting.args)):
        for key, said in ((f"{{u{rank}}}", n.u), (f"{{{rank}}}", n.__getitem__)):
            while key in form:
                form = form.replace(key, said(rank), 1)
    return form.replace("{U}", n.unit)


def is_simple(n: Numbers) -> bool:
    """Whether words can follow the time: "5 s per part"."""
    return n.setting.function in ("constant", "uniform")


def phrase(n: Numbers, forms: Forms, closed: bool = False) -> str:
    """What fits after "takes"; `closed`: without a tail, so that words can follow."""
    choices = PHRASES[n.setting.function]
    if closed:
        choices = tuple(form for form in choices if not _TAIL.search(form))
    return fill_numbers(forms.pick(choices), n).strip()


def terse(n: Numbers, forms: Forms) -> str:
    """What stands in brackets and lists."""
    return fill_numbers(forms.pick(TERSE[n.setting.function]), n).strip()
