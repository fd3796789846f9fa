"""How new objects are introduced in English when a model shall change."""

from __future__ import annotations

from ...factories.factory import Setting
from ...factories.vocabulary import tells_class
from .markup import NAME_OPEN
from .objects import class_noun, conjugate, noun_phrase, participle, terse, verb_phrase
from .turn import Turn

_NAMED = (
    "a {noun} {name}", "a {noun} called {name}", "{name} (a {noun})", "a new {noun} named {name}",
    "the {noun} {name}", "a {noun} with the name {name}", "{noun} {name}",
    "a {noun} that we call {name}", "the new {noun} {name}", "a {noun} named {name}",
)  # fmt: skip
_FURTHER_NAMED = (
    "one more {noun} called {name}", "an additional {noun} {name}",
    "another {noun} {name}", "a further {noun} {name}", "an extra {noun} named {name}",
)  # fmt: skip
_UNNAMED = ("a {noun}", "a {noun}", "a new {noun}", "a simple {noun}", "a {noun}")
_FURTHER = (
    "another {noun}", "one more {noun}", "an extra {noun}", "a further {noun}", "some {noun}",
    "an additional {noun}",
)  # fmt: skip
_SECOND = ("a second {noun}", "a 2nd {noun}", "another {noun}", "a new {noun}", "one more {noun}")
_AFTERWARDS = (
    ". It {verbs}", "; it {verbs}", ", it {verbs}", " and it {verbs}", ". It should have {nouns}",
    ", {terse}", ", {nouns}", ": {terse}", ". Give it {nouns}", " – {terse}",
)  # fmt: skip
_INSIDE = (
    " with {nouns}",
    " with {nouns}",
    " ({terse})",
    " that {verbs}",
    " {doing}",
    ", {terse},",
)


def introduce(turn: Turn, new: int, settings: list[Setting], manner: str) -> tuple[str, str]:
    """A new object in words, and what is said of it after the request. It comes "instead" of
    another, "also" or as one of a "second" kind beside those of its class."""
    rng, mark, cls = turn.rng, turn.mark, turn.factory.class_of(new)
    noun = class_noun(cls, rng)
    if new in turn.unnamed:
        called = turn.form(_unnamed(turn, cls, manner), noun=noun)
    elif manner != "instead" and tells_class(mark.names[new], cls) and rng.random() < 0.5:
        called = rng.choice(["{n}", "{n}", "a {n}", "the {n}", "a new {n}"]).replace(
            "{n}", mark.name(new)
        )
    else:
        forms = _NAMED * 2 + _FURTHER_NAMED * (manner != "instead")
        called = turn.form(forms, noun=noun, name=mark.name(new))
    called = _article(called, mark.names[new])
    if not settings:
        return called, ""
    inside = rng.random() < 0.45
    form = turn.form(_INSIDE if inside else _AFTERWARDS, **{key: f"{{{key}}}" for key in _PARTS})
    key = next(key for key in _PARTS if f"{{{key}}}" in form)
    told = form.replace(f"{{{key}}}", _PARTS[key](turn, settings, cls, new))
    if inside:
        return called + told, ""
    return called, told


def _unnamed(turn: Turn, cls: str, manner: str) -> tuple[str, ...]:
    if manner == "second":
        several = sum(station.class_name == cls for station in turn.factory.stations) > 2
        return _FURTHER if several else _SECOND
    return _UNNAMED + _FURTHER * (manner == "also")


def _article(called: str, name: str) -> str:
    """ "an inspection station" for "a inspection station"."""
    if not called.startswith("a "):
        return called
    rest = called[2:]
    first = name[:1] if rest.startswith(NAME_OPEN) else rest[:1]
    return ("an " if first and first.lower() in "aeiou" else "a ") + rest


def _verbs(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(conjugate(verb_phrase(s, cls, turn.mark, [new]), False) for s in settings)


def _nouns(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(noun_phrase(s, cls, turn.mark, [new]) for s in settings)


def _terse(turn: Turn, settings: list[Setting], _cls: str, new: int) -> str:
    return ", ".join(terse(s, turn.mark, [new]) for s in settings)


def _doing(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(participle(verb_phrase(s, cls, turn.mark, [new])) for s in settings)


_PARTS = {"verbs": _verbs, "nouns": _nouns, "terse": _terse, "doing": _doing}
