"""The words for every kind of fact: verbs, nouns that fit after "with", short forms, keys.

{t} is a time in words, {x} a terse one, {n} a bare number, {u} a number with its unit, {U} the
unit; {item}, {items} and {box} are what is made. Verbs hold {s}, {es}, {is}, {has}
(`objects.conjugate`).
"""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """How a kind of fact is told; `value` is what stands after a key."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    shorts: tuple[str, ...]
    keys: tuple[str, ...]
    value: str = "{n}"


_IAT = ("interarrival", "inter-arrival time", "iat", "interval", "arrival interval", "takt")
_RATE = ("rate", "arrival rate", "throughput", "arrivals")

WORDINGS = {
    "arrival:constant": Wording(
        ("release{s} one {item} every {u}", "create{s} a new {item} every {u}",
         "bring{s} in one {item} every {u}", "let{s} one {item} in every {u}",
         "send{s} {items} into the line at intervals of {u}", "deliver{s} the next {item} every {u}",
         "start{s} a new {item} every {u}", "{has} {items} coming in every {u}", "produce{s} one {item} every {u}",
         "hand{s} out a {item} every {u}", "suppl{ies} one {item} each {u}", "generate{s} {items} every {u}"),
        ("a new {item} every {u}", "one arrival every {u}", "{u} between arrivals",
         "an arrival interval of {u}"),
        ("every {u}", "one every {u}", "interval {u}", "a new one every {u}"),
        _IAT, "{x}",
    ),
    "arrival:random": Wording(
        ("release{s} {items} with gaps of {t}", "{has} inter-arrival times of {t}",
         "send{s} out {items}, the time between two being {t}",
         "create{s} {items} at intervals of {t}", "bring{s} in {items} with {t} between two",
         "let{s} {items} in, {t} apart", "generate{s} {items} with an interval of {t}",
         "suppl{ies} {items} with {t} from one to the next", "start{s} {items} at a distance of {t}"),
        ("gaps of {t} between {items}", "arrival intervals of {t}", "{t} between two arrivals",
         "an inter-arrival time of {t}"),
        ("gaps {x}", "interarrival {x}", "every {x}", "arrivals {x} apart"),
        _IAT, "{x}",
    ),
    "arrival:rate": Wording(
        ("release{s} {n} {items}{U}", "bring{s} in {n} {items}{U}", "deliver{s} {n} {items}{U}",
         "send{s} in {n} {items}{U}, evenly spaced", "start{s} {n} {items}{U}"),
        ("{n} {items}{U}", "a rate of {n}{U}", "{n} arrivals{U}"),
        ("{n}{U}", "{n} {items}{U}", "rate {n}{U}"),
        _RATE, "{n}{U}",
    ),
    "arrival:poisson": Wording(
        ("release{s} {n} {items}{U} on average, as a Poisson stream",
         "bring{s} in a Poisson stream of {n} {items}{U}",
         "send{s} in {items} at random, {n}{U} on average (Poisson)"),
        ("a Poisson stream of {n} {items}{U}", "Poisson arrivals, {n}{U}",
         "on average {n} {items}{U}, exponentially spaced"),
        ("Poisson, {n}{U}", "Poisson {n} {items}{U}", "exp. arrivals, {n}{U}"),
        _RATE, "Poisson {n}{U}",
    ),
    "process": Wording(
        ("take{s} {t}", "need{s} {t}", "need{s} {t} per {item}", "work{s} on each {item} for {t}",
         "{is} busy with each {item} for {t}", "require{s} {t} for one {item}",
         "finish{es} one {item} in {t}", "{has} a cycle of {t}", "run{s} {t} per {item}",
         "spend{s} {t} on every {item}", "{is} occupied by each {item} for {t}", "process{es} one {item} in {t}",
         "keep{s} each {item} for {t}", "do{es} one {item} in {t}", "ask{s} for {t} per {item}", "last{s} {t}",
         "{has} a process time of {t}", "use{s} up {t} per {item}", "hold{s} every {item} for {t}",
         "work{s} for {t}", "complete{s} a {item} after {t}"),
        ("a cycle time of {t}", "a processing time of {t}", "{t} per {item}",
         "{t} of work per {item}", "a run time of {t}", "a duration of {t}", "a service time of {t}",
         "a machine time of {t}", "a process time of {t}", "a takt of {t}"),
        ("{x}", "{x} ", "takes {t}", "{x} per {item}", "cycle {x}", "CT {x}", "{x} each", "time {x}",
         "process {x}", "c/t {x}", "busy {x}", "{x} process time"),
        ("cycle time", "process time", "ct", "time", "proc", "processing", "duration", "service time",
         "c/t", "work time", "machine time", "proc time", "handling time"), "{x}",
    ),
    "process:rate": Wording(
        ("handle{s} {n} {items}{U}", "get{s} through {n} {items}{U}", "manage{s} {n} {items}{U}",
         "finish{es} {n} {items}{U}", "make{s} {n}{U}"),
        ("a capability of {n} {items}{U}", "an output of {n}{U}", "a speed of {n} {items}{U}"),
        ("{n}{U}", "{n} {items}{U}", "does {n}{U}", "makes {n}{U}", "{n} {items} done{U}"),
        ("output", "rate", "throughput", "speed"), "{n}{U}",
    ),
    "setup": Wording(
        ("need{s} {t} to set up for each {item}", "{has} a setup of {t}",
         "{is} set up for {t} before every {item}", "spend{s} {t} on setup first",
         "require{s} a changeover of {t}", "{has} {t} of setup before each run", "{is} prepared for {t} each time",
         "change{s} over in {t}", "need{s} setting up for {t} first", "want{s} {t} of preparation"),
        ("a setup of {t}", "{t} of setup", "a changeover of {t}", "a preparation time of {t}"),
        ("setup {x}", "{x} setup", "+ {x} setup", "changeover {x}", "{x} to set up"),
        ("setup", "setup time", "changeover", "set-up", "prep"), "{x}",
    ),
    "capacity": Wording(
        ("hold{s} at most {n} {items}", "{has} {n} places", "take{s} up to {n} {items}",
         "{is} full at {n} {items}", "can't hold more than {n}", "never hold{s} more than {n}",
         "offer{s} room for {n} {items}", "{has} room for {n}", "fit{s} {n} {items}",
         "{is} limited to {n}", "store{s} {n} {items} at most", "keep{s} up to {n} {items}", "{has} a capacity of {n}",
         "must not exceed {n} {items}", "can take {n}", "{has} {n} slots", "{has} space for {n} {items}",
         "hold{s} {n}", "accept{s} {n} {items} and no more", "stop{s} at {n}", "can buffer {n} {items}"),
        ("room for {n}", "{n} places", "space for {n} {items}", "a limit of {n} {items}",
         "at most {n} {items}", "{n} slots", "a size of {n}", "a capacity of {n}", "a maximum of {n}",
         "{n} positions", "no more than {n} {items}"),
        ("max {n}", "{n} places", "cap {n}", "up to {n}", "room for {n}", "≤ {n}", "{n} max",
         "size {n}", "at most {n}", "{n} slots", "max. {n} {items}", "holds {n}", "cap. {n}", "limit {n}",
         "{n} {items}", "<= {n}", "capacity {n}"),
        ("capacity", "max", "size", "cap", "max content", "places", "limit", "slots", "room", "maximum",
         "maxcontent", "positions"),
    ),
    "parallel": Wording(
        ("work{s} on {n} {items} at a time", "take{s} {n} {items} at once",
         "handle{s} up to {n} {items} simultaneously", "can have {n} {items} in work together",
         "{has} room for {n} {items} at the same time"),
        ("room for {n} {items} at once", "{n} {items} in work at a time", "{n} parallel places"),
        ("{n} at a time", "{n} in parallel", "capacity {n}", "{n} at once"),
        ("capacity", "max content", "parallel", "in parallel", "places"),
    ),
    "lifo": Wording(
        ("hand{s} out the newest {item} first", "work{s} last in, first out",
         "give{s} back the last {item} first", "{is} emptied from the top, last in first out"),
        ("last in, first out", "LIFO order", "the newest {item} leaving first"),
        ("LIFO", "last in first out", "newest first"),
        ("order", "discipline", "rule"), "LIFO",
    ),
    "placement:1": Wording(
        ("stack{s} the {items} vertically", "pile{s} its {items} on top of each other",
         "keep{s} its {items} in a vertical stack"),
        ("vertical stacking", "{items} stacked vertically", "a vertical stack"),
        ("stacked vertically", "vertical stack", "vertical"),
        ("placement", "item placement", "stacking"), "vertical stack",
    ),
    "placement:2": Wording(
        ("line{s} the {items} up horizontally", "lay{s} its {items} out in a horizontal line",
         "keep{s} its {items} in a horizontal row"),
        ("a horizontal line of {items}", "{items} lined up horizontally", "horizontal placement"),
        ("horizontal line", "lined up horizontally", "horizontal"),
        ("placement", "item placement", "stacking"), "horizontal line",
    ),
    "placement:3": Wording(
        ("stack{s} the {items} inside the queue", "keep{s} its stack inside the queue",
         "pile{s} {items} up inside the queue"),
        ("stacking inside the queue", "{items} stacked inside the queue", "a stack inside it"),
        ("stack inside queue", "stacked inside the queue", "stacking inside"),
        ("placement", "item placement", "stacking"), "stack inside queue",
    ),
    "placement:4": Wording(
        ("do{es} nothing to place {items}", "leave{s} the placement of {items} alone",
         "{has} its item placement set to do nothing"),
        ("no item placement", "item placement set to do nothing", "unplaced {items}"),
        ("no placement", "placement: do nothing", "no item placement"),
        ("placement", "item placement", "stacking"), "do nothing",
    ),
    "base": Wording(
        ("start{s} its stack at a height of {n}", "{has} its stack base at {n}",
         "begin{s} stacking at z = {n}", "{has} a base height of {n}"),
        ("a stack base of {n}", "a base height of {n}", "the stack starting at a height of {n}"),
        ("base {n}", "stack base {n}", "base height {n}"),
        ("base height", "stack base z", "base z", "stack base"),
    ),
    "pack:n": Wording(
        ("pack{s} {n} {items} into each {box}", "put{s} {n} {items} in every {box}",
         "fill{s} each {box} with {n} {items}", "load{s} {n} {items} into one {box}",
         "pack{s} {items} by {n} into a {box}", "stow{s} {n} {items} per {box}"),
        ("{n} {items} packed into each {box}", "{n} {items} per {box}, packed"),
        ("packs {n} per {box}", "{n} {items} into each {box}", "packing {n} per {box}"),
        ("packs per container", "packing quantity", "pack"),
    ),
    "pack": Wording(
        ("pack{s} {items} into a {box}", "work{s} in pack mode", "fill{s} {items} into a {box}",
         "put{s} what arrives into a {box}"),
        ("packing into a {box}", "pack mode", "{items} packed into a {box}"),
        ("pack mode", "packs into a {box}", "packing"),
        ("mode", "combine mode", "combines by"), "pack",
    ),
    "join": Wording(
        ("join{s} what arrives into one {item}", "merge{s} its inputs into one {item}",
         "work{s} in join mode", "join{s} the parts for good"),
        ("join mode", "its inputs joined into one", "joining into one {item}"),
        ("join mode", "joins them into one", "joining"),
        ("mode", "combine mode", "combines by"), "join",
    ),
    "batch": Wording(
        ("collect{s} {items} and release{s} them as a batch", "work{s} in batch mode",
         "batch{es} what arrives", "send{s} {items} on in batches"),
        ("batch mode", "{items} released as a batch", "batching"),
        ("batch mode", "batching", "in batches"),
        ("mode", "combine mode", "combines by"), "batch",
    ),
    "components": Wording(
        ("use{s} {n} components per {box}", "add{s} {n} components to each {box}",
         "need{s} {n} components for every {box}"),
        ("{n} components per {box}", "a component quantity of {n}"),
        ("{n} components", "{n} components per {box}"),
        ("components", "quantity", "components per container"),
    ),
    "split:n": Wording(
        ("split{s} each {item} into {n} {pieces}", "cut{s} every {item} into {n} {pieces}",
         "make{s} {n} {pieces} out of each {item}", "divide{s} one {item} into {n} {pieces}",
         "turn{s} each {item} into {n} {pieces}", "break{s} every {item} up into {n}"),
        ("{n} {pieces} out of each {item} it splits", "a split of each {item} into {n}"),
        ("splits into {n}", "1 into {n}", "{n} {pieces} out of each"),
        ("splits into", "split quantity", "split into"),
    ),
    "split": Wording(
        ("split{s} each {item}", "work{s} in split mode", "cut{s} each {item} apart"),
        ("split mode", "splitting", "each {item} split up"),
        ("split mode", "splits", "splitting"),
        ("mode", "separate mode", "separates by"), "split",
    ),
    "splitqty": Wording(
        ("give{s} {n} {pieces} per {item}", "yield{s} {n} {pieces} from each {item}"),
        ("{n} {pieces} from each {item}", "a split quantity of {n}"),
        ("{n} {pieces} each", "quantity {n}", "{n} {pieces} per {item}"),
        ("pieces", "split quantity", "quantity"),
    ),
    "unpack": Wording(
        ("unpack{s} the {box}", "take{s} the {items} out of the {box} again",
         "empt{ies} each {box}", "work{s} in unpack mode"),
        ("unpacking of each {box}", "unpack mode", "the {items} taken out of the {box}"),
        ("unpack mode", "unpacks", "unpacking"),
        ("mode", "separate mode", "separates by"), "unpack",
    ),
    "dwell": Wording(
        ("keep{s} every {item} for at least {t}", "hold{s} each {item} for a minimum of {t}",
         "{has} a minimum dwell time of {t}", "do{es} not give anything back before {t}"),
        ("a minimum stay of {t}", "a dwell time of at least {t}", "at least {t} of storage"),
        ("min stay {x}", "dwell {x}", "minimum dwell {x}", "at least {t}"),
        ("dwell time", "min dwell", "minimum stay", "dwell"), "{x}",
    ),
    "speed": Wording(
        ("run{s} at {n} m/s", "move{s} {items} at {n} m/s", "{has} a belt speed of {n} m/s",
         "go{es} {n} metres per second", "{is} set to {n} m/s"),
        ("a speed of {n} m/s", "a belt speed of {n} metres per second", "{n} m/s"),
        ("{n} m/s", "speed {n} m/s", "at {n} m/s", "{n} m/sec", "v = {n} m/s", "runs {n} m/s"),
        ("speed", "belt speed", "v", "velocity"), "{n} m/s",
    ),
    "maxspeed": Wording(
        ("travel{s} at {n} m/s", "do{es} {n} m/s at most", "move{s} at up to {n} m/s",
         "{has} a top speed of {n} metres per second", "go{es} no faster than {n} m/s"),
        ("a top speed of {n} m/s", "a maximum speed of {n} m/s", "{n} m/s at most"),
        ("{n} m/s", "max {n} m/s", "top speed {n} m/s", "up to {n} m/s"),
        ("max speed", "top speed", "speed", "vmax"), "{n} m/s",
    ),
    "carry": Wording(
        ("carr{ies} {n} {items} at a time", "can carry {n} {items} per trip",
         "take{s} up to {n} {items} along", "load{s} at most {n} {items}"),
        ("room for {n} {items} per trip", "a load capacity of {n}", "a payload of {n} {items}"),
        ("{n} per trip", "carries {n}", "load capacity {n}", "max {n} {items}"),
        ("capacity", "load capacity", "payload", "carries"),
    ),
    "load": Wording(
        ("need{s} {t} to load", "take{s} {t} to pick up one {item}", "{has} a load time of {t}",
         "load{s} in {t}"),
        ("a load time of {t}", "{t} for loading", "a pick-up time of {t}"),
        ("load {x}", "{x} to load", "loading {x}", "pick-up {x}"),
        ("load time", "loading", "load", "pick-up time"), "{x}",
    ),
    "unload": Wording(
        ("need{s} {t} to unload", "take{s} {t} to set one {item} down",
         "{has} an unload time of {t}", "unload{s} in {t}"),
        ("an unload time of {t}", "{t} for unloading", "a drop-off time of {t}"),
        ("unload {x}", "{x} to unload", "unloading {x}", "drop-off {x}"),
        ("unload time", "unloading", "unload", "drop-off time"), "{x}",
    ),
    "move": Wording(
        ("need{s} {t} per move", "move{s} one {item} in {t}", "{has} a move time of {t}",
         "take{s} {t} for one transfer"),
        ("a move time of {t}", "{t} per move", "a handling time of {t}"),
        ("{x} per move", "move {x}", "moves in {x}", "{x} per transfer"),
        ("move time", "time per move", "handling"), "{x}",
    ),
    "operators": Wording(
        ("need{s} an operator", "{is} run by hand", "only work{s} with an operator present",
         "{is} manned"),
        ("an operator at work", "manual operation", "a person at the controls"),
        ("manual", "with operator", "manned"),
        ("operated", "operation", "mode of work"), "manual",
    ),
    "crew": Wording(
        ("need{s} {n} operators at a time", "take{s} {n} people to run", "require{s} {n} operators"),
        ("{n} operators at a time", "a crew of {n}", "{n} people at work"),
        ("{n} operators", "crew of {n}", "{n} people"),
        ("operators", "crew", "people"),
    ),
    "transport": Wording(
        ("need{s} transport for what leaves it", "{has} its {items} carried away",
         "hand{s} its {items} to a transport", "use{s} transport"),
        ("transport for its {items}", "its {items} carried on", "use of transport"),
        ("with transport", "output carried", "uses transport"),
        ("transport", "output", "use transport"), "by transport",
    ),
}  # fmt: skip
