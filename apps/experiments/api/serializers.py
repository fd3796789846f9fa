"""Shapes of experiments in the API."""

from rest_framework import serializers

from apps.common.models import JobStatus
from apps.common.serializers import PersonSerializer, PlainSerializer
from apps.experiments.models import Arrangement


class ExperimentSerializer(PlainSerializer):
    """What `payloads.experiment_payload` makes; times in seconds of the model."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.UUIDField()
    draft = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Number of the version.")
    status = serializers.ChoiceField(choices=JobStatus.choices)
    progress = serializers.FloatField()
    error = serializers.DictField(allow_null=True)
    parameters = serializers.CharField()
    arrangement = serializers.ChoiceField(choices=Arrangement.choices)
    with_base = serializers.BooleanField()
    scenarios = serializers.IntegerField(help_text="How many there are.")
    replications = serializers.IntegerField()
    until = serializers.FloatField()
    warmup = serializers.FloatField()
    seed = serializers.IntegerField()
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
    author = PersonSerializer(allow_null=True)


class ExperimentStartSerializer(PlainSerializer):
    """Times in seconds of the model; `until` includes the warm-up."""

    name = serializers.CharField(default="", allow_blank=True, max_length=120)
    parameters = serializers.CharField(
        default="", allow_blank=True, help_text="One a line: Mill.ProcessTime = 40, 50, 60"
    )
    arrangement = serializers.ChoiceField(choices=Arrangement.choices, default=Arrangement.GRID)
    with_base = serializers.BooleanField(default=True)
    until = serializers.FloatField()
    warmup = serializers.FloatField(default=0.0)
    replications = serializers.IntegerField(default=10)
    seed = serializers.IntegerField(default=1)


class ScenarioSerializer(PlainSerializer):
    """`estimate` and `difference` (from the base): mean, half_width, low, high, min, max, n."""

    scenario = serializers.IntegerField()
    label = serializers.CharField()
    settings = serializers.ListField(child=serializers.ListField())
    estimate = serializers.DictField(allow_null=True)
    difference = serializers.DictField(allow_null=True)
    significant = serializers.BooleanField(allow_null=True)
    correlation = serializers.FloatField(allow_null=True)
    rank = serializers.DictField(allow_null=True, help_text="{best, worst}: bounds of its rank.")
    contender = serializers.BooleanField(allow_null=True, help_text="Whether it may be the best.")
    needed = serializers.IntegerField(
        allow_null=True, help_text="Replications for the wanted half-width."
    )
    needed_above = serializers.IntegerField(allow_null=True, help_text="That many are too few.")
    warnings = serializers.ListField(child=serializers.CharField())


class ReportSerializer(PlainSerializer):
    measure = serializers.CharField()
    measures = serializers.ListField(child=serializers.CharField())
    confidence = serializers.FloatField()
    base = serializers.IntegerField()
    half_width = serializers.FloatField(allow_null=True)
    lowest_is_best = serializers.BooleanField()
    replications = serializers.IntegerField()
    scenarios = ScenarioSerializer(many=True)


class PropertyChoiceSerializer(PlainSerializer):
    name = serializers.CharField()
    value = serializers.CharField(allow_null=True)


def _choice_fields() -> dict[str, serializers.Field]:
    return {
        "object": serializers.CharField(),
        "class": serializers.CharField(),
        "properties": PropertyChoiceSerializer(many=True),
    }


class ChoiceSerializer(PlainSerializer):
    """An object and what can be varied of it."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return _choice_fields()  # `class` is a word of Python
