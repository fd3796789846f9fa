"""The records that the compiled kernel works on."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from ..states import State
from .extent import Extent
from .program import MAX_SAID

Records = npt.NDArray[Any]


class Kind(IntEnum):
    SOURCE = 0
    QUEUE = 1
    PROCESSOR = 2
    SINK = 3
    COMBINER = 4
    SEPARATOR = 5
    EXECUTER = 6
    DISPATCHER = 7
    PASS = 8  # BasicFR
    CONVEYOR = 9
    TABLE_SOURCE = 10
    MULTI = 11  # a MultiProcessor
    POINT = 12  # a decision point
    STATION = 13  # on a conveyor
    EYE = 14


class At(IntEnum):
    """Kinds of marks on a conveyor; items may have to stand at an end or a station."""

    ENTRY = 0
    END = 1
    POINT = 2
    STATION = 3
    UNCOVER = 4  # a photo eye, by the trailing edge


class Law(IntEnum):
    """The laws drawn in the kernel, by the functions of `distributions`."""

    NONE = 0
    CONSTANT = 1
    EXPONENTIAL = 2
    UNIFORM = 3
    TRIANGULAR = 4
    NORMAL = 5
    DUNIFORM = 6
    BERNOULLI = 7
    WEIBULL = 8
    LOGNORMAL = 9
    LOGNORMAL2 = 10
    LOGISTIC = 11
    LAPLACE = 12
    LOGLOGISTIC = 13
    CODE = 99  # a program of user code, from row args[0]


class What(IntEnum):
    """What an entry of the calendar or of the work list asks for."""

    CREATE = 0  # node
    FINISH = 1  # node, item
    RELEASE = 2  # node, item
    ASK = 3  # node: upstream
    OPERATE = 4  # executer, request
    DISPATCH = 5  # dispatcher or executer
    LOOK = 6  # executer: for work
    STOP = 7  # item: the stop
    RESUME = 8
    # In wider extents, which also plan RELEASE for items in storage:
    CARRY = 9  # executer, request: a task of a transport is over
    BATCH = 10  # queue, round: a batch has waited long enough
    RIDE = 11  # body and its number: something happens on a belt
    ARRIVE = 12  # source, arrival: items of a schedule; −1: only the next row
    NEXT_ROW = 13  # source: the next row of its table
    NEXT_ITEM = 14  # source: the next item of a sequence
    LEG = 15  # executer: a leg of its way is over
    OFFER = 16  # claim, as the item: some of it has been given back
    ADMIT = 17  # executer: there is room at the node where it wants to stand
    PROCESSED = 18  # item: a station on a conveyor has done with it
    BLOCK = 19  # eye, round: covered for long enough
    CLEAR = 20  # eye, round: uncovered for long enough


class Status(IntEnum):
    """Why the kernel returned."""

    DONE = 0
    BUDGET = 1  # the budget of steps is used up
    ITEMS = 2  # items, calendar or requests need more room
    TRACE = 3  # the trace must be taken away
    CODE = 4  # something that only the reference kernel can tell


STATES = len(State) + 1
LINE = 64  # bytes of a cache line
MAX_STOPS = 8  # of one object at a time
ROWS_A_MOVE = 12  # of the trace that one item's move may add; a step moves each item once
CARRIED, COVERED = 8, 4  # marks and photo eyes that an item on a belt may have in mind
ASK_STRATEGY = -(2**31)  # as the port that is pulled from: PullStrategy has not said it yet
BATCH = 16  # uniform variates made at once, a multiple of the four of a block


def _record(reals: str = "", wholes: str = "", *others: tuple[Any, ...]) -> np.dtype[Any]:
    """A record of 8-byte fields: first whole numbers, then reals, then what has a type."""
    return np.dtype([*_fields("i8", wholes), *_fields("f8", reals), *others], align=True)


def _fields(kind: str, names: str) -> list[tuple[Any, ...]]:
    return [(name, kind) for name in names.split()]


law_type = _record("", "law clamp clamped", ("args", "f8", 4))

# first_link … first_link + links are the rows of the table `outs` that leave this object;
# first_in … of `ins` those that lead here. Items, requests, laws, programs and objects are
# given by their number, −1 none. What every move reads or writes lies together, and narrow: the
# first three cache lines, and the times of states 1 to 8 in one.
node_type = np.dtype(
    [
        *_fields("i4", "kind stops content capacity lifo asking head tail first_link links "
                       "first_in ins state busy time setup"),
        *_fields("i8", "input output stays"),
        *_fields("i4", "content_min content_max"),
        *_fields("f8", "moment stay_sum stay_min stay_max state_since shown_since busy_moment"),
        *_fields("i4", "on_entry on_exit on_process route process_crew setup_crew setting_up "
                       "awaiting on_creation on_setup on_collected underneath "
                       "priority crew_from keeps_crew "  # laws of counts, dispatcher
                       "mode wanted collected container reserved parts first_part last_part "
                       "split quantity to_ports "  # separator
                       "active first_request last_request first_member members first_team "
                       "teams place home ways next_in_crew utilized holding "  # executer
                       "time_zero"),
        ("state_times", "f8", STATES),
        ("made", "i8"),
        ("stop_states", "i8", MAX_STOPS),
    ],
    align=True,
)  # fmt: skip

FIRST_STATES: int = node_type.fields["state_times"][1] + 8  # type: ignore[index]

# `next` chains waiting items, components, the free places of the pool; `inside` is the
# uppermost of what is packed, `below` the next one under it. crew: −1 none, else its missing.
item_type = np.dtype(
    [
        *_fields("f8", "born entered"),
        ("ident", "i8"),
        *_fields("i4", "next port phase size inside below crew first_in_crew last_in_crew"),
    ],
    align=True,
)
# Of transports also: the stage (−1 with operators), the output port, where to and by which port.
request_type = _record("priority", "next station item stage port target in_port")
event_type = np.dtype([("time", "f8"), ("order", "i8"), ("item", "i8"), ("node", "i4"),
                       ("what", "i4")], align=True)  # fmt: skip
task_type = np.dtype([("item", "i8"), ("node", "i4"), ("what", "i4")], align=True)
link_type = np.dtype(_fields("i4", "origin port target in_port wanted promised"))
stop_type = _record(
    "", "node state first every lasts from_end"
)  # laws; from_end: `every` counts from there
# Uniform variates u are made ahead, and log(1 - u) where an exponential law has asked for them.
stream_type = np.dtype([("key", "u8", 2), ("counter", "u8"), ("used", "u4"), ("logged", "u4"),
                        ("uniforms", "f8", BATCH), ("logs", "f8", BATCH)])  # fmt: skip
# What wider extents know of an object beside its node: items on their way to it and to be
# fetched from it, its transport, its batches, how long it stores an item (laws); of an executer
# the laws of loading times and of a robot's moves, the chain of transports left at their break, the
# row of `ways` with the offset times at stations, whether it moves by axes; of a robot's arm the
# row of `ways` with the degrees at which its base looks at stations, −1 none, where it looks now,
# and degrees/s. A source's table is `rows` rows of `arrivals` from `first_row` on, of which `left`
# items of `current` are to come.
more_type = np.dtype(
    [
        *_fields("i4", "incoming outgoing haulers haul_priority batch_size batch_time flush closed "
                       "round dwell loading unloading moving first_left last_left offsets by_axes "
                       "first_row rows row current left repeat timed steps "
                       "pull_strategy pull_requirement pull_port arm"),
        *_fields("f8", "began angle turning"),  # when the table was begun
    ],
    align=True,
)  # fmt: skip
# Items that are there at time 0: their age and the time that their work still takes, −1 all of it.
start_type = _record("age remaining", "node count phase")
arrival_type = _record("time", "quantity number")
# A conveyor: metres and m/s; its riders, where its item goes that is passed on, the rider that
# went on to another conveyor, items brought while the entry was taken.
belt_type = _record(
    "length speed entering moving standing acceleration deceleration",
    "accumulates first last onto gone gone_life gone_onto first_brought last_brought "
    "first_mark marks",
)
# The bodies of belts by the numbers of their conveyors, then a rider and its body for each item: a
# steady motion; what it does next; the rider (see `belts` and `kernel.belt`).
rider_type = np.dtype(
    [
        *_fields("f8", "time place speed offset shift pace"),
        ("number", "i8"),
        *_fields("i4", "told due holds body on mark stands passing life rides "
                       "ahead first_follower next_follower behind"),
        *_fields("f8", "acceleration final"),  # what follows only in the widest extent
        *_fields("i4", "asked braking asks"),
    ],
    align=True,
)  # fmt: skip
# What stands on a conveyor or is its entry or end, m from its start. What a rider keeps in mind:
# marks beyond the end of the conveyor before, eyes that it covers, the station where it stands.
mark_type = np.dtype([("place", "f8"), *_fields("i4", "kind point")], align=True)
note_type = np.dtype(
    [("since", "f8"), ("carried_place", "f8", CARRIED), ("cover_since", "f8", COVERED),
     ("carried_kind", "i4", CARRIED), ("carried_point", "i4", CARRIED),
     ("cover_eye", "i4", COVERED), *_fields("i4", "carried covers wanted station")],
    align=True,
)  # fmt: skip
# A point on a conveyor: the laws of a station's condition and of a photo eye's times.
spot_type = np.dtype(
    _fields("i4", "condition blocking clearing blocked covering round"), align=True
)
# How an executer moves (`paths`, `stands`). On guide paths: its motion; its rates, m/s and m/s²;
# since when it is stopped; `number` of the vehicle, 0 none; the legs of its route, passed and
# allocated; what it waits for and holds; the searches for a deadlock. On a crowded network: where
# the times to all goals lie, the node where it goes or stands, whether it does, whether it waits.
mover_type = np.dtype(
    [
        *_fields("f8", "time place speed acceleration final top rise fall halted"),
        *_fields("i4", "number point first_leg legs passed granted wanted next_waiting first_held "
                       "last_held seen next_seen trips stand stands waits "
                       "pass_to strategy first_connected connected"),  # of a dispatcher
    ],
    align=True,
)  # fmt: skip
# A control point or area; what a vehicle has of it; what a vehicle that stands at a point has.
claim_type = np.dtype(
    [("room", "f8"), *_fields("i4", "holders first_holder last_holder first_waiting last_waiting")],
    align=True,
)
hold_type = np.dtype(_fields("i4", "held next_held next_holder"), align=True)
point_type = np.dtype(_fields("i4", "first_claim claims"), align=True)
leg_type = np.dtype([("end", "f8"), *_fields("i4", "point first_claim claims")], align=True)
route_type = np.dtype(_fields("i4", "first legs"), align=True)
# A network node with its room, and the time and the node at the end of a travel.
stand_type = np.dtype(
    [("room", "f8"), *_fields("i4", "travelers first_waiting last_waiting")], align=True
)
trip_type = np.dtype([("time", "f8"), ("stand", "i4")], align=True)
# Global tables that code uses, row by row in `cells`; a line that code has printed.
grid_type = _record("", "first rows columns")
said_type = _record("", "line", ("values", "f8", MAX_SAID))
step_type = np.dtype([("op", "i8"), ("a", "i8"), ("x", "f8")])
real_type = np.dtype([("value", "f8")])
whole_type = np.dtype([("value", "i8")])
small_type = np.dtype([("value", "i4")])

# Tables of the model, by their names in `Plant`; `labels` (of items) and `own_labels` (of
# objects) have `label_count` values a row, not a number where there is none.
TABLES = {
    "nodes": node_type, "outs": link_type, "ins": link_type, "laws": law_type,
    "stops": stop_type, "streams": stream_type, "code": step_type, "own_labels": real_type,
    "members": whole_type, "teams": whole_type, "ways": real_type, "stack": real_type,
    "local": real_type, "draw": law_type, "known": law_type, "cells": real_type, "grids": grid_type,
    "said": said_type,
    "more": more_type, "items": item_type, "heap": event_type, "paused": event_type,
    "tasks": task_type, "requests": request_type, "labels": real_type,
    "arrivals": arrival_type, "arrival_labels": real_type, "belts": belt_type,
    "riders": rider_type, "bodies": whole_type, "movers": mover_type, "claims": claim_type,
    "claimed": whole_type, "holds": hold_type, "points": point_type, "legs": leg_type,
    "routes": route_type, "stands": stand_type, "trips": trip_type,
    "marks": mark_type, "notes": note_type, "spots": spot_type, "connected": whole_type,
    "starts": start_type, "start_labels": real_type,
}  # fmt: skip

_LASTING = frozenset({  # no run changes them
    "outs", "stops", "code", "known", "members", "teams", "ways", "arrivals", "arrival_labels",
    "claimed", "points", "legs", "routes", "trips", "marks", "connected",
    "starts", "start_labels",
})  # fmt: skip

# The columns of `trace.Trace`, table by table.
TRACE = {
    "state": ("object", "state", "start", "end"),
    "content": ("object", "time", "content"),
    "wip": ("time", "count"),
    "item": ("item", "object", "enter", "leave"),
    "finished": ("time",),
}
_WHOLE = frozenset({"object", "state", "content", "count", "item"})
TRACE_TYPES = {
    f"{table}_{name}": small_type if name in _WHOLE else real_type
    for table, names in TRACE.items()
    for name in names
}

# All scalars, and what stays from one replication to the next: rooms, and every table's address.
system_type = _record(
    "now wip_moment stay_sum stay_min stay_max",
    "steps order heap hole first_task tasks free in_use events begun gave_up tracing "
    "created finished items wip wip_min wip_max "
    "node_count stop_count reserve label_count goals said said_room "
    "paused free_request rows " + " ".join(f"{table}_rows" for table in TRACE),
    *_fields("i8", "item_room event_room body_room task_room row_room"),
    *((f"at_{name}", "u8") for name in (*TABLES, *TRACE_TYPES)),
    *_fields("i8", "claims searches starts"),  # seldom needed: behind what lies well in the cache
)
# By the type of `system` the kernels of the extents are told apart; fields lie alike.
SYSTEM_TYPES = tuple(
    np.dtype([*system_type.descr, *((f"extent{n}", "i8") for n in range(1, extent + 1))])
    for extent in Extent
)
_STAYS: int = system_type.fields["item_room"][1]  # type: ignore[index]


def records(rows: list[dict[str, Any]], kind: np.dtype[Any]) -> Records:
    """A table from rows by field; 0 where a row says nothing."""
    table = np.zeros(len(rows), kind)
    if rows:
        for name in kind.names or ():
            table[name] = [row.get(name, 0) for row in rows]
    return table


def aligned(size: int, kind: np.dtype[Any], *, offset: int = 0) -> Records:
    """An empty table whose first record lies at the beginning of a cache line, or so far behind."""
    room = np.zeros(size * kind.itemsize + 2 * LINE, "u1")
    first = (offset - room.ctypes.data) % LINE
    return room[first : first + size * kind.itemsize].view(kind)


class Plant:
    """All tables of one replication and their `system`; the tables must stay where they are.

    `extent` says which kernel runs it.
    """

    def __init__(self, tables: dict[str, Records], extent: Extent = Extent.PLAIN) -> None:
        self.extent = extent
        self.system = np.zeros(1, SYSTEM_TYPES[extent])
        self.tables: dict[str, Records] = {}
        for name, table in tables.items():
            self.put(name, table)

    def reset(self, tables: dict[str, Records]) -> None:
        """Begin anew with these tables, in the places of the old ones."""
        self.system.view("u1")[:_STAYS] = 0
        for name, table in tables.items():
            if name not in _LASTING:
                self.tables[name][...] = table

    def put(self, name: str, table: Records) -> None:
        """Take a table in, in place of an earlier one; best one that is `aligned`."""
        self.tables[name] = table
        if len(table):  # nobody asks where the others lie
            self.system[f"at_{name}"] = table.ctypes.data

    def __getitem__(self, name: str) -> Records:
        return self.tables[name]
