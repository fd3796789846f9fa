"""Requests to change values: "make the oven 90 s", "all queues hold 20"."""

from __future__ import annotations

from ...factories.factory import Setting, sample_settings
from .objects import class_noun, conjugate, noun_phrase, verb_phrase
from .turn import Turn
from .values import Numbers, is_rate, is_time, terse_time, time_phrase


def set_values(turn: Turn) -> str | None:
    """Change one or two settings of one object, or one of several objects alike."""
    rng, mark = turn.rng, turn.mark
    candidates = [i for i in turn.alive("Source", "Queue", "Processor") if i not in turn.touched]
    if not candidates:
        return None
    index = rng.choice(candidates)
    cls = turn.factory.stations[index].class_name
    fresh = list(sample_settings(cls, rng).values())
    if not fresh:
        return None
    settings = fresh[:1] if rng.random() < 0.8 else fresh[:2]
    owners = [index]
    mates = [i for i in candidates if turn.factory.stations[i].class_name == cls and i != index]
    if mates and rng.random() < 0.2:
        owners = sorted([index, *rng.sample(mates, rng.randint(1, min(3, len(mates))))])
    turn.touched |= set(owners)
    whole_class = owners == turn.alive(cls) and len(owners) > 1
    for owner in owners:
        turn.factory.stations[owner].settings |= {item.prop: item for item in settings}
        turn.emit("SET", owner)
        turn.emit_settings(owner, settings)
    subject = turn.say(owners[0]) if len(owners) == 1 else mark.names_joined(owners)
    if whole_class and rng.random() < 0.7:
        subject = rng.choice(["all ", "all the ", "the "]) + class_noun(cls, rng) + "s"
    if len(settings) == 1 and rng.random() < 0.75:
        return _one_value(subject, settings[0], cls, turn, owners)
    many = len(owners) > 1
    phrases = [conjugate(verb_phrase(s, cls, mark, owners), many) for s in settings]
    if rng.random() < 0.4:
        return f"give {subject} {' and '.join(noun_phrase(s, cls, mark, owners) for s in settings)}"
    return (
        f"{subject} {' and '.join(phrases)}{rng.choice(['', ' now', ' instead', ' from now on'])}"
    )


def _infinitive(phrase: str) -> str:
    return conjugate(phrase.replace("{is}", "be"), True)


def _one_value(subject: str, setting: Setting, cls: str, turn: Turn, owners: list[int]) -> str:
    rng, mark = turn.rng, turn.mark
    if not is_time(setting):
        if setting.prop in ("LIFO", "ItemPlacement"):
            return f"{subject} should {_infinitive(verb_phrase(setting, cls, mark, owners))}"
        what = (
            rng.choice(["capacity", "max content", "size"])
            if setting.prop == "MaxContent"
            else "base height"
        )
        value = Numbers(mark, setting, owners)[0]
        return rng.choice(
            [
                f"set the {what} of {subject} to {value}",
                f"{rng.choice(['increase', 'reduce', 'change', 'raise', 'lower'])} the {what} of {subject} to {value}",
                f"{subject} should have a {what} of {value}",
                f"{what} of {subject} = {value}",
                f"give {subject} a {what} of {value}",
                f"make the {what} of {subject} {value}",
                f"{subject}: {what} {value}",
                f"{subject} can hold {value} items"
                if setting.prop == "MaxContent"
                else f"put {subject} at {what} {value}",
            ]
        )
    if is_rate(setting):
        return f"{subject} should {_infinitive(verb_phrase(setting, cls, mark, owners))}"
    return _one_time(subject, setting, Numbers(mark, setting, owners))


def _one_time(subject: str, setting: Setting, n: Numbers) -> str:
    rng = n.rng
    times = {
        "InterArrivalTime": ["inter-arrival time", "interarrival time", "time between arrivals"],
        "ProcessTime": ["process time", "processing time", "cycle time"],
        "SetupTime": ["setup time", "setup", "changeover time"],
    }[setting.prop]
    forms = [
        lambda: f"set the {rng.choice(times)} of {subject} to {time_phrase(n)}",
        lambda: f"change the {rng.choice(times)} of {subject} to {terse_time(n)}",
        lambda: f"{subject} should have a {rng.choice(times)} of {time_phrase(n)}",
        lambda: f"{rng.choice(times)} of {subject}: {terse_time(n)}",
        lambda: f"use {time_phrase(n)} as the {rng.choice(times)} of {subject}",
        lambda: f"the {rng.choice(times)} of {subject} is {time_phrase(n)} now",
    ]
    if setting.prop == "ProcessTime":
        forms += [
            lambda: (
                f"make {subject} {n.u(0)}"
                if setting.function == "constant"
                else f"make {subject} {terse_time(n)}"
            ),
            lambda: f"{subject} should take {time_phrase(n)}",
            lambda: (
                f"{subject} takes {time_phrase(n)} {rng.choice(['now', 'instead', 'from now on'])}"
            ),
            lambda: f"let {subject} run for {time_phrase(n)}",
            lambda: (
                f"{subject} needs {time_phrase(n)} {rng.choice(['now', 'per part', 'instead'])}"
            ),
        ]
    if setting.prop == "InterArrivalTime":
        forms += [
            lambda: f"{subject} should release items every {terse_time(n)}",
            lambda: f"let parts arrive at {subject} every {terse_time(n)}",
        ]
    return rng.choice(forms)()
