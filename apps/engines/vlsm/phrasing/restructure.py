"""Requests for more or fewer objects: twins, whole lines, insertions, sources, exits, removals.

Every function changes the factory, emits the pieces and returns the sentence, or None where the
factory has no room for such a request.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...factories.factory import MAX_OBJECTS, Setting, sample_settings
from ...factories.vocabulary import generic_name, tells_class
from ..rewiring import apart
from .objects import plural
from .revalue import plural_noun
from .turn import FRESH, Turn
from .turn_chinese import sayable
from .turn_phrases import chain, introduce, say

_TWINNED = ("Processor", "Processor", "Queue", "Separator", "Rack", "StraightConveyor")
_INSERTED = ("Queue", "Queue", "Queue", "Processor", "Processor", "Processor", "StraightConveyor", "Rack", "Separator")  # fmt: skip


def room(turn: Turn, named: bool, count: int = 1) -> bool:
    """Whether more objects fit, named or not."""
    full = len(turn.factory.stations) - len(turn.removed) + count > MAX_OBJECTS + 4
    return not full and (named or len(turn.unnamed) + count <= FRESH)


def parallel(turn: Turn) -> str | None:
    """ "Add a second mill in parallel": one or two twins with the same settings and links."""
    rng = turn.rng
    found = turn.untouched(*_TWINNED)
    named, count = rng.random() < 0.5, 2 if rng.random() < 0.12 else 1
    if not found or not room(turn, named, count):
        return None
    origin = rng.choice(found)
    twins = [twin(turn, origin, named) for _ in range(count)]
    for new in twins:
        turn.emit("CLONE", origin, new)
    turn.touched.add(origin)
    turn.last = twins[0] if count == 1 else None
    words = {"a": turn.say(origin), "old": turn.mark.name(origin)}
    if named:
        words |= dict(zip("nm", map(turn.mark.name, twins), strict=False))
    key = ("clone", "clone_named", "clone_two", "clone_two_named")[named + 2 * (count - 1)]
    return say(turn, key, **words)


def twin(turn: Turn, origin: int, named: bool) -> int:
    """A twin with all links of the origin."""
    factory, station = turn.factory, turn.factory.stations[origin]
    new = turn.add_station(station.class_name, named, dict(station.settings))
    factory.links += [(a, new) for a, b in factory.links if b == origin]
    factory.links += [(new, b) for a, b in factory.links if a == origin]
    return new


def line(turn: Turn) -> str | None:
    """Two or three stations in a row a second time, as a line of its own."""
    rng, factory, flows = turn.rng, turn.factory, turn.flows()
    steps = {
        a: b
        for a, b in flows
        if factory.successors(a) == [b] and factory.predecessors(b) == [a]
        and not {a, b} & turn.touched
        and {factory.class_of(a), factory.class_of(b)} <= set(_TWINNED)
    }  # fmt: skip
    if not steps:
        return None
    row = [rng.choice(sorted(steps))]
    length = rng.choice([2, 2, 3])
    while row[-1] in steps and len(row) < length and steps[row[-1]] not in row:
        row.append(steps[row[-1]])
    ends = factory.successors(row[-1]), factory.predecessors(row[0])
    named = len(row) > FRESH or rng.random() < 0.6
    if not room(turn, named, len(row)) or not all(ends) or set(row) & {*ends[0], *ends[1]}:
        return None
    copies = [twin(turn, origin, named) for origin in row]
    pairs = list(zip(row, copies, strict=True))
    turn.flow_becomes(apart(pairs, factory.flow()))
    turn.emit("LINE", *(index for pair in pairs for index in pair))
    turn.touched |= set(row)
    turn.last = None
    words = {"a": turn.mark.name(row[0]), "b": turn.mark.name(row[-1]), "chain": chain(turn, row)}
    if not named:
        return say(turn, "line", **words)
    names = [turn.mark.name(copy) for copy in copies]
    joined = "和".join(names) if turn.chinese else turn.mark.names_joined(copies)
    return say(turn, "line_named", copies=joined, **words)


def new_object(turn: Turn, cls: str, manner: str = "also") -> tuple[int, str, str]:
    """A new object: index, how it is called, and what is said of it afterwards (for
    `manner` see `turn_english.introduce`)."""
    rng = turn.rng
    named = rng.random() < 0.7 or not room(turn, False)
    settings = dict(sample_settings(cls, rng)) if rng.random() < 0.6 else {}
    if turn.chinese:
        settings = {prop: s for prop, s in settings.items() if sayable(s)}
    name = ""
    if named and cls == "Processor" and not turn.chinese and rng.random() < 0.3:
        name = generic_name(cls, turn.factory.category, rng)
        name = name if tells_class(name, cls) else ""
    new = turn.add_station(cls, named, settings, name)
    turn.emit("NEW", new, f"CLASS:{cls}")
    values: list[Setting] = list(settings.values())
    turn.emit_settings(new, values)
    called, told = introduce(turn, new, values, manner)
    turn.last = new
    return new, called, told


def insert(turn: Turn) -> str | None:
    """A new object between two linked ones, or before or after one."""
    rng, factory = turn.rng, turn.factory
    flows = turn.flows()
    if not flows or not room(turn, True):
        return None
    a, b = rng.choice(flows)
    where = rng.choice(["between", "after", "after", "before", "before"])
    cut = [(a, b)]
    if where == "after":
        cut = [link for link in factory.flow() if link[0] == a]
    if where == "before":
        cut = [link for link in factory.flow() if link[1] == b]
    if len(cut) > 3 or not set(cut) <= set(flows):
        return None
    new, called, told = new_object(turn, rng.choice(_INSERTED))
    ends = {"between": (a, b), "after": (a,), "before": (b,)}[where]
    turn.rewire(where.upper(), *ends, new)
    return say(turn, where, new=called, a=turn.say(a), b=turn.say(b)) + told


def append(turn: Turn) -> str | None:
    """A new object with links told one by one."""
    rng, stations = turn.rng, turn.stations()
    sources = [i for i in stations if turn.factory.class_of(i) != "Sink"]
    targets = [i for i in stations if turn.factory.class_of(i) not in ("Source", "Combiner")]
    if not sources or not targets or not room(turn, True):
        return None
    a, b = rng.choice(sources), rng.choice(targets)
    if a == b:
        return None
    new, called, told = new_object(turn, rng.choice(_INSERTED))
    turn.link(a, new)
    turn.link(new, b)
    return say(turn, "append", new=called, a=turn.say(a), b=turn.say(b)) + told


def open_end(turn: Turn) -> str | None:
    """A further source or a further exit."""
    rng, factory = turn.rng, turn.factory
    outwards = rng.random() < 0.5
    skipped = ("Source", "Sink", "Combiner") if not outwards else ("Source", "Sink")
    found = [i for i in turn.stations() if factory.class_of(i) not in skipped]
    if not found or not room(turn, True):
        return None
    place = rng.choice(found)
    new, called, told = new_object(turn, "Sink" if outwards else "Source", "second")
    turn.link(*((place, new) if outwards else (new, place)))
    key = "sink" if outwards else "source"
    return say(turn, key, new=called, a=turn.say(place), b=turn.say(place)) + told


def replace(turn: Turn) -> str | None:
    """An object of another class takes an object's place."""
    rng, factory = turn.rng, turn.factory
    flows = turn.flows()
    found = [
        i
        for i in turn.untouched("Queue", "Processor", "Rack", "StraightConveyor")
        if not any(i in link for link in factory.service())
        and set(_around(turn, i)) <= set(flows)
        and 2 <= len(_around(turn, i)) <= 3
    ]
    if not found or not room(turn, True):
        return None
    gone = rng.choice(found)
    said = turn.say(gone)
    others = [c for c in ("Queue", "Processor", "Rack", "StraightConveyor") if c != factory.class_of(gone)]  # fmt: skip
    new, called, told = new_object(turn, rng.choice(others), "instead")
    turn.rewire("REPLACE", gone, new)
    turn.touched.add(gone)
    turn.removed.add(gone)
    return say(turn, "replace", new=called, a=said) + told


def _around(turn: Turn, index: int) -> list[tuple[int, int]]:
    return [link for link in turn.factory.flow() if index in link]


def remove(turn: Turn) -> str | None:
    """Remove objects; what came before is joined to what comes after."""
    rng = turn.rng
    found = _spare(turn)
    if not found or len(turn.alive()) < 4:
        return None
    gone = rng.choice(found)
    turn.last = None
    if rng.random() < 0.2:
        return _remove_several(turn, found)
    before, after = turn.factory.predecessors(gone), turn.factory.successors(gone)
    told = len(before) == len(after) == 1 and {*before, *after} <= set(turn.alive())
    if told and before != after and rng.random() < 0.3:
        words = {"a": turn.say(before[0]), "b": turn.say(gone), "c": turn.say(after[0])}
        take_out(turn, gone)
        return say(turn, "remove_told", **words)
    said = turn.say(gone)
    take_out(turn, gone)
    return say(turn, "remove", a=said, old=turn.mark.name(gone))


def _spare(turn: Turn) -> list[int]:
    """Objects that can go: not the last source or exit, no inputs of machines that assemble."""
    factory = turn.factory
    spare = turn.untouched("Queue", "Processor", "Separator", "Rack", "StraightConveyor")
    for cls in ("Source", "Sink"):
        found = turn.untouched(cls)
        spare += found if len(turn.alive(cls)) > 1 else []
    return [
        i
        for i in spare
        if not any(factory.class_of(j) == "Combiner" for j in factory.successors(i))
        and not any(i in link for link in turn.rewired)
    ]


def _remove_several(turn: Turn, found: Sequence[int]) -> str | None:
    rng, factory = turn.rng, turn.factory
    cls = factory.class_of(rng.choice(found))
    mates = [i for i, s in enumerate(factory.stations) if s.class_name == cls]
    mates = [i for i in mates if i not in turn.removed]
    noun = plural_noun(turn, cls) if set(mates) <= set(found) and 1 < len(mates) < 5 else ""
    if noun and cls in ("Queue", "Rack", "StraightConveyor") and rng.random() < 0.5:
        gone = mates
        names = f"所有{noun}" if turn.chinese else f"all {plural(noun)}"
    elif len(found) > 1:
        gone = sorted(rng.sample(found, 2 if len(found) < 3 else rng.choice([2, 2, 3])))
        if any(
            len(set(gone) & set(turn.alive(c))) == len(turn.alive(c)) for c in ("Source", "Sink")
        ):
            return None
        names = turn.mark.names_joined(gone)
        names = "、".join(map(turn.mark.name, gone)) if turn.chinese else names
    else:
        return None
    for index in gone:
        take_out(turn, index)
    return say(turn, "remove_all", all=names)


def take_out(turn: Turn, gone: int) -> None:
    """Delete an object and join its neighbours."""
    factory = turn.factory
    bypass = [(a, b) for a in factory.predecessors(gone) for b in factory.successors(gone)]
    kept = [link for link in factory.links if gone not in link]
    new = [(a, b) for a, b in bypass if a != b and (a, b) not in kept]
    factory.links[:] = kept + new
    turn.rewired |= set(new)
    turn.emit("DELETE", gone)
    turn.touched.add(gone)
    turn.removed.add(gone)
