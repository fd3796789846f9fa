"""What people mention after the flow: "Mill feeds Drill. Before the drill there is a buffer, Rack 2."

The flow is told as if items went past such an object; one more sentence puts it in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ....factories.factory import Factory
from ....factories.roles import is_resource
from .describe import article, class_noun, sentence_about
from .facts import Teller
from .flow import inflect, names

_BEFORE = (
    "before {b} there is {q}", "in front of {b} there is {q}", "in front of {b} {items} wait in {q}",
    "{q} sits in front of {b}", "{items} for {b} wait in {q} first", "{b} {isz} fed from {q}", "ahead of {b} stands {q}",
    "{items} line up in {q} before {b}", "{q} keeps {items} ready for {b}", "right before {b} comes {q}",
    "{items} get to {b} by way of {q}", "{b} take{z} {items} out of {q}", "before they get to {b}, {items} go to {q}",
    "{q} is placed before {b}", "whatever goes to {b} passes {q} first", "what {b} work{z} on is kept in {q}",
    "to reach {b}, {items} have to pass {q}", "{q} in front of {b}", "{b} draw{z} from {q}",
    "until {b} {isz} free, {items} stay in {q}", "all {items} for {b} come by way of {q}",
)  # fmt: skip
_BEHIND = (
    "behind {b} there is {q}", "right after {b} comes {q}", "{q} sits behind {b}", "what leaves {b} goes to {q} first",
    "{b} put{z} {items} into {q}", "on their way from {b}, {items} pass {q}", "{q} is placed behind {b}",
    "{items} done at {b} are kept in {q}", "{q} takes what {b} release{z}", "after {b}, {items} go through {q} first",
    "downstream of {b}, {q} takes the {items}", "directly behind {b}: {q}", "all that {b} release{z} waits in {q}",
)  # fmt: skip
CHANCE = 0.3
"""Share of prompts that tell of an object afterwards, where one can be."""


def put_in_later(teller: Teller) -> list[int]:
    """Objects to be told of afterwards: one, sometimes two; no neighbours."""
    if teller.rng.random() > CHANCE:
        return []
    fitting = [i for i in range(len(teller.factory.stations)) if _way_round(teller.factory, i)]
    chosen: list[int] = []
    for index in teller.rng.sample(fitting, min(len(fitting), teller.rng.choice([1, 1, 2]))):
        beside = _around(teller.factory, index)
        if not set(beside) & {n for i in chosen for n in (i, *_around(teller.factory, i))}:
            chosen.append(index)
    return chosen


def _around(factory: Factory, index: int) -> list[int]:
    return [*factory.predecessors(index), *factory.successors(index)]


def _way_round(factory: Factory, index: int) -> list[tuple[int, int]]:
    """Links that lead past a queue and say, with one sentence more, where it stands; or none."""
    before, after = factory.predecessors(index), factory.successors(index)
    round_it = [(a, b) for a in before for b in after]
    told = _alone_before(factory, index) or _alone_behind(factory, index)
    plain = factory.class_of(index) == "Queue" and told
    if not plain or any(a == b or (a, b) in factory.links for a, b in round_it):
        return []
    return [] if any(is_resource(factory.class_of(n)) for n in (*before, *after)) else round_it


def _alone_before(factory: Factory, index: int) -> bool:
    after = factory.successors(index)
    return bool(after) and all(factory.predecessors(n) == [index] for n in after)


def _alone_behind(factory: Factory, index: int) -> bool:
    before = factory.predecessors(index)
    return bool(before) and all(factory.successors(n) == [index] for n in before)


@contextmanager
def told_without(teller: Teller, gone: list[int]) -> Iterator[None]:
    """Inside, the links of the factory lead past the objects in `gone`."""
    whole = teller.factory
    links = [link for link in whole.links if not set(link) & set(gone)]
    for index in gone:
        links += _way_round(whole, index)
    teller.factory = replace(whole, links=sorted(links))
    try:
        yield
    finally:
        teller.factory = whole


def insertions(teller: Teller, gone: list[int]) -> list[str]:
    """Where each of these stands."""
    return [said for index in gone for said in _inserted(teller, index) if said]


def _inserted(teller: Teller, index: int) -> list[str]:
    factory = teller.factory
    before = _alone_before(factory, index) and (
        not _alone_behind(factory, index) or teller.rng.random() < 0.7
    )
    ends = factory.successors(index) if before else factory.predecessors(index)
    form = teller.fill(teller.forms.pick(_BEFORE if before else _BEHIND))
    form = inflect(form, False, len(ends) > 1).replace("{b}", names(teller, ends))
    if index in teller.known:
        return [form.replace("{q}", teller.mark.name(index))]
    if teller.classes and teller.rng.random() < 0.6:
        return [form.replace("{q}", _introduced(teller, index))]
    said = sentence_about(teller, [index])
    return [said, form.replace("{q}", teller.mark.name(index))]


def _introduced(teller: Teller, index: int) -> str:
    """ "a buffer called Rack 2 with room for 20"."""
    teller.known.add(index)
    noun = class_noun(teller, index)
    called = teller.pick(" called ", " named ", ", ", " ")
    who = f"{article(noun)} {noun}{called}{teller.mark.name(index)}"
    facts = teller.facts(index)
    if not facts:
        return who
    if teller.rng.random() < 0.5:
        return f"{who} ({teller.shorts([index])})"
    return f"{who} with {teller.and_([teller.noun(fact, [index]) for fact in facts])}"
