"""Admin pages: to look at, not to change."""

from django.contrib import admin
from django.http import HttpRequest

from apps.realtime.models import Event, Presence


class ReadOnly:
    """Mixin that leaves looking and deleting."""

    def has_add_permission(self, request: HttpRequest, *args: object) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["topic", "seq", "type", "created_at"]
    list_filter = ["type"]
    search_fields = ["topic"]


@admin.register(Presence)
class PresenceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["topic", "user", "seen_at"]
    list_select_related = ["user"]
