"""Serializers of shapes that several apps answer with."""

from typing import Any

from rest_framework import serializers


class PlainSerializer(serializers.Serializer[Any]):
    """Reads and describes; writing is done by services."""

    def create(self, validated_data: Any) -> Any:
        raise NotImplementedError

    def update(self, instance: Any, validated_data: Any) -> Any:
        raise NotImplementedError


class PersonSerializer(PlainSerializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ErrorBodySerializer(PlainSerializer):
    code = serializers.CharField()
    message = serializers.CharField()
    hint = serializers.CharField(allow_null=True)
    fields_ = serializers.DictField(allow_null=True, child=serializers.ListField())

    def get_fields(self) -> dict[str, Any]:
        # `fields` is the wire's word, but taken in a serializer class.
        found = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class ErrorSerializer(PlainSerializer):
    """Every refusal of the API."""

    error = ErrorBodySerializer()
