"""Admin pages of models, versions and generations."""

from django.contrib import admin
from django.http import HttpRequest

from apps.generation.models import Draft, DraftVersion, GenerationJob


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):
    list_display = ["title", "project", "version_count", "updated_at", "archived_at"]
    list_select_related = ["project"]
    search_fields = ["title"]
    raw_id_fields = ["project", "sketch", "created_by"]


@admin.register(DraftVersion)
class DraftVersionAdmin(admin.ModelAdmin):
    """To look at only: versions never change."""

    list_display = ["draft", "number", "origin", "author", "model_name", "created_at"]
    list_select_related = ["draft", "author"]
    list_filter = ["origin"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: DraftVersion | None = None,  # noqa: ARG002
    ) -> bool:
        return False


@admin.register(GenerationJob)
class GenerationJobAdmin(admin.ModelAdmin):
    list_display = ["draft", "status", "stage", "requested_by", "created_at", "finished_at"]
    list_select_related = ["draft", "requested_by"]
    list_filter = ["status"]
    raw_id_fields = ["draft", "base_version", "sketch", "version", "requested_by"]
