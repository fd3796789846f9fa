"""Shapes of runs in the API."""

from rest_framework import serializers

from apps.common.models import JobStatus
from apps.common.serializers import PersonSerializer, PlainSerializer


class RunSerializer(PlainSerializer):
    """What `payloads.run_payload` makes; times in seconds of the model."""

    id = serializers.UUIDField()
    version = serializers.UUIDField()
    draft = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Number of the version.")
    status = serializers.ChoiceField(choices=JobStatus.choices)
    progress = serializers.FloatField()
    stage = serializers.CharField()
    error = serializers.DictField(allow_null=True)
    seed = serializers.IntegerField()
    until = serializers.FloatField()
    warmup = serializers.FloatField()
    replications = serializers.IntegerField()
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
    author = PersonSerializer(allow_null=True)


class RunResultSerializer(RunSerializer):
    result = serializers.DictField(allow_null=True)


class RunStartSerializer(PlainSerializer):
    """Times in seconds of the model; `until` includes the warm-up."""

    until = serializers.FloatField()
    warmup = serializers.FloatField(default=0.0)
    replications = serializers.IntegerField(default=1)
    seed = serializers.IntegerField(default=1)
