"""People, vehicles, robots and their dispatchers: who they are and whom they serve."""

from __future__ import annotations

from ....factories.factory import Station
from ....factories.roles import EXECUTERS, is_resource
from ..objects import one_of
from .describe import all_sentences, class_noun
from .facts import BOXES, Teller
from .flow import inflect, names

_RUN = (
    "{a} run{s} {b}", "{a} look{s} after {b}", "{b} can only run with {a} present", "{a} stand{s} at {b}",
    "{a} {is} the operator of {b}", "{b} {isz} run by {a}", "{b} {isz} manned by {a}",
    "work at {b} is done by {a}", "{a} mind{s} {b}", "{b} need{z} {a} while working",
    "{b} wait{z} for {a} before processing", "{a} work{s} at {b}", "{a} {is} needed at {b}", "{b} need{z} {a} to run",
    "without {a} nothing happens at {b}", "{a} serve{s} {b} by hand", "{b} {isz} staffed by {a}", "{a} tend{s} {b}",
    "{a} take{s} care of the work at {b}", "{b}: operated by {a}", "{a} handle{s} the work at {b}",
    "nothing happens at {b} until {a} {is} there", "{b} wait{z} until {a} come{s} before it starts",
    "{a} must be at {b} while it works", "{b} work{z} only while {a} {is} standing there",
    "{b} call{z} {a} before each cycle", "for its work {b} need{z} {a}", "{a} {is} in attendance at {b}",
    "{b} {isz} attended by {a}", "{b} {isz} served by {a}, who run{s} it", "{a} operate{s} {b}",
    "{a} {is} assigned to {b} as operator", "{b} must wait for {a} to begin", "{b} start{z} when {a} {is} there",
    "processing at {b} needs {a}", "the work at {b} waits for {a}", "{a} do{es} the processing at {b}",
    "{a} process{es} {items} at {b}", "{b} {isz} the workplace of {a}", "each cycle of {b} takes {a}",
    "{a} go{es} to {b} whenever there is work", "{b} keep{z} {a} busy during processing",
    "{b} <wait{z}|{hasz} to wait|must wait> for {a} <before it starts|to start|before starting|to come|before work begins|for every {item}>",
    "{b} <need{z}|require{z}|call{z} for|want{z}|ask{z} for|depend{z} on> {a} <for processing|to work|for its work|as operator|during processing|for each job|at the controls>",
    "{a} <{is} at work at|{is} stationed at|{is} on duty at|{is} posted at|{is} in charge of the work at|do{es} the work at|attend{s} to|supervise{s} the work of|staff{s}> {b}",
    "{b} <{isz} worked|{isz} handled|{isz} attended to|{isz} supervised|{isz} tended|{isz} looked after|{isz} operated> by {a}",
    "<processing|work|the job|every cycle|a cycle> at {b} <needs|requires|takes|calls for|cannot start without|depends on> {a}",
    "{b} <can't|cannot|won't|can not> <work|start|run|begin|process anything> <without|until there is> {a}",
    "<operator of|operator at|worker at|at the controls of|in attendance at> {b}: {a}",
    "{a} <{is}|act{s} as|work{s} as> <operator of|operator at|the worker at> {b}",
)  # fmt: skip
_RUN_TEAM = (
    "{b} get{z} people from {a}", "{a} send{s} someone to {b} for each job", "{a} staff{s} {b}",
    "{b} ask{z} {a} for an operator", "whoever runs {b} is assigned by {a}", "{b} request{z} operators from {a}",
    "people for {b} come from {a}", "{a} assigns the operators of {b}", "{b} {isz} run by whoever {a} sends",
    "{b} wait{z} for someone from {a} before processing", "{a} provide{s} the operators of {b}",
    "{b} need{z} somebody from {a} while working", "one of {a} runs {b}", "{b} {isz} manned from {a}",
    "{b} {isz} served by people from {a}", "{a} decide{s} who works at {b}", "{b} get{z} its operators from {a}",
    "operators at {b} are dispatched by {a}", "for each job {b} call{z} {a} for a person",
    "{a} send{s} {b} to their jobs", "{a} coordinates {b}", "{a} is the dispatcher of {b}", "{b} are dispatched by {a}",
    "{a} has {b} in its team", "{a}'s team: {b}", "{b} make up the team of {a}", "{a} tells {b} what to do",
    "{b} are led by {a}", "{a} gives work to {b}", "{b} get their jobs from {a}", "{a} manages {b}",
    "{b} are members of {a}", "{a} assigns tasks to {b}", "under {a} work {b}",
    "{b} <wait{z}|call{z}> for <someone|somebody|an operator|a person|staff|a worker> from {a} <to start|before starting|to begin|to work|for each job>",
    "<operators|people|workers|staff> <for|at> {b} are <sent|provided|supplied|assigned|dispatched> by {a}",
    "{a} <suppl{ies}|send{s}|assign{s}|dispatch{es}|provide{s}> <people|operators|workers|staff|somebody> <to|for> {b}",
    "{b} <get{z}|take{z}|draw{z}|borrow{z}> <operators|people|workers|staff> from {a}",
    "{b} <need{z}|require{z}> <an operator|someone|a person|a worker|somebody> <of|from> {a} <to run|for processing|for its work|at work>",
)  # fmt: skip
_CARRY = (
    "{a} carr{ies} {items} away from {b}", "{a} take{s} care of transport from {b}",
    "{items} are fetched from {b} by {a}", "what leaves {b} is carried by {a}",
    "{a} collect{s} {items} at {b} and bring{s} them on", "{b} {isz} emptied by {a}",
    "transport out of {b}: {a}", "{items} leave {b} by means of {a}", "{a} haul{s} {items} out of {b}",
    "{a} pick{s} up {items} at {b}", "{a} do{es} the moves from {b}", "{b} {isz} served by {a}, which takes {items} on",
    "{items} from {b} travel on {a}", "{a} fetch{es} {items} from {b}", "{a} clear{s} {b}", "{a} unload{s} {b} and drives on",
    "moving {items} on from {b} is the job of {a}", "{b} use{z} {a} to move {items} on",
    "{b} {isz} served by {a}, which pick{s} up {items} there", "{a} serve{s} {b} and carr{ies} off {items}",
    "{b} wait{z} for {a} to take {items} away", "{items} at {b} wait for {a} to be carried on",
    "{a} {is} responsible for moving {items} out of {b}", "{b} need{z} {a} to get rid of {items}",
    "{b} call{z} {a} when {items} have to go on", "{a} take{s} {items} on from {b}", "{a} transport{s} {items} from {b}",
    "{items} are taken on from {b} by {a}", "{b} hand{z} its {items} to {a}, which carr{ies} them on",
    "{b} {isz} linked to {a} for transport", "{items} that are done at {b} are moved by {a}",
    "{a} move{s} {items} on from {b}", "{a} bring{s} away what {b} release{z}", "from {b} {a} carr{ies} {items} on",
    "the transport from {b} is done by {a}", "{a} empt{ies} {b}", "{b} depend{z} on {a} for transport",
    "{items} <from|finished at|done at|leaving|released by|coming out of> {b} are <carried|moved|taken|hauled|transported|driven> <on|away|off|further> by {a}",
    "{a} <carr{ies}|move{s}|take{s}|haul{s}|transport{s}|drive{s}> {items} <out of|away from|off> {b}",
    "{b} <need{z}|use{z}|require{z}|call{z} for|wait{z} for|rel{iesz} on> {a} <for transport|for its transport|as transport|to carry {items} on|to take {items} away|to move {items} on>",
    "<transport|transportation|the transport|hauling|moving|carrying> <from|out of|away from> {b} is <up to|left to|done by|a matter for|the task of|with> {a}",
    "{a} <{is} used|{is} there|{is} needed|{is} called> to <carry|move|take|fetch|bring> {items} <from|out of|away from> {b}",
    "{a} <pick{s} up|load{s}|collect{s}|fetch{es}> <{items} at|at|what is done at|whatever leaves> {b}",
)  # fmt: skip
_CARRY_TO = (
    "{a} carr{ies} {items} from {b} to {c}", "{a} move{s} everything between {b} and {c}",
    "between {b} and {c} {items} are carried by {a}", "{a} shuttle{s} {items} from {b} to {c}",
    "transport from {b} to {c} is up to {a}", "{a} bring{s} {items} from {b} to {c}", "{a} drive{s} {items} from {b} to {c}",
    "from {b} to {c} {items} ride on {a}", "{items} go from {b} to {c} on {a}", "{a} take{s} {items} from {b} over to {c}",
    "{a} serve{s} the way from {b} to {c}", "{b} {isz} served by {a}, which take{s} {items} to {c}",
    "{items} wait at {b} for {a} to take them to {c}", "{a} deliver{s} {items} from {b} to {c}",
    "{a} pick{s} up at {b} and drop{s} off at {c}", "{a} haul{s} {items} from {b} to {c}", "{a} fetch{es} {items} at {b} for {c}",
    "to get from {b} to {c}, {items} need {a}", "{a} load{s} at {b} and unload{s} at {c}",
    "{a} link{s} {b} with {c} by carrying {items}", "{a} do{es} the moves from {b} to {c}",
    "{a} <carr{ies}|move{s}|take{s}|haul{s}|transport{s}|bring{s}> {items} <from {b} to|out of {b} and on to|away from {b} to|from {b} on to|from {b} across to> {c}",
    "{items} <are carried|are moved|are taken|are brought|are driven|travel|ride> from {b} to {c} <by|with|by means of> {a}",
    "<transport|the transport|transportation|hauling|the way> from {b} to {c} is <done by|served by|the job of|a matter for|left to> {a}",
)  # fmt: skip
_CARRY_TEAM = (
    "{b} call{z} {a} for transport", "{a} send{s} transport to {b} for whatever leaves there",
    "{a} organise{s} the transport out of {b}", "the team of {a} carries {items} away from {b}",
    "{b} request{z} transport from {a}", "vehicles for {b} are sent by {a}", "moves out of {b} are assigned by {a}",
    "{b} wait{z} for transport from {a}", "{a} assign{s} the transport from {b}", "one of {a} carries {items} away from {b}",
    "{b} {isz} served by the vehicles of {a}", "{a} dispatch{es} someone to move {items} out of {b}",
    "{items} leave {b} with whoever {a} sends", "{a} provide{s} transport for {b}", "transport from {b} is ordered at {a}",
    "{b} <need{z}|request{z}|order{z}|ask{z} for|wait{z} for> <transport|a vehicle|a carrier> from {a}",
    "{a} <send{s}|assign{s}|provide{s}|dispatch{es}|find{s}> <a vehicle|transport|a carrier|someone|vehicles> <to carry|to move|to take|to fetch> {items} from {b}",
    "<transport|the transport|moving {items}|transportation> <out of|from|away from> {b} is <organised|arranged|assigned|dispatched|coordinated> by {a}",
)  # fmt: skip
_TEAM = (
    "{a} lead{s} {b}", "{b} take orders from {a}", "{a} is the team of {b}", "{a} hand{s} out jobs to {b}",
    "{b} are assigned by {a}", "behind {a} stand {b}", "{b} work for {a}", "{a} control{s} {b}",
    "{b} report to {a}", "{a} dispatches {b}", "{a} is in charge of {b}", "{b} belong to {a}", "{b} get their tasks from {a}",
    "{a} <command{s}|direct{s}|run{s}|schedule{s}|supervise{s}|oversee{s}|guide{s}> {b}",
    "{b} <are controlled|are directed|are scheduled|are commanded|are supervised|are organised|are coordinated> by {a}",
    "{b} <are part of|form|make up|are the members of|belong to> <the team of {a}|the crew of {a}>",
    "{a} <gives|assigns|passes|distributes> <tasks|jobs|orders|work> <to|among> {b}",
)  # fmt: skip
_CALLS = (
    "{b} call{z} on {a}", "{a} serve{s} {b}", "{b} {isz} linked to {a} as a resource", "{b} can call {a}",
    "{a} {is} at the disposal of {b}", "{b} {isz} assigned {a}", "{a} {is} there for {b}", "{b} {isz} served by {a}",
    "{b} share{z} {a} as a resource", "{a} {is} the resource of {b}", "{b} use{z} {a}", "{b} may ask {a} for help",
    "{a} help{s} {b}", "{b} {isz} connected to {a} by a centre port", "{a} {is} a resource for {b}",
    "{b} <draw{z} on|{hasz} access to|can use|may call on> {a}",
    "{a} <{is} linked|{is} connected|{is} tied> to {b} <by a centre port|through a centre port|as a resource|by a center port>",
)  # fmt: skip
_CONTAINERS = (
    "the {boxes} for {a} come from {b}", "{a} gets its {boxes} from {b}", "{b} supplies the {boxes} that {a} fills",
    "at {a}, the {boxes} are those from {b}", "everything goes into the {boxes} from {b} at {a}",
    "{a} puts the rest into what comes from {b}",
    "{a} fills the {boxes} from {b}", "what comes from {b} is the container at {a}", "{b} brings the {boxes} for {a}",
    "{a} packs into the {boxes} from {b}", "the {boxes} at {a} are delivered by {b}", "{a} takes its {boxes} from {b}",
    "as {boxes}, {a} uses those from {b}", "empty {boxes} reach {a} from {b}", "{b} is where {a} gets its {boxes}",
    "the {boxes} <that {a} fills|at {a}|for {a}|used at {a}> <come|are taken|are brought|are fetched|arrive> from {b}",
    "{b} <delivers|provides|supplies|sends> the {boxes} <for|to> {a}",
)  # fmt: skip
FLAGS = {"operate": "UseProcessOperators", "carry": "UseTransport"}


def resources(teller: Teller) -> list[int]:
    return [i for i, s in enumerate(teller.factory.stations) if is_resource(s.class_name)]


def crew_sentences(teller: Teller) -> list[str]:
    """Resources introduced and, where links are told, whom they serve."""
    said: list[str] = []
    with_noun: set[int] = set()
    if teller.links and not teller.mark.generic and teller.rng.random() < 0.5:
        with_noun = {i for i in resources(teller) if not teller.facts(i)}
    said += all_sentences(teller, [i for i in resources(teller) if i not in with_noun])
    if not teller.links:
        return said
    for index in resources(teller):
        said += _served(teller, index, index in with_noun)
    return said + container_sentences(teller)


def served_by(teller: Teller, resource: int) -> dict[str, list[int]]:
    """Whom a resource serves: "team" its members, "operate", "carry" or just "linked" stations."""
    factory = teller.factory
    out: dict[str, list[int]] = {"team": [b for a, b in factory.links if a == resource]}
    for a, b in factory.service():
        if b == resource and not is_resource(factory.class_of(a)):
            out.setdefault(_does(teller, a, resource), []).append(a)
    return {how: others for how, others in out.items() if others}


def _served(teller: Teller, index: int, with_noun: bool) -> list[str]:
    who = teller.mark.name(index)
    if with_noun:
        teller.known.add(index)
        who = f"{class_noun(teller, index)} {who}"
    said: list[str] = []
    for how, others in served_by(teller, index).items():
        if how == "team":
            said.append(_told(teller, _TEAM, who, others, plain=len(others) > 1))
        elif how == "linked":
            said.append(_told(teller, _CALLS, who, others))
        else:
            said.append(_serving(teller, index, who, others, how == "operate"))
    return said


def _does(teller: Teller, station: int, resource: int) -> str:
    """Whether a resource operates a station, carries its items away, or is only linked to it."""
    settings = teller.factory.stations[station].settings
    does = [how for how, flag in FLAGS.items() if flag in settings]
    if len(does) == 2:
        return "operate" if teller.factory.class_of(resource) == "Operator" else "carry"
    return does[0] if does else "linked"


def _serving(teller: Teller, index: int, who: str, served: list[int], operate: bool) -> str:
    alone = teller.factory.class_of(index) in EXECUTERS
    if operate:
        return _told(teller, _RUN if alone else _RUN_TEAM, who, served)
    targets = teller.factory.successors(served[0])
    if alone and len(served) == 1 and targets and teller.rng.random() < 0.5:
        text = _told(teller, _CARRY_TO, who, served)
        return text.replace("{c}", names(teller, targets))
    return _told(teller, _CARRY if alone else _CARRY_TEAM, who, served)


def _told(
    teller: Teller, forms: tuple[str, ...], who: str, others: list[int], plain: bool = True
) -> str:
    if not plain:
        forms = tuple(form for form in forms if form.startswith("{a}"))
    form = inflect(teller.fill(teller.forms.pick(forms)), False, len(others) > 1)
    return form.replace("{a}", who).replace("{b}", names(teller, others))


def packs(station: Station) -> bool:
    """Whether an object puts components into containers."""
    mode = station.settings.get("CombineMode")
    return station.class_name == "Combiner" and (mode is None or mode.args[0].text == "1")


def container_sentences(teller: Teller) -> list[str]:
    """Now and then, from which predecessor a Combiner's containers come."""
    said: list[str] = []
    for index, station in enumerate(teller.factory.stations):
        feeder = teller.factory.container_feeder(index)
        if packs(station) and feeder is not None and teller.rng.random() < 0.6:
            teller.mark.containers.add(feeder)
            boxes = next(word for word in BOXES if one_of(word) == teller.box)
            form = teller.forms.pick(_CONTAINERS).replace("{boxes}", boxes)
            said.append(
                form.replace("{a}", teller.mark.name(index)).replace(
                    "{b}", teller.mark.name(feeder)
                )
            )
    return said
