"""Refinement turns: what people ask of a model that exists, and what it means."""

from __future__ import annotations

from collections.abc import Callable

from ...factories.factory import Factory
from .markup import Markup
from .prompts import sentence
from .restructure import append, connect, disconnect, insert, parallel, remove, rename, reroute
from .revalue import set_values
from .turn import Turn


def write_turn(factory: Factory, mark: Markup) -> tuple[str, Turn]:
    """One to three requests about `factory` (changed in place) as a template, and its pieces."""
    turn = Turn(factory, mark)
    said: list[str] = []
    for _ in range(mark.rng.choices([1, 2, 3], [70, 22, 8])[0]):
        writers: list[Callable[[Turn], str | None]] = [
            set_values,
            set_values,
            set_values,
            parallel,
            insert,
            remove,
            rename,
            connect,
            reroute,
            disconnect,
            append,
        ]
        for _attempt in range(6):
            text = mark.rng.choice(writers)(turn)
            if text:
                said.append(text)
                break
    politeness = mark.rng.choice(["", "", "", "Please ", "please ", "Now ", "Can you ", "OK, "])
    joint = mark.rng.choice([". ", ". ", "; ", ", and "])
    body = joint.join(said)
    return politeness + (body if mark.rng.random() < 0.5 else sentence(body, mark.rng)), turn
