"""Names of measures and scenarios in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEASURES = {
    "throughput_per_hour": gettext_lazy("Throughput (per hour)"),
    "items_out": gettext_lazy("Items out"),
    "items_in": gettext_lazy("Items in"),
    "wip": gettext_lazy("Work in process"),
    "wip_max": gettext_lazy("Most work in process"),
    "time_in_system": gettext_lazy("Time in system (s)"),
    "input": gettext_lazy("Input"),
    "output": gettext_lazy("Output"),
    "content": gettext_lazy("Content"),
    "staytime": gettext_lazy("Stay (s)"),
    "utilisation": gettext_lazy("Utilisation"),
}


def measure_label(measure: str) -> str:
    """ "Throughput (per hour)", or for an object "Mill: Utilisation"."""
    owner, _dot, name = measure.rpartition(".")
    label = str(MEASURES.get(name, name))
    return f"{owner}: {label}" if owner else label


def scenario_label(settings: Sequence[Sequence[Any]]) -> str:
    """ "Mill.ProcessTime = 40"; without settings the model as it is."""
    if not settings:
        return _("As it is")
    return ", ".join(
        f"{owner or 'Model'}.{name} = {shown(value)}" for owner, name, value in settings
    )


def shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
