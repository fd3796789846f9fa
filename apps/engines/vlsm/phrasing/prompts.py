"""Whole prompts for a new model: paper-like paragraphs, prose, lists, tables and flow stories.

`compose` returns a template with marks (see `markup`). What is left unsaid (links, classes) must be
seen in the sketch.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from random import Random

from ...factories.factory import Factory, Setting
from ...factories.words import PRODUCTS
from .links import link_sentences, out_sentence
from .markup import Markup
from .objects import (
    CLASS_NOUNS,
    class_noun,
    conjugate,
    noun_phrase,
    participle,
    plural,
    terse,
    verb_phrase,
)
from .prose import compose_chinese, compose_prose
from .service import FLAGS, inferred, service_sentences

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OPENINGS = (
    "Build a model of a small {cat} shop.",
    "Create a FlexSim model of this {cat} line.",
    "Please generate the FlexScript for the following {cat} system.",
    "I need a simulation of our {cat} line.",
    "Model the line below.",
    "Here is our {cat} workshop.",
    "Generate a simulation model.",
    "We run a {cat} plant.",
    "Give me a model for this:",
    "This is a {cat} process.",
    "Set up the following production system.",
    "Can you build this model?",
    "Hi, could you model this {cat} line for me?",
)
_SKETCH = (
    "Use the sketch to infer all connections.",
    "The connections are in the sketch.",
    "Take the connections from the drawing.",
    "See the sketch for the routing.",
    "Follow the arrows in the picture.",
    "Connections as drawn.",
    "The layout and all links are shown in the sketch.",
    "Use the attached sketch for how things are connected.",
    "Connect everything as shown.",
)
_CLOSINGS = (
    "The shift lasts 8 hours.",
    "Run it for one day.",
    "We want to know the throughput.",
    "Thanks!",
    "All times are in seconds.",
    "Items wait when the next station is full.",
    "The hall is 40 by 25 meters.",
    "Keep it simple.",
    "We work in 2 shifts.",
    "Use first in, first out everywhere else.",
    "What is the bottleneck?",
)


FREE, CHINESE, AT_HOME = 0.6, 0.07, 0.85
"""How many prompts are free prose, notes and notation, how many of these are Chinese, and how many
are where all names are; the others are formulaic."""


def compose(
    factory: Factory, mark: Markup, *, links: bool, classes: bool, held_out: bool = False
) -> str:
    """A prompt that tells all settings, and links and classes where asked; `held_out` uses
    phrasings that training never sees."""
    rng = mark.rng
    at_home = all(not station.name.isascii() for station in factory.stations)
    if held_out or rng.random() < FREE or at_home:
        chinese = AT_HOME if at_home else CHINESE
        write = compose_chinese if rng.random() < chinese else compose_prose
        return write(factory, mark, links=links, classes=classes, held_out=held_out)
    writer = rng.choices([_paragraphs, _listing, _table, _story], [58, 20, 7, 15])[0]
    if writer is _story and not links:
        writer = _paragraphs
    service = service_sentences(factory, mark) if links else []
    spoken = _spoken(factory, mark, links)
    parts = [writer(spoken, mark, links, classes)]
    if service:
        parts.append(rng.choice([" ", "\n"]).join(sentence(text, rng) for text in service))
        if rng.random() < 0.3:
            parts.reverse()
    if rng.random() < 0.45:
        parts.insert(0, rng.choice(_OPENINGS).replace("{cat}", factory.category))
    if not links and rng.random() < 0.8:
        parts.insert(rng.randint(0, len(parts)), rng.choice(_SKETCH))
    if rng.random() < 0.2:
        parts.append(rng.choice(_CLOSINGS))
    return rng.choice([" ", " ", "\n", "\n\n"]).join(parts)


def _spoken(factory: Factory, mark: Markup, links: bool) -> Factory:
    """The factory without the flags that its links to resources imply, where these are told or
    seen; people say such things once."""
    spoken = copy.deepcopy(factory)
    for index, station in enumerate(spoken.stations):
        for flag in FLAGS:
            implied = links or inferred(factory, index, flag)
            if flag in station.settings and implied and mark.rng.random() < 0.6:
                del station.settings[flag]
    return spoken


def sentence(text: str, rng: Random) -> str:
    """Close a sentence; most people start it with a capital."""
    text = text.strip()
    if text and text[0].isascii() and text[0].islower() and rng.random() < 0.9:
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ":")) else text + "."


def _subject(indices: list[int], mark: Markup, noun: str | None) -> str:
    rng = mark.rng
    names = mark.names_joined(indices)
    many = len(indices) > 1
    if noun is None or mark.generic:
        return f"the {names}" if not many and rng.random() < 0.2 else names
    if many:
        return rng.choice([f"the {plural(noun)} {names}", f"{plural(noun)} {names}"])
    return rng.choice([f"the {noun} {names}", f"{noun} {names}", f"the {names} {noun}"])


def _join(parts: list[str], rng: Random) -> str:
    if len(parts) == 1:
        return parts[0]
    joint = rng.choice([" and ", " and ", ", and ", " plus "])
    return ", ".join(parts[:-1]) + joint + parts[-1]


def _verbs(settings: list[Setting], cls: str, mark: Markup, owners: list[int]) -> str:
    many = len(owners) > 1
    phrases = [conjugate(verb_phrase(item, cls, mark, owners), many) for item in settings]
    each = "each " if many and mark.rng.random() < 0.5 else ""
    return each + _join(phrases, mark.rng)


def _withs(settings: list[Setting], cls: str, mark: Markup, owners: list[int]) -> str:
    phrases = [noun_phrase(item, cls, mark, owners) for item in settings]
    each = "each " if len(owners) > 1 and mark.rng.random() < 0.5 else ""
    return f"{each}with {_join(phrases, mark.rng)}"


def introduce(
    indices: list[int], cls: str, settings: list[Setting], mark: Markup, classes: bool
) -> list[str]:
    """Sentences that name objects, say their class where asked, and their settings."""
    rng = mark.rng
    many = len(indices) > 1
    noun = class_noun(cls, rng)
    article = "an" if noun[0].lower() in "aeiou" else "a"
    if not settings and not classes:
        return []
    if not classes:
        subject = _subject(indices, mark, None)
        if rng.random() < 0.75:
            return [f"{subject} {_verbs(settings, cls, mark, indices)}"]
        return [f"{subject}: {_join([terse(s, mark, indices) for s in settings], rng)}"]
    isa = f"are {plural(noun)}" if many else f"is {article} {noun}"
    names = mark.names_joined(indices)
    if not settings and mark.generic:
        return [f"{names} {isa}"]
    if not settings:
        forms = [f"{names} {isa}", f"{names} {isa}", _existence(names, noun, article, indices, rng)]
        if not many:
            forms += [f"{item_leave(rng)} through the {noun} {names}"] if cls == "Sink" else []
        return [rng.choice(forms)]
    roll = rng.random()
    if roll < 0.25:
        return [f"{names} {isa} {_withs(settings, cls, mark, indices)}"]
    if roll < 0.32:
        doing = [participle(verb_phrase(item, cls, mark, indices)) for item in settings]
        each = rng.choice([" ", ", each " if many else ", "])
        if len(doing) > 1 and rng.random() < 0.5:
            return [f"{names} {isa} {doing[0]}{each}{_join(doing[1:], rng)}"]
        return [f"{names} {isa} {_join(doing, rng)}"]
    if roll < 0.42:
        return [f"{names} {isa} that {_verbs(settings, cls, mark, indices)}"]
    if roll < 0.62:
        return [f"{_subject(indices, mark, noun)} {_verbs(settings, cls, mark, indices)}"]
    if roll < 0.75 and not mark.generic:
        there = _existence(names, noun, article, indices, rng)
        return [f"{there}, {_withs(settings, cls, mark, indices)}"]
    if roll < 0.85:
        pronoun = "They" if many else "It"
        return [f"{names} {isa}", f"{pronoun} {_verbs(settings, cls, mark, indices)}"]
    if roll < 0.92:
        first, rest = settings[:1], settings[1:]
        pronoun = rng.choice(["They also", "They"] if many else ["It also", "It"])
        said = [f"{names} {isa} {_withs(first, cls, mark, indices)}"]
        return said + ([f"{pronoun} {_verbs(rest, cls, mark, indices)}"] if rest else [])
    inside = _join([terse(s, mark, indices) for s in settings], rng)
    return [f"{names} ({noun if not many else plural(noun)}): {inside}"]


def item_leave(rng: Random) -> str:
    return f"{rng.choice(PRODUCTS).capitalize()} {rng.choice(['leave', 'exit', 'finish'])}"


def _existence(names: str, noun: str, article: str, indices: list[int], rng: Random) -> str:
    if len(indices) > 1:
        count = COUNTS[len(indices)] if len(indices) < len(COUNTS) else str(len(indices))
        return rng.choice(
            [
                f"There are {count} {plural(noun)}, {names}",
                f"We have {count} {plural(noun)}: {names}",
                f"{count.capitalize()} {plural(noun)} ({names}) are used",
            ]
        )
    return rng.choice(
        [
            f"There is {article} {noun} called {names}",
            f"There is {article} {noun} named {names}",
            f"We have {article} {noun} {names}",
            f"Add {article} {noun} {names}",
            f"The model has {article} {noun}, {names}",
            f"Create {article} {noun} with the name {names}",
        ]
    )


def _groups(factory: Factory, rng: Random) -> list[tuple[list[int], list[Setting]]]:
    """Objects to be told of together: same class, same settings; else one by one."""
    merge = rng.random() < 0.7
    groups: dict[object, list[int]] = defaultdict(list)
    for index, station in enumerate(factory.stations):
        same = (station.class_name, tuple(station.settings.values()))
        groups[same if merge and rng.random() < 0.9 else index].append(index)
    return [
        (indices, list(factory.stations[indices[0]].settings.values()))
        for indices in groups.values()
    ]


_WIDE_NOUNS = {"Queue": ("queue", "buffer"), "Processor": ("processor", "machine", "station")}


def _class_wide(factory: Factory, mark: Markup) -> tuple[list[str], set[tuple[int, str]]]:
    """ "All processors have a setup time of 5 s": said once for a whole class."""
    rng = mark.rng
    said: list[str] = []
    done: set[tuple[int, str]] = set()
    for cls in dict.fromkeys(station.class_name for station in factory.stations):
        members = [i for i, s in enumerate(factory.stations) if s.class_name == cls]
        if len(members) < 2:
            continue
        for prop, setting in factory.stations[members[0]].settings.items():
            shared = all(factory.stations[i].settings.get(prop) == setting for i in members)
            if shared and rng.random() < 0.4:
                noun = rng.choice(_WIDE_NOUNS.get(cls, (CLASS_NOUNS[cls][0],)))
                every = rng.random() < 0.35
                subject = rng.choice(
                    [f"each {noun}", f"every {noun}"]
                    if every
                    else [f"all {plural(noun)}", f"the {plural(noun)}", f"all the {plural(noun)}"]
                )
                verb = conjugate(verb_phrase(setting, cls, mark, members), not every)
                said.append(f"{subject} {verb}")
                done |= {(i, prop) for i in members}
    return said, done


def _paragraphs(factory: Factory, mark: Markup, links: bool, classes: bool) -> str:
    """Sentences per object or group, links before, after or in between."""
    rng = mark.rng
    wide, done = _class_wide(factory, mark) if classes and rng.random() < 0.5 else ([], set())
    blocks: list[list[str]] = []
    for indices, settings in _groups(factory, rng):
        cls = factory.stations[indices[0]].class_name
        left = [item for item in settings if (indices[0], item.prop) not in done]
        rng.shuffle(left)
        blocks.append(introduce(indices, cls, left, mark, classes))
    if rng.random() < 0.4:
        rng.shuffle(blocks)
    blocks += [[text] for text in wide]
    told = [[text] for text in link_sentences(factory, mark)] if links else []
    if rng.random() < 0.25:
        rng.shuffle(told)
    where = rng.random()
    if where < 0.6:
        blocks = blocks + told
    elif where < 0.8:
        blocks = told + blocks
    else:
        blocks = _interleave(blocks, told, rng)
    joint = rng.choice([" ", " ", " ", "\n"])
    return joint.join(sentence(text, rng) for block in blocks for text in block)


def _interleave(first: list[list[str]], second: list[list[str]], rng: Random) -> list[list[str]]:
    out: list[list[str]] = []
    first, second = list(first), list(second)
    while first or second:
        source = (
            first
            if first and (not second or rng.random() < len(first) / (len(first) + len(second)))
            else second
        )
        out.append(source.pop(0))
    return out


def _listing(factory: Factory, mark: Markup, links: bool, classes: bool) -> str:
    """One line per object, as in notes and specifications."""
    rng = mark.rng
    bullet = rng.choice(["- ", "* ", "", "• ", "# "])
    lines: list[str] = []
    inline = links and rng.random() < 0.3
    for index, station in enumerate(factory.stations):
        settings = list(station.settings.values())
        if not classes and not settings and not inline:
            continue
        noun = class_noun(station.class_name, rng)
        head = mark.name(index)
        if classes:
            head = rng.choice(
                [
                    f"{head} ({noun})",
                    f"{head}: {noun}",
                    f"{head}, {noun}",
                    f"{noun}: {head}",
                    f"{head}, a {noun}" if mark.generic else f"{noun} {head}",
                ]
            )
        facts = [terse(item, mark, [index]) for item in settings]
        if inline and factory.successors(index):
            verb = rng.choice(["-> ", "→ ", "to ", "next: ", "feeds ", "goes to "])
            facts.append(verb + mark.names_joined(factory.successors(index)))
        joint = rng.choice([", ", "; ", ", "])
        lines.append(
            bullet + head + (rng.choice([": ", ", ", " - "]) + joint.join(facts) if facts else "")
        )
    text = rng.choice(["\n", "\n", "\n", "; "]).join(lines)
    if links and not inline:
        header = rng.choice(["", "Connections:\n", "Routing:\n", "Links: ", "Flow: "])
        joint = rng.choice(["\n", "\n", "; ", ". "])
        text += "\n" + header + joint.join(link_sentences(factory, mark))
    return text


def _table(factory: Factory, mark: Markup, links: bool, _classes: bool) -> str:
    """A table with separators, as pasted from a spreadsheet."""
    rng = mark.rng
    bar = rng.choice([" | ", "\t", ", ", "; "])
    head = ["name", "type", "data"] + (["next"] if links else [])
    lines = [bar.join(head)] if rng.random() < 0.7 else []
    for index, station in enumerate(factory.stations):
        facts = [terse(item, mark, [index]) for item in station.settings.values()]
        row = [mark.name(index), class_noun(station.class_name, rng), ", ".join(facts) or "-"]
        if links:
            row.append(
                mark.names_joined(factory.successors(index)) if factory.successors(index) else "-"
            )
        lines.append(bar.join(row))
    return "\n".join(lines)


def _story(factory: Factory, mark: Markup, _links: bool, classes: bool) -> str:
    """Follows the items: each object is introduced, then where its items go."""
    rng = mark.rng
    said: list[str] = []
    for index, station in enumerate(factory.stations):
        settings = list(station.settings.values())
        targets = factory.successors(index)
        intro = introduce([index], station.class_name, settings, mark, classes)
        said += intro
        if targets and intro and rng.random() < 0.35:
            pronoun = rng.choice(
                [
                    "From there {i} go to {t}",
                    "Then {i} go to {t}",
                    "It feeds {t}",
                    "Its output goes to {t}",
                    "It then sends {i} to {t}",
                    "Afterwards they move to {t}",
                ]
            )
            said.append(
                pronoun.replace("{i}", rng.choice(["parts", "items", "they"])).replace(
                    "{t}", mark.names_joined(targets)
                )
            )
        elif targets:
            said.append(out_sentence(index, targets, mark))
    return " ".join(sentence(text, rng) for text in said)
