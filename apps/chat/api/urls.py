"""Addresses of conversations below /api/v1/."""

from django.urls import path

from apps.chat.api import views

MESSAGES = "drafts/<uuid:draft_id>/messages/"
urlpatterns = [path(MESSAGES, views.MessageListView.as_view(), name="api-messages")]
