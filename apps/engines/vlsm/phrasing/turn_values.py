"""What people say in English when a value shall change.

{the} is a property of somebody ("the capacity of Q1", "its setup time"), {a} an object or several,
{v} the new value, {old} the one before.
"""

from __future__ import annotations

from ...factories.factory import Setting
from .equipment import PROPERTY_KEYS
from .values import is_time

WHAT = {
    "InterArrivalTime": ("inter-arrival time", "interarrival time", "time between arrivals", "arrival interval"),
    "ProcessTime": ("process time", "processing time", "cycle time", "time", "service time"),
    "SetupTime": ("setup time", "setup", "changeover time"),
    "MinimumDwellTime": ("minimum dwell time", "dwell time", "minimum stay"),
    "LoadTime": ("load time", "loading time"),
    "UnloadTime": ("unload time", "unloading time"),
    "MoveTime": ("move time", "time per move"),
    "MaxContent": ("capacity", "max content", "size", "maximum content", "capacity"),
    "StackBaseZ": ("base height", "stack base z"),
    "ComponentsList": PROPERTY_KEYS["ComponentsList"][:2],
    "SeparateQty": PROPERTY_KEYS["SeparateQty"][:1],
    "Speed": ("speed", "belt speed"),
    "MaxSpeed": ("top speed", "max speed", "maximum speed"),
    "Capacity": ("capacity", "load capacity"),
}  # fmt: skip
ANY = (
    "set {the} to {v}", "change {the} to {v}", "{the} should be {v}", "{the} is {v} now", "{the} = {v}",
    "{the}: {v}", "make {the} {v}", "use {v} as {the}", "use {v} for {the}", "update {the} to {v}",
    "adjust {the} to {v}", "I got {the} wrong, it is {v}", "correct {the}, it is {v}", "{the} -> {v}",
    "we measured {the} again: {v}", "assume {v} for {the}", "take {v} as {the}", "fix {the} at {v}",
    "put {the} at {v}", "{the} has to be {v}", "{the} must be {v}", "modify {the}: {v}",
    "I want {the} to be {v}", "{the} is {v} from now on", "let {the} be {v}", "new value for {the}: {v}",
    "please note that {the} is {v}", "could you set {the} to {v}?", "can {the} be {v}?",
    "{the} is now {v}", "edit {the} to {v}", "enter {v} for {the}",
)  # fmt: skip
OLD = (
    "change {the} from {old} to {v}", "{the} is {v}, not {old}", "{the}: {v} instead of {old}",
    "set {the} to {v} instead of {old}", "{the} should be {v} rather than {old}",
    "{the} goes from {old} to {v}", "not {old} but {v} is {the}", "{the} was {old}, make it {v}",
)  # fmt: skip
UP = ("increase {the} to {v}", "raise {the} to {v}", "extend {the} to {v}", "{the} goes up to {v}")
DOWN = ("reduce {the} to {v}", "lower {the} to {v}", "cut {the} to {v}", "{the} goes down to {v}")
TAKES = (
    "make {a} {v}", "{a} should take {v}", "{a} takes {v} now", "{a} takes {v} instead",
    "let {a} run for {v}", "{a} needs {v} per part", "{a} needs {v} now", "let {a} take {v}",
    "at {a} it takes {v} now", "{a}: {v}", "each part stays {v} in {a}", "{a} now takes {v} per item",
    "{a} is at {v} per part now", "{a} works {v} on each part", "an item is worked on for {v} at {a}",
    "can {a} take {v}?", "{a} was timed at {v}", "{a} only takes {v}", "we timed {a}: {v}",
)  # fmt: skip
ARRIVES = (
    "{a} should release items every {v}", "let parts arrive at {a} every {v}", "{a} sends a part every {v}",
    "parts come from {a} every {v} now", "items arrive at {a} every {v}", "{a}: one part every {v}",
    "{a} shall create an item every {v}", "make {a} release one every {v}", "{a} delivers every {v} now",
)  # fmt: skip
HOLDS = (
    "{a} should hold {v}", "{a} can hold {v} items", "limit {a} to {v}", "limit {a} to {v} items",
    "{a} has room for {v} parts now", "make {a} big enough for {v}", "{a} only fits {v}",
    "give {a} {v} places", "at most {v} items may wait in {a}", "no more than {v} in {a}",
    "{a} should store up to {v} parts", "let {a} hold {v}", "{a}: {v} places",
)  # fmt: skip
IT = (
    "make it {v}", "it takes {v}", "it should take {v}", "it needs {v} per part", "let it take {v}",
)  # fmt: skip
FIFO = (
    "{a} should work first in, first out", "{a} is FIFO, not LIFO", "use FIFO order in {a}",
    "turn LIFO off for {a}", "{a} releases the oldest item first", "switch {a} back to FIFO",
)  # fmt: skip
GIVE = ("give {a} {nouns}", "{a} should have {nouns}", "{a} gets {nouns}", "equip {a} with {nouns}")
DOES = (
    "{a} {verbs}", "{a} {verbs} now", "{a} {verbs} instead", "{a} {verbs} from now on",
    "actually {a} {verbs}", "it turns out that {a} {verbs}", "we found that {a} {verbs}",
)  # fmt: skip
SHOULD = (
    "{a} should {verb}",
    "let {a} {verb}",
    "have {a} {verb}",
    "make {a} {verb}",
    "{a} must {verb}",
)
LISTS = (
    ("{item}", "{name} takes {v}", "{name} {v}"),
    ("new {whats}: {item}", "{name} {v}", "{name} {v}"),
    ("set {whats} to {item}", "{v} for {name}", "{v} for {name}"),
    ("{item}", "{name}: {v}", "{name}: {v}"),
    ("{whats} - {item}", "{name} {v}", "{name} {v}"),
    ("change {whats} as follows: {item}", "{name} = {v}", "{name} = {v}"),
    ("{item} as {whats}", "{name} gets {v}", "{name} {v}"),
)
"""Several objects with a value each: the whole, the first item, the others."""


def old_text(setting: Setting | None, new: Setting) -> str:
    """The earlier value in words where it is of the same kind, or ""."""
    if setting is None or setting.function != "constant" or new.function != "constant":
        return ""
    quantity, other = setting.args[0], new.args[0]
    if quantity.unit.startswith("/") or other.unit.startswith("/") or quantity.value == other.value:
        return ""
    return f"{quantity.text} {quantity.unit}" if is_time(setting) else quantity.text


def rises(setting: Setting | None, new: Setting) -> bool | None:
    """Whether a constant grows; None where that cannot be said."""
    return new.args[0].value > setting.args[0].value if old_text(setting, new) and setting else None
