"""Addresses of projects below /api/v1/."""

from django.urls import path

from apps.projects.api import views

PROJECT = "projects/<uuid:project_id>/"

urlpatterns = [
    path("projects/", views.ProjectListView.as_view(), name="api-projects"),
    path(PROJECT, views.ProjectView.as_view(), name="api-project"),
    path(f"{PROJECT}members/", views.MemberListView.as_view(), name="api-members"),
    path(f"{PROJECT}members/<uuid:member_id>/", views.MemberView.as_view(), name="api-member"),
    path(f"{PROJECT}invitations/", views.InvitationListView.as_view(), name="api-invitations"),
    path(
        f"{PROJECT}invitations/<uuid:invitation_id>/",
        views.InvitationView.as_view(),
        name="api-invitation",
    ),
    path(f"{PROJECT}activity/", views.ActivityView.as_view(), name="api-activity"),
]
