"""What can go wrong in a run, said so that the user can act on it."""

from __future__ import annotations


class SimulationError(Exception):
    """A model that cannot be run, or a run that had to end early."""

    def __init__(self, message: str, obj: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.object = obj
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.object}: " if self.object else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{advice}"


class SimulationCancelled(Exception):
    """The caller asked to stop."""
