"""Addresses of runs below /api/v1/."""

from django.urls import path

from apps.runs.api import views

RUN = "runs/<uuid:run_id>/"
VERSION_RUNS = "drafts/<uuid:draft_id>/versions/<int:number>/runs/"

urlpatterns = [
    path("projects/<uuid:project_id>/runs/", views.ProjectRunsView.as_view(), name="api-runs"),
    path(VERSION_RUNS, views.VersionRunsView.as_view(), name="api-version-runs"),
    path(RUN, views.RunView.as_view(), name="api-run"),
    path(f"{RUN}cancel/", views.RunCancelView.as_view(), name="api-run-cancel"),
    path(f"{RUN}figures/", views.RunFiguresView.as_view(), name="api-run-figures"),
    path(f"{RUN}trace/", views.RunTraceView.as_view(), name="api-run-trace"),
]
