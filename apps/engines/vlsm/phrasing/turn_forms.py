"""Choosing between phrasings: a tenth of all templates, by a hash of their text, is held out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random


def is_held_out(template: str) -> bool:
    """Whether training never sees this phrasing."""
    return hashlib.blake2b(template.encode(), digest_size=2).digest()[0] % 10 == 0


def choose(templates: Sequence[str], rng: Random, held_out: bool) -> str:
    """A template of the part asked for; a set without a held-out one gives any of its own."""
    part = [item for item in templates if is_held_out(item) == held_out]
    return rng.choice(part or list(templates))
