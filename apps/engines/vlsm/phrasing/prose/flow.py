"""The links of a factory, found as stages, chains or pairs, and told in many ways.

A *run* is a sequence of fronts: every object of a front is connected to every object of the next.
Each link belongs to exactly one run.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..objects import CLASS_NOUNS, conjugate, plural
from .facts import Teller

Run = list[list[int]]
ARROWS = (" -> ", " → ", " --> ", " => ", " > ", "->", " >> ", " —> ", " ==> ")


def runs(teller: Teller) -> list[Run]:
    """All links as runs, in the order of the stations."""
    factory = teller.factory
    done: set[int] = set()
    out: list[Run] = []
    for index in range(len(factory.stations)):
        targets = factory.successors(index)
        if index in done or not targets:
            continue
        twins = [
            i
            for i in range(index, len(factory.stations))
            if i not in done and factory.successors(i) == targets
        ]
        front = twins if len(twins) > 1 and teller.rng.random() < 0.7 else [index]
        run = [front]
        while targets and not done & set(front):
            done |= set(front)
            run.append(targets)
            front, followers = targets, [factory.successors(i) for i in targets]
            targets = followers[0] if all(item == followers[0] for item in followers) else []
        out.append(run)
    return out


def by_source(teller: Teller) -> list[Run]:
    """One run of two fronts per object that passes something on."""
    factory = teller.factory
    pairs = [[[i], factory.successors(i)] for i in range(len(factory.stations))]
    return [pair for pair in pairs if pair[1]]


def by_target(teller: Teller) -> list[Run]:
    """One run of two fronts per object that receives something."""
    factory = teller.factory
    pairs = [[factory.predecessors(i), [i]] for i in range(len(factory.stations))]
    return [pair for pair in pairs if pair[0]]


def names(teller: Teller, front: list[int], last: str = "and") -> str:
    return teller.and_([teller.mark.name(index) for index in front], last)


def _ends(teller: Teller, front: list[int], last: str = "and") -> str:
    """Names, or now and then one word for all: "the mills"."""
    group = group_noun(teller, front) if teller.rng.random() < 0.35 else ""
    if not group:
        return names(teller, front, last)
    teller.grouped = True
    return teller.rng.choice(["the", "the", "these", "all the", "our"]) + " " + group


def group_noun(teller: Teller, front: list[int]) -> str:
    """ "mills" for Mill A and Mill B where there is no other mill, and "buffers" for all queues;
    "" where a word would not tell."""
    if len(front) < 2 or teller.mark.generic or not teller.grouping:
        return ""
    stations = teller.factory.stations
    stems = {_stem(stations[index].name) for index in front}
    others = [s for index, s in enumerate(stations) if index not in front]
    if len(stems) == 1 and "" not in stems:
        stem = stems.pop()
        if all(stem not in other.name.casefold() for other in others):
            return plural(stem)
    kinds = {teller.cls(index) for index in front}
    if len(kinds) == 1 and all(other.class_name not in kinds for other in others):
        return plural(teller.rng.choice(CLASS_NOUNS[kinds.pop()]))
    return ""


def _stem(name: str) -> str:
    """ "mill" of "Old Mill 2": the last word of letters."""
    words = [word for word in re.split(r"[\s_\-#.]+", name) if word.isalpha() and len(word) > 2]
    return words[-1].casefold() if words and words[-1].isascii() else ""


_OUT = (
    "{a} feed{s} {b}", "{a} pass{es} {items} on to {b}", "from {a} {items} go to {b}",
    "{a} hand{s} over to {b}", "{items} leaving {a} go to {b}", "{a} send{s} everything to {b}",
    "what comes out of {a} goes into {b}", "after {a} it's {b}", "{a} {is} followed by {b}",
    "{a} suppl{ies} {b}", "next after {a}: {b}", "behind {a} {sits} {b}",
    "{items} go on from {a} to {b}", "{a} deliver{s} to {b}", "connect {a} to {b}",
    "{a} lead{s} to {b}", "once finished at {a}, {items} move to {b}",
    "the output of {a} goes to {b}", "{b} come{z} after {a}", "when done at {a}, {items} head for {b}",
    "downstream of {a} {sits} {b}", "{items} are passed from {a} to {b}", "wire {a} up with {b}",
    "{a} then {b}", "{items} continue from {a} to {b}", "{b} {isz} next after {a}", "out of {a} into {b}",
    "{items} done at {a} end up at {b}", "whatever {a} release{s} is taken by {b}", "{a} go{es} to {b}",
    "when {a} {is} done, {items} go to {b}", "{items} flow from {a} to {b}", "link {a} with {b}",
    "{a} push{es} {items} to {b}", "{a} {is} connected to {b}", "{b}: right behind {a}", "{a}, after that {b}",
    "{items} that {a} release{s} travel to {b}", "as soon as {a} let{s} go, {b} take{z} over",
    "the next stop after {a} is {b}", "{a} pour{s} into {b}", "{a} empt{ies} into {b}",
    "{items} <leave|come out of|finish at|get through|exit> {a} and <go to|move to|enter|head for|continue to|proceed to|are sent to|are passed to> {b}",
    "{a} <send{s}|pass{es}|hand{s}|give{s}|release{s}|forward{s}|transfer{s}|ship{s}> <{items}|its {items}|what it has> <to|on to|over to> {b}",
    "<from|after|behind|following|past> {a} <{items} go to|{items} move to|{items} enter|{items} proceed to|{items} arrive at> {b}",
    "<connect|link|wire|join|hook up|tie|route> {a} <to|with|into> {b}",
    "{a} <{is} connected|{is} linked|{is} wired|{is} joined|{is} routed> to {b}",
    "<the successor of|the next station after|the station downstream of|the follower of> {a} is {b}",
    "{b} <{isz} behind|{isz} downstream of|come{z} next after|{isz} the successor of|{isz} right after|{isz} what follows> {a}",
    "{a} <output{s}|discharge{s}|drain{s}|flow{s}|run{s}> <into|to> {b}",
)  # fmt: skip
_BACK = (
    "{items} from {a} go back to {b}", "from {a} it's back to {b}", "{a} return{s} {items} to {b}",
    "{a} send{s} {items} back to {b}", "after {a} {items} start over at {b}", "from {a} there is a way back to {b}",
    "{items} return from {a} to {b}", "{a} feed{s} back into {b}", "from {a} once more to {b}",
    "{items} leave {a} and come round to {b} again", "{a} loop{s} back to {b}", "back from {a} to {b}",
    "{items} go round again from {a} to {b}", "{items} from {a} re-enter at {b}", "{a} hand{s} {items} back to {b}",
    "what leaves {a} returns to {b}", "behind {a} the loop closes at {b}", "{items} are sent back from {a} to {b}",
    "{b} get{z} {items} back from {a}", "rework from {a} goes back to {b}", "{a} lead{s} back to {b}",
    "{items} <from|that leave|out of> {a} <go|come|run|travel|are led|are routed> <back|once more|again> to {b}",
    "<rework|a rework loop|the return line|a feedback line> <leads|goes|runs> from {a} <back to|to> {b}",
)  # fmt: skip
_EITHER = (
    "good {items} go from {a} to {b}, bad ones to {c}", "{items} that pass {a} go to {b}, those that fail go to {c}",
    "from {a} some {items} go to {b}, the others to {c}", "part of what leaves {a} goes to {b}, the rest to {c}",
    "{a} sends {items} to {b} if possible, otherwise to {c}", "after {a}: either {b} or else {c}",
    "if all is well, {a} hands over to {b}, if not to {c}", "{a} feeds {b} first and, when that is full, {c}",
    "one way out of {a} leads to {b}, the other to {c}", "{items} leave {a} for {b}; what {b} can't take goes to {c}",
    "from {a} accepted {items} go on to {b}; rejected ones go to {c}", "{a} has two exits: {b} and {c}",
    "{a} leads to {b} and also to {c}", "{items} from {a} go to {b} or, failing that, to {c}",
    "some {items} from {a} go to {b}, some to {c}", "{a} sorts {items}: {b} gets the good ones, {c} the bad",
    "{b} and {c} share what comes from {a}", "at {a} the way divides: one branch to {b}, one to {c}",
    "{a} passes {items} to {b}; rejects go to {c}", "{items} leave {a} either for {b} or for {c}",
    "the first choice after {a} is {b}, the second {c}", "out of {a} there are two ways, to {b} and to {c}",
    "{a} serves two followers, {b} and {c}", "from {a} the flow splits into {b} and {c}",
    "{items} <leave|exit> {a} <towards|to|for> {b} <or|or else|, otherwise> {c}",
    "<from|after|behind> {a} <there are two ways|the flow splits|the flow forks|{items} take one of two ways>: {b} <and|or> {c}",
)  # fmt: skip
_BETWEEN = (
    "{x} {sits} between {a} and {b}", "between {a} and {b} there {is} {x}", "{items} get from {a} to {b} by way of {x}",
    "{x} {is} placed between {a} and {b}", "from {a} via {x} to {b}", "{items} go from {a} through {x} to {b}",
    "{a} and {b} are joined by {x}", "{x} stand{s} between {a} and {b}", "{items} pass {x} on the way from {a} to {b}",
    "on the way from {a} to {b} {items} pass {x}", "{x} take{s} from {a} and give{s} to {b}",
    "{x} connect{s} {a} with {b}", "{x} {is} fed by {a} and feed{s} {b}",
    "{x} {is} in between {a} and {b}", "{a}, {x} and {b} follow one another", "after {a} and before {b} {sits} {x}",
    "it goes from {a} into {x} and on to {b}", "{items} reach {b} from {a} only through {x}", "{x} link{s} {a} to {b}",
    "{x} take{s} {items} from {a} to {b}", "{x} follow{s} {a} and come{s} before {b}", "{x} get{s} from {a} and feed{s} {b}",
    "{x} <lie{s}|{is} located|{is} found|come{s}|{is} inserted|{is}> between {a} and {b}",
    "<from|leaving|after> {a} {items} <pass|go through|run through|enter|visit> {x} <before reaching|and then reach|and then go to> {b}",
)  # fmt: skip
_SPLIT = (
    "from {a} {items} go either to {b}",
    "{a} feed{s} {b}, whichever is free",
    "{items} from {a} are shared out between {b}",
    "{a} can send its {items} to {b}",
    "behind {a} the flow forks to {b}",
    "{items} leave {a} for {b}",
    "after {a} {items} go to any of {b}",
    "{items} from {a} are distributed over {b}",
    "from {a} on to {b}, wherever there is room",
    "{a} has the choice of {b}",
    "whichever of {b} is idle takes from {a}",
    "behind {a} the way divides into {b}",
    "{items} from {a} take whichever way is free: {b}",
    "{a} fan{s} out to {b}",
    "{a} deal{s} {items} out to {b}",
    "the flow behind {a} spreads over {b}",
    "one of {b} takes what leaves {a}",
    "{items} go from {a} to one of {b}",
    "the exits of {a} lead to {b}",
    "{b} stand in parallel behind {a}",
    "out of {a} {items} go to {b}",
    "{items} <from|leaving|out of|done at> {a} <go|move|are sent|are passed|are routed|proceed> to <one of|any of|either of|whichever is free of> {b}",
    "{a} <feed{s}|suppl{ies}> <all of|any of|one of|each of> {b}",
    "<behind|after|past|from> {a} <the flow|the line|the way|the stream> <splits|branches|forks|divides|fans out> <into|to> {b}",
)
_IN = (
    "{b} {isz} fed by {a}", "{b} get{z} {items} from {a}", "{a} {all} feed {b}",
    "{b} receive{z} what {a} release{s}", "{items} reach {b} from {a}", "{b} follow{z} {a}",
    "{b} take{z} over from {a}", "{a} come together in {b}", "{b} {isz} supplied by {a}",
    "everything from {a} runs into {b}", "before {b} there {is} {a}", "upstream of {b} {is} {a}",
    "{b} draw{z} its {items} from {a}", "{a} {all} go to {b}", "what {b} work{z} on comes from {a}", "{b} pull{z} from {a}",
    "{items} for {b} come from {a}", "{b} {isz} reached from {a}", "{a} {all} run into {b}", "{b} collect{z} from {a}",
    "the input of {b} is {a}", "{a} meet in {b}", "{b} sit{z} behind {a}", "{items} get to {b} by way of {a}",
    "{b} <receive{z}|get{z}|take{z}|accept{z}|obtain{z}> <{items}|its {items}|its input|its supply> from {a}",
    "{items} <for|at|in> {b} <arrive from|come from|are supplied by|are sent by|originate at|are delivered by> {a}",
    "{b} <{isz} fed|{isz} supplied|{isz} stocked|{isz} filled> <by|from> {a}",
    "<the predecessor|the input|the supplier|the upstream station|the feeder> of {b} is {a}",
    "{b} <{isz} connected behind|{isz} downstream of|stand{z} behind|{isz} placed after|{isz} preceded by> {a}",
)  # fmt: skip


def link_clause(teller: Teller, a: list[int], b: list[int], told_from: str = "a") -> str:
    """One clause that says that every `a` feeds every `b`."""
    if len(a) == 1 and len(b) == 2 and teller.rng.random() < 0.25:
        form = teller.fill(teller.forms.pick(_EITHER)).replace("{a}", names(teller, a))
        return form.replace("{b}", names(teller, b[:1])).replace("{c}", names(teller, b[1:]))
    split = told_from == "a" and len(b) > 1 and teller.rng.random() < 0.5
    forms: tuple[str, ...] = _SPLIT if split else _OUT if told_from == "a" else _IN
    if max(b) < min(a) and teller.rng.random() < 0.7:
        forms, split = _BACK, False
    if len(a) < 2:
        forms = tuple(form for form in forms if "{all}" not in form and "together" not in form)
    form = teller.forms.pick(forms)
    last = "or" if split and "between" not in form else "and"
    form = inflect(form, len(a) > 1, len(b) > 1).replace("{all}", "both" if len(a) == 2 else "all")
    form = teller.fill(form.replace("its {items}", "{items}") if len(a) > 1 else form)
    return form.replace("{a}", _ends(teller, a)).replace("{b}", _ends(teller, b, last))


def inflect(form: str, many: bool, many_targets: bool = False) -> str:
    """{s}, {es}, {ies}, {is} agree with {a}; {z}, {iesz}, {isz}, {hasz}, {sits} with {b}."""
    form = conjugate(form, many)
    words = {"{z}": ("s", ""), "{isz}": ("is", "are"), "{sits}": ("sits", "sit")}
    words |= {"{hasz}": ("has", "have"), "{iesz}": ("ies", "y")}
    for key, (one, several) in words.items():
        form = form.replace(key, several if many_targets else one)
    return form


_CHAINS = (
    "{items} run through {all}", "the sequence is {all}", "the route: {all}",
    "{items} visit {all}, in this order", "order of stations: {all}", "in line: {all}",
    "connect {all} in a row", "one after the other: {all}", "the stations in order: {all}",
    "{items} go through {all}", "way of the {items}: {all}", "the line consists of {all}, in that order",
    "every {item} passes {all}", "stations, first to last: {all}", "{all} follow each other",
    "{all} form one line", "put {all} one behind the other", "flow: {all}",
    "{items} move along {all}", "{all} come one after another", "path of the {items}: {all}", "in sequence: {all}",
    "from first to last: {all}", "it all goes through {all}", "the {items} take this way: {all}", "line-up: {all}",
    "link {all} one after the other", "the flow goes {all}", "{items} pass {all} in turn", "chain: {all}",
    "<the flow is|the order is|the line is|the routing is|routing|route|process flow|material flow|sequence|flow of {items}>: {all}",
    "{items} <go|travel|pass|flow|move|run> <along|through|via> {all}<| in this order|, in that order| in turn|, one after another>",
)  # fmt: skip
_THENS = (
    ", then ", ", next ", ", after that ", ", from there to ", " and then ", ", followed by ", ", afterwards ",
    ", thereafter ", ", subsequently ", "; then ", ", later ", ", and after it ", ", and from there ",
)  # fmt: skip


def run_clause(teller: Teller, run: Run) -> str:
    """A whole run as an arrow line, an ellipsis, a chain of relative clauses or a list."""
    rng = teller.rng
    if len(run) == 2:
        return link_clause(teller, run[0], run[1], "b" if rng.random() < 0.3 else "a")
    roll = rng.random()
    if roll < 0.1:
        return _between(teller, run)
    if roll < 0.3:
        return arrow_line(teller, run)
    if roll < 0.5:
        into = teller.pick(" into ", " then ", " feeds ", " on to ")
        pairs = pairwise(run)
        return ", ".join(
            names(teller, a)
            + (into if into != " feeds " or len(a) < 2 else " feed ")
            + names(teller, b)
            for a, b in pairs
        )
    if roll < 0.7:
        return _relative(teller, run)
    if roll < 0.85:
        return "first " + teller.forms.pick(_THENS).join(names(teller, front) for front in run)
    return teller.fill(teller.forms.pick(_CHAINS)).replace("{all}", _listed(teller, run, ", "))


def _listed(teller: Teller, run: Run, joint: str) -> str:
    """ "A, (B and C), D"."""
    said = [names(teller, front) for front in run]
    return joint.join(
        text if len(front) == 1 else f"({text})" for text, front in zip(said, run, strict=True)
    )


_HEADS = (
    "<line|branch|path|route|lane|stream|row|chain|track|string|leg> {k}<:| -| =|, in order:| is>",
    "<line|branch|path|route|stream> {one}<:| -| goes| is made of| runs through| consists of>",
    "<the {first}|{first}> <line|branch|path|route|stream|chain><:| is| goes| runs through>",
)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_RANKED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def _numbered(teller: Teller) -> list[str]:
    """ "Line 1: A, B, C" for each run; none where there are too many or an object is called so."""
    told, form = runs(teller), teller.forms.pick(_HEADS)
    heads = [
        form.replace("{k}", str(k)).replace("{one}", one).replace("{first}", first)
        for k, (one, first) in enumerate(zip(_COUNTED, _RANKED, strict=True), 1)
    ]
    called = {station.name.casefold() for station in teller.factory.stations}
    if len(told) > len(heads) or any(name in head.casefold() for name in called for head in heads):
        return []
    joint = teller.pick(", ", " -> ", ", then ", " then ", " > ", " into ")
    return [f"{head} {_listed(teller, run, joint)}" for head, run in zip(heads, told, strict=False)]


def _relative(teller: Teller, run: Run) -> str:
    """ "A feeds B, which feeds C"."""
    verb = teller.pick("feed", "suppl", "lead to", "hand over to", "deliver to")
    text = names(teller, run[0])
    for number, (a, b) in enumerate(pairwise(run)):
        which = (
            ""
            if number == 0
            else ", which"
            if len(a) == 1
            else ", which both"
            if len(a) == 2
            else ", which all"
        )
        text += f"{which} {_agree(verb, len(a) > 1)} {names(teller, b)}"
    return text


def _between(teller: Teller, run: Run) -> str:
    """ "B sits between A and C, D between C and E": every other front with what is around it."""
    said = []
    for before, middle, after in zip(run[::2], run[1::2], run[2::2], strict=False):
        form = inflect(teller.fill(teller.forms.pick(_BETWEEN)), len(middle) > 1, len(middle) > 1)
        form = form.replace("{a}", names(teller, before)).replace("{b}", names(teller, after))
        said.append(form.replace("{x}", names(teller, middle)))
    if len(run) % 2 == 0:
        said.append(link_clause(teller, run[-2], run[-1]))
    return teller.rng.choice(["; ", ", and ", ", "]).join(said)


def _agree(verb: str, many: bool) -> str:
    head, _, tail = verb.partition(" ")
    head = (
        (head + "y" if many else head + "ies") if head == "suppl" else head + ("" if many else "s")
    )
    return f"{head} {tail}".strip()


def arrow_line(teller: Teller, run: Run, arrow: str = "") -> str:
    """ "A -> B / C -> D"."""
    arrow = arrow or teller.forms.pick(ARROWS)
    left, joint, right = teller.rng.choice(
        [("", " / ", ""), ("(", ", ", ")"), ("{", ", ", "}"), ("[", " | ", "]"), ("", " & ", "")]
    )
    parts = [
        teller.mark.name(front[0]) if len(front) == 1
        else left + joint.join(teller.mark.name(i) for i in front) + right
        for front in run
    ]  # fmt: skip
    return arrow.join(parts)


def flow_clauses(teller: Teller) -> list[str]:
    """All links of the factory, each told once."""
    if teller.rng.random() < 0.12 and (said := _numbered(teller)):
        return said
    roll = teller.rng.random()
    if roll < 0.6:
        return [run_clause(teller, run) for run in runs(teller)]
    if roll < 0.8:
        return [link_clause(teller, a, b) for a, b in by_source(teller)]
    if roll < 0.9:
        return [link_clause(teller, a, b, "b") for a, b in by_target(teller)]
    pairs = [[[a], [b]] for a, b in teller.factory.flow()]
    arrow = teller.forms.pick(ARROWS)
    return [arrow_line(teller, pair, arrow) for pair in pairs]
