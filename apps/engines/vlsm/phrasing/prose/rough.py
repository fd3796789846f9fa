"""How real messages look: greetings, asides, fillers, slips of the keyboard, no capitals."""

from __future__ import annotations

import re

from ...numerals import WORDS
from .facts import Teller

OPENINGS = (
    "Could you build this line for me?", "Would you model the following?", "Can I get a FlexSim script for this:",
    "Please turn this into a simulation.", "Our {cat} line works like this.", "Here's what we have.",
    "I'd like to simulate our {cat} shop.", "Short description of the {cat} line:", "Next project: {cat}.",
    "How would this look in FlexSim?", "Let me describe the {cat} area.", "We're planning a new {cat} line.",
    "The task is a simulation of a {cat} process.", "I need a model by tomorrow.", "Model wanted:",
    "So this is how our {cat} hall works.", "Is it possible to simulate this?", "make me a model pls:",
    "Simulate this, please.", "Model of our {cat} area:", "Here goes:", "The process in short:", "Our setup:",
    "Current state of the {cat} shop:", "What I want modelled:", "Build:", "New layout, {cat}:", "Process description",
    "I was asked to simulate our {cat} department.", "This is about {cat}.", "The {cat} line, as it is today.",
)  # fmt: skip
SKETCHES = (
    "How it hangs together you can see in the drawing.", "For the flow, look at the picture.",
    "Connections: see sketch.", "I drew the flow, just follow the lines.", "The links are as in the sketch.",
    "What goes where is shown in the attached drawing.", "Wire it up as sketched.", "Flow as drawn!",
)  # fmt: skip
ASIDES = (
    "The hall measures {n} by {m} m.", "We work two shifts.", "Mondays are always slow.", "Ignore breakdowns for now.",
    "Our plant was built in 1998.", "I'd like to see where it jams.", "We'd like a higher output, of course.",
    "Colours don't matter.", "The ceiling is {n} m high.", "A shift has 8 hours.", "There are {n} lockers next door.",
    "Breaks can be left out.", "My boss wants to see it on Friday.", "Budget is tight this year.",
    "Everything else can stay at its default.", "We ship to {n} countries.", "Nothing else is special.",
    "The floor plan will follow later.", "Scrap can be neglected.", "Let it run for {m} hours, please.",
    "Run it for {m} hours.", "Simulate {m} days.", "Run length {m} h.", "A run of {m} hours is enough.",
    "Please simulate one week.", "Stop after {m} hours.", "The simulation should cover {m} days.",
    "Warm-up is {n} minutes.", "Take {m} replications.", "Simulation time: {n} minutes.", "We look at {m} shifts.",
    "The line was installed {m} years ago.", "{n} people work in this building.", "We open at {m} o'clock.",
    "Version {m} of the layout.", "Last year output rose by {n} %.", "The project number is {n}.",
    "Our target is {n} a day.", "The room is {n} square metres.", "See page {n} of the report.",
    "It is {n} degrees in there.", "We lost {n} orders last month.", "OEE is at {n} percent now.",
    "Energy does not matter here.", "Rework is rare.", "Safety stock is not modelled.", "Maintenance is on Sundays.",
    "No breakdowns, please.", "Setups are done by the shift lead.", "I only care about throughput.",
    "We'd like to halve the lead time.", "Quality is fine.", "Everything is first come, first served.",
    ("<Overtime|Inventory cost|Tool wear|Shift change|Energy use|Floor space|Labour cost|Buffer stock|Rework|Scrap|Lead time> "
    "<is not modelled|is left out|is ignored|can be ignored|plays no part|is out of scope|is not considered|comes later>."),
    ("<Lot sizes|Spare parts|Transport costs|Absences|Stock levels|Late orders|Ramp-up losses|Start-up effects> "
    "<are not modelled|are left out|are ignored|can be ignored|play no part|are out of scope|are not considered>."),
    ("<Leave out|Ignore|Skip|Forget|Don't model|Never mind|Neglect> <overtime|tool wear|shift changes|energy use|rework|scrap"
    "|stock levels|absences|start-up effects|the safety stock>."),
)  # fmt: skip
_FILLERS = (
    "so, ", "uh, ", "well, ", "okay so ", "you know, ", "basically ", "right, ", "um, ", "I mean, ", "and yeah, ",
    "as far as I know ", "let's see, ", "now, ", "alright, ", "fine, ", "good, ", "sure, ", "OK, ", "ok so ",
    "great, ", "yes, ", "first, ", "next, ", "then, ", "also, ", "by the way, ", "of course, ", "clearly, ",
    "usually, ", "normally, ", "today, ", "please, ", "again, ", "left over, ", "overall, ", "in short, ",
    "right then, ", "all right, ", "main thing: ", "new paragraph, ", "fast forward, ", "pre-warning, ", "old story: ",
    "anyway, ", "hm, ", "listen, ", "look, ", "finally, ", "at first, ", "in the end, ", "what else, ", "oh, and ",
    "important: ", "note, ", "so far so good, ", "just so you know, ", "actually, ", "here, ", "there, ", "likewise, ",
    "in general, ", "roughly speaking, ", "small thing: ", "long story short, ", "as I said, ", "meanwhile, ", "simply ",
    "right now, ", "left to say: ", "last, ", "start with this: ", "final remark: ", "station wise, ", "yep, ", "nope, ",
)  # fmt: skip
_MARKED = re.compile("([\ue000\ue001]\\d+\ue002)")
_WORD = re.compile(r"[a-z]{5,}")
_KEEP = frozenset(WORDS) | {"through", "until", "exponential", "normal", "uniform", "triangular"}


def aside(teller: Teller) -> str:
    """A sentence beside the point; its numbers belong to nothing."""
    form = teller.forms.pick(ASIDES)
    return form.replace("{n}", str(teller.rng.randint(3, 90))).replace(
        "{m}", str(teller.rng.randint(5, 40))
    )


def sentences(texts: list[str], joint: str = " ") -> str:
    """Clauses as sentences with capitals and full stops."""
    return joint.join(_sentence(text) for text in texts if text)


def _sentence(text: str) -> str:
    text = text.strip()
    if text and text[0].isascii() and text[0].isalpha():
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ":")) else text + "."


def spoken(teller: Teller, texts: list[str]) -> str:
    """As somebody talks: fillers, clauses strung together."""
    said = [
        (teller.forms.pick(_FILLERS) if teller.rng.random() < 0.5 else "") + text
        for text in texts
        if text
    ]
    return sentences(said)


def careless(text: str, teller: Teller) -> str:
    """Plain words in lower case, hardly any full stops; marks stay as they are."""
    parts = _MARKED.split(text)
    stop = teller.rng.choice([", ", "\n", " -- ", "; ", ". "])
    for rank in range(0, len(parts), 2):
        parts[rank] = re.sub(r"\. (?=\S|$)", lambda _: stop, parts[rank].lower()).replace("'", "")
    return "".join(parts).rstrip(". ")


def with_slips(text: str, teller: Teller, rate: float = 0.06) -> str:
    """Letters swapped, dropped or doubled in ordinary words, never in names, numbers or units."""
    parts = _MARKED.split(text)
    for rank in range(0, len(parts), 2):
        # The word right after a number may be its unit.
        head, rest = (parts[rank][:12], parts[rank][12:]) if rank else ("", parts[rank])
        parts[rank] = head + _WORD.sub(lambda found: _slip(found[0], teller, rate), rest)
    return "".join(parts)


def _slip(word: str, teller: Teller, rate: float) -> str:
    rng = teller.rng
    if rng.random() >= rate or word in _KEEP:
        return word
    at = rng.randrange(1, len(word) - 2)
    return rng.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        ]
    )
