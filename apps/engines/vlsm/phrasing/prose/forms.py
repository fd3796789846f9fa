"""Choosing among phrasings, a tenth of which training never sees."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random


def is_held_out(form: str) -> bool:
    """Whether a phrasing belongs to the tenth kept for testing; its text alone decides."""
    return hashlib.blake2b(form.encode(), digest_size=2).digest()[0] % 10 == 0


class Forms:
    """Draws phrasings of one split.

    Training draws those not held out. A held-out prompt draws held-out ones wherever a list has
    any, and others where it has none. `used` collects what was drawn.
    """

    def __init__(self, rng: Random, held_out: bool) -> None:
        self.rng, self.held_out = rng, held_out
        self.used: set[str] = set()

    def pick(self, forms: Sequence[str]) -> str:
        """One of `forms`; ValueError where a list has held-out phrasings only."""
        mine = [form for form in forms if is_held_out(form) == self.held_out]
        if not mine and not self.held_out:
            raise ValueError(f"All phrasings are held out; add another to {list(forms)!r}.")
        form = self.rng.choice(mine or list(forms))
        self.used.add(form)
        return form
