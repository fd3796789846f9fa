"""Words for machines that assemble and split, belts, racks, and who serves: nouns and phrases.

A phrase set has nouns that fit after "with" and verbs that hold {s}, {es}, {is}, {has} (see
`objects.conjugate`). "{t}" stands for a time, "{0}" for a plain number.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...factories.factory import Setting
from .values import Numbers, is_time, time_phrase

CLASS_NOUNS = {
    "Combiner": ("combiner", "Combiner", "combiner", "packing station", "assembly station"),
    "Separator": ("separator", "Separator", "separator", "splitting station", "splitter"),
    "Rack": ("rack", "Rack", "storage rack", "pallet rack", "rack"),
    "StraightConveyor": ("conveyor", "Conveyor", "straight conveyor", "conveyor belt", "belt"),
    "Dispatcher": ("dispatcher", "Dispatcher", "dispatcher", "team dispatcher"),
    "TaskExecuter": ("task executer", "TaskExecuter", "AGV", "vehicle", "shuttle"),
    "Operator": ("operator", "Operator", "operator", "worker", "human operator"),
    "Transporter": ("transporter", "Transporter", "forklift", "forklift truck", "truck"),
    "Robot": ("robot", "Robot", "robot arm", "handling robot", "robot"),
}
PROPERTY_KEYS = {
    "MinimumDwellTime": ("minimum dwell time", "dwell time", "MinimumDwellTime", "min dwell"),
    "LoadTime": ("load time", "loading time", "LoadTime", "loading"),
    "UnloadTime": ("unload time", "unloading time", "UnloadTime", "unloading"),
    "MoveTime": ("move time", "MoveTime", "time per move"),
    "ComponentsList": ("components", "components per container", "ComponentsList", "quantity"),
    "SeparateQty": ("split quantity", "SeparateQty", "pieces", "parts per item"),
    "NumProcessOperators": ("operators", "NumProcessOperators", "number of operators"),
    "Speed": ("speed", "belt speed", "Speed", "speed in m/s"),
    "MaxSpeed": ("max speed", "MaxSpeed", "top speed", "speed"),
    "Capacity": ("capacity", "Capacity", "load capacity", "max load"),
}


@dataclass(frozen=True)
class Phrases:
    """How one property is told."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


PHRASES = {
    "MinimumDwellTime": Phrases(
        ("a minimum dwell time of {t}", "a dwell time of at least {t}", "a minimum stay of {t}"),
        (
            "keep{s} items for at least {t}",
            "{has} a minimum dwell time of {t}",
            "hold{s} every item for a minimum of {t}",
        ),
    ),
    "LoadTime": Phrases(
        ("a load time of {t}", "a loading time of {t}", "{t} for loading"),
        ("need{s} {t} to load", "{has} a load time of {t}", "take{s} {t} for picking up an item"),
    ),
    "UnloadTime": Phrases(
        ("an unload time of {t}", "an unloading time of {t}", "{t} for unloading"),
        (
            "need{s} {t} to unload",
            "{has} an unload time of {t}",
            "take{s} {t} for setting an item down",
        ),
    ),
    "MoveTime": Phrases(
        ("a move time of {t}", "{t} per move", "a handling time of {t} per item"),
        ("need{s} {t} per move", "{has} a move time of {t}", "move{s} an item in {t}"),
    ),
    "ComponentsList": Phrases(
        (
            "{0} components per container",
            "{0} parts for each container",
            "a component quantity of {0}",
        ),
        (
            "put{s} {0} parts into each container",
            "pack{s} {0} pieces into every box",
            "add{s} {0} components to each item",
            "collect{s} {0} components for each container",
        ),
    ),
    "SeparateQty": Phrases(
        ("a split quantity of {0}", "{0} parts out of each item", "{0} pieces per item"),
        (
            "split{s} each item into {0} parts",
            "turn{s} every item into {0} pieces",
            "cut{s} each piece into {0}",
            "make{s} {0} out of one",
        ),
    ),
    "NumProcessOperators": Phrases(
        ("{0} operators per job", "{0} operators at a time", "a crew of {0} operators"),
        ("need{s} {0} operators at a time", "require{s} {0} operators", "call{s} {0} operators"),
    ),
    "Speed": Phrases(
        ("a speed of {0} m/s", "a belt speed of {0} m/s", "speed {0} m/s"),
        ("run{s} at {0} m/s", "move{s} items at {0} m/s", "{has} a speed of {0} m/s"),
    ),
    "MaxSpeed": Phrases(
        ("a maximum speed of {0} m/s", "a top speed of {0} m/s", "max speed {0} m/s"),
        ("travel{s} at {0} m/s", "{has} a top speed of {0} m/s", "move{s} at up to {0} m/s"),
    ),
    "Capacity": Phrases(
        ("a capacity of {0}", "room for {0} items", "a load capacity of {0}"),
        ("can carry {0} items at once", "carry{s} up to {0} items", "{has} a capacity of {0}"),
    ),
    "CombineMode:1": Phrases(
        ("pack mode", "Pack as combine mode", "the combine mode Pack"),
        ("work{s} in Pack mode", "pack{s} the components into the container", "{is} in pack mode"),
    ),
    "CombineMode:2": Phrases(
        ("join mode", "Join as combine mode", "the combine mode Join"),
        ("work{s} in Join mode", "join{s} the parts into one item", "{is} in join mode"),
    ),
    "CombineMode:3": Phrases(
        ("batch mode", "Batch as combine mode", "the combine mode Batch"),
        (
            "work{s} in Batch mode",
            "release{s} the collected parts as a batch",
            "{is} in batch mode",
        ),
    ),
    "SeparateMode:0": Phrases(
        ("split mode", "Split as separate mode", "the separate mode Split"),
        ("work{s} in Split mode", "split{s} items", "{is} in split mode"),
    ),
    "SeparateMode:1": Phrases(
        ("unpack mode", "Unpack as separate mode", "the separate mode Unpack"),
        ("work{s} in Unpack mode", "unpack{s} the containers", "take{s} the parts out again"),
    ),
    "UseProcessOperators:1": Phrases(
        ("an operator for processing", "manual operation", "operators at work"),
        (
            "need{s} an operator",
            "{is} operated by hand",
            "require{s} an operator for processing",
            "use{s} operators for the process",
        ),
    ),
    "UseTransport:1": Phrases(
        ("transport for its output", "use transport on", "transport by vehicle"),
        ("use{s} transport", "need{s} transport for its output", "{has} its items carried away"),
    ),
}
OPTIONS = ("CombineMode", "SeparateMode", "UseProcessOperators", "UseTransport")
PHRASES |= {prop: Phrases((), ()) for prop in OPTIONS}


def noun(setting: Setting, n: Numbers) -> str:
    """What can follow "with"."""
    return _said(setting, n, _phrases(setting).nouns)


def verb(setting: Setting, n: Numbers) -> str:
    """What can follow the subject, not yet conjugated."""
    return _said(setting, n, _phrases(setting).verbs)


def _phrases(setting: Setting) -> Phrases:
    if setting.prop in OPTIONS:
        return PHRASES[f"{setting.prop}:{setting.args[0].text}"]
    return PHRASES[setting.prop]


def _said(setting: Setting, n: Numbers, forms: tuple[str, ...]) -> str:
    form = n.rng.choice(forms)
    if is_time(setting):
        return form.replace("{t}", time_phrase(n))
    return form.replace("{0}", n[0]) if "{0}" in form else form
