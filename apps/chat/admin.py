"""Admin pages of conversations."""

from django.contrib import admin

from apps.chat.models import Conversation, Message


@admin.register(Conversation)
class ConversationAdmin(admin.ModelAdmin):
    list_display = ["title", "project", "created_at"]
    list_select_related = ["project"]
    raw_id_fields = ["project", "draft"]


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ["conversation", "kind", "author", "created_at"]
    list_select_related = ["conversation", "author"]
    list_filter = ["kind"]
    raw_id_fields = ["conversation", "author", "job", "version", "sketch"]
