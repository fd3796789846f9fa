"""Times as people write them: "3 to 5 min", "usually 4 s", "12 ± 2 sec (normal)".

{0} is the first argument, {u0} the same with its unit, {U} the unit alone; arguments stand in
FlexScript's order (triangular: min, max, mode). PHRASES fit after "takes", TERSE stand in brackets,
lists and formulas.
"""

from __future__ import annotations

from ..values import Numbers
from .forms import Forms

PHRASES = {
    "constant": (
        "{u0}", "{u0} ", "exactly {u0}", "a constant {u0}", "a fixed {u0}", "just {u0}",
        "{u0} flat", "a steady {u0}", "precisely {u0}",
    ),
    "exponential": (
        "an exponential time with mean {u0}", "{u0} on average (exponential)",
        "an exponentially distributed time averaging {u0}", "an average of {u0}, exponential",
        "a random time averaging {u0} (exponential)", "exp({0}){U}",
        "a negative exponential time of {u0} on average", "{u0} in the mean, exponentially spread",
        "{u0} on average, exponentially distributed", "an exponential {u0}",
        "a mean of {u0} with an exponential spread", "an exponential time, on average {u0}",
    ),
    "uniform": (
        "{0} to {u1}", "between {0} and {u1}", "anything between {0} and {u1}", "{0}-{u1}",
        "{u0} to {u1}, uniform", "a uniform {0} to {u1}", "somewhere from {0} to {u1}",
        "at least {0} and at most {u1}, all equally likely", "{0}–{u1}, evenly spread",
        "a uniformly random {0} to {u1}", "from {u0} up to {u1}", "{0}...{u1}",
        "min {0}, max {u1}, uniform", "any time from {0} to {u1}",
    ),
    "normal": (
        "{0} ± {u1}, normal", "a normal time of {u0} with a standard deviation of {u1}",
        "{u0} on average, normally distributed with sigma {u1}", "normal({0}, {1}){U}",
        "{u0} give or take {u1} (normal, one sigma)", "a bell curve around {u0}, sigma {u1}",
        "a Gaussian time, mean {0}, sd {1}{U}", "{0} +/- {u1}, normally distributed",
        "{u0} on average with a standard deviation of {u1} (normal)",
    ),
    "triangular": (
        "{0} to {u1}, mostly {2}", "usually {u2}, at least {0} and at most {u1}",
        "a triangular time from {0} to {u1} with the peak at {2}", "triangular({0}, {1}, {2}){U}",
        "at best {u0}, typically {u2} and at worst {u1}",
        "most often {u2}, but anything from {0} to {u1} (triangular)",
        "typically {u2}, never less than {0} or more than {1}", "{0} to {u1}, most likely {u2}",
        "{u2} as a rule, {0} at best, {1} at worst",
    ),
    "weibull": (
        "a Weibull time with scale {u0} and shape {1}", "a Weibull time (scale {u0}, shape {1})",
        "weibull with scale {u0} and shape {1}", "a Weibull time of shape {1} and scale {u0}",
    ),
    "gamma": (
        "a gamma time with scale {u0} and shape {1}", "a gamma time (scale {u0}, shape {1})",
        "a gamma-distributed time, scale {u0}, shape {1}", "a gamma time of shape {1}, scale {u0}",
    ),
    "lognormal2": (
        "a lognormal time with scale {u0} and shape {1}", "a lognormal time, shape {1}, scale {u0}",
        "a log-normally distributed time (scale {u0}, shape {1})",
    ),
    "beta": (
        "a beta time from {0} to {u1} with shapes {2} and {3}",
        "{0} to {u1}, beta-distributed with shape parameters {2} and {3}",
        "a beta-distributed {0} to {u1} (shapes {2} and {3})",
    ),
}  # fmt: skip
TERSE = {
    "constant": ("{u0}", "{u0} ", "{u0} const", "const {u0}", "{u0} fixed"),
    "exponential": (
        "exp({0}){U}", "exp {u0}", "exp. mean {u0}", "mean {u0} exponential", "Exp({u0})",
        "negexp {u0}", "exponential {u0}", "~exp {u0}", "avg {u0}, exp",
    ),
    "uniform": (
        "{0}-{u1}", "{0} to {u1}", "U({0},{1}){U}", "{0}..{1}{U}", "unif({0}, {1}){U}",
        "uniform {0}-{u1}", "[{0}, {1}]{U}", "{0}–{u1}", "min {0} max {u1}",
    ),
    "normal": (
        "{0}±{1}{U}", "{0} +/- {u1}", "normal({0}, {1}){U}", "norm {0} sd {1}{U}",
        "normal, mean {u0}, sigma {u1}", "N(mean {0}, sd {1}){U}", "{u0} (sd {1}) normal",
    ),
    "triangular": (
        "tri({0}, {1}, {2}){U} (min, max, mode)", "{0}/{2}/{1}{U} min/mode/max",
        "min {0}, mode {2}, max {u1}", "triangular {0} to {1}, mode {2}{U}",
        "{0}-{u1}, mostly {2}", "tria min {0} max {1} mode {2}{U}",
    ),
    "weibull": ("weibull(scale {0}, shape {1}){U}", "Weibull, scale {u0}, shape {1}",
                "weibull scale={0} shape={1}{U}"),
    "gamma": ("gamma(scale {0}, shape {1}){U}", "Gamma, scale {u0}, shape {1}",
              "gamma scale={0} shape={1}{U}"),
    "lognormal2": ("lognormal(scale {0}, shape {1}){U}", "lognormal, scale {u0}, shape {1}",
                   "lognorm scale={0} shape={1}{U}"),
    "beta": ("beta {0}-{u1}, shapes {2}, {3}", "beta(min {0}, max {1}, shapes {2} and {3}){U}",
             "beta {0} to {u1} ({2}, {3})"),
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
        choices = tuple(form for form in choices if "," not in form and "flat" not in form)
    return fill_numbers(forms.pick(choices), n).strip()


def terse(n: Numbers, forms: Forms) -> str:
    """What stands in brackets and lists."""
    return fill_numbers(forms.pick(TERSE[n.setting.function]), n).strip()
