"""Admin pages of projects."""

from django.contrib import admin

from apps.projects.models import Activity, Invitation, Membership, Project


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["user"]


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["name", "created_at", "updated_at", "archived_at"]
    search_fields = ["name"]
    inlines = [MembershipInline]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["project", "role", "created_by", "expires_at", "accepted_by", "revoked_at"]
    list_select_related = ["project", "created_by", "accepted_by"]
    raw_id_fields = ["project", "created_by", "accepted_by"]


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    list_display = ["project", "actor", "verb", "target_label", "created_at"]
    list_select_related = ["project", "actor"]
    raw_id_fields = ["project", "actor"]
