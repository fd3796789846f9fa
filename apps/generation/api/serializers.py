"""Shapes of drafts, versions and jobs in the API."""

from rest_framework import serializers

from apps.common.models import JobStatus
from apps.common.serializers import PersonSerializer, PlainSerializer
from apps.generation.enums import Origin


class DraftSerializer(PlainSerializer):
    """What `payloads.draft_payload` makes."""

    id = serializers.UUIDField()
    project = serializers.UUIDField()
    title = serializers.CharField()
    sketch = serializers.UUIDField(allow_null=True)
    version_count = serializers.IntegerField()
    archived = serializers.BooleanField()
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    author = PersonSerializer(allow_null=True)


class DraftCreateSerializer(PlainSerializer):
    title = serializers.CharField(max_length=120)
    sketch = serializers.UUIDField(required=False, allow_null=True, default=None)


class DraftChangeSerializer(PlainSerializer):
    title = serializers.CharField(max_length=120, required=False)
    archived = serializers.BooleanField(required=False)


class VersionListSerializer(PlainSerializer):
    """A version without its script."""

    id = serializers.UUIDField()
    draft = serializers.UUIDField()
    number = serializers.IntegerField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    parent = serializers.UUIDField(allow_null=True)
    prompt = serializers.CharField()
    author = PersonSerializer(allow_null=True)
    model_name = serializers.CharField()
    assumptions = serializers.ListField(child=serializers.DictField())
    diagnostics = serializers.ListField(child=serializers.DictField())
    sketch = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()


class VersionSerializer(VersionListSerializer):
    source = serializers.CharField()


class VersionCreateSerializer(PlainSerializer):
    """A script that was written by hand or elsewhere."""

    source = serializers.CharField(trim_whitespace=False)
    parent = serializers.UUIDField(required=False, allow_null=True, default=None)


class GenerateSerializer(PlainSerializer):
    prompt = serializers.CharField(allow_blank=True, trim_whitespace=False)
    sketch = serializers.UUIDField(required=False, allow_null=True, default=None)
    base_version = serializers.UUIDField(required=False, allow_null=True, default=None)


class JobSerializer(PlainSerializer):
    """What `payloads.job_payload` makes; `partial` is the script written so far."""

    id = serializers.UUIDField()
    draft = serializers.UUIDField()
    status = serializers.ChoiceField(choices=JobStatus.choices)
    progress = serializers.FloatField()
    stage = serializers.CharField()
    error = serializers.DictField(allow_null=True)
    version = serializers.UUIDField(allow_null=True)
    prompt = serializers.CharField()
    created_at = serializers.DateTimeField()
    partial = serializers.CharField()


class CheckSerializer(PlainSerializer):
    source = serializers.CharField(allow_blank=True, trim_whitespace=False)


class CheckAnswerSerializer(PlainSerializer):
    """Findings, the model tree as `flexscript inspect` shows it, and its geometry."""

    diagnostics = serializers.ListField(child=serializers.DictField())
    objects = serializers.ListField(child=serializers.DictField())
    connections = serializers.ListField(child=serializers.DictField())
    layout = serializers.DictField(allow_null=True)
