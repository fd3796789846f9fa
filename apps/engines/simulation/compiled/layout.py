"""The records that the compiled kernel works on."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..states import State

Records = npt.NDArray[Any]


class Kind(IntEnum):
    SOURCE = 0
    QUEUE = 1
    PROCESSOR = 2
    SINK = 3


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


class Status(IntEnum):
    """Why the kernel returned."""

    DONE = 0
    BUDGET = 1  # the budget of steps is used up
    ITEMS = 2  # the item pool is full
    TRACE = 3  # the trace needs more room
    CODE = 4  # user code needs the reference kernel


STATES = len(State) + 1

law_type = np.dtype([("law", "i8"), ("args", "f8", 4), ("clamp", "i8"), ("clamped", "i8")])

# first_link … first_link + links are the rows of the link table that leave this object;
# asked_by … counts those that lead here. head and tail are item indices, -1 none.
node_type = np.dtype(
    [
        ("kind", "i8"), ("capacity", "i8"), ("lifo", "i8"), ("time_zero", "i8"),
        ("first_link", "i8"), ("links", "i8"), ("first_in", "i8"), ("ins", "i8"),
        ("time", law_type), ("setup", law_type), ("route", law_type),
        ("on_creation", "i8"), ("on_entry", "i8"), ("on_exit", "i8"),  # programs, −1 none
        ("on_setup", "i8"), ("on_process", "i8"), ("made", "i8"),
        ("head", "i8"), ("tail", "i8"), ("asking", "i8"),
        ("busy", "i8"), ("setting_up", "i8"), ("busy_moment", "f8"),
        ("input", "i8"), ("output", "i8"), ("content", "i8"),
        ("content_min", "i8"), ("content_max", "i8"), ("moment", "f8"),
        ("stays", "i8"), ("stay_sum", "f8"), ("stay_min", "f8"), ("stay_max", "f8"),
        ("state", "i8"), ("state_since", "f8"), ("state_times", "f8", STATES),
        ("shown_since", "f8"),
    ],
    align=True,
)  # fmt: skip

# `next` chains the waiting items of a station, and the free places of the pool.
item_type = np.dtype(
    [("born", "f8"), ("entered", "f8"), ("next", "i8"), ("port", "i8"), ("phase", "i8"),
     ("ident", "i8")],
    align=True,
)  # fmt: skip
event_type = np.dtype([("time", "f8"), ("order", "i8"), ("node", "i8"), ("item", "i8")], align=True)
task_type = np.dtype([("node", "i8"), ("item", "i8")], align=True)  # item -1: ask upstream
link_type = np.dtype(
    [("origin", "i8"), ("port", "i8"), ("target", "i8"), ("in_port", "i8")], align=True
)
stream_type = np.dtype(
    [("key", "u8", 2), ("counter", "u8"), ("buffer", "u8", 4), ("used", "i8")], align=True
)
system_type = np.dtype(
    [
        ("now", "f8"), ("order", "i8"), ("events", "i8"), ("heap", "i8"),
        ("first_task", "i8"), ("tasks", "i8"), ("free", "i8"), ("in_use", "i8"),
        ("created", "i8"), ("finished", "i8"),
        ("wip", "i8"), ("wip_min", "i8"), ("wip_max", "i8"), ("wip_moment", "f8"),
        ("stay_sum", "f8"), ("stay_min", "f8"), ("stay_max", "f8"),
        ("items", "i8"), ("tracing", "i8"), ("gave_up", "i8"),
        ("state_rows", "i8"), ("content_rows", "i8"), ("wip_rows", "i8"),
        ("item_rows", "i8"), ("finished_rows", "i8"),
    ],
    align=True,
)  # fmt: skip

step_type = np.dtype([("op", "i8"), ("a", "i8"), ("x", "f8")], align=True)

# The rows of `trace.Trace`, in its columns' types.
TRACE_TYPES = {
    "state": np.dtype([("object", "i4"), ("state", "i4"), ("start", "f8"), ("end", "f8")]),
    "content": np.dtype([("object", "i4"), ("time", "f8"), ("content", "i4")]),
    "wip": np.dtype([("time", "f8"), ("count", "i4")]),
    "item": np.dtype([("item", "i4"), ("object", "i4"), ("enter", "f8"), ("leave", "f8")]),
    "finished": np.dtype([("time", "f8")]),
}


class Plant(NamedTuple):
    """All arrays of one replication; `outs` and `ins` are the links by origin and target.

    `code` holds all programs, `labels` and `own_labels` what they keep in items and objects
    (not a number: no such label), `stack`, `local` and `draw` are room to work in. The last five
    are the rows of the trace, of no length when nothing is traced.
    """

    nodes: Records
    outs: Records
    ins: Records
    items: Records
    heap: Records
    tasks: Records
    streams: Records
    system: Records
    code: Records
    labels: Records
    own_labels: Records
    stack: Records
    local: Records
    draw: Records
    state: Records
    content: Records
    wip: Records
    item: Records
    finished: Records
