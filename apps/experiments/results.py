"""Results of experiments: put together from parts, kept as Parquet, read for the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError, NotFound
from apps.experiments.models import Experiment

if TYPE_CHECKING:
    from apps.engines.simulation.estimates import Estimate
    from apps.engines.simulation.experiments import ExperimentResult

JSON = dict[str, Any]
MEASURE = "throughput_per_hour"
CONFIDENCES = (0.9, 0.95, 0.99)


def gathered(experiment: Experiment) -> "ExperimentResult":
    """All runs of the delivered parts, in order."""
    from apps.engines.simulation.config import RunConfig
    from apps.engines.simulation.experiments import ExperimentResult, Scenario, ScenarioResult

    outcomes = [part.outcome for part in experiment.parts.order_by("first")]
    rows = [row for outcome in outcomes for row in outcome["rows"]]
    measures, runs = outcomes[0]["measures"], experiment.replications
    warnings: dict[str, dict[str, None]] = {}
    for outcome in outcomes:
        for scenario, texts in outcome["warnings"].items():
            warnings.setdefault(scenario, {}).update(dict.fromkeys(texts))
    results = []
    for index, settings in enumerate(experiment.scenarios):
        columns = zip(*rows[index * runs : (index + 1) * runs], strict=True)
        values = dict(zip(measures, columns, strict=True))
        scenario = Scenario(tuple((owner, name, value) for owner, name, value in settings))
        results.append(ScenarioResult(scenario, values, tuple(warnings.get(str(index), ()))))
    config = RunConfig(experiment.until, experiment.warmup, runs, int(experiment.seed), trace=False)
    return ExperimentResult(config, tuple(results))


def result_of(experiment: Experiment) -> "ExperimentResult":
    """Raises NotFound while there is none, or where its file is gone."""
    from apps.engines.simulation.experiment_table import read_experiment

    with opened(experiment) as file:
        return read_experiment(file)


def opened(experiment: Experiment) -> "File[Any]":
    """The file of the results. Raises NotFound."""
    if not experiment.table:
        raise NotFound(_("This experiment has no results."))
    try:
        return experiment.table.open("rb")
    except FileNotFoundError as error:
        raise NotFound(_("The file of the results is gone.")) from error


@dataclass(frozen=True)
class View:
    """What a reader wants to see; `base` is the number of a scenario."""

    measure: str = MEASURE
    confidence: float = 0.95
    base: int = 0
    half_width: float | None = None

    @classmethod
    def parse(cls, given: Any) -> "View":
        """From query parameters. Raises ApplicationError that names the field."""
        try:
            view = cls(
                given.get("measure") or MEASURE,
                float(given.get("confidence") or 0.95),
                int(given.get("base") or 0),
                float(given["half_width"]) if given.get("half_width") else None,
            )
        except ValueError as error:
            raise ApplicationError(_("This is not a number."), "invalid") from error
        if not 0.5 <= view.confidence < 1:
            raise ApplicationError(
                _("The confidence is between 0.5 and 1."), "invalid", field="confidence"
            )
        if view.half_width is not None and not view.half_width > 0:
            text = _("The half-width must be above 0.")
            raise ApplicationError(text, "invalid", field="half_width")
        return view


def report_of(result: "ExperimentResult", view: View) -> JSON:
    """Scenarios with estimate, difference from the base, rank, and replications needed.

    Raises ApplicationError for a measure or base that does not exist.
    """
    from apps.engines.simulation.ranking import lower_is_better, ranking

    measures = list(result.scenarios[0].values)
    if view.measure not in measures:
        raise ApplicationError(_("There is no such measure."), "invalid", field="measure")
    if not 0 <= view.base < len(result.scenarios):
        raise ApplicationError(_("There is no such scenario."), "invalid", field="base")
    pairs = {
        pair.other: pair for pair in result.comparisons(view.measure, view.base, view.confidence)
    }
    ranks = {rank.scenario: rank for rank in ranking(result, view.measure, view.confidence)}
    rows = []
    for index, found in enumerate(result.scenarios):
        pair, rank = pairs.get(index), ranks.get(index)
        rows.append(
            {
                "scenario": index,
                "label": found.scenario.label,
                "settings": [list(setting) for setting in found.scenario.settings],
                "estimate": as_json(found.estimate(view.measure, view.confidence)),
                "difference": as_json(pair.difference) if pair else None,
                "significant": pair.significant if pair else None,
                "correlation": pair.correlation if pair else None,
                "rank": {"best": rank.best, "worst": rank.worst} if rank else None,
                "contender": rank.contender if rank else None,
                **needed(found.values[view.measure], view),
                "warnings": list(found.warnings),
            }
        )
    return {
        "measure": view.measure,
        "measures": measures,
        "confidence": view.confidence,
        "base": view.base,
        "half_width": view.half_width,
        "lowest_is_best": lower_is_better(view.measure),
        "replications": result.config.replications,
        "scenarios": rows,
    }


def needed(values: Any, view: View) -> JSON:
    """{"needed": replications for the wanted half-width or null, "needed_above": a number that
    would not be enough, or null}."""
    from apps.engines.simulation import SimulationError
    from apps.engines.simulation.config import MAX_REPLICATIONS
    from apps.engines.simulation.experiments import replications_needed

    pilot = [value for value in values if value is not None]
    if view.half_width is None or len(pilot) < 2:
        return {"needed": None, "needed_above": None}
    try:
        count = replications_needed(view.half_width, view.confidence, pilot=pilot)
    except SimulationError:
        return {"needed": None, "needed_above": MAX_REPLICATIONS}
    return {"needed": count, "needed_above": None}


def as_json(estimate: "Estimate | None") -> JSON | None:
    return estimate.to_json() if estimate is not None else None
