"""Admin pages of experiments."""

from django.contrib import admin

from apps.experiments.models import Experiment


@admin.register(Experiment)
class ExperimentAdmin(admin.ModelAdmin):
    list_display = ["name", "version", "status", "replications", "requested_by", "created_at"]
    list_select_related = ["version__draft", "requested_by"]
    list_filter = ["status"]
    raw_id_fields = ["project", "version", "requested_by"]
