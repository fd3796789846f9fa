"""Whether an item on a belt must stand at what it comes to, asked when it would begin to brake."""

from __future__ import annotations

from typing import Any

from ..kernel.motion import EPSILON
from .extras import pulls
from .gradual import next_kind, next_place, next_point
from .jit import called, compiled, widened
from .layout import At, Kind
from .motions import moves, place_at, set_motion, speed_at
from .spots import stops_at
from .stations import accepts
from .tables import belt_at, more_at, node_at, out_at, rider_at

_SINK, _COMBINER = int(Kind.SINK), int(Kind.COMBINER)
_END = int(At.END)


@widened(lambda _p, _body: False)
def asks(p: Any, body: int) -> bool:
    """Begin to brake, so as to stand exactly at the mark, if that is what is due and needed."""
    b = rider_at(p, body)
    if not b.asks:
        return False
    rider, now = b.due, p.now
    r = rider_at(p, rider)
    r.asked = 1
    place, speed = place_at(b, b.place, now), speed_at(b, now)
    way = next_place(p, rider) + r.offset - place
    if must_stand_at_next(p, rider) and way > EPSILON and speed != 0.0:
        b.braking = rider
        set_motion(b, now, place, speed, -speed * speed / (2 * way), 0.0)
        b.told = 0
    return True


@called
def must_stand_at_next(p: Any, rider: int) -> bool:
    if next_kind(p, rider) != _END:
        return stops_at(p, next_point(p, rider), rider)
    return must_wait(p, rider)


@compiled
def body_of(p: Any, rider: int) -> Any:
    """What a rider moves with."""
    return rider_at(p, rider_at(p, rider).body)


@called
def must_wait(p: Any, rider: int) -> bool:
    """Whether the end would stop a rider, as far as can be seen before it is there."""
    r = rider_at(p, rider)
    node, ahead = r.on, r.ahead
    if ahead >= 0 and rider_at(p, ahead).on != node and moves(body_of(p, ahead)):
        return False  # it will have made way
    before, other = 0, belt_at(p, node).first
    while other != rider:
        before, other = before + 1, rider_at(p, other).behind
    n = node_at(p, node)
    for link in range(n.first_link, n.first_link + n.links):
        row = out_at(p, link)
        takes = accepts(p, row.target, row.in_port) and pulls(p, row, rider - p.node_count)
        if takes and has_room_for(p, row.target, before):
            return False
    return True


@called
def has_room_for(p: Any, node: int, others: int) -> bool:
    """Whether a station has room for one item after so many others, as `Station.room`."""
    n = node_at(p, node)
    if n.kind == _SINK:
        return True
    capacity = 1 if n.kind == _COMBINER else n.capacity
    return capacity - n.content - more_at(p, node).incoming > others  # type: ignore[no-any-return]
