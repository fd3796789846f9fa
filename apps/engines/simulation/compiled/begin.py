"""Items that are there when a run of the compiled kernel begins, as in `start.put_items`."""

from __future__ import annotations

from math import isnan
from typing import Any

from .calendar import later, plan
from .extras import stored
from .items import new_item
from .jit import called, extended
from .layout import Kind, What
from .measures import add
from .stations import begin, first_phase, refresh
from .tables import item_at, label_at, node_at, start_at, start_label_at

_QUEUE = int(Kind.QUEUE)
_FINISH, _RELEASE = int(What.FINISH), int(What.RELEASE)


@extended(lambda _p: None)
def put_all(p: Any) -> None:
    for row in range(p.starts):
        for _ in range(start_at(p, row).count):
            put(p, row)


@called
def put(p: Any, row: int) -> None:
    """An item comes in without OnEntry, or is in its last phase of work."""
    s, item = start_at(p, row), new_item(p)
    item_at(p, item).born = p.now - s.age
    for label in range(p.label_count):
        value = start_label_at(p, row * p.label_count + label).value
        if not isnan(value):
            label_at(p, item * p.label_count + label).value = value
    n, node = node_at(p, s.node), s.node
    add(p, node, item)
    if s.remaining >= 0.0:
        item_at(p, item).phase = s.phase
        n.busy += 1
        refresh(p, node)
        plan(p, s.remaining, _FINISH, node, item)
    elif stored(p, node, item):
        refresh(p, node)
    elif n.kind == _QUEUE:
        later(p, _RELEASE, node, item)
    else:
        begin_work(p, node, item)


@called
def begin_work(p: Any, node: int, item: int) -> None:
    begin(p, node, item, first_phase(p, node_at(p, node)))
