"""How much a script may use: scripts come from models and strangers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .diagnostics import FlexScriptError, Span


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
    """Counts steps and time of one execution."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = 0
        self.deadline = time.monotonic() + limits.seconds

    def step(self, span: Span) -> None:
        self.steps += 1
        if self.steps > self.limits.steps:
            raise FlexScriptError(
                f"The script was stopped after {self.limits.steps:,} steps.",
                span,
                "Does a loop never end? Check its condition.",
                "limit",
            )
        if self.steps % 1000 == 0 and time.monotonic() > self.deadline:
            raise FlexScriptError(
                f"The script was stopped after {self.limits.seconds:g} s.",
                span,
                "Does a loop never end? Check its condition.",
                "limit",
            )
