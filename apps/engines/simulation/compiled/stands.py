"""Travel along a network whose nodes have room for so many, as in `kernel.networks`."""

from __future__ import annotations

from typing import Any

from .calendar import later
from .jit import called, compiled
from .layout import What
from .tables import mover_at, node_at, stand_at, trip_at

_ADMIT = int(What.ADMIT)
_NOBODY = -1


@called
def set_off(p: Any, executer: int, station: int) -> float:
    """Leave for the station's node; the time it takes, not a number where no way leads."""
    m = mover_at(p, executer)
    trip = trip_at(p, m.trips + m.stand * p.goals + node_at(p, station).place)
    if trip.stand != m.stand or m.waits:
        leave_stand(p, m)
    m.stand = trip.stand
    return trip.time  # type: ignore[no-any-return]


@compiled
def leave_stand(p: Any, m: Any) -> None:
    """Make room for the next one who waits to stand here."""
    s = stand_at(p, m.stand)
    if m.stands:
        s.travelers -= 1
        m.stands = 0
    while s.first_waiting >= 0 and s.travelers < s.room:
        following = s.first_waiting
        f = mover_at(p, following)
        s.first_waiting = f.next_waiting
        f.stands = 1
        s.travelers += 1
        later(p, _ADMIT, following, _NOBODY)


@called
def stand_here(p: Any, executer: int) -> bool:
    """An executer is at its node; False where it must wait for room."""
    m = mover_at(p, executer)
    s = stand_at(p, m.stand)
    if m.stands or s.travelers < s.room:
        s.travelers += 1 - m.stands
        m.stands = 1
        return True
    m.waits, m.next_waiting = 1, _NOBODY
    if s.first_waiting < 0:
        s.first_waiting = executer
    else:
        mover_at(p, s.last_waiting).next_waiting = executer
    s.last_waiting = executer
    return False


@called
def may_stand(p: Any, executer: int) -> bool:
    """Room has been made for one who waited; one who is down since is left to the reference."""
    m = mover_at(p, executer)
    if node_at(p, executer).stops > 0:
        p.gave_up = 1
    m.waits = 0
    return node_at(p, executer).stops == 0  # type: ignore[no-any-return]
