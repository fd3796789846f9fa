"""How much a script may use: scripts come from models and strangers."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import NoReturn

from .diagnostics import FlexScriptError, Span

_LOOK = 1000  # steps between two looks at the clock


@dataclass(frozen=True)
class Limits:
    """Bounds of one execution."""

    steps: int = 2_000_000
    depth: int = 60
    seconds: float = 5.0
    objects: int = 5_000
    connections: int = 50_000
    output_lines: int = 1_000


class Meter:
    """Counts steps and time of one execution; large values cost as many steps as they weigh."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = 0
        self.deadline = time.monotonic() + limits.seconds
        self._next_look = _LOOK

    def step(self, span: Span) -> None:
        self.spend(1, span)

    def spend(self, steps: int, span: Span) -> None:
        """Count `steps` at once: copying text or an array is work and memory, not one step."""
        self.steps += steps
        if self.steps > self.limits.steps:
            self._stop(f"{self.limits.steps:,} steps", span)
        if self.steps >= self._next_look:
            self._next_look = self.steps + _LOOK
            if time.monotonic() > self.deadline:
                self._stop(f"{self.limits.seconds:g} s", span)

    @staticmethod
    def _stop(after: str, span: Span) -> NoReturn:
        raise FlexScriptError(
            f"The script was stopped after {after}.",
            span,
            "Does a loop never end? Check its condition.",
            "limit",
        )
