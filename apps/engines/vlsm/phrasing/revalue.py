"""Requests to change values: "make the oven 90 s", "all queues hold 20", "A 5 s, B 7 s"."""

from __future__ import annotations

from ...factories.factory import Setting, sample_settings
from ...factories.settings import number_setting
from . import turn_chinese, turn_values
from .objects import conjugate, noun_phrase, plural, verb_phrase
from .turn import Turn
from .values import Numbers, is_rate, is_time, terse_time, time_phrase

_PLURALS = {
    "Source": ("source",),
    "Queue": ("queue", "buffer"),
    "Processor": ("processor", "machine", "workstation"),
    "Rack": ("rack",),
    "StraightConveyor": ("conveyor", "belt"),
    "Operator": ("operator", "worker"),
    "Robot": ("robot",),
    "Separator": ("separator",),
}
"""Nouns for all objects of one class; "machine" only where no other class is a machine."""


def set_value(turn: Turn) -> str | None:
    """One or two properties of one object, new values for them."""
    owner = _owner(turn)
    if owner is None:
        return None
    settings = _fresh(turn, owner, 1 if turn.rng.random() < 0.75 else 2)
    if not settings:
        return None
    before = dict(turn.factory.stations[owner].settings)
    pronoun = owner == turn.last and turn.rng.random() < 0.8
    if owner in turn.unnamed and not pronoun:
        return None
    turn.change(owner, settings)
    turn.touched.add(owner)
    turn.last = owner
    if turn.chinese:
        return _chinese(turn, settings, owner, pronoun, before)
    if len(settings) == 1:
        return _one(turn, settings[0], owner, pronoun, before.get(settings[0].prop))
    return _several_phrases(turn, settings, "it" if pronoun else turn.say(owner), [owner])


def _owner(turn: Turn) -> int | None:
    """Somebody with properties: now and then what was just spoken of."""
    last = turn.last
    if last is not None and turn.rng.random() < 0.5 and turn.factory.stations[last].settings:
        return last
    found = [i for i in turn.untouched() if turn.factory.class_of(i) not in ("Sink", "Dispatcher")]
    return turn.rng.choice(found) if found else None


STACK_BASE = "0.1"
"""FlexSim's own: to ask for it changes nothing."""


def _fresh(turn: Turn, owner: int, most: int) -> list[Setting]:
    """New values for properties that this turn has not set yet."""
    cls = turn.factory.class_of(owner)
    done = {value[1] for kind, value in turn.pieces if kind == "slot" and value[0] == owner}  # type: ignore[index]
    now = turn.factory.stations[owner].settings
    sampled = sample_settings(cls, turn.rng)
    options = [
        s
        for s in sampled.values()
        if s.prop not in done
        and now.get(s.prop) != s
        and not (s.prop == "StackBaseZ" and s.prop not in now and s.args[0].text == STACK_BASE)
    ]
    if turn.chinese:
        options = [s for s in options if turn_chinese.sayable(s)]
    turn.rng.shuffle(options)
    return options[:most]


def set_order(turn: Turn) -> str | None:
    """A queue back to first in, first out."""
    found = [i for i in turn.untouched("Queue") if "LIFO" in turn.factory.stations[i].settings]
    if not found or turn.chinese:
        return None
    owner = turn.rng.choice(found)
    turn.change(owner, [number_setting("LIFO", "0")])
    turn.touched.add(owner)
    turn.last = owner
    return turn.form(turn_values.FIFO, a=turn.say(owner))


def set_alike(turn: Turn) -> str | None:
    """The same value for several objects of a class, or for all of them."""
    rng = turn.rng
    classes = sorted({turn.factory.class_of(i) for i in turn.untouched()})
    groups = {name: turn.untouched(name) for name in classes}
    groups = {name: found for name, found in groups.items() if len(found) > 1}
    if not groups:
        return None
    cls = rng.choice(sorted(groups))
    options = [
        s
        for s in sample_settings(cls, rng).values()
        if all(turn.factory.stations[i].settings.get(s.prop) != s for i in groups[cls])
    ]
    if turn.chinese:
        options = [s for s in options if turn_chinese.sayable(s)]
    if not options:
        return None
    setting, found = rng.choice(options), groups[cls]
    existing = [i for i, s in enumerate(turn.factory.stations) if s.class_name == cls]
    everyone = sorted(set(existing) - turn.removed) == found and rng.random() < 0.45
    noun = plural_noun(turn, cls) if everyone else ""
    owners = found if noun else sorted(rng.sample(found, rng.randint(2, min(4, len(found)))))
    for owner in owners:
        turn.change(owner, [setting])
        turn.touched.add(owner)
    turn.last = None
    return _alike_text(turn, setting, owners, noun)


def plural_noun(turn: Turn, cls: str) -> str:
    """A noun that means all objects of a class and nothing else; "" where there is none."""
    nouns = turn_chinese.NOUNS if turn.chinese else _PLURALS
    classes = {station.class_name for station in turn.factory.stations}
    found = [
        noun
        for noun in nouns.get(cls, ())
        if cls != "Processor"
        or noun in ("processor", "处理器")
        or not classes & {"Combiner", "Separator"}
    ]
    said = [n for n in found if not any(n in name.lower() for name in turn.mark.names)]
    return turn.rng.choice(said) if said else ""


def _alike_text(turn: Turn, setting: Setting, owners: list[int], noun: str) -> str:
    rng, mark = turn.rng, turn.mark
    cls = turn.factory.class_of(owners[0])
    if turn.chinese:
        names = "、".join(map(mark.name, owners))
        if noun:
            names = rng.choice(["所有{n}", "全部{n}", "每个{n}"]).replace("{n}", noun)
        words = {"a": names, "what": turn_chinese.what(turn, setting)}
        return turn.form(turn_chinese.SET, v=turn_chinese.value(turn, setting, owners), **words)
    names = mark.names_joined(owners)
    if len(owners) == 2 and rng.random() < 0.4:
        names = f"both {names}"
    every = ""
    if noun:
        many = plural(noun)
        names = rng.choice([f"all {many}", f"all the {many}", f"all {many}", f"the {many} all"])
        every = rng.choice([f"every {noun}", f"each {noun}"])
    if every and rng.random() < 0.3:
        return _phrases_of(turn, [setting], every, owners, many=False)
    if turn_values.WHAT.get(setting.prop) and not is_rate(setting) and rng.random() < 0.55:
        names = names.removesuffix(" all")
        value = _value(Numbers(mark, setting, owners), setting, rng.random() < 0.6)
        the = f"the {rng.choice(turn_values.WHAT[setting.prop])} of {names}"
        return turn.form(turn_values.ANY, the=the, v=value)
    return _phrases_of(turn, [setting], names, owners, many=True) + (
        rng.choice(["", "", " each"]) if cls != "Source" and not every else ""
    )


def set_list(turn: Turn) -> str | None:
    """Several objects of a class, each with its own value."""
    rng = turn.rng
    prop = rng.choice(["ProcessTime", "ProcessTime", "MaxContent"])
    cls = "Queue" if prop == "MaxContent" else "Processor"
    found = turn.untouched(cls)
    if len(found) < 2:
        return None
    owners = rng.sample(found, min(len(found), rng.choice([2, 2, 3, 3, 4, 5])))
    said: list[tuple[int, Setting]] = []
    for owner in owners:
        setting = _constant(turn, cls, prop)
        turn.change(owner, [setting])
        turn.touched.add(owner)
        said.append((owner, setting))
    turn.last = None
    return _list_text(turn, said, prop)


def _constant(turn: Turn, cls: str, prop: str) -> Setting:
    while True:
        setting = sample_settings(cls, turn.rng).get(prop)
        if setting and setting.function == "constant" and not is_rate(setting):
            return setting


def _list_text(turn: Turn, said: list[tuple[int, Setting]], prop: str) -> str:
    rng, mark = turn.rng, turn.mark
    if turn.chinese:
        what = rng.choice(turn_chinese.WHAT[prop])
        joint = rng.choice(["，", "、", "；"])
        items = [f"{mark.name(i)}{what}{turn_chinese.value(turn, s, [i])}" for i, s in said]
        return joint.join(items)
    whole, first, other = rng.choice(turn_values.LISTS)
    values = [(mark.name(i), Numbers(mark, s, [i]).u(0)) for i, s in said]
    items = [first.format(name=values[0][0], v=values[0][1])]
    items += [other.format(name=name, v=v) for name, v in values[1:]]
    if prop == "MaxContent":
        items = [item.replace(" takes ", " holds ") for item in items]
    joint = rng.choice([", ", ", ", "; "])
    last = rng.choice([" and ", joint, ", and "])
    what = rng.choice(turn_values.WHAT[prop])
    what = "capacities" if prop == "MaxContent" else f"{what.replace('time', 'times')}"
    return whole.replace("{whats}", what).replace(
        "{item}", joint.join(items[:-1]) + last + items[-1]
    )


def _value(n: Numbers, setting: Setting, short: bool) -> str:
    if not is_time(setting):
        unit = n.rng.choice([" m/s", "m/s", ""]) if setting.prop in ("Speed", "MaxSpeed") else ""
        return n[0] + unit
    return terse_time(n) if short else time_phrase(n)


def _one(
    turn: Turn, setting: Setting, owner: int, pronoun: bool, before: Setting | None
) -> str | None:
    """One value of one object."""
    rng, cls = turn.rng, turn.factory.class_of(owner)
    direct = {"ProcessTime": turn_values.TAKES, "InterArrivalTime": turn_values.ARRIVES}
    forms = direct.get(setting.prop, ())
    if setting.prop == "MaxContent" and cls == "Queue":
        forms = turn_values.HOLDS
    value = _value(Numbers(turn.mark, setting, [owner]), setting, rng.random() < 0.7)
    named = setting.prop in turn_values.WHAT and not is_rate(setting)
    if pronoun and setting.prop == "ProcessTime" and named and rng.random() < 0.5:
        return turn.form(turn_values.IT, v=value)
    constant = setting.function == "constant"
    direct_fits = constant or setting.prop != "InterArrivalTime"
    if forms and named and direct_fits and not pronoun and rng.random() < 0.45:
        return turn.form(forms, a=turn.say(owner), v=value)
    if not named or rng.random() < 0.25:
        subject = "it" if pronoun else turn.say(owner)
        return _phrases_of(turn, [setting], subject, [owner], many=False)
    the = _property_of(turn, setting, owner, pronoun)
    old = turn_values.old_text(before, setting)
    if old and rng.random() < 0.3:
        return turn.form(turn_values.OLD, the=the, v=value, old=old)
    rises = turn_values.rises(before, setting)
    if rises is not None and rng.random() < 0.3:
        return turn.form(turn_values.UP if rises else turn_values.DOWN, the=the, v=value)
    return turn.form(turn_values.ANY, the=the, v=value)


def _property_of(turn: Turn, setting: Setting, owner: int, pronoun: bool) -> str:
    """ "the capacity of Q1", "Q1's capacity", "its capacity"."""
    what = turn.rng.choice(turn_values.WHAT[setting.prop])
    if pronoun:
        return f"its {what}"
    said = turn.say(owner)
    return f"{said}'s {what}" if turn.rng.random() < 0.25 else f"the {what} of {said}"


def _several_phrases(turn: Turn, settings: list[Setting], subject: str, owners: list[int]) -> str:
    return _phrases_of(turn, settings, subject, owners, many=len(owners) > 1)


def _phrases_of(
    turn: Turn, settings: list[Setting], subject: str, owners: list[int], many: bool
) -> str:
    """A sentence with verbs ("holds 5 and is LIFO") or with nouns ("give it a capacity of 5")."""
    mark, cls = turn.mark, turn.factory.class_of(owners[0])
    kind = turn.rng.random()
    if kind < 0.35:
        nouns = " and ".join(noun_phrase(s, cls, mark, owners) for s in settings)
        forms = turn_values.GIVE if not many else (turn_values.GIVE[0], turn_values.GIVE[1])
        return turn.form(forms, a=subject, nouns=nouns)
    phrases = [verb_phrase(s, cls, mark, owners) for s in settings]
    if kind < 0.7:
        verbs = " and ".join(conjugate(phrase, many) for phrase in phrases)
        return turn.form(turn_values.DOES, a=subject, verbs=verbs)
    plain = " and ".join(conjugate(p.replace("{is}", "be"), True) for p in phrases)
    if any(phrase.startswith("can ") for phrase in phrases):
        return f"{subject} {plain}"
    return turn.form(turn_values.SHOULD, a=subject, verb=plain)


def _chinese(
    turn: Turn, settings: list[Setting], owner: int, pronoun: bool, before: dict[str, Setting]
) -> str:
    said: list[str] = []
    for rank, setting in enumerate(settings):
        value = turn_chinese.value(turn, setting, [owner])
        words = {"what": turn_chinese.what(turn, setting), "v": value, "a": turn.say(owner)}
        old = turn_values.old_text(before.get(setting.prop), setting)
        if pronoun or rank:
            said.append(turn.form(turn_chinese.IT, **words))
        elif old and turn.rng.random() < 0.25:
            for unit, word in (("min", "分钟"), ("s", "秒"), ("h", "小时")):
                old = old.replace(f" {unit}", word)
            said.append(turn.form(turn_chinese.OLD, old=old, **words))
        else:
            said.append(turn.form(turn_chinese.SET, **words))
    return "，".join(said)
