"""Means over replications with Student intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, sqrt
from typing import Any

CONFIDENCE = 0.95


@lru_cache
def student_quantile(confidence: float, degrees: int) -> float:
    """The two-sided quantile of Student's t distribution."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1.0 + confidence) / 2.0))


@dataclass(frozen=True)
class Estimate:
    """The mean of `n` replications; `half_width` is None for a single one."""

    mean: float
    half_width: float | None
    minimum: float
    maximum: float
    n: int

    @property
    def low(self) -> float:
        return self.mean - (self.half_width or 0.0)

    @property
    def high(self) -> float:
        return self.mean + (self.half_width or 0.0)

    def to_json(self) -> dict[str, Any]:
        return {
            "mean": self.mean,
            "half_width": self.half_width,
            "low": self.low,
            "high": self.high,
            "min": self.minimum,
            "max": self.maximum,
            "n": self.n,
        }


def estimate(values: Sequence[float | None], confidence: float = CONFIDENCE) -> Estimate | None:
    """The estimate from one value a replication; None values (nothing seen) are left out."""
    seen = [value for value in values if value is not None]
    if not seen:
        return None
    n = len(seen)
    mean = fsum(seen) / n
    half_width = None
    if n > 1:
        deviation = sqrt(fsum((value - mean) ** 2 for value in seen) / (n - 1))
        half_width = student_quantile(confidence, n - 1) * deviation / sqrt(n)
    return Estimate(mean, half_width, min(seen), max(seen), n)
