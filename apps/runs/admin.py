"""Admin pages of runs."""

from django.contrib import admin

from apps.runs.models import Run


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    list_display = ["version", "status", "until", "replications", "requested_by", "created_at"]
    list_select_related = ["version__draft", "requested_by"]
    list_filter = ["status"]
    raw_id_fields = ["project", "version", "requested_by"]
