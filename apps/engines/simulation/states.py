"""FlexSim's object states: numbers, names, and which of them count as work."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """State numbers as FlexSim stores them."""

    IDLE = 1
    PROCESSING = 2
    BUSY = 3
    BLOCKED = 4
    GENERATING = 5
    EMPTY = 6
    COLLECTING = 7
    RELEASING = 8
    WAITING_FOR_OPERATOR = 9
    WAITING_FOR_TRANSPORT = 10
    BREAKDOWN = 11
    SCHEDULED_DOWN = 12
    CONVEYING = 13
    TRAVEL_EMPTY = 14
    TRAVEL_LOADED = 15
    OFFSET_TRAVEL_EMPTY = 16
    OFFSET_TRAVEL_LOADED = 17
    LOADING = 18
    UNLOADING = 19
    DOWN = 20
    SETUP = 21
    UTILIZE = 22
    FULL = 23

    @property
    def label(self) -> str:
        """The name as results show it: "waiting for operator"."""
        return self.name.lower().replace("_", " ")


STATE_NAMES: dict[int, str] = {int(state): state.label for state in State}

# Time in these states counts towards utilisation.
WORKING: frozenset[State] = frozenset(
    {
        State.PROCESSING,
        State.BUSY,
        State.SETUP,
        State.CONVEYING,
        State.UTILIZE,
        State.TRAVEL_EMPTY,
        State.TRAVEL_LOADED,
        State.OFFSET_TRAVEL_EMPTY,
        State.OFFSET_TRAVEL_LOADED,
        State.LOADING,
        State.UNLOADING,
    }
)
