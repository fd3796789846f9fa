"""Words of a turn in its language."""

from __future__ import annotations

from ...factories.factory import Setting
from . import turn_chinese, turn_english, turn_english_forms
from .turn import Turn


def say(turn: Turn, key: str, **words: str) -> str:
    """A request of one kind."""
    forms = turn_chinese.FORMS if turn.chinese else turn_english_forms.FORMS
    return turn.form(forms[key], **words)


def introduce(turn: Turn, new: int, settings: list[Setting], manner: str) -> tuple[str, str]:
    """A new object in words, and what is said of it after the request."""
    if turn.chinese:
        return turn_chinese.introduce(turn, new, settings, manner)
    return turn_english.introduce(turn, new, settings, manner)


def chain(turn: Turn, indices: list[int]) -> str:
    """Stations in the order that items visit them."""
    names = [turn.mark.name(index) for index in indices]
    if turn.chinese:
        return turn.rng.choice(["、", "—", "→"]).join(names)
    joint = turn.rng.choice([" - ", " -> ", " and ", ", "] if len(names) < 3 else [" - ", " -> "])
    return joint.join(names)
