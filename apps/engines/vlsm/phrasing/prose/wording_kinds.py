"""How one kind of fact is worded."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """How a kind of fact is told; `value` is what stands after a key."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    shorts: tuple[str, ...]
    keys: tuple[str, ...]
    value: str = "{n}"
