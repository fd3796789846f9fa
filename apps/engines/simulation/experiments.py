"""Experiments: scenarios over parameters, compared on common random numbers.

Replication n of every scenario draws from the same streams (each object has its own), so that
differences between scenarios are differences of the systems, not of luck; they are compared
pairwise by Student intervals (Law, Simulation Modeling and Analysis, ch. 10 and 11).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import isnan, sqrt
from statistics import fmean, stdev, variance
from typing import Any

from .config import MAX_REPLICATIONS, RunConfig
from .errors import SimulationCancelled, SimulationError
from .estimates import CONFIDENCE, Estimate, estimate, student_quantile
from .experiment_runs import RunnerFactory, Setting, deadline, flatten, perform, split, unflatten
from .experiment_runs import apply as apply_settings
from .model import WAYS, Model
from .observe import Observation, Reals, see

KPIS = ("throughput_per_hour", "items_out", "items_in", "wip", "wip_max", "time_in_system")
OF_OBJECTS = ("input", "output", "content", "staytime", "utilisation")
MAX_SCENARIOS = 500
MAX_RUNS = 20_000


@dataclass(frozen=True)
class Parameter:
    """What is varied: a property of an object, or of the model (`object` empty), and its values.

    A value is a number or FlexScript text ("exponential(0, 10)").
    """

    object: str
    name: str
    values: tuple[float | str, ...]

    @classmethod
    def parse(cls, text: str) -> Parameter:
        """ "Mill.ProcessTime=40,50,60"; commas inside brackets belong to the value."""
        place, equals, values = text.partition("=")
        owner, _, name = place.strip().rpartition(".")
        if owner.endswith(".Triggers"):
            owner, name = owner.removesuffix(".Triggers"), f"Triggers.{name}"
        found = tuple(_value(part) for part in _parts(values))
        if not (equals and owner and name and found):
            raise SimulationError(
                f"“{text}” is no parameter", hint="write it as Mill.ProcessTime=40,50,60"
            )
        return cls("" if owner == "Model.parameters" else owner, name, found)

    @property
    def label(self) -> str:
        return f"{self.object or 'Model.parameters'}.{self.name}"


@dataclass(frozen=True)
class Scenario:
    """One point of the experiment; no settings: the model as it is."""

    settings: tuple[Setting, ...] = ()

    @property
    def label(self) -> str:
        parts = [
            f"{owner or 'Model'}.{name} = {_text(value)}" for owner, name, value in self.settings
        ]
        return ", ".join(parts) or "as it is"


def grid(parameters: Sequence[Parameter]) -> list[Scenario]:
    """All combinations, the last parameter varying fastest."""
    axes = [[(p.object, p.name, value) for value in p.values] for p in parameters]
    return [Scenario(tuple(point)) for point in product(*axes)]


def paired(parameters: Sequence[Parameter]) -> list[Scenario]:
    """The first values of all parameters, the second ones …"""
    if len({len(p.values) for p in parameters}) > 1:
        raise SimulationError("a list of scenarios needs as many values of each parameter")
    axes = [[(p.object, p.name, value) for value in p.values] for p in parameters]
    return [Scenario(tuple(point)) for point in zip(*axes, strict=True)]


@dataclass(frozen=True)
class ScenarioResult:
    """`values` by measure, one a replication (None: nothing was seen)."""

    scenario: Scenario
    values: dict[str, tuple[float | None, ...]]
    warnings: tuple[str, ...] = ()

    def estimate(self, measure: str, confidence: float = CONFIDENCE) -> Estimate | None:
        """The mean over the replications; None where nothing was seen."""
        return estimate(self.of(measure), confidence)

    def of(self, measure: str) -> tuple[float | None, ...]:
        """One value a replication. Raises SimulationError for an unknown measure."""
        require_measure(measure, self.values)
        return self.values[measure]


def require_measure(measure: str, known: Collection[str]) -> None:
    """Raise SimulationError for an unknown measure, with those of its object or of the model."""
    if measure in known:
        return
    owner = measure.rpartition(".")[0]
    near = [name for name in known if owner and name.startswith(f"{owner}.")]
    names = ", ".join(near or [*KPIS, "and of each object NAME.utilisation"])
    raise SimulationError(f"there is no measure {measure}", hint=f"there are {names}")


@dataclass(frozen=True)
class Comparison:
    """Scenario `other` less `base`: `difference` is None where fewer than two pairs were seen.

    `correlation` of the pairs says what the common random numbers have gained.
    """

    base: int
    other: int
    difference: Estimate | None
    correlation: float | None

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out 0."""
        found = self.difference
        if found is None or found.half_width is None:
            return False
        return not found.low <= 0.0 <= found.high


@dataclass(frozen=True)
class ExperimentResult:
    """All scenarios in their order, and which of them is how much better."""

    config: RunConfig
    scenarios: tuple[ScenarioResult, ...]
    common: bool = field(default=True)

    def comparisons(
        self, measure: str, base: int = 0, confidence: float = CONFIDENCE
    ) -> list[Comparison]:
        """Each other scenario against `base`, all intervals together at that confidence.

        By Bonferroni's inequality each single interval is at 1 − (1 − confidence)/k.
        """
        others = [index for index in range(len(self.scenarios)) if index != base]
        single = 1 - (1 - confidence) / max(1, len(others))
        return [self.compare(measure, base, other, single) for other in others]

    def compare(
        self, measure: str, base: int, other: int, confidence: float = CONFIDENCE
    ) -> Comparison:
        """Two scenarios: paired by replication, or by Welch's interval without common numbers."""
        one, two = (self.scenarios[index].of(measure) for index in (base, other))
        if not self.common:
            return Comparison(base, other, _welch(one, two, confidence), None)
        pairs = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
        if len(pairs) < 2:
            return Comparison(base, other, None, None)
        difference = estimate([b - a for a, b in pairs], confidence)
        return Comparison(base, other, difference, _correlation(pairs))

    def to_json(self) -> dict[str, Any]:
        """Estimates of all scenarios, and of the key figures the differences from the first."""
        measures = list(self.scenarios[0].values)
        return {
            "config": self.config.to_json(),
            "common_random_numbers": self.common,
            "scenarios": [
                {
                    "label": found.scenario.label,
                    "settings": [list(setting) for setting in found.scenario.settings],
                    "measures": {name: _json(found.estimate(name)) for name in measures},
                    "warnings": list(found.warnings),
                }
                for found in self.scenarios
            ],
            "comparisons": {
                name: [
                    {
                        "base": pair.base,
                        "other": pair.other,
                        "difference": _json(pair.difference),
                        "significant": pair.significant,
                        "correlation": pair.correlation,
                    }
                    for pair in self.comparisons(name)
                ]
                for name in KPIS
            },
        }


@dataclass(frozen=True)
class Options:
    """How an experiment is run; its result does not depend on `workers`.

    `runner` makes a code runner in each process, so it must be picklable. With `common` false
    every scenario has streams of its own.
    """

    runner: RunnerFactory | None = None
    workers: int = 1
    common: bool = True


def run_experiment(
    model: Model,
    scenarios: Sequence[Scenario],
    config: RunConfig,
    options: Options | None = None,
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExperimentResult:
    """Run `config.replications` of every scenario; `config.max_seconds` bounds them all.

    Raises SimulationError on what cannot run and SimulationCancelled when asked to stop.
    """
    options = options or Options()
    _check(model, scenarios, config)
    configs = [
        replace(
            config, trace=False, seed=config.seed + (0 if options.common else index * 1_000_003)
        )
        for index in range(len(scenarios))
    ]
    tasks = split([scenario.settings for scenario in scenarios], configs, options.workers)
    in_time = deadline(config.max_seconds)

    def should_go_on(share: float) -> bool:
        in_time()
        if progress is not None:
            progress(share)
        return should_stop is None or not should_stop()

    if not should_go_on(0.0):
        raise SimulationCancelled
    outcomes = perform(model, tasks, options.runner, options.workers, should_go_on)
    results = []
    for index, scenario in enumerate(scenarios):
        mine = [outcome for task, outcome in zip(tasks, outcomes, strict=True)
                if task.scenario == index]  # fmt: skip
        observations = [found for seen, _ in mine for found in seen]
        warnings = dict.fromkeys(text for _, texts in mine for text in texts)
        results.append(ScenarioResult(scenario, measures_of(model, observations), tuple(warnings)))
    if progress is not None:
        progress(1.0)
    return ExperimentResult(config, tuple(results), options.common)


def replications_needed(
    half_width: float, confidence: float = CONFIDENCE, *, pilot: Sequence[float]
) -> int:
    """How many replications make the interval of the mean at most ± `half_width`.

    The smallest n with t(n − 1)·s/√n ≤ half_width, s from the pilot's values (Law, 9.4.1);
    an estimate that is as good as s. Raises SimulationError where it cannot be told.
    """
    if len(pilot) < 2:
        raise SimulationError("a pilot needs at least two replications")
    if not half_width > 0:
        raise SimulationError("the half-width must be above 0")
    if not 0 < confidence < 1:
        raise SimulationError("the confidence must be between 0 and 1, for example 0.95")
    deviation = stdev(pilot)

    def enough(n: int) -> bool:
        return student_quantile(confidence, n - 1) * deviation / sqrt(n) <= half_width

    low, high = 2, 2
    while not enough(high):  # t(n − 1)/√n falls with n
        if high > MAX_REPLICATIONS:
            raise SimulationError(
                f"more than {MAX_REPLICATIONS:,} replications would be needed",
                hint="allow a wider interval, or make the runs longer",
            )
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _check(model: Model, scenarios: Sequence[Scenario], config: RunConfig) -> None:
    config.check()
    if not scenarios:
        raise SimulationError("there is no scenario", hint="give a parameter some values")
    if len(scenarios) > MAX_SCENARIOS:
        raise SimulationError(f"{len(scenarios):,} scenarios are more than {MAX_SCENARIOS}")
    if len(scenarios) * config.replications > MAX_RUNS:
        raise SimulationError(
            f"{len(scenarios) * config.replications:,} runs are more than {MAX_RUNS:,}",
            hint="use fewer scenarios or replications",
        )
    flat = flatten(model)
    for scenario in scenarios:
        apply_settings(unflatten(flat), scenario.settings)


def measures_of(
    model: Model, observations: Sequence[Observation]
) -> dict[str, tuple[float | None, ...]]:
    """Key figures by name, those of objects as "Mill.utilisation"."""
    values: dict[str, tuple[float | None, ...]] = {
        name: tuple(getattr(found, name) for found in observations) for name in KPIS
    }
    running = [obj for obj in model if obj.class_name not in WAYS]
    measures = see(observations).measures if observations else {}
    for index, obj in enumerate(running):
        for name in OF_OBJECTS:
            values.setdefault(f"{obj.name}.{name}", _column(measures.get(name), index))
    return values


def _column(table: Reals | None, index: int) -> tuple[float | None, ...]:
    """One object's values, a replication each; None where nothing was seen."""
    if table is None:
        return ()
    return tuple(None if isnan(value) else value for value in table[:, index].tolist())


def _correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    spread = sqrt(variance(one) * variance(two))
    if not spread:
        return None
    mean_one, mean_two = fmean(one), fmean(two)
    covariance = sum((a - mean_one) * (b - mean_two) for a, b in pairs) / (len(pairs) - 1)
    return covariance / spread


def _welch(
    one: Sequence[float | None], two: Sequence[float | None], confidence: float
) -> Estimate | None:
    a, b = ([value for value in values if value is not None] for values in (one, two))
    if min(len(a), len(b)) < 2:
        return None
    u, v = variance(a) / len(a), variance(b) / len(b)
    mean = fmean(b) - fmean(a)
    width = 0.0
    if u + v:
        degrees = (u + v) ** 2 / (u**2 / (len(a) - 1) + v**2 / (len(b) - 1))
        width = student_quantile(confidence, int(degrees)) * sqrt(u + v)
    return Estimate(mean, width, min(b) - max(a), max(b) - min(a), min(len(a), len(b)))


def _json(found: Estimate | None) -> dict[str, Any] | None:
    return found.to_json() if found is not None else None


def _parts(text: str) -> list[str]:
    """Split at commas outside of brackets and strings."""
    parts, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == '"'
        if not quoted:
            depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _text(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
