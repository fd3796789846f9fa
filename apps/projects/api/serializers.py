"""Shapes of projects in the API."""

from rest_framework import serializers

from apps.common.serializers import PersonSerializer, PlainSerializer
from apps.projects.enums import Role
from apps.projects.services import INVITATION_DAYS, MOST_DAYS


class ProjectSerializer(PlainSerializer):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=2000, allow_blank=True, default="")
    role = serializers.ChoiceField(source="my_role", choices=Role.choices, read_only=True)
    member_count = serializers.IntegerField(read_only=True)
    archived_at = serializers.DateTimeField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ProjectChangeSerializer(PlainSerializer):
    name = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    archived = serializers.BooleanField(required=False)


class MemberSerializer(PlainSerializer):
    id = serializers.UUIDField(read_only=True)
    user = PersonSerializer(read_only=True)
    role = serializers.ChoiceField(choices=Role.choices)
    created_at = serializers.DateTimeField(read_only=True)


class InvitationSerializer(PlainSerializer):
    """`url` comes only with the answer that made the invitation."""

    id = serializers.UUIDField(read_only=True)
    role = serializers.ChoiceField(choices=Role.choices)
    days = serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, default=INVITATION_DAYS, write_only=True
    )
    expires_at = serializers.DateTimeField(read_only=True)
    created_by = PersonSerializer(read_only=True)
    url = serializers.URLField(read_only=True, required=False)


class ActivitySerializer(PlainSerializer):
    id = serializers.UUIDField()
    actor = PersonSerializer(allow_null=True)
    verb = serializers.CharField()
    target_label = serializers.CharField()
    url = serializers.CharField()
    created_at = serializers.DateTimeField()
