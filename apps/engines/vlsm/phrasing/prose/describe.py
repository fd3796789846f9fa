"""Sentences about objects beside the flow: what they are and what they do."""

from __future__ import annotations

from ..objects import CLASS_NOUNS, plural
from .facts import Teller

COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_ONE = (
    "{name} is {a} {noun} and {verbs}", "{name}, {a} {noun}, {verbs}", "{name} is {a} {noun} that {verbs}",
    "there's {a} {noun}, {name}, that {verbs}", "we have {a} {noun} called {name}; it {verbs}",
    "{name} serves as {noun}: it {verbs}", "{name} ({noun}) {verbs}", "{name} is {a} {noun} ({shorts})",
    "as {noun} we use {name} ({shorts})", "then there is {name}, {a} {noun} which {verbs}",
    "{name} - {noun}, {shorts}", "{name} works as {a} {noun} with {nouns}",
    "you'll need {a} {noun} {name} with {nouns}", "with {nouns}, {name} is our {noun}",
    "for the {noun} {name}: {shorts}", "{name} is {a} {noun} with {nouns}",
    "there is also the {noun} {name}; it {verbs}", "{a} {noun} named {name} {verbs}",
    "{name} acts as {a} {noun} and {verbs}", "put in {a} {noun} {name} with {nouns}", "{name}: {a} {noun} that {verbs}",
    "one {noun} is {name}, which {verbs}", "use {a} {noun} for {name}; it {verbs}", "the {noun} {name} {verbs}",
    "{name} stands for {a} {noun} with {nouns}", "add {a} {noun} {name} ({shorts})", "{name}, our {noun}, {verbs}",
    "<add|create|include|insert|place|put in|set up|use|take> {a} {noun} <called|named> {name} <with|having> {nouns}",
    "<add|create|include|insert|place|put in|set up|use> {a} {noun} <called|named> {name} that {verbs}",
    "{name} is <used as|configured as|modelled as|meant as|set up as> {a} {noun} <with|having> {nouns}",
    "{name} is <used as|configured as|modelled as|meant as|set up as> {a} {noun} that {verbs}",
    "<next comes|we also have|there's also|we have|there is> {a} {noun}, {name}, <which|that> {verbs}",
    "{name} [{noun}]<: | - | >{shorts}",
    "{noun} {name}<: | - | = |, >{shorts}",
)  # fmt: skip
_ONE_BARE = (
    "{name} is {a} {noun}", "there is {a} {noun} called {name}", "{name} serves as {noun}",
    "{name}: {noun}", "as {noun} we have {name}", "{name} is our {noun}",
    "{name} is just {a} {noun}",
    "{name} is {a} {noun}, no figures known yet",
    "{name}, {a} {noun}: values still missing", "{name} - {a} {noun}, nothing special to set",
    "add {a} {noun} called {name}", "{name} stands for {a} {noun}", "one {noun} is {name}", "{name} acts as {noun}",
    "the {noun} is called {name}", "{name} is {a} {noun} with nothing to add", "we call our {noun} {name}",
    "put in {a} {noun} named {name}", "the name of the {noun} is {name}",
    "<add|create|include|insert|place|put in|set up|use> {a} {noun} <called|named> {name}",
    "{name} is <used as|configured as|modelled as|meant as|set up as> {a} {noun}",
    "<we also have|there's also|we have|there is also|next comes> {a} {noun}, {name}",
    "{noun}<: | - | = | >{name}",
)  # fmt: skip
_PLAIN = (
    "{name} {verbs}", "{name}: {shorts}", "{name} - {shorts}", "{name} comes with {nouns}",
    "{name} ({shorts})", "at {name} we have {nouns}", "note that {name} {verbs}",
    "for {name} use {nouns}", "regarding {name}, it {verbs}", "{name} works with {nouns}",
    "as to {name}, it {verbs}", "on {name}: {shorts}", "set {name} to {shorts}",
    "{name}, by the way, {verbs}", "take {nouns} for {name}", "count on {nouns} at {name}", "{name} is to have {nouns}",
    "<for|at|regarding|concerning|as for|with> {name} <we have|take|assume|plan|there is> {nouns}",
    "{name}<: | = | has the values >{shorts}",
    "<give|assign|allow> {name} {nouns}",
    "{name} <is set to have|should have|must have|gets|is given> {nouns}",
)  # fmt: skip
_MANY = (
    "{names} are {nouns_} and {each} {verbs}", "the {nouns_} {names} {each} {verbs}",
    "{count} {nouns_}, {names}, {each} {verbs}", "there are {count} {nouns_}, {names}; {every} {verb1}",
    "{names} ({nouns_}): {shorts} each", "we use {count} {nouns_} ({names}), {every} with {nouns}",
    "{names}: {nouns_}, {shorts} each", "{names} are identical {nouns_}; {every} {verb1}",
    "{names} act as {nouns_}; {every} {verb1}", "take {count} {nouns_}, {names}, with {nouns} each",
    "{names} are {nouns_} with {nouns} each", "the {count} {nouns_} {names} {each} {verbs}",
    "our {nouns_} are {names}; {every} {verb1}", "{names} are {count} {nouns_} ({shorts} each)",
    "<add|create|include|place|set up|use> {count} {nouns_} <called|named> {names}, <each|every one> with {nouns}",
    "{names} are <used as|modelled as|set up as> {nouns_} <having|with> {nouns} each",
    "{nouns_} {names}<: | - | = >{shorts} <each|apiece|for each>",
)  # fmt: skip
_MANY_BARE = (
    "{names} are {nouns_}", "there are {count} {nouns_}: {names}", "the {nouns_} are {names}",
    "{names} serve as {nouns_}", "we have {count} {nouns_}, {names}",
    "{names} act as {nouns_}", "{names} are our {nouns_}", "take {count} {nouns_}: {names}", "{count} {nouns_}: {names}",
    "the {count} {nouns_} are called {names}", "as {nouns_} we have {names}",
    "<add|create|include|place|set up|use> {count} {nouns_} <called|named> {names}",
    "{names} are <used as|modelled as|set up as> {nouns_}",
    "{nouns_}<: | - | = | are >{names}",
)  # fmt: skip
_MANY_PLAIN = (
    "{names} {each} {verbs}", "{names}: {shorts} each", "for {names} we have {nouns} each",
    "{names} are the same: {every} {verb1}",
    "{names} come with {nouns} each", "take {nouns} for each of {names}", "each of {names}: {shorts}",
    "as for {names}, {every} {verb1}", "the same goes for {names}: {shorts}", "{names} are alike: {shorts} each",
    "<for|at|regarding|as for> {names} <we have|take|assume|plan> {nouns} each",
    "<each of|every one of> {names} <is given|gets|has to have> {nouns}",
    "{names}<: | = | - >{shorts} <each|apiece|for each>",
)  # fmt: skip


def article(noun: str) -> str:
    return "an" if noun[0].lower() in "aeio" or noun.startswith("unl") else "a"


def class_noun(teller: Teller, index: int) -> str:
    """A noun for the class of an object; another word than its name where that is one."""
    nouns = CLASS_NOUNS[teller.cls(index)]
    if teller.mark.generic:
        name = teller.factory.stations[index].name.lower()
        nouns = tuple(noun for noun in nouns if noun.lower() not in name) or nouns
    return teller.rng.choice(nouns)


def groups(teller: Teller, indices: list[int], merge: float = 0.6) -> list[list[int]]:
    """Objects to be told of together because they are alike; others alone."""
    out: list[list[int]] = []
    for index in indices:
        mates = [group for group in out if len(group) < 6 and teller.alike([group[0], index])]
        if mates and teller.rng.random() < merge:
            mates[0].append(index)
        else:
            out.append([index])
    return out


def sentence_about(teller: Teller, group: list[int]) -> str:
    """Introduce one object or several alike; "" where nothing is to be told."""
    teller.known |= set(group)
    facts = teller.facts(group[0])
    if not facts and not teller.classes:
        return ""
    many = len(group) > 1
    forms: tuple[str, ...]
    if not teller.classes:
        forms = _MANY_PLAIN if many else _PLAIN
    elif facts:
        forms = _MANY if many else _ONE
    else:
        forms = _MANY_BARE if many else _ONE_BARE
        if teller.listed & set(group):
            forms = tuple(form for form in forms if not _says_nothing(form))
    if teller.mark.generic:
        forms = tuple(
            form for form in forms if "{noun} {name" not in form and "_} {name" not in form
        )
    return _filled(teller, teller.fill(teller.forms.pick(forms)), group)


def _says_nothing(form: str) -> bool:
    """Whether a form says that there is nothing to tell."""
    return any(word in form for word in ("no figures", "missing", "nothing special"))


def _filled(teller: Teller, form: str, group: list[int]) -> str:
    noun = class_noun(teller, group[0])
    two = len(group) == 2
    words = {
        "{names}": lambda: teller.mark.names_joined(group),
        "{name}": lambda: teller.mark.name(group[0]),
        "{nouns_}": lambda: plural(noun),
        "{noun}": lambda: noun,
        "{a}": lambda: article(noun),
        "{count}": lambda: COUNTS[len(group)],
        "{each}": lambda: teller.rng.choice(["each", "both" if two else "all"]),
        "{every}": lambda: teller.rng.choice(["each", "each one", "each of them"]),
        "{verbs}": lambda: teller.verbs(group, len(group) > 1),
        "{verb1}": lambda: teller.verbs(group),
        "{shorts}": lambda: teller.shorts(group),
        "{nouns}": lambda: teller.and_([teller.noun(f, group) for f in teller.facts(group[0])]),
    }
    for key, said in words.items():
        if key in form:
            form = form.replace(key, said())
    return form.replace(" each each", " each").replace("each with", "each with")


def all_sentences(teller: Teller, indices: list[int]) -> list[str]:
    """One sentence per group of objects, in their order."""
    said = [sentence_about(teller, group) for group in groups(teller, indices)]
    return [text for text in said if text]


def compared(teller: Teller, pair: list[int]) -> str:
    """ "the first takes 5 s, the second 6 s" for two objects just named."""
    first, second = (teller.verbs([index]) for index in pair)
    one, other = teller.rng.choice(
        [("the first", "the second"), ("the former", "the latter"), ("the first one", "the other")]
    )
    return f"{one} {first}, {other} {second}"
