"""Shapes of accounts in the API."""

from rest_framework import serializers

from apps.accounts.models import Language, Theme
from apps.common.serializers import PlainSerializer


class MeSerializer(PlainSerializer):
    """The one who asks. Name, language and theme can be changed."""

    id = serializers.UUIDField(read_only=True)
    username = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    display_name = serializers.CharField(max_length=80, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, allow_blank=True)
    theme = serializers.ChoiceField(choices=Theme.choices)
