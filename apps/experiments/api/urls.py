"""Addresses of experiments below /api/v1/."""

from django.urls import path

from apps.experiments.api import views

ONE = "experiments/<uuid:experiment_id>/"

urlpatterns = [
    path(
        "projects/<uuid:project_id>/experiments/",
        views.ProjectExperimentsView.as_view(),
        name="api-experiments",
    ),
    path(
        "drafts/<uuid:draft_id>/versions/<int:number>/experiments/",
        views.VersionExperimentsView.as_view(),
        name="api-version-experiments",
    ),
    path(
        "versions/<uuid:version_id>/parameters/",
        views.ChoicesView.as_view(),
        name="api-experiment-choices",
    ),
    path(ONE, views.ExperimentView.as_view(), name="api-experiment"),
    path(f"{ONE}cancel/", views.CancelView.as_view(), name="api-experiment-cancel"),
    path(f"{ONE}report/", views.ReportView.as_view(), name="api-experiment-report"),
    path(f"{ONE}figures/", views.FiguresView.as_view(), name="api-experiment-figures"),
]
