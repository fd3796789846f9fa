"""Sentences that say what an object is and how its properties are set.

Each property has verb phrases ("takes 5 s", with {s}/{has} for the number of the subject) and
noun phrases that fit after "with" ("a setup time of 5 s").
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ...factories.factory import Setting
from ...factories.words import PRODUCTS
from . import equipment
from .markup import Markup
from .values import Numbers, is_rate, is_time, terse_time, time_phrase

CLASS_NOUNS = {
    "Source": ("source", "Source", "source", "arrival point", "generator", "entry point", "supply"),
    "Queue": ("queue", "Queue", "buffer", "queue", "buffer", "waiting line", "storage area"),
    "Processor": (
        "processor",
        "Processor",
        "processor",
        "machine",
        "workstation",
        "station",
        "processing station",
        "server",
    ),
    "Sink": ("sink", "Sink", "sink", "exit", "end point", "drain", "final sink"),
    **equipment.CLASS_NOUNS,
}
PROPERTY_KEYS = {
    "InterArrivalTime": (
        "inter-arrival time",
        "interarrival",
        "arrivals",
        "InterArrivalTime",
        "IAT",
    ),
    "ProcessTime": ("process time", "processing time", "cycle time", "time", "ProcessTime", "PT"),
    "SetupTime": ("setup", "setup time", "SetupTime", "changeover", "set-up"),
    "MaxContent": ("capacity", "max content", "MaxContent", "size", "cap", "capacity"),
    "StackBaseZ": ("base height", "stack base z", "StackBaseZ", "base z"),
    **equipment.PROPERTY_KEYS,
}
_PLACEMENT = {
    "1": ("stack{s} items vertically", "vertical stacking", "place{s} items in a vertical stack"),
    "2": (
        "line{s} items up horizontally",
        "items in a horizontal line",
        "place{s} items in a horizontal line",
    ),
    "3": (
        "stack{s} items inside the queue",
        "items stacked inside the queue",
        "keep{s} the stack inside the queue",
    ),
    "4": (
        "do{es} nothing to place items",
        "no item placement",
        "leave{s} item placement alone (do nothing)",
    ),
}
_LIFO_VERBS = (
    "work{s} last in, first out",
    "use{s} LIFO order",
    "release{s} the newest item first",
    "{is} LIFO",
    "operate{s} as a stack, last in first out",
)


def plural(noun: str) -> str:
    if noun.endswith(("ty", "ly")):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "sh", "ch", "x")) else f"{noun}s"


def one_of(items: str) -> str:
    """ "boxes" → "box"."""
    return items.removesuffix("es") if items.endswith("xes") else items.removesuffix("s")


def class_noun(class_name: str, rng: Random) -> str:
    return rng.choice(CLASS_NOUNS[class_name])


def conjugate(phrase: str, many: bool) -> str:
    """Fill in {s}, {es}, {ies}, {is}, {has} for one subject or several."""
    forms = {"{s}": "" if many else "s", "{es}": "" if many else "es"}
    forms |= {"{ies}": "y" if many else "ies"}
    forms |= {"{is}": "are" if many else "is", "{has}": "have" if many else "has"}
    for key, value in forms.items():
        phrase = phrase.replace(key, value)
    return phrase


def participle(phrase: str) -> str:
    """ "hold{s} up to 5" → "holding up to 5"; "can hold 5" → "able to hold 5"."""
    phrase = phrase.replace("fit{s}", "fitt{s}")
    if phrase.startswith("can "):
        return f"able to {phrase[4:]}"
    phrase = phrase.replace("{has}", "having").replace("{is}", "being").replace("{es}", "ing")
    return phrase.replace("e{s}", "ing").replace("{s}", "ing")


def _unit_unsaid(setting: Setting, rng: Random) -> bool:
    """Seconds are the model unit, so people leave them out now and then."""
    return is_time(setting) and setting.args[0].unit == "s" and rng.random() < 0.05


def noun_phrase(setting: Setting, class_name: str, mark: Markup, owners: list[int]) -> str:
    """What can follow "with"."""
    rng = mark.rng
    n = Numbers(mark, setting, owners, bare=_unit_unsaid(setting, rng))
    if setting.prop in equipment.PHRASES and not is_rate(setting):
        return equipment.noun(setting, n)
    if setting.prop == "LIFO":
        return rng.choice(["LIFO order", "last-in-first-out discipline", "LIFO on"])
    if setting.prop == "ItemPlacement":
        return _PLACEMENT[setting.args[0].text][1]
    if setting.prop == "StackBaseZ":
        return (
            rng.choice(
                ["a base height of ", "a stack base of ", "base z ", "a stack base height of "]
            )
            + n[0]
        )
    if setting.prop == "MaxContent":
        return rng.choice(_capacity_nouns(class_name, rng))(n)
    if is_rate(setting):
        return _rate_noun(setting, n, rng)
    return rng.choice(_TIME_NOUNS[setting.prop])(n)


def _capacity_nouns(class_name: str, rng: Random) -> list[Callable[[Numbers], str]]:
    item = rng.choice(PRODUCTS)
    nouns: list[Callable[[Numbers], str]] = [
        lambda n: f"a capacity of {n[0]}",
        lambda n: f"capacity {n[0]}",
        lambda n: f"a maximum content of {n[0]}",
        lambda n: f"a capacity of {n[0]} {item}",
        lambda n: f"max content {n[0]}",
    ]
    if class_name == "Queue":
        nouns += [
            lambda n: f"room for {n[0]} {item}",
            lambda n: f"{n[0]} places",
            lambda n: f"space for {n[0]}",
        ]
    else:
        nouns += [lambda n: f"{n[0]} parallel slots", lambda n: f"room for {n[0]} {item} at once"]
    return nouns


_TIME_NOUNS = {
    "InterArrivalTime": [
        lambda n: f"an inter-arrival time of {time_phrase(n)}",
        lambda n: f"interarrival times of {time_phrase(n)}",
        lambda n: f"an interarrival time that is {time_phrase(n)}",
        lambda n: f"arrivals every {terse_time(n)}",
        lambda n: f"inter-arrival {terse_time(n)}",
        lambda n: f"time between arrivals {terse_time(n)}",
    ],
    "ProcessTime": [
        lambda n: f"a processing time of {time_phrase(n)}",
        lambda n: f"a process time of {time_phrase(n)}",
        lambda n: f"a cycle time of {time_phrase(n)}",
        lambda n: f"process time {terse_time(n)}",
        lambda n: f"a processing time following {time_phrase(n)}",
        lambda n: f"processing taking {time_phrase(n)}",
        lambda n: f"a service time of {time_phrase(n)}",
    ],
    "SetupTime": [
        lambda n: f"a setup time of {time_phrase(n)}",
        lambda n: f"a setup of {time_phrase(n)}",
        lambda n: f"setup time {terse_time(n)}",
        lambda n: f"{time_phrase(n)} of setup",
        lambda n: f"a changeover of {time_phrase(n)} per item",
    ],
}


def _rate_noun(setting: Setting, n: Numbers, rng: Random) -> str:
    if setting.function == "exponential":
        return rng.choice(
            [f"Poisson arrivals at {n.u(0)}", f"an exponential arrival rate of {n.u(0)}"]
        )
    if setting.prop == "InterArrivalTime":
        return rng.choice(
            [f"a rate of {n.u(0)}", f"{n[0]} arrivals{n.unit}", f"an arrival rate of {n.u(0)}"]
        )
    return rng.choice([f"a speed of {n[0]} {rng.choice(PRODUCTS)}{n.unit}", f"a rate of {n.u(0)}"])


def verb_phrase(setting: Setting, class_name: str, mark: Markup, owners: list[int]) -> str:
    """What can follow the subject; still holds {s}, {es}, {is} and {has}."""
    rng = mark.rng
    item = rng.choice(PRODUCTS)
    n = Numbers(mark, setting, owners, bare=_unit_unsaid(setting, rng))
    if setting.prop in equipment.PHRASES and not is_rate(setting):
        return equipment.verb(setting, n)
    if setting.prop == "LIFO":
        return rng.choice(_LIFO_VERBS)
    if setting.prop == "ItemPlacement":
        return rng.choice(_PLACEMENT[setting.args[0].text][::2])
    if setting.prop == "StackBaseZ":
        return rng.choice(
            [f"start{{s}} the stack at a height of {n[0]}", f"{{has}} a base height of {n[0]}"]
        )
    if setting.prop == "MaxContent":
        return rng.choice(
            _queue_verbs(n, item) if class_name == "Queue" else _machine_verbs(n, item)
        )
    if is_rate(setting):
        return _rate_verb(setting, n, item)
    if setting.prop == "InterArrivalTime":
        return _arrival_verb(setting, n, item)
    if setting.prop == "ProcessTime":
        return rng.choice(_PROCESS_VERBS)(n, item)
    return rng.choice(_SETUP_VERBS)(n, item)


def _queue_verbs(n: Numbers, item: str) -> list[str]:
    number = n[0]
    return [
        f"hold{{s}} up to {number} {item}",
        f"hold{{s}} at most {number} {item}",
        f"can hold {number} {item}",
        f"{{has}} a capacity of {number}",
        f"{{has}} room for {number} {item}",
        f"allow{{s}} up to {number} items",
        f"store{{s}} no more than {number} {item}",
        f"{{is}} limited to {number} {item}",
        f"fit{{s}} {number}",
        f"{{has}} a max content of {number}",
    ]


def _machine_verbs(n: Numbers, item: str) -> list[str]:
    number = n[0]
    return [
        f"{{has}} a capacity of {number}",
        f"can work on {number} {item} at once",
        f"process{{es}} up to {number} {item} at the same time",
        f"handle{{s}} {number} {item} in parallel",
        f"take{{s}} {number} {item} at a time",
        f"{{has}} a maximum content of {number}",
    ]


def _rate_verb(setting: Setting, n: Numbers, item: str) -> str:
    if setting.function == "exponential":
        return n.rng.choice(
            [
                f"release{{s}} {item} as a Poisson process at {n.u(0)}",
                f"generate{{s}} {n[0]} {item}{n.unit} with exponential gaps",
                f"{{has}} Poisson arrivals, {n.u(0)}",
            ]
        )
    if setting.prop == "InterArrivalTime":
        return n.rng.choice(
            [
                f"release{{s}} {n[0]} {item}{n.unit}",
                f"deliver{{s}} {n[0]} {item}{n.unit} at a constant pace",
                f"produce{{s}} {item} at {n.u(0)}",
                f"create{{s}} {n[0]} {item}{n.unit}",
            ]
        )
    return n.rng.choice(
        [
            f"process{{es}} {n[0]} {item}{n.unit}",
            f"run{{s}} at {n[0]} {item}{n.unit}",
            f"complete{{s}} {n[0]} {item}{n.unit}",
        ]
    )


def _arrival_verb(setting: Setting, n: Numbers, item: str) -> str:
    rng = n.rng
    choices = [
        lambda: f"{{has}} an inter-arrival time of {time_phrase(n)}",
        lambda: f"release{{s}} {item} with an interarrival time of {time_phrase(n)}",
        lambda: f"generate{{s}} {item} with inter-arrival times of {time_phrase(n)}",
        lambda: f"create{{s}} {item} every {terse_time(n)}",
    ]
    if setting.function == "constant":
        choices += [
            lambda: f"release{{s}} one {one_of(item)} every {n.u(0)}",
            lambda: f"send{{s}} out a new {one_of(item)} every {n.u(0)}",
            lambda: f"produce{{s}} {item} every {n.u(0)}",
            lambda: f"create{{s}} an item every {n.u(0)}",
        ]
    if setting.function == "exponential":
        choices += [
            lambda: (
                f"release{{s}} {item} with exponentially distributed interarrival times, "
                f"mean {n.u(0)}"
            ),
            lambda: f"release{{s}} {item} on average every {n.u(0)}, exponentially distributed",
            lambda: f"generate{{s}} {item} with exponential inter-arrival times (mean {n.u(0)})",
            lambda: f"create{{s}} {item} at random, exponential with a mean of {n.u(0)}",
            lambda: f"produce{{s}} {item} following an exponential distribution of mean {n.u(0)}",
            lambda: f"feed{{s}} in {item} with exponential({n[0]}){n.unit} gaps",
        ]
    return rng.choice(choices)()


_PROCESS_VERBS = [
    lambda n, item: f"take{{s}} {time_phrase(n)}",
    lambda n, item: f"take{{s}} {time_phrase(n)} per {one_of(item)}",
    lambda n, item: f"need{{s}} {time_phrase(n)} per item",
    lambda n, item: f"{{has}} a processing time of {time_phrase(n)}",
    lambda n, item: f"{{has}} a process time of {time_phrase(n)}",
    lambda n, item: f"process{{es}} each item in {time_phrase(n)}",
    lambda n, item: f"work{{s}} on every {one_of(item)} for {time_phrase(n)}",
    lambda n, item: f"run{{s}} with a cycle time of {time_phrase(n)}",
    lambda n, item: f"require{{s}} {time_phrase(n)}",
    lambda n, item: f"keep{{s}} each {one_of(item)} for {time_phrase(n)}",
    lambda n, item: f"finish{{es}} {item} after {time_phrase(n)}",
    lambda n, item: f"{{has}} a service time of {time_phrase(n)}",
]
_SETUP_VERBS = [
    lambda n, item: f"{{has}} a setup time of {time_phrase(n)}",
    lambda n, item: f"need{{s}} {time_phrase(n)} of setup",
    lambda n, item: f"{{is}} set up for {time_phrase(n)} before each item",
    lambda n, item: f"require{{s}} a setup of {time_phrase(n)}",
    lambda n, item: f"first need{{s}} a setup of {time_phrase(n)}",
    lambda n, item: f"{{has}} {time_phrase(n)} setup",
    lambda n, item: f"spend{{s}} {time_phrase(n)} on setup for each {one_of(item)}",
]


_MAIN = ("InterArrivalTime", "ProcessTime")
"""Times that need no name beside their object."""


def terse(setting: Setting, mark: Markup, owners: list[int]) -> str:
    """ "capacity 10", "setup: 5 s" as in lists and tables."""
    rng = mark.rng
    n = Numbers(mark, setting, owners)
    if setting.prop in equipment.OPTIONS:
        return equipment.noun(setting, n)
    if setting.prop == "LIFO":
        return "LIFO"
    if setting.prop == "ItemPlacement":
        return _PLACEMENT[setting.args[0].text][1]
    key = rng.choice(PROPERTY_KEYS[setting.prop])
    joint = rng.choice([" ", ": ", " = ", "="])
    if is_time(setting):
        value = n.u(0) if setting.function == "constant" else terse_time(n)
        if is_rate(setting) and setting.function == "exponential":
            return rng.choice([f"Poisson {n.u(0)}", f"exponential arrivals {n.u(0)}"])
        if is_rate(setting):
            return f"{rng.choice(['rate', 'speed', 'throughput'])}{joint}{n.u(0)}"
        return f"{key}{joint}{value}" if rng.random() < 0.85 or setting.prop not in _MAIN else value
    return f"{key}{joint}{n[0]}"
