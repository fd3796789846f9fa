"""Requests about who serves whom: operators, vehicles and robots come, help elsewhere or go."""

from __future__ import annotations

from ...factories.factory import Setting
from ...factories.settings import number_setting
from .restructure import new_object, room
from .turn import Turn
from .turn_phrases import say

_OPERATED = ("Processor", "Combiner", "Separator")
_FLAG = {"operate": "UseProcessOperators", "carry": "UseTransport"}


def serve(turn: Turn) -> str | None:
    """A resource, new or already there, operates a station or carries what leaves it."""
    rng, factory = turn.rng, turn.factory
    key = rng.choice(["operate", "carry"])
    stations = turn.alive(*_OPERATED) if key == "operate" else turn.stations()
    free = [
        i
        for i in stations
        if factory.class_of(i) not in ("Sink", "StraightConveyor")
        and i not in turn.touched
        and _FLAG[key] not in factory.stations[i].settings
        and not any(a == i for a, _ in factory.service())
    ]
    if not free:
        return None
    a = rng.choice(free)
    classes = ("Operator",) if key == "operate" else ("Transporter", "TaskExecuter", "Robot")
    there = turn.untouched(*classes)
    turn.touched.add(a)
    if there and rng.random() < 0.5:
        r = rng.choice(there)
        turn.change(a, [_flag(key, "1")])
        turn.link(a, r)
        turn.last = None
        return say(turn, key, a=turn.say(a), r=turn.say(r))
    if not room(turn, True):
        return None
    new, called, told = new_object(turn, rng.choice(classes))
    turn.change(a, [_flag(key, "1")])
    turn.link(a, new)
    return say(turn, f"{key}_new", a=turn.say(a), new=called) + told


def _flag(key: str, value: str) -> Setting:
    return number_setting(_FLAG[key], value)


def leave_alone(turn: Turn) -> str | None:
    """A station works without the resource that served it."""
    factory = turn.factory
    named = set(turn.alive())
    pairs = [
        (a, r)
        for a, r in factory.service()
        if {a, r} <= named
        and factory.class_of(a) != "Dispatcher"
        and [b for c, b in factory.service() if c == a] == [r]
        and a not in turn.touched
        and (a, r) not in turn.rewired
    ]
    if not pairs:
        return None
    a, r = turn.rng.choice(pairs)
    flags = [prop for prop in _FLAG.values() if prop in factory.stations[a].settings]
    turn.unlink(a, r)
    if flags:
        turn.change(a, [number_setting(prop, "0") for prop in flags])
    turn.touched.add(a)
    turn.last = None
    return say(turn, "alone", a=turn.say(a), r=turn.say(r))
