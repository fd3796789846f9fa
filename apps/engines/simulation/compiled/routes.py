"""Teams and travel times: who works for whom, how long executers take to the stations."""

from __future__ import annotations

from math import hypot
from typing import Any

import numpy as np

from ..kernel.executer import Dispatcher, TaskExecuter
from ..kernel.processor import Processor
from ..kernel.simulation import Simulation
from ..kernel.station import Station
from ..kernel.travel import centre
from . import layout
from .program import NotLowered

MAX_TIMES = 4_000_000


class Routes:
    """`goals` numbers the places of an executer: 0 where it begins, then the stations served."""

    def __init__(self, sim: Simulation) -> None:
        crewed = (
            n for n in sim.nodes if isinstance(n, Processor) and any(p.crew for p in n.phases)
        )
        self._goals: dict[Station, int] = {node: place for place, node in enumerate(crewed, 1)}
        self.goals = len(self._goals) + 1
        self.members: list[int] = []
        self.teams: list[int] = []
        self.times: list[float] = []

    def goal(self, station: Station) -> int:
        return self._goals.get(station, 0)

    def of(self, node: Dispatcher) -> dict[str, Any]:
        """The fields of a dispatcher or task executer."""
        executers = node.executers()
        row = {"first_member": len(self.members), "members": len(executers)}
        self.members += [executer.index for executer in executers]
        if isinstance(node, TaskExecuter):
            teams = node._all_teams()  # noqa: SLF001 - in its order
            row |= {"first_team": len(self.teams), "teams": len(teams), "ways": len(self.times)}
            self.teams += [team.index for team in teams]
            self._travel(node)
        return row

    def _travel(self, executer: TaskExecuter) -> None:
        """Times from everywhere to every station, as the reference kernel reckons them."""
        if len(self.times) + self.goals**2 > MAX_TIMES:
            raise NotLowered(f"{executer.name} would need too many travel times")
        centres = [centre(goal.source) for goal in self._goals]
        for x, y in (executer.place, *centres):
            distances = (hypot(u - x, v - y) for u, v in centres)
            self.times += [0.0, *map(executer.travel.time, distances)]

    def tables(self) -> dict[str, layout.Records]:
        return {
            "members": np.array(self.members, "i8").view(layout.whole_type),
            "teams": np.array(self.teams, "i8").view(layout.whole_type),
            "ways": np.array(self.times, "f8").view(layout.real_type),
        }
