"""Scripts as the web sees them: size limits, findings, geometry. They are read apart."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from apps.common.apart import Stopped, call
from apps.common.errors import TooLarge
from apps.generation import checks
from apps.generation.payloads import diagnostic_payload

if TYPE_CHECKING:
    from apps.engines.simulation.model import Model

JSON = dict[str, Any]
MOST_SOURCE = 400_000
STOPPED = "stopped"


def require_size(source: str) -> None:
    """Raises TooLarge."""
    if len(source) > MOST_SOURCE:
        raise TooLarge(
            _("The script has %(n)d characters; at most %(most)d can be kept.")
            % {"n": len(source), "most": MOST_SOURCE},
            "too_long",
            field="source",
        )


def diagnostics_of(source: str) -> list[JSON]:
    """The first findings of the checker."""
    try:
        return list(map(diagnostic_payload, call(checks.findings, source)))
    except Stopped as stop:
        return [finding_of(stop)]


def finding_of(stop: Stopped) -> JSON:
    """That the checker was stopped is a finding too."""
    told = {"severity": "error", "message": stop.message, "hint": stop.hint, "code": STOPPED}
    return diagnostic_payload(told)


def layout_of_source(source: str) -> JSON | None:
    """The drawing of the model that a script builds; None where it builds none."""
    with suppress(Stopped):
        return call(checks.layout, source)
    return None


def model_of(source: str) -> "Model | None":
    """The model that a script builds, without tables; None where it builds none."""
    from apps.engines.simulation.plain import from_plain

    with suppress(Stopped):
        tree = call(checks.tree, source)
        return None if tree is None else from_plain(tree)
    return None


def inspection_of(source: str) -> JSON:
    """{"diagnostics", "objects", "connections", "layout"} of any text."""
    require_size(source)
    try:
        found = call(checks.inspection, source)
    except Stopped as stop:
        found = {"objects": [], "connections": [], "layout": None}
        return {**found, "diagnostics": [finding_of(stop)]}
    return {**found, "diagnostics": list(map(diagnostic_payload, found["diagnostics"]))}
