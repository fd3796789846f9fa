"""Requests about names, ways and order: rename, connect, reroute, swap, move."""

from __future__ import annotations

from ...factories.roles import may_link
from .turn import Turn
from .turn_phrases import say


def rename(turn: Turn) -> str | None:
    """One object, or two at once, get new names."""
    found = turn.untouched()
    if not found:
        return None
    count = 2 if len(found) > 1 and turn.rng.random() < 0.15 else 1
    pairs = [(old, _renamed(turn, old)) for old in turn.rng.sample(found, count)]
    turn.last = pairs[0][1] if count == 1 else None
    names = [(turn.say(old), turn.mark.name(new)) for old, new in pairs]
    if count == 1:
        return say(turn, "rename", a=names[0][0], n=names[0][1])
    words = {"a": names[0][0], "n": names[0][1], "b": names[1][0], "m": names[1][1]}
    return say(turn, "rename_two", **words)


def _renamed(turn: Turn, old: int) -> int:
    """The station under its new name; pieces point to it by a new index."""
    station = turn.factory.stations[old]
    new = turn.add_station(station.class_name, True, dict(station.settings))
    turn.factory.links[:] = [
        (new if a == old else a, new if b == old else b) for a, b in turn.factory.links
    ]
    turn.removed.add(old)
    turn.touched.add(old)
    turn.emit("RENAME", old, new)
    return new


def connect(turn: Turn) -> str | None:
    """A further way."""
    rng, stations = turn.rng, turn.stations()
    sources = [i for i in stations if turn.factory.class_of(i) != "Sink"]
    if not sources:
        return None
    a = rng.choice(sources)
    known = set(turn.factory.successors(a))
    targets = [b for b in stations if b != a and b not in known and _open(turn, a, b)]
    count = 2 if len(targets) > 1 and rng.random() < 0.15 else 1
    if not targets:
        return None
    chosen = rng.sample(targets, count)
    for b in chosen:
        turn.link(a, b)
    turn.last = None
    words = dict(zip("bc", map(turn.say, chosen), strict=False))
    return say(turn, "connect" if count == 1 else "connect_two", a=turn.say(a), **words)


def _open(turn: Turn, a: int, b: int) -> bool:
    """Whether a way can be added that this turn did not speak of, and that no one goes back."""
    classes = turn.factory.class_of(a), turn.factory.class_of(b)
    return may_link(*classes) and (a, b) not in turn.rewired and (b, a) not in turn.factory.links


def disconnect(turn: Turn) -> str | None:
    """A way less; mostly one that is not the only one."""
    flows = turn.flows()
    spare = [
        (a, b)
        for a, b in flows
        if len(turn.factory.successors(a)) > 1 or len(turn.factory.predecessors(b)) > 1
    ]
    flows = spare if spare and turn.rng.random() < 0.8 else flows
    if not flows:
        return None
    a, b = turn.rng.choice(flows)
    turn.unlink(a, b)
    turn.last = None
    return say(turn, "disconnect", a=turn.say(a), b=turn.say(b))


def reroute(turn: Turn) -> str | None:
    """Another target, or another origin, of one way."""
    flows = turn.flows()
    if not flows:
        return None
    a, b = turn.rng.choice(flows)
    refeed = turn.rng.random() < 0.3
    others = [
        c
        for c in turn.stations()
        if c not in (a, b)
        and (_open(turn, c, b) if refeed else _open(turn, a, c))
        and ((c, b) if refeed else (a, c)) not in turn.factory.links
    ]
    if not others:
        return None
    c = turn.rng.choice(others)
    key = "refeed" if refeed else "reroute"
    turn.rewire(key.upper(), a, b, c)
    turn.last = None
    return say(turn, key, a=turn.say(a), b=turn.say(b), c=turn.say(c))


def _chained(turn: Turn, index: int) -> bool:
    """Whether a station stands between exactly two others, on ways not yet spoken of."""
    before, after = turn.factory.predecessors(index), turn.factory.successors(index)
    flows = turn.flows()
    return (
        len(before) == len(after) == 1
        and before != after
        and (before[0], index) in flows
        and (index, after[0]) in flows
    )


def swap(turn: Turn) -> str | None:
    """Two neighbours of a chain change places."""
    factory = turn.factory
    pairs = [(a, b) for a, b in turn.flows() if _chained(turn, a) and _chained(turn, b)]
    if not pairs:
        return None
    a, b = turn.rng.choice(pairs)
    before, after = factory.predecessors(a)[0], factory.successors(b)[0]
    if before == b or after in (a, before):
        return None
    turn.rewire("SWAP", a, b)
    turn.last = None
    return say(turn, "swap", a=turn.say(a), b=turn.say(b))


def move(turn: Turn) -> str | None:
    """A station of a chain to another place; its neighbours are joined."""
    factory, flows = turn.factory, turn.flows()
    movable = [a for a in turn.stations() if _chained(turn, a)]
    if not movable:
        return None
    a = turn.rng.choice(movable)
    before, after = factory.predecessors(a)[0], factory.successors(a)[0]
    places = [
        b
        for b, c in flows
        if a not in (b, c) and factory.successors(b) == [c] and (b, c) != (before, after)
    ]
    if not places or (before, after) in factory.links:
        return None
    b = turn.rng.choice(places)
    turn.rewire("MOVE", a, b)
    turn.last = a
    return say(turn, "move_after", a=turn.say(a), b=turn.say(b))
