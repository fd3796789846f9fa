"""Addresses of projects."""

from django.urls import path

from apps.projects import views, views_members

app_name = "projects"
urlpatterns = [
    path("projects/", views.project_list, name="list"),
    path("projects/new/", views.project_new, name="new"),
    # The workspace, which knows more, answers at this address; the name is for the apps below it.
    path("projects/<uuid:project_id>/", views.activity, name="home"),
    path("projects/<uuid:project_id>/activity/", views.activity, name="activity"),
    path("projects/<uuid:project_id>/settings/", views.project_settings, name="settings"),
    path("projects/<uuid:project_id>/archive/", views.project_archive, name="archive"),
    path("projects/<uuid:project_id>/leave/", views_members.leave, name="leave"),
    path("projects/<uuid:project_id>/members/", views_members.members, name="members"),
    path("projects/<uuid:project_id>/members/invite/", views_members.invite, name="invite"),
    path(
        "projects/<uuid:project_id>/members/<uuid:member_id>/role/",
        views_members.member_role,
        name="member_role",
    ),
    path(
        "projects/<uuid:project_id>/members/<uuid:member_id>/remove/",
        views_members.member_remove,
        name="member_remove",
    ),
    path(
        "projects/<uuid:project_id>/invitations/<uuid:invitation_id>/revoke/",
        views_members.invitation_revoke,
        name="invitation_revoke",
    ),
    path("invitations/<str:token>/", views_members.invitation, name="invitation"),
]
