"""Flow items of the compiled kernel: a pool of records, chains of them, what is packed in them."""

from __future__ import annotations

from typing import Any

from .extent import Extent
from .jit import called, compiled, equipped, only_in
from .measures import count_wip
from .tables import item_at, label_at

_NOBODY = -1
_MISSING = float("nan")  # a label that the item does not have


@compiled
def take_record(p: Any) -> int:
    """A free place of the pool for one more item in the model."""
    item: int = p.free
    x = item_at(p, item)
    p.free = x.next
    p.in_use += 1
    p.items += 1
    x.ident, x.size = p.items, 1
    x.inside = x.crew = _NOBODY
    count_wip(p, 1)
    return item


@compiled
def new_item(p: Any) -> int:
    item = take_record(p)
    item_at(p, item).born = p.now
    clear_labels(p, item)
    return item


@equipped(lambda _p, _item: None)
def clear_labels(p: Any, item: int) -> None:
    first = item * p.label_count
    for label in range(first, first + p.label_count):
        label_at(p, label).value = _MISSING


@called
def copy_item(p: Any, item: int) -> int:
    """As old as the original; what is packed in it is left to the reference kernel."""
    copy = take_record(p)
    if item_at(p, item).inside >= 0:
        p.gave_up = 1
    item_at(p, copy).born = item_at(p, item).born
    for label in range(p.label_count):
        value = label_at(p, item * p.label_count + label).value
        label_at(p, copy * p.label_count + label).value = value
    return copy


@compiled
def give_back(p: Any, item: int) -> None:
    """A place of the pool is free again."""
    item_at(p, item).next = p.free
    p.free = item
    p.in_use -= 1


@only_in(Extent.PLAIN)(give_back)
def free_item(p: Any, item: int) -> None:
    """Give the places of an item, and of all that is packed in it, back to the pool."""
    item_at(p, item).below = _NOBODY
    waiting = item
    while waiting >= 0:
        x, current = item_at(p, waiting), waiting
        waiting = x.below
        inner = x.inside
        while inner >= 0:  # its contents wait next
            below = item_at(p, inner).below
            item_at(p, inner).below = waiting
            waiting, inner = inner, below
        give_back(p, current)


@compiled
def pack(p: Any, container: int, item: int) -> None:
    box, x = item_at(p, container), item_at(p, item)
    x.below = box.inside
    box.inside = item
    box.size += x.size


@compiled
def unpack(p: Any, container: int) -> int:
    """Take out what was packed last."""
    box = item_at(p, container)
    item: int = box.inside
    box.inside = item_at(p, item).below
    box.size -= item_at(p, item).size
    return item


@compiled
def append(p: Any, n: Any, item: int) -> None:
    """To the items of an object that wait."""
    item_at(p, item).next = _NOBODY
    if n.head < 0:
        n.head = item
    else:
        item_at(p, n.tail).next = item
    n.tail = item


@compiled
def prepend(p: Any, n: Any, item: int) -> None:
    if n.head < 0:
        n.tail = item
    item_at(p, item).next = n.head
    n.head = item


@compiled
def take_out(p: Any, n: Any, before: int, item: int) -> None:
    """Out of the line of those that wait; `before` is the one before it, −1 none."""
    after = item_at(p, item).next
    if before >= 0:
        item_at(p, before).next = after
    else:
        n.head = after
    if n.tail == item:
        n.tail = before


@compiled
def append_part(p: Any, n: Any, item: int) -> None:
    """To the components of a combiner."""
    item_at(p, item).next = _NOBODY
    if n.first_part < 0:
        n.first_part = item
    else:
        item_at(p, n.last_part).next = item
    n.last_part = item
    n.parts += 1
