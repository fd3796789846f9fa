"""What people say in English when the structure of a model shall change.

{a}, {b}, {c} are objects that exist, {n}, {m}, {o} names that are given, {new} a description of
something new, {old} a name without an article.
"""

from __future__ import annotations

from ...factories.factory import Setting
from ...factories.vocabulary import tells_class
from .markup import NAME_OPEN
from .objects import class_noun, conjugate, noun_phrase, participle, terse, verb_phrase
from .turn import Turn

FORMS: dict[str, tuple[str, ...]] = {
    "clone": (
        "add a second {old} in parallel", "add another {old} in parallel",
        "add a further {old} in parallel", "duplicate {a}", "we need one more {old} in parallel",
        "double {a}", "put another {old} next to {a}", "add one more {old} in parallel",
        "clone {a}", "have two of {a} side by side", "add a copy of {a} in parallel",
        "a second {old} please", "we bought a second {old}, it works in parallel to the first",
        "add a twin of {a}", "install one more {old} next to {a}", "copy {a}",
        "set up a parallel {old}, same data", "add a second machine just like {a}",
        "there should be two of {a} in parallel", "give {a} a parallel twin",
        "{a} is the bottleneck, add a second one in parallel", "make it two {old} in parallel",
        "{a} needs an identical one next to it", "parallelise {a}",
        "use two {old} in parallel instead of one", "add one like {a} in parallel",
    ),
    "clone_named": (
        "add {n} in parallel to {a}", "add a second {old} in parallel called {n}",
        "put {n} in parallel with {a}, same settings", "duplicate {a} as {n}",
        "add a parallel twin {n} next to {a}", "copy {a} to {n}",
        "we bought another {old}, call it {n}, it works in parallel",
        "add another {old} named {n} beside the first", "clone {a}, the copy is {n}",
        "add {n}, identical to {a} and parallel to it", "{n} shall work alongside {a}, same data",
        "{n} is a copy of {a} in parallel", "{a} gets a twin called {n}",
        "install {n} next to {a}, it does the same", "double {a}: the second one is {n}",
        "have {n} share the work with {a}, with the same times", "make a copy of {a} named {n}",
        "{a} is too slow alone, add {n} in parallel with the same settings",
        "add one more like {a}, name: {n}", "a second {old}, {n}, in parallel please",
    ),
    "clone_two": (
        "add two more {old} in parallel", "we need two more of {a} in parallel",
        "triple {a}", "make it three {old} in parallel", "add two copies of {a}",
        "have three of {a} side by side", "clone {a} twice", "add 2 more {old} next to {a}",
        "put two further {old} beside {a}", "duplicate {a} two times",
        "there should be three of {a} in parallel", "two more like {a} please",
    ),
    "clone_two_named": (
        "add {n} and {m} in parallel to {a}", "add two more {old} in parallel, {n} and {m}",
        "copy {a} twice, as {n} and {m}", "{n} and {m} shall work in parallel to {a}, same data",
        "clone {a} to {n} and {m}", "duplicate {a} as {n} and as {m}",
        "we bought two more machines like {a}: {n} and {m}, all in parallel",
        "put {n} and {m} next to {a}, both the same as {a}",
        "{a} gets two parallel copies called {n} and {m}", "add two twins of {a}: {n}, {m}",
    ),
    "line": (
        "duplicate the line from {a} to {b}", "copy the whole line {chain}",
        "add a second line parallel to {chain}", "double the line {chain}",
        "we need a second parallel line like {a} to {b}", "clone the branch {chain}",
        "build the line {chain} a second time in parallel",
        "put a second line with the same stations next to {chain}",
        "duplicate {chain} as a parallel line", "set up another parallel line identical to {chain}",
        "repeat {chain} as a separate line beside it",
    ),
    "line_named": (
        "duplicate the line {chain}, the copies are called {copies}",
        "add a parallel line {copies} like {chain}", "copy {chain} to {copies}, as a line of its own",
        "add a second line {copies}, identical to {chain} and parallel to it",
        "clone the branch {chain} as {copies}", "build {chain} again in parallel as {copies}",
        "double the line {chain}: the new one is {copies}",
        "set up another parallel line with {copies}, the same as {chain}",
        "repeat the line {chain} in parallel and name the stations {copies}",
        "we get a second line next to {chain}, namely {copies}",
    ),
    "between": (
        "insert {new} between {a} and {b}", "put {new} between {a} and {b}",
        "add {new} between {a} and {b}", "place {new} between {a} and {b}",
        "between {a} and {b} we need {new}", "between {a} and {b} add {new}",
        "between {a} and {b}, insert {new}", "there should be {new} between {a} and {b}",
        "add {new}, between {a} and {b}", "from {a}, items go through {new} before they reach {b}",
        "we want {new} between {a} and {b}", "squeeze {new} in between {a} and {b}",
        "items from {a} to {b} pass {new} on the way", "{a} and {b} are to be separated by {new}",
        "separate {a} and {b} by {new}", "decouple {a} and {b} with {new}",
        "on the way from {a} to {b} put {new}", "we forgot {new} between {a} and {b}",
        "{new} is missing between {a} and {b}", "let {a} feed {new}, which then feeds {b}",
        "add {new} on the connection from {a} to {b}", "split the link {a} to {b} with {new}",
    ),
    "after": (
        "add {new} after {a}", "insert {new} behind {a}", "put {new} right after {a}",
        "after {a} we need {new}", "after {a} add {new}", "place {new} downstream of {a}",
        "{a} should be followed by {new}", "we want {new} after {a}", "behind {a}, put {new}",
        "there should be {new} directly after {a}", "we need {new} after {a}",
        "what leaves {a} goes to {new} first", "{a} should hand over to {new} first",
        "we forgot {new} after {a}", "append {new} to {a}", "have {new} follow {a}",
        "attach {new} to the exit of {a}", "install {new} behind {a}",
        "once items leave {a} they go through {new}", "after {a} comes {new}",
    ),
    "before": (
        "add {new} before {b}", "insert {new} in front of {b}", "put {new} right before {b}",
        "before {b} we need {new}", "ahead of {b}, add {new}", "place {new} upstream of {b}",
        "{b} should be preceded by {new}", "we want {new} in front of {b}",
        "everything that goes to {b} passes {new} first", "we need {new} before {b}",
        "before items enter {b} they go through {new}", "give {b} {new} in front of it",
        "{b} needs {new} in front", "we forgot {new} before {b}", "install {new} ahead of {b}",
        "in front of {b} put {new}", "there should be {new} directly before {b}",
        "have {new} feed {b}, in between what fed it so far",
    ),
    "append": (
        "add {new} fed by {a} and feeding {b}", "create {new}, connected from {a} and to {b}",
        "add {new}, it gets parts from {a} and sends them to {b}",
        "add {new}; input from {a}, output to {b}", "{new} takes parts from {a} and passes them to {b}",
        "set up {new}: {a} feeds it and it feeds {b}", "there is also {new}, from {a} to {b}",
        "{a} also feeds {new}, from where items go on to {b}", "we get {new}; it sits behind {a} and before {b}, beside what is there",
        "as another way from {a} to {b}, add {new}", "build a branch from {a} over {new} to {b}",
        "additionally, {a} sends parts through {new} to {b}", "add {new} with input {a} and output {b}",
    ),
    "source": (
        "add {new} feeding {b}", "{b} also gets parts from {new}", "add {new} in front of {b}, additionally",
        "there is {new}, too; it feeds {b}", "we need {new} that feeds {b}", "add {new} for {b}",
        "a further supply for {b}: {new}", "let {new} deliver to {b} as well", "connect {new} to {b}",
        "parts also come in from {new} and go to {b}", "create {new} and connect it to {b}",
    ),
    "sink": (
        "add {new} after {a}", "{a} also sends items to {new}", "we need {new} fed by {a}",
        "some parts leave {a} for {new}", "add {new} to which {a} sends what it rejects",
        "items from {a} can also leave through {new}", "create {new} and connect {a} to it",
        "give {a} {new}, in addition to where it sends items now", "from {a} parts also go to {new}",
        "let {a} feed {new} too", "scrap from {a} goes to {new}", "connect {a} to {new}",
    ),
    "remove": (
        "remove {a}", "delete {a}", "drop {a}", "take {a} out", "we don't need {a} any more",
        "get rid of {a}", "leave out {a}", "skip {a}", "{a} can go", "{a} is gone", "scrap {a}",
        "take out {a}", "{a} is not needed", "please no {a}", "throw {a} out", "kick out {a}",
        "eliminate {a}", "{a} should disappear", "the plant has no {old} any longer",
        "{a} was sold, take it out", "erase {a} from the model", "{a} has been dismantled",
        "we decided against {a}", "do without {a}", "omit {a}", "{a} is obsolete, delete it",
    ),
    "remove_told": (
        "remove {b}, {a} then feeds {c} directly", "without {b}: from {a} straight to {c}",
        "skip {b} so that {a} goes directly to {c}", "take out {b} and connect {a} to {c} instead",
        "delete {b}; what leaves {a} goes to {c}", "drop {b} and let {a} feed {c}",
        "{a} should feed {c} directly, {b} is removed", "close the gap between {a} and {c} after removing {b}",
        "get rid of {b} and join {a} and {c}", "bypass and delete {b}: {a} feeds {c}",
    ),
    "remove_all": (
        "remove {all}", "delete {all}", "get rid of {all}", "take {all} out", "drop {all}",
        "we don't need {all} any more", "{all} can go", "leave {all} out", "do without {all}",
        "{all} are not needed", "throw {all} out", "{all} were sold, take them out", "scrap {all}",
    ),
    "rename": (
        "rename {a} to {n}", "call {a} {n}", "change the name of {a} to {n}",
        "{a} should be called {n}", "{a} is now named {n}", "the name of {a} is {n}",
        "rename {a} into {n}", "{a} should be renamed to {n}", "give {a} the name {n}",
        "name {a} {n}", "from now on {a} is called {n}", "{a} gets the new name {n}",
        "rename: {a} -> {n}", "{a} => {n} (new name)", "use the name {n} for {a}",
        "{a} is really called {n}", "we call {a} {n}", "please use {n} instead of {a} as the name",
        "{a} has a wrong name, it is {n}", "let's call {a} {n}", "the right name for {a} is {n}",
        "{n} is a better name for {a}", "relabel {a} as {n}", "{a} has to be named {n}",
        "set the name of {a} to {n}", "{a}: new name {n}", "change {a}'s name to {n}",
    ),
    "rename_two": (
        "rename {a} to {n} and {b} to {m}", "call {a} {n} and {b} {m}",
        "{a} is now {n} and {b} is {m}", "rename {a} and {b} to {n} and {m}",
        "new names: {a} is {n}, {b} is {m}", "rename {a} -> {n}, {b} -> {m}",
        "{a} should be named {n}, {b} should be named {m}", "change the names of {a} and {b} to {n} and {m}",
        "{a} and {b} get the names {n} and {m}", "give {a} the name {n} and {b} the name {m}",
    ),
    "connect": (
        "connect {a} to {b}", "also connect {a} to {b}", "{a} should also feed {b}",
        "add a connection from {a} to {b}", "link {a} with {b}", "{a} also sends parts to {b}",
        "let {a} go to {b} as well", "draw an arrow from {a} to {b}", "{a} -> {b} too",
        "{a} must be connected to {b}", "join {a} to {b}", "route {a} to {b}, too",
        "there is a link missing from {a} to {b}", "{b} also gets parts from {a}",
        "{b} is fed by {a} as well", "items can go from {a} to {b}, too", "wire {a} to {b}",
        "{a} additionally supplies {b}", "add {b} to the outputs of {a}", "add {a} as an input of {b}",
        "parts from {a} may also enter {b}", "{a} can also pass items on to {b}",
    ),
    "connect_two": (
        "connect {a} to {b} and {c}", "{a} should also feed {b} and {c}", "{a} also goes to {b} and to {c}",
        "link {a} with both {b} and {c}", "let {a} send parts to {b} and {c} as well",
        "add connections from {a} to {b} and {c}", "{b} and {c} are also fed by {a}",
        "wire {a} to {b} as well as to {c}", "from {a} items also go to {b} or {c}",
    ),
    "disconnect": (
        "disconnect {a} from {b}", "remove the connection from {a} to {b}",
        "{a} should not feed {b} any more", "cut the link between {a} and {b}",
        "delete the link {a} to {b}", "{a} no longer goes to {b}", "unlink {a} and {b}",
        "there is no way from {a} to {b}", "{a} does not feed {b}", "drop the link from {a} to {b}",
        "nothing goes from {a} to {b} any more", "take away the arrow from {a} to {b}",
        "{b} should not get parts from {a}", "{b} is no longer fed by {a}", "separate {a} from {b}",
        "{a} and {b} are not connected", "the arrow from {a} to {b} is wrong, delete it",
        "break the connection {a} -> {b}", "stop sending items from {a} to {b}",
    ),
    "reroute": (
        "{a} should go to {c} instead of {b}", "let {a} feed {c} instead of {b}",
        "reroute {a} from {b} to {c}", "instead of {b}, {a} feeds {c}",
        "move the output of {a} from {b} to {c}", "{a} feeds {c}, not {b}",
        "{a} sends its parts to {c} and no longer to {b}", "send the output of {a} to {c} rather than {b}",
        "{a} is connected to {b} but should be connected to {c}", "redirect {a} to {c} instead of {b}",
        "{a} goes to {c} now, not to {b}", "connect {a} to {c} and not to {b}",
        "disconnect {a} from {b} and connect it to {c}", "unplug {a} from {b} and plug it into {c}",
        "change the target of {a} from {b} to {c}", "after {a} items go to {c} rather than {b}",
        "replace the link {a} to {b} by {a} to {c}", "{a} must not feed {b} but {c}",
    ),
    "refeed": (
        "{b} should be fed by {c} instead of {a}", "feed {b} from {c} instead of {a}",
        "{b} gets its parts from {c}, not from {a}", "{c} feeds {b} instead of {a}",
        "let {c} supply {b} in place of {a}", "{b} is supplied by {c} and no longer by {a}",
        "change the input of {b} from {a} to {c}", "{b} takes from {c} now instead of {a}",
        "not {a} but {c} feeds {b}", "the link into {b} comes from {c}, not {a}",
    ),
    "swap": (
        "swap {a} and {b}", "exchange the order of {a} and {b}", "{b} should come before {a}",
        "change the order: first {b}, then {a}", "swap the positions of {a} and {b} in the flow",
        "items visit {b} first and then {a}", "reverse the order of {a} and {b}",
        "let {a} and {b} trade places", "{b} comes first, {a} second", "put {b} in front of {a}",
        "do {b} before {a}", "switch {a} and {b} around", "{a} has to come after {b}",
    ),
    "move_after": (
        "move {a} behind {b}", "move {a} after {b}", "put {a} behind {b} instead",
        "{a} should come right after {b}", "relocate {a} to directly after {b}",
        "take {a} out where it is and insert it after {b}", "shift {a} to the place after {b}",
        "{a} belongs behind {b}", "move {a} so that it follows {b}", "do {a} right after {b} instead",
    ),
    "replace": (
        "replace {a} by {new}", "replace {a} with {new}", "swap {a} for {new}",
        "use {new} instead of {a}", "instead of {a} there is {new}", "turn {a} into {new}",
        "exchange {a} for {new}", "{a} is replaced by {new}", "substitute {new} for {a}",
        "take out {a} and put {new} in its place", "where {a} is we get {new}", "{new} takes the place of {a}",
    ),
    "operate_new": (
        "add {new} for {a}", "{a} needs {new}", "{new} operates {a}", "let {new} run {a}",
        "{new} works at {a}", "we hire {new} who operates {a}", "put {new} at {a}",
        "{a} is operated by {new}", "assign {new} to {a}", "{a} gets {new}", "processing at {a} needs {new}",
    ),
    "operate": (
        "{r} also operates {a}", "{a} is operated by {r} too", "let {r} run {a}, too",
        "{r} should also work at {a}", "{a} needs {r} for processing", "assign {r} to {a} as well",
        "{r} tends {a} as well", "use {r} at {a}, too", "{a} also gets its operator from {r}",
        "have {r} run {a}", "put {r} at {a}",
    ),
    "carry_new": (
        "{new} carries what leaves {a}", "add {new} for the transport from {a}",
        "items from {a} are transported by {new}", "use {new} to move parts away from {a}",
        "{a} uses {new} for transport", "add {new} that takes items from {a} to the next station",
        "what leaves {a} is moved by {new}", "transport from {a} is done by {new}",
        "let {new} pick up the parts at {a}", "we buy {new} for carrying items from {a}",
    ),
    "carry": (
        "{r} also carries what leaves {a}", "items from {a} are transported by {r} too",
        "{a} also uses {r} for transport", "use {r} for the transport from {a} as well",
        "{r} takes parts away from {a}, too", "let {r} move what comes out of {a}",
        "transport from {a} is done by {r} as well", "{r} should pick up items at {a}, too",
    ),
    "alone": (
        "{a} no longer needs {r}", "{r} does not serve {a} any more", "take {r} away from {a}",
        "{a} works without {r}", "remove {r} from {a} only", "disconnect {a} from {r}",
        "{a} runs on its own, without {r}", "free {r} from {a}", "{r} is not needed at {a}",
    ),
}  # fmt: skip
_NAMED = (
    "a {noun} {name}", "a {noun} called {name}", "{name} (a {noun})", "a new {noun} named {name}",
    "the {noun} {name}", "a {noun} with the name {name}", "{noun} {name}",
    "a {noun} that we call {name}", "the new {noun} {name}", "a {noun} named {name}",
)  # fmt: skip
_FURTHER_NAMED = (
    "one more {noun} called {name}", "an additional {noun} {name}",
    "another {noun} {name}", "a further {noun} {name}", "an extra {noun} named {name}",
)  # fmt: skip
_UNNAMED = ("a {noun}", "a {noun}", "a new {noun}", "a simple {noun}", "a {noun}")
_FURTHER = (
    "another {noun}", "one more {noun}", "an extra {noun}", "a further {noun}", "some {noun}",
    "an additional {noun}",
)  # fmt: skip
_SECOND = ("a second {noun}", "a 2nd {noun}", "another {noun}", "a new {noun}", "one more {noun}")
_AFTERWARDS = (
    ". It {verbs}", "; it {verbs}", ", it {verbs}", " and it {verbs}", ". It should have {nouns}",
    ", {terse}", ", {nouns}", ": {terse}", ". Give it {nouns}", " – {terse}",
)  # fmt: skip
_INSIDE = (
    " with {nouns}",
    " with {nouns}",
    " ({terse})",
    " that {verbs}",
    " {doing}",
    ", {terse},",
)


def introduce(turn: Turn, new: int, settings: list[Setting], manner: str) -> tuple[str, str]:
    """A new object in words, and what is said of it after the request. It comes "instead" of
    another, "also" or as one of a "second" kind beside those of its class."""
    rng, mark, cls = turn.rng, turn.mark, turn.factory.class_of(new)
    noun = class_noun(cls, rng)
    if new in turn.unnamed:
        called = turn.form(_unnamed(turn, cls, manner), noun=noun)
    elif manner != "instead" and tells_class(mark.names[new], cls) and rng.random() < 0.5:
        called = rng.choice(["{n}", "{n}", "a {n}", "the {n}", "a new {n}"]).replace(
            "{n}", mark.name(new)
        )
    else:
        forms = _NAMED * 2 + _FURTHER_NAMED * (manner != "instead")
        called = turn.form(forms, noun=noun, name=mark.name(new))
    called = _article(called, mark.names[new])
    if not settings:
        return called, ""
    inside = rng.random() < 0.45
    form = turn.form(_INSIDE if inside else _AFTERWARDS, **{key: f"{{{key}}}" for key in _PARTS})
    key = next(key for key in _PARTS if f"{{{key}}}" in form)
    told = form.replace(f"{{{key}}}", _PARTS[key](turn, settings, cls, new))
    if inside:
        return called + told, ""
    return called, told


def _unnamed(turn: Turn, cls: str, manner: str) -> tuple[str, ...]:
    if manner == "second":
        several = sum(station.class_name == cls for station in turn.factory.stations) > 2
        return _FURTHER if several else _SECOND
    return _UNNAMED + _FURTHER * (manner == "also")


def _article(called: str, name: str) -> str:
    """ "an inspection station" for "a inspection station"."""
    if not called.startswith("a "):
        return called
    rest = called[2:]
    first = name[:1] if rest.startswith(NAME_OPEN) else rest[:1]
    return ("an " if first and first.lower() in "aeiou" else "a ") + rest


def _verbs(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(conjugate(verb_phrase(s, cls, turn.mark, [new]), False) for s in settings)


def _nouns(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(noun_phrase(s, cls, turn.mark, [new]) for s in settings)


def _terse(turn: Turn, settings: list[Setting], _cls: str, new: int) -> str:
    return ", ".join(terse(s, turn.mark, [new]) for s in settings)


def _doing(turn: Turn, settings: list[Setting], cls: str, new: int) -> str:
    return " and ".join(participle(verb_phrase(s, cls, turn.mark, [new])) for s in settings)


_PARTS = {"verbs": _verbs, "nouns": _nouns, "terse": _terse, "doing": _doing}
