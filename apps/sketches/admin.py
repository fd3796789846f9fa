"""Admin pages of sketches."""

from django.contrib import admin

from apps.sketches.models import Sketch


@admin.register(Sketch)
class SketchAdmin(admin.ModelAdmin):
    list_display = ["title", "project", "origin", "width", "height", "uploaded_by", "created_at"]
    list_select_related = ["project", "uploaded_by"]
    raw_id_fields = ["project", "uploaded_by"]
    readonly_fields = ["image", "thumbnail", "width", "height", "sha256"]

    def has_add_permission(self, request: object) -> bool:  # noqa: ARG002
        return False
