"""Shapes of messages in the API."""

from rest_framework import serializers

from apps.chat.enums import Kind
from apps.common.serializers import PersonSerializer, PlainSerializer


class MessageSerializer(PlainSerializer):
    """What `payloads.message_payload` makes; without an author it is the model that speaks."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    author = PersonSerializer(allow_null=True)
    kind = serializers.ChoiceField(choices=Kind.choices)
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    job = serializers.UUIDField(allow_null=True)
    version = serializers.UUIDField(allow_null=True)
    sketch = serializers.UUIDField(allow_null=True)


class NoteSerializer(PlainSerializer):
    text = serializers.CharField()
