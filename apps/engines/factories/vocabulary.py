"""Names of objects: a station word with an optional qualifier and numbering, or a code."""

from __future__ import annotations

import re
import string
from random import Random

from . import words_chinese
from .words import (
    ACTIONS,
    CELL_WORDS,
    CHINESE,
    CODE_PREFIXES,
    GENERIC,
    QUALIFIERS,
    ROLE_WORDS,
    WORDS_OF,
)
from .words_stations import GENERAL_STATIONS, STATIONS


def industry(rng: Random) -> str:
    """One of the thirteen industrial categories."""
    return rng.choice(sorted(STATIONS))


def station_words(class_name: str, category: str, rng: Random) -> tuple[str, ...]:
    if class_name in WORDS_OF:
        return WORDS_OF[class_name]
    return STATIONS[category] if rng.random() < 0.75 else GENERAL_STATIONS


def coined_word(rng: Random) -> str:
    """A pronounceable word that no dictionary has, so that names must be copied."""
    syllables = rng.randint(2, 3)
    text = "".join(
        rng.choice("bcdfghjklmnprstvwz") + rng.choice("aeiou") + rng.choice(["", "", "n", "r", "x"])
        for _ in range(syllables)
    )
    return text.capitalize()


def code_name(class_name: str, rng: Random) -> str:
    prefix = rng.choice(CODE_PREFIXES[class_name])
    joint = "" if prefix.endswith("_") else rng.choice(["", "", "-", "_", " ", "."])
    number = rng.choice(
        [str(rng.randint(1, 9)), f"{rng.randint(1, 20):02d}", str(rng.randint(100, 999))]
    )
    return prefix + joint + (number if rng.random() < 0.85 else rng.choice(string.ascii_uppercase))


def role_name(class_name: str, category: str, rng: Random) -> str:
    """ "Feed Queue", "Mill Buffer", "Ore Source": what it is for and what it is."""
    about = rng.choice(ACTIONS) if rng.random() < 0.6 else rng.choice(STATIONS[category])
    return f"{about} {rng.choice(ROLE_WORDS[class_name])}"


def plain_name(class_name: str, category: str, rng: Random) -> str:
    if rng.random() < 0.18:
        name = role_name(class_name, category, rng)
    else:
        name = rng.choice(station_words(class_name, category, rng))
    if rng.random() < 0.2:
        name = f"{rng.choice(QUALIFIERS)} {name}"
    roll = rng.random()
    if roll < 0.28:
        name = f"{name}{rng.choice([' ', ' ', '', '_', '-', ' #'])}{rng.randint(1, 9)}"
    elif roll < 0.38:
        name = f"{name} {rng.choice('ABCDE')}"
    elif roll < 0.41:
        name = f"{rng.choice('ABCDE')}{rng.randint(1, 4)} {name}"
    style = rng.random()
    if style < 0.1:
        name = name.lower()
    elif style < 0.16:
        name = name.replace(" ", "_")
    elif style < 0.2:
        name = name.replace(" ", "")
    elif style < 0.23:
        name = name.upper()
    return name


def object_name(class_name: str, category: str, rng: Random) -> str:
    """A made-up name for an object of `class_name` in an industrial category."""
    roll = rng.random()
    if roll < 0.68:
        return plain_name(class_name, category, rng)
    if roll < 0.84:
        return code_name(class_name, rng)
    if roll < 0.90:
        return coined_word(rng) + rng.choice(["", "", f" {rng.randint(1, 9)}"])
    if roll < 0.94:
        return rng.choice(CHINESE[class_name]) + rng.choice(["", "", str(rng.randint(1, 4))])
    return f"{coined_word(rng)} {rng.choice(station_words(class_name, category, rng))}"


def chinese_name(class_name: str, category: str, rng: Random, numbered: bool = False) -> str:
    """ "铣床", "缓存区A", "2号叉车"; with a number or a letter where `numbered`."""
    name = rng.choice(words_chinese.OBJECTS.get(class_name) or words_chinese.STATIONS[category])
    roll = rng.random() * (0.4 if numbered else 1.0)
    if roll < 0.18:
        return f"{name}{rng.randint(1, 12)}"
    if roll < 0.28:
        return f"{name}{rng.choice('ABCDE')}"
    if roll < 0.34:
        return f"{rng.randint(1, 9)}号{name}"
    if roll < 0.4:
        return f"{name}{rng.choice('一二三四五')}"
    return name


def generic_name(class_name: str, category: str, rng: Random) -> str:
    """A common noun as people use it when nothing has a name: "the drill", "a buffer"."""
    if class_name in GENERIC:
        return rng.choice(GENERIC[class_name])
    words = STATIONS[category] if rng.random() < 0.7 else GENERAL_STATIONS
    return rng.choice(words).lower() + rng.choice(CELL_WORDS)


def tells_class(name: str, class_name: str) -> bool:
    """Whether a reader would know the class from the name alone."""
    lists = dict(WORDS_OF)
    lists["Processor"] = tuple(w for words in STATIONS.values() for w in words) + GENERAL_STATIONS
    for key, words in GENERIC.items():
        lists[key] = (*lists[key], *words)
    said = _spaced(name)
    found = {key for key, words in lists.items() if any(_spaced(word) in said for word in words)}
    return found == {class_name}


def _spaced(name: str) -> str:
    """ " pallet rack " of "Pallet_Rack 2": words in lower case between blanks."""
    return f" {' '.join(words_in(name.lower()))} " if name.isascii() else name


def words_in(name: str) -> list[str]:
    """The words of a name, without numbers and signs: "Pallet", "Rack" of "Pallet_Rack 2"."""
    return re.findall(r"[^\W\d_]+", name)
