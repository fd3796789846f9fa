"""Which scenario is best, and how sure that is.

All pairs are compared at once, by paired intervals with common random numbers. `best` and `worst`
rank of a scenario follow from the differences that are sure; the joint confidence is kept by
Bonferroni's inequality. `contender` is the subset that holds the best one: screening of Nelson,
Swann, Goldsman and Song, Operations Research 49 (2001) 950, whose intervals are one-sided and
therefore keep fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .estimates import CONFIDENCE, student_quantile
from .experiments import ExperimentResult

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

LOWER_IS_BETTER = ("time_in_system", "wip", "wip_max", "staytime", "content")
NOISE = 1e-9  # differences this small beside the means are rounding


@dataclass(frozen=True)
class Rank:
    """One scenario's place; `best` and `worst` bound its true rank, 1 being the best."""

    scenario: int
    mean: float
    best: int
    worst: int
    contender: bool


def lower_is_better(measure: str) -> bool:
    """Times and contents are to be small, output and utilisation large."""
    return measure.rpartition(".")[2] in LOWER_IS_BETTER


def ranking(
    result: ExperimentResult,
    measure: str,
    confidence: float = CONFIDENCE,
    *,
    lowest: bool | None = None,
) -> list[Rank]:
    """The scenarios that showed the measure in at least two common replications, best first.

    `lowest`: small values are better; by default as `lower_is_better` says. Raises
    SimulationError for an unknown measure.
    """
    import numpy as np

    sign = -1.0 if (lower_is_better(measure) if lowest is None else lowest) else 1.0
    places, values = _seen(result, measure)
    if not places:
        return []
    means = values.mean(axis=1)
    gain = sign * (means[:, None] - means[None, :])  # [i, j]: how much i is better than j
    error = _standard_errors(values, common=result.common)
    slack = NOISE * np.abs(means).max()
    sure = gain > error * _quantile(values, len(places) * (len(places) - 1), confidence) + slack
    beaten = -gain > error * _quantile(values, len(places) - 1, confidence) + slack
    ranks = [
        Rank(
            place,
            float(means[index]),
            1 + int(sure[:, index].sum()),
            len(places) - int(sure[index].sum()),
            not bool(beaten[index].any()),
        )
        for index, place in enumerate(places)
    ]
    return sorted(ranks, key=lambda rank: -sign * rank.mean)


def _seen(result: ExperimentResult, measure: str) -> tuple[list[int], Matrix]:
    """Scenarios, and their values [scenario, replication] where all of them have one."""
    import numpy as np

    columns = [found.of(measure) for found in result.scenarios]
    places = [place for place, column in enumerate(columns) if any(v is not None for v in column)]
    values = np.array([[np.nan if v is None else v for v in columns[place]] for place in places])
    if not places:
        return [], values
    values = values[:, ~np.isnan(values).any(axis=0)]
    return (places, values) if values.shape[1] > 1 else ([], values)


def _standard_errors(values: Matrix, *, common: bool) -> Matrix:
    """[i, j]: the standard error of the difference of two means, paired where `common`."""
    import numpy as np

    covariance = np.atleast_2d(np.cov(values))
    own = np.diag(covariance)
    square = own[:, None] + own[None, :]
    if common:
        square = square - 2.0 * covariance
    result: Matrix = np.sqrt(np.clip(square, 0.0, None) / values.shape[1])
    return result


def _quantile(values: Matrix, statements: int, confidence: float) -> float:
    """One-sided, of that many statements that hold together; with n − 1 degrees, on the safe side
    where the scenarios are independent."""
    single = 1.0 - (1.0 - confidence) / max(1, statements)
    return student_quantile(2.0 * single - 1.0, values.shape[1] - 1)
