"""Several requests as one message: openings, joints, lists, lower case, slips of the finger."""

from __future__ import annotations

import re
from random import Random

from .prompts import sentence
from .turn import Turn
from .turn_chinese import ASKING as CHINESE_ASKING
from .turn_chinese import JOINTS as CHINESE_JOINTS
from .turn_chinese import OPENINGS as CHINESE_OPENINGS
from .turn_chinese import VERBS as CHINESE_VERBS

_IMPERATIVES = frozenset(
    "add put insert place remove delete drop take get leave skip rename call change give name use "
    "relabel set connect link let draw join route wire disconnect cut unlink break stop reroute "
    "move send redirect unplug replace feed swap exchange reverse do switch shift relocate "
    "substitute turn duplicate double clone copy triple make install create build append attach "
    "have limit update adjust correct fix modify edit enter increase raise extend reduce lower "
    "assign free separate decouple squeeze eliminate throw erase omit bypass run also".split()
)
_ASKING = ("Can you {}?", "Could you {}?", "Could you please {}?", "Would you {}?", "can you {}")
_WISHING = (
    "Please {}", "please {}", "I'd like you to {}", "We need to {}", "Let's {}", "Now {}", "I want to {}",
    "We should {}", "Next, {}", "pls {}", "Go ahead and {}", "You should {}", "Then {}",
)  # fmt: skip
_OPENING = (
    "OK, ", "Now ", "Actually, ", "One more thing: ", "Hi, ", "Sorry, ", "Thanks! ", "Good. ", "Hmm, ",
    "Oh, and ", "A small change: ", "Next: ", "My mistake: ", "Nice, but ", "Wait, ", "Hello, ",
)  # fmt: skip
_CLOSING = (
    " Thanks!",
    " Thank you.",
    " please",
    " The rest stays as it is.",
    " Nothing else.",
    " thx",
)
_JOINTS = (
    ". ", ". ", ". ", "; ", "; ", ", and ", " and ", ". Also, ", ", then ", ". Then ", ". And ", ", also ",
    "\n", ". Besides, ", ", plus ", " + ",
)  # fmt: skip
_MARKERS = ("- ", "* ", "{}. ", "{}) ", "• ", "({}) ")
_WORD = re.compile(r"(?<![\ue000-\ue002\w])[a-z]{5,}(?![\w\ue000-\ue002])")
TYPO_RATE, LOWER_RATE = 0.08, 0.12


def compose(said: list[str], turn: Turn) -> str:
    """The message."""
    rng = turn.rng
    if turn.chinese:
        return _chinese(said, rng)
    if len(said) > 1 and rng.random() < 0.15:
        return _listed(said, rng)
    first, *rest = said
    text = _opened(first, rng)
    for item in rest:
        joint = rng.choice(_JOINTS)
        text = text.rstrip("?") if joint[0] in ",;. " and rng.random() < 0.9 else text
        starts = joint in (". ", "\n") and rng.random() < 0.85
        text += joint + (_capital(item) if starts else item)
    if rng.random() < 0.07:
        closing = rng.choice(_CLOSING)
        text = text.rstrip(".") + ("." if closing[1].isupper() else "") + closing
    elif rng.random() < 0.5 and not text.endswith("?"):
        text = sentence(text, rng)
    if rng.random() < LOWER_RATE:
        text = text.lower()
    return misspelt(text, rng) if rng.random() < TYPO_RATE else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def _opened(text: str, rng: Random) -> str:
    roll = rng.random()
    verb = text.split(" ", 1)[0]
    asks = text.endswith("?")
    if verb in _IMPERATIVES and not asks and roll < 0.35:
        if "." not in text and roll < 0.12:
            return rng.choice(_ASKING).replace("{}", text)
        return rng.choice(_WISHING).replace("{}", text)
    if roll > 0.85:
        return rng.choice(_OPENING) + text
    return text


def _listed(said: list[str], rng: Random) -> str:
    marker = rng.choice(_MARKERS)
    head = rng.choice(["", "", "Changes:\n", "Please change:\n", "Two things:\n" if len(said) == 2 else "", "Next steps:\n"])  # fmt: skip
    return head + "\n".join(marker.format(k + 1) + text for k, text in enumerate(said))


def _chinese(said: list[str], rng: Random) -> str:
    joint = rng.choice(CHINESE_JOINTS)
    text = joint.join(item.rstrip("。") for item in said)
    if text[0] in CHINESE_VERBS:
        text = rng.choice(CHINESE_ASKING) + text
    elif not text.startswith("请"):
        text = rng.choice(CHINESE_OPENINGS) + text
    return text if text.endswith("？") or rng.random() < 0.4 else text + "。"


def misspelt(text: str, rng: Random) -> str:
    """One or two ordinary words with letters swapped, dropped or doubled."""
    for _ in range(rng.choice([1, 1, 2])):
        words = list(_WORD.finditer(text))
        if not words:
            return text
        word = rng.choice(words)
        place = rng.randrange(word.start() + 1, word.end() - 2)
        pair = text[place : place + 2]
        slip = rng.choice([pair[::-1], pair[0], pair[0] + pair])
        text = text[:place] + slip + text[place + 2 :]
    return text
