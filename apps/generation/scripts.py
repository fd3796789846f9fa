"""Scripts as the web sees them: size limits, findings, geometry."""

from typing import Any

from django.utils.translation import gettext as _

from apps.common.errors import TooLarge
from apps.generation.payloads import diagnostic_payload

JSON = dict[str, Any]
MOST_SOURCE = 400_000
MOST_DIAGNOSTICS = 200


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
    """Findings of the checker, the first MOST_DIAGNOSTICS of them."""
    from apps.engines.flexscript import check

    found = check(source, "script.fs")[:MOST_DIAGNOSTICS]
    return [diagnostic_payload(item.to_json()) for item in found]


def layout_of_source(source: str) -> JSON | None:
    """The drawing of the model that a script builds; None where it builds none."""
    from apps.engines.flexscript import execute
    from apps.generation.layout import layout_of

    model = execute(source, "script.fs").model
    return None if model is None else layout_of(model)


def inspection_of(source: str) -> JSON:
    """{"diagnostics", "objects", "connections", "layout"} of any text."""
    from apps.engines.flexscript import inspect

    require_size(source)
    found = inspect(source, "script.fs")
    findings = [diagnostic_payload(item) for item in found["diagnostics"][:MOST_DIAGNOSTICS]]
    return {**found, "diagnostics": findings, "layout": layout_of_source(source)}
