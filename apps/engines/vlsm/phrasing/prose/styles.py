"""Whole prompts in prose: reports, letters, talk, notes, steps, questions and answers."""

from __future__ import annotations

from .crew import crew_sentences, resources
from .describe import all_sentences, groups, sentence_about
from .facts import Teller
from .flow import flow_clauses, link_clause
from .insertion import insertions, put_in_later, told_without
from .lists import gathered
from .rough import careless, sentences, spoken
from .walk import walk


def _everything(teller: Teller) -> list[str]:
    """Objects, links and crew as clauses, in one of several orders."""
    rng = teller.rng
    away = set(resources(teller))
    stations = [i for i in range(len(teller.factory.stations)) if i not in away]
    lists = gathered(teller, stations)
    objects = all_sentences(teller, stations)
    objects = lists + objects if rng.random() < 0.2 else objects + lists
    flow = _flow(teller) if teller.links else []
    crew = crew_sentences(teller)
    roll = rng.random()
    if roll < 0.45:
        return objects + flow + crew
    if roll < 0.75:
        return flow + objects + crew
    if roll < 0.85:
        return crew + flow + objects
    mixed = [objects, flow]
    out: list[str] = []
    while any(mixed):
        rest = [part for part in mixed if part]
        out.append(rng.choice(rest).pop(0))
    return out + crew


def _flow(teller: Teller) -> list[str]:
    """All links; what stands in between may come after them."""
    later = put_in_later(teller)
    with told_without(teller, later):
        said = flow_clauses(teller)
    return said + insertions(teller, later)


def _clauses(teller: Teller) -> list[str]:
    """All clauses; along the flow most of the time."""
    if teller.links and teller.rng.random() < 0.65:
        return walk(teller) + crew_sentences(teller)
    return _everything(teller)


def journey(teller: Teller) -> str:
    """Follows the items, in sentences."""
    if not teller.links:
        return report(teller)
    return sentences(walk(teller) + crew_sentences(teller), teller.rng.choice([" ", " ", "\n"]))


def report(teller: Teller) -> str:
    """Objects and links in separate sentences."""
    return sentences(_everything(teller), teller.rng.choice([" ", " ", "\n"]))


def letter(teller: Teller) -> str:
    """An e-mail with greeting and ending."""
    hello = teller.pick(
        "Hi,",
        "Hello,",
        "Dear team,",
        "Hi all,",
        "Good morning,",
        "Hey,",
        "Dear colleagues,",
        "Hello there,",
    )
    why = teller.pick(
        "as discussed, here is the line:", "we'd need a model of the following.", "can you set this up?",
        "attached what I know about the line.", "here's the description I promised.", "this is what we talked about:",
        "I'm looking for a simulation of this:", "a quick one for you.",
    )  # fmt: skip
    bye = teller.pick(
        "Thanks!",
        "Best regards",
        "Cheers",
        "Kind regards",
        "Many thanks in advance",
        "Let me know if anything is missing.",
        "BR",
    )
    return f"{hello}\n{why}\n{sentences(_clauses(teller))}\n{bye}"


def question(teller: Teller) -> str:
    """A request with the description behind it."""
    ask = teller.pick(
        "Could you build a model where the following holds?", "Would it be possible to model this?",
        "Can you simulate a line like this one?", "How do I model this:", "Could you create this for me, please?",
        "What would the script for this be?", "Any chance you could build this?",
    )  # fmt: skip
    body = sentences(_clauses(teller))
    return f"{ask} {body}" if teller.rng.random() < 0.6 else f"{body} {ask.replace(':', '?')}"


def talk(teller: Teller) -> str:
    """As dictated."""
    return spoken(teller, _clauses(teller))


def notes(teller: Teller) -> str:
    """Bullet points."""
    bullet = teller.rng.choice(["- ", "* ", "• ", "> ", "-- "])
    return "\n".join(bullet + text for text in _clauses(teller) if text)


def steps(teller: Teller) -> str:
    """Numbered in words or letters, so that no digit is mistaken for a value."""
    marks = teller.rng.choice(
        [
            [f"{letter}) " for letter in "abcdefghijklmnopqrstuvwxyz"],
            ["First: ", "Second: ", "Third: ", *["Next: "] * 60],
            ["Step A: ", "Step B: ", "Step C: ", *["Further: "] * 60],
            [f"({number}) " for number in range(1, 60)],
        ]
    )
    said = [text for text in _clauses(teller) if text]
    return "\n".join((marks[k] if k < len(marks) else "- ") + text for k, text in enumerate(said))


def careless_note(teller: Teller) -> str:
    """All lower case, hardly any punctuation."""
    return careless(sentences(_clauses(teller)), teller)


def requirements(teller: Teller) -> str:
    """What the model shall do."""
    head = teller.pick(
        "Requirements:",
        "The model must meet these points:",
        "Specification",
        "What we ask for:",
        "Functional description",
    )
    said = [text for text in _everything(teller) if text]
    tag = teller.rng.choice(["R", "REQ-", "F"])
    lines = [f"{tag}{k + 1}: {text}" for k, text in enumerate(said)]
    return head + "\n" + "\n".join(lines)


def backwards(teller: Teller) -> str:
    """From the exit upstream: every object and then what it gets its items from."""
    if not teller.links:
        return report(teller)
    away = set(resources(teller))
    said: list[str] = []
    for index in reversed(range(len(teller.factory.stations))):
        if index in away:
            continue
        said.append(sentence_about(teller, [index]))
        before = teller.factory.predecessors(index)
        if before:
            said.append(link_clause(teller, before, [index], "b"))
    return sentences(said + crew_sentences(teller))


def station_by_station(teller: Teller) -> str:
    """A paragraph per object: what it is, what it does, where its items go."""
    away = set(resources(teller))
    blocks: list[str] = []
    for group in groups(
        teller, [i for i in range(len(teller.factory.stations)) if i not in away], 0.3
    ):
        said = [sentence_about(teller, group)]
        if teller.links:
            said += [
                link_clause(teller, [i], teller.factory.successors(i))
                for i in group
                if teller.factory.successors(i)
            ]
        blocks.append(sentences(said))
    blocks += [sentences(crew_sentences(teller))]
    return teller.rng.choice(["\n", "\n\n", " "]).join(block for block in blocks if block)


def answers(teller: Teller) -> str:
    """A form filled in: what stands where, what happens, who works there."""
    away = set(resources(teller))
    objects = all_sentences(
        teller, [i for i in range(len(teller.factory.stations)) if i not in away]
    )
    parts = [
        (
            teller.pick("Which stations are there?", "What do you have?", "Equipment?", "Objects:"),
            objects,
        )
    ]
    if teller.links:
        parts.append(
            (
                teller.pick(
                    "How do the items move?", "Flow?", "What comes after what?", "Material flow:"
                ),
                _flow(teller),
            )
        )
    crew = crew_sentences(teller)
    parts.append(
        (
            teller.pick(
                "Who works there?", "People and vehicles?", "Resources:", "Staff and transport?"
            ),
            crew,
        )
    )
    return "\n".join(f"{head} {sentences(said)}" for head, said in parts if said)


def run_on(teller: Teller) -> str:
    """One long sentence, joined by commas and semicolons."""
    joint = teller.rng.choice(["; ", ", and ", " -- ", "; "])
    return joint.join(text for text in _clauses(teller) if text) + teller.rng.choice([".", "", "!"])
