"""Addresses of pages that combine apps."""

from django.urls import path

from apps.workspace import views, views_models

app_name = "workspace"
PROJECT = "projects/<uuid:project_id>/"
DRAFT = f"{PROJECT}models/<uuid:draft_id>/"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("help/", views.help_page, name="help"),
    path(PROJECT, views.project_home, name="home"),
    path(f"{PROJECT}models/new/", views.model_new, name="model_new"),
    path(DRAFT, views.studio, name="studio"),
    path(f"{DRAFT}settings/", views_models.model_settings, name="model_settings"),
    path(f"{DRAFT}archive/", views_models.model_archive, name="model_archive"),
    path(f"{DRAFT}script.fs", views.script, name="script"),
]
