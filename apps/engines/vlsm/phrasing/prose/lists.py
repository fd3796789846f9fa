"""Facts of one kind told for several objects in one breath: "Saw takes 5 s, Mill 6 s"."""

from __future__ import annotations

from collections import defaultdict

from ..objects import conjugate, plural
from ..values import Numbers
from .amounts import is_simple
from .facts import Fact, Teller
from .flow import names
from .wording import WORDINGS

Told = list[tuple[int, Fact]]
"""Objects with the fact that is told of each."""
SHARE = 0.3
"""Of all prompts, those in which facts are gathered."""
_HEADED = (
    "{keys}: {all}", "{keys} are as follows: {all}", "{keys} - {all}", "here are the {keys}: {all}",
    "the {keys}: {all}", "as {keys} we have {all}", "list of {keys}: {all}", "{keys} ({all})",
    "for the {keys} take {all}", "{keys} = {all}",
)  # fmt: skip
_PLACED = (
    "the {key} is {all}", "{key}: {all}", "we measured a {key} of {all}", "assume a {key} of {all}",
    "use a {key} of {all}", "the {key} amounts to {all}", "there is a {key} of {all}",
)  # fmt: skip
_ORDERED = (
    "the {keys} of {names} are {values}, respectively", "{names} have {keys} of {values} respectively",
    "for {names} the {keys} are {values}, in this order", "{keys} of {names}: {values}",
    "{names} come with {keys} of {values} respectively", "{names}: {keys} {values}",
    "the {keys} at {names} are {values}", "{names} have {keys} of {values}, in that order",
)  # fmt: skip
_SIGNS = (" ", ": ", " = ", " - ", "=", " with ", " → ")
_COUNTED = ("time", "interval", "rate", "size", "limit", "speed", "duration", "value")
_NOUNS = (*_COUNTED, "capacity", "takt", "throughput", "output", "setup", "changeover", "payload")
"""Last words of keys that have a plural, and of those that can stand in a sentence."""
_RESPECTIVELY = (" respectively", ", respectively", ", in this order", ", one after the other", "")


def gathered(teller: Teller, indices: list[int]) -> list[str]:
    """Sentences for some kinds of facts; these are then told nowhere else."""
    if teller.rng.random() >= SHARE:
        return []
    kinds: dict[tuple[str, str], Told] = defaultdict(list)
    for index in indices:
        for fact in teller.facts(index):
            if "{n}" in WORDINGS[fact.kind].value or "{x}" in WORDINGS[fact.kind].value:
                kinds[teller.cls(index), fact.kind].append((index, fact))
    several = [told for told in kinds.values() if 1 < len(told) <= 6]
    teller.rng.shuffle(several)
    said = []
    for told in several[: teller.rng.choice([1, 1, 2])]:
        said.append(_listed(teller, told))
        for index, fact in told:
            teller.unsaid[index] |= {fact.setting.prop}
            teller.listed.add(index)
    return said


def _listed(teller: Teller, told: Told) -> str:
    rng, kind = teller.rng, told[0][1].kind
    nouns = [key for key in WORDINGS[kind].keys if key.endswith(_NOUNS)]
    key = teller.forms.pick(nouns or ["value"])
    roll = rng.random()
    if roll < 0.3 and (said := _gapped(teller, told)):
        return said
    if roll < 0.5 and all(is_simple(Numbers(teller.mark, f.setting, [])) for _, f in told):
        return _in_order(teller, told, key)
    if roll < 0.65:
        at = rng.choice([" at ", " for ", " on ", " in the case of "])
        parts = [_value(teller, fact, index) + at + teller.mark.name(index) for index, fact in told]
        return teller.forms.pick(_PLACED).replace("{key}", key).replace("{all}", teller.and_(parts))
    sign = teller.forms.pick(_SIGNS)
    form = "{} ({})" if rng.random() < 0.2 else "{}" + sign + "{}"
    parts = [form.format(teller.mark.name(i), _value(teller, fact, i)) for i, fact in told]
    whole = rng.choice([", ", ", ", "; "]).join(parts) if rng.random() < 0.7 else teller.and_(parts)
    return teller.forms.pick(_HEADED).replace("{keys}", _plural(key)).replace("{all}", whole)


def _value(teller: Teller, fact: Fact, index: int) -> str:
    return teller.said((WORDINGS[fact.kind].value,), fact, [index])


def _plural(key: str) -> str:
    return plural(key) if key.endswith(_COUNTED) else key


def _gapped(teller: Teller, told: Told) -> str:
    """ "Saw takes 5 s, Mill 6 s and Drill 7 s"; "" where no verb has its number last."""
    kind = told[0][1].kind
    ends = ("{t}", "{u}", "{n}", "{n} {items}", "{n}{U}")
    verbs = tuple(form for form in WORDINGS[kind].verbs if form.endswith(ends))
    if not verbs:
        return ""
    (first, fact), *rest = told
    verb = conjugate(teller.said(verbs, fact, [first]), False)
    parts = [f"{teller.mark.name(first)} {verb}"]
    joint = teller.rng.choice([" ", " ", " only ", " about ", ": "])
    parts += [f"{teller.mark.name(i)}{joint}{_value(teller, item, i)}" for i, item in rest]
    return teller.and_(parts, teller.rng.choice(["and", "and", "but", "while"]))


def _in_order(teller: Teller, told: Told, key: str) -> str:
    """ "Saw, Mill and Drill take 5, 6 and 7 s respectively"."""
    rng, who = teller.rng, [index for index, _ in told]
    numbers = [Numbers(teller.mark, fact.setting, [index]) for index, fact in told]
    plain = all(n.setting.function == "constant" for n in numbers)
    alike = len({n.setting.args[0].unit for n in numbers}) == 1
    if plain and alike and numbers[0].setting.args[0].unit and rng.random() < 0.6:
        values = teller.and_([n[0] for n in numbers[:-1]] + [numbers[-1].u(0)])
    else:
        values = teller.and_([_value(teller, fact, index) for index, fact in told])
    verbs = [form for form in WORDINGS[told[0][1].kind].verbs if form.endswith(("{t}", "{n}"))]
    if verbs and rng.random() < 0.5:
        verb = teller.fill(conjugate(teller.forms.pick(verbs), True))
        said = f"{names(teller, who)} {verb.replace('{t}', values).replace('{n}', values)}"
        return said + teller.forms.pick(_RESPECTIVELY)
    form = teller.forms.pick(_ORDERED).replace("{keys}", _plural(key))
    return form.replace("{names}", names(teller, who)).replace("{values}", values)
