"""What comes of work in the compiled kernel: creation, the end of a phase, assembly, separation."""

from __future__ import annotations

from typing import Any

from ..kernel.assembly import CombineMode
from .extras import goes_on
from .items import copy_item, free_item, new_item, pack, unpack
from .jit import called, compiled, equipped
from .layout import Kind
from .measures import add, count_in, count_wip, evaluate, remove, trigger
from .stations import begin, release, release_one, send_one
from .stops import free_crew
from .tables import item_at, node_at

_COMBINER, _SEPARATOR = int(Kind.COMBINER), int(Kind.SEPARATOR)
_PACK, _BATCH = int(CombineMode.PACK), int(CombineMode.BATCH)
_NOBODY = -1


@compiled
def create(p: Any, node: int) -> None:
    """A source makes an item and releases it."""
    node_at(p, node).made += 1
    put_out(p, node, new_item(p))


@compiled
def put_out(p: Any, node: int, item: int) -> None:
    """Release a new item."""
    n = node_at(p, node)
    p.created += 1
    trigger(p, n.on_creation, node, item, n.made)
    count_in(p, node, item, 0)
    release(p, node, item)


@compiled
def finish(p: Any, node: int, item: int) -> None:
    """A phase of work is over."""
    n = node_at(p, node)
    n.busy -= 1
    n.busy_moment -= p.now
    if not goes_elsewhere(p, node, item):
        release(p, node, item)


@equipped(lambda _p, _node, _item: False)
def goes_elsewhere(p: Any, node: int, item: int) -> bool:
    """What else comes at the end of a phase; whether the item is not simply released."""
    n, x = node_at(p, node), item_at(p, item)
    setup = x.phase == 0
    if setup:
        n.setting_up -= 1
    if x.crew >= 0 and not (setup and n.keeps_crew):
        free_crew(p, item)
    trigger(p, n.on_setup if setup else n.on_process, node, item, 0)
    if setup:
        begin(p, node, item, 1)
    elif n.kind == _COMBINER:
        combine(p, node, item)
    elif n.kind == _SEPARATOR:
        separate(p, node, item)
    elif goes_on(p, node, item):
        begin(p, node, item, x.phase + 1)
    else:
        return False
    return True


@called
def combine(p: Any, node: int, item: int) -> None:
    """Pack puts the components into the container, Join destroys them, Batch sends all on."""
    n = node_at(p, node)
    part = n.first_part
    n.first_part, n.parts = _NOBODY, 0
    if n.mode == _BATCH:
        release_one(p, node, item)
    while part >= 0:
        following = item_at(p, part).next
        if n.mode == _BATCH:
            release_one(p, node, part)
        else:
            remove(p, node, part)
            if n.mode == _PACK:
                pack(p, item, part)
            else:
                count_wip(p, -item_at(p, part).size)
                free_item(p, part)
        part = following
    if n.mode != _BATCH:
        release_one(p, node, item)


@called
def separate(p: Any, node: int, item: int) -> None:
    """Unpack the contents (last packed first), or Split into copies."""
    n = node_at(p, node)
    first = split(p, n, node, item) if n.split else contents(p, n, node, item)
    part = first
    while part >= 0:
        add(p, node, part)
        part = item_at(p, part).next
    if n.split:
        release_one(p, node, item)
    part = first
    while part >= 0:
        following = item_at(p, part).next
        if n.to_ports:
            send_one(p, node, part, 2)
        else:
            release_one(p, node, part)
        part = following
    if n.to_ports:
        send_one(p, node, item, 1)
    elif not n.split:
        release_one(p, node, item)


@called
def split(p: Any, n: Any, node: int, item: int) -> int:
    """A chain of copies, as many as are wanted beside the original."""
    count = item_at(p, item).size - 1
    if n.quantity >= 0:
        count = int(evaluate(p, n.quantity, node, item))
    if count - 1 > p.reserve:
        p.gave_up = 1
        return _NOBODY
    first = last = _NOBODY
    for _ in range(count - 1):
        copy = copy_item(p, item)
        item_at(p, copy).next = _NOBODY
        if first < 0:
            first = copy
        else:
            item_at(p, last).next = copy
        last = copy
    return first


@called
def contents(p: Any, n: Any, node: int, item: int) -> int:
    """A chain of what is taken out, in that order."""
    x = item_at(p, item)
    count = x.size  # at least as many as there are
    if n.quantity >= 0:
        count = int(evaluate(p, n.quantity, node, item))
    first = last = _NOBODY
    while count > 0 and x.inside >= 0:
        part = unpack(p, item)
        item_at(p, part).next = _NOBODY
        if first < 0:
            first = part
        else:
            item_at(p, last).next = part
        last = part
        count -= 1
    return first
