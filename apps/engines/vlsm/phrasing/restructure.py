"""Requests to change the structure: add, insert, remove, rename, connect, reroute.

Every function changes the factory, emits the pieces and returns the sentence, or None where the
factory has no room for such a request.
"""

from __future__ import annotations

from ...factories.factory import MAX_OBJECTS, sample_settings
from .objects import class_noun, noun_phrase, terse
from .turn import Turn


def parallel(turn: Turn) -> str | None:
    """ "Add a second mill in parallel": a twin with the same settings and links."""
    rng, mark, factory = turn.rng, turn.mark, turn.factory
    candidates = [i for i in turn.alive("Processor", "Queue") if i not in turn.touched]
    if not candidates or len(turn.alive()) >= MAX_OBJECTS:
        return None
    origin = rng.choice(candidates)
    named = rng.random() < 0.5
    station = factory.stations[origin]
    new = turn.add_station(station.class_name, named, dict(station.settings))
    factory.links += [(a, new) for a in factory.predecessors(origin)]
    factory.links += [(new, b) for b in factory.successors(origin)]
    turn.emit("CLONE", origin, new)
    turn.touched |= {origin, new}
    old = mark.name(origin)
    if named:
        twin = mark.name(new)
        noun = class_noun(station.class_name, rng)
        return rng.choice(
            [
                f"add {twin} in parallel to {turn.say(origin)}",
                f"add a second {old} in parallel called {twin}",
                f"put a {noun} {twin} in parallel with {turn.say(origin)}, same settings",
                f"duplicate {turn.say(origin)} as {twin}",
                f"add a parallel {noun} {twin} next to {turn.say(origin)}",
                f"we bought another {old}, call it {twin}, it works in parallel",
                f"copy {turn.say(origin)} to {twin}",
                f"add another {old} named {twin} beside it",
            ]
        )
    return rng.choice(
        [
            f"add a second {old} in parallel",
            f"add another {old} in parallel",
            f"add a {rng.choice(['second', 'further', 'parallel'])} {old}",
            f"duplicate {turn.say(origin)}",
            f"we need one more {old} in parallel",
            f"double {turn.say(origin)}",
            f"put another {old} next to it",
            f"add one more {old}",
            f"clone {turn.say(origin)}",
            f"have two of {turn.say(origin)} side by side",
            f"add a copy of {turn.say(origin)} in parallel",
        ]
    )


def _new_object(turn: Turn) -> tuple[int, str, str]:
    """A new queue or processor: index, how it is called, and its settings as words."""
    rng, mark = turn.rng, turn.mark
    cls = rng.choice(["Queue", "Processor", "Processor", "Queue"])
    named = rng.random() < 0.75
    settings = sample_settings(cls, rng) if rng.random() < 0.6 else {}
    new = turn.add_station(cls, named, settings)
    turn.emit("NEW", new, f"CLASS:{cls}")
    turn.emit_settings(new, list(settings.values()))
    turn.touched.add(new)
    noun = class_noun(cls, rng)
    called = f"a {noun}"
    if named:
        name = mark.name(new)
        called = rng.choice(
            [
                f"a {noun} {name}",
                f"a {noun} called {name}",
                f"{name} (a {noun})",
                f"a new {noun} named {name}",
                f"the {noun} {name}",
            ]
        )
    elif cls == "Processor" and rng.random() < 0.5:
        called = f"another {noun}"
    words = ""
    if settings:
        values = list(settings.values())
        words = (
            " with " + " and ".join(noun_phrase(s, cls, mark, [new]) for s in values)
            if rng.random() < 0.7
            else f" ({', '.join(terse(s, mark, [new]) for s in values)})"
        )
    return new, called, words


def insert(turn: Turn) -> str | None:
    """A new object between two linked ones."""
    rng, factory = turn.rng, turn.factory
    if not factory.links or len(turn.alive()) >= MAX_OBJECTS:
        return None
    a, b = rng.choice(factory.links)
    if {a, b} & turn.unnamed_set():
        return None
    alone_out = len(factory.successors(a)) == 1
    alone_in = len(factory.predecessors(b)) == 1
    new, called, words = _new_object(turn)
    turn.unlink(a, b)
    turn.link(a, new)
    turn.link(new, b)
    verb = rng.choice(["insert", "put", "add", "place"])
    forms = [
        f"{verb} {called} between {turn.say(a)} and {turn.say(b)}{words}",
        f"{verb} {called}{words} between {turn.say(a)} and {turn.say(b)}",
        f"between {turn.say(a)} and {turn.say(b)} we need {called}{words}",
    ]
    if alone_out:
        forms.append(
            f"{verb} {called}{words} {rng.choice(['after', 'behind', 'right after'])} {turn.say(a)}"
        )
    if alone_in:
        forms.append(
            f"{verb} {called}{words} {rng.choice(['before', 'in front of', 'right before'])} {turn.say(b)}"
        )
    return rng.choice(forms)


def append(turn: Turn) -> str | None:
    """A new object with links told one by one."""
    rng, factory = turn.rng, turn.factory
    if len(turn.alive()) >= MAX_OBJECTS:
        return None
    sources, targets = (
        turn.alive("Source", "Queue", "Processor"),
        turn.alive("Queue", "Processor", "Sink"),
    )
    a, b = rng.choice(sources), rng.choice(targets)
    if a == b or factory.stations[b].class_name == "Source":
        return None
    new, called, words = _new_object(turn)
    turn.link(a, new)
    turn.link(new, b)
    return rng.choice(
        [
            f"add {called}{words} fed by {turn.say(a)} and feeding {turn.say(b)}",
            f"add {called}{words}, it gets parts from {turn.say(a)} and sends them to {turn.say(b)}",
            f"create {called}{words}, connected from {turn.say(a)} and to {turn.say(b)}",
        ]
    )


def remove(turn: Turn) -> str | None:
    """Remove an object; what came before it is joined to what comes after."""
    rng, factory = turn.rng, turn.factory
    candidates = [i for i in turn.alive("Queue", "Processor") if i not in turn.touched]
    if not candidates or len(turn.alive()) < 4:
        return None
    gone = rng.choice(candidates)
    bypass = [(a, b) for a in factory.predecessors(gone) for b in factory.successors(gone)]
    kept = [link for link in factory.links if gone not in link]
    factory.links[:] = kept + [(a, b) for a, b in bypass if a != b and (a, b) not in kept]
    turn.emit("DELETE", gone)
    turn.touched.add(gone)
    turn.removed.add(gone)
    return rng.choice(
        [
            f"remove {turn.say(gone)}",
            f"delete {turn.say(gone)}",
            f"drop {turn.say(gone)}",
            f"take {turn.say(gone)} out",
            f"we don't need {turn.say(gone)} any more",
            f"get rid of {turn.say(gone)}",
            f"leave out {turn.say(gone)}",
            f"skip {turn.say(gone)}",
        ]
    )


def rename(turn: Turn) -> str | None:
    rng, mark = turn.rng, turn.mark
    candidates = [i for i in turn.alive() if i not in turn.touched]
    if not candidates:
        return None
    old = rng.choice(candidates)
    station = turn.factory.stations[old]
    new = turn.add_station(station.class_name, True, dict(station.settings))
    turn.factory.links[:] = [
        (new if a == old else a, new if b == old else b) for a, b in turn.factory.links
    ]
    turn.removed.add(old)
    turn.touched |= {old, new}
    turn.emit("RENAME", old, new)
    fresh = mark.name(new)
    return rng.choice(
        [
            f"rename {turn.say(old)} to {fresh}",
            f"call {turn.say(old)} {fresh}",
            f"change the name of {turn.say(old)} to {fresh}",
            f"{turn.say(old)} should be called {fresh}",
            f"{turn.say(old)} is now named {fresh}",
            f"the name of {turn.say(old)} is {fresh}",
            f"rename {turn.say(old)} into {fresh}",
        ]
    )


def connect(turn: Turn) -> str | None:
    rng, factory = turn.rng, turn.factory
    a = rng.choice(turn.alive("Source", "Queue", "Processor"))
    b = rng.choice(turn.alive("Queue", "Processor", "Sink"))
    if a == b or (a, b) in factory.links:
        return None
    turn.link(a, b)
    return rng.choice(
        [
            f"connect {turn.say(a)} to {turn.say(b)}",
            f"also connect {turn.say(a)} to {turn.say(b)}",
            f"{turn.say(a)} should also feed {turn.say(b)}",
            f"add a connection from {turn.say(a)} to {turn.say(b)}",
            f"link {turn.say(a)} with {turn.say(b)}",
            f"{turn.say(a)} also sends parts to {turn.say(b)}",
            f"let {turn.say(a)} go to {turn.say(b)} as well",
        ]
    )


def disconnect(turn: Turn) -> str | None:
    rng, factory = turn.rng, turn.factory
    if not factory.links:
        return None
    a, b = rng.choice(factory.links)
    if {a, b} & turn.unnamed_set():
        return None
    turn.unlink(a, b)
    return rng.choice(
        [
            f"disconnect {turn.say(a)} from {turn.say(b)}",
            f"remove the connection from {turn.say(a)} to {turn.say(b)}",
            f"{turn.say(a)} should not feed {turn.say(b)} any more",
            f"cut the link between {turn.say(a)} and {turn.say(b)}",
            f"delete the link {turn.say(a)} to {turn.say(b)}",
            f"{turn.say(a)} no longer goes to {turn.say(b)}",
        ]
    )


def reroute(turn: Turn) -> str | None:
    rng, factory = turn.rng, turn.factory
    if not factory.links:
        return None
    a, b = rng.choice(factory.links)
    others = [
        i
        for i in turn.alive("Queue", "Processor", "Sink")
        if i not in (a, b) and (a, i) not in factory.links
    ]
    if not others or {a, b} & turn.unnamed_set():
        return None
    c = rng.choice(others)
    turn.unlink(a, b)
    turn.link(a, c)
    return rng.choice(
        [
            f"{turn.say(a)} should go to {turn.say(c)} instead of {turn.say(b)}",
            f"let {turn.say(a)} feed {turn.say(c)} instead of {turn.say(b)}",
            f"reroute {turn.say(a)} from {turn.say(b)} to {turn.say(c)}",
            f"instead of {turn.say(b)}, {turn.say(a)} feeds {turn.say(c)}",
            f"move the output of {turn.say(a)} from {turn.say(b)} to {turn.say(c)}",
        ]
    )
