"""The form of a new experiment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.experiments.models import Arrangement
from apps.generation.models import DraftVersion
from apps.runs.bounds import LARGEST_SEED, MOST_REPLICATIONS

UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
UNIT_CHOICES = [("s", _("seconds")), ("min", _("minutes")), ("h", _("hours")), ("d", _("days"))]
EXAMPLE = "Mill.ProcessTime = 40, 50, 60"
SERVICE_FIELDS = ("name", "parameters", "arrangement", "with_base", "replications", "seed")


class VersionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DraftVersion) -> str:
        return f"{obj.draft.title} · {obj.number}"


class ExperimentForm(forms.Form):
    """What to vary, how long and how often to run. Times come with their unit."""

    version = VersionField(
        label=_("Version"), queryset=DraftVersion.objects.none(), empty_label=None
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False,
        help_text=_("Model and version, where it is left empty."),
    )  # fmt: skip
    parameters = forms.CharField(
        label=_("Parameters"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": EXAMPLE, "spellcheck": "false"}),
        help_text=_(
            "One a line: object, property, values. A value is a number or a distribution such as "
            "exponential(0, 10)."
        ),
    )
    arrangement = forms.ChoiceField(
        label=_("Scenarios from several parameters"), choices=Arrangement.choices
    )
    with_base = forms.BooleanField(
        label=_("Compare with the model as it is"), required=False, initial=True
    )
    horizon = forms.FloatField(label=_("Horizon"), min_value=0, initial=8)
    horizon_unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES, initial="h")
    warmup = forms.FloatField(label=_("Warm-up"), min_value=0, initial=0)
    warmup_unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES, initial="min")
    replications = forms.IntegerField(
        label=_("Replications"), min_value=1, max_value=MOST_REPLICATIONS, initial=10
    )
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=LARGEST_SEED, initial=1)

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions

    def wishes(self) -> dict[str, Any]:
        """Arguments of `experiment_start`."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("version", *SERVICE_FIELDS)},
            "until": data["horizon"] * UNITS[data["horizon_unit"]],
            "warmup": data["warmup"] * UNITS[data["warmup_unit"]],
        }

    def refuse(self, field: str | None, text: str) -> None:
        """Show a service's refusal at the field that it names."""
        place = "horizon" if field == "until" else field
        self.add_error(place if place in self.fields else None, text)


def in_unit(seconds: float) -> tuple[float, str]:
    """The largest unit in which the time is a whole number: 7200 s are (2, "h")."""
    for unit in ("d", "h", "min"):
        if seconds >= UNITS[unit] and seconds % UNITS[unit] == 0:
            return seconds / UNITS[unit], unit
    return seconds, "s"
