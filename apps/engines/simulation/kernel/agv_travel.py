"""How AGVs drive: from control point to control point, allocating ahead.

Choices where FlexSim's manual is silent: a vehicle holds the control point at which it
stands or which it has passed last, and asks for the next one when it must begin to brake
for the last one that it holds (without Deceleration, on reaching that); once it brakes, it
asks again only when it stands. It gives a control point back on reaching the next one.
Who waits is served in the order of asking. Parked vehicles hold their control point. One
that is preempted stops at once and later goes on to the control points that it holds.
A deadlock is told as a warning; its vehicles stand for ever.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from ..model import ModelObject
from .agv import Claim, GuidePaths, Leg
from .motion import EPSILON, Motion
from .travel import Place, Travel, centre

if TYPE_CHECKING:
    from .executer import TaskExecuter


class GuidedTravel(Travel):
    """One AGV. `passed` and `granted` count the legs of its route driven and allocated."""

    def __init__(
        self,
        speed: float,
        acceleration: float,
        deceleration: float,
        paths: GuidePaths,
        point: ModelObject,
    ) -> None:
        super().__init__(speed, acceleration, deceleration)
        self.paths, self.point = paths, point
        self.held: dict[Claim, None] = {}
        self.route: list[Leg] = []
        self.passed = self.granted = 0
        self.motion = Motion.rest(0.0, 0.0)
        self.wanted: Claim | None = None

    def settle(self, executer: TaskExecuter) -> None:
        executer.place = centre(self.point)
        for claim in self.paths.at(self.point):
            self._hold(executer, claim)

    def begin(self, executer: TaskExecuter, goal: ModelObject) -> None:
        """Drive on to the last control point that is held, and from there to the goal."""
        ahead = self.route[self.passed : self.granted]
        driven = self.motion.place
        start = ahead[-1].point if ahead else self.point
        length = ahead[-1].end if ahead else driven
        legs = self.paths.route(start, self.paths.gates.get(goal, []))
        if legs is None:
            hint = "connect it to a control point that paths lead to"
            executer.sim.fail(f"no AGV path leads to it for {executer.name}", goal.name, hint)
        self.route = [*ahead, *(replace(leg, end=leg.end + length) for leg in legs)]
        self.passed, self.granted = 0, len(ahead)
        if self.route:
            executer.set_state(self.loaded if executer.content else self.empty)
        executer.plan(0.0, executer.arrived)

    def begin_to(self, executer: TaskExecuter, place: Place) -> None:
        del place
        executer.sim.fail("an AGV travels to objects on its paths only", executer.name)

    def proceed(self, executer: TaskExecuter) -> None:
        """Something has been reached: a control point, the place to brake, standstill."""
        now = executer.sim.now
        place, speed = self._where(now)
        while self.passed < self.granted and self.route[self.passed].end <= place + EPSILON:
            self._pass(executer)
        if self.passed == len(self.route):
            self.motion = Motion.rest(now, 0.0)
            self.route, self.passed, self.granted = [], 0, 0
            executer.task_over()
            return
        if self.granted == self.passed and not self._allocate(executer):
            self.motion = Motion.rest(now, place)
            return
        self._drive(executer, now, place, speed)

    def _where(self, now: float) -> tuple[float, float]:
        """Metres driven and speed; one who has braked stands at the last point that it holds."""
        motion = self.motion
        if motion.acceleration < 0.0 and now >= motion.settled - EPSILON:
            return self.route[self.granted - 1].end, 0.0
        return motion.place_at(now), motion.speed_at(now)

    def _drive(self, executer: TaskExecuter, now: float, place: float, speed: float) -> None:
        """Go on, or brake, until the next thing is reached."""
        if not (self.motion.acceleration < 0.0 and speed > 0.0):
            if speed < self.speed and not self.motion.acceleration > 0.0:
                self.motion = self._start(now, place, speed)
            brake = self._brake_time()
            while brake <= now + EPSILON and self.granted < len(self.route):
                if not self._allocate(executer, waits=False):
                    break
                brake = self._brake_time()
            if brake > now + EPSILON:
                until = min(brake, self.motion.time_at(self.route[self.passed].end))
                executer.plan(max(0.0, until - now), executer.arrived)
                return
            self.motion = Motion(now, place, speed, -self.deceleration, 0.0)
        last = self.passed + 1 == self.granted
        reached = inf if last else self.motion.time_at(self.route[self.passed].end)
        executer.plan(max(0.0, min(self.motion.settled, reached) - now), executer.arrived)

    def _start(self, now: float, place: float, speed: float) -> Motion:
        if self.acceleration > 0:
            return Motion(now, place, speed, self.acceleration, self.speed)
        return Motion.steady(now, place, self.speed)

    def _brake_time(self) -> float:
        """When to begin to brake for the last control point that is held."""
        limit = self.route[self.granted - 1].end
        if self.deceleration > 0:
            return self.motion.brakes_at(limit, self.deceleration)
        return inf  # stops at once

    # Allocation

    def _allocate(self, executer: TaskExecuter, *, waits: bool = True) -> bool:
        """Allocate all that the next leg needs, or nothing; `waits` joins the queue."""
        needed = [c for c in self.route[self.granted].claims if c not in self.held]
        taken = next((claim for claim in needed if not claim.is_free_for(executer)), None)
        if taken is not None:
            if waits:
                self._wait(executer, taken)
            return False
        self._stop_waiting(executer)
        for claim in needed:
            self._hold(executer, claim)
        self.granted += 1
        return True

    def _hold(self, executer: TaskExecuter, claim: Claim) -> None:
        self.held[claim] = None
        claim.holders.append(executer)

    def _wait(self, executer: TaskExecuter, claim: Claim) -> None:
        if self.wanted is claim:
            return
        self._stop_waiting(executer)
        self.wanted = claim
        claim.waiting.append(executer)
        self._report_deadlock(executer)

    def _stop_waiting(self, executer: TaskExecuter) -> None:
        if self.wanted is not None:
            claim, self.wanted = self.wanted, None
            claim.waiting.remove(executer)
            executer.sim.clock.later.append((_offer, claim))

    def _pass(self, executer: TaskExecuter) -> None:
        """A control point is reached: what lies behind is free for others."""
        self.point = self.route[self.passed].point
        executer.place = centre(self.point)
        self.passed += 1
        needed = set(self.paths.at(self.point))
        for leg in self.route[self.passed : self.granted]:
            needed.update(leg.claims)
        for claim in [claim for claim in self.held if claim not in needed]:
            del self.held[claim]
            claim.holders.remove(executer)
            executer.sim.clock.later.append((_offer, claim))

    def admitted(self, executer: TaskExecuter) -> None:
        """What is waited for may be free now."""
        if self.wanted is not None and not executer.stops:
            self.proceed(executer)

    def _report_deadlock(self, executer: TaskExecuter) -> None:
        circle = _deadlocked(executer)
        if circle:
            told = "; ".join(
                f"{vehicle.name} waits for {claim.source.name}, which "
                f"{' and '.join(holder.name for holder in claim.holders)} "
                f"{'has' if len(claim.holders) == 1 else 'have'} allocated"
                for vehicle, claim in circle.items()
            )
            executer.sim.warn(f"Deadlock of AGVs at {executer.sim.now:g}: {told}.")

    def end(self, executer: TaskExecuter) -> None:
        """Tell of one who stands behind parked vehicles, which nothing may ever move."""
        wanted = self.wanted
        if wanted is None or any(vehicle.active for vehicle in wanted.holders):
            return
        parked = " and ".join(vehicle.name for vehicle in wanted.holders)
        executer.sim.warn(
            f"At the run's end {executer.name} waits for {wanted.source.name}, where {parked} "
            "is parked without work."
        )

    # Interruptions

    def interrupt(self, executer: TaskExecuter, left: float) -> None:
        del left
        now = executer.sim.now
        self._stop_waiting(executer)
        self.motion = Motion.rest(now, self._where(now)[0])
        del self.route[self.granted :]

    def resumed(self, executer: TaskExecuter, pause: float) -> None:
        self.motion = replace(self.motion, time=self.motion.time + pause)
        self.admitted(executer)


def _offer(claim: Claim) -> None:
    """Somebody has given something back: the next one may try."""
    if claim.waiting and len(claim.holders) < claim.room:
        vehicle = claim.waiting[0]
        vehicle.travel.admitted(vehicle)


def _deadlocked(executer: TaskExecuter) -> dict[TaskExecuter, Claim]:
    """Who waits for ever with an executer, and for what; empty when it does not."""
    waiting: dict[TaskExecuter, Claim] = {}
    ahead = [executer]
    while ahead:
        vehicle = ahead.pop()
        wanted = getattr(vehicle.travel, "wanted", None)
        if wanted is None or len(wanted.holders) < wanted.room:
            return {}  # it drives, or is parked and may go on
        if vehicle not in waiting:
            waiting[vehicle] = wanted
            ahead.extend(wanted.holders)
    return waiting
