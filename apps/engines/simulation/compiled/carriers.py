"""Transport in the compiled kernel: travel, load, break, travel, unload; see `kernel.handling`."""

from __future__ import annotations

from typing import Any

from ..states import State
from .arrivals import arrive_all, next_item, next_row
from .belts import BODY, NUMBER, settle
from .braking import asks
from .calendar import plan
from .crews import end_request, set_out, travel
from .extras import release_batch
from .jit import belted, called, compiled, extended, widened
from .layout import Kind, What
from .measures import count_in, count_out, evaluate, set_state
from .paths import next_offered, proceed
from .rides import reached
from .spots import process_over, switch
from .stands import may_stand, stand_here
from .stations import enter, leave, refresh, release_one, take_in
from .stops import arrive, free_crew
from .tables import item_at, more_at, mover_at, node_at, request_at, rider_at, team_at, way_at

_COMBINER = int(Kind.COMBINER)
_RELEASE, _BATCH = int(What.RELEASE), int(What.BATCH)
_CARRY, _RIDE = int(What.CARRY), int(What.RIDE)
_PROCESSED, _BLOCK, _CLEAR = int(What.PROCESSED), int(What.BLOCK), int(What.CLEAR)
_LEG, _OFFER, _ADMIT = int(What.LEG), int(What.OFFER), int(What.ADMIT)
_ARRIVE, _NEXT_ROW, _NEXT_ITEM = (
    int(what) for what in (What.ARRIVE, What.NEXT_ROW, What.NEXT_ITEM)
)
_LOADING, _UNLOADING = int(State.LOADING), int(State.UNLOADING)
_OFFSET_EMPTY = int(State.OFFSET_TRAVEL_EMPTY)
_OFFSET_LOADED = int(State.OFFSET_TRAVEL_LOADED)
# Stages of a request: what is going on
_FETCH, _LIFT, _LOAD, _BRING, _LOWER, _UNLOAD = range(6)
_NOBODY = -1


@extended(lambda _p, _what, _node, _item: None)
def do_more(p: Any, what: int, node: int, item: int) -> None:
    """Perform an event or task that only wider extents have."""
    if what == _CARRY:
        carry(p, node)
    elif what == _ARRIVE:
        arrive_all(p, node, item)
    elif what == _NEXT_ROW:
        next_row(p, node)
    elif what == _NEXT_ITEM:
        next_item(p, node)
    elif what == _RIDE:
        ride(p, item)
    elif what == _RELEASE:
        release_one(p, node, item)
    elif what == _BATCH and more_at(p, node).round == item:
        release_batch(p, node)
        refresh(p, node)
    else:
        do_most(p, what, node, item)


@widened(lambda _p, _what, _node, _item: None)
def do_most(p: Any, what: int, node: int, item: int) -> None:
    """Perform an event or task that only the widest extent has."""
    if what == _LEG:
        leg_is_over(p, node)
    elif what == _OFFER:
        offer_claim(p, item)
    elif what == _ADMIT:
        admit(p, node)
    elif what == _PROCESSED:
        process_ends(p, node, item)
    elif what in (_BLOCK, _CLEAR):
        switch(p, node, what, item)


@extended(lambda _p: False)
def crowded(p: Any) -> bool:
    """Whether the calendar may run out of room: events that have lapsed stay in it."""
    step = 3 * (p.in_use + p.reserve + p.node_count)
    return p.heap + p.paused + step >= p.event_room  # type: ignore[no-any-return]


@belted(lambda _p, _event: None)
def ride(p: Any, event: int) -> None:
    """What was planned for a body happens, unless other plans were made since."""
    body = event & BODY
    b = rider_at(p, body)
    if b.number != event >> NUMBER:
        return
    if b.due >= 0:
        r, rides = rider_at(p, b.due), b.rides
        if not asks(p, body) and reached(p, b.due):
            release_one(p, r.on, b.due - p.node_count)
        if b.rides != rides or b.on < 0:
            return  # the item has left this belt
    settle(p, body)


# Points on conveyors


@called
def process_ends(p: Any, station: int, item: int) -> None:
    """A station on a conveyor has done with an item: its operators are free."""
    if item_at(p, item).crew >= 0:
        free_crew(p, item)
    process_over(p, station, item)


# Ways of several legs


@called
def leg_is_over(p: Any, executer: int) -> None:
    if proceed(p, executer) if mover_at(p, executer).number else stand_here(p, executer):
        travel_over(p, executer)


@called
def offer_claim(p: Any, claim: int) -> None:
    """Some of a control point or area is free: who waits first may go on."""
    vehicle = next_offered(p, claim)
    if vehicle >= 0 and proceed(p, vehicle):
        travel_over(p, vehicle)


@called
def admit(p: Any, executer: int) -> None:
    """There is room at the node where an executer waits."""
    if may_stand(p, executer):
        travel_over(p, executer)


@called
def travel_over(p: Any, executer: int) -> None:
    """The executer is where its active request wants it."""
    if request_at(p, node_at(p, executer).active).stage >= 0:
        carry(p, executer)
    else:
        arrive(p, executer)


# The tasks of an executer


@called
def carry(p: Any, executer: int) -> None:
    """A task is over; on to the next one."""
    m, r = more_at(p, executer), request_at(p, node_at(p, executer).active)
    stage = r.stage
    if stage in (_FETCH, _BRING):
        station = r.station if stage == _FETCH else r.target
        time = way_at(p, m.offsets + node_at(p, station).place).value
        if time > 0.0:
            reach(p, executer, stage + 1, time)
            return
        stage += 1
    if stage == _LIFT:
        work(p, executer, _LOAD, evaluate(p, m.loading, executer, r.item), _LOADING)
    elif stage == _LOWER:
        work(p, executer, _UNLOAD, evaluate(p, m.unloading, executer, r.item), _UNLOADING)
    elif stage == _LOAD:
        load(p, executer, r)
    else:
        unload(p, executer, r)


@compiled
def work(p: Any, executer: int, stage: int, time: float, state: int) -> None:
    """Begin a task that takes a time."""
    e = node_at(p, executer)
    request_at(p, e.active).stage = stage
    if time > 0.0:
        set_state(p, e, executer, state)
    plan(p, time, _CARRY, executer, e.active)


@called
def reach(p: Any, executer: int, stage: int, time: float) -> None:
    """Offset travel: a fork goes to the station's height, a storage vehicle extends."""
    loaded = node_at(p, executer).content > 0
    work(p, executer, stage, time, _OFFSET_LOADED if loaded else _OFFSET_EMPTY)


@called
def load(p: Any, executer: int, r: Any) -> None:
    """Take the item, then fetch another one on this round while there is room."""
    e, m, left = node_at(p, executer), more_at(p, executer), node_at(p, executer).active
    more_at(p, r.station).outgoing -= 1
    leave(p, r.station, r.item, r.port)
    count_in(p, executer, r.item, 0)
    request = next_fetching(p, executer) if e.content < e.capacity else _NOBODY
    r.next = _NOBODY
    if m.first_left < 0:
        m.first_left = left
    else:
        request_at(p, m.last_left).next = left
    m.last_left = left
    if request >= 0:
        set_out(p, executer, request)
    else:
        bring(p, executer)


@called
def bring(p: Any, executer: int) -> None:
    """Go on with what was loaded first."""
    e, m = node_at(p, executer), more_at(p, executer)
    e.active = m.first_left
    r = request_at(p, e.active)
    m.first_left = r.next
    r.stage = _BRING
    travel(p, executer, r.target, _CARRY)


@called
def unload(p: Any, executer: int, r: Any) -> None:
    """Put the item down at its destination."""
    count_out(p, executer, r.item, 0)
    more_at(p, r.target).incoming -= 1
    if node_at(p, r.target).kind == _COMBINER:
        take_in(p, r.target, r.item, r.in_port)
    else:
        enter(p, r.target, r.item, r.in_port)
    if more_at(p, executer).first_left < 0:
        end_request(p, executer)
        return
    r.next = p.free_request
    p.free_request = node_at(p, executer).active
    bring(p, executer)


@called
def next_fetching(p: Any, executer: int) -> int:
    """Take the first transport off the own queue, or off the teams' in order of connection."""
    e = node_at(p, executer)
    request, team = first_fetching(p, executer), e.first_team
    while request < 0 and team < e.first_team + e.teams:
        request = first_fetching(p, team_at(p, team).value)
        team += 1
    return request


@called
def first_fetching(p: Any, dispatcher: int) -> int:
    d = node_at(p, dispatcher)
    before, request = _NOBODY, d.first_request
    while request >= 0 and request_at(p, request).stage < 0:
        before, request = request, request_at(p, request).next
    if request >= 0:
        after = request_at(p, request).next
        if before < 0:
            d.first_request = after
        else:
            request_at(p, before).next = after
        if after < 0:
            d.last_request = before
    return request  # type: ignore[no-any-return]
