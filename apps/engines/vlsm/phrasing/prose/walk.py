"""Following the items: one sentence carries them over several stations, facts told in passing."""

from __future__ import annotations

import re

from ..activities import past_participle
from ..values import Numbers
from .amounts import is_simple, phrase
from .describe import compared, sentence_about
from .facts import Fact, Teller
from .flow import Run, names, runs
from .insertion import insertions, put_in_later, told_without
from .lists import gathered

_ARRIVE = (
    "{items} arrive at {o}{pace}", "{items} come in at {o}{pace}", "{items} enter at {o}{pace}",
    "{items} are delivered at {o}{pace}", "{items} show up at {o}{pace}",
    "{items} start at {o}{pace}", "{items} reach us through {o}{pace}",
    "{items} are fed in at {o}{pace}", "{items} come from {o}{pace}", "{items} are released by {o}{pace}",
    "{o} is where {items} arrive{pace}", "we receive {items} at {o}{pace}",
    "{o} sends in {items}{pace}", "everything begins at {o}, where {items} arrive{pace}",
    "{items} are brought to {o}{pace}", "{items} turn up at {o}{pace}", "new {items} appear at {o}{pace}",
    "{items} walk in through {o}{pace}", "{items} are unloaded at {o}{pace}", "{items} drop into {o}{pace}",
    "the line starts at {o} with {items} arriving{pace}", "{items} get into the system at {o}{pace}",
    "{o} gets {items}{pace}", "our supply of {items} is {o}{pace}", "{items} enter through {o}{pace}",
    "{items} <arrive|come in|enter|appear|show up|are received|are created|are generated> <at|via|through> {o}{pace}",
    "{o} <releases|creates|generates|sends out|supplies|produces|delivers|brings in> {items}{pace}",
    "<the flow|the process|production|the line|everything> <starts|begins|originates> <at|with|in> {o}, where {items} <arrive|come in|are created|appear>{pace}",
)  # fmt: skip
_PACE = {
    "arrival:constant": (
        " every {u}", ", one every {u}", ", one {item} per {u}", " at intervals of {u}", ", one each {u}",
        " one per {u}", ", one {item} for every {u}", ", each {u} one", ", one per {u}",
        " with {u} in between", ", always {u} apart", " once every {u}", ", a new one after {u}",
        " <every|once every|each> {u}",
        ", <one|a new one|a {item}|one {item}> <every|each|per> {u}",
        " <with a takt of|with an interval of|at a fixed interval of|with a spacing of> {u}",
    ),
    "arrival:random": (", {t} apart", " with gaps of {t}", ", interarrival time {x}",
                       ", the time between two being {t}", " with {t} between arrivals",
                       ", the gap being {t}", ", spaced {t}", " with interarrival times of {t}", ", inter-arrival {x}",
        " with <an interarrival time|inter-arrival times|a spacing|a time between arrivals|intervals> of {t}",
        ", <interarrival|IAT|inter-arrival|gap|spacing|interval><: | = | >{x}",
    ),
    "arrival:rate": (" at a rate of {n}{U}", ", {n}{U}", ", {n} {items}{U}", ", {n} of them{U}", ", evenly, {n}{U}",
                     " in a steady flow of {n}{U}", ", always {n}{U}", " at {n} {items}{U}", ", a regular {n}{U}",
        " <at|with> <a rate of|an arrival rate of|a throughput of> {n}{U}",
        ", {n} <{items}|pieces|units|parts>{U}",
    ),
    "arrival:poisson": (" as a Poisson stream of {n}{U}", ", at random, {n}{U} on average (Poisson)",
                        " in a Poisson process with {n}{U}", ", Poisson, {n}{U}", " at random, Poisson with {n}{U}",
                        ", {n}{U} on average with exponential gaps", " as Poisson arrivals, {n} {items}{U}",
        " <in|as|following> a Poisson <process|stream> <of|with|at> {n}{U}",
        ", <Poisson|poisson|Poisson-distributed> <with|at> {n}{U}",
    ),
}  # fmt: skip
_GO = {
    "Queue": (
        "wait in {o}", "queue in {o}", "line up in {o}", "are buffered in {o}", "pile up in {o}",
        "go into the buffer {o}", "sit in the queue {o}", "are parked in the buffer {o}",
        "join the queue {o}", "wait their turn in {o}", "are held back in the buffer {o}", "are kept in {o}",
        "stop in the queue {o}", "are stored for a while in {o}", "rest in {o}", "collect in {o}", "stand in {o}",
        "are put down in {o} to wait", "have to wait in {o}", "take a seat in {o}", "go to {o} to wait",
        "<wait|queue|queue up|line up|pause|stay|stop> <in|at> {o}",
        "are <buffered|stored|held|kept|stocked|collected|gathered|put|placed|parked|accumulated> in {o}",
        "<go|move|pass|flow|are sent|are put|come> <into|to> <the buffer|the queue|the waiting area|the store> {o}",
        "<go|move|pass|flow|run> into {o} <to wait|for buffering|and wait>",
    ),
    "Processor": (
        "are {done} on {o}", "are {done} at {o}", "get {done} at {o}", "get {done} by {o}",
        "are {done} by the machine {o}", "have to be {done} at {o}", "go to {o} to be {done}",
        "are put on the machine {o}", "are run through the machine {o}", "move to {o}, where they are {done}",
        "are taken to {o} and {done} there", "undergo processing at {o}", "visit {o} to get {done}",
        "are handled at {o}", "pass through {o}", "are treated by {o}", "go through the {done} step at {o}",
        "reach {o}, which works on them", "come to {o} for processing", "are {done} by {o}",
        "have their turn at {o}", "go under {o}", "run over {o}", "go on {o}", "enter the {done} stage at {o}",
        "reach the step {o}, where they are {done}", "go through the step at {o}", "pass the {done} operation at {o}",
        "are processed in the step at {o}", "go into the machine {o} to get {done}",
        "<are|get> {done} <on|at|in|by> {o}",
        "<go|move|pass|proceed|are sent|are brought|are led|flow> <to|into|through|on to> {o} <to be {done}|for processing|to get {done}|and are {done} there|to be processed>",
        "<are processed|are worked on|are handled|are treated|get processed|undergo work> <at|on|in|by> {o}",
        "<go|pass|run> through the {done} <step|operation|stage> <at|on|of> {o}",
        "<enter|visit|reach|use> {o} <and are {done}|to be {done}|for processing|to be processed>",
    ),
    "Sink": (
        "leave through {o}", "go out via {o}", "leave at {o}", "exit at {o}", "leave the line at {o}",
        "are shipped out at {o}", "end at the exit {o}", "finally leave via {o}", "are gone after {o}, the exit",
        "leave for good at {o}", "are picked up at {o}", "finish at {o}", "depart through {o}", "disappear at {o}",
        "get out through {o}", "are handed over at {o} and gone", "reach the end at {o}", "drop out at {o}",
        "<leave|exit|depart|go out> <the system|the line|the model|the plant|the factory> <through|via|at|by> {o}",
        "<end|finish|end up|arrive|stop> at the <exit|end|sink|drain> {o}",
        "are <shipped|dispatched|sent off|delivered|discharged|collected|taken away> <through|via|at|from> {o}",
    ),
    "Combiner": (
        "are brought together at {o}", "come together in the combiner {o}", "are combined at {o}",
        "meet at the combiner {o}", "are joined up at {o}", "are put together at the combiner {o}",
        "are packed together at the combiner {o}", "are assembled at the combiner {o}", "get combined by {o}",
        "are <combined|joined|assembled|merged|put together|united|brought together|packed together> <at|by|in|on> {o}",
        "<come together|meet|are joined up> <at|in> the <combiner|assembly|assembly station> {o}",
    ),
    "Separator": (
        "are taken apart at {o}", "are separated at {o}", "come apart in the separator {o}",
        "go into the separator {o}", "are divided up by {o}", "are split at the separator {o}",
        "are split up by {o}", "get taken apart by {o}", "are broken down at the separator {o}",
        "are <separated|split|divided|taken apart|split up|broken up|cut apart|dismantled> <at|by|in|on> {o}",
        "<go|move|pass|run> <into|to|through> the <separator|splitter|splitting station> {o}",
    ),
    "Rack": (
        "are shelved in the rack {o}", "go on the shelves of the rack {o}", "are shelved in {o}",
        "are put on the shelves of {o}", "are stored on the racking of {o}", "are stored in the rack {o}",
        "are put away in the storage rack {o}",
        "are <shelved|put away|racked|stored away|put up> <in|on|at> the <rack|storage rack|shelf rack> {o}",
        "are <stored|put|placed|kept> on the <shelves of|racking of|racks of> {o}",
    ),
    "StraightConveyor": (
        "ride along the conveyor {o}", "travel on the belt {o}", "are carried along by the conveyor {o}",
        "roll down the conveyor {o}", "move on over the belt {o}",
        "are conveyed along {o}", "ride by conveyor over {o}", "are conveyed on by {o}",
        "are <conveyed|carried|transported|moved|taken> <along|on|over|by> <the conveyor|the belt|the conveyor belt> {o}",
        "<ride|travel|roll|run|go|move> <along|on|over|down> <the conveyor|the belt|the conveyor belt> {o}",
    ),
}  # fmt: skip
_TIMED = (
    "are {done} for {t} on {o}", "spend {t} at {o} being {done}", "need {t} to be {done} at {o}",
    "take {t} to get {done} on {o}", "are {done} at {o}, which takes {t}", "are {done} on {o} in {t}",
    "have to be {done} at {o}, taking {t}", "stay {t} at {o} to be {done}", "are {done} on {o}, {t} each",
    "remain at {o} for {t}", "are worked on at {o} for {t}", "keep {o} busy for {t}", "sit at {o} for {t}",
    "are {done} at {o}, time {t}", "occupy {o} for {t}", "go to {o} and need {t} there", "are at {o} for {t}",
    "stop at {o} for {t} to be {done}", "use {o} for {t}", "are in work at {o} for {t}",
    "are <{done}|processed|worked on|treated|handled> <at|on|by> {o} for {t}",
    "<are|get> {done} <at|on|by> {o}, <which takes|taking|which needs|in|time|cycle time> {t}",
    "<spend|need|take|stay> {t} <at|on> {o}",
    "<are|get> <{done}|processed|handled> within {t} <at|on|by> {o}",
)  # fmt: skip
_FROM = (
    "from {a} {items} ", "{items} from {a} ", "coming from {a}, {items} ", "after {a} {items} ",
    "when finished at {a}, {items} ", "{items} that leave {a} ", "behind {a} {items} ",
    "once through {a}, {items} ", "what leaves {a} goes on: {items} ", "past {a}, {items} ", "leaving {a}, {items} ",
    "having left {a}, {items} ", "with {a} done, {items} ", "beyond {a} {items} ", "as for {items} from {a}, they ",
    "as soon as {a} is done, {items} ", "following {a}, {items} ",
    "<from|leaving|out of|past|after|beyond> {a}<,|> {items} ",
    "<once|when|after being> <done at|finished at|through with|released by> {a}, {items} ",
)  # fmt: skip
_NEXT = (
    "then they ", "after that they ", "next they ", "from there they ", "afterwards they ",
    "from there {items} ", "then it's on: they ", "following this, they ", "next in line, they ", "subsequently they ",
    "thereafter {items} ", "later they ", "once that is done, they ", "when finished, they ", "then {items} ",
    "after this they ", "that done, they ", "as a next step, they ", "then all {items} ",
    "<then|next|after that|afterwards|after this|subsequently|thereafter|later|following that> <they|the {items}|all {items}|{items}> ",
    "<from there|from here|after this step|once done|when done|having done that|in the next step>, <they|the {items}|{items}> ",
)  # fmt: skip
_PREPOSITIONS = frozenset("in at on by via through to from of into over after".split())


def walk(teller: Teller) -> list[str]:
    """Sentences that tell all links and introduce every station on the way."""
    said: list[str] = []
    lists = gathered(teller, list(range(len(teller.factory.stations))))
    later = put_in_later(teller)
    with told_without(teller, later):
        for run in runs(teller):
            said += _carried(teller, run)
        for index in range(len(teller.factory.stations)):
            if index not in teller.known and teller.factory.successors(index):
                said.append(sentence_about(teller, [index]))
    said += insertions(teller, later)
    said = lists + said if teller.rng.random() < 0.2 else said + lists
    return [text for text in said if text]


def _carried(teller: Teller, run: Run) -> list[str]:
    """One run as one sentence or several."""
    rng = teller.rng
    text, joint = _start(teller, run[0])
    out: list[str] = []
    room = rng.choice([1, 2, 3, 4])
    for number, front in enumerate(run[1:]):
        if not joint or (number and (not room or len(text) > 300)):
            out.append(text)
            text, room, joint = teller.fill(teller.forms.pick(_NEXT)), rng.choice([1, 2, 3, 4]), " "
        last = number == len(run) - 2
        text = text.rstrip() + joint + step(teller, front)
        heavy = ", which" in text or " (" in text or " with " in text
        joint = rng.choice(
            [", then ", ", and then ", ", after that "]
            if heavy or not last
            else [" and ", " and then "]
        )
        room -= 1
    return [*out, text]


def _start(teller: Teller, front: list[int]) -> tuple[str, str]:
    """How a run begins, and what joins the first step to it ("": a new sentence is needed)."""
    if all(teller.cls(i) == "Source" and i not in teller.known for i in front):
        if len(front) > 1 and not teller.alike(front):
            return " and ".join(_arrival(teller, [i])[0] for i in front), ""
        said, open_ended = _arrival(teller, front)
        return said, teller.rng.choice([", ", ", then ", " and "]) if open_ended else ""
    before = [sentence_about(teller, [i]) for i in front if i not in teller.known]
    form = teller.fill(teller.forms.pick(_FROM)).replace("{a}", names(teller, front))
    return "; ".join([*(text for text in before if text), form]), " "


def _arrival(teller: Teller, front: list[int]) -> tuple[str, bool]:
    teller.known |= set(front)
    facts = teller.facts(front[0])
    forms = (
        _ARRIVE
        if len(front) == 1
        else tuple(f for f in _ARRIVE if f.startswith("{items}") and "our" not in f)
    )
    form = teller.forms.pick(forms)
    paces = [fact for fact in facts if fact.kind in _PACE]
    pace = "".join(_paced(teller, fact, front) for fact in paces)
    if pace and len(front) > 1:
        pace += " each" if not pace.endswith(")") else ""
    rest = [teller.short(fact, front) for fact in facts if fact not in paces]
    said = teller.fill(form).replace("{o}", names(teller, front)).replace("{pace}", pace)
    return said + (f" ({', '.join(rest)})" if rest else ""), form.startswith("{items}")


def _paced(teller: Teller, fact: Fact, owners: list[int]) -> str:
    return teller.said(_PACE[fact.kind], fact, owners)


def step(teller: Teller, front: list[int]) -> str:
    """What items do next, at one station or at one of several."""
    kinds = list(dict.fromkeys(teller.cls(i) for i in front))
    if len(kinds) > 1:
        parts = [step(teller, [i for i in front if teller.cls(i) == kind]) for kind in kinds]
        return " or ".join(parts)
    new = [i for i in front if i not in teller.known]
    teller.known |= set(front)
    if new == front and teller.alike(front):
        return _alike_step(teller, front)
    either = "either " if len(front) == 2 and teller.rng.random() < 0.2 else ""
    if (
        new == front
        and len(front) == 2
        and all(teller.facts(i) for i in front)
        and teller.rng.random() < 0.4
    ):
        return (
            _go(teller, front, either + names(teller, front, "or"))
            + f" ({compared(teller, front)})"
        )
    told = [
        teller.mark.name(i) + (f" ({teller.shorts([i])})" if i in new and teller.facts(i) else "")
        for i in front
    ]
    return _go(teller, front, either + teller.and_(told, "or"))


def _alike_step(teller: Teller, front: list[int]) -> str:
    """A step to stations told of for the first time and in one breath."""
    facts = list(teller.facts(front[0]))
    times = [fact for fact in facts if fact.kind == "process"]
    last = teller.rng.choice(["or", "or", "and"])
    who = names(teller, front, last)
    if times and teller.cls(front[0]) == "Processor" and teller.rng.random() < 0.45:
        n = Numbers(teller.mark, times[0].setting, front)
        forms = _TIMED if is_simple(n) else tuple(form for form in _TIMED if form.endswith("{t}"))
        form = teller.forms.pick(forms).replace("{done}", _done(teller, front[0]))
        said = phrase(n, teller.forms, closed=not form.endswith("{t}"))
        text = form.replace("{t}", said).replace("{o}", who)
        rest = [fact for fact in facts if fact not in times]
        return text + _remark(teller, front, rest, brackets=True)
    return _go(teller, front, who) + _remark(teller, front, facts)


def _remark(teller: Teller, front: list[int], facts: list[Fact], brackets: bool = False) -> str:
    """Facts after a name: in brackets, as a relative clause, after a dash."""
    if not facts:
        return ""
    roll = 0.0 if brackets else teller.rng.random()
    if len(front) > 1:
        who = teller.rng.choice(
            ["both", "each of the two"] if len(front) == 2 else ["all", "each of them"]
        )
        if len(front) == 2 and teller.rng.random() < 0.3:
            who = "either"
        many = who in ("both", "all")
        return f" ({who} {teller.and_([teller.verb(fact, front, many) for fact in facts])})"
    if roll < 0.45:
        return f" ({', '.join(teller.short(fact, front) for fact in facts)})"
    if roll < 0.75:
        return f", which {teller.and_([teller.verb(fact, front) for fact in facts])}"
    if roll < 0.9:
        return f" (it {teller.and_([teller.verb(fact, front) for fact in facts])})"
    return f" with {teller.and_([teller.noun(fact, front) for fact in facts])}"


def _go(teller: Teller, front: list[int], who: str) -> str:
    forms = _GO[teller.cls(front[0])]
    if teller.mark.generic or len(front) > 1:
        forms = tuple(form for form in forms if _bare(form))
    form = teller.forms.pick(forms)
    return form.replace("{done}", _done(teller, front[0])).replace("{o}", who)


def _bare(form: str) -> bool:
    """Whether no class noun stands before the name."""
    found = re.search(r"(\w+) \{o\}", form)
    return not found or found[1] in _PREPOSITIONS


def _done(teller: Teller, index: int) -> str:
    return past_participle(teller.factory.stations[index].name, teller.rng)
