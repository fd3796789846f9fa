"""Processor and MultiProcessor: per item setup, then process, with operators if asked.

Choice where FlexSim's manual is silent: of several places, the one whose item awaits operators
stands still, the others go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import ModelObject
from ..states import State
from .item import Item
from .node import Trigger
from .operators import Crew
from .station import Station

if TYPE_CHECKING:
    from .operators import CrewRule
    from .simulation import Simulation

Duration = Callable[[Item], float]


@dataclass(slots=True, eq=False)
class Phase:
    """One step of work on an item; `crew` says which operators it needs, if any.

    `keeps_crew`: the operators stay for the next phase instead of being freed.
    """

    duration: Duration
    state: State
    crew: CrewRule | None = None
    keeps_crew: bool = False
    on_finish: Trigger | None = None
    number: int = 0


class Processor(Station):
    """Works on up to `capacity` items in parallel, each through all phases in turn.

    `busy_moment` integrates the items worked on as `Node.moment` does the content; the time
    of stops is left out.
    """

    __slots__ = ("awaiting", "busy", "busy_moment", "phases", "setting_up")

    def __init__(self, sim: Simulation, source: ModelObject, index: int) -> None:
        self.busy = self.setting_up = self.awaiting = 0
        super().__init__(sim, source, index)
        self.phases: list[Phase] = []

    def reset_statistics(self) -> None:
        super().reset_statistics()
        self.busy_moment = 0.0 if self.stops else self.busy * self.sim.clock.now

    def enter(self, item: Item, in_port: int) -> None:
        self.count_in(item, in_port)
        self.begin(item, self.phases[0])

    def begin(self, item: Item, phase: Phase) -> None:
        """Start a phase, or ask for its operators first."""
        if phase.crew is None or item.crew is not None:
            self.work(item, phase)
            return
        self.awaiting += 1
        self.refresh()
        item.crew = Crew(self, item, phase)
        item.crew.call(phase.crew)

    def crew_complete(self, item: Item, phase: Phase) -> None:
        """All requested operators have arrived."""
        self.awaiting -= 1
        self.work(item, phase)

    def work(self, item: Item, phase: Phase) -> None:
        self.busy += 1
        if not self.stops:
            self.busy_moment += self.sim.clock.now
        if phase.state == State.SETUP:
            self.setting_up += 1
        self.refresh()
        self.plan(phase.duration(item), self.finish, (item, phase))

    def finish(self, work: tuple[Item, Phase]) -> None:
        item, phase = work
        self.busy -= 1
        self.busy_moment -= self.sim.clock.now
        if phase.state == State.SETUP:
            self.setting_up -= 1
        if item.crew is not None and not phase.keeps_crew:
            item.crew.free()
            item.crew = None
        if phase.on_finish is not None:
            phase.on_finish(self, (item,))
        if phase.number + 1 < len(self.phases):
            self.begin(item, self.phases[phase.number + 1])
        else:
            self.done(item)

    def done(self, item: Item) -> None:
        """All phases are over."""
        self.release(item)

    def stop(self, state: int) -> None:
        if not self.stops:
            self.busy_moment -= self.busy * self.sim.clock.now
        super().stop(state)

    def resumed(self) -> None:
        self.busy_moment += self.busy * self.sim.clock.now
        super().resumed()

    def refresh(self) -> None:
        if self.busy:
            state = State.PROCESSING if self.busy > self.setting_up else State.SETUP
        elif self.awaiting:
            state = State.WAITING_FOR_OPERATOR
        else:
            state = self.waiting_state() or State.IDLE
        self.set_state(state)
