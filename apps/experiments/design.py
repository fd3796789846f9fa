"""What is varied: from the words of a form to scenarios that the version can run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from apps.common.errors import ApplicationError
from apps.experiments.models import Arrangement
from apps.generation import scripts
from apps.generation.models import DraftVersion

if TYPE_CHECKING:
    from apps.engines.simulation.experiments import Parameter, Scenario
    from apps.engines.simulation.model import Model, ModelObject

JSON = dict[str, Any]
MOST_SCENARIOS = 200
MOST_RUNS = 5000
FIELD = "parameters"


def scenarios_of(
    version: DraftVersion, text: str, arrangement: str, *, with_base: bool
) -> list[list[list[Any]]]:
    """The settings of each scenario, the model as it is first where `with_base`.

    Raises ApplicationError that names the field where a line is no parameter or the model lacks
    what it names.
    """
    from apps.engines.simulation import SimulationError

    try:
        parameters = parse(text)
        scenarios = arranged(parameters, arrangement, with_base=with_base)
        require_applicable(version, scenarios)
    except SimulationError as error:
        where = f"{error.object}: " if error.object else ""
        raise ApplicationError(f"{where}{error.message}", "invalid", error.hint, FIELD) from error
    return [[list(setting) for setting in scenario.settings] for scenario in scenarios]


def parse(text: str) -> "list[Parameter]":
    """One parameter a line: Mill.ProcessTime = 40, 50, 60. Raises SimulationError."""
    from apps.engines.simulation.experiments import Parameter

    return [Parameter.parse(line.strip()) for line in text.splitlines() if line.strip()]


def arranged(
    parameters: "Sequence[Parameter]", arrangement: str, *, with_base: bool
) -> "list[Scenario]":
    from apps.engines.simulation.experiments import Scenario, grid, paired

    size = count(parameters, arrangement)
    if size > MOST_SCENARIOS:
        text = _("%(n)d scenarios are more than the %(most)d that are possible.")
        raise refuse(text % {"n": size, "most": MOST_SCENARIOS})
    made = grid(parameters) if arrangement == Arrangement.GRID else paired(parameters)
    base = Scenario()
    if with_base:
        made = [base, *(scenario for scenario in made if scenario != base)]
    return made


def count(parameters: "Sequence[Parameter]", arrangement: str) -> int:
    """How many scenarios there would be, without making them."""
    if arrangement != Arrangement.GRID:
        return max((len(parameter.values) for parameter in parameters), default=1)
    size = 1
    for parameter in parameters:
        size *= len(parameter.values)
    return size


def require_applicable(version: DraftVersion, scenarios: "Sequence[Scenario]") -> None:
    """Raises SimulationError where the model lacks an object or property."""
    from apps.engines.simulation.experiment_runs import apply, flatten, unflatten

    flat = flatten(model_of(version))
    for scenario in scenarios:
        apply(unflatten(flat), scenario.settings)


def model_of(version: DraftVersion) -> "Model":
    """Raises ApplicationError where the script builds none."""
    model = scripts.model_of(version.source)
    if model is None:
        raise ApplicationError(_("The script has errors, so it cannot run."), "has_errors")
    return model


def choices_of(version: DraftVersion) -> list[JSON]:
    """What can be varied: [{"object", "class", "properties": [{"name", "value"}]}].

    `value` is the present one as a line would write it, or null where the class's default is in
    force. Properties that the script sets come first.
    """
    model = model_of(version)
    found = [object_choice(obj) for obj in model]
    if model.parameters:
        rows = [{"name": str(k), "value": str(v)} for k, v in model.parameters.items()]
        found.append({"object": "Model.parameters", "class": "", "properties": rows})
    return [item for item in found if item["properties"]]


def object_choice(obj: "ModelObject") -> JSON:
    from apps.engines.simulation.library import CLASSES

    own = {
        name: text
        for name, value in obj.properties.items()
        if not name.startswith("Triggers.") and (text := written(value)) is not None
    }
    others = [name for name in sorted(CLASSES[obj.class_name].properties) if name not in own]
    rows: list[JSON] = [{"name": name, "value": text} for name, text in own.items()]
    rows += [{"name": name, "value": None} for name in others]
    return {"object": obj.name, "class": obj.class_name, "properties": rows}


def written(value: Any) -> str | None:
    """A number or distribution in FlexScript; None for what a line cannot hold."""
    from apps.engines.simulation.model import DistributionValue, NumberValue

    if isinstance(value, NumberValue):
        return f"{value.value:g}"
    if isinstance(value, DistributionValue):
        return f"{value.function}({', '.join(f'{arg:g}' for arg in value.args)})"
    return None


def refuse(message: str, field: str = FIELD) -> ApplicationError:
    return ApplicationError(message, "invalid", field=field)
