"""Choosing among phrasings, a tenth of which training never sees.

A form may hold words to choose from, "<runs|works> at {n} m/s": it stands for a phrasing each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from random import Random

from ..turn_forms import is_held_out

_CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")


@cache
def phrasings(form: str, held_out: bool) -> tuple[str, ...]:
    """The phrasings of one split that `form` stands for."""
    parts = _CHOICE.split(form)
    words = [part.split("|") if k % 2 else [part] for k, part in enumerate(parts)]
    every = ("".join(chosen) for chosen in product(*words))
    return tuple(said for said in every if is_held_out(said) == held_out)


class Forms:
    """Draws phrasings of one split.

    Training draws those not held out. A held-out prompt draws held-out ones wherever a list has
    any, and others where it has none. `used` collects what was drawn.
    """

    def __init__(self, rng: Random, held_out: bool) -> None:
        self.rng, self.held_out = rng, held_out
        self.used: set[str] = set()

    def pick(self, forms: Sequence[str]) -> str:
        """A phrasing of one of `forms`; ValueError where a list has held-out phrasings only."""
        mine = self._of_split(forms, self.held_out)
        if not mine and not self.held_out:
            raise ValueError(f"All phrasings are held out; add another to {list(forms)!r}.")
        said = self.rng.choice(self.rng.choice(mine or self._of_split(forms, held_out=False)))
        self.used.add(said)
        return said

    def _of_split(self, forms: Sequence[str], held_out: bool) -> list[tuple[str, ...]]:
        return [said for form in forms if (said := phrasings(form, held_out))]
