"""Times as people write them: "3 to 5 min", "usually 4 s", "12 ± 2 sec (normal)".

{0} is the first argument, {u0} the same with its unit, {U} the unit alone; arguments stand in
FlexScript's order (triangular: min, max, mode). PHRASES fit after "takes", TERSE stand in brackets,
lists and formulas.
"""

from __future__ import annotations

import re

from ..values import Numbers
from .forms import Forms

_TAIL = re.compile(r",|\bflat\b|sharp|every time|without|each time|on the dot")
"""What no word can follow."""

PHRASES = {
    "constant": (
        "{u0}", "{u0} ", "exactly {u0}", "a constant {u0}", "a fixed {u0}", "just {u0}",
        "{u0} flat", "a steady {u0}", "precisely {u0}", "always {u0}", "an even {u0}", "{u0} sharp",
        "a regular {u0}", "a stable {u0}", "some {u0}", "a good {u0}", "about {u0}", "roughly {u0}",
        "an unvarying {u0}", "{u0} every time", "{u0} without variation", "a uniformly constant {u0}",
        "<a firm|a set|an exact|an unchanging|a consistent|a hard|a strict|a plain|a full> {u0}",
        "{u0} <on the dot|each time|without fail|every time, no more and no less|flat, always the same>",
        "<around|approximately|nearly|close to|circa|ca.|more or less|in the region of> {u0}",
        "<invariably|constantly|consistently|reliably|each time|in every case|a mere> {u0}",
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
        "<an exponential|a negative exponential|an exponentially distributed|a memoryless|a negexp|a Poisson-type> <time|duration|interval> <with mean|with a mean of|averaging|of mean|whose mean is|with average|with expected value> {u0}",
        "{u0} <on average|in the mean|as a mean|as an average>, <exponentially distributed|exponential|following an exponential law|after an exponential law|drawn from an exponential distribution|negative exponential|with exponential variation>",
        "<exponentially distributed|exponential|randomly exponential|negative exponential> <with mean|with a mean of|with an average of|averaging|around> {u0}",
        "<a mean|an average|a mean time|an expected time> of {u0}< (exponential)| (exponentially distributed)|, exponential| (negative exponential)|, exponentially distributed| (negexp)>",
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
        "<somewhere|anywhere|any time|something|a time|randomly|varying|evenly> between {0} and {u1}",
        "<somewhere|anywhere|anything|something|varying|randomly|ranging|evenly> from {0} to {u1}",
        "<a uniform|a flat|a rectangular|an even|an equally distributed|a uniformly distributed> <time|distribution|law|spread|duration> <from {0} to|between {0} and|of {0} to|over {0} to> {u1}",
        "<at least|no less than|not under|a minimum of|never below> {0} <and at most|and no more than|and not over|and a maximum of|and never above> {u1}, <uniform|uniformly distributed|equally likely|evenly distributed|evenly>",
        "{0} to {u1} <with equal probability|at random|evenly distributed|with equal chances|uniformly spread|in an even spread>",
        "{u0} at <the fastest|the quickest|the shortest|minimum|least> and {u1} at <the slowest|the longest|maximum|most>, <uniform|uniformly distributed|evenly distributed>",
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
        "<a normal|a Gaussian|a Gauss-distributed|a normally distributed|a bell-shaped|a gaussian> <time|duration|law|distribution> <with mean|with a mean of|around|centred on|averaging|of mean> {u0} <and|with> <a standard deviation of|an sd of|a std dev of|sigma|a deviation of|a sigma of|standard deviation> {u1}",
        "{u0} <plus or minus|give or take|plus/minus|±|+-> {u1}< (normal)| (Gaussian)|, Gaussian|, bell-shaped| (normally distributed)| (gauss)>",
        "<Gaussian|normal|gauss|bell-shaped|normally distributed>, <mean|average|centre|mu|expected value> {u0}, <sd|sigma|std|std. dev.|deviation|spread|stdev> {u1}",
        "<mean|average|a mean of|an average of> {u0} <and|with> <sd|sigma|std|standard deviation|a deviation of> {u1}, <normal|Gaussian|normally distributed|after Gauss|in a bell curve>",
        "<gauss|gaussian|Gauss|normal|N>({0}, {1}){U}",
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
        "<usually|typically|mostly|normally|generally|as a rule|commonly|most often|most likely|in general|ordinarily> {u2}, <at least|not less than|never under|no less than|as little as|at minimum> {0}, <at most|never over|no more than|as much as|at maximum|up to> {u1}",
        "{0} <at best|at the least|at minimum|when lucky|if all is well>, {u2} <typically|usually|as a rule|normally|most often>, {u1} <at worst|at the most|at maximum|when unlucky|if not>",
        "<a triangular|a triangle|a three-point> <time|distribution|law|estimate> <of|with> <min|minimum|lower limit|low> {0}, <mode|peak|most likely|likely|most common> {2} <and|,> <max|maximum|upper limit|high> {u1}",
        "<a mode of|a peak of|a most likely value of|a typical value of|a usual value of> {u2}, <a minimum of|a low of|a lower bound of|a lower limit of> {0} and <a maximum of|a high of|an upper bound of|an upper limit of> {u1}",
        "{0} to {u1}, <typically|usually|commonly|peaking at|with a peak at|centred on|with mode|the mode being|the usual being|in most cases|normally> {2}",
        "{u2} <most of the time|in general|on most days|for the greater part|in the main>, <else|otherwise|sometimes> <anything from|anywhere from|from> {0} to {u1}",
    ),
    "weibull": (
        "a Weibull time with scale {u0} and shape {1}", "a Weibull time (scale {u0}, shape {1})",
        "weibull with scale {u0} and shape {1}", "a Weibull time of shape {1} and scale {u0}",
        "a Weibull-distributed time, scale {u0}, shape {1}", "times after Weibull (shape {1}, scale {u0})",
        "<a Weibull|a weibull|a Weibull-distributed> <time|duration|law|distribution> <with|of> <scale|a scale of|scale parameter> {u0} and <shape|a shape of|shape parameter> {1}",
        "<a Weibull|a weibull|a Weibull-distributed> <time|duration|law|distribution> <with|of> <shape|a shape of|shape parameter> {1} and <scale|a scale of|scale parameter> {u0}",
    ),
    "gamma": (
        "a gamma time with scale {u0} and shape {1}", "a gamma time (scale {u0}, shape {1})",
        "a gamma-distributed time, scale {u0}, shape {1}", "a gamma time of shape {1}, scale {u0}",
        "gamma times with a scale of {u0} and a shape of {1}", "times after a gamma law (shape {1}, scale {u0})",
        "<a gamma|a Gamma|a gamma-distributed> <time|duration|law|distribution> <with|of> <scale|a scale of|scale parameter> {u0} and <shape|a shape of|shape parameter> {1}",
        "<a gamma|a Gamma|a gamma-distributed> <time|duration|law|distribution> <with|of> <shape|a shape of|shape parameter> {1} and <scale|a scale of|scale parameter> {u0}",
    ),
    "lognormal2": (
        "a lognormal time with scale {u0} and shape {1}", "a lognormal time, shape {1}, scale {u0}",
        "a log-normally distributed time (scale {u0}, shape {1})", "lognormal times, scale {u0} and shape {1}",
        "a log-normal time of shape {1} and scale {u0}",
        "<a lognormal|a log-normal|a lognormally distributed> <time|duration|law|distribution> <with|of> <scale|a scale of|scale parameter> {u0} and <shape|a shape of|shape parameter> {1}",
        "<a lognormal|a log-normal|a lognormally distributed> <time|duration|law|distribution> <with|of> <shape|a shape of|shape parameter> {1} and <scale|a scale of|scale parameter> {u0}",
    ),
    "beta": (
        "a beta time from {0} to {u1} with shapes {2} and {3}",
        "{0} to {u1}, beta-distributed with shape parameters {2} and {3}",
        "a beta-distributed {0} to {u1} (shapes {2} and {3})", "between {0} and {u1}, beta with {2} and {3}",
        "a time from {0} to {u1} after a beta law with shapes {2} and {3}",
        "<a beta|a Beta|a beta-distributed> <time|duration|law|distribution> <from {0} to|between {0} and|over {0} to> {u1} <with shapes|with shape parameters|with parameters|and shapes> {2} and {3}",
    ),
}  # fmt: skip
TERSE = {
    "constant": (
        "{u0}", "{u0} ", "{u0} const", "const {u0}", "{u0} fixed", "{u0} (fixed)", "{u0} sharp",
        "{u0} det.", "always {u0}", "fixed: {u0}", "~{u0}", "approx. {u0}",
        "<exactly|const.|fix|det.|deterministic|steady|stable|constant|=> {u0}",
        "{u0} <exact|const.|constant|fix|deterministic|steady|flat|each time>",
        "<ca.|circa|about|around|roughly|ca|some> {u0}",
    ),
    "exponential": (
        "exp({0}){U}", "exp {u0}", "exp. mean {u0}", "mean {u0} exponential", "Exp({u0})",
        "negexp {u0}", "exponential {u0}", "~exp {u0}", "avg {u0}, exp", "expo({0}){U}", "exp(mean={0}){U}",
        "exponential(mean {u0})", "Expon {u0}", "{u0} exp.", "{u0} mean, exponential", "exp, mu = {u0}",
        "<exp|expo|exponential|negexp|Exp|EXPO|expon|NegExp|Exponential>({0}){U}",
        "<exp|expo|exponential|negexp|Exp>(<mean=|mean |mu=|m=|avg |mean: >{0}){U}",
        "<avg|mean|average|mu|avg.|on average> {u0}< (exp)|, exp|, exponential| (negexp)| exponential|, exponentially distributed| (exponential)>",
        "{u0} <mean|avg|average|on average><, exp|, exponential| (exponential)| exp| (exp)>",
        "<exp|exponential|negexp|expo|Exp.><, mean|, avg| with mean|: mean| of mean|, average| m => {u0}",
    ),
    "uniform": (
        "{0}-{u1}", "{0} to {u1}", "U({0},{1}){U}", "{0}..{1}{U}", "unif({0}, {1}){U}",
        "uniform {0}-{u1}", "[{0}, {1}]{U}", "{0}–{u1}", "min {0} max {u1}", "uniform {0}/{1}{U}",
        "unif {0} to {u1}", "from {0} to {u1}", "{0} ... {u1}", "min={0} max={1}{U}", "{0} to {u1} uniform",
        "uniform(min {0}, max {1}){U}", "between {0} and {u1}", "UNIF({0},{1}){U}",
        "<unif|uniform|U|UNIF|Uniform|uni|rand>({0}<, |,|; |..|-| to >{1}){U}",
        "<min|min.|minimum|lo|low|at least|from> {0}<, | , | / | ><max|max.|maximum|hi|high|at most|to> {u1}< uniform|, uniform| (unif)| (uniform)|>",
        "{0}< - |-|..| – | to |...>{u1} <uniform|unif|(uniform)|evenly|(unif.)|equally likely|flat>",
        "<uniform|unif|unif.|evenly|uniformly> <between {0} and|from {0} to|{0} to|in {0} to> {u1}",
    ),
    "normal": (
        "{0}±{1}{U}", "{0} +/- {u1}", "normal({0}, {1}){U}", "norm {0} sd {1}{U}",
        "normal, mean {u0}, sigma {u1}", "N(mean {0}, sd {1}){U}", "{u0} (sd {1}) normal",
        "normal mu={0} sigma={1}{U}", "norm({0},{1}){U}", "{0}±{1}{U} (normal)", "gauss({0}, {1}){U}",
        "mean {u0}, std {u1}, normal", "{u0} avg, sd {u1}, normal",
        "<norm|normal|gauss|Gauss|gaussian|N|NORM|Normal|Gaussian>({0}<, |,|; |/| , >{1}){U}",
        "<N|normal|gauss|norm|gaussian|Normal>(<mean |mu=|m=|mean=|avg >{0}, <sd |sigma=|s=|std=|std |sigma |sd=>{1}){U}",
        "<norm|normal|gauss|gaussian|Gauss.>< mean| mu|, mean|: mean|, avg> {u0}<, sd|, sigma|, std| sd| std| sigma> {u1}",
        "<mean|avg|mu|average> {u0}, <sd|std|sigma|std dev|stdev|std.> {u1}<, normal| (normal)| normal|, gauss| (gauss)|, Gaussian>",
        "{0}<±| ± |+/-| +- | +/- >{1}{U} <normal|gauss|(gauss)|gaussian|(Gaussian)|bell>",
    ),
    "triangular": (
        "tri({0}, {1}, {2}){U} (min, max, mode)", "{0}/{2}/{1}{U} min/mode/max",
        "min {0}, mode {2}, max {u1}", "triangular {0} to {1}, mode {2}{U}",
        "{0}-{u1}, mostly {2}", "tria min {0} max {1} mode {2}{U}", "tri: {0} - {2} - {1}{U} (low, likely, high)",
        "{0} to {u1}, peak {2}", "triangular {0}..{1}{U} mode {2}", "TRIA(min {0}, mode {2}, max {1}){U}",
        "most likely {u2}, {0} to {1}", "low {0} mode {2} high {1}{U}", "mode {u2}, {0}-{1}",
        "{u2} typ., {0} to {1}", "peak {u2} in {0}..{1}", "{2} ({0}-{1}){U} tri", "typ {u2} min {0} max {1}",
        "<tri|tria|triangular|TRIA|triang|triangle>({0}<, |,|/|; >{2}<, |,|/|; >{1}){U} <(min, mode, max)|(min/mode/max)|min-mode-max|(low, likely, high)|(min, likely, max)>",
        "<typ|typ.|typical|usual|usually|likely|mode|peak|mostly|most likely|normally|best guess> {u2}, <min|low|lo|min.|from|at least> {0}<, | ><max|high|hi|max.|to|at most> {u1}<| tri| (triangular)|, triangular>",
        "{0}<-|..| to |–| ... >{u1}, <mode|peak|typ.|usually|mostly|most likely|likely|top|typically> {2}",
        "<min|low|lo|min.> {0}<, | / | ><mode|typ|typ.|likely|usual|peak> {2}<, | / | ><max|high|hi|max.> {u1}<| tri|, triangular| (triangle)>",
    ),
    "weibull": ("weibull(scale {0}, shape {1}){U}", "Weibull, scale {u0}, shape {1}",
                "weibull scale={0} shape={1}{U}", "Weibull(shape {1}, scale {0}){U}", "weib. scale {u0}, shape {1}",
        "<weibull|weib|WEIB|Weibull|weib.>(<scale |scale=|scale: |s=>{0}, <shape |shape=|shape: |k=>{1}){U}",
        "<weibull|weib|WEIB|Weibull|weib.><, | with |: | ><scale|scale parameter> {u0}<, | and ><shape|shape parameter> {1}",
        "<weibull|weib|WEIB|Weibull|weib.><, | with |: | ><shape|shape parameter> {1}<, | and ><scale|scale parameter> {u0}",
    ),
    "gamma": ("gamma(scale {0}, shape {1}){U}", "Gamma, scale {u0}, shape {1}",
              "gamma scale={0} shape={1}{U}", "Gamma(shape {1}, scale {0}){U}", "gamma, shape {1}, scale {u0}",
        "<gamma|Gamma|GAMM|gam>(<scale |scale=|scale: |s=>{0}, <shape |shape=|shape: |k=>{1}){U}",
        "<gamma|Gamma|GAMM|gam><, | with |: | ><scale|scale parameter> {u0}<, | and ><shape|shape parameter> {1}",
        "<gamma|Gamma|GAMM|gam><, | with |: | ><shape|shape parameter> {1}<, | and ><scale|scale parameter> {u0}",
    ),
    "lognormal2": ("lognormal(scale {0}, shape {1}){U}", "lognormal, scale {u0}, shape {1}",
                   "lognorm scale={0} shape={1}{U}", "logn. scale {u0}, shape {1}",
        "<lognormal|lognorm|LogN|logn|log-normal>(<scale |scale=|scale: |s=>{0}, <shape |shape=|shape: |k=>{1}){U}",
        "<lognormal|lognorm|LogN|logn|log-normal><, | with |: | ><scale|scale parameter> {u0}<, | and ><shape|shape parameter> {1}",
        "<lognormal|lognorm|LogN|logn|log-normal><, | with |: | ><shape|shape parameter> {1}<, | and ><scale|scale parameter> {u0}",
    ),
    "beta": ("beta {0}-{u1}, shapes {2}, {3}", "beta(min {0}, max {1}, shapes {2} and {3}){U}",
             "beta {0} to {u1} ({2}, {3})", "beta min {0} max {u1} a {2} b {3}",
        "<beta|Beta|BETA>({0}<, |-| to >{u1}<, |; ><shapes |a=|shape >{2}< and |, |/>{3})",
        "<beta|Beta> <between {0} and|from {0} to|{0} to> {u1}, <shapes|shape parameters|parameters|a, b => {2}<, | and |/>{3}",
    ),
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
