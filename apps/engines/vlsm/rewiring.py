"""Changes of the way of items that people name as one: "after the oven", "swap them", "instead of".

A refinement says such a change in one statement; what it means for the connections follows from
those that are there. The pieces, the grammar and the writer share these meanings.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
"""A station, or what stands for it."""
Flow = list[tuple[K, K]]
"""Connections that items take, from source to target."""


def _after(flow: Flow[K], place: K, item: K) -> Flow[K]:
    """`item` behind `place`: all that left `place` leaves `item` now."""
    return [*((item if a == place else a, b) for a, b in flow), (place, item)]


def _before(flow: Flow[K], place: K, item: K) -> Flow[K]:
    """`item` in front of `place`: all that came to `place` comes to `item` now."""
    return [*((a, item if b == place else b) for a, b in flow), (item, place)]


def _between(flow: Flow[K], source: K, target: K, item: K) -> Flow[K]:
    """`item` into one connection."""
    rest = [pair for pair in flow if pair != (source, target)]
    return [*rest, (source, item), (item, target)]


def bypassed(flow: Flow[K], item: K) -> Flow[K]:
    """The way without `item`: what came before it is joined to what came after it."""
    before, after = [a for a, b in flow if b == item], [b for a, b in flow if a == item]
    rest = [pair for pair in flow if item not in pair]
    return rest + [(a, b) for a in before for b in after if a != b]


def _move(flow: Flow[K], item: K, place: K) -> Flow[K]:
    """`item` leaves its place and comes behind `place`."""
    return _after(bypassed(flow, item), place, item)


def _swap(flow: Flow[K], one: K, other: K) -> Flow[K]:
    """Two stations change places."""
    new = {one: other, other: one}
    return [(new.get(a, a), new.get(b, b)) for a, b in flow]


def _replace(flow: Flow[K], old: K, new: K) -> Flow[K]:
    """`new` takes the place of `old`."""
    return [(new if a == old else a, new if b == old else b) for a, b in flow]


def _reroute(flow: Flow[K], source: K, target: K, other: K) -> Flow[K]:
    """What `source` sent to `target` goes to `other`."""
    return [(a, other) if (a, b) == (source, target) else (a, b) for a, b in flow]


def _refeed(flow: Flow[K], source: K, target: K, other: K) -> Flow[K]:
    """What `source` sent to `target` comes from `other`."""
    return [(other, b) if (a, b) == (source, target) else (a, b) for a, b in flow]


REWIRING: dict[str, tuple[tuple[str, ...], Callable[..., Flow[Any]]]] = {
    "AFTER": (("sender", "passage"), _after),
    "BEFORE": (("receiver", "passage"), _before),
    "BETWEEN": (("feeding", "fed", "passage"), _between),
    "MOVE": (("passage", "sender"), _move),
    "SWAP": (("passage", "passage"), _swap),
    "REPLACE": (("passage", "passage"), _replace),
    "REROUTE": (("feeding", "fed", "receiver"), _reroute),
    "REFEED": (("feeding", "fed", "sender"), _refeed),
}
"""Statement → what it points to, in order, and what it does. A sender is no Sink, a receiver no
Source, a passage neither; "fed" is fed by the one before."""


def rewired(head: str, ends: Sequence[K], flow: Sequence[tuple[K, K]]) -> Flow[K]:
    """The connections of items after a statement; `flow` holds those before it."""
    _, change = REWIRING[head]
    found: Flow[K] = change(list(flow), *ends)
    return [pair for pair in dict.fromkeys(found) if pair[0] != pair[1]]


def apart(clones: Sequence[tuple[K, K]], flow: Sequence[tuple[K, K]]) -> Flow[K]:
    """(origin, copy) pairs become a line of their own: no way leads from one line to the other."""
    origins, copies = {a for a, _ in clones}, {b for _, b in clones}
    return [
        (a, b)
        for a, b in flow
        if not (a in origins and b in copies) and not (a in copies and b in origins)
    ]
