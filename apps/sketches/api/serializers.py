"""Shapes of sketches in the API."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.common.serializers import PersonSerializer, PlainSerializer
from apps.sketches.models import Origin


class SketchSerializer(PlainSerializer):
    """What `payloads.sketch_payload` makes."""

    id = serializers.UUIDField()
    project = serializers.UUIDField()
    title = serializers.CharField()
    origin = serializers.ChoiceField(choices=Origin.choices)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    url = serializers.CharField()
    thumbnail_url = serializers.CharField()
    page_url = serializers.CharField()
    created_at = serializers.DateTimeField()
    author = PersonSerializer(allow_null=True)


class StrokesField(serializers.JSONField):
    """An object; in a form it comes as text."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            value = json.loads(data) if isinstance(data, str) else data
        except (ValueError, RecursionError) as error:
            raise serializers.ValidationError(_("The strokes cannot be read.")) from error
        if not isinstance(value, dict):
            raise serializers.ValidationError(_("The strokes cannot be read."))
        return value


class SketchUploadSerializer(PlainSerializer):
    """PNG, JPEG or WebP, at most 20 MB and 50 megapixels."""

    file = serializers.FileField(allow_empty_file=True)
    title = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    origin = serializers.ChoiceField(choices=Origin.choices, default=Origin.UPLOADED)
    strokes = StrokesField(required=False, allow_null=True, default=None)


class SketchChangeSerializer(PlainSerializer):
    title = serializers.CharField(max_length=120, required=False)
    deleted = serializers.BooleanField(required=False)
